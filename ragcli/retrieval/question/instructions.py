"""What a question says of the answer instead of its subject: `Answer in one sentence.`, `Réponds en français.`

A language model is to heed it. Passages and sentences are found by the words of the question, and no document says
"round your answer".
"""

import re

from ragcli.letters import ASKING, STOPS
from ragcli.retrieval.question.courtesy import without_courtesy

# `for Netflix?Answer in thousands.` is typed so, too
_SENTENCES = re.compile(rf"(?<=[{STOPS}])\s+|(?<=[\w)][{ASKING}])(?=[A-Z]?[a-z]+ )")
_ASKS = re.compile(rf"[{ASKING}]\W*$")
_POLITE = r"(?:(?:and|please|kindly|merci de|veuillez|bitte|por favor|per favore|s'il (?:te|vous) pla[iî]t)[ ,]+)*"
_VERBS = (
    # en
    r"(?:directly |only |just |simply )?(?:answer|respond|reply)\b|give (?:me |us )?(?:a |an |the |your |only |just )*"
    r"(?:short |brief |final |exact )*(?:answer|response|reply|integer|number|list)\b|round\b"
    r"|write (?:down |me )*(?:the answer|your answer|it|in)\b|express (?:it|the|your)\b"
    r"|(?:the|your) (?:answer|response|reply|output|result) (?:should|must|has to|needs to|is to)\b"
    r"|(?:list|show|give|present|break) (?:this|these|them|it|the (?:results?|figures?|numbers?))\b(?: \w+)*? (?:out|down"
    r"|separately|as|in|by|for each)\b|(?:provide|include|give|add) (?:me |us )?an? (?:breakdown|explanation|example)\b"
    r"|represent (?:it|this|these|them|the)\b"
    r"|format\b|return (?:only|the answer|your)|keep (?:it|your|the answer)\b"
    r"|be (?:brief|concise|precise|specific|short)\b|limit your\b|justify\b|explain (?:why|your|step|briefly|in \w+ sentences?)\b"
    r"|cite\b|quote\b|base your\b|use (?:only|bullet|a table|at most|no more than)\b|do not (?:use|make|guess|explain|add)\b"
    r"|don't (?:use|make|guess|explain|add)\b|think step\b|let'?s think\b|(?:assume|imagine|pretend) (?:that )?you\b"
    r"|you are an?\b|act as\b|if\b.*\b(?:state|say|tell me|write|answer|reply)\b"
    # fr
    r"|r[ée]pond(?:s|ez|re)\b|donne[zr]? (?:seulement |juste )?(?:ta|votre|la|une) r[ée]ponse\b|arrondi(?:s|r|ssez)\b"
    r"|(?:[ée]cri(?:s|vez|re)|formule[zr]?|pr[ée]sente[zr]?|limite[zr]?) (?:ta|votre|la|une|en)\b|justifie[zr]?\b"
    r"|(?:la|ta|votre) r[ée]ponse (?:doit|devra|devrait|sera)\b|donne[zr]?(?:-moi)? un (?:exemple|d[ée]tail|tableau)\b"
    r"|explique[zr]? (?:pourquoi|ton|votre|[ée]tape|bri[èe]vement)\b|cite[zr]?\b|soi?(?:s|yez) (?:bref|br[èe]ve|concis|pr[ée]cis)"
    r"|(?:tu es|vous [êe]tes) une?\b|si\b.*\b(?:dis|dites|indique[zr]?|r[ée]pond(?:s|ez))\b"
    # de, es, it, pt, nl
    r"|(?:be)?antworte(?:n sie)?\b|runde(?:n sie)?\b|begr[üu]nde(?:n sie)?\b|fasse? dich kurz|du bist eine?\b"
    r"|respond[ea]\b|contest[ae]\b|redonde[ae]\b|justifi(?:ca|que)\b|expli(?:ca|que) (?:por|tu|su|brevemente)\b"
    r"|rispond[ia]\b|arrotond[ai]\b|giustific(?:a|hi)\b|arredond[ae]\b|(?:be)?antwoord\b"
)
# `(in USD millions)`, `(en milliers d'euros)`, `(as a %)`: how the figure is to be put
_UNIT = re.compile(
    r"\s*\((?:in|en|as an?|as)\s[^()\d]*?(?:thousand|million|milliard|billion|millier|mille|percent|pour ?cent|%|\b[A-Z]{3}\b"
    r"|[$€£¥])[^()\d]*\)"
)
# What is asked of two years, or two things, in their order: no row says so.
_RESPECTIVELY = re.compile(
    r",?\s+(?:respectively|respectivement|respectivamente|rispettivamente|beziehungsweise|respectievelijk)(?=\W*$)",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(rf"{_POLITE}(?:{_VERBS})", re.IGNORECASE)


def without_instructions(question: str) -> str:
    """The question without its sentences that tell how to answer; as it is where no other sentence asks.

    Nor does it keep greeting and thanks, nor the unit that a figure is asked for in: a table says its own; nor `respectively`.
    """
    question = _RESPECTIVELY.sub("", without_courtesy(_UNIT.sub("", question)))
    sentences = _SENTENCES.split(question.strip())
    kept = [one for one in sentences if _ASKS.search(one) or not _INSTRUCTION.match(one.replace("’", "'"))]
    return " ".join(kept) if len(kept) < len(sentences) and any(map(_ASKS.search, kept)) else question

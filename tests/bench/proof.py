"""How many damaged sentences are called proved, how many true ones are not?

    python tests/bench/proof.py DATA [--sentences N] [--save NAME]

DATA holds folders with `corpus.jsonl`. N sentences (default 2,500) of 40 to 300 characters are drawn from the passages,
half English, half French where there are as many; each is put before the verifier as it stands (true) and damaged in
every way that it has room for: a digit changed, a unit swapped, a negation added or taken away, a name or a number
replaced by another of the same passage, two content words swapped, two words of the middle left out, an antonym, and
the sentence itself before another passage. The sources are the passage and two others, as in an answer. A true sentence
is also tried in ways that change nothing: other quotation marks, dashes and spaces, line breaks, a list's mark, a comma before
"and", a number written otherwise.

Signs are damaged by themselves: the case of a unit, a comma, dash, colon, slash or bracket for another or for none, a sign
lost or added (+, ~, a tick, ‰, an exponent's minus), thousands read as decimals, an article made a name (UN). And of names and
numbers of each passage a table is made, whose row is claimed with its heads (true), with two of them swapped, with one invented.

Models cut, and answer in the question's words. So a sentence also loses what guards it (only, may, almost), its condition
(unless …, sauf …) or who said it; where or for whom it holds ("In Australia, …", "… in mice"), a bracket that is no acronym,
an item of an enumeration, or a relative clause only as far as the comma of a list in it; and is given the subject of the
sentence before. And the page says it as another's words ("According to critics, …"), as a condition, or to deny it.

N/2 questions with known answers (`questions.jsonl`) are put as claims: "Who led the Norse?" as "Rollo led the Norse.", with its
answer (true, though hardly a sentence of the page: these are counted by themselves) and with that of another question on the
same passage (wrong). Both answers alone are tried, too, where they are a few words without a verb: as an answer they would
claim anything. Those that are a whole sentence of the passage ("Il minimise son action.") are not counted.

An article is left out or another one, and the sentence stands on the page as an item below "These are not allowed:". It stands
below a heading that denies ("Myths"), behind a line that does ("The following is false."), before a sentence that takes it back,
has a note that makes an exception, is supposed, pleaded, said in minutes, forbidden or one of several to choose from,
is quoted, or cut by a page break; below "History" and between two others it is true. A word
gets or loses the capital that makes a name. A sentence that begins with "it" is put behind one that it does not speak of; behind
the one that stands before it on its page it is true. And it is claimed below a heading of its page, its own (true) or another.

A damage that leaves the same words in the same order (a swap of equal words) is not counted. Whether two left-out words
change the meaning is for people to say; --show lists those that are called proved.
"""

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import runs
from sets import data_folder, read_lines
from tables import markdown

from ragcli.answering.proof.asserted import asserted
from ragcli.answering.proof.verify import Verifier
from ragcli.answering.sources import Source, sources
from ragcli.answering.wording.words import SPELLED
from ragcli.chunking.sentences import list_mark, split
from ragcli.records import Hit

SETS = (
    ("squad", "en"), ("piaf_fr", "fr"), ("scifact", "en"), ("fr_more", "fr"), ("hotpotqa", "en"), ("mtrag_un", "en"),
)  # fmt: skip
QUESTIONS = {"en": "squad", "fr": "piaf_fr"}
TRUE = (
    "as it stands", "typography", "line breaks", "in a list", "comma before and", "number written otherwise", "row",
    "below a heading", "behind its own", "below its heading",
)  # fmt: skip
REWORDED = ("the question with its answer",)  # not promised to be proved
SHORT = 6  # words of an answer that says nothing by itself
UNITS = {
    "million": "billion", "billion": "million", "millions": "milliards", "milliards": "millions", "km": "m", "m": "km",
    "kg": "g", "percent": "million", "%": "km", "years": "months", "months": "years", "ans": "mois", "mois": "ans",
    "days": "hours", "hours": "days", "jours": "heures", "heures": "jours", "dollars": "euros", "euros": "dollars",
    "miles": "metres", "feet": "metres",
}  # fmt: skip
ANTONYMS = {
    "before": "after", "after": "before", "increased": "decreased", "decreased": "increased", "more": "less",
    "less": "more", "first": "last", "last": "first", "higher": "lower", "lower": "higher", "north": "south",
    "south": "north", "all": "some", "some": "all", "and": "or", "avant": "après", "après": "avant", "plus": "moins",
    "moins": "plus", "nord": "sud", "sud": "nord", "tous": "certains", "premier": "dernier", "and not": "and",
    "can": "must", "may": "must", "is": "was", "was": "is", "est": "était", "with": "without", "avec": "sans",
}  # fmt: skip
NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-ZÀ-Þ][\w’'-]{3,}\b")
SIGNS = re.compile(r"\w+|[%$€£]")
COUNTING = {word for words in SPELLED.values() for word in words}
CASES = {
    "m": "M", "MW": "mW", "mW": "MW", "GB": "Gb", "MB": "Mb", "kB": "kb", "mA": "MA", "mV": "MV", "MHz": "mHz", "s": "S",
    "g": "G", "mg": "Mg", "mm": "Mm", "ms": "Ms", "t": "T", "h": "H", "MPa": "mPa", "ml": "Ml", "nm": "Nm",
    "MeV": "meV", "K": "k",
}  # fmt: skip
# A sign of a sentence, and what may not stand in its place. A comma before "and" says nothing.
MARKS = (
    ("dash", r"(?<=\w)[-–](?=\w)", (" ", ", ", "/", ": ")),
    ("comma", r"(?<=\w), (?!and\b|or\b|et\b|ou\b|ni\b|nor\b)(?=\w)", (" ", "-", "/", ": ", " (")),
    ("colon", r"(?<=\w) ?: (?=\w)", (" ", ", ", "-")),
    ("slash", r"(?<=\w)/(?=\w)", (" ", "-", ", ")),
    ("bracket", r" \((?=\w)|(?<=\w)\)(?= )", ("", " ", ", ")),
    ("sign lost", r"[+~±×÷≈≠≤≥∈∉→←↑↓☐☒✓✗♯#^¥₹₩₽‰°]|(?<=\w)/(?=\w)|(?<!\S)[-−](?=\d)", ("",)),
)
ADDED = ("+", "-", "~", "≈", "^", "‰", "#", "☒ ", "☐ ", "₹", " l", "(a)")
ARTICLES = {  # another for each, and none
    "the": ("a ", ""), "a": ("the ", ""), "an": ("the ", ""), "le": ("un ", ""), "la": ("une ", ""), "les": ("",),
    "un": ("le ", ""), "une": ("la ", ""),
}  # fmt: skip
DENIED = {"en": "These are not allowed:", "fr": "Ne sont pas permis :"}
WORD = re.compile(r"[^\W\d_]{4,}")
GUARD = re.compile(
    r"\b(?:only|may|might|could|would|should|almost|nearly|about|mostly|mainly|seulement|presque|peut|pourrait|devrait|serait"
    r"|environ|surtout|partiellement)\b ?",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r",?\s*\b(?:if|unless|except|provided that|si|sauf|hormis|à moins|à condition)\b[^,;.]*,?", re.IGNORECASE
)
REPORT = re.compile(
    r"^.*?\b(?:said|says|claims?|claimed|believed?|argue[ds]?|suggest(?:s|ed)?|alleged|thought|affirme|prétend|pense|croit"
    r"|estime|déclare)(?: that | que | qu['’])",
)
# What a shortened sentence may not lack: a place or topic, for whom, an item, or a relative clause only as far as its list.
OPENING = re.compile(
    r"^(?:In|At|For|Among|Under|With|On|During|Dans|En|À|Pour|Chez|Parmi|Avec|Sous)\b[^,;()]{3,60},\s+"
)
TAIL = re.compile(
    r"\s(?:in|at|for|among|under|with|on|from|to|by|during|dans|en|pour|chez|parmi|avec|sous|sur|vers)\s[^,;()]{3,60}(?=[.!?]$)"
)
BRACKET = re.compile(r"\s\([^()]*[^\W\d_]{3,} [^()\s][^()]*\)")
ITEM = re.compile(r"(?<=[^\W\d_]), (?!cependant\b|however\b)[^\W\d_]+(?=(?:, [^,;.()]{2,40})*,? (?:and|or|et|ou) )")
LAST = re.compile(r",? (?:and|or|et|ou) (?!it\b|is\b|was\b|il\b|est\b)[^\W\d_]+(?: [^\W\d_]+){0,2}(?=[.!?]$)")
ASIDE = re.compile(r",? (?:who|which|qui|que|dont|where|où|when) [^,;()]*,(?= (?:[^,;.]* )?[^,;.]* (?:and|et) )")
# What somebody else says, supposes or denies; the sentence within is none of the page's.
FRAMES = {
    "en": (
        "According to critics, {}.", "It is not true that {}.", "If {}, nobody would be here.", "Smith denied that {}.",
        "Reuters reported {}.", "Smith swore {}, and it was written down.", "{}, but this is false.", "{}, according to Smith.",
        "{}, and it was never so.", "Unless {}, all is well.", "In the novel, {}.", "Not only is it said that {}.",
        "{} if it rains.", "For the defence, {}.", "{}, critics say.", "{}; this was refuted.",
        "{} (this is disputed by Smith).",
        "Some think {}, and he was one of them.", "{} only on paper.", "Neither Smith, who was ill, nor Jones found that {}.",
    ),
    "fr": (
        "Selon ses adversaires, {}.", "Il est faux que {}.", "Si {}, personne ne serait là.", "Dupont nie que {}.",
        "Pour l'opposition, {}.", "Dupont jure : {}.", "{}, mais c'est faux.", "{}, selon Dupont.", "{}, et il n'en est rien.",
        "Dans le roman, {}.", "On raconte que {}.", "{} s'il pleut.", "{}, affirme Dupont.", "{} ; cela fut démenti.",
        "{} (ce que conteste Dupont).", "Certains pensent que {}, et il en était.", "{} sur le papier seulement.",
        "Ni Dupont, qui était malade, ni Durand ne savaient que {}.",
    ),
}  # fmt: skip
# Pages on which a sentence stands and is not said: below a heading, behind a line, before a retraction, with a note, cut.
DISOWNED = {
    "en": (
        ("below a heading that denies", ("## Common myths\n\n{}", "Repealed\n\n{}", "## What not to do\n\n{}",
          "## If it rains\n\n{}")),
        ("behind a line that denies", ("The following is false. {}", "Myth no. 1.\n{}", "Critics claimed:\n\n{}",
          "Suppose a war. {}")),
        ("taken back", ("{} This is not true.", "{} But that is wrong.", "{} Smith denied this.", "{} Except on Sundays.")),
        ("with a note", ("{}*\n\n* Except on Sundays.", "{}†\n\n† Only for members.", "{}¹\n\n¹ Not in winter.")),
        ("quoted", ("“{}” So said Smith.", "Smith said: “It was hard. {}")),
        ("cut by a page break", ("{0}\n\nunless it rains on that day.",
          "It is false that\n\n{1}", "He rejected the view that\n\n{}", "{0},\n\n12\n\nif it rains.")),
        ("supposed", ("## Option B\n\n{}", "## Example\n\n{}", "Hypothesis 2. {}", "Until 31 December 2022\n\n{}",
          "We tested two hypotheses. {}", "## Vision 2035\n\n{}")),
        ("pleaded or said in minutes", ("## The claimant's submissions\n\n{}", "Ms Okafor: It is late. {}",
          "Q: Why? A: It was late. {}")),
        ("listed as forbidden or to choose from", ("The following are prohibited.\n\n- {}", "Which of these is true?\n\n- {}")),
        ("overturned, or with an exception", ("{} This ruling was overturned in 2021.", "{} Room 7 is an exception.")),
    ),
    "fr": (
        ("below a heading that denies", ("## Idées reçues\n\n{}", "Abrogé\n\n{}", "## À ne pas croire\n\n{}",
          "## En cas de pluie\n\n{}")),
        ("behind a line that denies", ("Ce qui suit est faux. {}", "Il n'est pas vrai que :\n\n{}", "Supposons une guerre. {}")),
        ("taken back", ("{} C'est faux.", "{} Or, il n'en est rien.", "{} Cela ne s'applique plus.", "{} Sauf le dimanche.")),
        ("with a note", ("{}*\n\n* Sauf le dimanche.", "{}†\n\n† Pour les membres seulement.", "{}¹\n\n¹ Pas en hiver.")),
        ("quoted", ("« {} » Ainsi parla Dupont.", "Dupont dit : « C'était dur. {}")),
        ("cut by a page break", ("{0}\n\nsauf s'il pleut ce jour-là.",
          "Il est faux que\n\n{1}", "Il rejette l'avis selon lequel\n\n{}", "{0},\n\n12\n\ns'il pleut.")),
        ("supposed", ("## Variante 2\n\n{}", "## Exemple\n\n{}", "Hypothèse 2. {}", "Jusqu'au 31 décembre 2022\n\n{}",
          "Deux hypothèses ont été examinées. {}", "## Objectifs 2035\n\n{}")),
        ("pleaded or said in minutes", ("## Moyens du demandeur\n\n{}", "Mme Roussel : Il est tard. {}",
          "Q : Quand ? R : Il était tard. {}")),
        ("listed as forbidden or to choose from", ("Les actes suivants sont interdits.\n\n- {}",
          "Laquelle de ces phrases est exacte ?\n\n- {}")),
        ("overturned, or with an exception", ("{} Cette décision a été annulée en 2021.", "{} La salle 7 fait exception.")),
    ),
}  # fmt: skip
SECTIONS = {  # a page with a sentence in the second of them
    "en": ("Prices for members", "The lake is deep and very cold.", "Prices for other guests"),
    "fr": ("Tarifs des adhérents", "Le lac est profond et très froid.", "Tarifs des autres clients"),
}
OWN = {
    "en": ("## History\n\n{}", "The lake is deep. {} The mill is green."),
    "fr": ("## Histoire\n\n{}", "Le lac est profond. {} Le moulin est vert."),
}
BACK = re.compile(r"(?:It|He|She|They|Its|His|Her|Il|Elle|Ils|Elles|Son|Sa|Cette|Cet) ")
DUMMY = re.compile(
    r"(?:It|Il) (?:is|was|has been|may|seems|(?:n['’]|ne )?(?:faut|y a|s['’]agit|est|existe|convient))\b"
)
VERB = re.compile(r"\b(?:is|was|are|were|has|had|est|sont|était|étaient|a|ont|fut|avait)\b")
ASKED = {
    "en": re.compile(r"(?:who|what|which [^\W\d_]+)\s+(?!did\b|do\b|does\b)([^?]+)\?*", re.IGNORECASE),
    "fr": re.compile(r"(?:qui|quel(?:le)?s? [^\W\d_]+)\s+([^?]+)\?*", re.IGNORECASE),
}


class Tried(NamedTuple):
    kind: str
    language: str
    sentence: str
    proved: bool


def damages(sentence: str, passage: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """(kind, sentence) for every damage that there is room for."""
    digits = [found.start() for found in re.finditer(r"\d", sentence)]
    if digits:
        at = chance.choice(digits)
        other = chance.choice([digit for digit in "0123456789" if digit != sentence[at]])
        yield "digit", sentence[:at] + other + sentence[at + 1 :]
    yield from _replaced("unit", sentence, UNITS, chance)
    yield from _replaced("antonym", sentence, ANTONYMS, chance)
    negated = re.sub(r"\b(?:not|n't|never|ne|pas|jamais|aucun|aucune|sans|without|no)\b ?", "", sentence, count=1)
    negated = re.sub(r"\bn['’](?=\w)", "", negated, count=1) if negated == sentence else negated
    if negated != sentence:
        yield "negation lost", negated
    if known := list(re.finditer(r"(?<= )(?:the|an?|les?|la|une?) (?!winter|summer|autumn)", sentence)):
        found = chance.choice(known)
        yield "article", sentence[: found.start()] + chance.choice(ARTICLES[found[0].strip()]) + sentence[found.end() :]
    verb = re.search(r"\b(?:is|was|are|were|has|had|can|will|est|sont|était|a|ont|peut)\b", sentence)
    if verb:
        yield (
            "negation added",
            f"{sentence[: verb.end()]} {chance.choice(['not', 'pas', 'never'])}{sentence[verb.end() :]}",
        )
    names = NAME.findall(sentence)
    others = [name for name in NAME.findall(passage) if name not in sentence]
    if names and others:
        yield "name", sentence.replace(chance.choice(names), chance.choice(others), 1)
    if len(set(names)) > 1:
        one, two = chance.sample(sorted(set(names)), 2)
        yield (
            "names swapped",
            re.sub(rf"\b(?:{re.escape(one)}|{re.escape(two)})\b", lambda m: two if m[0] == one else one, sentence),
        )
    numbers = re.findall(r"(?<![\w.,])\d+(?![\w.,])", sentence)
    elsewhere = [number for number in re.findall(r"(?<![\w.,])\d+(?![\w.,])", passage) if number not in sentence]
    if numbers and elsewhere:
        yield "number of the passage", sentence.replace(chance.choice(numbers), chance.choice(elsewhere), 1)
    heavy = [found.span() for found in WORD.finditer(sentence)]
    if len(heavy) > 3:
        (a, b), (c, d) = sorted(chance.sample(heavy, 2))
        yield "words swapped", sentence[:a] + sentence[c:d] + sentence[b:c] + sentence[a:b] + sentence[d:]
        foreign = [word for word in WORD.findall(passage) if word.casefold() not in sentence.casefold()]
        if foreign:
            a, b = chance.choice(heavy)
            yield "word of the passage", sentence[:a] + chance.choice(foreign) + sentence[b:]
    parts = sentence.split()
    if len(parts) > 8:
        at = chance.randrange(1, len(parts) - 3)
        yield "words left out", " ".join([*parts[:at], *parts[at + 2 :]])


def signs(sentence: str, language: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """(kind, sentence) with the same words, where the difference is in case or in what stands between them."""
    cases = [found for found in re.finditer(r"(?<=\d) ?([^\W\d_]{1,3})\b(?!['’.-])", sentence) if found[1] in CASES]
    if cases:
        found = chance.choice(cases)
        yield "case of a unit", sentence[: found.start(1)] + CASES[found[1]] + sentence[found.end(1) :]
    for kind, pattern, others in MARKS:
        if known := list(re.finditer(pattern, sentence)):
            found = chance.choice(known)
            yield kind, sentence[: found.start()] + chance.choice(others) + sentence[found.end() :]
    if ends := [found.end() for found in re.finditer(r"\b(?<![.,])\d+(?![\w.,%–-])", sentence)]:
        at = chance.choice(ends)
        yield "sign added", sentence[:at] + chance.choice(ADDED) + sentence[at:]
    thousands = list(re.finditer(r"(?<![\w.,])[1-9]\d{0,2}[.,]\d{3}(?![\w.,])", sentence))
    if thousands:
        found = chance.choice(thousands)
        other = found[0].translate(str.maketrans(".,", ",."))
        yield "thousands", sentence[: found.start()] + other.rstrip("0").rstrip(".,") + sentence[found.end() :]
    inner = re.finditer(r"(?<=[a-zà-ÿ] )[^\W\d_]{5,}\b", sentence)
    words = [found for found in inner if found[0][1:].islower() and found[0].casefold() not in COUNTING]
    if len(words) > 2 and not all(found[0][0].isupper() for found in words):
        found = chance.choice(words)
        yield "capital of a word", sentence[: found.start()] + found[0][0].swapcase() + sentence[found.start() + 1 :]
    if opening := re.match(r"(?:Un|La|Le|An) ", sentence):
        yield "article made a name", opening[0].upper() + sentence[opening.end() :]
    elif re.match(r"[A-Z][a-z]{4,} ", sentence):
        yield "article made a name", f"{chance.choice(('UN', 'LA', 'LE'))} {sentence[0].lower()}{sentence[1:]}"


def disowned(sentence: str, language: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """(kind, page) for each page that has the sentence and says it, or does not."""
    yield "below a heading", chance.choice(OWN[language]).format(sentence)
    if sentence[0].isalpha() and not re.search(r"[\"“”„«»]", sentence):
        cut = sentence.rstrip(".!?"), sentence[0].lower() + sentence[1:]
        for kind, pages in DISOWNED[language]:
            page = chance.choice(pages)
            yield kind, page.format(*cut) if "{}" not in page else page.format(sentence)


def misplaced(own: Sequence[Source], chance: random.Random) -> Iterator[tuple[str, Source, Source]]:
    """(kind, first, second) where the second sentence speaks of what stands before it, behind that and behind another."""
    for before, source in pairwise(own):
        text = source.unit.text
        if not BACK.match(text) or DUMMY.match(text) or {before.unit.kind, source.unit.kind} != {"sentence"}:
            continue
        yield "behind its own", before, source
        # What a page says twice, behind another each time, is true behind both.
        others = [
            one
            for one, after in pairwise(own)
            if one.ordinal > source.ordinal and one.unit.kind == "sentence" and after.unit.text != text
        ]
        if others:
            yield "behind another", chance.choice(others), source


def tables(passage: str) -> tuple[str, list[tuple[str, str]]] | None:
    """A table of names and numbers of a passage, and (kind, table) that claim its row."""
    names = list(dict.fromkeys(NAME.findall(passage)))
    numbers = list(dict.fromkeys(re.findall(r"(?<![\w.,])\d{2,}(?![\w.,])", passage)))
    if len(names) < 5 or len(numbers) < 3:
        return None
    row = (names[0], *numbers[:3])
    head, one, two, three, other = names[:5]
    page = _table((head, one, two, three), row)
    return page, [
        ("row", page),
        ("heads swapped", _table((head, two, one, three), row)),
        ("head invented", _table((head, one, other, three), row)),
        ("head of the row invented", _table((other, one, two, three), row)),
    ]


def _table(*lines: Sequence[str]) -> str:
    head, *rows = (f"| {' | '.join(cells)} |" for cells in lines)
    return "\n".join([head, "|---" * len(lines[0]) + "|", *rows])


def cuts(sentence: str, previous: str | None) -> Iterator[tuple[str, str]]:
    """(kind, sentence) without what guards it, and with the subject of the sentence before."""
    losses = (
        ("guard lost", GUARD), ("condition lost", CONDITION), ("report as fact", REPORT), ("opening lost", OPENING),
        ("tail lost", TAIL), ("bracket lost", BRACKET), ("item lost", ITEM), ("last item lost", LAST), ("half an aside", ASIDE),
    )  # fmt: skip
    for kind, pattern in losses:
        less = pattern.sub("", sentence, count=1).strip()
        if less != sentence and len(less) >= 25:
            yield kind, less[0].upper() + less[1:].rstrip(".!? ") + "."
    own, other = VERB.search(sentence), VERB.search(previous or "")
    if own and other and previous and 3 < other.start() < 80 and sentence[: own.start()] != previous[: other.start()]:
        yield "subject of the sentence before", previous[: other.start()] + sentence[own.start() :]


def echoes(question: str, answer: str, other: str | None, language: str) -> Iterator[tuple[str, str]]:
    """(kind, claim): a question put as a statement with its answer, or with another's."""
    asked = ASKED[language].fullmatch(question.strip())
    for name, said in (("its answer", answer), ("another's answer", other)):
        if said is None:
            continue
        if len(said.split()) <= SHORT and not VERB.search(said):
            yield "a few words alone", f"{said[0].upper()}{said[1:].rstrip('.')}."
        if asked:
            yield f"the question with {name}", f"{said[0].upper()}{said[1:]} {asked[1].strip()}."


def _replaced(kind: str, sentence: str, table: dict[str, str], chance: random.Random) -> Iterator[tuple[str, str]]:
    known = [found for found in re.finditer(r"%|[^\W\d_]+", sentence) if found[0] in table]
    if known:
        found = chance.choice(known)
        yield kind, sentence[: found.start()] + table[found[0]] + sentence[found.end() :]


def truths(sentence: str, language: str) -> Iterator[tuple[str, str]]:
    yield "as it stands", sentence
    other = sentence.replace("'", "’").replace('"', "”").replace("-", "‑").replace(" ", "\u00a0")
    yield "typography", other.replace("fi", "ﬁ")
    yield "line breaks", re.sub(r"(?<=[a-z,]) (?=[a-z])", "\n", sentence)
    yield "in a list", f"- {sentence}\n- {sentence}"
    listed = re.sub(r"(?<=\w) (?=(?:and|or|et|ou)\b)", ", ", sentence, count=1)
    if listed != sentence:
        yield "comma before and", listed
    # A comma is a decimal one in French: 2,500 km are two and a half.
    groups = r"[, \u00a0\u202f]" if language == "en" else r"[ \u00a0\u202f]"
    otherwise = re.sub(rf"(?<![\d.,])\b([1-9]\d{{0,2}}){groups}(\d{{3}})\b(?![.,]?\d)", r"\1\2", sentence)
    if otherwise != sentence:
        yield "number written otherwise", otherwise


def is_damaged(sentence: str, damaged: str) -> bool:
    """Whether anything but white space, punctuation and case changed."""
    one, two = (SIGNS.findall(text.casefold()) for text in (sentence, damaged))
    return one != two


def passages(data: Path, language: str, chance: random.Random) -> list[list[Source]]:
    """The sentences of passages in a random order."""
    rows: list[dict[str, Any]] = []
    for name, of in SETS:
        if of == language and (data / name / "corpus.jsonl").is_file():
            found = read_lines(data / name / "corpus.jsonl")
            rows += chance.sample(found, min(len(found), 1500))
    chance.shuffle(rows)
    texts = [(row["id"], re.sub(r"[ \t]+", " ", row["text"])[:2000]) for row in rows]
    return [sources([Hit(1, 1.0, at, id_, text, language=language)]) for at, (id_, text) in enumerate(texts)]


def run(data: Path, count: int) -> list[Tried]:
    tried: list[Tried] = []
    for language in ("en", "fr"):
        chance = random.Random(f"proof {language}")
        read = passages(data, language, chance)
        drawn = 0
        for at, own in enumerate(read):
            whole = [source for source in own if 40 <= len(source.unit.text) <= 300 and source.unit.text[-1] in ".!?"]
            if not whole or drawn >= count // 2:
                continue
            others = [[*read[(at + step) % len(read)]] for step in (1, 2)]
            context = [
                Source(s.unit, hit, s.ordinal, s.language) for hit, one in enumerate([own, *others]) for s in one
            ]
            verifier, stranger = Verifier(context), Verifier(context[len(own) :])
            passage = " ".join(source.unit.text for source in own)
            for source in chance.sample(whole, min(2, len(whole))):
                drawn += 1
                sentence = source.unit.readable
                for kind, claim in truths(sentence, language):
                    tried.append(Tried(kind, language, claim, _all_proved(verifier, claim, language)))
                for kind, claim in damages(sentence, passage, chance):
                    if is_damaged(sentence, claim):
                        tried.append(Tried(kind, language, claim, _all_proved(verifier, claim, language)))
                for kind, claim in signs(sentence, language, chance):
                    tried.append(Tried(kind, language, claim, _all_proved(verifier, claim, language)))
                before = own[source.ordinal - 1].unit.readable if source.ordinal else None
                for kind, claim in cuts(sentence, before):
                    if is_damaged(sentence, claim) and all(claim != one.unit.readable for one in own):
                        tried.append(Tried(kind, language, claim, _all_proved(verifier, claim, language)))
                plain = sentence[len(list_mark(sentence)) :]  # "According to critics, 3. Open it" is no sentence
                framed = chance.choice(FRAMES[language]).format(plain.rstrip(".!?"))
                inside = Verifier(sources([Hit(1, 1.0, 0, "", framed, language=language)]))
                tried.append(Tried("framed on the page", language, plain, _all_proved(inside, plain, language)))
                listed = f"{DENIED[language]}\n- {chance.choice(whole).unit.readable}\n- {sentence}"
                below = Verifier(sources([Hit(1, 1.0, 0, "", listed, language=language)]))
                tried.append(Tried("denied above its list", language, sentence, _all_proved(below, sentence, language)))
                for kind, shown in disowned(plain, language, chance):
                    only = Verifier(sources([Hit(1, 1.0, 0, "", shown, language=language)]))
                    tried.append(Tried(kind, language, plain, _all_proved(only, plain, language)))
                one, text, two = SECTIONS[language]
                page = Verifier(
                    sources([Hit(1, 1.0, 0, "", f"{one}\n\n{text}\n\n{two}\n\n{plain}", language=language)])
                )
                for kind, head in (("below its heading", two), ("below another heading", one)):
                    claim = f"## {head}\n\n{plain}"
                    tried.append(Tried(kind, language, claim, _all_proved(page, claim, language)))
                if not any(sentence in one.unit.readable for other in others for one in other):
                    tried.append(Tried("other page", language, sentence, _all_proved(stranger, sentence, language)))
            for kind, first, second in misplaced(own, chance):
                claim = second.unit.text
                proved = verifier.support(claim, "", language, after=(first,)).proved
                tried.append(Tried(kind, language, claim, proved))
            if (table := tables(passage)) is not None:
                page = Verifier(sources([Hit(1, 1.0, 0, "", table[0], language=language)]))
                tried += [Tried(kind, language, claim, _all_proved(page, claim, language)) for kind, claim in table[1]]
        tried += _answered(data, language, count // 2)
    return tried


def _answered(data: Path, language: str, count: int) -> Iterator[Tried]:
    """Questions as claims, before the passage that answers them and those of two other questions."""
    dataset, chance = QUESTIONS[language], random.Random(f"echo {language}")
    if not (data / dataset / "questions.jsonl").is_file():
        return
    texts = {row["id"]: row["text"] for row in read_lines(data / dataset / "corpus.jsonl")}
    rows = [row for row in read_lines(data / dataset / "questions.jsonl") if row["answers"] and not row["unanswerable"]]
    on: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        on.setdefault(row["docs"][0], []).append(row)
    for row in chance.sample(rows, min(count, len(rows))):
        docs = [row["docs"][0], *(one["docs"][0] for one in chance.sample(rows, 2))]
        hits = [Hit(1, 1.0, at, doc, texts[doc], language=language) for at, doc in enumerate(docs)]
        verifier = Verifier(sources(hits))
        right = [
            answer.casefold()
            for one in on[row["docs"][0]]
            if one["question"] == row["question"]
            for answer in one["answers"]
        ]
        wrong = [
            answer
            for one in on[row["docs"][0]]
            for answer in one["answers"][:1]
            if not any(answer.casefold() in known or known in answer.casefold() for known in right)
        ]
        other = chance.choice(wrong) if wrong else None
        passage = {unit.text for unit in split(texts[row["docs"][0]], language)}
        for kind, claim in echoes(row["question"], row["answers"][0], other, language):
            if kind == "a few words alone" and claim in passage:
                continue
            yield Tried(kind, language, claim, _all_proved(verifier, claim, language, row["question"]))


def _all_proved(verifier: Verifier, claim: str, language: str, question: str = "") -> bool:
    """As an answer is judged: cut into sentences, each of which must be proved."""
    return all(
        any(
            verifier.support(reading.text, question, language, reading.mark, below=reading.below).proved
            for reading in readings
        )
        for _, readings in asserted(claim, language)
    )


def figures(tried: Sequence[Tried]) -> str:
    rows = []
    for kind in dict.fromkeys(one.kind for one in sorted(tried, key=lambda one: one.kind not in TRUE)):
        for language in ("en", "fr"):
            of = [one for one in tried if (one.kind, one.language) == (kind, language)]
            proved = sum(one.proved for one in of)
            is_what = "true" if kind in TRUE else "reworded" if kind in REWORDED else "damaged"
            rows.append((kind, is_what, language, len(of), proved))
    true = [one for one in tried if one.kind in TRUE]
    damaged = [one for one in tried if one.kind not in TRUE + REWORDED]
    for name, of in (("all true", true), ("all damaged", damaged)):
        rows.append((name, "", "", len(of), sum(one.proved for one in of)))
    return markdown(("kind", "is", "language", "n", "called proved"), rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--sentences", type=int, default=2500)
    parser.add_argument("--show", type=int, default=20, help="so many of the damaged ones that were called proved")
    parser.add_argument("--save", metavar="NAME")
    options = parser.parse_args()
    began = time.perf_counter()
    tried = run(data_folder(options.data), options.sentences)
    print(figures(tried))
    wrong = [one for one in tried if one.kind not in REWORDED and (one.kind in TRUE) != one.proved]
    print(Counter(one.kind for one in wrong).most_common())
    for one in sorted(wrong, key=lambda one: one.kind in TRUE)[: options.show]:
        print(f"- {one.kind} ({one.language}): {one.sentence}")
    print(f"{len(tried):,} sentences in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    if options.save:
        counts, proved = (
            Counter((one.kind, one.language) for one in some) for some in (tried, [one for one in tried if one.proved])
        )
        rows = [
            {"kind": kind, "language": language, "sentences": count, "proved": proved[kind, language]}
            for (kind, language), count in counts.items()
        ]
        runs.save(options.save, "Proof: true and damaged sentences", figures(tried), rows, {})


if __name__ == "__main__":
    main()

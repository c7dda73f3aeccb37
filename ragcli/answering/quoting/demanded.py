"""What an answer can't do without, whatever it is called there: a sum of money, a year, a colour, an address, a number.

Passages that hold none do not answer who asks for one, however near they come.
"""

import re
from collections.abc import Sequence

from ragcli.answering.quoting.candidates import Ranking
from ragcli.answering.quoting.kinds import wants_sum
from ragcli.answering.quoting.points_in_time import YEAR, point_in_time
from ragcli.answering.wording.money import is_money, is_price_list, names_currency
from ragcli.retrieval.question.asking import typed
from ragcli.storage.terms import unaccented

# Questions are typed without accents. `Who has the phone number?` wants none.
_WHAT = (
    r"^\W*(?!(?:how|who\w*|where|why|when|do|does|can|comment|combien|qui|pourquoi|wer|warum|wie viele?|quien|cuantos)\b)"
    r"(?:[\w'-]+ ){0,5}?(?:[dl]')?"
)
_ASKS_TELEPHONE = re.compile(
    rf"{_WHAT}(?:(?:tele)?phone (?:numbers?|no)|(?:numero|numer|номер)\w* (?:d[eio] |do )?(?:tel|тел)\w*|telefoo?n\w*nummer)\b",
    re.IGNORECASE,
)
_ASKS_MAIL = re.compile(
    rf"{_WHAT}(?:e-?mail[- ]?add?res\w*|mail add?res\w*|(?:adresse|direccion de|indirizzo|endereco de) (?:e-?mail|mail"
    r"|electronique|correo|courriel)|correo electronico)\b",
    re.IGNORECASE,
)
_ASKS_COLOUR = re.compile(
    r"\b(?:what|which) colou?rs? (?:is|are|was|were|do|does|did|has|have|had|can|may|must|should|will)\b"
    r"|\bde quelles? couleurs?\b"
    r"|\bquelles? (?:est|sont|etait|etaient|sera) (?:la |les |leurs? |sa |ses )couleurs?\b"
    r"|\bwelche farben?\b|\bde que cor(?:es)?\b|\bde que colou?r(?:es)?\b|\bdi (?:che|quale) colore\b|\bwelke kleur(?:en)?\b",
    re.IGNORECASE,
)
# The usual ones, each with its endings, and codes of others.
_COLOUR = re.compile(
    r"\b(?:(?:dark|light|pale|bright|off)?-?(?:black|white|gr[ae]y|red|green|blue|yellow|brown)(?:dish|ish|er|s)?|orange|purple"
    r"|violet\w*|pink|gold(?:en)?|silver\w*|beige|crimson|scarlet|turquoise|maroon|navy|cream|ivory|colou?rless|transparent\w*"
    r"|noire?s?|blan(?:c|che)s?|grise?s?|rouges?|verte?s?|bleu\w*|jaunes?|roses?|brune?s?|marron|dore?e?s?|argent\w*|ocre|incolore"
    r"|\w*(?:schwarz|wei(?:ss|ß)|grau|rot|grun|blau|gelb|braun|farblos|silbern|golden)(?:e[mnrs]?)?|rosa|lila"
    r"|negr[oa]s?|blanc[oa]s?|gris(?:es)?|roj[oa]s?|verdes?|azul(?:es)?|amarill[oa]s?|marron(?:es)?|naranja|morad[oa]s?"
    r"|ner[oaie]|bianc\w+|grigi\w*|ross[oaie]|verd[ei]|blu|azzurr\w+|giall[oaie]|marrone|viola|arancion\w*"
    r"|pret[oa]s?|branc[oa]s?|cinzent\w+|vermelh\w+|amarel\w+|castanh\w+|zwarte?|witte?|grijze?|rode?|groene?|blauwe?|gele?|bruine?"
    r"|ral ?\d{4}|rgb|cmyk|pantone)\b|#[0-9a-f]{6}\b",
    re.IGNORECASE,
)
# Not `What is the paper size?`, which a name may answer.
_HOW = re.compile(r"\b(?:how|combien|wie ?viele?\w?|wie|cuant[oa]s?|quant[oaie]s?|hoeveel|hoe)\b", re.IGNORECASE)
# How many, without a number.
_IN_WORDS = re.compile(
    r"\b(?:no|none|nobody|both|unlimited|as (?:many|much|long|large|far)|aucune?|nul(?:le)?|illimitee?s?|autant|aussi"
    r"|kein\w*|beide\w*|unbegrenzt\w*|beliebig\w*|so (?:viele?|lange?|gross)|ningun\w*|amb[oa]s|ilimitad[oa]s?|tant[oa]s?"
    r"|nessun\w*|entramb[ei]|illimitat\w*|nenhum\w*|geen|beide|onbeperkt)\b",
    re.IGNORECASE,
)
# `red, green and dark blue`, `"Norma" and "Tosca"`.
_AND = r" (?:and|or|et|ou|und|oder|y|o|e|en|of)"
_LISTS = re.compile(
    rf", [\w'’-]+(?: [\w'’-]+){{0,2}},?{_AND} |(?<![\w'’-])[^\W\d_a-zß-ÿ][\w'’-]*[\"”»]?{_AND} "
    r"(?:(?i:the|l[aeo]s?|die|der|das|el) )?[\"“«]?[A-ZÀ-Þ]"
)
_DATE = re.compile(r"\b\d{4}[-–/]\d{1,2}[-–/]\d{1,2}\b|\b\d{1,2}[-./]\d{1,2}[-./]\d{2,4}\b|\b\d{4}\s?[-–/]\s?\d{4}\b")
_TELEPHONE = re.compile(r"(?<![\w.,])\+?\(?\d(?:[\s()./–-]{0,3}\d){6,}(?![\w,%€$£])")
_MAIL = re.compile(r"\S@\S|\S ?(?:\(at\)|\[at\]|\(a\)) ?\S", re.IGNORECASE)


def is_lacking(question: str, language: str | None, texts: Sequence[str]) -> bool:
    """Whether a question demands what none of the texts holds."""
    read = typed(question)
    if _ASKS_TELEPHONE.search(read):
        return not any(_TELEPHONE.search(_DATE.sub(" ", text)) for text in texts)
    if _ASKS_MAIL.search(read):
        return not any(_MAIL.search(text) for text in texts)
    return wants_sum(question, language) and not any(
        is_money(text) or names_currency(text) or is_price_list(text) for text in texts
    )


def is_named_by_none(question: str, texts: Sequence[str]) -> bool:
    """Whether a question demands a year or a colour that none of the texts names.

    Args:
        texts: in the question's language. Others have words of their own for colours, and some count years otherwise.
    """
    if _ASKS_COLOUR.search(typed(question)):
        return not any(_COLOUR.search(unaccented(text)) for text in texts)
    return point_in_time(question) is YEAR and not any(YEAR.search(text) for text in texts)


def tells_no_number(ranking: Ranking) -> bool:
    """Whether it is asked how many, or how large, and neither sentence that would be quoted says it, in figures or in words.

    What lists things lets them be counted. Of 83 training questions for a number, English and French, that were answered, one
    of the two sentences had one each time, but for a question for a frequency.
    """
    wanted = ranking.wanted
    if wanted.kind != "number" or wanted.is_price or not _HOW.search(unaccented(typed(wanted.question))):
        return False
    return not any(
        one.holds_asked or one.announces or one.source.row is not None or _lets_count(one.source.unit.text)
        for one in ranking.best(2)
    )


def tells_no_quantity(ranking: Ranking) -> bool:
    """Whether a weight, a power, a temperature is asked for, and neither sentence that would be quoted has or names one."""
    wanted = ranking.wanted
    if wanted.kind != "number" or wanted.is_sum or not wanted.quantities:  # not `What area of the brain …`
        return False
    quoted = [one.source.readable for one in ranking.best(2)]
    return not any(one.is_told(text) for one in wanted.quantities for text in quoted)


def _lets_count(text: str) -> bool:
    return _LISTS.search(text) is not None or _IN_WORDS.search(unaccented(text)) is not None

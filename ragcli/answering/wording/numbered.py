"""Names that end in a number or a letter, `Node.js 16`, `Apollo 11`, `block A`, `level B2`: what has another is another thing.

Not years, dates, or parts of documents: those are told apart elsewhere.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from ragcli.retrieval.question.periods import MONTH
from ragcli.retrieval.question.syntax import without_references
from ragcli.storage.terms import content_terms, fold

_NUMBER = r"\d{1,3}(?:(?:\.\d+)+|-\d{2,3})?(?:\.x)?"  # `LIMEN 25-40`
_JOINS = "and|or|et|ou|und|oder|y|e"
_LIST = rf"{_NUMBER}(?:(?:\s*,\s*|\s+(?:{_JOINS})\s+){_NUMBER})*"
_GENERIC = r"version|release|edition|édition|ausgabe|versión|edición|versione|edizione|versão"
_NAMED = re.compile(
    rf"(?<![\w.])(?P<name>[A-ZÀ-Þ][\w.+#-]*[\w+#]|(?i:{_GENERIC}))(?: (?i:{_GENERIC}))? v?(?P<numbers>{_LIST})"
    r"(?![\w%°€$£-]|[.,:/]\d| ?%| (?:million|billion|thousand|percent|per cent|pour cent)\b)"
)
# `block A`, `level B2`, `the Barista C5`; no quarter, `Q4`, nor the initial of a name, `John F. Kennedy`.
_LETTER = r"(?![QTHS][1-4]\b|I\b)[A-Z]\d{0,2}"
_LETTERED = re.compile(
    rf"(?<![\w.])(?P<name>[^\W\d_]{{4,}}?)s?[ -]"
    rf"(?P<letters>{_LETTER}(?:(?:\s*,\s*|\s+(?:{_JOINS}|&)\s+){_LETTER})*)"
    r"(?![\w'’&/+#-]|\.\s?[^\W\d_]|[.,:]\d)"
)
_EACH_LETTER = re.compile(_LETTER)
_EACH = re.compile(_NUMBER)
_ANY_NUMBER = re.compile(r"\d+(?:\.\d+)*")
# Folded; what numbers things in a text, beside what `without_references` takes out of it.
_COUNTS = re.compile(
    r"(?:page|part|partie|teil|parte|item|step|question|line|no|nr|num(?:ber|ero)?|abs(?:atz)?|eq|exhibit|anexo)s?"
)


def numbered(text: str, asks: bool = False) -> dict[str, list[str]]:
    """The names that a text has with numbers: `Node.js version 12.x, 14.x` is {"node.js": ["12", "14"]}.

    Args:
        asks: it is a question, whose first word is large in any case.
    """
    found: dict[str, list[str]] = {}
    text = without_references(text)
    for one in _NAMED.finditer(text):
        name = fold(one["name"])
        if name in MONTH or _COUNTS.fullmatch(name) or (asks and not text[: one.start()].strip(" \"'«“(¿")):
            continue
        found.setdefault(name, []).extend(each.removesuffix(".x") for each in _EACH.findall(one["numbers"]))
    for one in _LETTERED.finditer(text):
        name = fold(one["name"])
        if content_terms(name, None) and not _COUNTS.fullmatch(name):
            found.setdefault(name, []).extend(map(fold, _EACH_LETTER.findall(one["letters"])))
    return found


def is_said(asked: Mapping[str, Sequence[str]], text: str) -> bool:
    """Whether a text has one of these names with its number."""
    return any(_agree(number, asked.get(name, ())) for name, those in numbered(text).items() for number in those)


def is_of_another(asked: Mapping[str, Sequence[str]], text: str) -> bool:
    """Whether a text has one of these names with another number, and none with its own: of `Node.js 16`, `Node.js 8.x`."""
    return any(name in asked for name in numbered(text)) and not is_said(asked, text)


def is_nowhere(asked: Mapping[str, Sequence[str]], texts: Sequence[str]) -> bool:
    """Whether the texts have neither such a name nor its number, or know the names with other numbers alone.

    Of `Louis VIII` nobody can tell. What has a letter may be called otherwise: `block A` is `building A`.
    """
    folded = [fold(text) for text in texts]
    numbers = {number for text in folded for number in _ANY_NUMBER.findall(text)}
    has_figures = bool(asked) and all(one[0].isdigit() for own in asked.values() for one in own)
    if has_figures and not any(
        any(name in text for text in folded) or numbers.intersection(own) for name, own in asked.items()
    ):
        return True
    return is_known_otherwise(asked, texts)


def is_known_otherwise(asked: Mapping[str, Sequence[str]], texts: Sequence[str]) -> bool:
    """Whether the texts know these names with other numbers alone."""
    if not any(is_of_another(asked, text) for text in texts) or any(is_said(asked, text) for text in texts):
        return False
    figured = [re.escape(name) for name, own in asked.items() if own[0][0].isdigit()]
    # `Louis VIII`; no `Louis l'aîné`.
    in_roman = re.compile(rf"\b(?:{'|'.join(figured)}) [ivxlc]+\b(?!['’])")
    return not (figured and any(in_roman.search(fold(text)) for text in texts))


def _agree(one: str, others: Iterable[str]) -> bool:
    """16.2 is of 16, and 2 may be 2.0; 2.1 is not. `25-40` is not `25-60`, but may be a range that has 30."""
    return any(
        ("-" in one) != ("-" in other) or all(a == b for a, b in zip(one.split("."), other.split("."), strict=False))
        for other in others
    )

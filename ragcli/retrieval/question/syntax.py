"""What people type beside plain words: "a phrase", -without, begin*."""

import re
from dataclasses import dataclass
from itertools import chain

from ragcli.errors import UsageError
from ragcli.letters import MARKS, WORD
from ragcli.retrieval.question.counting import without_having
from ragcli.retrieval.question.instructions import without_instructions
from ragcli.storage.terms import fold, terms

_OPERATOR = re.compile(
    rf"""(?P<minus>(?<!\S)-)?["“«]\s*(?P<phrase>[^"”»]+?)\s*["”»]  # also in the quotes of print
    # not -5, not the dash of "word - word", no option -t
    | (?<!\S)-(?P<excluded>[^\W\d_][\w{MARKS}'’]+(?:[-.]{WORD})*)(?=[.,;:?!]*(?!\S))
    | (?<!\S)(?P<prefix>(?=[\w{MARKS}]{{2}}){WORD})\*(?=[.,;:?!]*(?!\S))""",
    re.VERBOSE,
)
_IDENTIFIER = re.compile(  # 4.2.1, INV-2023-0217, get_user_name, std::vector, node.js, --dry-run; not well-known
    r"(?<!\w)(?:\w+(?:(?:[-.,:/]|::)\w+)+|[^\W_]+(?:_+[^\W_]+)+)|(?<!\S)--\w+(?:-\w+)+"
)
_NUMBER = re.compile(r"(?<![\w.,:/-])\d{4,}(?![\w:/-]|[.,]\d)")
_OF_PARTS = (  # of documents, and documents of a series
    r"(?:\b(?:art(?:icles?|ikels?|[íi]culos?|icolo|igos?|\.)?|se[cç][tc]?i(?:ons?|ón|one)|seção|sezione|abschnitt|cl[aá]usu?[le]a?s?"
    r"|ch(?:apters?|apitres?)|kapitel|cap[íi]tulo|capitolo|paragraphe?s?|annex(?:es?)?|appendix|anhang|schedule"
    r"|fig(?:ures?|ura)|abbildung|tab(?:les?|leaux?|elle)|[eé]q(?:uation|n)?s?\.?|gleichung(?:en)?|rules?|r[èe]gles?|notes?|invoices?|factures?|rechnung"
    r"|orders?|commandes?|cases?|contrat|contract|tickets?)\s+|§+\s*|(?:\b[^\W\d_]{3,}\s+)?\bn[°º]\s*)"
)
# `article 12`, `§ 433a`: each of the two stands in many passages, both in a row in few.
_NUMBERED = re.compile(
    rf"{_OF_PARTS}\d{{1,4}}[a-z]?(?:[.-]\d+)*(?![\w:/-]|[.,]\d)"
    r"|\b(?:[eé]q(?:uation|n)?\.?|gleichung)\s*\(\d{1,4}[a-z]?(?:[.-]\d+)*\)",  # as they stand at the margin
    re.IGNORECASE,
)
# Of which the text may say one where another is asked for.
_WAYS = {
    "art": ("art", "article", "artikel", "artículo", "articolo", "artigo"),
    "equ": ("eq", "equation", "équation", "gleichung"),
}
_FRENCH_CODE = re.compile(r"\b([LRDA])(?:\.\s?|\s)?(\d{3,4}(?:-\d+)+)(?![\w-])")  # L. 121-1, L121-1
_REFERENCES = re.compile(
    rf"{_OF_PARTS}\d+(?:[.-]\d+)*(?:\s*(?:,|and|to|or|et|à|ou|und|y|e|–)\s*\d+(?:[.-]\d+)*)*", re.IGNORECASE
)
_LISTED = re.compile(r"\d+(?:[.-]\d+)*")
_YEAR = re.compile(r"\D*(?:1[5-9]|20)\d\d")
# Kinds of parts by their first letters: figures, tables, equations; and of what other things are numbered: `in case 2 of them`.
_SHOWN = ("fig", "abb", "tab", "equ")
_SAID_OF_ALL = ("cas", "not", "ord", "rul", "com", "con")
_YEAR_OR_ROUND = re.compile(r"1\d{3}|20\d{2}|\d+00")
_LONGEST = 10_000  # characters: embedding models read some 2,000, and to take apart a word of megabytes takes minutes
_LONGEST_TITLE = 120  # characters
_SIGN = re.compile(r"[\d_.:/]|^--")  # of which one at least is in an identifier


@dataclass(frozen=True, slots=True)
class Query:
    """A question taken apart.

    `text` is what is embedded and whose words are searched, signs left out. Passages must not hold what is `excluded`;
    they must hold `phrases` and `prefixes` when the question is nothing else (`only_operators`), else are better for it.
    """

    text: str
    phrases: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    only_operators: bool = False


def parse(question: str) -> Query:
    """Raises: UsageError when nothing is left to look for, or the question is a document of its own."""
    demand_no_document(question)
    question = without_having(without_instructions(question))
    phrases: list[str] = []
    prefixes: list[str] = []
    excluded: list[str] = []

    def take(found: re.Match[str]) -> str:
        if found["phrase"]:
            (excluded if found["minus"] else phrases).append(found["phrase"])
            return " " if found["minus"] else found["phrase"]
        if found["excluded"]:
            excluded.append(found["excluded"])
            return " "
        prefixes.append(found["prefix"])
        return found["prefix"]

    text = " ".join(_OPERATOR.sub(take, question).split())
    if not re.search(r"\w", text):
        raise UsageError(f"the question '{question}' names nothing to look for", "add a word that passages should hold")
    rest = _OPERATOR.sub(" ", question)
    wants = bool(phrases or prefixes)
    return Query(text, tuple(phrases), tuple(prefixes), tuple(excluded), wants and not re.search(r"\w", rest))


def demand_no_document(question: str) -> None:
    """Raises: UsageError when a question is as long as a document, which takes minutes to be taken apart."""
    if len(question) > _LONGEST:
        raise UsageError(
            f"the question has {len(question):,} characters, at most {_LONGEST:,} are looked for",
            "ask what matters of it",
        )


def identifiers(text: str) -> list[str]:
    """What is written as one word and indexed as several, `INV-2023-0217`, what is numbered, `article 12`, and long numbers:
    no years, nor round ones.
    """
    codes = [found[0] for found in _FRENCH_CODE.finditer(text)]
    rest = _FRENCH_CODE.sub(" ", text)
    parts = [one for one in _IDENTIFIER.findall(rest) if _SIGN.search(one) and len(terms(one, None)) > 1]
    numbers = [one for one in _NUMBER.findall(rest) if not _YEAR_OR_ROUND.fullmatch(one)]
    return list(dict.fromkeys(codes + parts + numbers + _NUMBERED.findall(rest)))


def spellings(identifier: str) -> list[str]:
    """An identifier as passages may write it: `Art. 5` is `article 5` as well, `Eq. (5)` is `equation 5`, `L121-1` `L. 121-1`."""
    if code := _FRENCH_CODE.fullmatch(identifier):
        return ["".join(code.groups()), " ".join(code.groups())]
    if _NUMBERED.fullmatch(identifier) and (kind := _kind(identifier)) in _WAYS:
        return [f"{word} {number_of(identifier)}" for word in _WAYS[kind]]
    return [identifier]


def is_named(identifier: str, text: str) -> bool:
    """Whether a text has an identifier, however its words are joined (`INV 2023/0217`) or cut short (`Art. 9`, `§ 9`).

    `9-1` stands not in `375-9-1`.
    """
    if code := _FRENCH_CODE.fullmatch(identifier):
        return code.groups() in (found.groups() for found in _FRENCH_CODE.finditer(text))
    if _NUMBERED.fullmatch(identifier):
        return _part(identifier) in map(_part, _NUMBERED.findall(text))
    if identifier[0].isdigit():
        number = r"[\W_]".join(re.findall(r"[^\W_]+", identifier))
        return re.search(rf"(?<!\w)(?<!\d[.:/-]){number}(?!\w|[.:/-]\d)", text) is not None
    return in_a_row(identifier) in in_a_row(text)


def is_part_title(line: str) -> bool:
    """Whether a line is the title of a numbered part, `§ 14 Unternehmer`, and no sentence that begins with one."""
    return len(line) <= _LONGEST_TITLE and _NUMBERED.match(line) is not None and line[-1] not in ".,;:"


def numbered_parts(text: str) -> list[str]:
    """What is asked for as a part of a document: `article 12`, `Figure 2-6`, `L. 121-1`; no year, nor `in case 2 of them`."""
    codes = [found[0] for found in _FRENCH_CODE.finditer(text)]
    found = _NUMBERED.findall(_FRENCH_CODE.sub(" ", text))
    return list(
        dict.fromkeys(codes + [one for one in found if not _YEAR.fullmatch(one) and _kind(one) not in _SAID_OF_ALL])
    )


def has_part(part: str, text: str) -> bool:
    """Whether a text names a numbered part, one of its own (`Figure 2a`, `4.2`), or a list of parts that has it."""
    if code := _FRENCH_CODE.fullmatch(part):
        letter, number = code.groups()
        return any(one[1] == letter and f"{one[2]}-".startswith(f"{number}-") for one in _FRENCH_CODE.finditer(text))
    kind, number = _part(part)
    begins = re.compile(rf"{re.escape(number)}(?:[a-z]|[.-]\d.*)?")
    listed = ((_kind(one[0]), other) for one in _REFERENCES.finditer(text) for other in _LISTED.findall(one[0]))
    named = map(_part, _NUMBERED.findall(text))
    return any(of == kind and begins.fullmatch(other.casefold()) for of, other in chain(named, listed))


def may_be_bare(identifier: str) -> bool:
    """Whether it is a numbered part whose title may begin with its number: no figure, nor invoice."""
    if not _NUMBERED.fullmatch(identifier) or re.search(r"n[°º]", identifier):
        return False
    return _kind(identifier) not in (*_SHOWN, *_SAID_OF_ALL, "inv", "fac", "rec", "tic")


def is_shown(identifier: str) -> bool:
    """Whether it is a figure, table or equation: its caption says what it shows, not what stands below it."""
    return _NUMBERED.fullmatch(identifier) is not None and _kind(identifier) in _SHOWN


def number_of(part: str) -> str:
    """What singles out a part, whatever the text calls it: `Artikel 1` may be headed `Art 1`."""
    return part[re.search(r"\d", part).start() :].rstrip(")")  # type: ignore[union-attr]  # it is numbered


def entitles(part: str, title: str) -> bool:
    """Whether a title is that of a numbered part by its number alone: `4.2 Reading` of `section 4.2`."""
    if not may_be_bare(part) or len(title) > _LONGEST_TITLE:
        return False
    begins = rf"\W*{re.escape(_part(part)[1])}(?:\.(?!\d)|\)|(?=\s+[^\W\d_]))"
    return re.match(begins, title, re.IGNORECASE) is not None


def without_references(text: str) -> str:
    """A text without `article 12`, `sections 4 to 6`: numbers that count nothing."""
    return _REFERENCES.sub(" ", text)


def _part(numbered: str) -> tuple[str, str]:
    """The first letters of the kind of part, and its number: the languages at hand begin alike, and so do abbreviations."""
    return _kind(numbered), number_of(numbered).casefold()


def _kind(numbered: str) -> str:
    kind = fold(re.split(r"(?=\d)", numbered, maxsplit=1)[0].replace("§", "par"))[:3].strip()
    return "equ" if kind in ("eq", "eq.", "eq(", "eqs", "eqn", "gle") else kind


def in_a_row(text: str) -> str:
    """The terms of a text between spaces, unstemmed: one text has another's in a row where it holds them so."""
    return f" {' '.join(terms(text, None))} "


def phrases(question: str) -> list[str]:
    """What stands in quotes, as it is written."""
    return [found["phrase"] for found in _OPERATOR.finditer(question) if found["phrase"] and not found["minus"]]

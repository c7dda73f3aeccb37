"""What a question asks for by a number or a code, and no document has: `article 312`, `Figure 88`, `LM7805`.

Passages about other articles and other parts would answer such a question in the very words that it wants.
"""

import json
import re
from collections.abc import Callable, Sequence

from ragcli.retrieval.lexical import any_of, held, spelled
from ragcli.retrieval.naming.codes import beginning, codes, glued, is_coded, spelled_code
from ragcli.retrieval.naming.file_names import file_names_of
from ragcli.retrieval.question.numerals import ENGLISH_NUMBERS, FRENCH_NUMBERS
from ragcli.retrieval.question.syntax import entitles, has_part, number_of, numbered_parts
from ragcli.storage.catalog import Catalog
from ragcli.storage.terms import fold, terms

_MOST = 5_000  # passages that are looked into: what may stand in more is taken to be there
_LIKE_A_TITLE = re.compile(r"\W*(?:\d+[.)]|\d+(?:[.-]\d+)+\.?)\s+[^\W\d_a-z].*[^\W_]$")
# By which a low number may be written.
_ROMAN = (
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x",
    "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
)  # fmt: skip
_COUNTING = (_ROMAN, ENGLISH_NUMBERS, ("premier", *FRENCH_NUMBERS[1:]))


def is_refused(question: str, nowhere: Sequence[str]) -> bool:
    """Whether all parts, or all codes, that a question asks for are nowhere: of two articles the one that is there may do."""
    return any(names and set(names) <= set(nowhere) for names in _asked(question))


def named_nowhere(catalog: Catalog, question: str) -> list[str]:
    """The numbered parts and the codes in a question that neither a passage nor the name of a file has."""
    parts, named = _asked(question)
    return [
        *(one for one in parts if not _is_part_there(catalog, one)),
        *(one for one in named if not _is_code_there(catalog, one)),
    ]


def _asked(question: str) -> tuple[list[str], list[str]]:
    parts = numbered_parts(question)
    return parts, [one for one in codes(question) if not any(one in part for part in parts)]


def _is_part_there(catalog: Catalog, part: str) -> bool:
    digits = number_of(part)
    if digits == "1":  # the only one of its kind may have no number
        return True
    said = f"{held(any_of([' '.join(terms(digits, None))]))} OR {spelled(part, [None])}"
    if _any(catalog, said, lambda titles, text: _says(part, titles, text)):
        return True
    if not digits.isdigit() or int(digits) > max(map(len, _COUNTING)):
        return False
    kind = fold(part[: -len(digits)]).strip(" .")
    ways = [words[int(digits) - 1] for words in _COUNTING if int(digits) <= len(words)]
    written = re.compile(rf"\b{re.escape(kind)}\.?\s+(?:{'|'.join(ways)})\b")
    match = held(f'"{terms(kind, None)[0]}"*') if terms(kind, None) else ""
    return bool(match) and _any(
        catalog, match, lambda titles, text: bool(written.search(fold(" ".join((*titles, text)))))
    )


def _says(part: str, titles: Sequence[str], text: str) -> bool:
    """By its name, or by its number at the beginning of a title, or of a line that may be one: `4.2 Reading`, `IV`."""
    if has_part(part, " ".join((*titles, text))) or any(entitles(part, title) for title in titles):
        return True
    lines = (line for line in text.split("\n") if _LIKE_A_TITLE.match(line))
    return any(entitles(part, line) for line in lines)


def _is_code_there(catalog: Catalog, code: str) -> bool:
    """Files that could not be read are there as well, and so are families: `PIC16F87X`, `SN74LS138`."""
    word = glued(code)
    if any(is_coded(code, one.path) for one in file_names_of(catalog).holding([beginning(code)])):
        return True
    said = f'"{word[: max(3, len(word) - 2)]}"* OR {spelled_code(code)}'
    if _any(catalog, said, lambda titles, text: is_coded(code, " ".join((*titles, text)))):
        return True
    if not word[0].isdigit():
        return False
    holding = catalog.sql.execute("SELECT term FROM lexical_vocabulary WHERE instr(term, ?)", (word,))
    return any(is_coded(code, row[0]) for row in holding)


def _any(catalog: Catalog, match: str, says: Callable[[list[str], str], bool]) -> bool:
    """Whether one of the passages that match, or may match beyond `_MOST`, says it in its titles or its text."""
    rows = catalog.sql.execute(
        "SELECT c.section, coalesce(d.title, '') || char(10) || c.text FROM chunks c JOIN documents d ON d.id = c.document_id"
        " WHERE c.id IN (SELECT rowid FROM lexical WHERE lexical MATCH ? LIMIT ?)",
        (match, _MOST),
    )
    seen = 0
    for section, text in rows:
        seen += 1
        if says(json.loads(section), text):
            return True
    return seen == _MOST

"""Plain text: which line breaks were made by a wrapping editor, and which mean something: lists, forms, logs, tables."""

import csv
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from ragcli.errors import ReadError
from ragcli.reading.normalise import Vocabulary
from ragcli.reading.plain.headings import headings, set_apart
from ragcli.reading.plain.pages import pages_of
from ragcli.reading.text import decode, paragraph, table
from ragcli.records import Block, Document, Page
from ragcli.settings import Reading

_WRAPPED_AT = 120  # a file whose usual line is longer was not wrapped by hand: there, each line is a paragraph
_PARAGRAPHS = re.compile("\n[^\\S\n]*\n|[\f\u2029]")
_HYPHEN = re.compile(r"[^\W\d_]-\n")
_NARROW = 40  # characters: nobody wraps at fewer
_ROOM = 0.7  # share of the usual width: a line that the next word would not have filled so far was not wrapped
_FEWEST = 3  # lines of a table or a log
_MOST = 0.9  # share of them that must be alike
_MARK = re.compile(r"\s*(?:[-*•·–—+‣◦▪]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+\S")
_OPTION = re.compile(r"\s*--?[^\W\d_][^.:;]*$")  # of a command, on a line of its own above what it does
_FIELD = re.compile(r"\s*[^\W\d_][\w .()/-]{0,30}:(?:\s|$)")
_QUOTED = re.compile(r"[\s>]*>\s*")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,}|_{3,}|\*{3,})\s*")
_GAP = re.compile(r"\S(?: {3,}|\t)\S")  # between cells
_STAMP = re.compile(r"\s*(\S*\d\S*)(?=\s|$)")
_DIGITS = re.compile(r"\d+")
_RULE = re.compile(r"[-+=:\s]*")  # below the head of a table
_DELIMITERS = ("\t", ";", "|", ",")
_SIGNATURES = {
    "%PDF-": ".pdf",
    "{\\rtf": ".rtf, which is not known: save it as .docx",
    "%!PS": ".ps, which is not known: convert it to PDF",
}


def read_text(path: Path, settings: Reading) -> Document:
    """Read plain text. A paragraph ends at a blank line; in a file of long lines, and where lines mean something, at each
    line's end. Lines of cells with the same delimiter are a table. Form feeds end pages, where they part pages.

    Raises: ReadError of kind empty, or damaged for what is no plain text.
    """
    source, warnings = decode(path.read_bytes(), path)
    for signature, suffix in _SIGNATURES.items():
        if source.startswith(signature):
            raise ReadError(f"{path}: it is no plain text inside", f"give it the suffix {suffix}", "damaged")
    pages = pages_of(source)
    numbers = range(1, len(pages) + 1) if len(pages) > 1 else [None]
    read = tuple(Page(number, blocks) for number, blocks in zip(numbers, _blocks(pages), strict=True))
    return Document("txt", read, warnings=warnings)


def _blocks(pages: Sequence[str]) -> Iterator[tuple[Block, ...]]:
    source = "\n".join(pages)
    lengths = sorted(len(line) for line in source.split("\n") if line.strip())
    is_wrapped = bool(lengths) and lengths[len(lengths) // 2] <= _WRAPPED_AT
    width = max(lengths[int(0.9 * (len(lengths) - 1))], _NARROW) if is_wrapped else math.inf
    vocabulary = Vocabulary()
    if _HYPHEN.search(source):
        vocabulary.learn(source.split("\n"))
    pieces = [set_apart(list(_pieces(page))) for page in pages]
    levels, places = headings(list(chain.from_iterable(pieces))), count()
    for of_page in pieces:
        blocks: list[Block] = []
        for lines, at in zip(of_page, places, strict=False):
            if at in levels:
                blocks.append(Block(paragraph(lines[0]), "heading", level=levels[at]))
            elif rows := _cells(lines):
                blocks.append(Block(table(rows), "table"))
            else:
                blocks += _paragraphs(lines, width, vocabulary)
        yield tuple(blocks)


def _pieces(page: str) -> Iterator[list[str]]:
    """The lines between blank lines."""
    for piece in _PARAGRAPHS.split(page):
        if lines := [line for line in piece.split("\n") if line.strip()]:
            yield lines


def _paragraphs(lines: Sequence[str], width: float, vocabulary: Vocabulary) -> Iterator[Block]:
    """The lines of one piece between blank lines, those joined that were one."""
    marked = [_MARK.match(line) is not None for line in lines]
    fields = [_FIELD.match(line) is not None for line in lines]
    is_list = sum(marked) > 1 or (bool(marked) and marked[0])
    is_form = sum(fields) > 1 and 2 * sum(fields) > len(lines)
    is_log = _is_log(lines) or 2 * sum(_GAP.search(line) is not None for line in lines) > max(len(lines), 2)
    kept: list[Block] = []
    before = ""  # the line before
    for line, is_marked, is_field in zip(lines, marked, fields, strict=True):
        means = is_log or (is_list and is_marked) or (is_form and is_field)
        if _UNDERLINE.fullmatch(line):
            is_said = bool(kept) and any(map(str.isalnum, kept[-1].text))  # not the foot of a frame of stars
            if is_said and kept[-1].text == paragraph(before) and len(before) <= len(line) + 3:
                kept[-1] = Block(kept[-1].text, "heading", level=1 if "=" in line else 2)
            before = ""
        elif before and not means and _goes_on(before, line, width, is_list):
            text = paragraph(line[_quote(line) :])
            kept[-1] = replace(kept[-1], text=vocabulary.join(kept[-1].text, text))
            before = line
        else:
            kept.append(Block(paragraph(line), "list" if means else "text"))
            before = line
    return (block for block in kept if block.text)


def _goes_on(line: str, following: str, width: float, is_list: bool) -> bool:
    """Tell whether a line was broken since the next word did not fit; or the next stands under an item's text, or an option."""
    if line[: _quote(line)].count(">") != following[: _quote(following)].count(">"):
        return False
    if _OPTION.match(line) and not _MARK.match(line) and _indent(following) > _indent(line):
        return True
    if is_list and _MARK.match(line) and _indent(following) > _indent(line):
        return True
    word = following[_quote(following) :].split(None, 1)[:1]
    return len(line) + 1 + sum(map(len, word)) > _ROOM * width


def _quote(line: str) -> int:
    """Where the text of a quoted line begins, as in an answer to a letter; 0 on others."""
    found = _QUOTED.match(line)
    return found.end() if found else 0


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_log(lines: Sequence[str]) -> bool:
    """Tell whether lines begin alike, with a date, a time or a number that counts."""
    if len(lines) < _FEWEST:
        return False
    shapes = Counter(_DIGITS.sub("0", found[1]) for line in lines if (found := _STAMP.match(line)))
    return bool(shapes) and shapes.most_common(1)[0][1] >= _MOST * len(lines)


def _cells(lines: Sequence[str]) -> list[list[str]] | None:
    """The cells of lines that have the same number of them, by the same delimiter; None when they have not."""
    if len(lines) < _FEWEST:
        return None
    for delimiter in _DELIMITERS:
        if lines[0].count(delimiter) < 2 or (delimiter == "," and any(", " in line for line in lines[:_FEWEST])):
            continue
        try:
            rows = list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:  # a cell longer than any
            continue
        rows = [row for row in rows if not _RULE.fullmatch("".join(row))]
        widths = Counter(map(len, rows)) or Counter([0])
        usual, times = widths.most_common(1)[0]
        if usual > 2 and times >= _MOST * len(rows) and len(rows[0]) == usual:
            return rows
    return None

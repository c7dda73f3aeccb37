"""What all formats without pages share: encodings, paragraphs, dates, tables, sections."""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ragcli.counted import counted
from ragcli.errors import ReadError
from ragcli.reading.captions import CAPTION, is_figure_caption
from ragcli.reading.heading_words import KNOWN, NAMED
from ragcli.reading.legacy_encoding import legacy_encoding
from ragcli.reading.normalise import without_breaks
from ragcli.reading.tables.markdown import is_table_rule, markdown_table, table_cells
from ragcli.records import Block, Page

INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")  # soft hyphen, zero-width space, word joiner, BOM
BINARY_SHARE = 0.02  # of control characters, from which on a file is no text
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BREAKS = re.compile("\r\n|[\r\x85\u2028]")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
CP1252 = {n: bytes([n]).decode("cp1252", errors="ignore") or chr(n) for n in range(0x80, 0xA0)}  # five stay as they are
RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
RAISED_NUMBER = re.compile(r"\s*[-+−]?[0-9n]+\s*")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?\s")
DATE = re.compile(r"\s*(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")


def decode(raw: bytes, path: Path, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return the text and the warnings that the user should see about its encoding.

    Tried in turn: the byte order mark, the encoding that the file itself declares, UTF-16 by its zero bytes, UTF-8, an
    older encoding by the language that it makes of the bytes, and Windows-1252, in which every byte means something. A
    file that is UTF-8 but for a few bytes stays UTF-8: U+FFFD marks them. Newlines become "\\n".

    Raises: ReadError of kind empty, or damaged for binary content.
    """
    if not raw:
        raise ReadError(f"{path}: the file is empty", "nothing to do, or write it again", "empty")
    text, warnings = _decoded(raw, declared)
    if len(CONTROLS.findall(text)) > BINARY_SHARE * len(text):
        raise ReadError(f"{path}: binary content, not text", "give the file the suffix of its real type", "damaged")
    return BREAKS.sub("\n", text), warnings


def _decoded(raw: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    marked = next((encoding for mark, encoding in BOMS if raw.startswith(mark)), None)
    for encoding in (marked, _known(declared), _utf16_by_zeros(raw[:4096]), "utf-8"):
        if encoding:
            try:
                return raw.decode(encoding), ()
            except UnicodeError:
                continue
    text = raw.decode(marked or "utf-8", errors="replace")
    wrong = text.count("\ufffd")
    if marked or sum(letter > "\x7f" for letter in text) > 3 * wrong:  # the count holds the U+FFFD as well
        return text, (f"{wrong} characters could not be decoded as {marked or 'utf-8'}",)
    if (encoding := legacy_encoding(raw)) != "cp1252":
        return raw.decode(encoding, errors="replace"), (f"not UTF-8: read as {encoding}",)
    return raw.decode("latin-1").translate(CP1252), ("not UTF-8: read as Windows-1252",)


def _known(encoding: str | None) -> str | None:
    """Return Python's name of a declared encoding; Latin-1 means Windows-1252, as in every browser."""
    try:
        name = codecs.lookup(encoding or "").name
    except LookupError:
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _utf16_by_zeros(start: bytes) -> str | None:
    half = len(start) // 2
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if half and even + odd > 0.4 * half:
        if odd > 0.4 * half and even < 0.05 * half:
            return "utf-16-le"
        if even > 0.4 * half and odd < 0.05 * half:
            return "utf-16-be"
    return None


# ---- paragraphs


def paragraph(text: str) -> str:
    """Return the text on one line: NFC, no invisible characters, every run of white space one space."""
    return " ".join(unicodedata.normalize("NFC", without_breaks(text.translate(INVISIBLE))).split())


def lines(text: str) -> str:
    """Return code or other text whose lines matter: NFC, no trailing white space, no blank lines around it."""
    kept = [line.rstrip() for line in unicodedata.normalize("NFC", text.translate(INVISIBLE)).split("\n")]
    return "\n".join(kept).strip("\n")


def iso_date(text: str | None) -> str | None:
    """Return the date at the start of the text as ISO 8601, as precise as it is given; None when there is none.

    Only dates that begin with the year are read: 03/04/2024 means two days, depending on who wrote it.
    """
    found = DATE.match(text or "")
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def superscript(text: str) -> str:
    """Return a raised number in raised digits, so that 10⁶ does not become 106; any other raised text as it is."""
    return text.translate(RAISED) if RAISED_NUMBER.fullmatch(text) else text


def table(rows: Sequence[Sequence[str]], head: int = 1) -> str:
    """Return a Markdown table; "" when there is no text in it. Empty rows and columns go.

    Args:
        head: how many rows are its head. Of several, Markdown has one: `2023` over `Sales` becomes `2023 Sales`. It
            must have one: that of a table without a head is empty.
    """
    texts = [list(map(paragraph, row)) for row in rows]
    width = max(map(len, texts), default=0)
    full = [row + [""] * (width - len(row)) for row in texts]
    if 1 < head < len(full):
        above = zip(*full[:head], strict=True)
        full[:head] = [[" ".join(dict.fromkeys(filter(None, column))) for column in above]]
    used = [x for x in range(width) if any(row[x] for row in full)]
    kept = [[row[x] for x in used] for row in full if any(row)]
    if not kept:
        return ""
    return markdown_table(kept[0], kept[1:]) if head else markdown_table([""] * len(used), kept)


def flat(block: Block) -> str:
    """A block as words within a cell: a formula as LaTeX, a table without its rules."""
    if block.kind != "table":
        return block.latex or block.text
    rows = (table_cells(line) for line in block.text.split("\n") if not is_table_rule(line))
    return "; ".join(filter(None, (" ".join(filter(None, row)) for row in rows)))


# ---- sections


def sections(parts: Iterable[Block | None]) -> tuple[Page, ...]:
    """Cut a format without pages into sections, each a Page whose place is its heading.

    Cut before the headings of the highest level that occurs twice, and of those above it: a lone title over ten
    chapters makes ten pages, not one. A title without text of its own stays with the section that follows.

    Args:
        parts: the blocks in reading order; None stands for an image.
    """
    parts = with_figures(list(parts))
    levels = Counter(part.level for part in parts if part and part.kind == "heading")
    cut_at = min((level for level, times in levels.items() if times > 1), default=0)
    pieces: list[list[Block | None]] = [[]]
    for part in parts:
        if part and part.kind == "heading" and part.level <= cut_at and not _only_headings(pieces[-1]):
            pieces.append([])
        pieces[-1].append(part)
    return tuple(
        Page(None, tuple(filter(None, piece)), _place(piece, cut_at), images=piece.count(None)) for piece in pieces
    )


def meant(described: str) -> str:
    """What a picture is said to show; nothing when that is but the name of its file."""
    said = paragraph(described)
    return "" if "." in said[-5:-1] else said


def with_figures(parts: Sequence[Block | None]) -> list[Block | None]:
    """Make a figure of each caption that stands right behind or before a picture of its own; None stands for a picture.

    What a writer marked as a caption is one, unless it names a table; other text is when it begins with `Figure 3`.
    """
    claimed: set[int] = set()
    made = list(parts)
    for at, part in enumerate(parts):
        if part is None or not _may_be_figure(part):
            continue
        beside = (n for n in (at - 1, at + 1) if 0 <= n < len(parts) and parts[n] is None and n not in claimed)
        if (picture := next(beside, None)) is not None:
            claimed.add(picture)
            made[at] = replace(part, kind="figure")
    return made


def _may_be_figure(block: Block) -> bool:
    if block.kind == "caption":
        return is_figure_caption(block.text) or CAPTION.match(block.text) is None
    return block.kind == "text" and is_figure_caption(block.text)


def _only_headings(piece: Sequence[Block | None]) -> bool:
    return all(part and part.kind == "heading" for part in piece)


def _place(piece: Sequence[Block | None], cut_at: int) -> str | None:
    """The last heading, as deep as the cut goes, of those that open a section: under `Report`, `1 Scope`, the scope."""
    place = None
    for part in piece:
        if not part or part.kind != "heading":
            break
        if part.level <= cut_at or place is None:
            place = part.text
    return place


def first_heading(blocks: Iterable[Block]) -> str | None:
    """The first heading of level 1: the title of a document that names none; of several none that begins a part of it."""
    found = [block.text for block in blocks if block.kind == "heading" and block.level == 1]
    return found[0] if found and not (len(found) > 1 and _names_a_part(found[0])) else None


def _names_a_part(heading: str) -> bool:
    return bool(_NUMBERED.match(heading) or NAMED.match(heading)) or heading.strip(" .:").casefold() in KNOWN


def told_of_struck(count: int) -> tuple[str, ...]:
    """What an ingest says of so many texts that are struck out."""
    return (f"{counted(count, 'struck out text')} left out",) if count else ()

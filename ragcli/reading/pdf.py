"""Read a PDF: one pass over its text layer, then rows, paragraphs, headings; and why a page could not be read."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ragcli.errors import ReadError
from ragcli.reading.figures import PageView, claimed_figures, graphics_of, may_claim
from ragcli.reading.furniture import remove_furniture
from ragcli.reading.headings import mark_by_letters, mark_known, mark_outline, mark_title
from ragcli.reading.lean_pymupdf import pymupdf
from ragcli.reading.normalise import Vocabulary, accents_follow, clean
from ragcli.reading.pdf_lines import Row, page_rows, reading_height
from ragcli.reading.pdf_paragraphs import Draft, Typography, merge_lists, paragraphs, typography
from ragcli.records import Block, Box, Document, Page
from ragcli.settings import Reading

# Text with fonts and boxes, and nothing of the images' bytes (which halve the speed); ligatures spelt out.
TEXT_FLAGS = pymupdf.TEXTFLAGS_DICT & ~pymupdf.TEXT_PRESERVE_IMAGES & ~pymupdf.TEXT_PRESERVE_LIGATURES

SCAN = "no text layer: a scan; needs OCR"
GARBLED = "garbled text layer"
_GARBLED_SHARE = 0.3  # of the characters that are no text, above which a page counts as unread
_ODD = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")  # no character, or one that only its font knows
_ENOUGH = 50  # characters of text, below which a page is looked at for a picture of text

_JOB_NAME = re.compile(r"[\w.\-()\[\]]*", re.ASCII)
_NO_TITLE = re.compile(
    r"untitled|sans titre|unbenannt|title|titre|none|null"
    r"|(?:document|slide|diapositive|page|folie|présentation|presentation) ?\d*"
    r"|microsoft (?:word|powerpoint|excel) ?-.*|powerpoint[ -].*"
    r"|.*\.(?:docx?|odt|rtf|tex|dvi|pdf|indd|pptx?|xlsx?|qxd|txt|html?|ps|eps)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:unknown|anonymous|author|auteur|user|utilisateur|admin\w*|owner|none|null|default|pc|hp|windows user)?",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")


@dataclass(slots=True)
class _Sheet:
    """A page while it is being read."""

    number: int
    rows: list[Row] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    graphics: list[Box] = field(default_factory=list)  # where a figure's caption may be
    images: int = 0
    width: float = 0.0
    height: float = 0.0
    problem: str | None = None

    @property
    def characters(self) -> int:
        return sum(len(row.text) for row in self.rows)

    @property
    def reading_height(self) -> float:
        return reading_height(self.rows, self.width, self.height)


def read_pdf(path: Path, settings: Reading, password: str | None = None) -> Document:
    """Read the text layer of a PDF, page by page, in the order in which its producer wrote it.

    Running headers, footers and page numbers are left out. A page that fails costs that page only: its `problem` says
    why. A file that had to be repaired is read again from a rewritten copy, and each page keeps the longer text.

    Raises: ReadError of kind empty, truncated, damaged or encrypted when nothing of the file can be read.
    """
    document = open_pdf(path, password)
    try:
        warnings: list[str] = []
        sheets = [_read_sheet(document, number) for number in range(1, document.page_count + 1)]
        if document.is_repaired:
            lost = "pages may be missing, for its end is" if not _ends(path) else "text may be missing"
            warnings.append(f"repaired: the file is damaged, {lost}{_reread(path, password, sheets)}")
        metadata, outline = _metadata(document), _outline(document)
    finally:
        document.close()
    _undo_accents(sheets)
    usual = typography(sheet.rows for sheet in sheets)
    bodies = remove_furniture([sheet.rows for sheet in sheets], [sheet.reading_height for sheet in sheets], usual.size)
    for sheet, rows in zip(sheets, bodies, strict=True):
        sheet.rows = rows
    title = _title(metadata, path, sheets)
    if title:
        mark_title(sheets[0].rows, title, usual)
    found = mark_outline({sheet.number: sheet.rows for sheet in sheets}, outline)
    for sheet in sheets:
        sheet.drafts = paragraphs(sheet.rows, usual)
    if found < max(2, len(outline) // 2):
        mark_by_letters([sheet.drafts for sheet in sheets], usual)
    else:
        mark_known([sheet.drafts for sheet in sheets], usual)
    _mark_figures(sheets)
    vocabulary = Vocabulary()
    for sheet in sheets:
        vocabulary.learn(row.text for row in sheet.rows)
    return Document(
        "pdf",
        tuple(_page(sheet, usual, vocabulary) for sheet in sheets),
        title=title,
        author=_author(metadata),
        date=_date(metadata),
        warnings=tuple(warnings),
    )


def open_pdf(path: Path, password: str | None = None) -> Any:
    """Open a PDF that has at least one page and can be read.

    Returns: a pymupdf.Document; the caller closes it.
    Raises: ReadError.
    """
    if path.stat().st_size == 0:
        raise ReadError(f"{path} is empty (0 bytes)", "copy it again from where it came", "empty")
    try:
        document = pymupdf.open(path, filetype="pdf")
        if document.needs_pass and not document.authenticate(password or ""):
            document.close()
            wrong = "the password does not open it" if password else "it is locked with a password"
            raise ReadError(f"{path}: {wrong}", "decrypt it, or remove its password", "encrypted")
        pages = document.page_count if document.is_pdf else 0  # MuPDF looks inside and opens pictures and HTML as well
    except ReadError:
        raise
    except Exception as error:  # MuPDF raises a dozen kinds, some of them RuntimeErrors with builtin names
        raise _unopened(path, str(error)) from error
    if pages == 0:
        repaired = document.is_repaired
        document.close()
        raise _unopened(path, "no pages", repaired)
    return document


def _unopened(path: Path, reason: str, repaired: bool = True) -> ReadError:
    with path.open("rb") as file:
        head = file.read(4096)
    if b"%PDF-" not in head:
        return ReadError(f"{path} is not a PDF inside", "convert it, or give it the suffix of what it is", "damaged")
    if repaired and not _ends(path):
        return ReadError(f"{path} is cut short: its end is missing", "copy or download it again", "truncated")
    if reason == "no pages":
        return ReadError(f"{path} has no pages", "write it again from its source", "empty")
    told = "" if str(path) in reason else f" ({clean(reason)})"
    return ReadError(f"{path} is damaged{told}", "copy it again, or print it to a new PDF", "damaged")


def _ends(path: Path) -> bool:
    """Tell whether the file has its end mark, within the last 2 kB."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        return b"%%EOF" in file.read()


def _read_sheet(document: Any, number: int) -> _Sheet:
    """Read one page; whatever goes wrong is told in `problem`."""
    sheet = _Sheet(number)
    try:
        page = document.load_page(number - 1)
        sheet.width, sheet.height = page.rect.width, page.rect.height
        if page.rotation in (90, 270):  # boxes are those of the unrotated page, and so is its size
            sheet.width, sheet.height = sheet.height, sheet.width
        sheet.rows = page_rows(page.get_text("dict", flags=TEXT_FLAGS)["blocks"], sheet.width, sheet.height)
        if may_claim(sheet.rows):
            sheet.graphics = graphics_of(page)
        if _lists_pictures(document, page):
            sheet.images = len(page.get_image_info())
        if sheet.characters < _ENOUGH:
            sheet.problem = _unread(page, sheet)
        elif _garbled(sheet.rows):
            sheet.problem = GARBLED
    except Exception as error:  # of one page: the others are still read
        sheet.problem = f"unreadable: {clean(str(error)) or type(error).__name__}"
    return sheet


def _lists_pictures(document: Any, page: Any) -> bool:
    """Tell cheaply whether pictures may be painted on a page: the look at what is painted costs as much as its text.

    Pictures within the content itself are not listed; `extract_images` finds them.
    """
    if document.xref_get_key(page.xref, "Resources/XObject")[0] == "null":
        return bool(document.xref_get_key(page.xref, "Resources")[0] == "null" and page.get_images())  # inherited
    return bool(page.get_images())


def _unread(page: Any, sheet: _Sheet) -> str | None:
    """Say why a page has no text worth the name, or None when there is nothing to read on it."""
    pictures = page.get_image_info()
    sheet.images = len(pictures)
    area = max(sheet.width * sheet.height, 1.0)
    covered = sum(abs((p["bbox"][2] - p["bbox"][0]) * (p["bbox"][3] - p["bbox"][1])) for p in pictures) / area
    if sheet.rows:
        return SCAN if covered > 0.5 else None
    return SCAN if pictures or page.get_cdrawings() else None


def _garbled(rows: Sequence[Row]) -> bool:
    """Tell whether most of a text is not text: characters that fonts without Unicode leave behind."""
    text = "".join([row.text for row in rows])
    return not text.isascii() and len(_ODD.findall(text)) > _GARBLED_SHARE * len(text)


def _reread(path: Path, password: str | None, sheets: Sequence[_Sheet]) -> str:
    """Read a repaired file through a rewritten copy; the longer text of each page wins.

    Returns: what to add to the warning.
    """
    import pikepdf  # here: only damaged files pay for it

    try:
        with pikepdf.open(path, password=password or "") as copy:
            rewritten = io.BytesIO()
            copy.save(rewritten)
        document = pymupdf.open(stream=rewritten.getvalue(), filetype="pdf")
    except Exception:  # not even that way: what MuPDF read is all there is
        return ""
    richer = 0
    with document:
        for sheet in sheets[: document.page_count]:
            other = _read_sheet(document, sheet.number)
            if other.characters > sheet.characters:
                sheet.rows, sheet.images, sheet.problem = other.rows, other.images, other.problem
                sheet.width, sheet.height, sheet.graphics = other.width, other.height, other.graphics
                richer += 1
    return f"; {richer} page{'s' if richer > 1 else ''} read better from a rewritten copy" if richer else ""


def _undo_accents(sheets: Sequence[_Sheet]) -> None:
    """Compose accents anew in the rare document that sets them after their letters."""
    rows = [row for sheet in sheets for row in sheet.rows if not row.raw_accents.isascii()]
    if rows and accents_follow(row.raw_accents for row in rows):
        for row in rows:
            row.text = " ".join(clean(row.raw_accents, accent_follows=True).split())


def _mark_figures(sheets: Sequence[_Sheet]) -> None:
    """Make figures of the captions that have a picture; theirs is the place of both."""
    drawn = [sheet for sheet in sheets if sheet.graphics]
    views = [PageView(sheet.drafts, sheet.graphics, sheet.width, sheet.height) for sheet in drawn]
    for sheet, found in zip(drawn, claimed_figures(views), strict=True):
        for number, region in found.items():
            sheet.drafts[number].kind, sheet.drafts[number].picture = "figure", region


def _page(sheet: _Sheet, usual: Typography, vocabulary: Vocabulary) -> Page:
    blocks = []
    for draft in merge_lists(sheet.drafts, usual):
        if draft.kind in ("text", "list") and _is_footnote(draft, sheet, usual):
            draft.kind = "footnote"
        text = draft.text(vocabulary)
        if draft.kind != "code" and not draft.tabular and not draft.starts:
            text = text.replace("  ", " ")
        blocks.append(Block(text, draft.kind, draft.box, draft.level if draft.kind == "heading" else 0))
    unread = sheet.problem == GARBLED or not blocks
    return Page(
        sheet.number,
        () if sheet.problem == GARBLED else tuple(blocks),
        method="none" if unread else "text",
        images=sheet.images,
        problem=sheet.problem,
        width=sheet.width,
        height=sheet.height,
    )


def _is_footnote(draft: Draft, sheet: _Sheet, usual: Typography) -> bool:
    """Small letters in the lower half of the page, after a raised mark."""
    first = draft.rows[0]
    marked = first.raised or first.text[:1] in "*∗†‡¹²³"
    return marked and first.upright and first.size < 0.95 * usual.size and first.top > 0.5 * sheet.reading_height


def _metadata(document: Any) -> Mapping[str, str]:
    try:
        found = document.metadata or {}
    except Exception:  # it is a courtesy; the text is what counts
        return {}
    return {key: " ".join(clean(value).split()) for key, value in found.items() if isinstance(value, str)}


def _outline(document: Any) -> list[tuple[int, str, int]]:
    try:
        return [
            (min(max(level, 1), 6), clean(title), page) for level, title, page, *_ in document.get_toc() if page > 0
        ]
    except Exception:  # loops and bad destinations are common: the letters tell headings too
        return []


def _title(metadata: Mapping[str, str], path: Path, sheets: Sequence[_Sheet]) -> str | None:
    """The metadata's title when it means something, else the largest letters near the top of page 1."""
    stated = metadata.get("title", "").strip()
    first_page = sheets[0].rows if sheets else []
    printed = _largest(first_page, sheets[0].reading_height if sheets else 0.0)
    if not _means_something(stated, path):
        return printed
    if " " not in stated and printed:  # a job's name, unless it stands there
        words = " ".join(row.text for row in first_page).casefold()
        return stated if stated.casefold() in words else printed
    return stated


def _means_something(title: str, path: Path) -> bool:
    if (
        len(title) < 3
        or _NO_TITLE.fullmatch(title)
        or sum(char.isalpha() for char in title) < 0.5 * len(title.replace(" ", ""))
    ):
        return False
    return title.casefold() not in (path.stem.casefold(), path.name.casefold())


def _largest(rows: Sequence[Row], height: float) -> str | None:
    """The largest letters in the upper 60 % of a page, as one line, if they are larger than the rest."""
    upper = [row for row in rows if row.upright and row.top < 0.6 * height and sum(map(str.isalpha, row.text)) > 2]
    if not upper:
        return None
    usual = typography([rows]).size
    size = max(row.size for row in upper)
    if size < 1.1 * usual:
        return None
    start = next(number for number, row in enumerate(rows) if row.size == size and row in upper)
    end = start + 1
    while (
        end < len(rows)
        and abs(rows[end].size - size) < 0.05 * size
        and 0 < rows[end].base - rows[end - 1].base < 2.2 * size
    ):
        end += 1
    while (
        start > 0
        and abs(rows[start - 1].size - size) < 0.05 * size
        and 0 < rows[start].base - rows[start - 1].base < 2.2 * size
    ):
        start -= 1
    title = " ".join(" ".join(row.text for row in rows[start:end]).split())
    return title if 3 < len(title) < 300 else None


def _author(metadata: Mapping[str, str]) -> str | None:
    stated = metadata.get("author", "").strip()
    return None if _NO_AUTHOR.fullmatch(stated) else stated


def _date(metadata: Mapping[str, str]) -> str | None:
    """The day of creation, as far as it is plausible: 2024-05-17, 2024-05 or 2024."""
    found = _DATE.match(metadata.get("creationDate", "") or "")
    if found is None or not 1980 <= int(found[1]) <= 2100:
        return None
    year, month, day = found[1], found[2], found[3]
    if month is None or not 1 <= int(month) <= 12:
        return year
    return f"{year}-{month}" if day is None or not 1 <= int(day) <= 31 else f"{year}-{month}-{day}"

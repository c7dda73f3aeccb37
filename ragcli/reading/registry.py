"""Which function reads which type of file. A further format is one file with one function, and one row here."""

import dataclasses
import importlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ragcli.errors import ReadError
from ragcli.reading import language
from ragcli.reading.work import Work
from ragcli.records import Block, Document, DocumentType, Page
from ragcli.settings import Reading

Reader = Callable[[Path, Reading, Work], Document]


class Format(NamedTuple):
    """A file type. The reader is named `module:function` and imported when the first such file is read.

    It is called with the path and the settings, and with the Work when it is `paged`: one that tells which page it reads.
    """

    type: DocumentType
    reader: str
    paged: bool = False


FORMATS = {
    ".pdf": Format("pdf", "ragcli.reading.pdf.read:read_pdf", paged=True),
    ".txt": Format("txt", "ragcli.reading.plain.text:read_text"),
    ".text": Format("txt", "ragcli.reading.plain.text:read_text"),
    ".md": Format("md", "ragcli.reading.markup.markdown:read_markdown"),
    ".markdown": Format("md", "ragcli.reading.markup.markdown:read_markdown"),
    ".html": Format("html", "ragcli.reading.markup.html:read_html"),
    ".htm": Format("html", "ragcli.reading.markup.html:read_html"),
    ".xhtml": Format("html", "ragcli.reading.markup.html:read_html"),
    # Templates, slide shows and files with macros hold the same.
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), Format("docx", "ragcli.reading.office.docx:read_docx")),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), Format("xlsx", "ragcli.reading.office.xlsx:read_xlsx")),
    ".csv": Format("csv", "ragcli.reading.office.delimited:read_delimited"),
    ".tsv": Format("csv", "ragcli.reading.office.delimited:read_delimited"),
    **dict.fromkeys(
        (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"), Format("pptx", "ragcli.reading.office.pptx:read_pptx")
    ),
    ".epub": Format("epub", "ragcli.reading.markup.epub:read_epub"),
}

# What LibreOffice turns into a known type.
CONVERTIBLE = {
    **dict.fromkeys((".odt", ".ott", ".fodt", ".doc", ".dot", ".rtf"), "docx"),
    **dict.fromkeys((".ods", ".ots", ".fods", ".xls"), "xlsx"),
    **dict.fromkeys((".odp", ".otp", ".fodp", ".ppt", ".pps"), "pptx"),
}

# CSI, OSC and the short escapes of a terminal, with what they carry: what is left of them would be noise in a quote.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"
)
SPACES = re.compile(r"[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_PROSE = ("text", "list", "heading")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # all but tab and newline


def read(path: Path, settings: Reading, work: Work = Work()) -> Document:
    """Read a file of any known type. Texts are safe to print and to encode; the language is set when it can be told.

    Raises: ReadError, of kind unsupported for an unknown type and of kind empty when the file holds nothing to read.
    """
    document = _read(path, settings, work)
    pages = tuple(clean_page(page) for page in document.pages)
    if not any(page.blocks or page.images or page.problem for page in pages):
        beside = f" ({'; '.join(map(clean, document.warnings))})" if document.warnings else ""
        raise ReadError(f"{path}: there is no text in it{beside}", "nothing to do, or write it again", "empty")
    warnings = document.warnings
    if not any(page.blocks or page.problem for page in pages):
        warnings = (*warnings, "there is no text in it, only pictures")
    return dataclasses.replace(
        document,
        pages=pages,
        title=_clean_line(document.title),
        author=_clean_line(document.author),
        language=settings.language or language.settled(document.language, _sample(pages)),
        warnings=tuple(map(clean, warnings)),
    )


def clean(text: str) -> str:
    """Return the text without terminal escapes, control characters and lone surrogates: documents are not trusted."""
    if not _UNPRINTABLE.search(text):
        return text
    text = SPACES.sub(" ", _ESCAPES.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return _UNPRINTABLE.sub("", text.encode("utf-8", errors="surrogatepass").decode("utf-8", errors="replace"))


def _read(path: Path, settings: Reading, work: Work) -> Document:
    reader, paged = _reader(path)
    document: Document = reader(path, settings, work) if paged else reader(path, settings)
    return document


def _reader(path: Path) -> tuple[Callable[..., Document], bool]:
    """The function that reads such files, and whether it is `paged`."""
    try:
        known = FORMATS[path.suffix.lower()]
    except KeyError:
        suffix = path.suffix or "a file without suffix"
        step = conversion(path.suffix) or f"known are {' '.join(sorted(FORMATS))}"
        raise ReadError(f"{path}: {suffix} is not a known type", step, "unsupported") from None
    module, _, name = known.reader.partition(":")
    return getattr(importlib.import_module(module), name), known.paged


def conversion(suffix: str) -> str:
    """The command that makes a known type of files of this one; "" where there is none."""
    target = CONVERTIBLE.get(suffix.lower())
    return f"make it {target.upper()}: soffice --headless --convert-to {target} FILE{suffix}" if target else ""


def clean_page(page: Page) -> Page:
    """Return the page with texts that are safe to print and to encode, without empty blocks."""
    blocks = tuple(_clean_block(block) for block in page.blocks)
    return dataclasses.replace(
        page,
        blocks=tuple(block for block in blocks if block.text and not block.text.isspace()),
        place=_clean_line(page.place),
        problem=_clean_line(page.problem),
    )


def _clean_block(block: Block) -> Block:
    text = clean(block.text)
    return block if text is block.text else dataclasses.replace(block, text=text)


def _clean_line(text: str | None) -> str | None:
    return " ".join(clean(text).split()) or None if text else None


def _sample(pages: tuple[Page, ...]) -> str:
    """The prose of a document, with its tables where that is short: the title of a sheet tells no language; else its code."""
    blocks = [block for page in pages for block in page.blocks]
    prose = "\n".join(block.text for block in blocks if block.kind in _PROSE)
    if len(language.NOT_WORDS.sub("", prose[: 20 * language.ENOUGH_LETTERS])) >= language.ENOUGH_LETTERS:
        return prose
    told = [block.text for block in blocks if block.kind in (*_PROSE, "table")]
    return "\n".join(told or (block.text for block in blocks))

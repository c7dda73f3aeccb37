"""The frozen records that flow from stage to stage: file, page, chunk, hit, quote, answer, report.

Pages count from 1 and are None where a format has no pages; `place` then names the section, sheet or slide.
Boxes are (x0, y0, x1, y1) in points from the top left corner of the unrotated page, as PyMuPDF gives them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal

Box = tuple[float, float, float, float]
BlockKind = Literal["text", "heading", "list", "code", "table", "caption", "footnote", "equation", "figure", "contents"]
DocumentType = Literal["pdf", "docx", "xlsx", "pptx", "html", "epub", "md", "txt", "csv"]
ChunkKind = Literal["text", "table", "equation", "figure"]
Method = str  # text, ocr, none, or the name of an extractor: marker, …
Match = Literal["exact", "repaired", "elsewhere", "stitched", "none"]
Style = Literal["quotes", "generate"]
Value = str | int | float | bool | list[str]


# ---- reading: a file becomes pages of blocks


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, table, … in reading order; `text` is normalised, tables are Markdown."""

    text: str
    kind: BlockKind = "text"
    bbox: Box | None = None
    level: int = 0  # of a heading, 1 is the highest; else 0
    continues: bool = False  # a table that goes on from the page before; its header is that table's
    latex: str = ""  # of an equation, where its structure is certain
    label: str = ""  # of an equation: the number at the margin, "2.1" of "(2.1)"


@dataclass(frozen=True, slots=True)
class Page:
    """One page, slide, sheet or, in formats without any, a section; and its row of the ledger."""

    number: int | None
    blocks: tuple[Block, ...]
    place: str | None = None
    method: Method = "text"
    images: int = 0
    problem: str | None = None  # why this page could not be read, or only in part
    fallback: str | None = None  # why what the configured extractor read of it was not taken
    width: float = 0.0  # points; 0 where the format has no pages
    height: float = 0.0
    table_score: float = 0.0  # how likely it holds a table, equations; 0: the second pass leaves it out
    equation_score: float = 0.0
    order_doubt: bool = False  # its places contradict the order in which it was drawn: a second pass has a look

    @property
    def characters(self) -> int:
        return sum(len(block.text) for block in self.blocks)

    def count(self, kind: BlockKind) -> int:
        return sum(block.kind == kind for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Document:
    """What was read from one file, before it is cut into chunks."""

    type: DocumentType
    pages: tuple[Page, ...]
    title: str | None = None
    author: str | None = None
    date: str | None = None  # ISO 8601, as far as known: 2024, 2024-05, 2024-05-17
    language: str | None = None  # ISO 639-1
    warnings: tuple[str, ...] = ()
    meta: Mapping[str, Value] = field(default_factory=dict)  # what else the file says of itself; can be filtered on

    @property
    def characters(self) -> int:
        return sum(page.characters for page in self.pages)


# ---- chunking


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a document that is embedded and found as one.

    `text` is what is shown and quoted; title and section are indexed with it but never quoted.
    """

    text: str
    embedded: str  # what the embedding model reads, see chunking/embedded.py
    kind: ChunkKind = "text"
    pages: tuple[int, ...] = ()
    boxes: tuple[tuple[int, Box], ...] = ()  # (page, box) of each block
    section: tuple[str, ...] = ()  # headings from the highest down
    place: str | None = None
    language: str | None = None
    title: str | None = None
    tokens: int = 0  # of `embedded`, by the embedding model's own tokenizer, special tokens included
    around: str = ""  # the sentences right before and behind it: their words find it, they are never shown with it


# ---- retrieval


@dataclass(frozen=True, slots=True)
class Place:
    """Another place where a passage stands."""

    path: str
    page: int | None = None
    place: str | None = None
    chunk_id: int = 0
    collection: str | None = None  # None where only one was searched


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question: a chunk, or several of one place. `score` is comparable within one result."""

    rank: int  # from 1
    score: float
    chunk_id: int
    path: str
    text: str
    title: str | None = None
    page: int | None = None
    pages: tuple[int, ...] = ()
    place: str | None = None
    section: tuple[str, ...] = ()
    kind: ChunkKind = "text"
    bbox: Box | None = None
    language: str | None = None
    method: Method = "text"  # how its first page was read
    meta: Mapping[str, Value] = field(default_factory=dict)
    scores: Mapping[str, float | None] = field(default_factory=dict)  # dense, lexical, rerank
    document_id: int = 0
    ordinal: int = 0  # of the (first) chunk in its document, from 0
    # By dense, lexical and fused, before passages were made; when reranked also by rerank, and final.
    ranks: Mapping[str, int | None] = field(default_factory=dict)
    chunk_ids: tuple[int, ...] = ()  # of a merged passage, in document order
    hop: tuple[int, str] | None = None  # found by way of: (chunk of the first search, the name that led here)
    collection: str | None = None  # where several were searched
    covers: float | None = None  # there, the share of the question's words that it holds, by their weights over all
    also: tuple[Place, ...] = ()  # where the same text stands, too
    rest: str | None = None  # of the question, which names its document, without the words in which it does
    aside: bool = False  # of a document that the question does not ask: somebody else's, or an older report
    together: int = 0  # rows of a table that answer together, however many passages they stand in; 0: none of this one

    @property
    def file_stem(self) -> str:
        """The name of its file, without the ending."""
        return PurePath(self.path).stem

    @property
    def titled_text(self) -> str:
        """Its text below the title of its document and those of its section: each may say what it is about."""
        return f"{self.title or ''} {' '.join(self.section)} {self.text}"

    @property
    def document(self) -> tuple[str | None, int]:
        """Which it is of, also where several collections were searched."""
        return self.collection, self.document_id


@dataclass(frozen=True, slots=True)
class Found:
    """What `rag query` says."""

    question: str
    collection: str
    mode: str
    hits: tuple[Hit, ...]
    seconds: Mapping[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()  # what a language model made of the question, searched beside it
    understood: str | None = None  # the question as it was searched, where a word of it was a slip


def place_name(name: str, page: int | None, place: str | None) -> str:
    """`report.pdf p.12`, or `notes.md § Setup` where there are no pages."""
    if page is not None:
        return f"{name} p.{page}"
    return f"{name} {place if place.startswith('§') else f'§ {place}'}" if place else name


# ---- answering


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and the page on which it was string-matched (`match` says how; "none" proves nothing)."""

    n: int  # from 1, as in the answer's [n]
    path: str
    quote: str
    page: int | None = None
    place: str | None = None
    section: tuple[str, ...] = ()
    match: Match = "none"
    bbox: Box | None = None
    chunk_id: int = 0  # of its passage: what `rag show` draws
    figure: str | None = None  # the label of the figure whose caption or description this is
    method: Method = "text"  # how the passage was read: letters that OCR read may be wrong


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer; proved when each claim of it stands in a matched quote."""

    text: str
    proved: bool
    citations: tuple[int, ...] = ()  # numbers of Citation.n


@dataclass(frozen=True, slots=True)
class Answer:
    """What `rag ask` says."""

    question: str
    style: Style
    found: bool
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    warnings: tuple[str, ...] = ()
    model: str | None = None
    usage: Mapping[str, int] = field(default_factory=dict)  # prompt_tokens, completion_tokens
    seconds: Mapping[str, float] = field(default_factory=dict)
    prompt: str | None = None  # what a model was given, or would be
    cached: bool = False  # made before, from the same index under the same settings
    complete: bool = True  # False: a model stopped short or said nothing, and may do better when it is asked again

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def proved(self) -> bool:
        return bool(self.sentences) and all(sentence.proved for sentence in self.sentences)


# ---- ingest


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or one page of it, that could not be read."""

    path: str
    kind: str
    reason: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class SecondPass:
    """What the search for tables, equations and the order of pages did, after everything was searchable."""

    pages: int = 0  # looked at
    tables: int = 0
    equations: int = 0
    ordered: int = 0  # pages that the layout model put in order
    waiting: int = 0  # pages left for the next one
    failed: tuple[Failure, ...] = ()  # they keep what the first pass read
    seconds: float = 0.0
    notes: tuple[str, ...] = ()  # one line each, for people


@dataclass(frozen=True, slots=True)
class Report:
    """What `rag ingest` did."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: tuple[Failure, ...] = ()
    documents: int = 0  # in the collection, after
    pages: int = 0  # read in this run
    chunks: int = 0  # in the collection, after
    bytes: int = 0  # read in this run
    seconds: Mapping[str, float] = field(default_factory=dict)  # walk, read, embed, commit, total
    notes: tuple[str, ...] = ()  # one line each, for people: which embedding model was taken and why, …
    second_pass: SecondPass = field(default_factory=SecondPass)

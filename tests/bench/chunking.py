"""Do the chunks that are found hold the excerpts that answer, and how much else do they hold? By chunker.

    python tests/bench/chunking.py --work FOLDER [--split train|test] [--limit-questions N] [--save NAME]

The set is `chunking_evaluation`: five long texts, questions, and for each the excerpts that answer it. Each way of cutting
makes a collection of its own; model and search are the same. Recall is the share of the excerpts' words that were
retrieved, IoU the words in both over the words in either (`ragcli.evaluation.spans` has the source). Among the first five
chunks longer ones hold more of what answers and more of the rest, whatever they are cut by; so the same is measured of
the first 2,500 characters, which is what five of 500 have: there only the cuts, and what they find, differ.
Differences from the second way are paired, their 95 % intervals by bootstrap over the questions.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import runs
import sets
import systems
import tables

from ragcli.collection import Collection
from ragcli.evaluation.spans import DocumentWords, span_iou, span_recall
from ragcli.evaluation.statistics import mean_of
from ragcli.settings import Chunking, Mode, Settings

SET = "chunking_evaluation"
WAYS = {
    "rag": Chunking(),
    "recursive, 500 characters, 50 of overlap": Chunking(method="recursive"),
    "rag, at most 128 tokens": Chunking(max_tokens=128),
    "recursive, 1000 characters, 100 of overlap": Chunking(method="recursive", chunk_size=1000, chunk_overlap=100),
}
MODES: tuple[Mode, ...] = ("hybrid", "dense")
CHUNKS, CHARACTERS = 5, 2500
MEASURES = (f"recall@{CHUNKS}", f"IoU@{CHUNKS}", f"recall, {CHARACTERS} characters", f"IoU, {CHARACTERS} characters")


def made(corpus: sets.QuestionSet, work: Path, chunking: Chunking) -> Collection:
    """The collection of a way of cutting, made where there is none."""
    name = f"{chunking.method}-{chunking.max_tokens}-{chunking.chunk_size}"
    settings = Settings(chunking=chunking)
    collection = Collection.open(name, home=work / corpus.corpus_key / "chunking", settings=settings)
    if not collection.folder.exists():
        collection.ingest([systems.files_of(corpus, work)])
    return collection


def cut(texts: Sequence[str], characters: int) -> Iterator[str]:
    """The beginning of the texts, so many characters of them all."""
    for text in texts:
        if characters <= 0:
            return
        yield text[:characters]
        characters -= len(text)


def measure(
    collection: Collection, names: Sequence[str], words: dict[str, DocumentWords], row: dict[str, object], mode: Mode
) -> list[float]:
    """The measures of one question, in the order of MEASURES.

    Args:
        names: of the documents, in the order of their files.
        row: the question; its spans are of `excerpt`s that were found beforehand.
    """
    hits = collection.query(str(row["question"]), 25, mode, order="score", merge=False).hits
    documents = [words[names[int(Path(hit.path).stem)]] for hit in hits]
    texts = [hit.text for hit in hits]
    wanted = row["wanted"]
    assert isinstance(wanted, frozenset)
    found: list[float] = []
    for shown in (texts[:CHUNKS], list(cut(texts, CHARACTERS))):
        each = zip(documents, shown, strict=False)
        retrieved = frozenset().union(*(document.positions(text) for document, text in each))
        found += [span_recall(retrieved, wanted), span_iou(retrieved, wanted)]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--split", choices=("train", "test"), default="test")
    parser.add_argument("--limit-questions", type=int)
    parser.add_argument("--save", metavar="NAME")
    options = parser.parse_args()
    data = sets.data_folder(options.data)
    corpus = sets.load(data, SET, options.split, None, None)
    texts = {row["id"]: row["text"] for row in sets.read_lines(data / SET / "corpus.jsonl")}
    words = {name: DocumentWords(at, text) for at, (name, text) in enumerate(texts.items())}
    rows = [row for row in sets.read_lines(data / SET / "questions.jsonl") if row["split"] == options.split]
    rows = rows[: options.limit_questions]
    for row in rows:
        excerpts = [words[name].positions(texts[name][start:end]) for name, start, end in row["spans"]]
        row["wanted"] = frozenset().union(*excerpts)
    names = [document.id for document in corpus.documents]
    values: dict[tuple[str, Mode], np.ndarray] = {}
    sizes: dict[str, int] = {}
    for way, chunking in WAYS.items():
        with made(corpus, options.work, chunking) as collection:
            sizes[way] = collection.count_chunks()
            for mode in MODES:
                values[way, mode] = np.array([measure(collection, names, words, row, mode) for row in rows])
    printed: list[list[object]] = []
    _, baseline, *_ = WAYS
    for (way, mode), each in values.items():
        cells: list[object] = []
        for at in range(len(MEASURES)):
            less = mean_of(list(each[:, at] - values[baseline, mode][:, at]))
            difference = "" if way == baseline else f" ({less.low:+.3f} to {less.high:+.3f})"
            cells.append(f"{each[:, at].mean():.3f}{difference}")
        printed.append([way, mode, sizes[way], *cells])
    report = tables.markdown(("chunks by", "search", "chunks", *MEASURES), printed, 2)
    report = f"{len(rows)} questions ({options.split}); in brackets the interval of the difference from {baseline}.\n\n{report}"
    print(report)
    if options.save:
        raw = [
            {"way": way, "mode": mode, "question": row["id"], **dict(zip(MEASURES, map(float, one), strict=True))}
            for (way, mode), each in values.items()
            for row, one in zip(rows, each, strict=True)
        ]
        runs.save(options.save, "Chunkers: excerpts that answer among the chunks that are found", report, raw, {})


if __name__ == "__main__":
    main()

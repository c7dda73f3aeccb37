"""Do the chunks that are found hold the excerpts that answer, and how much else do they hold? By chunker.

    python tests/bench/chunking.py --work FOLDER [--split train|test] [--limit-questions N] [--save NAME]

The set is `chunking_evaluation`: five long texts, questions, and for each the excerpts that answer it. Each way of cutting
makes a collection of its own; model and search are the same. Recall is the share of the excerpts' words that were
retrieved, IoU the words in both over the words in either (`ragcli.evaluation.spans` has the source). Among the first five
chunks longer ones hold more of what answers and more of the rest, whatever they are cut by; so the same is measured of
the first 2,500 characters, which is what five of 500 have: there only the cuts, and what they find, differ. What the IoU
of five chunks is at most says the last measure: their IoU if as many words held all that answers. Chunks of 112 tokens
are as long as recursive ones of 500 characters, chunks of 256 as recursive ones of 1,150.
Differences are paired, their 95 % intervals by bootstrap over the questions: once from the recursive chunks of 500
characters by the same search, and once from the course, which is the same chunks by cosine alone.

Smaller chunks are not the default. With 128 tokens as many pages that answer are among the first five passages of filings,
papers, reports and French documents (0.44, 0.89, 0.63, 0.68; with 256 0.46, 0.84, 0.63, 0.68) in half the text, and answers
are quoted and refused as well (training questions of SQuAD and PIAF); but the first passage of filings, which say the same
every quarter, is the right one for 0.09 of the questions instead of 0.26, the first ten hold 0.72 of all those pages on
average instead of 0.77, and there are 2 to 2.6 times as many to embed (a tenth more time), to keep and to search. With
112 tokens filings and reports lose three to four in a hundred (0.42, 0.60); with 160 reports do (0.60).

Tried on the training questions, recall@5 and IoU@5 beside the same without it. The sentence before a chunk and the one behind,
of the same section, as words to find it by (256 tokens +0.023, +0.001; 160 +0.039, +0.003; 128 +0.075, +0.011; 112 +0.066,
+0.010): this is the default; two sentences are no better (256 -0.006, 112 +0.009). In what is embedded alone (256 +0.011,
+0.001; 160 +0.021, +0.001; 112 +0.012, -0.001), by cosine it helps long chunks and harms short ones (256 +0.022, 112
-0.054); in both (256 +0.017, +0.001; 112 +0.041, +0.005; two sentences 256 +0.033, +0.003). Whole sentences of overlap in the
chunks, up to 48 or 64 tokens (256 tokens +0.002, +0.002; +0.001, +0.002) or 32 (128 tokens +0.000, +0.002); a section cut
into even chunks (256 -0.009, -0.001; 128 +0.009, +0.003), at its paragraphs (256 -0.008, +0.001) or where its words change
(128 +0.008, +0.003); texts embedded with all their marks (256 +0.007, +0.000); of each chunk only the 450 characters with
most of the question's words, or nearest by cosine (256 -0.19, +0.03; -0.23, +0.03). A chunk that borrows a fifth of its
neighbours' scores is found more often here (256 +0.021, +0.001; 160 +0.047, +0.003), but pages of papers and filings less
often among the first five passages (-0.07, -0.04). Recursive chunks of 1,150 characters find as much as ours of the same
length on the training questions, more on the test questions (0.93, 0.91): why is not known.

Vectors of the parts of a chunk (64 tokens each, below the same headings), by the nearest of which the first 200 chunks are ranked
anew, find texts better and PDFs not: nDCG@10 by cosine on 300 training questions of SQuAD 0.705 to 0.752, PIAF 0.782 to
0.843, hybrid 0.878 to 0.887 and 0.873 to 0.884; but of 211 questions over PDFs 158 find their page among five passages instead
of 161 (96 among one, both ways), five of these chunks hold as many excerpts (0.907, before 0.911), and as much is refused as
before (a tenth refused wrongly: absent subjects 0.970 for 0.973, French 0.740 for 0.737). There are 2.7 times as many vectors,
and twice as much to embed; with the mean of the parts for the chunk's own vector no more than now (0.884, 0.881, 159).
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import runs
import sets
import systems
import tables
from numpy.typing import NDArray

from ragcli.collection import Collection
from ragcli.evaluation.spans import DocumentWords, span_iou, span_recall
from ragcli.evaluation.statistics import mean_of
from ragcli.settings import Chunking, Mode, Settings

SET = "chunking_evaluation"
WAYS = {
    "rag": Chunking(),
    "recursive, 500 characters, 50 of overlap": Chunking(method="recursive"),
    "rag, at most 112 tokens": Chunking(max_tokens=112),
    "recursive, 1150 characters, 115 of overlap": Chunking(method="recursive", chunk_size=1150, chunk_overlap=115),
}
MODES: tuple[Mode, ...] = ("hybrid", "dense")
CHUNKS, CHARACTERS = 5, 2500
MEASURES = (
    *(f"recall@{CHUNKS}", f"IoU@{CHUNKS}", f"recall, {CHARACTERS} characters", f"IoU, {CHARACTERS} characters"),
    f"IoU@{CHUNKS} at most",
)


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
    first, beginning = (
        frozenset().union(*(document.positions(text) for document, text in zip(documents, shown, strict=False)))
        for shown in (texts[:CHUNKS], list(cut(texts, CHARACTERS)))
    )
    found = [measured(retrieved, wanted) for retrieved in (first, beginning) for measured in (span_recall, span_iou)]
    return [*found, min(len(first), len(wanted)) / max(len(first), len(wanted))]


def compared(
    values: Mapping[tuple[str, Mode], NDArray[np.float64]],
    sizes: Mapping[str, int],
    baseline: Callable[[Mode], tuple[str, Mode]],
) -> str:
    """A row for each way and search: the means, and the intervals of the differences from the baseline of its search.

    Args:
        values: of each (way, search), shape (questions, MEASURES).
    """
    rows: list[list[object]] = []
    for (way, mode), each in values.items():
        cells: list[object] = []
        for at in range(len(MEASURES)):
            less = mean_of(list(each[:, at] - values[baseline(mode)][:, at]))
            is_apart = (way, mode) != baseline(mode) and at < len(MEASURES) - 1
            cells.append(f"{each[:, at].mean():.3f}" + (f" ({less.low:+.3f} to {less.high:+.3f})" if is_apart else ""))
        rows.append([way, mode, sizes[way], *cells])
    return tables.markdown(("chunks by", "search", "chunks", *MEASURES), rows, 2)


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
    values: dict[tuple[str, Mode], NDArray[np.float64]] = {}
    sizes: dict[str, int] = {}
    for way, chunking in WAYS.items():
        with made(corpus, options.work, chunking) as collection:
            sizes[way] = collection.count_chunks()
            for mode in MODES:
                values[way, mode] = np.array([measure(collection, names, words, row, mode) for row in rows])
    _, recursive, *_ = WAYS
    report = (
        f"{len(rows)} questions ({options.split}); in brackets the interval of the difference from {recursive}, by the same"
        f" search.\n\n{compared(values, sizes, lambda mode: (recursive, mode))}\n\n"
        "The same; in brackets the interval of the difference from the course: those chunks by cosine.\n\n"
        f"{compared(values, sizes, lambda mode: (recursive, 'dense'))}"
    )
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

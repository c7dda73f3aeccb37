"""What does a collection of N passages cost, to build, to keep and to ask?

    python tests/bench/scale.py --work FOLDER --chunks 10000 100000 1000000 [--skip-writes] [--save NAME]

For each size a folder of files, ten passages each, mixed from sentences of the question sets, and a collection of them in
`--work`, which is kept: a re-run measures it again, after the writes that the run before has made. The collection is made
by the ingest itself, but for two things: the documents come from memory instead of the readers, and their vectors are
drawn around those of real sentences instead of embedded. Commands are then timed as whole processes, the page cache warm:
the median of three runs, of writes one. `MiB` is the peak of the process.

Unfair: the same sentences come again and again, so that there are fewer rare words than in real documents; a word made up
for each passage, and a number, stand for them.
"""

import argparse
import hashlib
import itertools
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import runs
import sets
import tables
import turns

from ragcli.clock import Clock
from ragcli.collection import Collection
from ragcli.collection.ingest import Ingest
from ragcli.collection.model import record_model
from ragcli.disk import sha256_of
from ragcli.embedding.protocol import Embedder, Likeness, Vectors
from ragcli.reading.walk import File
from ragcli.records import Block, Document, Failure, Page
from ragcli.settings import Embedding, Settings

MODEL = "all-MiniLM-L6-v2"
CORPORA = ("squad", "hotpotqa", "scifact", "piaf_fr", "fr_more")
PASSAGES = 10  # of a document
KINDS = ("pdf", "md", "html", "pdf")  # of the files, by turns
PLACES = ("contracts", "reports", "letters", "minutes", "studies", "invoices", "manuals", "rapports")
MIXED = 0.35  # length of the noise that is added to the vector of a sentence, of length 1
ROUNDS = 3
QUERIES = {
    "common words": "What was the population of the country in the year of the war?",
    "rare words": "Which protein inhibits the replication of rhinovirus in epithelial cells?",
    "French": "Quand le parlement a-t-il été dissous par le roi ?",
    "a code": "Where is part QX-48213 described?",
    "a slip": "Which bishop consecratd the cathedral?",
    "a figure": "What was the net income of Apple in 2019?",
}
FILTERS = {"50 %": "half=1", "1 %": "hundredth=1", "0.01 %": "rare=1", "a path": "path~invoices/2011"}


class Drawn:
    """An embedder whose vectors are drawn, by the text, around those of real sentences; all else is the real one's."""

    def __init__(self, real: Embedder, sentences: Sequence[str]) -> None:
        self.real, self.name, self.dimension, self.max_tokens = real, real.name, real.dimension, real.max_tokens
        self.bases = real.embed_documents(sentences)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [2 + len(text) // 4 for text in texts]

    def likeness(self, question: str, texts: Sequence[str]) -> list[Likeness]:
        return self.real.likeness(question, texts)

    def embed_question(self, text: str) -> Vectors:
        return self.real.embed_question(text)

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        rows = np.empty((len(texts), self.dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            draw = np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))
            noise = draw.standard_normal(self.dimension, np.float32)
            row[:] = self.bases[draw.integers(len(self.bases))] + MIXED * noise / np.linalg.norm(noise)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows


class Loading(Ingest):
    """An ingest to which the documents are given, and told how long its commits take as the collection grows."""

    sentences: Sequence[tuple[str, str]]
    stored = 0
    commits: list[tuple[int, float]]

    def _outcomes(self, stale: list[File]) -> Iterator[tuple[File, str, Document | Failure | None]]:
        for one in stale:
            yield one, sha256_of(one.path), document_in(one.path)

    def _embedder(self, waiting: Sequence[Any]) -> Embedder:
        if self.embedder is None:
            real, _ = record_model(self.catalog, self.settings.embedding, self.home, {})
            texts = [text for text, _ in random.Random(1).sample(list(self.sentences), 2000)]
            self.embedder = Drawn(real, texts)
        return self.embedder

    def _store_together(self, waiting: Sequence[Any], embedder: Embedder) -> None:
        before = self.clock.seconds["commit"]
        super()._store_together(waiting, embedder)
        self.stored += sum(len(read.chunks) for read in waiting)
        self.commits.append((self.stored, self.clock.seconds["commit"] - before))


def sentences_of(data: Path) -> list[tuple[str, str]]:
    """Sentences with their languages."""
    found: dict[str, str] = {}
    for name in CORPORA:
        language = "fr" if "fr" in name.split("_") else "en"
        for line in (data / name / "corpus.jsonl").open(encoding="utf-8"):
            for sentence in json.loads(line)["text"].replace("\n", " ").split(". "):
                if 40 < len(sentence) < 400:
                    found[sentence.strip() + "."] = language
    return list(found.items())


def write_files(folder: Path, sentences: Sequence[tuple[str, str]], documents: int) -> None:
    """Files of `PASSAGES` paragraphs each, in one language, in folders of a hundred."""
    by_language = {one: [text for text, language in sentences if language == one] for one in ("en", "fr")}
    for number in range(documents):
        draw = random.Random(number)
        place, year = PLACES[number % len(PLACES)], 1990 + number // 100 % 35
        name = f"{draw.choice(by_language['en']).split()[0].strip('.,()').lower()}-{number:06d}-{year}"
        file = folder / place / str(year) / f"{number // 800:04d}" / f"{name}.{KINDS[number % len(KINDS)]}"
        language = "fr" if number % 5 == 4 else "en"
        texts = []
        for nth in range(PASSAGES):
            own = f"Reference {draw.choice('ABCQRX')}{draw.choice('NPWX')}-{10 * number + nth}"
            made_up = "".join(draw.choice(("ba", "ri", "to", "len", "sk", "um", "or", "vi")) for _ in range(5))
            texts.append(" ".join([*draw.sample(by_language[language], 5), f"{own}, {made_up}."]))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n\n".join(texts), encoding="utf-8")


def document_in(file: Path) -> Document:
    """A file as a reader would give it: of a PDF each paragraph is a page."""
    texts, number = file.read_text(encoding="utf-8").split("\n\n"), int(file.stem.split("-")[-2])
    title, language = f"Of {file.stem.split('-')[0]} and others", "fr" if number % 5 == 4 else "en"
    blocks = [Block(title, "heading", level=1), *(Block(text, bbox=(72.0, 72.0, 523.0, 770.0)) for text in texts)]
    pages = [Page(nth, (block,), width=595.0, height=842.0) for nth, block in enumerate(blocks[1:], start=1)]
    kind: Literal["pdf", "md"] = "pdf" if file.suffix == ".pdf" else "md"
    meta = {"half": number % 2, "hundredth": int(number % 100 == 7), "rare": int(number % 10_000 == 7)}
    return Document(kind, tuple(pages) if kind == "pdf" else (Page(None, tuple(blocks)),), title, "A. Writer",
                    f"{1990 + number // 100 % 35}", language, meta=meta)  # fmt: skip


def build(home: Path, data: Path, chunks: int) -> None:
    """Make files and collection; print a line of JSON: seconds, peak, and how long a commit took on the way."""
    sentences = sentences_of(data)
    folder = home / "files"
    write_files(folder, sentences, chunks // PASSAGES)
    with Collection.open("default", home, Settings(embedding=Embedding(model=MODEL))) as collection:
        walked = collection.walk([folder])
        with collection._writing(create=True) as catalog:
            run = Loading(
                catalog, "default", collection.settings, home, {}, None, Clock(dict.fromkeys(("walk", "commit"), 0.0))
            )
            run.sentences, run.commits = sentences, []
            began = time.perf_counter()
            report = run.run(walked, prune=True, force=False)
    tenths = np.array_split(np.array(run.commits), 10)
    grown = [round(1000 * float(tenth[:, 1].mean()), 1) for tenth in (tenths[1], tenths[4], tenths[-1])]
    last = report.seconds["commit"] - sum(seconds for _, seconds in run.commits)
    built = {"chunks": report.chunks, "seconds": round(time.perf_counter() - began, 1), "end_seconds": round(last, 1),
             "commit_ms": grown, "stages": report.seconds}  # fmt: skip
    print(json.dumps(built))


def rag(home: Path, label: str, *arguments: str, rounds: int = 1) -> dict[str, object]:
    """A command as whole processes: medians of seconds and processor time, the peak of all."""
    command = [sys.executable, "-m", "ragcli", *arguments]
    environment = {"RAG_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])}
    timings = [turns.run_once(label, command, environment, n, accepted=(0, 1, 3)) for n in range(rounds)]
    row = {
        "what": label,
        "seconds": round(float(np.median([one.seconds for one in timings])), 3),
        "cpu": round(float(np.median([one.cpu_seconds for one in timings])), 3),
        "MiB": round(max(one.peak_mib for one in timings)),
    }
    print(json.dumps(row), file=sys.stderr)
    return row


def itself(what: str, home: Path, *more: str) -> turns.Timing:
    """This script in a process of its own, whose peak is then its own."""
    command = [sys.executable, __file__, what, "--work", str(home.parent), "--chunks", home.name, *more]
    return turns.run_once(what, command, {"PYTHONPATH": str(Path(__file__).parents[2])})


def reads(home: Path) -> Iterator[dict[str, object]]:
    some = str(next((home / "files" / "invoices").rglob("*.md")))
    question = QUERIES["common words"]
    for label, asked in QUERIES.items():
        yield rag(home, f"query, {label}", "query", asked, "--json", rounds=ROUNDS)
    for mode in ("dense", "lexical"):
        yield rag(home, f"query, {mode}", "query", question, "--mode", mode, "--json", rounds=ROUNDS)
    for label, where in FILTERS.items():
        yield rag(home, f"query, filter of {label}", "query", question, "--where", where, "--json", rounds=ROUNDS)
    yield rag(home, "ask", "ask", "--no-cache", question, "--json", rounds=ROUNDS)
    again = itself("--warm", home)
    told = {key: round(value, 3) for key, value in json.loads(again.stdout).items()}
    yield {"what": "query in an open process", **told, "MiB": round(again.peak_mib)}
    yield rag(home, "status", "status", "--json", rounds=ROUNDS)
    yield rag(home, "show", "show", some, rounds=ROUNDS)
    yield rag(home, "list", "list", "--json")
    yield rag(home, "list --fields", "list", "--fields", "--json")
    yield rag(home, "index --verify", "index", "--verify")


def warm(home: Path) -> None:
    """Print what a question takes after others, in one process."""
    with Collection.open("default", home, Settings(embedding=Embedding(model=MODEL))) as collection:
        took, spent = [], []
        for question in itertools.islice(itertools.cycle(QUERIES.values()), 3 * len(QUERIES)):
            began, cpu = time.perf_counter(), time.process_time()
            collection.query(question)
            took.append(time.perf_counter() - began)
            spent.append(time.process_time() - cpu)
    later = slice(len(QUERIES), None)
    print(json.dumps({"seconds": float(np.median(took[later])), "cpu": float(np.median(spent[later]))}))


def writes(home: Path) -> Iterator[dict[str, object]]:
    folder = home / "files"
    ingest = ("ingest", str(folder), "--json")
    yield rag(home, "ingest, nothing changed", *ingest, rounds=ROUNDS)
    files = sorted((folder / "invoices").rglob("*.md"))
    new = folder / "invoices" / f"new-{time.time_ns()}.md"
    new.write_text(f"The ferry to Skarn sails at 7:40 ({time.time_ns()}).\n", encoding="utf-8")
    yield rag(home, "ingest, one file new", *ingest)
    files[0].write_text(files[1].read_text(encoding="utf-8") + f" Changed at {time.time_ns()}.", encoding="utf-8")
    yield rag(home, "ingest, one file changed", *ingest)
    files[2].unlink()
    yield rag(home, "ingest, one file gone", *ingest)
    yield rag(home, "remove one file", "remove", str(files[3]))
    files[3].unlink()
    everything = sorted(path for path in folder.rglob("*.*") if path.is_file())
    for path in everything[::10]:
        path.unlink()
    yield rag(home, "ingest, a tenth gone", *ingest)
    yield rag(home, "index", "index")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--chunks", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--build", action="store_true", help="only make the collections, in this process")
    parser.add_argument("--warm", action="store_true", help="only ask, in this process")
    parser.add_argument("--skip-writes", action="store_true", help="leave the collections as they are")
    parser.add_argument("--save", metavar="NAME")
    arguments = parser.parse_args()
    data = sets.data_folder(arguments.data)
    columns: dict[str, dict[int, dict[str, object]]] = {}
    for chunks in arguments.chunks:
        home = arguments.work.absolute() / str(chunks)
        home.mkdir(parents=True, exist_ok=True)
        if arguments.build:
            build(home, data, chunks)
            continue
        if arguments.warm:
            warm(home)
            continue
        if not (home / "built.json").is_file():
            built = itself("--build", home, "--data", str(data))
            said = json.loads(built.stdout) | {"MiB": round(built.peak_mib), "cpu": round(built.cpu_seconds, 1)}
            (home / "built.json").write_text(json.dumps(said), encoding="utf-8")
        for row in rows_of(home, not arguments.skip_writes):
            columns.setdefault(str(row["what"]), {})[chunks] = row
    if columns:
        report = table(columns, arguments.chunks)
        print(report)
        if arguments.save:
            raw = [{"chunks": chunks, **row} for by_size in columns.values() for chunks, row in by_size.items()]
            runs.save(arguments.save, "What a collection costs by its size", report, raw, {})


def rows_of(home: Path, with_writes: bool) -> Iterator[dict[str, object]]:
    built = json.loads((home / "built.json").read_text(encoding="utf-8"))
    yield {"what": "build", **{key: built[key] for key in ("seconds", "cpu", "MiB")}}
    for when, ms in zip(("early", "midway", "late"), built["commit_ms"], strict=True):
        yield {"what": f"a commit of some 500 passages, {when}", "seconds": round(ms / 1000, 3)}
    yield {"what": "the end of the build", "seconds": built["end_seconds"]}
    held = (home / "collections").rglob("*")
    yield {"what": "on disk", "MiB": round(sum(path.stat().st_size for path in held if path.is_file()) / 2**20)}
    yield from reads(home)
    if with_writes:
        yield from writes(home)


def table(columns: dict[str, dict[int, dict[str, object]]], sizes: Sequence[int]) -> str:
    header = ["", *(cell for size in sizes for cell in (f"{size:,}: s", "processor s", "MiB"))]
    rows = [
        [what, *(str(by_size.get(size, {}).get(key, "")) for size in sizes for key in ("seconds", "cpu", "MiB"))]
        for what, by_size in columns.items()
    ]
    return tables.markdown(header, rows)


if __name__ == "__main__":
    main()

"""Kill `rag ingest` at random moments, 100 times, and see that a collection is always one committed generation.

    python tests/bench/kill.py [FOLDER] [--kills 100] [--minutes 20] [--seed 0] [--save NAME]

The folder (by default sample_docs/) is copied and ingested, undisturbed. Then, in each round, files of the copy are
added, changed and deleted, `rag ingest` is started on it, and its whole process group is killed (SIGKILL) at a moment
drawn evenly between its start and the duration of an undisturbed run. After each kill:

* `rag index --verify` must exit with 0;
* `rag query`, as a process of its own, must answer from a document that was committed before;
* through the Python API, each document that was touched must be wholly old or wholly new: of a changed one exactly one
  version is found, one that was neither changed nor deleted is found as it was;
* a document that a killed run had committed stays committed; a run that was not killed leaves nothing old.

What was not committed is still to do for the next round's run, on top of its own changes, so that there is always work.
Every fifth kill is followed by a run that may end, so that much is committed and can be lost; some files never change.
A file that we write holds a word made up for it, in each of its paragraphs; finding that word is finding that version.
This kills processes, not the machine: that the data survives a power cut is not shown by it.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import psutil
import runs
import tables
import turns

SAMPLE_DOCS = Path(__file__).parents[2] / "sample_docs"
KEPT = 10  # notes that no round touches
DONE = (0, 3)  # 3: a file of the corpus cannot be read, which is so by intention in sample_docs
SYLLABLES = [
    "ba",
    "co",
    "du",
    "fi",
    "gra",
    "hul",
    "jo",
    "ke",
    "lim",
    "mo",
    "nar",
    "po",
    "qui",
    "ros",
    "tu",
    "vel",
    "zor",
]


@dataclass(slots=True)
class Note:
    """A file that we write. A version is its made-up word; None stands for "no such file"."""

    committed: str | None  # what the collection held when it was last looked at
    on_disk: str | None


@dataclass(slots=True)
class Corpus:
    """The copied folder, and the notes among its files."""

    folder: Path
    random: random.Random
    notes: dict[str, Note] = field(default_factory=dict)

    def touch(self, changes: int) -> None:
        """Add, change or delete so many notes, and give a PDF another hash, so that it has to be read again."""
        living = [name for name, note in self.notes.items() if note.on_disk and not name.startswith("kept")]
        for name in self.random.sample(living, min(changes // 2, len(living))):
            self.write(name, None if self.random.random() < 0.4 else self.made_up_word())
        for _ in range(changes - changes // 2):
            self.add("note")
        pdfs = sorted(self.folder.rglob("*.pdf"))
        if pdfs:
            with self.random.choice(pdfs).open("ab") as pdf:
                pdf.write(b"% after the end of the file\n")

    def add(self, kind: str) -> None:
        """Write a note that was not there before."""
        self.write(f"{kind}-{len(self.notes):04d}.md", self.made_up_word())

    def write(self, name: str, word: str | None) -> None:
        """Write a note about a made-up word, or delete it."""
        path = self.folder / name
        self.notes.setdefault(name, Note(None, None)).on_disk = word
        if word is None:
            path.unlink()
            return
        paragraphs = [
            f"Paragraph {n} tells of the {word} at gauge {self.random.randint(1, 900)}, as it was seen that day. " * 2
            for n in range(self.random.randint(1, 6))
        ]
        path.write_text(f"# Note on the {word}\n\n" + "\n\n".join(paragraphs), encoding="utf-8")

    def made_up_word(self) -> str:
        """Return a word that nothing else in the corpus holds, with an ending that no stemmer takes off."""
        return "".join(self.random.choices(SYLLABLES, k=5)) + "k"

    def unsettled(self) -> dict[str, Note]:
        """Return the notes whose newest version was not in the collection when it was last looked at."""
        return {name: note for name, note in self.notes.items() if note.committed != note.on_disk}

    def settled(self) -> dict[str, Note]:
        """Return the notes that are committed as they are on disk."""
        return {name: note for name, note in self.notes.items() if note.committed == note.on_disk is not None}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run of `rag ingest` ended: seconds to the kill or the end, and the exit code (negative: the signal)."""

    seconds: float
    exit_code: int


def ingest(folder: Path, home: Path, seconds_to_live: float | None) -> Ended:
    """Run `rag ingest`; kill its process group after so many seconds, or let it end.

    Returns when no process of the group is left, workers included.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        [*turns.rag_command(), "ingest", str(folder), "-q"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=turns.environment_with({"RAG_HOME": str(home)}),
        start_new_session=True,
    )
    try:
        _, stderr = process.communicate(timeout=seconds_to_live)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        _, stderr = process.communicate()
    ended = Ended(time.perf_counter() - began, process.returncode)
    await_end_of_group(process.pid)
    if ended.exit_code not in (*DONE, -signal.SIGKILL):
        sys.exit(f"rag ingest ended with {ended.exit_code}:\n{stderr.decode(errors='replace')[-4000:]}")
    return ended


def await_end_of_group(group: int, seconds: float = 30.0) -> None:
    """Return when no process of the group runs any more; a dead one that nobody has reaped does not count.

    Raises: SystemExit after so many seconds: a worker that outlives its parent's kill is a fault of its own.
    """
    until = time.monotonic() + seconds
    while True:
        living = [process for process in psutil.process_iter(["status"]) if is_member(process, group)]
        if not living:
            return
        if time.monotonic() > until:
            sys.exit(f"still running {seconds:g} s after the kill: {', '.join(map(str, living))}")
        time.sleep(0.02)


def is_member(process: psutil.Process, group: int) -> bool:
    """Whether a process belongs to a process group and is not a zombie."""
    try:
        return os.getpgid(process.pid) == group and process.info["status"] != psutil.STATUS_ZOMBIE
    except ProcessLookupError:
        return False


def is_found(collection: Any, word: str, name: str) -> bool:
    """Whether a lexical query for a made-up word gives a passage of that file which holds it."""
    hits = collection.query(word, k=5, mode="lexical").hits
    return any(Path(hit.path).name == name and word in hit.text for hit in hits)


def look(corpus: Corpus, home: Path, was_killed: bool) -> tuple[list[str], str]:
    """Compare the collection with what may be in it; note what is.

    Returns: what is wrong, a line each; and the outcome for the touched notes: `old`, `new`, or `part` when the run
    commits in more than one step and some of its steps are in.
    """
    from ragcli.collection import Collection

    wrong, outcomes = [], set[str]()
    with Collection.open("default", home=home) as collection:
        for name, note in corpus.unsettled().items():
            old = note.committed is not None and is_found(collection, note.committed, name)
            new = note.on_disk is not None and is_found(collection, note.on_disk, name)
            if old and new:
                wrong.append(f"{name}: both versions are found")
            elif not old and not new and None not in (note.committed, note.on_disk):
                wrong.append(f"{name}: neither version is found")
            is_new = new or (note.on_disk is None and not old)
            outcomes.add("new" if is_new else "old")
            if not is_new and not was_killed:
                wrong.append(f"{name}: the run ended by itself and the old version is found")
            note.committed = note.on_disk if is_new else note.committed
        settled = corpus.settled()
        for name in corpus.random.sample(sorted(settled), min(10, len(settled))):
            if not is_found(collection, str(settled[name].committed), name):
                wrong.append(f"{name}: was committed and is not found any more")
    return wrong, "part" if len(outcomes) > 1 else outcomes.pop() if outcomes else "nothing to do"


def command_line_checks(corpus: Corpus, home: Path) -> list[str]:
    """Run `rag index --verify`, and `rag query` for a committed document; return what is wrong."""
    environment = turns.environment_with({"RAG_HOME": str(home)})
    wrong = []
    checks = [("rag index --verify", ["index", "--verify"], "")]
    settled = corpus.settled()
    if settled:
        name = corpus.random.choice(sorted(settled))
        checks.append((f"rag query for {name}", ["query", str(settled[name].committed)], name))
    for title, arguments, must_say in checks:
        done = subprocess.run([*turns.rag_command(), *arguments], capture_output=True, text=True, env=environment)
        if done.returncode != 0 or must_say not in done.stdout:
            wrong.append(f"{title}: exit {done.returncode}: {(done.stderr or done.stdout).strip()[-500:]}")
    return wrong


def undisturbed(corpus: Corpus, home: Path, changes: int) -> float:
    """Change files and let the run end; return its duration in seconds.

    Raises: SystemExit when it leaves anything old: then no kill is needed to see that something is wrong.
    """
    corpus.touch(changes)
    ended = ingest(corpus.folder, home, None)
    wrong, _ = look(corpus, home, was_killed=False)
    if wrong:
        sys.exit("after a run that nothing disturbed: " + "; ".join(wrong))
    return ended.seconds


def report(rows: Sequence[dict[str, Any]], durations: Sequence[float], asked: int) -> str:
    """Return the counts, and each thing that went wrong."""
    killed = [row for row in rows if row["exit_code"] < 0]
    outcomes = Counter(row["outcome"] for row in killed)
    wrong = [
        f"* round {row['round']}, killed after {row['seconds']:.3f} s: {row['wrong']}" for row in rows if row["wrong"]
    ]
    counts = [
        ["killed", len(killed)],
        *([f"killed; the collection then held: {outcome}", count] for outcome, count in sorted(outcomes.items())),
        ["ended before the kill", len(rows) - len(killed)],
        ["rounds with something wrong", len(wrong)],
    ]
    told = f"Seconds of an undisturbed run: {tables.spread(durations)}. Kills asked for: {asked}."
    return "\n\n".join([told, tables.markdown(["", "rounds"], counts), *wrong])


def main() -> None:
    """Kill so many times, or until the minutes are over; exit with 1 when anything was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLE_DOCS)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--changes", type=int, default=6, help="files touched in each round")
    parser.add_argument("--minutes", type=float, default=20.0, help="stop after so many, and say how far it came")
    parser.add_argument("--seed", type=int, default=0, help="of the moments and the changes")
    parser.add_argument("--save", metavar="NAME", help="write runs/DATE-NAME/")
    given = parser.parse_args()
    until = time.monotonic() + 60 * given.minutes
    drawn = random.Random(given.seed)
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="rag-kill-") as temporary:
        corpus, home = Corpus(Path(temporary) / "docs", drawn), Path(temporary) / "home"
        shutil.copytree(given.folder, corpus.folder, ignore=shutil.ignore_patterns("_*", "*.py"))
        for _ in range(KEPT):
            corpus.add("kept")
        durations = [undisturbed(corpus, home, given.changes) for _ in range(4)][1:]  # the first prepares the model
        killed = 0
        while killed < given.kills and time.monotonic() < until:
            corpus.touch(given.changes)
            ended = ingest(corpus.folder, home, drawn.uniform(0, median(durations)))
            killed += ended.exit_code < 0
            wrong, outcome = look(corpus, home, ended.exit_code < 0)
            wrong += command_line_checks(corpus, home)
            row = {"round": len(rows) + 1, "seconds": ended.seconds, "exit_code": ended.exit_code}
            rows.append(row | {"outcome": outcome, "wrong": "; ".join(wrong)})
            print(f"{killed} killed: after {ended.seconds:.3f} s, {outcome}. {'; '.join(wrong)}", file=sys.stderr)
            if len(rows) % 5 == 0 and not wrong:
                durations.append(undisturbed(corpus, home, given.changes))
    text = report(rows, durations, given.kills)
    print(text)
    if given.save:
        runs.save(given.save, f"kill -9 at random moments of rag ingest, seed {given.seed}", text, rows, {})
    if killed < given.kills:
        print(f"{given.minutes:g} minutes are over after {killed} of {given.kills} kills", file=sys.stderr)
    sys.exit(1 if any(row["wrong"] for row in rows) else 0)


if __name__ == "__main__":
    main()

"""A cold `rag query` and `rag ask`, whole process, against the course's query and Python with numpy and sqlite3 alone.

    python tests/bench/cold_query.py PDF_FOLDER... [--rounds 9] [--save NAME]

Both index the PDFs first (not timed); then the processes take turns. Cold means a new process: the files stay in the
page cache of the system, for all alike. Afterwards `python -X importtime -m ragcli query` tells what is imported, and
the script ends with 1 when a library is among it that a query must not wait for.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import runs
import sets
import tables
import turns
from ingest import stage_folder

FORBIDDEN = ("torch", "transformers", "sentence_transformers", "llama_cpp", "marker", "pymupdf", "fitz")
REPORTED = ("faiss", "openvino", "onnxruntime", "tokenizers", "pydantic", "rich", "scipy", "pandas")
FLOOR = "numpy, sqlite3"
COURSE = "course query"
QUESTION = "What is the main contribution?"


@dataclass(frozen=True, slots=True)
class Import:
    """A line of `-X importtime`; the cumulative time holds that of all that the module imports, in milliseconds."""

    module: str
    own_ms: float
    cumulative_ms: float


def runner(
    tool: str, command: Sequence[str], environment: dict[str, str] | None = None, accepted: Sequence[int] = (0,)
) -> Callable[[int], turns.Timing]:
    """Return a run of one command, for `take_turns`."""
    return lambda n: turns.run_once(tool, command, environment, n, accepted=accepted)


def imports_of(command: Sequence[str], home: Path) -> list[Import]:
    """Return what a `python -m ragcli …` command imports, in the order in which imports end."""
    said = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ragcli", *command],
        capture_output=True,
        text=True,
        env=turns.environment_with({"RAG_HOME": str(home)}),
    )
    if said.returncode != 0:
        sys.exit(f"python -m ragcli ended with {said.returncode}: {said.stderr[-2000:]}")
    lines = re.findall(r"^import time:\s+(\d+) \|\s+(\d+) \|\s*(\S+)$", said.stderr, re.MULTILINE)
    return [Import(module, int(own) / 1000, int(cumulative) / 1000) for own, cumulative, module in lines]


def import_table(imported: Sequence[Import]) -> str:
    """Return the libraries of interest with their cumulative time, or `-` where they are not imported."""
    by_name = {line.module: line for line in imported}
    rows = [
        [name, f"{by_name[name].cumulative_ms:.0f}" if name in by_name else "-", "no" if name in FORBIDDEN else "yes"]
        for name in ("numpy", "sqlite3", *REPORTED, *FORBIDDEN)
    ]
    return tables.markdown(["module", "import ms", "allowed"], rows)


def slowest(imported: Sequence[Import], most: int = 10) -> str:
    """Return the modules whose own code takes longest to import."""
    rows = [[line.module, f"{line.own_ms:.1f}"] for line in sorted(imported, key=lambda line: -line.own_ms)[:most]]
    return tables.markdown(["module", "own ms"], rows)


def summary(timings: Sequence[turns.Timing], embed_seconds: float) -> str:
    """Return a line per tool; the last column is the promise: three times the floor, plus one embedding."""
    floor = median(timing.seconds for timing in timings if timing.tool == FLOOR)
    course = {timing.round: timing.seconds for timing in timings if timing.tool == COURSE}
    lines = []
    for tool in dict.fromkeys(timing.tool for timing in timings):
        mine = [timing for timing in timings if timing.tool == tool]
        ratios = [course[timing.round] / timing.seconds for timing in mine]
        within = median(timing.seconds for timing in mine) <= 3 * floor + embed_seconds
        lines.append(
            [
                tool,
                tables.spread([1000 * timing.seconds for timing in mine], 0),
                tables.spread(ratios, 1) if tool != COURSE else "",
                f"{1000 * median(timing.cpu_seconds for timing in mine):.0f}",
                f"{max(timing.peak_mib for timing in mine):.0f}",
                "" if tool in (COURSE, FLOOR) else "yes" if within else "no",
            ]
        )
    limit = f"within {1000 * (3 * floor + embed_seconds):.0f} ms"
    header = ["", "wall ms: median (range)", "times as fast as the course", "CPU ms", "peak MiB", limit]
    return tables.markdown(header, lines)


def main() -> None:
    """Index, take turns, look at the imports; exit with 1 when a forbidden library is on the path of a query."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="+", metavar="PDF_FOLDER")
    parser.add_argument("--question", default=QUESTION)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--limit", type=int, help="a slice: so many PDFs of each folder")
    parser.add_argument("--save", metavar="NAME", help="write runs/DATE-NAME/")
    given = parser.parse_args()
    sources = [sets.find_folder(named) for named in given.folders]
    course = [sys.executable, str(Path(__file__).with_name("course.py"))]
    with tempfile.TemporaryDirectory(prefix="rag-bench-") as temporary:
        scratch = Path(temporary)
        folders = [str(stage_folder(source, scratch / "pdf" / source.name, given.limit)) for source in sources]
        index, home = scratch / "course", scratch / "home"
        rag = {"RAG_HOME": str(home)}
        turns.run_once("course index", [*course, "index", *folders, "--out", str(index)])
        turns.run_once("rag ingest", [*turns.rag_command(), "ingest", *folders], rag, accepted=(0, 3))
        asked = [*turns.rag_command(), "query", given.question, "--json"]
        runners = [
            runner(FLOOR, [sys.executable, "-c", "import numpy, sqlite3"]),
            runner("rag query", asked, rag),
            runner("rag query --mode lexical", [*asked, "--mode", "lexical"], rag),
            runner("rag ask", [*turns.rag_command(), "ask", given.question, "--no-cache"], rag, accepted=(0, 1)),
            runner(COURSE, [*course, "query", str(index), given.question]),
        ]
        for run in runners:  # not counted: the first run compiles the modules of each program
            run(0)
        timings = turns.take_turns(runners, given.rounds)
        imported = imports_of(["query", given.question, "--json"], home)
    said = [json.loads(timing.stdout) for timing in timings if timing.tool == "rag query"]
    embed_seconds = median(answer["seconds"].get("embed", 0.0) for answer in said)
    stages = {name: median(answer["seconds"][name] for answer in said) for name in said[0]["seconds"]}
    hits = {timing.tool: timing.stdout.count("\n") for timing in timings if timing.tool == COURSE}
    report = "\n\n".join(
        [
            summary(timings, embed_seconds),
            f"`rag query` says of itself, median ms: {', '.join(f'{k} {1000 * v:.0f}' for k, v in stages.items())}.",
            f"Hits: {len(said[-1]['hits'])} by `rag query`, {hits[COURSE]} by the course.",
            f"What `rag query` imports:\n\n{import_table(imported)}",
            f"The slowest of its imports:\n\n{slowest(imported)}",
        ]
    )
    print(report)
    print(f"\n{runs.processor()}", file=sys.stderr)
    if given.save:
        rows = [{key: value for key, value in asdict(timing).items() if key != "stdout"} for timing in timings]
        runs.save(given.save, "A cold query", report, rows, {})
    found = sorted({line.module for line in imported} & set(FORBIDDEN))
    if found:
        sys.exit(f"on the path of a query: {', '.join(found)}")


if __name__ == "__main__":
    main()

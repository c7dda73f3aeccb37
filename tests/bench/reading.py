"""Pages per second of the default path beside other readers, words kept, two cores, and the parent's memory.

    python tests/bench/reading.py PDF_FOLDER... [--every 4] [--rounds 2] [--words 50] [--save NAME]

A folder is a path, or a name below the environment variable RAG_BENCH_DATA; its PDFs, subfolders too, are all read, or
every so many-th. Each reader is a process of its own per round, in turn; its time is processor time of user and system
without imports, so that a busy machine slows all of them alike. pdftotext is started once per file, which costs it a
few milliseconds each. pypdf is the reader of the course; its log of font problems is switched off. None of the others looks
at pictures of text: `rag` stands there twice, without OCR and as shipped.

Words are those of three letters and more that pdftotext finds, counted per document with their repetitions, and the
share of them that our text has. Running headers and page numbers are left out by design, and hyphens at line ends are
undone: neither is told apart from a loss.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import numpy  # noqa: F401  # loaded before the clock runs, like all imports: rag loads it at the first page with few letters
import runs
import sets
import tables
import turns

OURS, SHIPPED = "rag, text layers", "rag, with OCR where it is needed"
PLAIN, PYPDF, PDFIUM, POPPLER = "PyMuPDF, plain text", "pypdf", "pypdfium2", "pdftotext"
TOOLS = (OURS, SHIPPED, PLAIN, PDFIUM, POPPLER, PYPDF)
WORD = re.compile(r"[^\W\d_]{3,}")


def read_ours(path: Path) -> int:
    from ragcli.reading.pdf.read import read_pdf
    from ragcli.settings import Reading

    return len(read_pdf(path, Reading(ocr="never")).pages)


def read_as_shipped(path: Path) -> int:
    from ragcli.reading.pdf.read import read_pdf
    from ragcli.settings import Reading

    return len(read_pdf(path, Reading()).pages)


def read_plain(path: Path) -> int:
    from ragcli.reading.mupdf.lean_pymupdf import pymupdf

    with pymupdf.open(path) as document:
        return sum(page.get_text("text") is not None for page in document)


def read_pypdf(path: Path) -> int:
    import logging

    import pypdf

    logging.disable()
    return sum(page.extract_text() is not None for page in pypdf.PdfReader(path).pages)


def read_pdfium(path: Path) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return sum(document[n].get_textpage().get_text_range() is not None for n in range(len(document)))


def read_poppler(path: Path) -> int:
    return pdftotext(path).count("\f")


def pdftotext(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True, check=True)
    return done.stdout.decode(errors="replace")


READERS: dict[str, Callable[[Path], int]] = dict(
    zip(TOOLS, (read_ours, read_as_shipped, read_plain, read_pdfium, read_poppler, read_pypdf), strict=True)
)


def measure(tool: str, paths: Sequence[Path]) -> dict[str, float]:
    """Read the first file twice, for what is loaded lazily, then all of them."""
    reader = READERS[tool]
    reader(paths[0])
    began = sum(os.times()[:4])
    pages = sum(map(reader, paths))
    return {"pages": pages, "seconds": sum(os.times()[:4]) - began}


def kept_words(paths: Sequence[Path]) -> list[float]:
    """For each document, the share of pdftotext's words that we have too."""
    from ragcli.reading.pdf.read import read_pdf
    from ragcli.settings import Reading

    shares = []
    for path in paths:
        theirs = Counter(WORD.findall(pdftotext(path).lower()))
        if not theirs:
            continue
        blocks = (block.text for page in read_pdf(path, Reading()).pages for block in page.blocks)
        ours = Counter(WORD.findall("\n".join(blocks).lower()))
        shares.append((theirs & ours).total() / theirs.total())
    return shares


def through_the_pool(paths: Sequence[Path], jobs: int) -> dict[str, float]:
    """Read by workers, as `ingest` does: wall clock, and the largest resident set of this process."""
    from ragcli.reading.pool.pool import read_files
    from ragcli.records import Document
    from ragcli.settings import Reading

    began = time.perf_counter()
    read = (outcome for _, outcome in read_files(paths, Reading(), jobs))
    pages = sum(len(outcome.pages) for outcome in read if isinstance(outcome, Document))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"pages": pages, "seconds": time.perf_counter() - began, "parent_mib": peak}


def child(kind: str, argument: str, paths: Sequence[Path]) -> dict[str, float]:
    command = [sys.executable, __file__, "--child", kind, argument, *map(str, paths)]
    found: dict[str, float] = json.loads(turns.run_once(argument, command).stdout)
    return found


def find(folders: Sequence[str], every: int) -> list[Path]:
    roots = [sets.find_folder(name) for name in folders]
    found = sorted(path for root in roots for path in root.rglob("*.pdf"))
    if not found:
        sys.exit(f"there is no PDF below {', '.join(map(str, roots))}")
    return found[::every]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--every", type=int, default=4, help="read every so many-th file")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--words", type=int, default=50, help="documents of which words are compared")
    parser.add_argument("--save", metavar="NAME")
    arguments = parser.parse_args()
    paths = find(arguments.folders, arguments.every)
    rows: list[dict[str, object]] = []
    rates: dict[str, list[float]] = {tool: [] for tool in TOOLS}
    for n in range(1, arguments.rounds + 1):
        for tool in TOOLS:
            found = child("read", tool, paths)
            rates[tool].append(found["pages"] / found["seconds"])
            rows.append({"what": tool, "round": n, **found})
            print(f"round {n}: {tool} {rates[tool][-1]:.1f} pages/s", file=sys.stderr)
    ours = median(rates[OURS])
    table = [
        (tool, tables.spread(rates[tool], 1), f"{ours / median(rates[tool]):.2f}") for tool in TOOLS
    ]  # fmt: skip
    report = f"{len(paths)} files, {rows[0]['pages']} pages.\n\n"
    report += tables.markdown(("reader", "pages/s of one core", "rag is so many times as fast"), table) + "\n"
    few, many = child("pool", "1", paths), child("pool", "2", paths)
    four_times = child("pool", "2", [*paths, *paths, *paths, *paths])
    rows += [
        {"what": "pool", "round": 1, "jobs": jobs, **found} for jobs, found in ((1, few), (2, many), (2, four_times))
    ]
    report += (
        f"\nOne worker {few['seconds']:.1f} s, two {many['seconds']:.1f} s of wall clock:"
        f" {few['seconds'] / many['seconds']:.2f} times as fast. Peak of the parent: {many['parent_mib']:.0f} MiB for"
        f" {len(paths)} files, {four_times['parent_mib']:.0f} MiB for four times as many.\n"
    )
    shares = sorted(kept_words(find(arguments.folders, 1)[:: max(1, arguments.every // 2)][: arguments.words]))
    rows += [{"what": "words kept", "share": round(share, 4)} for share in shares]
    report += (
        f"\nWords of pdftotext that are in our text, over {len(shares)} documents: median {median(shares):.4f}, least"
        f" {shares[0]:.4f}, tenth from below {shares[len(shares) // 10]:.4f}.\n"
    )
    print(report)
    if arguments.save:
        runs.save(arguments.save, "Reading PDF", report, rows, {})


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        kind, argument, *files = sys.argv[2:]
        done = measure(argument, list(map(Path, files))) if kind == "read" else through_the_pool(
            list(map(Path, files)), int(argument)
        )  # fmt: skip
        print(json.dumps(done))
    else:
        main()

"""Headings and titles of papers, by their letters alone and by the outline, against those that were published.

    python tests/bench/headings.py [--papers jose_papers] [--save NAME]

The folder's `truth.jsonl` has for each PDF its `title` and its `sections`. A heading counts as right when a section is
called so, numbers and signs apart; each once. The title and the list of references, which is no section there, are left
out. Labels of figures that are set like headings count as made up.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

import runs
import sets
import tables

from ragcli.reading.pdf.headings import without_number
from ragcli.reading.pdf.read import read_pdf
from ragcli.settings import Reading

REFERENCES = "references"


def plain(text: str) -> str:
    return "".join(character for character in without_number(text).casefold() if character.isalnum())


def told(path: Path, outline: bool) -> tuple[str, Counter[str]]:
    """The title and the headings of a PDF as they are read."""
    with nullcontext() if outline else patch("ragcli.reading.pdf.read.outline", lambda _: []):
        document = read_pdf(path, Reading(ocr="never"))
    headings = (block.text for page in document.pages for block in page.blocks if block.kind == "heading")
    named = Counter(map(plain, headings))
    for left_out in (plain(document.title or ""), REFERENCES):
        named.pop(left_out, None)
    return plain(document.title or ""), named


def scored(folder: Path, outline: bool) -> Iterator[dict[str, object]]:
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        paper = json.loads(line)
        title, headings = told(folder / paper["file"], outline)
        sections = Counter(map(plain, paper["sections"]))
        sections.pop(REFERENCES, None)
        yield {
            "paper": paper["file"],
            "outline": outline,
            "title": title == plain(paper["title"]),
            "sections": sections.total(),
            "headings": headings.total(),
            "right": (sections & headings).total(),
            "missed": "; ".join((sections - headings).elements()),
            "made up": "; ".join((headings - sections).elements()),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", default="jose_papers")
    parser.add_argument("--save", metavar="NAME")
    arguments = parser.parse_args()
    folder = sets.find_folder(arguments.papers)
    report, rows = [], []
    for outline in (False, True):
        some = list(scored(folder, outline))
        right, headings, sections = (
            sum(int(str(one[key])) for one in some) for key in ("right", "headings", "sections")
        )
        titles = sum(bool(one["title"]) for one in some)
        how = "by the outline where there is one" if outline else "by letters alone"
        report.append((how, len(some), titles, sections, f"{right / headings:.3f}", f"{right / sections:.3f}"))
        rows += some
    head = ("headings", "papers", "titles right", "sections", "precision", "recall")
    text = tables.markdown(head, report)
    print(text)
    if arguments.save:
        runs.save(arguments.save, "Headings of papers", text, rows, {})


if __name__ == "__main__":
    main()

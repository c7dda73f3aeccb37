"""Figures against published papers, and placements of images against pdfimages.

    python tests/bench/images.py [--papers jose_papers] [--folders pdf_papers pdf_mmlong …] [--files 30] [--save NAME]

Folders are paths, or names below the environment variable RAG_BENCH_DATA. The papers' `truth.jsonl` has for each PDF
its `figures`: caption, page, file. A figure counts as found when a picture or drawing was saved from its page with a
caption that begins alike; as false, when a captioned picture matches no figure of the truth.

Placements are those that `pdfimages -list` (poppler) names, masks left out: page, width and height in pixels, with
their repetitions. Ours are counted before strips are joined and decoration is left out. Poppler lists what is painted
outside the page or under a full clip as well, and the two libraries count an image painted twice in one place alike.
"""

import argparse
import json
import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import runs
import sets
import tables

from ragcli.errors import ReadError
from ragcli.reading.images.painted import Images
from ragcli.reading.images.pdf import Picture, painted_images
from ragcli.reading.pdf.read import open_pdf

Placement = tuple[int, int, int]  # page, width, height


def plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def score_figures(folder: Path) -> tuple[list[dict[str, object]], int, int, int]:
    """Return a row per figure of the truth, and how many there are, were found, and were made up."""
    rows: list[dict[str, object]] = []
    true = found = false = 0
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        paper = json.loads(line)
        pictures = [one for one in painted_images(folder / paper["file"]) if isinstance(one, Picture)]
        captions = {(place.page, place.caption): one.kind for one in pictures for place in one.places if place.caption}
        unmatched = set(captions)
        for figure in paper["figures"]:
            start = plain(figure["caption"])[:30]
            same = [key for key in captions if key[0] == figure["page"] and start in plain(key[1])]
            unmatched -= set(same)
            true += 1
            found += bool(same)
            kinds = "+".join(sorted({captions[key] for key in same}))
            rows.append({"paper": paper["file"], "page": figure["page"], "caption": figure["caption"], "found": kinds})
        false += len(unmatched)
        rows += [{"paper": paper["file"], "page": page, "caption": said, "found": "false"} for page, said in unmatched]
    return rows, true, found, false


def ours(path: Path) -> Counter[Placement]:
    with open_pdf(path) as document:
        images = Images(document)
        return Counter(
            (part.page, part.width, part.height)
            for number in range(1, document.page_count + 1)
            for picture in images.painted_on(number)
            for part in picture.parts
        )


def popplers(path: Path) -> Counter[Placement]:
    done = subprocess.run(["pdfimages", "-list", path], capture_output=True, text=True, check=True)
    rows = (line.split() for line in done.stdout.splitlines()[2:])
    return Counter((int(row[0]), int(row[3]), int(row[4])) for row in rows if row[2] in ("image", "stencil"))


def compare(paths: Iterable[Path], most: int) -> list[dict[str, object]]:
    """A row for each of the first files with a picture: placements of both, and common ones."""
    rows: list[dict[str, object]] = []
    for path in paths:
        if len(rows) == most:
            break
        try:
            theirs, mine = popplers(path), ours(path)
        except (ReadError, subprocess.CalledProcessError):
            continue  # damaged or locked: another question
        if theirs or mine:
            common = (theirs & mine).total()
            rows.append({"file": path.name, "pdfimages": theirs.total(), "rag": mine.total(), "common": common})
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", default="jose_papers")
    parser.add_argument("--folders", nargs="+", default=["pdf_papers", "pdf_mmlong", "pdf_fr", "extraction_truth"])
    parser.add_argument("--files", type=int, default=30)
    parser.add_argument("--save", metavar="NAME")
    arguments = parser.parse_args()
    figures, true, found, false = score_figures(sets.find_folder(arguments.papers))
    report = f"Figures: {found} of {true} found with their caption, {false} captioned pictures that are none.\n\n"
    paths = [path for folder in map(sets.find_folder, arguments.folders) for path in sorted(folder.rglob("*.pdf"))]
    rows = compare(paths, arguments.files)
    totals = [sum(int(str(row[key])) for row in rows) for key in ("pdfimages", "rag", "common")]
    shown = [
        (row["file"], row["pdfimages"], row["rag"], row["common"]) for row in rows if row["pdfimages"] != row["common"]
    ]
    report += tables.markdown(("file", "pdfimages", "rag", "common"), [*shown, (f"all {len(rows)} files", *totals)])
    print(report)
    if arguments.save:
        runs.save(arguments.save, "Figures and pictures", report, [*figures, *rows], {})


if __name__ == "__main__":
    main()

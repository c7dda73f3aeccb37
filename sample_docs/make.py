"""Make the sample documents: `python sample_docs/make.py [OUT]` (OUT: this folder).

Needs reportlab, python-docx, Pillow, pikepdf and PyMuPDF, all in the project's `dev` extra, and no font of the machine.
With the same versions of these each run gives the same bytes, but for the encrypted note, whose salts are random.
The Markdown, HTML and plain text documents are their own source: they are copied when OUT is another folder.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from _source import hard_cases, office, paper, report  # noqa: E402  the folder is no package of the project

MADE: dict[str, Callable[[Path], None]] = {
    "limnar-radar-paper.pdf": paper.write,
    "rapport-annuel-2023.pdf": report.write,
    "facture-castagne-scan.pdf": hard_cases.write_scan,
    "note-depot-chiffree.pdf": hard_cases.write_locked,
    "annexe-jaugeages-tronquee.pdf": hard_cases.write_truncated,
    "compte-rendu-comite.docx": office.write_minutes,
    "high-water-at-marrec.epub": office.write_history,
}
WRITTEN = ["tressaune-field-handbook.md", "hydrometres-castagne.html", "main-courante-crue-2023.txt", "README.md"]


def make(out: Path) -> None:
    """Write all documents into out, which is created when missing."""
    out.mkdir(parents=True, exist_ok=True)
    for name, write in MADE.items():
        write(out / name)
    if out.resolve() != HERE:
        for name in WRITTEN:
            shutil.copyfile(HERE / name, out / name)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)

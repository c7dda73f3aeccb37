"""Documents in the form of marker's JSONRenderer, and an interpreter that has a stand-in for marker."""

import json
import venv
from pathlib import Path
from typing import Any

STAND_IN = Path(__file__).parent / "stand_in_marker"


def make_python(folder: Path) -> Path:
    """An interpreter of its own that has the stand-in: a virtual environment, without pip."""
    venv.create(folder, symlinks=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "stand_in.pth").write_text(f"{STAND_IN}\n")
    return folder / "bin" / "python"


def block(
    kind: str, html: str, box: tuple[float, ...], page: int = 0, children: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    return {"id": f"/page/{page}/{kind}/0", "block_type": kind, "html": html, "bbox": list(box), "children": children}


def page(number: int, *blocks: dict[str, Any], size: tuple[float, float] = (612.0, 792.0)) -> dict[str, Any]:
    """A page, its number from 0. The last part of its id counts blocks, as marker's does."""
    found = block("Page", "", (0.0, 0.0, *size), number, list(blocks))
    return found | {"id": f"/page/{number}/Page/{365 + number}"}


def says(pdf: Path, *pages: dict[str, Any], **orders: object) -> None:
    """What the stand-in reads of a PDF, or does instead."""
    Path(f"{pdf}.json").write_text(json.dumps({"children": pages, **orders}), encoding="utf-8")

"""Pages that are set sideways, as wide tables are: their text runs up or down the page as it is shown."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ragcli.reading.mupdf.lean_pymupdf import pymupdf

_TURNS = {(1, 0): 0, (0, -1): 90, (-1, 0): 180, (0, 1): 270}  # by the direction of text, what makes it run to the right
_FLAGS = pymupdf.TEXTFLAGS_DICT & ~pymupdf.TEXT_PRESERVE_IMAGES


@contextmanager
def turned_upright(page: Any) -> Iterator[None]:
    """Show a pymupdf.Page so that most of its text runs to the right, while its tables are looked for."""
    shown = page.rotation
    wanted = _TURNS.get(_direction(page), shown)
    if wanted != shown:
        page.set_rotation(wanted)
    try:
        yield
    finally:
        if wanted != shown:
            page.set_rotation(shown)


def _direction(page: Any) -> tuple[int, int]:
    """Of most letters, on the unrotated page."""
    lengths: Counter[tuple[int, int]] = Counter()
    for block in page.get_text("dict", flags=_FLAGS)["blocks"]:
        for line in block["lines"]:
            across, down = line["dir"]
            lengths[round(across), round(down)] += sum(len(span["text"]) for span in line["spans"])
    return max(lengths, key=lambda direction: lengths[direction], default=(1, 0))

"""What an OCR engine is: a picture of a page becomes lines of words, each with its box."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ragcli.records import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

# In a page's problem, which is read again once it is there.
NEEDS_TESSERACT = "a script that needs tesseract: install it"


class Word(NamedTuple):
    """A word and its box, in pixels of the picture as it was recognised; `confidence` is in [0, 1]."""

    text: str
    box: Box
    confidence: float


class Line(NamedTuple):
    """Words on one baseline, left to right. Lengths are in pixels."""

    words: tuple[Word, ...]
    size: float  # of its letters: what a font calls its size
    base: float  # height of the baseline at the left end of the first word
    slope: float  # of the baseline: pixels down for one to the right
    block: int  # lines of one number stand together, as a paragraph or a column does


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in shades of grey, shape (height, width); 0 is black."""

    grey: "Grey"
    dpi: int

    @property
    def width(self) -> int:
        return int(self.grey.shape[1])

    @property
    def height(self) -> int:
        return int(self.grey.shape[0])


class Engine(Protocol):
    """A recogniser of print."""

    name: str  # with its version: what it recognised is kept under this name
    is_parallel: bool  # several threads may call it at a time
    sure: float  # mean confidence of a page, below which it may stand on its head, and is not to be relied on
    beyond: str  # what else a page may be written in that it reads badly, and what mends that
    slope: float  # of a page's lines, pixels down for one to the right, above which it reads a level picture better

    def lacks(self, language: str) -> str | None:
        """Say what to install for a language (ISO 639-1) that it can't read; None when it can."""

    def languages_for(self, language: str | None) -> tuple[str, ...]:
        """The languages to recognise with, when a page is in this one or in one that is not known."""

    def languages_seen(self, picture: Picture, languages: Sequence[str], seconds: float) -> tuple[str, ...]:
        """Languages of the script that a picture is written in, when it is one that none of `languages` has.

        They may be such as the engine lacks. Nothing when the script is not certain; it is asked where a page reads badly.
        """

    def recognise(self, picture: Picture, languages: Sequence[str], seconds: float) -> list[Line]:
        """Return the lines of a picture in reading order, as far as they run across it.

        Args:
            languages: as `languages_for` gives them.
            seconds: after which an engine that is a program of its own is ended.
        Raises: ReadError when the engine fails or takes too long.
        """

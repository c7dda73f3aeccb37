"""Tasks of the worker pool beyond "read this file"; apart from their work, which imports PyMuPDF, so that the parent need not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ragcli.records import Block, Box


@dataclass(frozen=True, slots=True)
class Look:
    """A page to look at, and for what. A task of the worker pool, which knows files: hence `__fspath__`."""

    path: Path
    number: int
    kind: Literal["table", "equation", "order"]
    is_ocr: bool = False  # it was recognised: the words are those of OCR
    language: str | None = None  # of the document, for OCR

    def __fspath__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True, eq=False)
class Reread:
    """A file to read anew around what was found on its pages."""

    path: Path
    found: Mapping[int, Sequence[Block]]
    layouts: Mapping[int, Sequence[Box]]  # by page, its regions in reading order

    def __fspath__(self) -> str:
        return str(self.path)

"""What a reader is given for one file beside the settings: what no configuration may hold or know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

COPY = 0  # in the place of a page's number: the rewritten copy of a damaged file


class OnPage(Protocol):
    """Told the number of a page before it is begun; None when all are done and the rest is the document's own."""

    def __call__(self, page: int | None, is_ocr: bool = False) -> None: ...


def tell_nobody(page: int | None, is_ocr: bool = False) -> None:
    """An OnPage for a reader that nobody watches."""


@dataclass(frozen=True, slots=True)
class Work:
    """How one file is to be read.

    Should the process die, the page that was told last is to blame: the file is read again without it, as `lost` says.
    """

    cache: Path | None = None  # folder for what is dear to compute; None keeps nothing
    passwords: tuple[str, ...] = field(default=(), repr=False)  # to try on a locked file
    threads: int = 1  # that may be used at a time
    on_page: OnPage = tell_nobody
    lost: Mapping[int, str] = field(default_factory=dict)  # pages not to be read, and why
    lost_from: int | None = None  # neither this page nor any after it, for the reason that `lost` gives for it

    def why_lost(self, page: int) -> str | None:
        """Why a page must not be read, or None."""
        if self.lost_from is not None and page >= self.lost_from:
            return self.lost[self.lost_from]
        return self.lost.get(page)

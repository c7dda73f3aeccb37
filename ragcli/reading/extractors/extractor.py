"""Which program reads the pages of PDFs beside our own: marker, Mathpix, or one that another package registers."""

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ragcli.errors import UsageError
from ragcli.records import Page
from ragcli.settings import Reading

GROUP = "ragcli.extractors"  # the entry points by which a package adds one: `name = "package.module:factory"`
OWN = "pymupdf"  # no extractor: what is read in the first place
_KNOWN = {"marker": "ragcli.reading.extractors.marker:Marker", "mathpix": "ragcli.reading.extractors.mathpix:Mathpix"}


class Extractor(Protocol):
    """Reads pages of a PDF. It is asked by one thread, for one file at a time."""

    name: str  # as in `reading.extractor` and in the ledger
    sends: str | None  # what leaves this machine, and where to, in one sentence; None: nothing

    @property
    def identity(self) -> str:
        """Version and configuration: what is read under one identity is kept, and not read again.

        Raises: ModelError when the extractor is not installed.
        """

    def read(self, path: Path, numbers: Sequence[int]) -> Mapping[int, Page]:
        """Return pages by number, from 1; one that was asked for and is left out stays as rag itself read it.

        Boxes are in any unit, as are `Page.width` and `Page.height`; y grows downwards.

        Raises: ReadError or ModelError when they can't be read. It must end by itself, within a limit of its own.
        """

    def close(self) -> None:
        """End all that was started."""


@dataclass(frozen=True, slots=True)
class Premises:
    """What an extractor may use."""

    settings: Reading
    folder: Path  # for files of its own, below RAG_HOME
    offline: bool  # nothing may leave this machine


Factory = Callable[[Premises], Extractor]


def find_extractor(name: str, premises: Premises) -> Extractor:
    """Make the extractor of that name; nothing of the others is imported, and nothing started yet.

    Raises: UsageError when there is none of that name, or the settings ask of it what can't be.
    """
    if name in _KNOWN:
        module, _, attribute = _KNOWN[name].partition(":")
        factory: Factory = getattr(importlib.import_module(module), attribute)
        return factory(premises)
    from importlib.metadata import entry_points

    registered = entry_points(group=GROUP)
    if name not in registered.names:
        names = ", ".join([OWN, *sorted(_KNOWN), *sorted(registered.names - _KNOWN.keys())])
        raise UsageError(f"reading.extractor names '{name}', which is not there", f"known are {names}")
    factory = registered[name].load()
    return factory(premises)

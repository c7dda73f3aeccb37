"""Reading by another program than rag itself: begun for one run and ended with it; and what it sends away."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ragcli.reading.extractors.extractor import OWN, Premises, find_extractor
from ragcli.settings import Settings

if TYPE_CHECKING:
    from ragcli.reading.extractors.extraction import Extraction


@contextmanager
def open_extraction(name: str, settings: Settings, home: Path) -> "Iterator[Extraction | None]":
    """The extractor of that name, ended in every case; None for rag's own reading, and nothing is then imported."""
    if name == OWN:
        yield None
        return
    from ragcli.reading.extractors.extraction import Extraction

    with closing(Extraction.open(name, settings.reading, home, settings.offline)) as extraction:
        yield extraction


def reads_formulas(settings: Settings) -> str:
    """The name of the extractor for formulas on pages that rag reads itself."""
    return "marker" if settings.reading.equations == "marker" else OWN


def sent_elsewhere(settings: Settings, home: Path, ingesting: bool) -> str | None:
    """What of the documents an `ingest`, or else an `index`, sends away for reading, and where to; None: nothing.

    Raises: UsageError or ModelError when the configured extractor can't be used.
    """
    names = {settings.reading.extractor if ingesting else OWN, reads_formulas(settings)}
    premises = Premises(settings.reading, home, settings.offline)
    return "; ".join(filter(None, (find_extractor(name, premises).sends for name in sorted(names - {OWN})))) or None

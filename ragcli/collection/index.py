"""`rag index`: finish the second pass, merge and tidy; with `rebuild`, cut and embed every stored page anew before."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ragcli.collection.deepen import deepen
from ragcli.collection.model import demand_allowed, load_model, probe_languages, write_model
from ragcli.collection.stored import embed_documents
from ragcli.embedding.protocol import Embedder
from ragcli.reading.work import Work
from ragcli.records import SecondPass
from ragcli.settings import Settings
from ragcli.storage.catalog import Catalog
from ragcli.storage.merge import merge, sweep

_DOCUMENTS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What `rag index` did."""

    documents: int
    chunks: int
    merged: int  # segments that became one, or as few as can be
    model: str | None
    rebuilt: bool
    second_pass: SecondPass


def index(
    catalog: Catalog,
    settings: Settings,
    home: Path,
    rebuild: bool,
    load_embedder: Callable[[], Embedder],
    on_progress: Callable[[int, int], None] | None,
) -> IndexReport:
    """Finish the second pass, then merge the segments; the old generation answers until each commit.

    Args:
        rebuild: cut and embed every stored page anew before.
        load_embedder: called when the second pass has cut its first chunk.
    """
    if rebuild:
        _tidy(catalog, lambda: _rebuild(catalog, settings, home, on_progress))
    done = deepen(catalog, settings, load_embedder, None, on_progress, Work(cache=home / "cache"))
    merged = _tidy(catalog)
    model = (catalog.setting("model") or {}).get("name")
    return IndexReport(catalog.count("documents"), catalog.count_chunks(), merged, model, rebuild, done)


def _tidy(catalog: Catalog, before: Callable[[], None] | None = None) -> int:
    """Drop what is dead and merge, all in one transaction with what comes `before`; return how many segments became one."""
    sweep(catalog)
    with catalog.transaction():
        if before:
            before()
        record = catalog.setting("model")
        merged = merge(catalog, record["dimension"], everything=True) if record else 0
        catalog.sql.execute("INSERT INTO lexical (lexical) VALUES ('optimize')")
        catalog.count_common_terms()
    return merged


def _rebuild(catalog: Catalog, settings: Settings, home: Path, on_progress: Callable[[int, int], None] | None) -> None:
    demand_allowed(settings)
    embedder, record, _ = load_model(settings.embedding, home, catalog.languages())
    ids = [row[0] for row in catalog.sql.execute("SELECT id FROM documents ORDER BY id")]
    catalog.remove_all_chunks()
    write_model(catalog, record, embedder)
    probe_languages(catalog, embedder)
    for start in range(0, len(ids), _DOCUMENTS_AT_ONCE):
        embed_documents(catalog, settings, embedder, ids[start : start + _DOCUMENTS_AT_ONCE])
        if on_progress:
            on_progress(min(start + _DOCUMENTS_AT_ONCE, len(ids)), len(ids))

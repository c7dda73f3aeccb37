"""One question to one collection: load what it needs, embed, search, order."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from ragcli.collection.model import dense_weight
from ragcli.errors import UsageError
from ragcli.records import Found
from ragcli.retrieval.filters import build_filter
from ragcli.retrieval.passages import in_document_order
from ragcli.retrieval.search import DENSE_WEIGHT, Reranking, search
from ragcli.retrieval.syntax import parse
from ragcli.settings import Mode
from ragcli.storage.catalog import Catalog

if TYPE_CHECKING:
    from ragcli.collection import Collection


def query(
    collection: "Collection",
    open_catalog: Callable[[], Catalog],
    question: str,
    k: int,
    mode: Mode,
    where: Sequence[str],
    order: Literal["score", "document"],
    merge: bool,
    rerank: bool,
) -> Found:
    """As `Collection.query`, with nothing left to the settings that the call decides."""
    started = time.perf_counter()
    settings = collection.settings
    if not question.strip():
        raise UsageError("the question is empty", "write it in quotes after the command")
    asked = parse(question)
    catalog = open_catalog()
    embedder = collection.embedder() if mode != "lexical" else None
    reranker = collection.reranker() if rerank else None
    reranking = Reranking(reranker, settings.rerank.budget_ms) if reranker else None
    loaded = time.perf_counter()
    vector = embedder.embed_question(asked.text) if embedder else None
    embedded = time.perf_counter()
    with catalog.snapshot():
        condition = build_filter(catalog.sql, where)
        weight = settings.retrieval.dense_weight
        weight = DENSE_WEIGHT * dense_weight(catalog) if weight is None else weight
        hits = search(catalog, asked, vector, settings.retrieval, mode, k, condition, weight, merge, reranking)
    if order == "document":
        hits = in_document_order(hits)
    ended = time.perf_counter()
    seconds = {
        "load": loaded - started,
        "embed": embedded - loaded,
        "search": ended - embedded,
        "total": ended - started,
    }
    rounded = {key: round(value, 4) for key, value in seconds.items()}
    warnings = (reranker.warning,) if reranker and reranker.warning else ()
    return Found(question, collection.name, mode, tuple(hits), rounded, warnings)

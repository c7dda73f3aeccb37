"""One question to one collection: load what it needs, embed, search, order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ragcli.clock import Clock
from ragcli.collection.model import trust_in_model
from ragcli.embedding.protocol import Embedder, Vectors
from ragcli.errors import UsageError
from ragcli.records import Found
from ragcli.retrieval.across import spoken
from ragcli.retrieval.filters import build_filter
from ragcli.retrieval.passages import in_document_order
from ragcli.retrieval.question.syntax import Query, demand_no_document, parse
from ragcli.retrieval.search import Reranking, search
from ragcli.retrieval.spelling import corrected
from ragcli.settings import Mode, Retrieval
from ragcli.storage.catalog import Catalog

if TYPE_CHECKING:
    from ragcli.collection import Collection


@dataclass(frozen=True, slots=True)
class Among:
    """What is settled for all collections that are asked together: then none rewrites, reranks or drops by score itself."""

    languages: Sequence[str]  # of the documents of all
    passage: str | None = None  # one that could answer, towards which the question's vector moves


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What was searched beside the question: its parts, or a passage that could answer it."""

    parts: tuple[str, ...] = ()
    passage: str | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        return (*self.parts, self.passage) if self.passage else self.parts


def query(
    collection: "Collection",
    question: str,
    retrieval: Retrieval,
    where: Sequence[str],
    merge: bool,
    among: Among | None,
) -> Found:
    """As `Collection.query`, with nothing left to the settings that the call decides."""
    if not question.strip():
        raise UsageError("the question is empty", "write it in quotes after the command")
    demand_no_document(question)
    clock = Clock()
    with clock.step("load"):
        catalog = collection.catalog()
        embedder = collection.embedder() if retrieval.mode != "lexical" else None
        understood, slips = (question, ()) if among else without_slips([catalog], question, embedder)
        asked = parse(understood)
        reranker = None if among else collection.reranker()
    reranking = Reranking(reranker, collection.settings.rerank.budget_ms) if reranker else None
    with clock.step("embed"):
        vector = embedder.embed_question(asked.text) if embedder else None
        rewritten = Rewritten(passage=among.passage) if among else rewrite(collection, asked, retrieval.mode)
        if embedder and vector is not None and rewritten.passage:
            vector = towards(vector, embedder.embed_documents([rewritten.passage])[0])
        parts = [replace(parse(part), excluded=asked.excluded) for part in rewritten.parts]
        of_parts = ((part, embedder.embed_question(part.text) if embedder else None) for part in parts)
        questions = [(asked, vector), *of_parts]
    with clock.step("search"), catalog.snapshot():
        condition = build_filter(catalog.sql, where)
        trust = trust_in_model(catalog, asked.text, retrieval.dense_weight, among.languages if among else None)
        if among:
            retrieval = replace(retrieval, min_score=None)
        embed = embedder.embed_question if embedder else None
        hits = search(catalog, questions, retrieval, condition, trust, merge, reranking, embed)
    if retrieval.order == "document":
        hits = in_document_order(hits)
    warnings = slips + ((reranker.warning,) if reranker and reranker.warning else ())
    return Found(
        question,
        collection.name,
        retrieval.mode,
        tuple(hits),
        clock.told(),
        warnings,
        rewritten.lines,
        understood if understood != question else None,
    )


def without_slips(catalogs: Sequence[Catalog], question: str, embedder: Embedder | None) -> tuple[str, tuple[str, ...]]:
    """As `corrected`; a word that a model has as one piece is no slip, nor are words of a language that no document is in."""

    def is_word(word: str) -> bool:
        if embedder is None:
            return False
        # Counted only where a word is odd: it loads the tokenizer's file, which a question does not wait for.
        one_piece, pieces = embedder.count_tokens(["water", word.lower()])
        return pieces <= one_piece

    def languages() -> list[str]:
        from ragcli.reading.language import language_of_question  # here: it loads a model

        own = sorted({one for each in catalogs for one in spoken(each.setting("languages") or {})})
        language = language_of_question(question, own)
        return [language] if language is not None and language in own else []

    return corrected(catalogs, question, languages, is_word)


def rewrite(collection: "Collection", asked: Query, mode: Mode) -> Rewritten:
    """What the configured model makes of a question; nothing of one that only demands phrases or beginnings of words."""
    how = collection.settings.retrieval.rewrite
    if how == "none" or asked.only_operators or (how == "hyde" and mode == "lexical"):
        return Rewritten()
    from ragcli.answering.rewrite import hypothetical_passage, parts_of

    if how == "decompose":
        return Rewritten(parts=parts_of(asked.text, collection.rewriter()))
    return Rewritten(passage=hypothetical_passage(asked.text, collection.rewriter()))


def towards(question: Vectors, passage: Vectors) -> Vectors:
    """The mean of both, of length 1. Source: Gao et al., HyDE, 2023, formula 8, for one passage."""
    mean = question + passage
    unit: Vectors = mean / np.linalg.norm(mean)
    return unit

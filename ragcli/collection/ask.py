"""How a collection, or several as one, answers: passages, a language model if one is configured, earlier answers."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ragcli import __version__
from ragcli.answering.answer import LOOKED_INTO, NEAREST, SEARCHED, answer
from ragcli.answering.compound import apart
from ragcli.answering.joined import joined
from ragcli.answering.kept import AnswerCache, stamp
from ragcli.answering.llm import speed
from ragcli.answering.llm.budget import Budget
from ragcli.answering.llm.gguf_files import find_gguf
from ragcli.answering.overview import seen_whole
from ragcli.answering.prompt import passages_for
from ragcli.answering.quoting.openings import opened
from ragcli.embedding.protocol import Embedder
from ragcli.errors import UsageError
from ragcli.records import Answer, Block, Citation, Found, Hit
from ragcli.retrieval.cross_encoder import find_cross_encoder
from ragcli.retrieval.lexical import ShareOfChunks, smoothed
from ragcli.retrieval.question.instructions import without_instructions
from ragcli.retrieval.question.syntax import demand_no_document
from ragcli.settings import Mode, Order, Settings
from ragcli.shown import shown_url
from ragcli.threads import one_blas_thread

if TYPE_CHECKING:
    from ragcli.answering.generate import Watcher
    from ragcli.answering.llm.generator import Generator


_LONG_RUN = re.compile(r"\s{3,}")


class Askable(Protocol):
    """What answers are made from: a `Collection`, or several."""

    name: str
    home: Path
    settings: Settings

    def query(
        self,
        question: str,
        k: int | None = None,
        mode: Mode | None = None,
        where: Sequence[str] = (),
        order: Order | None = None,
        merge: bool = True,
    ) -> Found: ...

    def page_blocks(self, document_id: int, page: int | None, place: str | None) -> Sequence[Block]: ...

    def count_chunks(self) -> int: ...

    def share_of_chunks(self, terms: Sequence[str]) -> Sequence[float]: ...

    def named_nowhere(self, question: str) -> Sequence[str]: ...

    def embedder(self) -> Embedder: ...

    def generator(self) -> "Generator | None": ...

    def rewriter(self) -> "Generator": ...

    def whole_document(self, best: Hit) -> tuple[Hit, ...]: ...

    def doubts(self, question: str, leans_on: Sequence[Citation | Hit]) -> tuple[str, ...]: ...

    def searched(self, where: Sequence[str]) -> str: ...

    def language_unknown(self, question: str) -> tuple[str, ...]: ...

    def generation(self) -> tuple[object, ...]:
        """Another after each commit."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what it is asked of."""

    question: str
    where: Sequence[str] = ()
    mode: Mode | None = None
    k: int | None = None


def ask(collection: Askable, asked: Asked, watcher: "Watcher | None" = None, dry_run: bool = False) -> Answer:
    """The answer that was given before while nothing it depends on has changed, else `ask_afresh`.

    A kept one fits any budget; one that was made within a budget depends on how busy the machine was, and is not kept.
    Nor is one that a server cut off, or that its model had no words for.

    Raises: UsageError when the question is as long as a document.
    """
    demand_no_document(asked.question)
    with one_blas_thread():
        if dry_run or not collection.settings.answering.cache:
            return ask_afresh(collection, asked, watcher, dry_run)
        return _known_or_made(collection, asked, watcher)


def _known_or_made(collection: Askable, asked: Asked, watcher: "Watcher | None") -> Answer:
    started = time.perf_counter()
    cache = AnswerCache(collection.home / "cache" / "answers" / collection.name)
    key = _key(collection, asked)
    if (known := cache.find(key)) is not None:
        return replace(known, cached=True, seconds={"total": round(time.perf_counter() - started, 4)})
    made = ask_afresh(collection, asked, watcher)
    if collection.settings.answering.budget is None and made.complete:
        cache.keep(key, made)
    return made


def ask_afresh(collection: Askable, asked: Asked, watcher: "Watcher | None" = None, dry_run: bool = False) -> Answer:
    """Answer from the best passages, whatever was answered before.

    Raises: UsageError when `dry_run` would send the question somewhere all the same.
    """
    if dry_run:
        demand_nothing_is_sent(collection.settings)
    generator = collection.generator()
    parts = apart(without_instructions(asked.question)) if generator is None and not dry_run else ()
    answers = [_of_one(collection, replace(asked, question=part), None, watcher, dry_run) for part in parts]
    if any(part.found for part in answers):
        return joined(asked.question, answers)
    return _of_one(collection, asked, generator, watcher, dry_run)


def _of_one(
    collection: Askable, asked: Asked, generator: "Generator | None", watcher: "Watcher | None", dry_run: bool
) -> Answer:
    settings = collection.settings.answering
    started = time.perf_counter()
    k = asked.k or settings.k
    wanted = k or max(LOOKED_INTO, passages_for(generator.parameters) if generator else 0)
    # Quotes are chosen by chunk, so chunks are not merged.
    found = collection.query(asked.question, SEARCHED * wanted, asked.mode, asked.where, order="score", merge=False)
    question = understood(found)
    budget = None
    if settings.budget is not None and generator is not None:
        budget = Budget(started + settings.budget, speed.remembered(collection.home, generator.name))
    made = answer(
        question,
        found.hits,
        page_blocks=collection.page_blocks,
        embedder=collection.embedder(),
        settings=replace(settings, k=k),
        generator=generator,
        watcher=watcher,
        dry_run=dry_run,
        share_of_chunks=smoothed_shares(collection),
        whole=_whole(collection, question, found.hits),
        budget=budget,
        nowhere=collection.named_nowhere(question),
        opening=_opening(collection, question, found.hits),
    )
    leans_on = made.citations if made.found else made.hits[:NEAREST]
    unseen = collection.doubts(question, leans_on)
    if not made.found:
        unseen = (collection.searched(asked.where), *collection.language_unknown(question), *unseen)
    if generator is not None and (measured := speed.of_answer(made)) is not None:
        speed.remember(collection.home, generator.name, measured)
    seconds = {"retrieve": found.seconds["total"], **{key: round(value, 4) for key, value in made.seconds.items()}}
    seconds["total"] = round(sum(value for key, value in seconds.items() if key != "first_text"), 4)
    return replace(made, question=asked.question, seconds=seconds, warnings=(*found.warnings, *made.warnings, *unseen))


def understood(found: Found) -> str:
    """The question of these passages as it is judged: as it was searched, with white space in long runs as one blank.

    The patterns that a question is read by try each place of a run, and some each pair: 5,000 blanks took hours.
    """
    return _LONG_RUN.sub(" ", found.understood or found.question)


def smoothed_shares(collection: Askable) -> ShareOfChunks:
    """What a question's terms are judged by: the shares of the passages that hold them, where few passages tell little."""
    return lambda terms: smoothed(collection.share_of_chunks(terms), collection.count_chunks())


def _whole(collection: Askable, question: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The document that a model is to read from end to end, by `answering.whole`; nothing for an ordinary question."""
    wanted = collection.settings.answering.whole
    if wanted == "auto":
        best = seen_whole(question, hits)
    else:
        best = hits[0] if wanted and hits else None
    return () if best is None else collection.whole_document(best)


def _opening(collection: Askable, question: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The first passages of the document whose beginning says what is asked; nothing for an ordinary question."""
    best = opened(question, hits)
    return () if best is None else collection.whole_document(best)[:LOOKED_INTO]


def demand_nothing_is_sent(settings: Settings) -> None:
    """Raises: UsageError when to choose passages is to send the question to an endpoint, before any answer is made."""
    if (url := settings.embedding.base_url) is not None:
        raise UsageError(f"--dry-run would send the question to {shown_url(url)}, to be embedded", "leave it out")
    if settings.retrieval.rewrite != "none" and (url := settings.answering.base_url) is not None:
        remedy = "set retrieval.rewrite: none"
        raise UsageError(f"--dry-run would send the question to {shown_url(url)}, to be rewritten", remedy)


def _key(collection: Askable, asked: Asked) -> tuple[object, ...]:
    """All that an answer depends on."""
    settings = collection.settings
    is_generated = settings.answering.style != "quotes" and settings.answering.base_url is None
    generator = collection.generator() if is_generated else None
    is_local = generator is not None or (settings.retrieval.rewrite != "none" and settings.answering.base_url is None)
    model = stamp(find_gguf(settings.answering.model, collection.home)) if is_local else ()
    question = (asked.question, tuple(asked.where), asked.mode, asked.k)
    name = settings.rerank.model
    reranked = (settings.rerank, stamp(find_cross_encoder(name, collection.home).weights)) if name else ()
    chosen = (settings.embedding, settings.retrieval, replace(settings.answering, budget=None))
    return (__version__, collection.generation(), model, question, reranked, *chosen)

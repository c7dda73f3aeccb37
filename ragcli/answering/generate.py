"""Let a model write the answer from the passages, and prove or mark each of its sentences."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from ragcli.answering import prompt
from ragcli.answering.citing import Citer
from ragcli.answering.generator import Generator, Sampling
from ragcli.answering.match import MATCHED
from ragcli.answering.sources import sources
from ragcli.answering.templates import ANSWER_MARKS
from ragcli.answering.verify import Verifier
from ragcli.answering.visible import printable
from ragcli.chunking.sentences import split
from ragcli.endpoint import ContextExceededError
from ragcli.records import Answer, Hit, Sentence
from ragcli.settings import Answering

_LOOP = 60  # characters that come again word for word
_WEAK = 0.5  # share of a sentence's words in a source, below which the source is no support worth naming


class Interrupted(KeyboardInterrupt):
    """Ctrl-C during generation; `answer` holds what there was, verified."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who wants to see an answer grow: the prompt, before anything is sent; then the text, unverified, in pieces."""

    on_prompt: Callable[[prompt.Prompt, Generator], None] = lambda asked, generator: None
    on_text: Callable[[str], None] = lambda piece: None


@dataclass
class Clock:
    """Seconds of each step, for `Answer.seconds`."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


def generated(
    empty: Answer,
    citer: Citer,
    hits: Sequence[Hit],
    settings: Answering,
    generator: Generator,
    watcher: Watcher,
    language: str | None,
    clock: Clock,
    dry_run: bool,
) -> Answer:
    """Fill `empty`, an answer to its question, with what the model writes from `hits` and what proves it.

    Raises: Interrupted on Ctrl-C; ModelError when the model or its server fails.
    """
    with clock.step("load"):
        generator.count_tokens("")  # loads the model, so that its time is not the prompt's
    with clock.step("prompt"):
        asked = _prompt(empty, hits, generator, settings, language)
    sampling = Sampling(settings.max_tokens, settings.temperature, settings.top_k, settings.top_p, settings.seed)
    if dry_run:
        text = generator.as_sent(asked.messages, sampling)
        return replace(empty, found=True, hits=tuple(hits), warnings=asked.warnings, model=generator.name, prompt=text)
    pieces: list[str] = []
    interrupted = False
    start = time.perf_counter()
    try:
        try:
            _collect(asked, sampling, generator, watcher, pieces, clock)
        except ContextExceededError:
            if pieces or len(asked.hits) == 1:
                raise
            # Our count of a service's tokens is an estimate: once, the weakest passage makes room.
            fewer = [hit for hit in asked.hits if hit.rank != max(one.rank for one in asked.hits)]
            again = _prompt(empty, fewer, generator, settings, language)
            left_out = "the weakest passage was left out: the prompt was longer than the service's model can read"
            asked = replace(again, warnings=(*asked.warnings, left_out))
            _collect(asked, sampling, generator, watcher, pieces, clock)
    except KeyboardInterrupt:
        interrupted = True
    clock.seconds["generate"] = time.perf_counter() - start
    text = _without_working("".join(pieces), settings.template).strip()
    counted = {"prompt_tokens": asked.tokens, "completion_tokens": generator.count_tokens(text)}
    usage = {**counted, **generator.usage}
    with clock.step("prove"):
        sentences = _verified(text, asked.hits, citer, language)
    warnings = asked.warnings
    if interrupted:
        warnings += ("interrupted: the answer is not whole",)
    elif usage["completion_tokens"] >= settings.max_tokens:
        warnings += (f"the answer was cut off at {settings.max_tokens} tokens (--max-tokens)",)
    if not sentences:
        warnings += ("the model wrote no answer",)
    unproved = sum(not sentence.proved for sentence in sentences)
    if unproved:
        warnings += (f"{unproved} of {len(sentences)} sentences could not be proved",)
    finished = replace(
        empty,
        found=bool(sentences),
        hits=tuple(hits),
        sentences=tuple(sentences),
        citations=citer.citations,
        warnings=warnings,
        model=generator.name,
        usage=usage,
        seconds=dict(clock.seconds),
        prompt=generator.as_sent(asked.messages, sampling),
    )
    if interrupted:
        raise Interrupted(finished)
    return finished


def _prompt(
    empty: Answer, hits: Sequence[Hit], generator: Generator, settings: Answering, language: str | None
) -> prompt.Prompt:
    return prompt.build(
        empty.question, hits, generator, max_tokens=settings.max_tokens, order=settings.order, language=language,
        template=settings.template,
    )  # fmt: skip


def _without_working(text: str, template: str) -> str:
    """The answer alone, where a template asks for steps before it; nothing when the model never came to it."""
    mark = ANSWER_MARKS.get(template)
    return text if mark is None else text.rpartition(mark)[2] if mark in text else ""


def _collect(
    asked: prompt.Prompt, sampling: Sampling, generator: Generator, watcher: Watcher, pieces: list[str], clock: Clock
) -> None:
    """Add what the model writes to `pieces`, which keeps what there is when Ctrl-C or an error ends it."""
    watcher.on_prompt(asked, generator)
    start = time.perf_counter()
    for piece in generator.stream(asked.messages, sampling):
        if not pieces:
            clock.seconds["first_text"] = time.perf_counter() - start
        pieces.append(piece)
        watcher.on_text(piece)
        if _repeats("".join(pieces)):  # it would go on like this to the last token
            break


def _repeats(text: str) -> bool:
    """Whether the end of a text stands in it before: small models fall into loops."""
    return len(text) > 2 * _LOOP and text.find(text[-_LOOP:]) < len(text) - _LOOP


def _verified(text: str, hits: Sequence[Hit], citer: Citer, language: str | None) -> list[Sentence]:
    """The sentences of a generated text, each with the quotes that support it best."""
    verifier = Verifier(sources(hits))
    said: list[Sentence] = []
    for unit in split(text, language):
        if any(one.text.startswith(printable(unit.text)) for one in said):  # said before, or begun again
            continue
        support = verifier.support(unit.text)
        named = support.sources if support.proved or support.coverage >= _WEAK else ()
        cited = [citer.cite(hits[source.hit], source.unit.text) for source in named]
        citations = [citation for citation in cited if citation is not None]
        matched = bool(citations) and all(citation.match in MATCHED for citation in citations)
        said.append(
            Sentence(
                printable(unit.text),
                proved=support.proved and matched,
                citations=tuple(citation.n for citation in citations),
            )
        )
    return said

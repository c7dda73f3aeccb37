"""Let a model write the answer from the passages, and prove or mark each of its sentences."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ragcli.answering import budget, prompt, speed
from ragcli.answering.budget import Budget
from ragcli.answering.citing import Citer
from ragcli.answering.generator import Generator, Sampling
from ragcli.answering.match import MATCHED
from ragcli.answering.sources import sources
from ragcli.answering.templates import ANSWER_MARKS
from ragcli.answering.verify import Verifier
from ragcli.answering.visible import printable
from ragcli.chunking.sentences import split
from ragcli.clock import Clock
from ragcli.endpoint import ContextExceededError
from ragcli.errors import ModelError, UsageError
from ragcli.records import Answer, Hit, Sentence
from ragcli.settings import Answering

_QUICK = {"sentences": 3, "written": 8}  # to measure a model with while somebody waits
_LOOP = 60  # characters that come again word for word
_END = re.compile(r"[.!?…。！？]\s|\n")  # of a sentence or a line
# Share of a sentence's terms in a source, below which the source is no support worth naming. On training questions 0.4 and 0.3
# name the right text equally often (0.89), 0.5 and 0.6 less so (0.86, 0.83: more sentences are left without).
_WEAK = 0.4


class Interrupted(KeyboardInterrupt):
    """Ctrl-C during generation; `answer` holds what there was, verified."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who wants to see an answer grow: the prompt, before anything is sent; then the text, unverified, in pieces.

    `on_followup` is told before a model is asked what a question of a conversation means.
    """

    on_followup: Callable[[Generator], None] = lambda generator: None
    on_prompt: Callable[[prompt.Prompt, Generator], None] = lambda asked, generator: None
    on_text: Callable[[str], None] = lambda piece: None


@dataclass(frozen=True, slots=True)
class Task:
    """What a model is to answer, and from what."""

    empty: Answer  # to its question, still without an answer
    hits: Sequence[Hit]  # best first
    settings: Answering
    language: str | None = None  # of the question
    whole: Sequence[Hit] = ()  # a document's chunks as they follow each other: given instead of `hits` where they fit
    budget: Budget | None = None


def generated(
    task: Task, citer: Citer, generator: Generator, watcher: Watcher, clock: Clock, dry_run: bool
) -> Answer | None:
    """The task's answer, as the model writes it, and what proves it; None when there is no time for the model to say it.

    Raises: Interrupted on Ctrl-C; ModelError when the model or its server fails.
    """
    empty, settings = task.empty, task.settings
    with clock.step("load"):
        generator.count_tokens("")  # loads the model, so that its time is not the prompt's
    most = budget.Plan(generator.context_length - settings.max_tokens, settings.max_tokens)
    if task.budget is not None and not dry_run:
        with clock.step("plan"):
            affordable = _affordable(task.budget, generator, most)
        if affordable is None:
            return None
        most = affordable
    try:
        with clock.step("prompt"):
            asked = _prompt(task, generator, most.prompt)
    except prompt.DoesNotFitError:
        if task.budget is None:
            raise
        return None
    left = task.budget.left() if task.budget is not None else None
    sampling = Sampling(
        most.completion, settings.temperature, settings.top_k, settings.top_p, settings.seed, left,
        _grammar(settings.grammar),
    )  # fmt: skip
    if dry_run:
        text = generator.as_sent(asked.messages, sampling)
        return replace(empty, found=True, hits=asked.hits, warnings=asked.warnings, model=generator.name, prompt=text)
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
            again = _prompt(replace(task, hits=fewer, whole=()), generator, most.prompt)
            left_out = "the weakest passage was left out: the prompt was longer than the service's model can read"
            asked = replace(again, warnings=(*asked.warnings, left_out))
            _collect(asked, sampling, generator, watcher, pieces, clock)
    except KeyboardInterrupt:
        interrupted = True
    except ModelError:
        if task.budget is None or task.budget.left() > 0:
            raise  # else the time is over, and a server was not done
    clock.seconds["generate"] = time.perf_counter() - start
    written = "".join(pieces)
    is_looping = _repeats(written)
    text = without_working(_once(written) if is_looping else written, settings.template).strip()
    is_late = task.budget is not None and task.budget.left() <= 0
    if is_late and not text and not interrupted:
        return None
    counted = {"prompt_tokens": asked.tokens, "completion_tokens": generator.count_tokens(text)}
    usage = {**counted, **generator.usage}
    with clock.step("prove"):
        checked = _verified(text, asked.hits, citer, task)
    sentences = _quoting(checked) if settings.strict else [one.sentence for one in checked]
    warnings = asked.warnings
    if interrupted:
        warnings += ("interrupted: the answer is not whole",)
    elif is_looping:
        warnings += ("the model began to repeat itself: the answer ends there",)
    elif is_late or usage["completion_tokens"] >= most.completion < settings.max_tokens:
        warnings += (f"the answer was cut off, to end within {settings.budget:g} s (--budget)",)
    elif usage["completion_tokens"] >= most.completion:
        warnings += (f"the answer was cut off at {settings.max_tokens} tokens (--max-tokens)",)
    if not sentences:
        warnings += ("the model wrote no answer",)
    unproved = sum(not one.sentence.proved for one in checked)
    if unproved:
        quoted = ": quotes stand in their place" if settings.strict and any(one.quotes for one in checked) else ""
        warnings += (f"{unproved} of {len(checked)} sentences could not be proved{quoted}",)
    finished = replace(
        empty,
        found=bool(sentences),
        hits=asked.hits if task.whole else tuple(task.hits),
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


def _affordable(within: Budget, generator: Generator, most: budget.Plan) -> budget.Plan | None:
    """What of `most` can be read and written in time."""
    known = within.speed
    if known is None and generator.destination is None:  # a service is not asked twice for the sake of a measurement
        known = speed.measure(generator, **_QUICK)
    if known is None:
        return most
    fitting = budget.plan(within.left(), known, most.completion)
    return fitting and replace(fitting, prompt=min(fitting.prompt, most.prompt))


def _prompt(task: Task, generator: Generator, room: int) -> prompt.Prompt:
    """The prompt with the whole document where it fits, else with the passages. Raises: as `prompt.build`."""
    settings = task.settings
    build = partial(
        prompt.build, task.empty.question, generator=generator, room=room, language=task.language,
        template=settings.template,
    )  # fmt: skip
    if not task.whole:
        return build(hits=task.hits, order=settings.order)
    # Counted before it is rendered: to drop one chunk after the other from a book would take minutes.
    if sum(generator.count_tokens(hit.text) for hit in task.whole) <= room:
        whole = build(hits=task.whole, order="document")
        if len(whole.hits) == len(task.whole):
            return whole
    passages = build(hits=task.hits, order=settings.order)
    too_long = f"{task.whole[0].path} does not fit whole into {room:,} tokens: its best passages were given"
    return replace(passages, warnings=(too_long, *passages.warnings))


def without_working(text: str, template: str) -> str:
    """The answer alone, where a template asks for steps before it; nothing when the model never came to it."""
    mark = ANSWER_MARKS.get(template)
    if mark is None:
        return text
    last = max(mark.finditer(text), key=re.Match.start, default=None)
    return text[last.end() :] if last else ""


def _grammar(file: str | None) -> str | None:
    if file is None:
        return None
    try:
        return Path(file).expanduser().read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise UsageError(f"answering.grammar: {file} can't be read ({error})", "name a GBNF file") from None


def _collect(
    asked: prompt.Prompt, sampling: Sampling, generator: Generator, watcher: Watcher, pieces: list[str], clock: Clock
) -> None:
    """Add what the model writes to `pieces`, which keeps what there is when Ctrl-C or an error ends it."""
    watcher.on_prompt(asked, generator)
    start = time.perf_counter()
    for piece in generator.stream(asked.messages, sampling):
        if sampling.seconds is not None and time.perf_counter() - start > sampling.seconds:
            break
        if not pieces:
            clock.seconds["first_text"] = time.perf_counter() - start
        pieces.append(piece)
        watcher.on_text(piece)
        if _repeats("".join(pieces)):  # it would go on like this to the last token
            break


def _repeats(text: str) -> bool:
    """Whether the end of a text stands in it before: small models fall into loops.

    Within a sentence it may once: the name of a law or of an office can be as long, and two sentences speak of it.
    """
    end = text[-_LOOP:]
    return len(text) > 2 * _LOOP and text.count(end) > (1 if _END.search(end) else 2)


def _once(text: str) -> str:
    """A text that ends in a loop, without what it says again."""
    end = text[-_LOOP:]
    period = len(text) - _LOOP - text.rfind(end, 0, -1)
    while text[-period:] == text[-2 * period : -period]:
        text = text[:-period]
    return text


@dataclass(frozen=True, slots=True)
class _Checked:
    """A generated sentence, and the quotes that it leans on when it is not proved, each a sentence of its page."""

    sentence: Sentence
    quotes: tuple[Sentence, ...] = ()


def _quoting(checked: Sequence[_Checked]) -> list[Sentence]:
    """The sentences, each that could not be proved with the quotes that it leans on behind it: they are left when it goes.

    With a model of 1.5 billion parameters the known answer stands in 0.78 of these answers, in 0.69 as the model wrote them, and
    in 0.64 of two quotes chosen by the question alone (36 training questions); on 25 test questions in 0.76, 0.56 and 0.84.
    """
    chosen = [sentence for one in checked for sentence in (one.sentence, *one.quotes)]
    return list({sentence.text: sentence for sentence in chosen}.values())


def _verified(text: str, hits: Sequence[Hit], citer: Citer, task: Task) -> list[_Checked]:
    """The sentences of a generated text, each with the quotes that support it best."""
    hits = sorted(hits, key=lambda hit: hit.rank)  # among equals the passage that fits the question best is named
    verifier = Verifier(sources(hits))
    said: list[_Checked] = []
    for unit in split(text, task.language):
        shown = printable(unit.readable)
        if any(one.sentence.text.startswith(shown) for one in said):  # said before, or begun again
            continue
        support = verifier.support(unit.text, task.empty.question, task.language)
        named = support.sources if support.proved or support.coverage >= _WEAK else ()
        cited = [(source, citer.cite(hits[source.hit], source.unit.text)) for source in named]
        quotes = [
            Sentence(printable(source.unit.readable), citation.match in MATCHED, (citation.n,))
            for source, citation in cited
            if citation is not None
        ]
        proved = support.proved and bool(quotes) and all(quote.proved for quote in quotes)
        numbers = tuple(n for quote in quotes for n in quote.citations)
        instead = () if proved else tuple(quote for quote in quotes if quote.proved)
        said.append(_Checked(Sentence(shown, proved, numbers), instead))
    return said

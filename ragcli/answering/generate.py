"""Let a model write the answer from the passages, and prove or mark each of its sentences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ragcli.answering import prompt
from ragcli.answering.llm import budget, speed
from ragcli.answering.llm.budget import Budget
from ragcli.answering.llm.generator import Generator, Sampling
from ragcli.answering.llm.writing import Written, finds_nothing, write
from ragcli.answering.proof.checked import Checked, checked, with_quotes
from ragcli.answering.proof.citing import Citer
from ragcli.answering.templates import ENDS, without_steps
from ragcli.clock import Clock
from ragcli.endpoint import BusyServerError, ContextExceededError
from ragcli.errors import UsageError
from ragcli.records import Answer, Hit
from ragcli.settings import Answering

_QUICK = {"sentences": 3, "written": 8}  # to measure a model with while somebody waits


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
    # The sentences that may answer, by passage: for a model that is to read little.
    material: Sequence[tuple[Hit, str]] = ()
    language: str | None = None  # of the question
    whole: Sequence[Hit] = ()  # a document's chunks as they follow each other: given instead of `hits` where they fit
    budget: Budget | None = None


def generated(
    task: Task, citer: Citer, generator: Generator, watcher: Watcher, clock: Clock, dry_run: bool
) -> Answer | None:
    """The task's answer, as the model writes it, and what proves it; None when there is no time for the model to say it.

    Raises: Interrupted on Ctrl-C; ModelError when the model or its server fails.
    """
    try:
        return _generated(task, citer, generator, watcher, clock, dry_run)
    except BusyServerError:
        if task.budget is None:
            raise
        return None  # it would have to be waited for


def _generated(
    task: Task, citer: Citer, generator: Generator, watcher: Watcher, clock: Clock, dry_run: bool
) -> Answer | None:
    empty, settings = task.empty, task.settings
    with clock.step("load"):
        generator.count_tokens("")  # loads the model, so that its time is not the prompt's
    room = budget.Plan(generator.context_length - settings.max_tokens, settings.max_tokens)
    if task.budget is not None and not dry_run:
        with clock.step("plan"):
            affordable = _affordable(task.budget, generator, room)
        if affordable is None:
            return None
        room = affordable
    try:
        with clock.step("prompt"):
            asked = _prompt(task, generator, room.prompt)
    except prompt.DoesNotFitError:
        if task.budget is None:
            raise
        return None
    sampling = Sampling(
        room.completion, settings.temperature, settings.top_k, settings.top_p, settings.seed,
        None if task.budget is None else task.budget.left(), _grammar(settings.grammar),
    )  # fmt: skip
    if dry_run:
        text = generator.as_sent(asked.messages, sampling)
        return replace(empty, found=True, hits=asked.hits, warnings=asked.warnings, model=generator.name, prompt=text)
    asked, written = _written(task, asked, sampling, generator, watcher, clock, room.prompt)
    text = without_steps(written.text, settings.template)
    text = "" if finds_nothing(text) else text
    if written.ending == "late" and not text:
        return None
    counted = {"prompt_tokens": asked.tokens, "completion_tokens": generator.count_tokens(text)}
    usage = {**counted, **generator.usage}
    is_full = usage["completion_tokens"] >= room.completion
    with clock.step("prove"):
        said = checked(text, empty.question, task.language, asked.hits, citer)
    sentences = with_quotes(said) if settings.strict else [one.sentence for one in said]
    why = _cut_short(written, is_full, generator.cut_off, room, settings)
    if said or written.ending != "interrupted":
        why += _unproved(said, settings, written.text)
    finished = replace(
        empty,
        found=bool(sentences),
        hits=asked.hits if task.whole else tuple(task.hits),
        sentences=tuple(sentences),
        citations=citer.citations,
        warnings=(*asked.warnings, *why),
        model=generator.name,
        usage=usage,
        seconds=dict(clock.seconds),
        prompt=generator.as_sent(asked.messages, sampling),
        complete=written.ending != "interrupted" and generator.cut_off is None,
    )
    if written.ending == "interrupted":
        raise Interrupted(finished)
    return finished


def _written(
    task: Task,
    asked: prompt.Prompt,
    sampling: Sampling,
    generator: Generator,
    watcher: Watcher,
    clock: Clock,
    room: int,
) -> tuple[prompt.Prompt, Written]:
    """What the model wrote, and the prompt that it answers: a service that finds it too long is asked again, with less.

    Our count of a service's tokens is an estimate, and its context may be shorter than it is configured: the weaker half of
    the passages then makes room, until one is left.
    """
    first = asked
    while True:
        watcher.on_prompt(asked, generator)
        try:
            ends = ENDS.get(task.settings.template, ())
            return asked, write(asked.messages, sampling, generator, watcher.on_text, clock, ends)
        except ContextExceededError:
            if len(asked.hits) == 1:
                raise
        fewer = sorted(asked.hits, key=lambda hit: hit.rank)[: len(asked.hits) // 2]
        if len(task.hits) < len(asked.hits):  # it was a whole document
            fewer = list(task.hits)
        asked = _prompt(replace(task, hits=fewer, whole=()), generator, room)
        given = f"the weakest passages were left out, {len(asked.hits)} of {len(first.hits)} given"
        too_long = f"{given}: the prompt was longer than the service's model can read"
        asked = replace(asked, warnings=(*first.warnings, too_long))


def _cut_short(
    written: Written, is_full: bool, cut_off: str | None, room: budget.Plan, settings: Answering
) -> tuple[str, ...]:
    """Why the answer ends where it does, when the model was not done."""
    if written.ending == "interrupted":
        return ("interrupted: the answer is not whole",)
    if written.ending == "looping":
        return ("the model began to repeat itself: the answer ends there",)
    if written.ending == "late" or (is_full and room.completion < settings.max_tokens):
        return (f"the answer was cut off, to end within {settings.budget:g} s (--budget)",)
    if is_full:
        return (f"the answer was cut off at {settings.max_tokens} tokens (--max-tokens)",)
    return (cut_off,) if cut_off else ()


def _unproved(said: Sequence[Checked], settings: Answering, written: str) -> tuple[str, ...]:
    """How much of the answer is not proved."""
    if not said:
        return ("the model found no answer in the passages" if finds_nothing(written) else "the model wrote no answer",)
    unproved = sum(not one.sentence.proved for one in said)
    if not unproved:
        return ()
    quoted = ""
    if any(one.quotes for one in said):
        quoted = ": quotes stand in their place" if settings.strict else ": the quotes are what the documents say"
    return (f"{unproved} of {len(said)} sentences could not be proved{quoted}",)


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
        return _from_passages(task, generator, partial(build, order=settings.order))
    # Counted before it is rendered: to drop one chunk after the other from a book would take minutes.
    if sum(generator.count_tokens(hit.text) for hit in task.whole) <= room:
        whole = build(hits=task.whole, order="document")
        if len(whole.hits) == len(task.whole):
            return whole
    passages = build(hits=task.hits, order=settings.order)
    too_long = f"{task.whole[0].path} does not fit whole into {room:,} tokens: its best passages were given"
    return replace(passages, warnings=(too_long, *passages.warnings))


def _from_passages(task: Task, generator: Generator, build: "partial[prompt.Prompt]") -> prompt.Prompt:
    """The prompt with the passages; with their sentences alone for a model that reads no more, or that has no time to."""
    hits, told = [hit for hit, _ in task.material], {hit.chunk_id: text for hit, text in task.material}
    if task.material and task.settings.k is None and prompt.reads_sentences(generator.parameters):
        return build(hits=hits, told=told)
    try:
        passages = build(hits=task.hits)
    except prompt.DoesNotFitError:
        if task.budget is None or not task.material:
            raise
    else:
        if task.budget is None or not task.material or len(passages.hits) == len(task.hits):
            return passages
    sentences = build(hits=hits, told=told)
    why = "the passages can't be read in time: their sentences that may answer were given"
    return replace(sentences, warnings=(why, *sentences.warnings))


def _grammar(file: str | None) -> str | None:
    if file is None:
        return None
    try:
        return Path(file).expanduser().read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"answering.grammar: {file} can't be read ({why})", "name a GBNF file") from None

"""Answer a question from the passages found: by quotes, or in a model's words; each sentence proved or not."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from ragcli.answering import prompt
from ragcli.answering.citing import Citer, PageBlocks
from ragcli.answering.generator import Generator, Sampling
from ragcli.answering.quotes import Candidate, Ranking, rank
from ragcli.answering.refusal import ShareOfChunks, chance_of_an_answer
from ragcli.answering.sources import sources
from ragcli.answering.verify import Verifier
from ragcli.answering.visible import printable
from ragcli.chunking.sentences import split
from ragcli.embedding.protocol import Embedder
from ragcli.errors import ModelError
from ragcli.records import Answer, Hit, Sentence, Style
from ragcli.settings import Answering

NEAREST = 3  # passages that a refusal names
_SPARE = 3  # candidates per wanted quote, should one not stand on its page
_WEAK = 0.5  # share of a sentence's words in a source, below which the source is no support worth naming


class Interrupted(KeyboardInterrupt):
    """Ctrl-C during generation; `answer` holds what there was, verified."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


@dataclass
class _Clock:
    """Seconds of each step, for `Answer.seconds`."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


def answer(
    question: str,
    hits: Sequence[Hit],
    *,
    page_blocks: PageBlocks,
    embedder: Embedder,
    settings: Answering,
    generator: Generator | None = None,
    on_text: Callable[[str], None] | None = None,
    language: str | None = None,
    share_of_chunks: ShareOfChunks | None = None,
) -> Answer:
    """Answer `question` from the best of `hits`.

    Args:
        hits: best first; the first `settings.k` are looked into.
        page_blocks: gives the text that quotes are matched on.
        embedder: the model of the collection.
        generator: for style generate, and for auto when it has `settings.able_parameters`; None: quotes only.
        on_text: gets the generated text in pieces as it comes, unverified.
        language: of the question; None: it is detected.
        share_of_chunks: what the collection knows of the question's terms; with it a refusal errs less.
    Returns: `found` is False when the documents hold no answer; the warnings then name the nearest passages.
    Raises: ModelError when style generate has no usable generator; Interrupted on Ctrl-C while generating.
    """
    clock = _Clock()
    hits = tuple(hits[: settings.k])
    style = _style(settings, generator)
    empty = Answer(question, style, found=False, hits=hits)
    if not hits:
        return replace(empty, warnings=("not found: no passage of your documents matches the question",))
    with clock.step("choose"):
        language = language or _language(question, hits)
        ranking = rank(question, hits, embedder, language)
        chance = chance_of_an_answer(question, language, hits, ranking, embedder, share_of_chunks)
    if chance < settings.refuse_below:
        return replace(empty, warnings=_refusal(ranking, hits), seconds=dict(clock.seconds))
    citer = Citer(hits, page_blocks)
    if style == "quotes" or generator is None:
        with clock.step("prove"):
            return replace(_by_quotes(empty, ranking, citer, settings.sentences), seconds=clock.seconds)
    return _generated(empty, citer, settings, generator, on_text, language, clock)


def only_proved(made: Answer) -> Answer:
    """The answer without the sentences that could not be proved, and without the citations that only they had."""
    sentences = tuple(sentence for sentence in made.sentences if sentence.proved)
    used = {n for sentence in sentences for n in sentence.citations}
    return replace(made, sentences=sentences, citations=tuple(one for one in made.citations if one.n in used))


def _style(settings: Answering, generator: Generator | None) -> Style:
    if settings.style == "generate":
        if generator is None:
            raise ModelError("style generate needs a language model", "set answering.model, or use --style quotes")
        return "generate"
    is_able = generator is not None and generator.parameters >= settings.able_parameters
    return "generate" if settings.style == "auto" and is_able else "quotes"


def _language(question: str, hits: Sequence[Hit]) -> str | None:
    from ragcli.reading.language import detect

    # Few candidates: then a few words are enough.
    return detect(question, among=sorted({hit.language for hit in hits if hit.language} | {"en", "fr"}))


def _refusal(ranking: Ranking, hits: Sequence[Hit]) -> tuple[str, ...]:
    nearest: list[Candidate] = []
    for candidate in ranking.candidates:
        if len(nearest) < NEAREST and candidate.source.hit not in {known.source.hit for known in nearest}:
            nearest.append(candidate)
    lines = [f"near: {_where(hits[one.source.hit])}: {_short(one.source.unit.readable)}" for one in nearest]
    return ("not found: the documents do not seem to answer this", *lines)


def _where(hit: Hit) -> str:
    if hit.page is not None:
        return f"{hit.path} p.{hit.page}"
    return f"{hit.path} ({hit.place})" if hit.place else hit.path


def _short(text: str, most: int = 160) -> str:
    text = printable(text)
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + " …"


def _by_quotes(empty: Answer, ranking: Ranking, citer: Citer, count: int) -> Answer:
    said: list[Sentence] = []
    for candidate in ranking.best(count * _SPARE):
        unit = candidate.source.unit
        if len(said) == count:
            break
        citation = citer.cite(empty.hits[candidate.source.hit], unit.text, keep_unmatched=False)
        if citation is not None:
            said.append(Sentence(printable(unit.readable), proved=True, citations=(citation.n,)))
    if not said:
        warning = "the passages found could not be matched on their pages; check the index with: rag index --verify"
        return replace(empty, warnings=(warning,))
    return replace(empty, found=True, sentences=tuple(said), citations=citer.citations)


def _generated(
    empty: Answer,
    citer: Citer,
    settings: Answering,
    generator: Generator,
    on_text: Callable[[str], None] | None,
    language: str | None,
    clock: _Clock,
) -> Answer:
    with clock.step("load"):
        generator.count_tokens("")  # loads the model, so that its time is not the prompt's
    with clock.step("prompt"):
        asked = prompt.build(
            empty.question,
            empty.hits,
            generator,
            max_tokens=settings.max_tokens,
            order=settings.order,
            language=language,
        )
        sampling = Sampling(settings.max_tokens, settings.temperature, settings.top_k, settings.top_p, settings.seed)
    pieces: list[str] = []
    interrupted = False
    try:
        start = time.perf_counter()
        for piece in generator.stream(asked.messages, sampling):
            if not pieces:
                clock.seconds["first_text"] = time.perf_counter() - start
            pieces.append(piece)
            if on_text is not None:
                on_text(piece)
    except KeyboardInterrupt:
        interrupted = True
    clock.seconds["generate"] = time.perf_counter() - start
    text = "".join(pieces).strip()
    usage = {"prompt_tokens": asked.tokens, "completion_tokens": generator.count_tokens(text)}
    with clock.step("prove"):
        sentences = _verified(text, asked.hits, citer, language)
    warnings = asked.warnings
    if interrupted:
        warnings += ("interrupted: the answer is not whole",)
    elif usage["completion_tokens"] >= settings.max_tokens:
        warnings += (f"the answer was cut off at {settings.max_tokens} tokens (--max-tokens)",)
    if not sentences:
        warnings += ("the model wrote nothing",)
    unproved = sum(not sentence.proved for sentence in sentences)
    if unproved:
        warnings += (f"{unproved} of {len(sentences)} sentences could not be proved",)
    finished = replace(
        empty,
        found=bool(sentences),
        sentences=tuple(sentences),
        citations=citer.citations,
        warnings=warnings,
        model=generator.name,
        usage=usage,
        seconds=dict(clock.seconds),
    )
    if interrupted:
        raise Interrupted(finished)
    return finished


def _verified(text: str, hits: Sequence[Hit], citer: Citer, language: str | None) -> list[Sentence]:
    """The sentences of a generated text, each with the quotes that support it best."""
    verifier = Verifier(sources(hits))
    said: list[Sentence] = []
    for unit in split(text, language):
        support = verifier.support(unit.text)
        named = support.sources if support.proved or support.coverage >= _WEAK else ()
        cited = [citer.cite(hits[source.hit], source.unit.text) for source in named]
        citations = [citation for citation in cited if citation is not None]
        matched = bool(citations) and all(citation.match in ("exact", "repaired") for citation in citations)
        said.append(
            Sentence(
                printable(unit.text),
                proved=support.proved and matched,
                citations=tuple(citation.n for citation in citations),
            )
        )
    return said

"""Answer a question from the passages found: by quotes, or in a model's words; each sentence proved or not."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ragcli.answering.compound import leading, several
from ragcli.answering.followup import is_followup
from ragcli.answering.generate import Interrupted, Task, Watcher, generated
from ragcli.answering.llm.budget import Budget
from ragcli.answering.llm.generator import Generator, is_able
from ragcli.answering.llm.visible import printable
from ragcli.answering.material import material
from ragcli.answering.prompt import passages_for
from ragcli.answering.proof.citing import Citer
from ragcli.answering.quoting.antecedent import with_antecedent
from ragcli.answering.quoting.candidates import Candidate, Ranking, overlap
from ragcli.answering.quoting.kinds import counted, is_told
from ragcli.answering.quoting.openings import told_at_the_beginning
from ragcli.answering.quoting.quotes import MOST_ROWS, rank
from ragcli.answering.quoting.retraction import with_retraction
from ragcli.answering.quoting.wanted import Wanted
from ragcli.answering.refusing.headings import by_headings
from ragcli.answering.refusing.neighbours import is_told_of_another
from ragcli.answering.refusing.refusal import chance_of_an_answer
from ragcli.answering.sources import PageBlocks, Source
from ragcli.answering.wording.terms import terms, terms_in
from ragcli.clock import Clock
from ragcli.embedding.protocol import Embedder
from ragcli.errors import ModelError
from ragcli.records import Answer, Hit, Sentence, place_name
from ragcli.retrieval.lexical import ShareOfChunks
from ragcli.retrieval.naming.absent import is_refused
from ragcli.retrieval.naming.codes import codes, is_coded
from ragcli.retrieval.naming.latest import dated, without_latest
from ragcli.retrieval.passages import goes_on
from ragcli.retrieval.question.courtesy import told_and_asked
from ragcli.retrieval.question.definitions import defined
from ragcli.retrieval.question.instructions import without_instructions
from ragcli.retrieval.question.syntax import entitles, is_named, numbered_parts
from ragcli.retrieval.rows.extremes import extreme_of
from ragcli.retrieval.rows.selections import asks_how_many
from ragcli.settings import Answering
from ragcli.storage.terms import content_terms

__all__ = ["Interrupted", "Watcher", "answer", "only_proved"]

LOOKED_INTO = 5  # passages; what refusing was fitted on
SEARCHED = 2  # times as many passages as are looked into, since some may not be heard
NEAREST = 3  # passages that a refusal names
_FISCAL = re.compile(r"\s?\bFY[ '’]?((?:19|20)\d\d)(?!\d)")
# Terms of what is told before it is asked: of `I am new here`, not of `I was dismissed while ill`, on which it turns.
_FEW_TOLD = 3
_SPARE = 3  # candidates per wanted quote, should one not stand on its page
# Sentences for a model that is to read little: of 14 training questions of SQuAD one of 1.5 billion parameters had 8 right from
# four and from three, 6 from six.
_GIVEN = 4


@dataclass(frozen=True, slots=True)
class Judged:
    """The sentences of some passages as answers to a question, and the probability that one of them is."""

    ranking: Ranking
    chance: float
    part: str | None = None  # what asks of it, or the first of several questions, where that alone was judged


def answer(
    question: str,
    hits: Sequence[Hit],
    *,
    page_blocks: PageBlocks,
    embedder: Embedder,
    share_of_chunks: ShareOfChunks,
    settings: Answering,
    generator: Generator | None = None,
    watcher: Watcher | None = None,
    dry_run: bool = False,
    whole: Sequence[Hit] = (),
    budget: Budget | None = None,
    nowhere: Sequence[str] = (),
    opening: Sequence[Hit] = (),
) -> Answer:
    """Answer `question` from the best of `hits`.

    Args:
        hits: best first; of those that are `heard` the first `settings.k` or LOOKED_INTO, what the best go on in, and all
            parts of a table whose rows answer together, decide whether there is an answer and are quoted; a model gets
            `settings.k` or as many as `prompt.passages_for` its size.
        page_blocks: gives the text that quotes are matched on.
        embedder: the model of the collection.
        share_of_chunks: what the collection knows of the question's terms.
        generator: for style generate, and for auto when it has `settings.able_parameters`; None: quotes only.
        watcher: is told of the prompt before a model gets it, and of the generated text as it comes, unverified.
        dry_run: stop before a model is asked; `Answer.prompt` then holds what it would have been given.
        whole: the chunks of a document, for a model to be given from end to end. Then nothing is refused beforehand: a
            question about a document as a whole need not be like any sentence of it.
        budget: when the answer must be there; quotes answer where a model would come too late.
        nowhere: the numbered parts and codes of the question that no document has, by `absent.named_nowhere`.
        opening: the first passages of a document of which its beginning tells what is asked, by `openings.opened`.
    Returns: `found` is False when the documents hold no answer; the warnings then name the nearest passages.
    Raises: ModelError when style generate has no usable generator; Interrupted on Ctrl-C while generating.
    """
    clock, found, looked_into = Clock(), heard(hits), settings.k or LOOKED_INTO
    more = (hit for hit in found[looked_into:] if hit.together or (not settings.k and goes_on(found, hit)))
    hits = (*found[:looked_into], *more)
    writer = _writer(settings, generator)
    empty = Answer(question, "quotes" if writer is None else "generate", found=False, hits=hits)
    if not hits:
        return replace(empty, warnings=("not found: no passage of your documents matches the question",))
    if writer is None and not dry_run:
        told, most = told_at_the_beginning(question, opening, settings.sentences)
        if told:
            quoted = _by_quotes(replace(empty, hits=tuple(opening)), told, Citer(opening, page_blocks), most)
            return replace(quoted, seconds=clock.seconds)
    with clock.step("choose"):
        seen = judged(question, hits, embedder, share_of_chunks, page_blocks, nowhere, settings.refuse_below)
    is_likely = seen.chance >= settings.refuse_below
    if not is_likely and (writer is None or not whole):
        return replace(empty, warnings=_refusal(seen.ranking, nowhere), seconds=dict(clock.seconds))
    if dry_run and writer is None:
        return replace(empty, found=True)
    with clock.step("choose"):
        language = seen.ranking.wanted.language
        best, most = _chosen(
            question,
            seen,
            settings.sentences,
            lambda one: rank(one, hits, embedder, language, page_blocks, share_of_chunks),
        )
    silent: tuple[str, ...] = ()
    if writer is not None:
        given = found[: settings.k or passages_for(writer.parameters)]
        sentences = material(best[: max(_GIVEN, most)], seen.ranking.sources, hits)
        task = Task(empty, given, settings, sentences, language, whole, budget)
        citer = Citer([*whole, *given, *hits], page_blocks)
        made = generated(task, citer, writer, watcher or Watcher(), clock, dry_run)
        if made is not None and made.found:
            return replace(made, warnings=(*made.warnings, *_of_rows(seen.ranking.wanted)))
        # Nothing said is not "not found": the passages may hold the answer that the model had no words for.
        if made is None:
            silent = (f"{writer.name} can't answer within {settings.budget:g} s here",)
        else:
            silent = made.warnings
        if not is_likely:
            why = (*_refusal(seen.ranking, nowhere), *silent)
            return replace(empty, warnings=why, seconds=dict(clock.seconds), complete=False)
    with clock.step("prove"):
        quoting = replace(empty, style="quotes")
        quoted = _by_quotes(quoting, best, Citer(hits, page_blocks), most, seen.ranking.sources)
    reads_too_little = bool(whole) and settings.whole is True and writer is None
    notes = (*_of_rows(seen.ranking.wanted), *_notes(seen.part, nowhere, silent, reads_too_little))
    return replace(quoted, warnings=(*quoted.warnings, *notes), seconds=clock.seconds, complete=writer is None)


def _of_rows(wanted: Wanted) -> Iterator[str]:
    """What no row says, but all of those that are such: how many they are, a sum."""
    of_rows = wanted.of_rows
    count = len(of_rows.places)
    if of_rows.is_selection and (asks_how_many(wanted.question) or count > MOST_ROWS):
        yield f"counted: {count} rows of that table" + (f", {MOST_ROWS} of them quoted" if count > MOST_ROWS else "")
    if of_rows.computed:
        yield f"computed: {of_rows.computed}"


def _notes(part: str | None, nowhere: Sequence[str], silent: Sequence[str], reads_too_little: bool) -> Iterator[str]:
    """What quotes do not say.

    Args:
        part: of the question, that they answer.
        silent: why a model did not write instead.
        reads_too_little: no model is there to read the whole document, as it was to.
    """
    if part:
        yield f"this answers a part of the question: {part}"
    if nowhere:
        yield _unnamed(nowhere)
    if silent:
        yield from (*silent[:-1], f"{silent[-1]}; these are quotes")
    if reads_too_little:
        yield "no model reads the whole document: quotes are chosen from the best passages"


def judged(
    question: str,
    hits: Sequence[Hit],
    embedder: Embedder,
    share_of_chunks: ShareOfChunks,
    page_blocks: PageBlocks,
    nowhere: Sequence[str],
    enough: float = 1.0,
) -> Judged:
    """What passages have for a question, by its own words: a model alone heeds `Answer in one sentence.`

    Nothing, where all that it asks for by number or code is nowhere; what is nowhere beside others is not asked for.

    Args:
        page_blocks: gives what stands on a page above a row of figures whose passage begins below it.
        nowhere: by `absent.named_nowhere`.
        enough: a chance below which what asks is judged alone, and the first of several questions, if likelier answered.
    """
    judge = partial(
        _judged, hits=hits, embedder=embedder, share_of_chunks=share_of_chunks, page_blocks=page_blocks, nowhere=nowhere
    )
    asked = without_instructions(_of_named(question, hits))
    seen = judge(asked)
    if seen.ranking.candidates and is_told_of_another(question, seen.ranking):
        return replace(seen, chance=0.0)
    if seen.chance < enough:
        language = seen.ranking.wanted.language
        told, alone = told_and_asked(asked)
        turns_on_it = len(terms(told, language)) > _FEW_TOLD or is_followup(alone, language)
        alone = "" if turns_on_it or not told else alone
        for part in filter(None, dict.fromkeys((alone, leading(alone or asked)))):
            of_part = judge(part)
            if of_part.chance > seen.chance:
                seen = replace(of_part, part=part)
    return seen


def _judged(
    asked: str,
    hits: Sequence[Hit],
    embedder: Embedder,
    share_of_chunks: ShareOfChunks,
    page_blocks: PageBlocks,
    nowhere: Sequence[str],
) -> Judged:
    sought = _as_written(asked, hits)
    if any(dated(hit.path) for hit in hits):  # they are of the latest: no sentence need say so
        sought = without_latest(sought)
    is_lost = is_refused(sought, nowhere)
    for name in () if is_lost else nowhere:
        sought = sought.replace(name, " ")
    ranking = rank(sought, hits, embedder, _asked_language(sought, hits), page_blocks, share_of_chunks)
    if is_lost:
        return Judged(ranking, 0.0)
    if ranking.candidates and (ranking.wanted.of_rows.is_selection or _has_what_it_says(ranking.wanted, hits)):
        return Judged(ranking, 1.0)
    by_own = by_headings(ranking)
    if by_own is None:
        return Judged(ranking, 0.0)
    ranking = by_own
    return Judged(ranking, chance_of_an_answer(ranking, embedder, share_of_chunks))


def _chosen(question: str, seen: Judged, sentences: int, of_part: Callable[[str], Ranking]) -> tuple[list[Source], int]:
    """What may be quoted, and how much of it: the rows that are such, or the best, and of several questions in one that of each.

    Args:
        sentences: to quote, where no rows answer together.
        of_part: ranks the same passages for one of several questions.
    """
    rows = seen.ranking.rows_alike()
    chosen = rows if len(rows) > sentences else seen.ranking.best(sentences * _SPARE)
    if not seen.part:
        asked = several(without_instructions(_of_named(question, seen.ranking.hits)))[: sentences * _SPARE]
        chosen = _of_each(chosen, list(map(of_part, asked)))
    return [one.source for one in chosen], max(sentences, len(rows))


def _of_each(chosen: Sequence[Candidate], rankings: Sequence[Ranking]) -> list[Candidate]:
    """What is chosen, with the best for each of several questions in one first: no sentence is like all of them."""
    first: list[Candidate] = []
    for ranking in rankings:
        for one in ranking.best(1):
            if not any(overlap(one.source, other.source) for other in first):
                first.append(one)
    return [*first, *(one for one in chosen if not any(overlap(one.source, other.source) for other in first))]


def heard(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The passages that may answer: those of the documents that the question names, where it names some.

    Another company's report has a row `Gross margin`, too, and so has the one of the year before.
    """
    of_named = [hit for hit in hits if hit.rest] or hits
    return tuple(hit for hit in of_named if not hit.aside) or tuple(of_named)


def _of_named(question: str, hits: Sequence[Hit]) -> str:
    """What is asked of the documents that the question names: none of their sentences need repeat the names.

    A code stays: it tells what is compared, and which parts of a passage speak of it. So does what is counted, or to be
    explained: the `GPUs` in the abstract of a paper do not name it. Nor do the values of rows that are asked for.
    """
    if any(hit.together for hit in hits) and extreme_of(question) is None:
        return question
    rest = next((hit.rest for hit in hits if hit.rest and not codes(question)), None)
    if rest is None:
        return question
    asked_for = " ".join((*counted(question)[:1], defined(question) or ""))
    return question if {*content_terms(asked_for, None)} - {*content_terms(rest, None)} else rest


def _has_what_it_says(wanted: Wanted, hits: Sequence[Hit]) -> bool:
    """Whether a question wants to know what a part says, `article 12`, and a passage has it, with what else is asked for.

    Its number is no word that a sentence of it would share with the question.
    """
    numbered, rest = numbered_parts(wanted.question), wanted.question
    if not numbered or not is_told(rest):
        return False
    for name in (*numbered, *wanted.codes):
        rest = rest.replace(name, " ")
    others = terms(rest, wanted.language)  # one of them is the verb

    def has_it(hit: Hit) -> bool:
        text = f"{hit.file_stem} {hit.titled_text}"
        is_it = any(is_named(part, text) or any(entitles(part, head) for head in hit.section) for part in numbered)
        is_of_it = all(is_coded(one, text) for one in wanted.codes)
        return is_it and is_of_it and len(others - terms_in(text, hit.language, wanted.language)) <= 1

    return any(map(has_it, hits))


def _as_written(question: str, hits: Sequence[Hit]) -> str:
    """The question with 2019 for an FY2019 that no passage has: reports head their columns by the year."""
    return _FISCAL.sub(lambda one: one[0] if any(one[0] in hit.text for hit in hits) else f" {one[1]}", question)


def only_proved(made: Answer) -> Answer:
    """The answer without the sentences that could not be proved, and without the citations that only they had."""
    sentences = tuple(sentence for sentence in made.sentences if sentence.proved)
    used = {n for sentence in sentences for n in sentence.citations}
    return replace(made, sentences=sentences, citations=tuple(one for one in made.citations if one.n in used))


def _writer(settings: Answering, generator: Generator | None) -> Generator | None:
    """The model that is to write; None where quotes answer."""
    if settings.style == "generate" and generator is None:
        raise ModelError("style generate needs a language model", "set answering.model, or use --style quotes")
    is_wanted = settings.style == "generate" or (
        settings.style == "auto" and generator is not None and is_able(generator, settings.able_parameters)
    )
    return generator if is_wanted else None


def _asked_language(question: str, hits: Sequence[Hit]) -> str | None:
    """The language of a question, among those of its passages."""
    from ragcli.reading.language import language_of_question

    return language_of_question(question, sorted({hit.language for hit in hits if hit.language}))


def _refusal(ranking: Ranking, nowhere: Sequence[str]) -> tuple[str, ...]:
    nearest: list[Candidate] = []
    for candidate in ranking.candidates:
        if len(nearest) < NEAREST and candidate.source.hit not in {known.source.hit for known in nearest}:
            nearest.append(candidate)
    places = [ranking.hits[one.source.hit] for one in nearest]
    lines = [
        f"near: {place_name(hit.path, hit.page, hit.place)}: {_short(one.source.readable)}"
        for hit, one in zip(places, nearest, strict=True)
    ]
    why = _unnamed(nowhere) if nowhere else "the documents do not seem to answer this"
    return (f"not found: {why}", *lines)


def _unnamed(nowhere: Sequence[str]) -> str:
    return f"nothing in the documents names {', or '.join(nowhere)}"


def _short(text: str, most: int = 160) -> str:
    text = printable(text)
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + " …"


def _by_quotes(
    empty: Answer, best: Sequence[Source], citer: Citer, count: int, everything: Sequence[Source] = ()
) -> Answer:
    """The best, one by one, as many as there is room for: one that is quoted with a sentence before it takes that of two.

    Args:
        everything: the sentences around the best, of which one may say what a pronoun stands for.
    """
    said: list[Sentence] = []
    quoted: list[Source] = []
    left = count
    for source in best:
        if left < 1:
            break
        told = with_antecedent(source, everything)
        # The longest of these that stands on its page, which may end within it.
        for whole in dict.fromkeys((with_retraction(told, everything), told, source)):
            if any(overlap(whole, one) for one in quoted):  # the one before is quoted already
                continue
            citation = citer.cite(empty.hits[whole.hit], whole.unit.text, keep_unmatched=False)
            if citation is not None:
                said.append(Sentence(printable(whole.readable), proved=True, citations=(citation.n,)))
                quoted.append(whole)
                left -= 1 if whole.unit.start == source.unit.start else 2
                break
    if not said:
        warning = "the passages found could not be matched on their pages; check the index with: rag index --verify"
        return replace(empty, warnings=(warning,))
    return replace(empty, found=True, sentences=tuple(said), citations=citer.citations)

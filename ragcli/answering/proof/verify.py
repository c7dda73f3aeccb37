"""Is a generated sentence proved by a sentence of the sources?

It is when it has all words that carry meaning of that sentence, or of two that follow each other, in the same order, and the
same marks between them (see `phrase`). Only what says nothing may be left out: an acronym behind its words, and "however".
Paraphrases are not proved, true or not, nor is a part of a sentence. That is the price of never proving a changed
number, a lost "not" or two swapped names.

On cuts that a writer might make, rules for what may be left out failed one by one: a place ("In Australia, the product was
withdrawn"), a date ("In 1851, the town has 900 houses"), a purpose or person ("They arranged for Israel to pull back"), a bracket
("The museum is open daily (closed on Mondays)"), the rest of an enumeration ("Its colours are red and white"), "also"
("Students also enrolled in Lund are admitted"), a relative clause that seems to end where a list goes on ("directed by
Davison, who stars with the actors McCoy, Baker and McGann") or without which more is said ("one of three magazines, namely A
and B, which have survived"). And models that paraphrase hardly cut.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby, pairwise

from ragcli.answering.proof import match
from ragcli.answering.proof.anaphora import answers, names_its_text, points_back
from ragcli.answering.proof.leaning import headings_above, is_denied, is_second_half, leans_on, note_mark
from ragcli.answering.proof.phrase import CHOICES, COORDINATORS, Phrase, phrase, same_mark, same_word
from ragcli.answering.sources import Source
from ragcli.answering.wording.listed import disagree, joined, marks
from ragcli.answering.wording.normalise import normalise
from ragcli.answering.wording.terms import coverage, terms
from ragcli.answering.wording.words import LINKS, SMALL
from ragcli.chunking.sentences import list_mark, split
from ragcli.letters import ASKING
from ragcli.storage.terms import unaccented

_NEW = 2.0  # what a term weighs that a claim adds to its question, whose own terms stand in texts that don't answer it, too
_MOST = 0.5
_MOST_LISTED = 6  # rows or list items, none of which says enough of a claim by itself
_TWO = 0.2  # more of a claim than one sentence must two hold to be named
_SHORTEST_ACRONYM = 2
# "Brenning and Maulde [1] lost", "as others found [3, 7]." What a preposition governs is said: "in [1, 2]", "see [1]".
_REFERENCE = re.compile(
    r"(\b(?!(?:in|of|by|from|to|and|or|with|on|at|for|as|see|than|between|range|interval"
    r"|articles?|sections?|rules?|steps?|equations?|figures?|tables?|clauses?|chapters?|items?|notes?|levels?|classe?s?"
    r"|règles?|étapes?|équations?|tableaux?|chapitres?|artikel|regel|schritt|gleichung|tabelle|artículos?|pasos?|articol[oi]"
    r"|voir|dans|de|par|et|ou|sur|siehe|von|bis|und)\b)"
    r"[^\W\d_]{2,}[.,;:)\"”»]?)[^\S\n]?\[[1-9]\d{0,2}(?:[^\S\n]?[,;–-][^\S\n]?[1-9]\d{0,2}){0,7}\](?![\w(=])",
    re.IGNORECASE,
)
# Where marks make letters, and no accents: "fordern" is not "fördern", and nobody writes it so for want of a key.
_LETTERS = frozenset(("de", "sv", "da", "no", "nb", "nn", "fi", "et", "hu", "tr"))
_FIRST = re.compile(r"\W*\w+")
_FEWEST = 2  # words that a claim has beside its articles; where no space parts them a whole sentence looks like one


@dataclass(frozen=True, slots=True)
class Support:
    """The sentence, or two adjacent ones, that speak for a claim best, and whether they prove it."""

    sources: tuple[Source, ...]
    proved: bool
    coverage: float  # share of what the claim says that is found in the sources, 0 to 1


@dataclass(frozen=True, slots=True)
class _Window:
    """One source sentence or two adjacent ones."""

    sources: tuple[Source, ...]
    there: Phrase
    questions: int  # in it
    mark: str  # of a list, that was taken from it
    is_bare: bool  # of accents, as is all of the passage: else it is a sentence that needs none
    headings: frozenset[str]  # that it stands below
    asked: str  # with the question that it answers, where it begins with yes or no
    before: frozenset[str] | None  # the sentences that it may speak of, where it begins with "it"


class Verifier:
    """The sentences of the sources, made ready for many claims."""

    def __init__(self, sources: Sequence[Source]) -> None:
        accented = {source.hit for source in sources if not _is_bare(normalise(source.unit.text).text)}
        passages = [list(passage) for _, passage in groupby(sources, key=lambda source: source.hit)]
        leaning = [leans_on([source.unit for source in passage], passage[0].section) for passage in passages]
        told = [one for passage, on in zip(passages, leaning, strict=True) for one in _told(passage, on)]
        before = {key: texts for passage in passages for key, texts in _antecedents(passage)}
        above = {
            (source.hit, source.ordinal): headings
            for passage in passages
            for source, headings in zip(
                passage, headings_above([source.unit for source in passage], passage[0].section), strict=True
            )
        }
        asked = {
            (source.hit, source.ordinal): f"{question.unit.text} {source.unit.text}"
            for passage in passages
            for question, source in pairwise(passage)
            if answers(source.unit.text)
        }
        self.headings = frozenset().union(*above.values())
        # One sentence before two: a quote should be no longer than needed.
        told += [one for passage, on in zip(passages, leaning, strict=True) for one in _told_by_two(passage, on)]
        self._windows = [
            _Window(
                chosen, phrase(text, chosen[0].language), _questions(text), mark, chosen[0].hit not in accented,
                above[chosen[-1].hit, chosen[-1].ordinal], asked.get((chosen[0].hit, chosen[0].ordinal), ""),
                before.get((chosen[0].hit, chosen[0].ordinal)),
            )
            for chosen, text, mark in told
        ]  # fmt: skip

    def support(
        self,
        claim: str,
        question: str = "",
        language: str | None = None,
        mark: str = "",
        after: Sequence[Source] | None = None,
        below: str = "",
    ) -> Support:
        """The best support for one generated sentence; among equals the first passage, and one sentence before two.

        Args:
            question: that the claim answers.
            language: of both.
            mark: of a list, that was taken from the claim.
            after: what proves the claim before it, of which an "it" must speak; None where it is the first.
            below: the heading that the claim stands below, as `heading_key` has it; what proves it stands below that, too, if
                the pages have it.
        """
        said_before = None if after is None else {source.unit.text for source in after}
        normal = normalise(claim).text
        if match.extent(normal) >= match.SHORTEST:
            is_bare, questions = _is_bare(normal), _questions(claim)
            read = cache(lambda of: phrase(claim, of))  # as the page's language writes numbers
            for window in self._windows:
                if questions != window.questions or disagree(mark, window.mark):
                    continue
                if said_before is not None and window.before is not None and not said_before & window.before:
                    continue
                if question and window.asked and not _answers(window, question, language):
                    continue
                if below in self.headings and below not in window.headings:
                    continue
                if _says(read(window.there.language), window.there, is_bare or window.is_bare):
                    return Support(window.sources, True, 1.0)
        return self._nearest(terms(claim, language), terms(question, language))

    def _nearest(self, claim: frozenset[str], question: frozenset[str]) -> Support:
        """The support for a claim that is not proved: what holds most of its terms, rather with the figures that it adds.

        What holds nothing of that which the claim adds to its question must hold more than half of it, and a figure alone is of
        anything: 6 stations are not said by "6 February".
        """
        weights = {term: 1.0 if term in question else _NEW for term in claim}
        answering = claim - question or claim
        figures = frozenset(filter(_is_figure, answering))
        best = holding = Support((), False, 0.0)
        for window, there in zip(self._windows, self._terms, strict=True):
            found = coverage(weights, there)
            if (found <= _MOST and not there & answering) or all(map(_is_figure, there & claim)):
                continue
            least = _TWO if len(window.sources) > 1 else 0.0
            if found > best.coverage + least:
                best = Support(window.sources, False, found)
            if figures and figures <= there and found > holding.coverage + least:
                holding = Support(window.sources, False, found)
        nearest = holding if holding.coverage > _MOST * best.coverage else best
        return self._listed(weights, answering) or nearest if nearest.coverage < _MOST else nearest

    def _listed(self, weights: Mapping[str, float], answering: frozenset[str]) -> Support | None:
        """The rows or list items of one passage that hold most of a claim together: what it lists.

        Each holds more of what the claim adds to its question than a figure.
        """
        best = None
        for _, passage in groupby(
            zip(self._windows, self._terms, strict=True), key=lambda pair: pair[0].sources[0].hit
        ):
            single = [
                (window.sources[0], there)
                for window, there in passage
                if len(window.sources) == 1 and window.sources[0].unit.kind in ("row", "item")
            ]
            chosen: list[Source] = []
            found: frozenset[str] = frozenset()
            while single and len(chosen) < _MOST_LISTED:
                source, there = max(single, key=lambda pair: coverage(weights, pair[1] - found))
                if all(map(_is_figure, (there & answering) - found)):
                    break
                chosen, found = [*chosen, source], found | there
            if (share := coverage(weights, found)) > max(_MOST, best.coverage if best else 0.0):
                best = Support(tuple(sorted(chosen, key=lambda source: source.ordinal)), False, share)
        return best

    @cached_property
    def _terms(self) -> list[frozenset[str]]:
        """Of each window."""
        return [
            frozenset().union(*(terms(source.unit.readable, source.language) for source in window.sources))
            for window in self._windows
        ]


def _told(passage: Sequence[Source], leaning: Sequence[int | None]) -> Iterator[tuple[tuple[Source, ...], str, str]]:
    """Of each source what may be claimed, with the mark of a list that was taken from it.

    Of a row its cells with their heads and without, of a list item also each sentence; nothing where it leans on another.

    Args:
        leaning: by `leans_on`.
    """
    units = [source.unit for source in passage]
    listed = marks(units, passage[0].language)
    for at, (source, mark, other) in enumerate(zip(passage, listed, leaning, strict=True)):
        if other is not None:
            continue
        text = source.unit.text[len(note_mark(units, at)) :].lstrip()
        plain = text[len(mark) :]
        yield (source,), text, ""
        if (bare := _REFERENCE.sub(r"\1", text)) != text:  # what a model writes is shown without such numbers
            yield (source,), bare, ""
        if source.unit.kind == "row":
            yield (source,), source.unit.readable, ""
        if mark:
            yield (source,), plain, mark
        if source.unit.kind == "item" and not is_denied(text) and len(sentences := split(plain, source.language)) > 1:
            yield (source,), mark + sentences[0].text, ""
            yield from (((source,), unit.text, mark) for unit in sentences)


def _told_by_two(
    passage: Sequence[Source], leaning: Sequence[int | None]
) -> Iterator[tuple[tuple[Source, ...], str, str]]:
    """The same of sentences that follow each other, and of one and that which it leans on."""
    units = [source.unit for source in passage]
    for at, mark in enumerate(marks(units, passage[0].language)):
        other, two = leaning[at], passage[at]
        if other is None and at and leaning[at - 1] is None and two.ordinal == passage[at - 1].ordinal + 1:
            yield (passage[at - 1], two), joined(units[at - 1].text, units[at].text), ""
        elif other is not None and other != at:
            first, second = sorted((other, at))
            line, text = units[first].text, units[second].text
            whole = f"{line}\n{text}" if is_second_half(units[second]) else joined(line, text)
            yield (passage[first], passage[second]), whole, ""
            if mark and second == at:
                yield (passage[first], two), joined(line, text[len(mark) :]), mark


def _antecedents(passage: Sequence[Source]) -> Iterator[tuple[tuple[int, int], frozenset[str]]]:
    """For each sentence that points back those that it may speak of: of "this study" all of its passage.

    Else it is the one before it; and the one before that, where that, too, begins with the same "it".
    """
    texts = [source.unit.text for source in passage]
    plain = [text[len(list_mark(text)) :] for text in texts]
    first = [_FIRST.match(text) for text in plain]
    begun = [found[0].casefold() if found else "" for found in first]
    back = [points_back(text, source.language) for text, source in zip(plain, passage, strict=True)]
    for at, source in enumerate(passage):
        if names_its_text(plain[at], source.language):
            yield (source.hit, source.ordinal), frozenset(texts)
        elif back[at]:
            since = at - 1
            while since > 0 and back[since] and begun[since] == begun[at]:
                since -= 1
            yield (source.hit, source.ordinal), frozenset(texts[max(0, since) : at])


def _answers(window: _Window, question: str, language: str | None) -> bool:
    """Whether a yes or no of the page is to a question that is like this one, as far as one can tell."""
    wanted, written_in = terms(question, language), window.sources[0].language
    if not wanted or language != written_in:
        return True
    return coverage(dict.fromkeys(wanted, 1.0), terms(window.asked, written_in)) >= _MOST


def _is_figure(term: str) -> bool:
    return any(map(str.isdigit, term)) and not any(map(str.isalpha, term))


def _questions(text: str) -> int:
    """What only a mark tells from a statement: "Le billet est remboursable ?"."""
    return len(re.findall(f"[{ASKING}]", text))


def _is_bare(text: str) -> bool:
    """Whether it has no accents."""
    return text.isascii() or unaccented(text) == text


def _says(said: Phrase, there: Phrase, is_bare: bool) -> bool:
    """Whether `said` has all words of `there` and the marks between them, and no others, but those that say nothing.

    Args:
        is_bare: one of both has no accents. Then it loses them, where that is more than the one that tells `jugé` from `juge`.
    """
    if sum(not word.free for word in said.words) < _FEWEST and not any(
        match.SPACELESS.match(word.key) for word in said.words
    ):
        return False
    if there.is_quotation and not said.is_quotation:
        return False
    if there.quoted and len(said.words) == len(there.words) and not said.quoted <= there.quoted:
        return False  # of what is quoted more would be anybody's, or less
    loses_accents = is_bare and there.language not in _LETTERS and max(map(_accented, (said, there))) > 1
    between = list(there.marks)
    at, mark = 0, ""  # what stands in `there` behind the last word that was found
    offers = False  # since the last mark
    for place, word in enumerate(there.words):
        mark += between[place]
        offers = offers and (not mark or word.key in COORDINATORS)
        if at < len(said.words) and same_word(said, at, there, place, loses_accents):
            if not same_mark(said.marks[at], mark, word, offers=offers):
                return False
            at, mark = at + 1, ""
            offers = offers or (word.key in CHOICES and not word.name)
        elif enclosed := _says_nothing(there, place):
            mark = mark.removesuffix(enclosed[0])
            between[place + 1] = between[place + 1].removeprefix(enclosed[1])
        else:
            return False
    return at == len(said.words) and same_mark(said.marks[at], mark + between[-1])


def _accented(one: Phrase) -> int:
    """How many of its words have accents."""
    return sum(not _is_bare(word.key) for word in one.words)


def _says_nothing(there: Phrase, at: int) -> tuple[str, str] | None:
    """The marks around " (UVF)" behind words that begin with these letters, or around "however" between pauses."""
    letters, before, behind = there.words[at].key, there.marks[at], there.marks[at + 1]
    if letters in LINKS:
        return (",", ",") if (at == 0 or before in (",", ".")) and behind == "," else None
    is_acronym = len(letters) >= _SHORTEST_ACRONYM and not there.written[at].islower()  # "(no)" is none
    if not before.endswith("(") or not behind.startswith(")") or not is_acronym:
        return None
    spelt = [word.key for word in there.words[:at] if not word.free]
    initials = ("".join(word[0] for word in some) for some in (spelt, [word for word in spelt if word not in SMALL]))
    return ("(", ")") if any(one.endswith(letters) for one in initials) else None

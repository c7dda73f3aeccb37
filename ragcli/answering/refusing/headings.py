"""What stands below a heading beside the one that the question names: of `JT9`, where `FT8` is asked for.

`The keying rate is 1.736 baud.` does not say of what; its heading does. Headings part a text by things, `Norway` and
`Portugal`, or by what is told of one thing, `Shipping` and `Returns`: those tell nothing of whose their sentences are. Things
are told by their names, or by a word that their headings share: `Rules for trainees`, `Rules for part-time staff`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import cached_property

from ragcli.answering.quoting.candidates import Candidate, Ranking
from ragcli.answering.quoting.titles import OWN_NUMBER, label_of, names_of, paths_above
from ragcli.answering.sources import ENDS
from ragcli.answering.wording.terms import terms, terms_in
from ragcli.answering.wording.words import words
from ragcli.records import Hit
from ragcli.retrieval.question.asking import NOUNS_ARE_CAPITAL
from ragcli.storage.terms import fold

_WORD = re.compile(r"[^\W_]+(?:[-.+][^\W_]+)*")
_CODED = re.compile(r".*\d|.*[^\W\d_A-ZÀ-Þ][A-ZÀ-Þ]")  # `FT8`, `myPump`: a name in any language
# What holds for all of them.
_OF_ALL = re.compile(
    r"\b(?:all|every\w*|each|any|general\w*|common|tou(?:te?s?|s)|chaque|communs?|communes?|généra\w+|alle[nrms]?|jede[nrms]?"
    r"|allgemein\w*|gemeinsam\w*|tod[oa]s?|cada|comunes|general\w*|tutt[eio]|ogni|comuni|generali|gerais)\b",
    re.IGNORECASE,
)
_FRONT, _TAIL = 3, 5  # letters of a compound, before its head and of it


Headings = tuple[str, ...]  # of a section: its document, and the headings from the highest


def by_headings(ranking: Ranking) -> Ranking | None:
    """The ranking with what is told of siblings behind what tells as much; None where nothing does.

    What else is told of them is not quoted beside the best.
    """
    if not ranking.candidates:
        return ranking
    told = _OfSiblings(ranking)
    marked = [replace(one, of_another=True) if told.holds(one) else one for one in ranking.candidates]
    best = marked[0]
    told_apart = replace(ranking, candidates=tuple(marked))
    if not best.of_another or ranking.candidates[0].of_another:
        return told_apart
    first = next((at for at, one in enumerate(marked) if not one.of_another and one.coverage >= best.coverage), None)
    if first is None:
        return None
    return told_apart.ordered([first, *(at for at in range(len(marked)) if at != first)])


class _OfSiblings:
    """Tells which candidates stand below a heading beside the one that is asked for, and name it nowhere there."""

    def __init__(self, ranking: Ranking) -> None:
        self.ranking = ranking
        self.question, self.language = ranking.wanted.question, ranking.wanted.language
        self.asked = terms(self.question, self.language)
        sources, hits = ranking.sources, ranking.hits
        self.sections = {
            (one.hit, one.ordinal): (*_document(hits[one.hit]), *path[path[:1] == (hits[one.hit].title,) :])
            for one, path in zip(sources, paths_above(sources, hits), strict=True)
        }
        self.beside: defaultdict[Headings, dict[str, None]] = defaultdict(dict)  # in their order
        for path in self.sections.values():
            for at, heading in enumerate(path):
                self.beside[path[:at]][heading] = None
        self.texts: defaultdict[Headings, list[str]] = defaultdict(list)
        for one in sources:
            section = self.sections[one.hit, one.ordinal]
            if one.unit.text not in section:
                self.texts[section].append(one.readable)
        self.words = {word for hit in hits for word in _WORD.findall(f"{hit.text} {' '.join(hit.section)}")}
        self.known: dict[tuple[Headings, str, str], bool] = {}

    def holds(self, one: Candidate) -> bool:
        section = self.sections[one.source.hit, one.source.ordinal]
        hit = self.ranking.hits[one.source.hit]
        # Not of documents: an article on `Almoravides` tells of who founded `Maroc`, too.
        for at, own in enumerate(section[1:], start=1):
            headings = list(self.beside[section[:at]])
            named = self._named(headings)
            if named[own] & self.asked or _OF_ALL.search(own):
                continue
            said: Set[str] = set()
            for other in headings:
                if other == own or not named[other] or not named[other] <= self.asked or _OF_ALL.search(other):
                    continue
                if not said:
                    told = " ".join((names_of(hit), *section, *self.texts[section]))
                    said = terms_in(told, hit.language, self.language)
                if not named[other] & said and self._are_alike(section, at, other, named):
                    return True
        return False

    def _named(self, headings: Sequence[str]) -> dict[str, frozenset[str]]:
        """For each of the headings the terms that tell it from the others."""
        said = {one: terms(OWN_NUMBER.sub("", one), self.language) for one in headings}
        counts = Counter(term for one in said.values() for term in one)
        return {
            one: frozenset(term for term in own if counts[term] == 1 and not term.isdigit())
            for one, own in said.items()
        }

    def _are_alike(self, section: Headings, at: int, other: str, named: dict[str, frozenset[str]]) -> bool:
        own, beside = section[at], (*section[:at], other)
        key = section, own, other
        if key not in self.known:
            is_shared = bool(terms(OWN_NUMBER.sub("", own), self.language) & terms(other, self.language))
            self.known[key] = (
                is_shared
                or self._are_compounds(own, other)
                or bool(self._parts(section[: at + 1]) & self._parts(beside))
                or (
                    self._is_name(own, named[own], self.large)
                    and self._is_name(other, named[other], {*_WORD.findall(self.question)[1:]})
                )
            )
        return self.known[key]

    def _parts(self, path: Headings) -> set[str]:
        """The headings and labels below one: `Dosage`, `Side effects` of each drug."""
        at = len(path)
        return {
            fold(part)
            for one, texts in self.texts.items()
            if one[:at] == path
            for part in (*one[at : at + 1], *map(label_of, texts))
            if part
        }

    def _is_name(self, heading: str, named: frozenset[str], large: Set[str]) -> bool:
        """Whether a heading is a name: it has figures, or capitals behind small letters, or is written large within a sentence.

        Args:
            large: words of sentences, without their first.
        """
        own = [word for word in _WORD.findall(OWN_NUMBER.sub("", heading)) if terms(word, self.language) & named]
        has_capitals = self.language not in NOUNS_ARE_CAPITAL
        return bool(own) and all(
            _CODED.match(word) or (has_capitals and word in large and not word[0].islower()) for word in own
        )

    @cached_property
    def large(self) -> set[str]:
        """The words that sentences of the passages write large, where these do not begin with them."""
        texts = [one.unit.text for one in self.ranking.sources if ENDS.search(one.unit.text)]
        return {text[word.start : word.end] for text in texts for word in words(text) if word.name}

    def _are_compounds(self, own: str, other: str) -> bool:
        """Whether two words end in one that the passages have, `Apfelkuchen` and `Käsekuchen` in `Kuchen`."""
        if " " in own + other:
            return False
        words = {word.casefold() for word in self.words}
        ends = (own[at:].casefold() for at in range(_FRONT, len(own) - _TAIL + 1))
        return any(end in words and other.casefold().endswith(end) for end in ends)


def _document(hit: Hit) -> Headings:
    return (f"{hit.collection or ''}:{hit.document_id}",)

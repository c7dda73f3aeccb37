"""What the beginning of a document says of it: who wrote it, and what it is about.

A paper names its authors below its title and calls nobody an author there; its abstract says what it is about in words
that no question has.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ragcli.answering.overview import of_whole, seen_whole
from ragcli.answering.proof.match import SHORTEST, extent
from ragcli.answering.sources import ENDS, Source, sources
from ragcli.answering.wording.terms import terms
from ragcli.records import Hit
from ragcli.retrieval.question.asking import typed

_WRITTEN = (
    r"(?:papers?|articles?|stud(?:y|ies)|reports?|thes[ei]s|dissertation|documents?|preprint|publication|work|book|guide|manual"
    r"|etudes?|rapports?|memoire|livre|ouvrage|texte|publikation|studie|bericht|artikel|arbeit|estudio|articulo|informe|articolo)"
)
# Without accents. `Who wrote AVRDUDE?` asks of no document. Of each part the first will do: no other is tried.
_ASKS_AUTHORS = re.compile(
    rf"\A(?>.*?\b(?:authors?|auteur\w*|autor\w*) (?:of|d[eu]|des|del|der|dieser)\b).*{_WRITTEN}\b"
    rf"|\A(?>.*?\b(?:who|qui|wer|quien|chi)\b)(?>.*?(?:\bauthors?|\bwrote|\bwritten|\bauteur\w*|\becrit|\bredige|\bautor\w*|\bescribio|\bscritto)\b).*{_WRITTEN}\b"
    rf"|\A(?>.*?\b(?:who|wer)\b)(?>.*?{_WRITTEN}\b).*\b(?:written|verfasst|geschrieben)\b",
    re.IGNORECASE | re.DOTALL,
)
# Nor do these, unless they have the title of a document: `Who wrote Tides of the Skarn Estuary?`
_ASKS_WRITERS = re.compile(
    r"\b(?:authors?|auteur\w*|autor\w*|autrice\w*) (?:of|von|d(?:[eu]|es|el|er|e l[ao])\b|d')"
    r"|\b(?:who|qui|wer|quien|chi) (?:wrote|authored|a (?:ecrit|redige)|hat|schrieb|escribio|ha scritto)\b",
    re.IGNORECASE,
)
# What a paper calls its own thing, at the beginning of its title: a word with a capital within.
_SHORT_TITLE = re.compile(r"(?=[^\s:,]*[^\s:,][A-Z])[^\s:,]+(?=[:,])")
_AUTHORS = terms(
    """author authors wrote written authored write who whom auteur auteurs autrice autrices écrit rédigé qui wer welche
    autor autoren verfasser verfasst geschrieben quién autores escribió name names list""",
    None,
)
# These stand at the end, unless there is an abstract.
_ASKS_RESULTS = re.compile(
    r"\b(?:findings?|conclusions?|resultats?|schlussfolgerung\w*|conclusiones|conclusioni|conclusoes)\b"
)
_ABSTRACT = re.compile(
    r"\W*(?:[\dIV]+[.)]?\s+)?(?:abstract|(?:executive )?summary|r[eé]sum[eé]|synth[eè]se|zusammenfassung|resumen|riassunto)\W*",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:['’.-]+[^\W\d_]+)*\.?")
_LINKS = frozenset(
    ("and", "et", "und", "y", "e", "de", "du", "van", "von", "der", "den", "la", "le", "da", "di", "del", "dos", "al")
)
_INSTITUTION = re.compile(
    r"univ|institut|department|departement|école|ecole|school|college|laborat|centre|center|faculty|research|company|corp|inc\b|ltd"
    r"|gmbh|dept|division|volume|issue|journal|proceedings|abstract|@|https?:|doi",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\{[^{}]*\}@\S+|\S+@\S+")  # `{ada, bo}@example.org`
_MARK = re.compile(r"(?<=\w)\s?[∗*†‡§¶]")  # of a note, behind a name: `Ada Vik∗ Skarn Research`
_OF_RIGHTS = re.compile(r"\b(?:copyright|licen[cs]e|rights reserved|droits réservés)\b", re.IGNORECASE)
_LONG_WORD = re.compile(r"\w{3,}")
_SHORT = 3  # letters of an initial, or of a mark
_PROSE = 8  # words of a sentence


def asks_for_authors(question: str, document: Hit | None = None) -> bool:
    """Whether a question is for who wrote a document; one that says it by its title alone, for who wrote this one."""
    read = typed(question)
    if _ASKS_AUTHORS.search(read):
        return True
    if document is None or not _ASKS_WRITERS.search(read):
        return False
    asked, title = terms(question, None), document.title or ""
    whole = any(len(words) > 1 and words <= asked for words in (terms(title, None), terms(document.file_stem, None)))
    short = _SHORT_TITLE.match(title)  # `DistilBERT, a distilled version of BERT`
    return whole or (short is not None and terms(short[0], None) <= asked)


def opened(question: str, hits: Sequence[Hit]) -> Hit | None:
    """The best passage of the document whose beginning answers `question`; None for an ordinary question."""
    if asks_for_authors(question):
        return of_whole(question, hits, _AUTHORS)
    titled = [hit for hit in hits if asks_for_authors(question, hit)]
    return of_whole(question, titled, _AUTHORS) or seen_whole(question, hits)


def told_at_the_beginning(question: str, document: Sequence[Hit], most: int) -> tuple[list[Source], int]:
    """Of the first passages of a document the lines with its authors, or the sentences of its abstract, or its first ones.

    Returns: what may be quoted, and how much of it: of authors all, else `most`.
    """
    everything = sources(document)
    if asks_for_authors(question, document[0] if document else None):
        return (names := _byline(everything, document)), len(names)
    prose = [one for one in everything if _is_prose(one)]
    of_abstract = [one for one in prose if _is_of_abstract(document[one.hit])]
    return of_abstract or ([] if _ASKS_RESULTS.search(typed(question)) else prose), most


def _byline(everything: Sequence[Source], document: Sequence[Hit]) -> list[Source]:
    """The first lines of names, which stand above whom those work for, one author after the other."""
    stated = set(_LONG_WORD.findall(str(document[0].meta.get("author") or "").casefold())) if document else set()
    found: list[Source] = []
    for at, one in enumerate(everything):
        said = _ADDRESS.sub("", one.unit.text).casefold()
        is_stated = bool(stated & set(_LONG_WORD.findall(said)))
        is_byline = is_stated or _is_names(one, document[0])
        is_of_author = bool(_INSTITUTION.search(one.unit.text)) or not _LONG_WORD.search(one.unit.text)
        if one.hit or _ABSTRACT.fullmatch(one.unit.text):
            break
        if is_byline:
            found.append(_with_next(one, everything[at + 1 :]) if extent(one.unit.text) < SHORTEST else one)
        elif not is_of_author and (found or _is_prose(one)):
            break
    return found


def _with_next(one: Source, after: Sequence[Source]) -> Source:
    """A name that is too short for a quote, with the line below it."""
    if not after or after[0].hit != one.hit:
        return one
    unit = after[0].unit
    return replace(one, unit=replace(one.unit, text=f"{one.unit.text} {unit.text}", end=unit.end))


def _is_names(one: Source, hit: Hit) -> bool:
    """Whether a line has nothing but names and their addresses: `A. Villano ¹, Kitty Harris ² and J. Johnston j@example.org`.

    Or a name with a mark, and behind it whom he works for.
    """
    text = _ADDRESS.sub("", one.unit.text)
    if _INSTITUTION.search(text):
        text = _MARK.split(text, maxsplit=1)[0]
    words = [word for word in _NAME.findall(text) if word.casefold() not in _LINKS]
    titles = terms(f"{hit.title or ''} {' '.join(hit.section)} {hit.file_stem}", None)
    if len(words) < 2 or terms(text, None) <= titles or _INSTITUTION.search(text) or re.search(r"\d{3}|:|__", text):
        return False
    surnames = sum(word.isupper() and len(word) > _SHORT for word in words)  # `Ada VIKEN, Bo LUND`
    return 2 * surnames <= len(words) and all(word[0].isupper() or len(word) <= _SHORT for word in words)


def _is_prose(one: Source) -> bool:
    text = one.unit.text
    is_sentence = one.unit.kind == "sentence" and ENDS.search(text) is not None and len(text.split()) >= _PROSE
    return is_sentence and not _OF_RIGHTS.search(text)


def _is_of_abstract(hit: Hit) -> bool:
    return any(_ABSTRACT.fullmatch(title) for title in hit.section[-1:])

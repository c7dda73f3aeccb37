"""Draft questions from a user's own documents, by rules: a start for a person who knows them, never a measure by itself.

A sentence that defines something becomes "What is …?"; of any other the number or the name that fewest passages hold is
asked for, in words where `wording` has them, by a gap where no passage is left that it has words for; one passage in
three is asked for by its heading, and a figure by its label. What only its context says (`this rule`, `our store`) is not
asked for. A question becomes one without an answer when the name in it is replaced by one of another document that nowhere stands
in a passage with the rest. What several documents say, a licence or a footer, is not asked for. All words are the
documents' own, which flatters lexical search: reword them.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from ragcli.chunking.figures import label_of
from ragcli.chunking.sentences import split
from ragcli.evaluation.wording import MONTH, plain_forms, question_for
from ragcli.storage.terms import content_terms, fold

_UNANSWERABLE = 4  # one question in so many
_SHORTEST, _LONGEST = 45, 220  # characters of a sentence that is asked about
_NAME = re.compile(r"(?<=[\w,;)] )[A-ZÀ-Þ][\w’'-]+(?: (?:de |du |des |of |the )?[A-ZÀ-Þ][\w’'-]+)*")
_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:[.,\s]\d+)*(?![\w-]|[.,]\d)")  # a whole one, not that in `L. 462-4-1`
_DEFINES = {
    "en": re.compile(r"((?:The |An? )?[\w’' -]{3,50}?) (is|are|was|were) (?=(?:an?|the|one) )"),
    "fr": re.compile(
        r"((?:Le |La |Les |L['’]|Une? )?[\w’' -]{3,50}?) (est|sont|était|étaient) (?=(?:une?|le|la|les|des|l['’]))"
    ),
}
_PRONOUN = re.compile(
    r"(?:It|Every|Each|Some|Another|Others?|(?:Une? |Les |L['’]|D['’])?[Aa]utres?"
    r"|This|These|That|Those|There|He|She|They|We|I|One|Here|Il|Elle|Ils|Elles|Ce|C['’]|Cela|On|Ces?t?t?e?)\b"
)
_ARTICLE = re.compile(r"(?:The|An?|L[ea]s?|Une?) |L['’]")
# Beside stop words, what begins no subject: `Upon request the bridge is the only way.`
_CLAUSE = re.compile(
    r"(?:However|Although|While|Alors|Quand|Comme|Though|Because|Since|Unless|Until|Upon|Within|Without|Despite|Before|Once|Like|Unlike|Whether|Whenever"
    r"|Here|Now|Thus|Lorsqu|Selon|Sauf|Depuis|Malgré|Bien|Tout|Toute|Chaque|Chez|Entre|Vers|Parmi|Ainsi|Ici|Puisqu|Quoiqu)\b"
)
_NO_PROSE = re.compile(r"arXiv|doi\b|https?:|et al\.|\[\d|\.\.\.|…|©|[=|{}<>∑]")  # references, formulas, contents
_RUN_IN = re.compile(r"(?<=\w )(?:The|L[ea]s?|Une?|We|This|Il) [a-zà-ÿ]")  # a heading that ran into its first sentence
_LISTS_WORKS = re.compile(r"\b(?:references|bibliograph|literature cited|works cited)")
_CONTEXT = re.compile(  # of which a question would not say what it is
    r"\b(?:this|these|such|above|below|following|here(?:in|by|of|to)|we|our|us|you|your|nous|notre|nos|vous|votre|vos"
    r"|cet|cette|ces|présente?s?|ci-\w+|susvisée?s?|suivante?s?)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^(?:(?i:article|section|chapter|chapitre|titre|annexe?|part(?:ie)?)\s+[\dIVX]+(?:[.-]\d+)*\s*[-–—:.]\s*"
    r"|(?:[A-Z]\.)?\d+(?:\.\d+)*[.)]?\s*(?:[-–—:]\s*)?)(?=[A-ZÀ-Þ])"
)
_LONGEST_HEADING = 8  # words: a longer one is a sentence
_GAP = "____"
_BY_HEADING = 3  # one passage in so many
_COMMON = 0.05  # of the passages: a name that so many hold could stand in any gap


@dataclass(frozen=True, slots=True)
class Source:
    """A stored passage."""

    path: str
    page: int | None
    text: str
    language: str | None
    is_figure: bool = False  # the text begins with its caption
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that a person should look at before it measures anything."""

    question: str
    answers: tuple[str, ...]
    path: str
    page: int | None
    sentence: str
    name: str | None = None  # in the question, that another could take the place of


def draft_questions(sources: Sequence[Source], n: int) -> list[dict[str, Any]]:
    """Return at most n rows of a questions file, spread over the documents; a quarter have no answer, of two or three one.

    The same documents give the same questions.
    """
    drawn = random.Random(0)
    sources = [source for source in sources if not any(_LISTS_WORKS.search(fold(one)) for one in source.section[-1:])]
    by_path: dict[str, list[Source]] = {}
    for source in sources:
        by_path.setdefault(source.path, []).append(source)
    holding = Counter(gap for source in sources for gap in {found[0].rstrip() for found in _gaps(source.text)})
    lower = {word for source in sources for word in re.findall(r"\b[a-zà-ÿ]\w+", source.text)}
    telling = {
        gap: count
        for gap, count in holding.items()
        if count <= max(1, _COMMON * len(sources))
        and gap.lower() not in lower
        and not re.fullmatch(MONTH, gap)  # `Code`, `June` are no names
    }
    is_own = _told_once(by_path)
    plain = plain_forms(" ".join(source.text for source in sources if source.language == "en"))
    waiting = [_drafts(drawn.sample(some, len(some)), telling, is_own, plain, lower) for some in by_path.values()]
    drawn.shuffle(waiting)
    others = _Others(sources, sorted(gap for gap in telling if not gap[0].isdigit()), drawn)
    spoken = _short_names(list(by_path))
    wanted = max(n // _UNANSWERABLE, int(n > 1))  # without an answer
    without: list[dict[str, Any]] = []
    answerable: list[dict[str, Any]] = []
    for draft in _in_turn([list(kind) for kind in zip(*waiting, strict=True)]):
        if len(answerable) >= n and len(without) == wanted:
            break
        # Only some hold a name that another can replace: the first that do, so that few questions have one, too.
        if len(without) < wanted and answerable and (changed := others.unanswerable(draft)):
            without.append(changed)
        else:
            answerable.append(_answerable(draft, spoken[draft.path]))
    rows = answerable[: n - len(without)]
    for at, row in enumerate(without, start=1):
        rows.insert(_UNANSWERABLE * at - 1, row)
    return [{"id": f"draft-{number}", **row, "reviewed": False} for number, row in enumerate(rows, start=1)]


def _in_turn(kinds: Sequence[list[Iterator[Draft]]]) -> Iterator[Draft]:
    """One question of each document in turn, none twice; of each kind all before the next."""
    asked: set[str] = set()
    for waiting in kinds:
        while waiting:
            for one in list(waiting):
                draft = next(one, None)
                if draft is None:
                    waiting.remove(one)
                elif draft.question not in asked:
                    asked.add(draft.question)
                    yield draft


def _told_once(by_path: Mapping[str, Sequence[Source]]) -> Callable[[str], bool]:
    """Whether one document alone says a sentence, or has a heading."""
    headings = Counter(
        one for some in by_path.values() for one in {head for each in some for head in each.section[-1:]}
    )
    said = [" ".join(" ".join(each.text for each in some).split()) for some in by_path.values()]
    return lambda text: headings[text] < 2 and sum(text in one for one in said) < 2


def _drafts(
    sources: Sequence[Source],
    telling: Mapping[str, int],
    is_own: Callable[[str], bool],
    plain: Set[str],
    small: Set[str],
) -> list[Iterator[Draft]]:
    """At most one question of each passage: first those in words, then those by a heading or caption, then those with a gap.

    Args:
        telling: the numbers and names worth asking for, and how many passages hold them.
    """
    left: list[Source] = []
    headed = {number: heading for number, one in enumerate(sources) if (heading := _heading_of(number, one, is_own))}

    def in_words() -> Iterator[Draft]:
        for number, source in enumerate(sources):
            if source.is_figure or number in headed:
                continue
            prose = _prose(source, is_own)
            if draft := next(filter(None, (_in_words(said, source, telling, plain, small) for said in prose)), None):
                yield draft
            else:
                left.append(source)

    def by_title() -> Iterator[Draft]:
        for number, source in enumerate(sources):
            if source.is_figure and (draft := _of_caption(source, is_own)):
                yield draft
            elif number in headed and (sentence := next(_prose(source, is_own), None)):
                yield _of_heading(sentence, headed[number], source)

    def with_gap() -> Iterator[Draft]:
        for source in left:
            gaps = (_with_gap(said, source, telling) for said in _prose(source, is_own))
            if draft := next(filter(None, gaps), None):
                yield draft

    return [in_words(), by_title(), with_gap()]


def _heading_of(number: int, source: Source, is_own: Callable[[str], bool]) -> str | None:
    if (
        number % _BY_HEADING != _BY_HEADING - 1
        or source.is_figure
        or not source.section
        or not is_own(source.section[-1])
    ):
        return None
    heading = _spoken_heading(source.section[-1])
    return heading if heading and is_own(heading) else None


def _prose(source: Source, is_own: Callable[[str], bool]) -> Iterator[str]:
    sentences = (unit for unit in split(source.text, source.language) if unit.kind == "sentence")
    return (said for unit in sentences if _is_prose(said := " ".join(unit.text.split())) and is_own(said))


def _of_caption(source: Source, is_own: Callable[[str], bool]) -> Draft | None:
    caption = source.text.splitlines()[0]
    label = label_of(caption) or ""
    said = caption[len(label) :].strip(" .:–—-") if label else ""
    if len(said.split()) < 3:
        return None
    of = "" if is_own(label) else f" {'de' if source.language == 'fr' else 'of'} {PurePath(source.path).stem}"
    question = f"Que montre « {label} »{of} ?" if source.language == "fr" else f"What does “{label}”{of} show?"
    return Draft(question, (said,), source.path, source.page, caption)


def _spoken_heading(heading: str) -> str | None:
    """A heading as a person would name it, without its number; None when it says nothing else: `Article 37`."""
    spoken = _NUMBERED.sub("", heading)
    spoken = spoken.rstrip(": ")
    words = re.findall(r"[^\W\d_]{2,}", spoken)
    if len(words) > _LONGEST_HEADING:
        return None
    return spoken if len(words) > 1 or (words and not re.search(r"\d", spoken)) else None


def _of_heading(sentence: str, heading: str, source: Source) -> Draft:
    french = source.language == "fr"
    question = f"Que dit-on au sujet de « {heading} » ?" if french else f"What is said about “{heading}”?"
    if heading.endswith("?"):
        question = heading
    return Draft(question, (sentence,), source.path, source.page, sentence)


def _is_prose(sentence: str) -> bool:
    """Whether a sentence says something by itself."""
    if not (_SHORTEST <= len(sentence) <= _LONGEST and sentence[0].isupper() and sentence.endswith(".")):
        return False
    words = sentence.split()
    if _NO_PROSE.search(sentence) or _RUN_IN.search(sentence):
        return False
    return sum(word[0].islower() for word in words) > 0.6 * len(words)


def _in_words(
    sentence: str, source: Source, telling: Mapping[str, int], plain: Set[str], small: Set[str]
) -> Draft | None:
    if (defines := _DEFINES.get(source.language or "")) and (found := defines.match(sentence)):
        said = re.split(r"[,;(]", sentence[found.end() :].rstrip("."), maxsplit=1)[0].strip()
        if len(said.split()) >= 3 and len(found[1].split()) <= 6 and _is_subject(found[1], source.language):
            return Draft(_what_is(found[1], found[2], source.language), (said,), source.path, source.page, sentence)
    if not _stands_alone(sentence):
        return None
    for gap in _rarest_first(sentence, telling):
        end = gap.start() + len(gap[0].rstrip())
        if worded := question_for(sentence, gap.start(), end, source.language, plain, small):
            name = _name_in(worded.question, telling)
            return Draft(worded.question, (worded.answer,), source.path, source.page, sentence, name)
    return None


def _with_gap(sentence: str, source: Source, telling: Mapping[str, int]) -> Draft | None:
    gap = next(iter(_rarest_first(sentence, telling)), None)
    if gap is None or not _stands_alone(sentence):
        return None
    answer = gap[0].rstrip()
    question = sentence[: gap.start()] + _GAP + sentence[gap.start() + len(answer) :]
    return Draft(question, (answer,), source.path, source.page, sentence, _name_in(question, telling))


def _stands_alone(sentence: str) -> bool:
    return not _PRONOUN.match(sentence) and not _CONTEXT.search(sentence)


def _rarest_first(text: str, telling: Mapping[str, int]) -> list[re.Match[str]]:
    some = [found for found in _gaps(text) if found[0].rstrip() in telling]
    return sorted(some, key=lambda found: telling[found[0].rstrip()])


def _name_in(question: str, telling: Mapping[str, int]) -> str | None:
    return next((found[0] for found in _rarest_first(question, telling) if not found[0][0].isdigit()), None)


def _is_subject(text: str, language: str | None) -> bool:
    """Whether words before a verb name something: not `In the event that there`, nor `It`."""
    words = _ARTICLE.sub("", text, count=1).split()
    if language == "en" and text.startswith("The ") and len(words) == 1:  # `The result`: only its context says of what
        return False
    is_clause = _PRONOUN.match(text) or _CLAUSE.match(text)
    return not is_clause and bool(words) and all(content_terms(word, language) for word in (words[0], words[-1]))


def _gaps(text: str) -> list[re.Match[str]]:
    """The numbers, then the names, of a text."""
    return [
        *_NUMBER.finditer(text),
        *(found for found in _NAME.finditer(text) if len(found[0]) > 3 and not found[0].endswith(("’s", "'s"))),
    ]


def _what_is(subject: str, verb: str, language: str | None) -> str:
    """The subject asked for; only its article loses the capital, since a name keeps its own."""
    article = _ARTICLE.match(subject)
    subject = subject[0].lower() + subject[1:] if article else subject
    if language == "fr":
        return f"Qu'est-ce qu{'’' if subject[0].lower() in 'aeiouyéèêàh' else 'e '}{subject} ?"
    return f"What {verb} {subject}?"


def _short_names(paths: Sequence[str]) -> dict[str, str]:
    """Each path by its file's name where only one file has it, so that the questions outlive a move."""
    names = Counter(PurePath(path).name for path in paths)
    return {path: PurePath(path).name if names[PurePath(path).name] == 1 else path for path in paths}


def _answerable(draft: Draft, document: str) -> dict[str, Any]:
    pages = {} if draft.page is None else {"pages": [draft.page]}
    return {
        "question": draft.question, "answers": list(draft.answers), "docs": [document], **pages,
        "spans": [[document, draft.sentence]], "unanswerable": False,
    }  # fmt: skip


class _Others:
    """Names of the documents that can take the place of one in a question, so that nothing answers it any more."""

    def __init__(self, sources: Sequence[Source], names: Sequence[str], drawn: random.Random) -> None:
        self._folded = [fold(source.text) for source in sources]
        self._names, self._drawn = names, drawn
        self._before: dict[str, set[str]] = {name: set() for name in names}  # the words that stand before each
        for source in sources:
            for found in _NAME.finditer(source.text):
                if (name := found[0].rstrip()) in self._before:
                    self._before[name].add(_last_word(source.text[: found.start()]))

    def unanswerable(self, draft: Draft) -> dict[str, Any] | None:
        """The question about something else, of which no passage says anything like it.

        The other name is written alike, and stands behind the same word somewhere: `du Code`, never `du République`.
        """
        if draft.name is None or draft.name not in draft.question:
            return None
        before = _last_word(draft.question[: draft.question.index(draft.name)])
        kept = re.findall(r"\w{5,}", fold(draft.question.replace(draft.name, " ")))
        for name in self._drawn.sample(self._names, len(self._names)):
            is_alike = name.isupper() == draft.name.isupper() and before in self._before[name]
            if not is_alike or name in draft.question or draft.name in name:
                continue
            about = [text for text in self._folded if fold(name) in text]
            if not any(sum(word in text for word in kept) > len(kept) // 2 for text in about):
                return {"question": draft.question.replace(draft.name, name), "answers": [], "unanswerable": True}
        return None


def _last_word(text: str) -> str:
    return (text.split() or [""])[-1].lower()

"""Chunks that follow the document: whole sentences, whole tables, one section each, sized in the model's own tokens."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from textwrap import shorten

from ragcli.chunking.around import with_neighbours
from ragcli.chunking.embedded import context_of, embedded_text, first_of_figures, without_marks
from ragcli.chunking.figures import mentions, with_mentions
from ragcli.chunking.passages import Passage, passages
from ragcli.chunking.sentences import split
from ragcli.reading.language import settled
from ragcli.records import Chunk, ChunkKind, Document

CountTokens = Callable[[Sequence[str]], list[int]]
_SPECIAL_TOKENS = 2  # the opening and closing token that a count of a part holds and a join of parts does not repeat
_TABLE_CAPTION = re.compile(r"tab(?:\.|le|leau|elle|ela)\b", re.IGNORECASE)
_LEADS = re.compile(
    r"\b(?:table|following|below|tableaux?|suivante?s?|ci-dessous|tabelle|folgende[nrs]?)\b", re.IGNORECASE
)
_WRITTEN = 8  # characters of a row of figures for each token of the budget: the model reads few of them, people all
_SENTENCE = 400  # characters of a sentence that goes with a formula
_TITLES = 3  # passages above a table that may be lines of its title
_CAPTION = 120  # characters of a caption that every chunk of its table carries
_EQUATION = {"fr": "Équation", "de": "Gleichung"}  # what its number is said with, in other languages `Equation`
_SMALL = 0.25  # of the budget: a section shorter than this may share a chunk with its neighbour


@dataclass(frozen=True, slots=True)
class _Part:
    """What is never cut: a sentence, a row group of a table, a heading."""

    text: str
    tokens: int
    passage: Passage
    glue: str  # what stands between it and the part before
    opens: bool = False  # a chunk of its own begins here: a figure's

    @property
    def is_table(self) -> bool:
        return self.passage.kind == "table" and not self.passage.is_caption


def chunk_by_structure(document: Document, count_tokens: CountTokens, max_tokens: int) -> list[Chunk]:
    """Cut a document into chunks of at most `max_tokens` tokens each, title and heading included.

    A chunk ends at a heading unless it is still small, and never inside a sentence unless that sentence alone is too long.
    Tables are whole when they fit, else cut between rows with the header repeated. A caption stays with its table. A
    figure is a chunk of its own: its caption, and the sentences of the document that speak of it. So is a formula, with
    the sentences around it; as it is printed it also stays in its text. Tables and formulas follow the text of their section.
    """
    packed: list[list[_Part]] = []
    current: list[_Part] = []
    used = budget = 0
    for part in _text_first(_parts(document, count_tokens, max_tokens)):
        closes = (
            not current
            or part.opens
            or used + part.tokens > budget
            or _differ(current[-1].passage, part.passage)
            or (part.is_table and current[-1].is_table)  # each piece has its own head
            or part.passage.place != current[-1].passage.place
            or (part.passage.is_heading and not _all_headings(current) and used > _SMALL * budget)
        )
        if closes:
            budget = max_tokens - _context_tokens(document, part.passage, count_tokens)
            announcing = _announcing(current, part, budget)
            if announcing:
                current.pop()
            current = [*announcing, part]
            packed.append(current)
            used = sum(one.tokens for one in current)
        else:
            current.append(part)
            used += part.tokens
    chunks = [_chunk(document, parts) for parts in packed]
    counts = count_tokens([chunk.embedded for chunk in chunks]) if chunks else []
    fitted: list[Chunk] = []
    for parts, chunk, count in zip(packed, chunks, counts, strict=True):
        if count <= max_tokens:
            fitted.append(replace(chunk, tokens=count))
        else:  # parts counted apart came out shorter than joined, or one part is longer than the model reads
            fitted.extend(_halved(document, parts, count_tokens, max_tokens))
    return with_neighbours(fitted)


def _announcing(before: Sequence[_Part], part: _Part, budget: int) -> list[_Part]:
    """The last of a chunk that says nothing without what begins the next: `The sanctions are:`; nothing in most."""
    if len(before) < 2:
        return []
    last = before[-1]
    goes_on = part.passage.kind == last.passage.kind == "text" and part.passage.section == last.passage.section
    is_of_it = goes_on and part.passage.place == last.passage.place and part.passage.is_body and last.passage.is_body
    return [last] if is_of_it and last.text.endswith(":") and last.tokens + part.tokens <= budget else []


def _text_first(parts: Iterable[_Part]) -> Iterator[_Part]:
    """The parts with the tables and formulas of each section behind its text.

    Where they stand they would cut it into pieces too small to be found: of 211 questions over PDFs seven more find their
    page among the first five passages, when the second pass is two thirds through.
    """
    later: list[_Part] = []
    place: str | None = None
    for part in parts:
        if part.passage.is_heading or part.passage.place != place:
            yield from later
            later.clear()
        place = part.passage.place
        if part.passage.kind in ("table", "equation"):
            later.append(part)
        else:
            yield part
    yield from later


def _differ(before: Passage, after: Passage) -> bool:
    """Tell whether a chunk ends between two passages since they are of different kinds."""
    if before.kind == after.kind:
        return False
    if "figure" in (before.kind, after.kind):
        return True
    return not before.is_heading


def _halved(document: Document, parts: list[_Part], count_tokens: CountTokens, max_tokens: int) -> Iterator[Chunk]:
    if len(parts) > 1:
        middle = len(parts) // 2
        halves = [parts[:middle], parts[middle:]]
    else:
        halves = [[half] for half in _cut_words(parts[0])]
    for half in halves:
        chunk = _chunk(document, half)
        (count,) = count_tokens([chunk.embedded])
        if count <= max_tokens or (len(half) == 1 and len(half[0].text) < 2):
            yield replace(chunk, tokens=count)
        else:
            yield from _halved(document, half, count_tokens, max_tokens)


def _cut_words(part: _Part) -> tuple[_Part, _Part]:
    """Cut a single overlong part near its middle: after a clause mark, else between words, else anywhere (no spaces)."""
    text, middle = part.text, len(part.text) // 2
    cut = max(1, middle)
    for pattern in (r"[;:,]\s|\n", r"\s"):
        places = [match.end() for match in re.finditer(pattern, text) if 0 < match.end() < len(text)]
        nearest = min(places, key=lambda at: abs(at - middle), default=None)
        if nearest is not None and abs(nearest - middle) < middle * 0.6:
            cut = nearest
            break
    tokens = part.tokens // 2
    return (
        _Part(text[:cut].rstrip(), tokens, part.passage, part.glue),
        _Part(text[cut:].lstrip(), tokens, part.passage, " "),
    )


def _parts(document: Document, count_tokens: CountTokens, max_tokens: int) -> Iterator[_Part]:
    texts: list[tuple[str, Passage, str]] = []
    walked = list(passages(document))
    mentioned = mentions(walked)
    for number, passage in enumerate(walked):
        if passage.kind == "figure":
            texts += [(text, said, "\n\n") for text, said in with_mentions(passage, mentioned, document.language)]
        elif passage.kind == "table":
            if not (passage.continues and number and walked[number - 1].kind == "table"):
                table = [passage, *takewhile(lambda further: further.continues, walked[number + 1 :])]
                after = walked[number + len(table) : number + len(table) + 2]
                named = _under_caption(passage, walked[max(number - _TITLES, 0) : number], after)
                texts += [
                    (text, piece, "\n\n") for text, piece in _table_pieces(table, named, count_tokens, max_tokens)
                ]
        elif passage.kind == "equation":
            as_printed = passage.text.partition("\n$$")[0]
            texts.append((as_printed, replace(passage, kind="text"), "\n\n"))
            texts += [(text, said, "\n\n") for text, said in _with_sentences(number, walked, document.language)]
        elif passage.is_caption:
            neighbours = (walked[near].kind for near in (number + 1, number - 1) if 0 <= near < len(walked))
            kind: ChunkKind = "table" if "table" in neighbours else "text"
            texts.append((passage.text, replace(passage, kind=kind), "\n\n"))
        elif passage.is_heading:
            texts.append((passage.text, passage, "\n\n"))
        else:
            end = 0
            for unit in split(passage.text, document.language):
                glue = passage.text[end : unit.start] if end else "\n\n"
                texts.append((unit.text, passage, glue))
                end = unit.end
    # Of a table the model reads less than is written.
    read = [without_marks(first_of_figures(text)) if one.kind == "table" else text for text, one, _ in texts]
    counts = count_tokens(read) if texts else []
    for (text, passage, glue), count in zip(texts, counts, strict=True):
        opens = passage.kind in ("figure", "equation") and not passage.is_caption
        yield _Part(text, max(1, count - _SPECIAL_TOKENS), passage, glue, opens)


def _with_sentences(number: int, walked: Sequence[Passage], language: str | None) -> Iterator[tuple[str, Passage]]:
    """A formula with the sentences around it, which say what its letters mean and how it is called; its number is a title."""
    equation = walked[number]
    if equation.label:
        equation = replace(
            equation, section=(*equation.section, f"{_EQUATION.get(language or '', 'Equation')} {equation.label}")
        )
    around = [walked[near] for near in (number - 1, number + 1) if 0 <= near < len(walked)]
    said = replace(equation, is_caption=True)  # what goes with the formula, in its chunk
    yield equation.text, equation
    for passage in around:
        if passage.kind == "text" and passage.is_body:
            units = split(passage.text, language)
            if not units:
                continue
            unit = units[-1] if passage is walked[number - 1] else units[0]
            if len(unit.text) <= _SENTENCE:
                yield unit.text, replace(said, boxes=passage.boxes)


def _under_caption(table: Passage, before: Sequence[Passage], after: Sequence[Passage]) -> tuple[str, ...]:
    """The section path of a table, its caption last: each chunk of a long table is found by it.

    The caption stands above; below only where no further table follows, whose it would be. Without one it is what announces
    the table: a title that is no heading (`Statements of cash flows (in millions)`), or `The following table shows …:`.
    """
    is_last = len(after) < 2 or after[1].kind != "table"
    near = [*before[-1:], *after[: int(is_last)]]
    caption = next((one.text for one in near if one.is_caption and _TABLE_CAPTION.match(one.text)), None)
    if caption is None:
        caption = _announced(before)
    return table.section if caption is None else (*table.section, shorten(caption, _CAPTION, placeholder=" …"))


def _announced(before: Sequence[Passage]) -> str | None:
    """The title above a table, which may have a line for its unit (`$ in millions`), or the sentence that leads to it."""
    titles = list(takewhile(lambda one: _is_title(one) and one.page == before[-1].page, reversed(before)))
    if titles:
        return " ".join(" ".join(one.text.split()) for one in reversed(titles)).rstrip(":")
    units = split(before[-1].text) if before and _is_text(before[-1]) else []
    if not units:  # a rule of a table that is none
        return None
    last = units[-1].text
    return " ".join(last.split()).rstrip(":") if last.endswith(":") or _LEADS.search(last) else None


def _is_title(passage: Passage) -> bool:
    units = split(passage.text) if _is_text(passage) and len(passage.text) <= _CAPTION else []
    return len(units) == 1 and not passage.text.endswith((".", "!", "?", ";"))


def _is_text(passage: Passage) -> bool:
    return passage.kind == "text" and not passage.is_heading


def _table_pieces(
    table: Sequence[Passage], section: tuple[str, ...], count_tokens: CountTokens, max_tokens: int
) -> list[tuple[str, Passage]]:
    """A Markdown table, over one page or more, as pieces that fit: each with the header, its pages and its boxes.

    Returns: the table itself when it fits whole.
    """
    limit = int(max_tokens * 0.75)  # leaves room for title, section and caption
    lines = table[0].text.split("\n")
    header = lines[:2] if len(lines) > 2 and set(lines[1]) <= set("|-: ") else []
    rows = [(line, page) for page in table for line in page.text.split("\n")[len(header) :]]
    written = [*header[:1], *(line for line, _ in rows)]
    read = count_tokens([without_marks(first_of_figures(line)) for line in written])
    counts = [max(1, count - _SPECIAL_TOKENS, len(line) // _WRITTEN) for line, count in zip(written, read, strict=True)]
    room = limit - sum(counts[: len(header[:1])])
    if sum(counts) <= limit or len(counts) < 3:
        room = sum(counts)
    pieces: list[list[tuple[str, Passage]]] = [[]]
    used = 0
    for row, count in zip(rows, counts[len(header[:1]) :], strict=True):
        if pieces[-1] and used + count > room:
            pieces.append([])
            used = 0
        pieces[-1].append(row)
        used += count
    return [
        (
            "\n".join([*header, *(line for line, _ in piece)]),
            _over(list(dict.fromkeys(page for _, page in piece)), section),
        )
        for piece in pieces
    ]


def _over(pages: Sequence[Passage], section: tuple[str, ...]) -> Passage:
    """The passage of rows that stand on several pages."""
    return replace(pages[0], section=section, boxes=tuple(box for page in pages for box in page.boxes))


def _context_tokens(document: Document, passage: Passage, count_tokens: CountTokens) -> int:
    return count_tokens([context_of(document.title, passage.section) + "\n"])[0]


def _chunk(document: Document, parts: Sequence[_Part]) -> Chunk:
    text = parts[0].text + "".join(part.glue + part.text for part in parts[1:])
    # The section is that of the body: a heading that opens the chunk belongs to what follows it.
    bodies = [part.passage for part in parts if part.passage.is_body]
    body = bodies[0] if bodies else parts[-1].passage
    kinds = {one.kind for one in bodies}
    return Chunk(
        text=text,
        embedded=embedded_text(document.title, body.section, text),
        kind=kinds.pop() if len(kinds) == 1 else "text",
        # A figure's own page comes first, whichever page speaks of it.
        pages=tuple(dict.fromkeys(page for part in parts for page in part.passage.pages)),
        boxes=tuple(dict.fromkeys(box for part in parts for box in part.passage.boxes)),
        section=body.section,
        place=body.place,
        language=settled(document.language, text),
        title=document.title,
    )


def _all_headings(parts: Sequence[_Part]) -> bool:
    return all(part.passage.is_heading for part in parts)

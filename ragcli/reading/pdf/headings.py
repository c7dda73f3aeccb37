"""Headings by their letters, where no outline names them. Rather one too few than one too many."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ragcli.reading.heading_words import KNOWN, NAMED, NAMED_DEPTH
from ragcli.reading.pdf.paragraphs import Draft
from ragcli.reading.pdf.typography import Typography
from ragcli.reading.text_layer.row import Row

_NUMBER = re.compile(
    r"(?:§ ?)?(?:(?P<dotted>\d{1,2}(?:\.(?:\d{1,2}|[a-z](?=[.\s]))){0,4})[./)]?(?=\s+\S)"
    r"|(?P<roman>[IVX]{1,5})(?:\.|\s[-–—])(?=\s+\S)"
    r"|(?P<letter>[A-H])(?:\.\d{1,2}){0,3}[./)]?(?=\s+[A-ZÀ-Ý]))"
)
_LARGER = 1.08  # times the usual size, from which on letters tell a heading by their size alone
_MUCH_LARGER = 1.25
_MANY = 6  # headings on each page: more of one style are lines of something else
_MANY_OF_LAWS = 15  # where nearly all have a text below: of short sections, in two languages side by side
_FEWEST = 3  # headings that count through a document
_LONG = 160  # letters, from which on a paragraph is no heading
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]")
_LETTERS = re.compile(r"[^\W\d_]")
_INITIAL = re.compile(r"(?<![\w.])[A-ZÀ-Ý]\.(?=[ -]|$)")
_SURNAME = re.compile(r"[A-ZÀ-Ý][\w’'-]+ [A-ZÀ-Ý]{1,2}$")
_ABBREVIATED = re.compile(r"\b(?:[^\W\d_]\. ?[^\W\d_]|etc)\.$", re.IGNORECASE)  # `e.a.` ends no sentence


@dataclass(frozen=True, slots=True)
class Style:
    """How a heading is set. Ordered by rank: larger, then bolder, then in capitals, comes first."""

    size: float  # in steps of 4 % of the body's
    bold: bool
    capitals: bool
    italic: bool
    named: int  # by the word: part before chapter before article; 5 for none of them

    @property
    def rank(self) -> tuple[float, int, bool, bool, bool]:
        return -self.size, self.named, not self.bold, not self.capitals, self.italic


def mark_by_letters(pages: Sequence[Sequence[Draft]], usual: Typography) -> None:
    """Make headings of the paragraphs that look like one: larger or bolder than the body, short, no full stop.

    A style counts when its paragraphs behave like headings throughout the document: most are followed by text, and
    there are not too many. Levels follow the numbering where there is one, else the styles, largest first.
    """
    groups: defaultdict[Style, list[tuple[int, int]]] = defaultdict(list)
    for number, drafts in enumerate(pages):
        start = _start_of_text(drafts) if number == 0 else 0
        local = min(usual.size, _body_size(drafts) or usual.size)
        large = _large_text(drafts, usual.size)
        for index, draft in enumerate(drafts):
            if index < start or not (_may_be_heading(draft, usual.size, local, large) or _heads_clauses(drafts, index)):
                continue
            if (
                number
                or len(pages) == 1
                or _NUMBER.match(draft.rows[0].text)
                or (_is_named(draft.rows[0].text) and (draft.rows[0].bold or draft.rows[0].text.isupper()))
                or _is_known(draft.rows[0].text)
                or _leads(drafts, index, usual.size)
            ):
                groups[_style(draft, usual)].append((number, index))
    accepted = {style: places for style, places in groups.items() if _behaves(style, places, pages, usual.size)}
    accepted |= _on_page_1(groups, accepted, pages, usual.size)
    accepted |= _counted_apart(groups, accepted, pages, usual.size)
    headings = [(style, pages[n][i]) for style, places in accepted.items() for n, i in places]
    headings += [
        (style, pages[n][i])
        for style, places in groups.items()
        if style not in accepted
        for n, i in places
        if _is_known(pages[n][i].rows[0].text) and (style.bold or style.capitals or style.size > 1.05)
    ]
    styles = sorted({style for style, _ in headings}, key=lambda style: style.rank)
    ranks = {style: rank for rank, style in enumerate(styles, start=1)}
    nested = _nested(draft.rows[0].text for _, draft in headings)
    shift = _numbering_shift(headings, ranks, nested)
    for style, draft in headings:
        depth = _depth(draft.rows[0].text, nested)
        draft.kind, draft.level = "heading", min(depth + shift if depth else ranks[style], 6)


def _body_size(drafts: Sequence[Draft]) -> float:
    sizes: defaultdict[float, int] = defaultdict(int)
    for draft in drafts:
        for row in draft.rows:
            sizes[round(2 * row.size) / 2] += len(row.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def _large_text(drafts: Sequence[Draft], usual: float) -> set[float]:
    """Sizes above the usual one in which a page has plain paragraphs: there a size alone makes no heading.

    The usual one may be that of the tables, as in forms whose questions are set larger.
    """
    return {
        draft.rows[0].size
        for draft in drafts
        if draft.rows[0].size >= _LARGER * usual
        and not (draft.tabular or draft.rows[0].bold)
        and sum(len(row.text) for row in draft.rows) > _LONG
    }


def mark_known(pages: Sequence[Sequence[Draft]], usual: Typography) -> None:
    """Make headings of Abstract, References and the like, set larger or bolder, which outlines often leave out."""
    for drafts in pages:
        for draft in drafts:
            first = draft.rows[0]
            if (
                draft.kind == "text"
                and len(draft.rows) == 1
                and _is_known(first.text)
                and not first.text[0].islower()
                and (first.bold or first.size > 1.08 * usual.size)
            ):
                draft.kind, draft.level = "heading", 1


def _start_of_text(drafts: Sequence[Draft]) -> int:
    """Where page 1 begins in earnest: its first numbered heading, or one such as Abstract. Authors come before."""
    for index, draft in enumerate(drafts):
        text = draft.rows[0].text
        if (
            draft.kind == "text"
            and len(_joined(draft)) < 100
            and draft.rows[0].upright
            and (_is_known(text) or (_NUMBER.match(text) and draft.rows[0].bold and text[0] != "§"))  # below a title
        ):
            return index
    return 0


def _may_be_heading(draft: Draft, usual: float, local: float, large: Collection[float] = ()) -> bool:
    """Tell from the paragraph alone.

    Args:
        usual: size of the body's letters in the document, in points.
        local: the smaller of that and its size on the page.
        large: sizes of paragraphs on the page that are larger and no headings.
    """
    rows = draft.rows
    first = rows[0]
    if (
        draft.tabular
        or draft.kind not in ("text", "list")
        or len(rows) > 3
        or not first.upright
        or first.cells > 1
        or first.raised
    ):
        return False
    text = _joined(draft)
    if not 2 < len(text) < _LONG or len(_LETTERS.findall(text)) < 0.5 * len(text.replace(" ", "")):
        return False
    if (
        text[-1] in ",;"
        or (text[-1] == ":" and not (first.bold and _NUMBER.match(text)))  # `1/ The budget:` is one, `Note:` is none
        or (text[-1] == "." and not (_is_known(text) or NAMED.match(text) or _ABBREVIATED.search(text)))
        or not (text[0].isupper() or text[0].isdigit() or text[0] == "§")
    ):
        return False
    if _RAISED.search(text) or "@" in text or "://" in text or is_entry(text) or _names_people(text):
        return False
    if draft.kind == "list" and _NUMBER.match(text) is None:
        return False
    if first.size >= _LARGER * usual and (_is_known(text) or all(abs(first.size - size) > 0.1 for size in large)):
        return True
    number = _NUMBER.match(text)
    is_small = (first.bold and (number or _capitals(text))) or (first.italic and number and number["dotted"])
    if first.size < (0.85 if is_small else 0.93) * local:
        return False
    return first.bold or _capitals(text) or (first.italic and number is not None) or _is_named(text)


def _names_people(text: str) -> bool:
    """Whether it is a list of authors: `Brook, A. B., Lake, T.`, `Ada B. Brook, Tom L. Lake, and`, `Brook AB, Lake T, Weir C`."""
    parts = text.split(",")
    return len(list(filter(_INITIAL.search, parts))) > 1 or len(list(filter(_SURNAME.search, parts))) > 2


def _heads_clauses(drafts: Sequence[Draft], index: int) -> bool:
    """Whether a short numbered line, however it is set, stands above the first of its clauses: `1. Term` above `1.1 …`."""
    draft = drafts[index]
    text = draft.rows[0].text
    if not text[0].isdigit() or len(draft.rows) > 1 or draft.tabular or index + 1 == len(drafts):
        return False
    found = _NUMBER.match(text)
    if found is None or found["dotted"] is None:
        return False
    if len(text) > 80 or not text[found.end() :].lstrip()[:1].isupper() or text[-1] in ".,;:":
        return False
    return re.match(rf"{re.escape(found['dotted'])}\.1\.?\s", drafts[index + 1].rows[0].text) is not None


def _style(draft: Draft, usual: Typography) -> Style:
    first = draft.rows[0]
    size = round(first.size / usual.size * 25) / 25 if usual.size else 1.0
    text = _joined(draft)
    named = NAMED.match(text)
    depth = NAMED_DEPTH.get(named["word"].casefold(), 4) if named else 5
    return Style(size, first.bold, _capitals(text), first.italic, depth)


def _is_named(text: str) -> bool:
    """`Article 12`, alone or with a short title, but not the beginning of a sentence."""
    found = NAMED.match(text)
    if found is None or not text[0].isupper() or len(text) > 80:
        return False
    rest = text[found.end() :].lstrip()
    return not rest or rest[0] in ".:–—-" or rest[0].isupper()


def _capitals(text: str) -> bool:
    return text.isupper() and len(_LETTERS.findall(text)) > 3


def is_entry(text: str) -> bool:
    """Whether dots lead from it to a page: it names a heading and is none, though an index may have bookmarks of its own."""
    return "...." in text or ". . ." in text


def without_number(title: str) -> str:
    """The words of a heading."""
    title = title.strip()
    found = _NUMBER.match(title)
    return title[found.end() :] if found else title


def _joined(draft: Draft) -> str:
    return " ".join(row.text for row in draft.rows)


def _is_known(text: str) -> bool:
    bare = without_number(text).casefold().strip(" .:")
    return bare in KNOWN


def _behaves(style: Style, places: Sequence[tuple[int, int]], pages: Sequence[Sequence[Draft]], usual: float) -> bool:
    """Tell whether the paragraphs of one style are headings: most followed by text, not all on page 1."""
    followed = numbered = known = 0
    counted: list[list[int]] = []
    for number, index in places:
        drafts = pages[number]
        text = drafts[index].rows[0].text
        dotted = _NUMBER.match(text)
        if dotted and dotted["dotted"]:
            counted.append(_parts(dotted["dotted"]))
        numbered += dotted is not None or NAMED.match(text) is not None
        known += _is_known(text)
        followed += _leads(drafts, index, usual)
    count = len(places)
    if style.named < 5 and (
        style.bold
        or style.capitals
        or style.size > 1.08
        or all(NAMED.fullmatch(_joined(pages[number][index])) for number, index in places)
    ):
        return True
    if numbered + known >= 0.7 * count and followed >= 0.5 * count:
        return True
    if len(counted) >= max(_FEWEST, 0.7 * count) and (style.bold or style.size > 1.08) and _counts(counted):
        return True
    if all(number == 0 for number, _ in places) and len(pages) > 1:
        return known > 0 or (numbered > 0 and numbered == followed == count)  # else authors, affiliations, the title
    needed = 0.6 if style.size > 1.08 else 0.75
    many = _MANY if followed < 0.9 * count else _MANY_OF_LAWS
    return followed >= needed * count and count <= many * len(pages)


def _on_page_1(
    groups: Mapping[Style, list[tuple[int, int]]],
    accepted: Mapping[Style, list[tuple[int, int]]],
    pages: Sequence[Sequence[Draft]],
    usual: float,
) -> dict[Style, list[tuple[int, int]]]:
    """The larger styles that only page 1 has, below its first heading: above it they may be authors'."""
    first = min((place for places in accepted.values() for place in places), default=(1, 0))
    return {
        style: places
        for style, places in groups.items()
        if style not in accepted
        and (style.size > 1.08 or (style.bold and len(places) > 1))
        and first < places[0] <= places[-1] < (1, 0)
        and all(_leads(pages[number], index, usual) for number, index in places)
    }


def _counted_apart(
    groups: Mapping[Style, list[tuple[int, int]]],
    accepted: Mapping[Style, list[tuple[int, int]]],
    pages: Sequence[Sequence[Draft]],
    usual: float,
) -> dict[Style, list[tuple[int, int]]]:
    """Of the other styles what counts through the document: `7. Income Taxes`, in letters that heads of tables have, too."""
    apart = {}
    for style, places in groups.items():
        found = {(page, at): _NUMBER.match(pages[page][at].rows[0].text) for page, at in places}
        counted = {place: _parts(number["dotted"]) for place, number in found.items() if number and number["dotted"]}
        is_new = style not in accepted and len(counted) >= _FEWEST
        if is_new and _counts(list(counted.values())) and _behaves(style, list(counted), pages, usual):
            apart[style] = list(counted)
    return apart


def _parts(dotted: str) -> list[int]:
    return [int(part) if part.isdigit() else ord(part) for part in dotted.split(".")]


def _counts(numbers: Sequence[list[int]]) -> bool:
    """Whether each number comes after the one before: what counts through a document is followed by anything."""
    return all(before < after for before, after in pairwise(numbers))


def _leads(drafts: Sequence[Draft], index: int, usual: float) -> bool:
    """Tell whether a text of the body, or a deeper heading and then a text, follows below; or two, each smaller."""
    heading = drafts[index]
    first = heading.rows[0]
    number = _NUMBER.match(first.text)
    # Smaller than the text may be one that is numbered, in journals of physics, or in bold capitals, in minutes of hearings.
    may_be_small = (number and (first.bold or first.italic)) or (first.bold and _capitals(first.text))
    least = usual if may_be_small else 0.0
    sizes = [draft.rows[0].size for draft in drafts[index : index + 3]]
    ahead = 3 if sizes == sorted(set(sizes), reverse=True) else 2
    for draft in drafts[index + 1 : index + 1 + ahead]:
        row = draft.rows[0]
        if draft.right <= first.left and first.size < _LARGER * row.size:
            return False  # of a column to the left, or another cell
        if draft.kind in ("code", "caption") or draft.tabular:
            is_above = draft.kind == "text" and first.left < min(other.left for other in draft.rows) + first.size
            return draft.kind == "code" or (is_above and _stands_out(first, row))
        if row.base < heading.rows[-1].base + 0.5 * row.size:
            # The top of the next column, or else a cell beside: then it is the head of a table.
            return row.base < heading.rows[-1].base - 8 * row.size
        if (
            row.size <= max((1.08 if first.bold else 1.02) * first.size, 1.02 * least)
            and not row.bold
            and (
                sum(len(other.text) for other in draft.rows) > (15 if first.bold and _capitals(first.text) else 40)
                or _stands_out(first, row)
            )
        ):
            return True
        if draft.kind == "list" or (number and number["dotted"] and row.text.startswith(f"{number['dotted']}.")):
            return True
        is_alike = (row.size, row.bold, row.italic) == (first.size, first.bold, first.italic)
        if not _may_be_heading(draft, row.size if is_alike else min(usual, row.size), row.size):
            return False
    return index + 1 >= len(drafts)


def _stands_out(heading: Row, row: Row) -> bool:
    """Whether a heading is bold and so much larger than what follows that even a table or a few words are its text."""
    return heading.bold and heading.size > _MUCH_LARGER * row.size


def _depth(text: str, nested: Mapping[str, int]) -> int | None:
    """How deep a number says that its heading lies.

    Args:
        nested: kinds of numbers that begin below others, and by how much.
    """
    found = _NUMBER.match(text)
    if found is None or (found["roman"] and not nested):
        return None
    kind = found.lastgroup or ""
    return found[0].count(".", 0, len(found[0]) - 1) + 1 + nested.get(kind, 0)


def _nested(texts: Iterable[str]) -> dict[str, int]:
    """By kind of number how deep it begins: below `I.` stands `A.`, and below that `1.`; nothing where there is no `I.`."""
    kinds = {found.lastgroup for text in texts if (found := _NUMBER.match(text))}
    if "roman" not in kinds:
        return {}
    return {"roman": 0, "letter": 1, "dotted": 2 if "letter" in kinds else 1}


def _numbering_shift(
    headings: Sequence[tuple[Style, Draft]], ranks: Mapping[Style, int], nested: Mapping[str, int]
) -> int:
    """How much deeper `1.` stands than the highest style: chapters may have no number."""
    firsts = Counter(
        ranks[style] for style, draft in headings if style in ranks and _depth(draft.rows[0].text, nested) == 1
    )
    return firsts.most_common(1)[0][0] - 1 if firsts else 0

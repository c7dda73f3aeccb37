"""From the rows of a page to paragraphs, lists, code and table-like regions, in the producer's order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ragcli.reading.boxes import rounded_union
from ragcli.reading.captions import CAPTION, is_figure_caption, is_label
from ragcli.reading.heading_words import KNOWN
from ragcli.reading.normalise import Vocabulary
from ragcli.reading.pdf.lines_kept import code_lines, is_broken, table_lines
from ragcli.reading.pdf.tabular import table_rows
from ragcli.reading.pdf.typography import ENDS, SENTENCE, Typography
from ragcli.reading.text_layer.lines import CELL
from ragcli.reading.text_layer.row import Row
from ragcli.records import Block, BlockKind, Box

_CAPTION_LETTERS = frozenset("AaBbCcEeFfGgLlSsTt")
_SPACED_LABEL = re.compile(r"(?:[A-Z] ){3,}[A-Z]\b")
_BULLET = re.compile(r"[•▪▫◦‣⁃●○■□◆◇▶►➢➤✓✔❖*·–—-] +\S")
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|\d{1,2}°|\[\d{1,3}\]) +\S")
# `2.1 Notice`, and what laws begin their paragraphs with: `Art. 5. The`, `§ 2º Não`, `II – Abandono`.
_CLAUSE = re.compile(
    r"\d{1,2}(?:\.(?:\d{1,2}|[a-z](?=[. ]))){1,3}\.? +[^\W\d_a-z]"
    r"|(?:§ ?\d{1,3}|(?:Art\.|Artigo|Artículo|Articolo|Article|Artikel) ?\d{1,4})(?:[º°]|er|bis|ter)?[.:]?(?: [–—-])?"
    r" +[^\W\d_a-z]"
    r"|[IVXL]{1,6} ?[–—-] +\S|Parágrafo [Úúu]nico\b"
)
STUCK = re.compile(r"(\d{1,3})(?=[^\W\d_a-z]|[«“„])")  # a note's mark of a font with raised figures: no size tells it
SMALL = 0.95  # times the usual size: a footnote
_HANGING = 8  # times the size, by which the lines below the first may be indented: `--lib-path The path, which …`
_WORDS = 20  # characters of a line that is no piece of a formula
_OTHER_SIZE = 0.25  # by which names in a sentence may be smaller than its other words, or larger
_ASIDES = 6  # notes in the margin, at most, between two lines of a paragraph
_LEADERS = re.compile(r"\.\s?\.\s?\.\s?\.\s*\d+$")


@dataclass(slots=True)
class Draft:
    """A paragraph before its text is joined: rows of one kind."""

    rows: list[Row]
    kind: BlockKind = "text"
    level: int = 0
    tabular: bool = False  # one row of a table per line
    starts: list[int] = field(default_factory=list)  # of a list: the index of each item's first row
    right: float = 0.0  # of its longest row
    left: float = 0.0  # of the rows after the first
    uniform: bool = True  # all rows are as bold as the first
    region: Block | None = None  # a table or an equation that a second pass made of these rows
    picture: Box | None = None  # of a figure: what its caption is about

    def __post_init__(self) -> None:
        self.right, self.left = self.rows[0].right, self.rows[0].left

    def add(self, row: Row) -> None:
        """Append a row; what follows a line that ends in leaders and a page number is a line of its own."""
        if (above := self.rows[-1].text)[-1].isdigit() and _LEADERS.search(above):
            self.starts.append(len(self.rows))
        self.left = row.left if len(self.rows) == 1 else min(self.left, row.left)
        self.right = max(self.right, row.right)
        self.uniform = self.uniform and row.bold == self.rows[0].bold
        self.rows.append(row)

    @property
    def box(self) -> Box:
        """Of its rows and its picture."""
        return rounded_union([row.box for row in self.rows] + ([self.picture] if self.picture else []))

    def text(self, vocabulary: Vocabulary) -> str:
        """Join the rows: with a space or by undoing a hyphen; line by line where lines mean something."""
        if self.tabular:
            return table_lines(self.rows, vocabulary)
        if self.kind == "code":
            return code_lines(self.rows)
        parts: list[str] = []
        for number, row in enumerate(self.rows):
            line = row.text.replace(CELL, " ")
            if not parts or number in self.starts:
                parts.append(line)
            else:
                parts[-1] = vocabulary.join(parts[-1], line)
        return "\n".join(parts)


def paragraphs(rows: Sequence[Row], usual: Typography) -> list[Draft]:
    """Group the rows of one page. Headings by the outline (`Row.level`) are drafts of their own."""
    in_table = table_rows(rows)
    drafts: list[Draft] = []
    for number, row in enumerate(rows):
        draft = drafts[-1] if drafts else None
        if draft is not None and draft.rows[0].aside and not row.aside:
            before = (each for each in reversed(drafts[-_ASIDES:]) if not each.tabular and _belongs(each, row, usual))
            draft = next(before, draft)
        if in_table[number]:
            if draft is not None and draft.tabular and in_table[number] == in_table[number - 1]:
                draft.add(row)
            else:
                drafts.append(Draft([row], tabular=True))
        elif draft is not None and not draft.tabular and _belongs(draft, row, usual):
            draft.add(row)
        elif len(drafts) > 1 and _is_beside(drafts[-2], drafts[-1], row, usual) and _belongs(drafts[-2], row, usual):
            drafts[-2].add(row)
        else:
            drafts.append(Draft([row]))
    for draft in drafts:
        _name(draft, usual)
    return drafts


def _is_beside(text: Draft, note: Draft, row: Row, usual: Typography) -> bool:
    """Whether a draft is a note in the margin of the one before, or the caption of a figure that its lines flow round.

    Such a caption is drawn between two lines, and ends below and beside the second, `row`.
    """
    if text.tabular or note.tabular:
        return False
    if is_caption(note.rows[0], usual) and row.base < note.rows[-1].bottom:
        return note.rows[0].left >= row.right or note.right <= row.left
    if note.rows[0].size > SMALL * text.rows[0].size:
        return False
    return note.rows[0].left >= text.right or note.right <= min(row.left for row in text.rows)


def merge_lists(drafts: Sequence[Draft], usual: Typography) -> list[Draft]:
    """Return the drafts with neighbouring items as one list each, and neighbouring lines of code as one block."""
    for number, draft in enumerate(drafts):
        if draft.kind == "list" and not _is_listed(drafts, number):
            draft.kind = "text"
    merged: list[Draft] = []
    for draft in drafts:
        last = merged[-1] if merged else None
        if last is not None and last.kind == "code" and _is_empty_line(last.rows[-1], draft):
            draft.kind = "code"
        if last is not None and draft.kind == last.kind and draft.kind in ("list", "code"):
            gap = draft.rows[0].base - last.rows[-1].base
            if (
                0 < gap < 2.2 * usual.step * max(draft.rows[0].size, 1.0)
                and last.rows[0].direction == draft.rows[0].direction
            ):
                last.starts.append(len(last.rows))
                last.rows.extend(draft.rows)
                continue
        if draft.kind == "list":
            draft.starts = [0]
        merged.append(draft)
    return merged


def _is_empty_line(above: Row, draft: Draft) -> bool:
    """Whether a draft is the number of a line of code that holds nothing else, and comes after that of the line above."""
    number, before = draft.rows[0].text, above.text.split(" ", 1)[0]
    return len(draft.rows) == 1 and number.isdecimal() and before.isdecimal() and int(number) == int(before) + 1


def _is_listed(drafts: Sequence[Draft], number: int) -> bool:
    """Tell whether an item has company, or may be the only one; `(4) a case` on top of a column is half a sentence."""
    text = drafts[number].rows[0].text
    if not _NUMBERED.match(text) or re.match(r"[(\[]?[1ai][.)\]]", text):
        return True
    return any(
        other.kind == "list" for other in (*drafts[max(number - 2, 0) : number], *drafts[number + 1 : number + 3])
    )


def is_caption(row: Row, usual: Typography) -> bool:
    """Tell whether a row begins a caption: `Figure 3: …`, but not the sentence `Figure 3 shows …`."""
    text = row.text
    if text[0] not in _CAPTION_LETTERS:
        return False
    if _SPACED_LABEL.match(text):
        text = _SPACED_LABEL.sub(lambda found: found[0].replace(" ", ""), text, count=1)
    found = CAPTION.match(text)
    if found is None:
        return False
    rest = found["rest"].lstrip()
    if not rest or rest[0] in ":.–—-|(" or row.bold:
        return not rest.startswith(("-", "(")) or row.size < 0.96 * usual.size or row.bold
    return row.size < 0.96 * usual.size or (rest[0].isupper() and found["rest"][:1] in " \u2003" and len(rest) < 90)


def _belongs(draft: Draft, row: Row, usual: Typography) -> bool:
    """Tell whether `row` goes on with the paragraph that `draft` holds so far."""
    first, last = draft.rows[0], draft.rows[-1]
    if row.direction != last.direction or row.aside or last.aside:
        return False
    if row.heading or last.heading:
        return row.heading == last.heading
    if is_caption(first, usual) and _is_announced(draft, row):
        return True
    size = last.size
    if row.mono != last.mono and not usual.mono:
        is_code = row.mono and not _is_word(draft, row, usual)
        if is_code or all(other.mono for other in draft.rows):
            return False
    other_weight = row.bold != first.bold and draft.uniform and not _goes_on_in_other_weight(draft, row, usual)
    if abs(row.size - size) > 0.08 * max(size, row.size) or other_weight:
        return _is_fragment(last, row) or _runs_on(draft, row, usual)
    if row.bold and len(draft.rows) == 1 and row.text[0].isupper() and last.text.strip(" .:").casefold() in KNOWN:
        return False  # another heading, below one that is whole
    step = row.base - last.base
    same_block = row.block == last.block
    known = last.base - draft.rows[-2].base if len(draft.rows) > 1 else 0.0
    allowed = size * max(usual.leading, 1.2) * (1.3 if same_block else 1.15)
    if known > 0.9 * size:
        allowed = min(allowed, known * 1.25) if not same_block else max(known * 1.25, 0.9 * size)
    if step > allowed or step < 0.5 * size:
        return _is_fragment(last, row)
    if row.size < SMALL * usual.size and (row.raised or _follows(first, row)):
        return False  # the next footnote
    stands_out = len(draft.rows) == 1 and len(first.text) > SENTENCE  # or is full, with the lines below it indented
    reach = last.right if same_block else last.left + (_HANGING if stands_out else 3) * size
    if is_broken(last, row) and last.left - 3 * size < row.left < reach:
        return True
    full = last.right > max(draft.right, row.right) - 4 * size and len(last.text) > 20
    ended = ENDS.search(last.text) is not None
    if row.mono and not usual.mono:
        return same_block or abs(row.left - first.left) < 30 * size
    first_is_item = _is_item(first)
    if _is_item(row):
        goes_on = full and not ended and first_is_item and row.left > first.left + 0.5 * size
        if not goes_on and (ended or not full or first_is_item):
            return False
    elif (ended or not full) and (is_caption(row, usual) or _CLAUSE.match(row.text)):
        return False
    elif first_is_item and _CLAUSE.match(row.text) and row.text.startswith(first.text.split(" ")[0].rstrip(".)") + "."):
        return False  # `1.1 …` below `1. …`
    if first_is_item:
        return _goes_on_in_item(draft, row, full, ended)
    if row.left >= last.right or row.right <= last.left:
        return False
    if row.italic != last.italic and not full and len(row.text) > _WORDS and not row.text[0].islower():
        return _centred(last, row)  # the author's name, the statement of a theorem: what follows is set otherwise
    if not same_block and row.bold == last.bold and (row.bold or size > 1.1 * usual.size) and _same_centre(last, row):
        return True  # a title
    if _is_next_entry(draft, row, full, ended):
        return False
    indent = row.left - last.left
    if indent > 0.7 * size and len(draft.rows) > 1 and abs(last.left - draft.left) < 0.7 * size:
        return _centred(last, row)
    if indent > 0.7 * size and len(draft.rows) == 1 and ended and not full:
        return _centred(last, row)
    if same_block or (not ended and _hangs(draft, row) and is_caption(first, usual)):
        return True
    if full and _centred(last, row):
        return True
    if stands_out and full and not ended and row.text[0].islower() and first.left < row.left < reach:
        return True
    return (full or not ended) and abs(row.left - draft.left) < max(6.0, 2.7 * size if len(draft.rows) == 1 else 0.0)


def _goes_on_in_item(draft: Draft, row: Row, full: bool, ended: bool) -> bool:
    """Whether a row is a further line of a list's item, whose last line may be `full`, and a sentence that has `ended`."""
    first, last = draft.rows[0], draft.rows[-1]
    if len(draft.rows) > 1:
        return abs(row.left - last.left) < 0.7 * last.size and (full or not ended)
    if full and not ended and row.left < first.left < row.left + 3 * last.size:
        return True  # the first line is indented
    return row.left > first.left + 0.4 * last.size or (full and abs(row.left - first.left) < last.size)


def _is_next_entry(draft: Draft, row: Row, full: bool, ended: bool) -> bool:
    """Whether a hanging indent ends at a row: the next entry of a bibliography begins."""
    first, last = draft.rows[0], draft.rows[-1]
    if len(draft.rows) == 1:  # the entry above is cut by a column's end or a block of MuPDF's
        return row.left < last.left - 0.7 * last.size and ended and not full and not first.raised
    hangs = draft.left > first.left + 0.7 * last.size
    return hangs and row.left < draft.left - 0.7 * last.size and (ended or not full)


def _follows(first: Row, row: Row) -> bool:
    """Whether two rows begin with numbers stuck to them, one after the other."""
    found, before = STUCK.match(row.text), STUCK.match(first.text)
    return found is not None and before is not None and int(found[1]) == int(before[1]) + 1


def _hangs(draft: Draft, row: Row) -> bool:
    """Whether a row stands below the words of a caption, whose label stands out to the left, or below its middle."""
    first, last = draft.rows[0], draft.rows[-1]
    return first.left < row.left and row.right < draft.right + row.size and len(last.text) > SENTENCE


def _is_announced(draft: Draft, row: Row) -> bool:
    """Tell whether a row is of the small print that a figure's caption ends in: `We compare:`, and what, below it."""
    first, last = draft.rows[0], draft.rows[-1]
    return (
        row.size < 0.96 * first.size
        and (last.size < 0.96 * first.size or last.text.endswith(":"))
        and row.base - max(other.base for other in draft.rows) < 1.5 * row.size
        and first.left - row.size < row.left < row.right < draft.right + row.size
        and is_figure_caption(first.text)
    )


def _goes_on_in_other_weight(draft: Draft, row: Row, usual: Typography) -> bool:
    """Tell whether a line that is bold where those above are not, or the reverse, goes on with their sentence.

    A figure's caption may have a bold title and end anywhere; elsewhere a bold line is a heading's more often than not.
    """
    first, last = draft.rows[0], draft.rows[-1]
    if row.block != last.block:
        return False
    captions = is_caption(first, usual)
    if captions and (is_figure_caption(first.text) or (len(draft.rows) == row.cells == 1 and is_label(first.text))):
        return True
    goes_on = row.text[0].islower() and not ENDS.search(last.text)
    return goes_on and (captions or (not first.bold and len(last.text) > SENTENCE))


def _runs_on(draft: Draft, row: Row, usual: Typography) -> bool:
    """Whether a sentence runs on from a full line to one that names make smaller or bold, or from such a line."""
    last, step = draft.rows[-1], row.base - draft.rows[-1].base
    known = last.base - draft.rows[-2].base if len(draft.rows) > 1 else usual.leading * last.size
    return (
        row.block == last.block
        and row.text[0].islower()
        and len(last.text) > SENTENCE
        and not (ENDS.search(last.text) or _LEADERS.search(last.text))
        and abs(step - known) < 0.15 * last.size
        and last.right > max(draft.right, row.right) - 2 * last.size
        and -3 * last.size < row.left - draft.left < 0.2 * last.size
        and abs(row.size - last.size) < _OTHER_SIZE * last.size
    )


def _is_fragment(last: Row, row: Row) -> bool:
    """A bit of a formula: it belongs to the line beside it, whatever its size."""
    return (
        last.block == row.block
        and len(row.text) <= 3
        and row.top < last.bottom
        and row.bottom > last.top
        and abs(row.base - last.base) < last.size
        and last.left <= row.left <= last.right + last.size
    )


def _is_item(row: Row) -> bool:
    return not row.text[0].isupper() and (_BULLET.match(row.text) or _NUMBERED.match(row.text)) is not None


def _centred(last: Row, row: Row) -> bool:
    """Whether two lines below each other have one middle; in blocks of their own only in the middle of a sentence."""
    goes_on = row.text[0].islower() and not ENDS.search(last.text)
    return (last.block == row.block or goes_on) and _same_centre(last, row)


def _same_centre(last: Row, row: Row) -> bool:
    return abs(last.left + last.right - row.left - row.right) < row.size


def _name(draft: Draft, usual: Typography) -> None:
    """Set the kind that shows from the rows alone; headings and footnotes need the document or the page."""
    first = draft.rows[0]
    if first.level:
        draft.kind, draft.level = "heading", first.level
    elif draft.tabular or first.aside:
        return
    elif is_caption(first, usual):
        draft.kind = "caption"
    elif not usual.mono and not first.raised and all(row.mono for row in draft.rows):
        draft.kind = "code"
    elif _is_item(first):
        draft.kind = "list"


def _is_word(draft: Draft, row: Row, usual: Typography) -> bool:
    """Whether a typewritten line is of the sentence above it, as a name or an address may fill a line, and no code."""
    last = draft.rows[-1]
    if row.block != last.block:
        return False
    if "://" in row.text and " " not in row.text:
        return True
    # Of one line above nobody knows whether it is full, and its beginning may be indented.
    least, indent = (2 * SENTENCE, 3.0) if len(draft.rows) == 1 else (SENTENCE, 0.1)
    return (
        not ENDS.search(last.text)
        and len(last.text) > least
        and last.right > max(draft.right, row.right) - 4 * last.size
        and -0.1 * row.size < draft.left - row.left < indent * row.size
        and row.base - last.base < 1.1 * usual.leading * last.size
    )

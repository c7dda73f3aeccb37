"""Forms: what is filled in is drawn after all the labels, and belongs beside its own."""

from collections import Counter
from collections.abc import Collection, Sequence

from ragcli.reading.text_layer.lines import append
from ragcli.reading.text_layer.row import Row

_LABEL = 50  # characters at most, as of a value with further lines
_ASIDE = 25.0  # sizes between a label and what is filled in beside it, at most
_LEADING = 1.7  # sizes from baseline to baseline, within which rows may be one paragraph
_MARKS = (":", "：")
TICKS = frozenset("✓✔✕✖✗✘●■◆☑☒")
_BESIDE_A_BOX = 3.0  # sizes between a ticked box and what it says


def with_values(rows: list[Row]) -> list[Row]:
    """Return the rows of a page, each label `Name:` with the row that stands beside it, wherever that was drawn.

    Labels are those that were drawn one after the other: a single line that ends with a colon may belong to the left column
    of a text, and what stands beside it to the right one. Lines right below a value go with it.
    """
    rows = _with_ticks(rows)
    marked = [_is_marked(row) for row in rows]
    labels = [
        n
        for n, is_label in enumerate(marked)
        if is_label and True in (*marked[max(n - 1, 0) : n], *marked[n + 1 : n + 2])
    ]
    filled: dict[int, int] = {}  # by the number of a label's row, that of its value's
    for number, row in enumerate(rows if labels else ()):
        if row.upright and not marked[number] and _begins(rows, number, filled.values()):
            beside = [n for n in labels if n < number - 1 and n not in filled and _is_beside(rows[n], row)]
            if beside:
                filled[max(beside, key=lambda n: rows[n].right)] = number
    below = {value: _lines_below(rows, value, filled.values(), labels) for value in filled.values()}
    moved = {*below, *(n for lines in below.values() for n in lines)}
    kept: list[Row] = []
    for number, row in enumerate(rows):
        if number not in moved:
            kept.append(row)
        if number in filled:
            append(row, rows[filled[number]])
            kept += [rows[n] for n in below[filled[number]]]
    return kept


def _with_ticks(rows: list[Row]) -> list[Row]:
    """Put each tick that was drawn alone before the text right of its box, or else behind a short one left of it."""
    ticks = [row for row in rows if row.text in TICKS]
    blocks = Counter(row.block for row in rows) if ticks else Counter[int]()
    gone: set[int] = set()
    for tick in ticks:
        on_line = [row for row in rows if row.text not in TICKS and abs(row.base - tick.base) < 0.6 * row.size]
        right = [row for row in on_line if -0.3 * row.size < row.left - tick.right < _BESIDE_A_BOX * row.size]
        left = [
            row
            for row in on_line
            if -0.3 * row.size < tick.left - row.right < _BESIDE_A_BOX * row.size
            and len(row.text) <= _LABEL
            and blocks[row.block] == 1
        ]
        if right:
            said = min(right, key=lambda row: row.left)
            said.text, said.left = f"{tick.text} {said.text}", tick.left
        elif left:
            said = max(left, key=lambda row: row.right)
            said.text, said.right = f"{said.text} {tick.text}", tick.right
        else:
            continue
        gone.add(id(tick))
    return [row for row in rows if id(row) not in gone]


def _is_marked(row: Row) -> bool:
    return row.text.endswith(_MARKS) and len(row.text) <= _LABEL and row.cells == 1 and row.upright and not row.mono


def _begins(rows: Sequence[Row], number: int, values: Collection[int]) -> bool:
    """Whether a row is neither a later line of a paragraph nor the first of one of long lines."""
    before, row, after = rows[number - 1] if number else None, rows[number], rows[number + 1 : number + 2]
    if before is not None and number - 1 not in values and _is_right_below(before, row):
        return False
    return len(row.text) <= _LABEL or not (after and _is_right_below(row, after[0]))


def _is_right_below(above: Row, row: Row) -> bool:
    return 0 < row.base - above.base < _LEADING * row.size and abs(row.left - above.left) < row.size


def _is_beside(label: Row, row: Row) -> bool:
    return abs(row.base - label.base) < 0.4 * label.size and 0 <= row.left - label.right < _ASIDE * label.size


def _lines_below(rows: Sequence[Row], value: int, values: Collection[int], labels: Sequence[int]) -> list[int]:
    """The rows that go on with a value, as an address does."""
    following = value + 1
    while (
        following < len(rows)
        and following not in values
        and _is_right_below(rows[following - 1], rows[following])
        and not any(_is_beside(rows[label], rows[following]) for label in labels)
    ):
        following += 1
    return list(range(value + 1, following))

"""Charts of Word files and presentations: their titles, and the numbers that are kept with them as a table."""

import datetime
from collections.abc import Iterator
from typing import Any

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from ragcli.reading.office.number_formats import shown_day, shown_number
from ragcli.reading.text import paragraph, table
from ragcli.records import Block

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_LETTERS = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_MOST_SERIES = 20
_MOST_POINTS = 500


def chart_blocks(chart: Any) -> Iterator[Block]:
    """Yield the titles of a `c:chartSpace`, its axes' too, and its table: categories or x down, series across."""
    for said in chart_titles(chart):
        yield Block(said, "caption")
    series = list(chart.iter(f"{C}ser"))[:_MOST_SERIES]
    starts_1904 = chart.find(f"{C}date1904")
    epoch = CALENDAR_MAC_1904 if starts_1904 is not None and starts_1904.get("val") == "1" else CALENDAR_WINDOWS_1900
    columns: list[str] = []
    rows: dict[tuple[object, ...], dict[int, str]] = {}
    labels: dict[tuple[object, ...], str] = {}
    for one in series:
        along = _points(one, ("cat", "xVal"), epoch)
        has_x = one.find(f"{C}xVal") is not None
        name = paragraph(" ".join(node.text or "" for tx in one.findall(f"{C}tx") for node in tx.iter(f"{C}v")))
        for values, head in ((("val", "yVal"), name), (("bubbleSize",), f"{name} (size)")):
            for at, value in _points(one, values, epoch).items():
                key = (along.get(at), at) if has_x else (at,)
                labels[key] = labels.get(key) or along.get(at, "")
                rows.setdefault(key, {})[len(columns)] = value
            if any(len(columns) in row for row in rows.values()):
                columns.append(head)
    if not columns:
        return
    body = [[labels[key], *(row.get(n, "") for n in range(len(columns)))] for key, row in rows.items()]
    if text := table([["", *columns], *body]):
        yield Block(text, "table")


def chart_titles(chart: Any) -> Iterator[str]:
    """The titles of a `c:chartSpace` and of its axes."""
    for title in chart.iter(f"{C}title"):
        if said := paragraph("".join(node.text or "" for node in title.iter() if node.tag in (_LETTERS, f"{C}v"))):
            yield said


def _points(series: Any, names: tuple[str, ...], epoch: Any) -> dict[int, str]:
    """What a series keeps of its values or labels, by their number. Labels of several levels are joined: `Leeds men`."""
    kept = next((node for name in names if (node := series.find(C + name)) is not None), None)
    if kept is None:
        return {}
    form = next((node.text or "" for node in kept.iter(f"{C}formatCode")), "")
    is_number = any(True for _ in kept.iter(f"{C}numCache", f"{C}numLit"))
    leaf, *upper = list(kept.iter(f"{C}lvl")) or [kept]
    texts = _texts(leaf)
    found = {at: _shown(text, form, epoch) if is_number else text for at, text in texts.items() if at < _MOST_POINTS}
    for level in upper:
        groups, group = _texts(level), ""
        for at in sorted(found):
            group = groups.get(at, group)  # it stands at the first of those that it names
            found[at] = f"{group} {found[at]}".strip()
    return found


def _texts(level: Any) -> dict[int, str]:
    points = ((point.get("idx", "0"), point.findtext(f"{C}v") or "") for point in level.iter(f"{C}pt"))
    return {int(number): text for number, text in points if number.isdecimal() and len(number) < 10}


def _shown(text: str, form: str, epoch: Any) -> str:
    """A number or a day as its format says; as it is kept where that is neither."""
    try:
        value = float(text)
        if not is_date_format(form):
            return shown_number(value, form)
        moment = from_excel(value, epoch)
    except (ValueError, OverflowError):
        return text
    return shown_day(moment, form) if isinstance(moment, datetime.datetime) else str(moment)

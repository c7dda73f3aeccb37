"""Which picture or drawing a caption claims: by distance, column and what stands between, and by the document's habit.

A figure is found by its caption: `Figure 3: …` claims the pictures and drawings next to it, above, below or beside,
with the labels in and around them. What no caption claims is no figure here (pictures are extracted all the same).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, groupby, pairwise

from ragcli.reading.boxes import around, share_inside
from ragcli.reading.captions import is_figure_caption
from ragcli.reading.mupdf.content import Content, lightness
from ragcli.reading.pdf.clusters import clusters
from ragcli.reading.pdf.paragraphs import Draft
from ragcli.reading.text_layer.row import Row
from ragcli.records import Box

_SMALLEST = 16.0  # points, of a picture's shorter side; thinner are rules, underlines and marks
_LARGEST = 0.95  # of the page in both directions: a background
_MARGIN = 0.12  # of the page's height: where headers and footers are
_NEAR = 8.0  # points from a drawing to the labels of its axes
_REACH = 110.0  # points from a picture to its caption, where nothing stands between
_INTO = 10.0  # points of a picture's box that may reach into its caption's: white margins, and clips
_BETWEEN_PANELS = 50.0  # points between pictures in a row
_AGAINST_HABIT, _BESIDE = 60.0, 40.0  # points that a place other than the document's usual one costs
_GUTTER = 6.0  # points between two figures side by side, one of which reaches over
_WHITE = 0.995
_MANY = 2000  # paths on one page, from which their boxes by MuPDF are exact enough
_LIGHT = 10_000  # stored bytes that draw a page, up to which it hardly has as many: a path takes five and more
_PROSE = 100  # characters of a paragraph that is no label


@dataclass(slots=True)
class PageView:
    """What of a page tells where its figures are. Boxes on the unrotated page."""

    drafts: Sequence[Draft]
    graphics: Sequence[Box]  # of every path and picture that is painted
    width: float
    height: float


@dataclass(slots=True)
class _Caption:
    box: Box
    is_figure: bool
    number: int  # of its draft
    region: Box | None = None
    side: str = ""


@dataclass(slots=True)
class _Page:
    captions: list[_Caption]
    pictures: list[Box]  # drawings and pictures, each with its labels
    rules: list[Box]  # too thin to be one
    barriers: list[Box]  # lines of paragraphs and headings, which a figure does not reach over
    pairs: list["_Pair"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A caption that may claim a picture."""

    caption: int
    picture: int
    side: str  # where the picture is: above, below, beside, around
    gap: float

    def cost(self, habit: str) -> float:
        if self.side == "around":
            return 0.0
        return self.gap + (_BESIDE if self.side == "beside" else _AGAINST_HABIT if self.side != habit else 0.0)


def may_claim(rows: Iterable[Row]) -> bool:
    """Tell cheaply whether a page may hold a figure's caption: only then its graphics are worth a look."""
    return any(row.text[:1] in "FfSsGgCcAaEe" and is_figure_caption(row.text) for row in rows)


def graphics_of(content: Content) -> list[Box]:
    """The boxes of all paths and pictures that a page paints, as far as clips let them show. White is nothing.

    Where there are thousands their boxes may be a few points too large, and are taken as they are: a map or a plot of
    that many would take half a second, eight times as long.
    """
    if content.stored_bytes > _LIGHT and len(content.paths) > _MANY:
        shown = (path["bbox"] for path in content.paths if path["stroked"] or lightness(path["color"]) < 255)
        return [*content.pictures, *{(int(x0), int(y0), int(x1) + 1, int(y1) + 1) for x0, y0, x1, y1 in shown}]
    boxes = list(content.pictures)
    clips: list[tuple[int, Box]] = []  # level of nesting, box
    for item in content.drawings:
        while clips and clips[-1][0] >= item["level"]:
            clips.pop()
        kind = item["type"]
        if kind == "clip":
            box = item["scissor"]
            clips.append((item["level"], _common(box, clips[-1][1]) if clips else box))
        elif kind != "group" and (kind != "f" or min(item["fill"] or (1.0,)) < _WHITE):
            box = item["rect"]
            if clips:
                x0, y0, x1, y1 = clips[-1][1]
                if box[0] < x0 or box[1] < y0 or box[2] > x1 or box[3] > y1:
                    box = _common(box, clips[-1][1])
                    if box[0] > box[2] or box[1] > box[3]:
                        continue
            boxes.append(box)
    return boxes


def claimed_figures(views: Sequence[PageView]) -> list[Mapping[int, Box]]:
    """For each page the region of the picture that a figure's caption claims, by the index of the caption's draft.

    A picture has one caption at most, the nearest. A caption may claim several pictures (the panels of one figure), as
    long as no paragraph, heading or other caption lies among them. Whether captions stand below or above is decided
    for the whole document, by the captions that have a choice of one.
    """
    repeated = _repeated(views)
    pages = [_page(view, repeated) for view in views]
    habit = _habit(pages)
    for page in pages:
        for pair in sorted(page.pairs, key=lambda pair: (pair.cost(habit), pair.caption, pair.picture)):
            _claim(page, pair)
        for caption in page.captions:
            _take_panels(page, caption)
            _take_rules(page, caption)
    return [
        {caption.number: caption.region for caption in page.captions if caption.is_figure and caption.region}
        for page in pages
    ]


def _repeated(views: Sequence[PageView]) -> set[Box]:
    """Boxes in the margin of three pages or more: logos and the rules of a header."""
    seen = Counter(
        chain.from_iterable(
            {
                _rounded(box)
                for box in view.graphics
                if box[3] < _MARGIN * view.height or box[1] > (1 - _MARGIN) * view.height
            }
            for view in views
        )
    )
    return {box for box, pages in seen.items() if pages > 2}


def _rounded(box: Box) -> Box:
    return round(box[0]), round(box[1]), round(box[2]), round(box[3])


def _page(view: PageView, repeated: set[Box]) -> _Page:
    boxes = [draft.box for draft in view.drafts]
    captions = [
        _Caption(box, is_figure_caption(draft.rows[0].text), number)
        for number, (draft, box) in enumerate(zip(view.drafts, boxes, strict=True))
        if draft.kind == "caption"
    ]
    if not any(caption.is_figure for caption in captions):
        return _Page([], [], [], [])
    graphics = [
        cut for box in view.graphics if (not repeated or _rounded(box) not in repeated) and (cut := _on_page(box, view))
    ]
    groups = clusters(graphics, view.width, view.height)
    pictures = [around(*part) for members in groups for part in _divided(members, captions)]
    labels: list[Box] = []
    barriers: list[Box] = []
    for draft, box in zip(view.drafts, boxes, strict=True):
        if draft.kind == "caption":
            continue
        inside = any(share_inside(box, picture) > 0.7 for picture in pictures)
        is_prose = draft.level > 0 or sum(len(row.text) for row in draft.rows) > _PROSE
        if not inside and is_prose:
            barriers += [row.box for row in draft.rows]  # not its box: text may run around a figure
        elif not inside:
            labels.append(box)
    rules = [box for box in pictures if not _is_picture(box)]
    pictures = [_labelled(box, labels, barriers) for box in pictures if _is_picture(box)]
    page = _Page(captions, pictures, rules, barriers)
    for number, caption in enumerate(captions):
        for index, picture in enumerate(pictures):
            if pair := _pair(number, caption.box, index, picture, barriers, captions):
                page.pairs.append(pair)
    return page


def _on_page(box: Box, view: PageView) -> Box | None:
    """The part of a box that is on the page; None for backgrounds and for nothing."""
    x0, y0, x1, y1 = box
    if x0 < 0 or y0 < 0 or x1 > view.width or y1 > view.height:
        x0, y0, x1, y1 = _common(box, (0.0, 0.0, view.width, view.height))
    if x1 < x0 or y1 < y0 or (x1 - x0 > _LARGEST * view.width and y1 - y0 > _LARGEST * view.height):
        return None
    return x0, y0, x1, y1


def _is_picture(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) >= _SMALLEST


def _divided(members: list[Box], captions: Sequence[_Caption]) -> list[list[Box]]:
    """Part a group above two captions side by side: two figures that stand close together."""
    x0, y0, x1, y1 = around(*members)
    below = sorted(
        caption.box
        for caption in captions
        if caption.is_figure
        and (y0 + y1) / 2 < caption.box[1] < y1 + 2 * _INTO  # the panels may end at different heights
        and 2 * x0 < caption.box[0] + caption.box[2] < 2 * x1
    )
    for left, right in pairwise(below):
        if left[2] > right[0] + _NEAR:
            continue
        middles = (left[0] + left[2]) / 2, (right[0] + right[2]) / 2
        cut = _crossed_by_few(members, *middles)
        if cut is None:
            cut = _gap_between(members, *middles)
        else:
            members = [box for box in members if not box[0] < cut < box[2]]
        if cut is not None:
            parts = [[box for box in members if (box[0] < cut) == is_left] for is_left in (True, False)]
            return [parts[0], *_divided(parts[1], captions)]
    return [members]


def _gap_between(members: Iterable[Box], left: float, right: float) -> float | None:
    """Where the widest gap from one side to the other lies, between two positions; None where there is none."""
    best, cut, reached = 0.0, None, left
    for box in sorted(members):
        if box[0] - reached > best and reached > left and box[0] < right:
            best, cut = box[0] - reached, box[0]
        reached = max(reached, box[2])
    return cut


def _crossed_by_few(members: Sequence[Box], left: float, right: float) -> float | None:
    """Where one box in a hundred at most reaches over: pictures of shadows are wider than the frame that they show in."""
    start = int(left)
    steps = [0] * (max(int(right) - start, 0) + 2)
    for x0, _, x1, _ in members:
        first, after = max(int(x0), start) - start, min(int(x1) + 1, start + len(steps) - 1) - start
        if first < after:
            steps[first] += 1
            steps[after] -= 1
    crossing = list(accumulate(steps[:-2]))
    runs = [(len(list(run)), few) for few, run in groupby(crossing, key=lambda count: 100 * count <= len(members))]
    ends = list(accumulate(length for length, _ in runs))
    inner = [
        (length, end) for (length, few), end in zip(runs, ends, strict=True) if few and length < end < len(crossing)
    ]
    length, end = max(inner, default=(0, 0))
    return start + end - length / 2 if length > _GUTTER else None


def _labelled(picture: Box, labels: Sequence[Box], barriers: Sequence[Box]) -> Box:
    """A drawing with the short texts in it and around it: names of axes, legends.

    Nothing larger, as a watermark, or wider, as a running head; and nothing that takes lines of a paragraph along.
    """
    barriers = [box for box in barriers if not _overlap(box, picture)]
    for near in (_NEAR, _NEAR / 2):  # the figures of an axis, and then its name, close behind them
        x0, y0, x1, y1 = picture
        for box in labels:
            if (box[2] - box[0]) * (box[3] - box[1]) > (x1 - x0) * (y1 - y0) or box[2] - box[0] > x1 - x0 + 2 * _NEAR:
                continue
            if box[0] < x1 + near and box[2] > x0 - near and box[1] < y1 + near and box[3] > y0 - near:
                grown = around(picture, box)
                if not any(_overlap(grown, barrier) for barrier in barriers):
                    picture = grown
    return picture


def _pair(
    number: int, caption: Box, index: int, picture: Box, barriers: Sequence[Box], captions: Sequence[_Caption]
) -> _Pair | None:
    """The way from a caption to a picture, None where there is none."""
    if share_inside(caption, picture) > 0.7:
        return _Pair(number, index, "around", 0.0)
    across = min(caption[2], picture[2]) - max(caption[0], picture[0])
    along = min(caption[3], picture[3]) - max(caption[1], picture[1])
    if across > 0.3 * min(caption[2] - caption[0], picture[2] - picture[0]):
        left, right = max(caption[0], picture[0]), min(caption[2], picture[2])
        if picture[3] <= caption[1] + _INTO:
            side, between = "above", (left, picture[3], right, caption[1])
        elif picture[1] >= caption[3] - _INTO:
            side, between = "below", (left, caption[3], right, picture[1])
        else:
            return None
        gap = max(0.0, between[3] - between[1])
    elif along > 0.5 * min(caption[3] - caption[1], picture[3] - picture[1]):
        top, bottom = max(caption[1], picture[1]), min(caption[3], picture[3])
        ends = sorted((caption[0], caption[2], picture[0], picture[2]))[1:3]
        side, between = "beside", (ends[0], top, ends[1], bottom)
        gap = max(0.0, ends[1] - ends[0])
    else:
        return None
    others = [other.box for other in captions if other.box is not caption]
    if gap > _REACH or any(_overlap(between, box) for box in (*barriers, *others)):
        return None
    return _Pair(number, index, side, gap)


def _habit(pages: Sequence[_Page]) -> str:
    """Whether the pictures of this document stand above their captions, or below."""
    votes: Counter[str] = Counter()
    for page in pages:
        for number, caption in enumerate(page.captions):
            nearest = {pair.side: pair.gap for pair in page.pairs if pair.caption == number and caption.is_figure}
            if ("above" in nearest) != ("below" in nearest):
                votes["above" if "above" in nearest else "below"] += 1
    return "below" if votes["below"] > votes["above"] else "above"


def _claim(page: _Page, pair: _Pair) -> None:
    """Let a caption have a picture, if nobody has it and it lies with what the caption has already."""
    caption, picture = page.captions[pair.caption], page.pictures[pair.picture]
    if any(other.region is not None and share_inside(picture, other.region) > 0.5 for other in page.captions):
        return
    if caption.region is None:
        if not caption.is_figure and pair.side == "above":
            return  # a table's caption stands above; what is over it is somebody else's
        caption.region, caption.side = picture, pair.side
        return
    if pair.side == caption.side and _is_free(page, caption, around(caption.region, picture)):
        caption.region = around(caption.region, picture)


def _is_free(page: _Page, caption: _Caption, region: Box) -> bool:
    """Tell whether a region holds no paragraph, no other caption and no other caption's picture."""
    others = [box for other in page.captions if other is not caption for box in (other.box, other.region) if box]
    return not any(_overlap(region, box) for box in (*page.barriers, *others))


def _take_panels(page: _Page, caption: _Caption) -> None:
    """Add the pictures that nobody claims in the same row: panels beyond the ends of a short caption."""
    for picture in sorted(page.pictures, key=lambda box: abs(box[0] - caption.box[0])):
        if caption.region is None or not caption.is_figure or share_inside(picture, caption.region) > 0.5:
            continue
        low, high = max(picture[1], caption.region[1]), min(picture[3], caption.region[3])
        gap = max(picture[0] - caption.region[2], caption.region[0] - picture[2])
        grown = around(caption.region, picture)
        if high - low > 0.7 * (picture[3] - picture[1]) and gap < _BETWEEN_PANELS and _is_free(page, caption, grown):
            caption.region = grown


def _take_rules(page: _Page, caption: _Caption) -> None:
    """Add the thin lines that lie within a figure's width, right at it: its frame, its axis."""
    if caption.region is None:
        return
    x0, y0, x1, y1 = caption.region
    for rule in page.rules:
        if rule[0] > x0 - _NEAR and rule[2] < x1 + _NEAR and rule[1] < y1 + _NEAR and rule[3] > y0 - _NEAR:
            caption.region = around(caption.region, rule)


def _common(a: Box, b: Box) -> Box:
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def _overlap(a: Box, b: Box) -> bool:
    """More than a hair's breadth in both directions."""
    return min(a[2], b[2]) - max(a[0], b[0]) > 2 and min(a[3], b[3]) - max(a[1], b[1]) > 2

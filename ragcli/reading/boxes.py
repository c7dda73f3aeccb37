"""How boxes lie to each other."""

from collections.abc import Iterable, Sequence

from ragcli.records import Box

_COLUMN = 0.5  # of the narrower of two boxes, from which they stand in one column


def share_inside(inner: Box | None, outer: Box | None) -> float:
    """The share of the inner box's area that lies in the outer one; 0 for a box without area, or where one is unknown."""
    if inner is None or outer is None:
        return 0.0
    across = min(inner[2], outer[2]) - max(inner[0], outer[0])
    along = min(inner[3], outer[3]) - max(inner[1], outer[1])
    area = (inner[2] - inner[0]) * (inner[3] - inner[1])
    return max(across, 0.0) * max(along, 0.0) / area if area > 0 else 0.0


def holds_middle(outer: Sequence[float], inner: Sequence[float]) -> bool:
    """Whether the middle of a box stands in another: boxes of letters reach out of what they are set in."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def mid_height(box: Box) -> float:
    """Half way from its upper to its lower side."""
    return (box[1] + box[3]) / 2


def in_one_column(one: Box, other: Box) -> bool:
    """Whether one box stands above the other as far as their sides tell."""
    shared = min(one[2], other[2]) - max(one[0], other[0])
    return shared > _COLUMN * min(one[2] - one[0], other[2] - other[0])


def union(boxes: Iterable[Box | None]) -> Box | None:
    """The smallest box that holds all; None when there is none."""
    known = [box for box in boxes if box is not None]
    return around(*known) if known else None


def rounded_union(boxes: Iterable[Box]) -> Box:
    """As `around`, to a hundredth of a point: MuPDF's single precision has no more, and shows it in 14 digits."""
    left, top, right, bottom = around(*boxes)
    return round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)


def around(*boxes: Sequence[float]) -> Box:
    """The smallest box that holds all of them, at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)

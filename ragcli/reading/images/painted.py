"""What pictures a page paints, where, which way up; strips and tiles of one picture as one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.records import Box

_TOUCHES = 0.6  # points between the edges of two strips
_SAME_SCALE = 0.02  # difference of the pixels per point of two strips
_STRAIGHT = 0.02  # of a picture's side, by which it may be slanted


class Turn(NamedTuple):
    """How a picture is laid on the page, as a reader sees the page: first transposed, then mirrored."""

    transposed: bool = False
    mirrored_x: bool = False
    mirrored_y: bool = False


UPRIGHT = Turn()


@dataclass(frozen=True, slots=True)
class Part:
    """One image of the file as it is painted once."""

    page: int  # from 1
    box: Box  # on the unrotated page
    number: int  # of its block among the page's pictures
    xref: int  # 0: inline, or made by a form
    mask: int  # the xref of its soft mask or stencil, 0 for none
    digest: bytes  # of its samples
    colours: str  # the name of the space that they are colours of: the same samples are red in one, grey in another
    width: int  # pixels, as stored
    height: int
    turn: Turn


@dataclass(frozen=True, slots=True)
class Painted:
    """A picture as a reader sees it: one image, or the strips and tiles that it was cut into."""

    parts: tuple[Part, ...]

    @property
    def box(self) -> Box:
        left, top, right, bottom = zip(*(part.box for part in self.parts), strict=True)
        return min(left), min(top), max(right), max(bottom)

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for pictures that look alike."""
        return tuple((part.digest, part.colours, part.mask, part.turn, part.width, part.height) for part in self.parts)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, as seen."""
        x0, y0, x1, y1 = self.box
        part = self.parts[0]
        width, height = (part.height, part.width) if part.turn.transposed else (part.width, part.height)
        if len(self.parts) == 1:
            return width, height
        across, along = (x1 - x0) / (part.box[2] - part.box[0]), (y1 - y0) / (part.box[3] - part.box[1])
        return round(width * across), round(height * along)


class _Stored(NamedTuple):
    """An image as the file holds it."""

    xref: int
    mask: int  # the xref of its soft mask or stencil, 0 for none
    colours: str  # the kind of its colour space, "" where that is the format's own


_INLINE = _Stored(0, 0, "")


class Images:
    """The images of a document; each is decoded once, not once per page."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self._digests: dict[int, bytes | None] = {}

    def painted_on(self, number: int) -> list[Painted]:
        """The pictures of a page (from 1) in the order in which they are painted; nothing that is off the page."""
        page = self.document.load_page(number - 1)
        infos = page.get_image_info(hashes=True)
        if not infos:
            return []
        stored = self._stored(page)
        width, height = page.cropbox.width, page.cropbox.height
        parts = []
        for info in infos:
            x0, y0, x1, y1 = box = tuple(info["bbox"])
            if x1 <= 0 or y1 <= 0 or x0 >= width or y0 >= height or x1 - x0 <= 0 or y1 - y0 <= 0:
                continue
            alike = stored.get(info["digest"], [])
            alike = [each for each in alike if info["cs-name"].startswith(each.colours)] or alike
            image = alike[0] if len({each.mask for each in alike}) == 1 else self._masked_as(page, info, alike)
            turn = _turn(info["transform"], page.rotation)
            shown = info["digest"], info["cs-name"], info["width"], info["height"]
            parts.append(Part(number, box, info["number"], image.xref, image.mask, *shown, turn))
        return _joined(parts) if page.rotation == 0 else [Painted((part,)) for part in parts]

    def _stored(self, page: Any) -> Mapping[bytes, list[_Stored]]:
        """The images that a page's resources list, by the digests of their samples."""
        found: defaultdict[bytes, list[_Stored]] = defaultdict(list)
        for xref, mask, _, _, _, colours, *_ in page.get_images(full=True):
            if digest := self._digest(xref):
                kind, value = self.document.xref_get_key(xref, "Mask")
                stencil = int(value.split()[0]) if kind == "xref" else 0
                found[digest].append(_Stored(xref, mask or stencil, colours))
        return found

    def _digest(self, xref: int) -> bytes | None:
        if xref not in self._digests:
            try:
                self._digests[xref] = pymupdf.Pixmap(self.document, xref).digest
            except Exception:  # listed, undecodable, and perhaps never painted: no failure yet
                self._digests[xref] = None
        return self._digests[xref]

    def _masked_as(self, page: Any, info: Mapping[str, Any], alike: Iterable[_Stored]) -> _Stored:
        """The one whose mask is the painted picture's: icons are often all black, and differ in their masks alone."""
        if not alike:
            return _INLINE
        blocks = page.get_text("dict", flags=pymupdf.TEXT_PRESERVE_IMAGES)["blocks"]
        mask = next(block.get("mask") for block in blocks if block["type"] == 1 and block["number"] == info["number"])
        digest = pymupdf.Pixmap(mask).digest if mask else None
        return next((each for each in alike if (each.mask and self._digest(each.mask)) == (digest or 0)), _INLINE)


def _turn(transform: Sequence[float], rotation: int) -> Turn:
    """How an image is turned on the page as it is seen; a slanted one is left as it is stored."""
    (ax, ay), (bx, by) = (_rotated(transform[at], transform[at + 1], rotation) for at in (0, 2))
    if min(abs(ax), abs(ay)) > _STRAIGHT * max(abs(ax), abs(ay)):
        return UPRIGHT
    if abs(ax) >= abs(ay):
        return Turn(False, ax < 0, by < 0)
    return Turn(True, bx < 0, ay < 0)


def _rotated(x: float, y: float, degrees: int) -> tuple[float, float]:
    """A direction on the unrotated page, y downwards, as seen on the page turned clockwise."""
    return {90: (-y, x), 180: (-x, -y), 270: (y, -x)}.get(degrees, (x, y))


def _joined(parts: Sequence[Part]) -> list[Painted]:
    """Put strips and tiles together: neighbours in painting order that share a whole edge, at one scale."""
    groups: list[list[Part]] = []
    for part in parts:
        if groups and _continues(groups[-1], part):
            groups[-1].append(part)
        else:
            groups.append([part])
    pictures: list[Painted] = []
    for group in groups:
        picture = Painted(tuple(group))
        if len(group) == 1 or _fills(picture):
            pictures.append(picture)
        else:  # they touch, but leave holes: no picture that was cut
            pictures += [Painted((part,)) for part in group]
    return pictures


def _continues(group: Iterable[Part], part: Part) -> bool:
    """Tell whether a part shares an edge with one of the group."""
    if part.turn.transposed:
        return False
    for other in group:
        if other.turn != part.turn or not _same_scale(part, other):
            continue
        a, b = other.box, part.box
        side_by_side = _near(a[1], b[1]) and _near(a[3], b[3]) and (_near(a[2], b[0]) or _near(b[2], a[0]))
        stacked = _near(a[0], b[0]) and _near(a[2], b[2]) and (_near(a[3], b[1]) or _near(b[3], a[1]))
        if side_by_side or stacked:
            return True
    return False


def _near(a: float, b: float) -> bool:
    return abs(a - b) < _TOUCHES


def _same_scale(part: Part, other: Part) -> bool:
    scales = [
        (each.width / (each.box[2] - each.box[0]), each.height / (each.box[3] - each.box[1])) for each in (part, other)
    ]
    # A strip is few pixels high, and its box is rounded to hundredths of a point.
    slack = max(_SAME_SCALE, 1.5 / min(part.height, other.height, part.width, other.width))
    return all(abs(a - b) < slack * max(a, b) for a, b in zip(*scales, strict=True))


def _fills(picture: Painted) -> bool:
    def area(box: Box) -> float:
        return (box[2] - box[0]) * (box[3] - box[1])

    return sum(area(part.box) for part in picture.parts) > 0.98 * area(picture.box)

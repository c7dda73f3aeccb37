"""Recognise a page the right way up, and keep what was recognised: the same page is never paid for twice."""

import contextlib
import hashlib
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ragcli.disk import write_whole
from ragcli.errors import ReadError
from ragcli.reading.ocr.engine import Engine, Line, Picture, Word
from ragcli.reading.ocr.installed import NO_SCRIPT
from ragcli.reading.ocr.slope import slope_of

_FORM = 4  # of what is kept; another number leaves older files alone
ANY_PAGE = 0  # in the place of a page's number, where a picture is known by its own content


@dataclass(frozen=True, slots=True)
class Recognition:
    """The lines of a page, in pixels of the picture after it was turned by `turn` quarters clockwise."""

    lines: tuple[Line, ...]
    turn: int
    width: int
    height: int

    @property
    def letters(self) -> int:
        return sum(len(word.text) for line in self.lines for word in line.words)

    @property
    def confidence(self) -> float:
        """The mean over all letters, in [0, 1]; 0 when there are none."""
        total = sum(len(word.text) * word.confidence for line in self.lines for word in line.words)
        return total / max(self.letters, 1)

    @property
    def slope(self) -> float:
        """How crooked the page lies, pixels down for one to the right; 0 without lines."""
        return slope_of(self.lines)

    @property
    def text(self) -> str:
        return "\n".join(" ".join(word.text for word in line.words) for line in self.lines)


def recognise(picture: Picture, engine: Engine, languages: Sequence[str], seconds: float) -> Recognition:
    """Recognise a picture; a second time, turned, when it is on its side or reads badly; and level, when it is crooked.

    Engines read sideways text well in one of its two directions; the shape of the words' boxes gives it away. A page
    that reads badly since its script is another is read in a language of that.

    Raises: ReadError, also where nothing is installed for that script: what Latin letters it resembles is no text.
    """

    def turned(turn: int) -> Recognition:
        upright = _turned(picture, turn)
        return Recognition(tuple(engine.recognise(upright, languages, seconds)), turn, upright.width, upright.height)

    first = turned(0)
    if first.letters and first.confidence < engine.sure:
        seen = engine.languages_seen(picture, languages, seconds)
        if seen and (lacking := engine.lacks(seen[0])):
            raise ReadError(NO_SCRIPT, f"install {lacking}")
        if seen and (other := recognise(picture, engine, seen, seconds)).confidence > first.confidence:
            return other
    found = _right_way_up(first, turned, engine.sure)
    slope = found.slope
    if abs(slope) <= engine.slope:
        return found
    lines = engine.recognise(_level(_turned(picture, found.turn), slope), languages, seconds)
    level = replace(found, lines=tuple(_crooked(line, slope, found.width) for line in lines))
    return max(level, found, key=lambda each: each.confidence * each.letters)


def _right_way_up(first: Recognition, turned: Callable[[int], Recognition], sure: float) -> Recognition:
    if _is_sideways(first):
        # Read well as it lies, the text runs downwards, as far as the engines known turn it.
        attempts = [turned(3 if first.confidence >= sure else 1)]
        if attempts[0].confidence < sure:
            attempts.append(turned(4 - attempts[0].turn))
        return max(attempts, key=lambda each: each.confidence)
    if first.letters and first.confidence < sure:
        return max(first, turned(2), key=lambda each: each.confidence)
    return first


def _turned(picture: Picture, turn: int) -> Picture:
    import numpy as np

    return Picture(np.rot90(picture.grey, -turn), picture.dpi) if turn else picture


def _level(picture: Picture, slope: float) -> Picture:
    """Move the columns of a picture up and down until its lines run level: letters lean a little, which does no harm."""
    import numpy as np

    grey = np.full_like(picture.grey, 255)
    moves = np.round(_drop(np.arange(picture.width), slope, picture.width)).astype(int)
    for move in np.unique(moves):
        columns, height = moves == move, picture.height
        grey[max(-move, 0) : height - max(move, 0), columns] = picture.grey[
            max(move, 0) : height + min(move, 0), columns
        ]
    return Picture(grey, picture.dpi)


def _crooked(line: Line, slope: float, width: int) -> Line:
    """A line of a levelled picture where it stands on the picture as it was."""
    words = []
    for text, (left, top, right, bottom), sure in line.words:
        drop = _drop(0.5 * (left + right), slope, width)
        words.append(Word(text, (left, top + drop, right, bottom + drop), sure))
    return line._replace(
        words=tuple(words), base=line.base + _drop(line.words[0].box[0], slope, width), slope=line.slope + slope
    )


def _drop(x: Any, slope: float, width: int) -> Any:
    """How far below its level place a crooked page has what stands at `x`: nothing in the middle."""
    return slope * (x - 0.5 * width)


def _is_sideways(recognition: Recognition) -> bool:
    """Tell whether most words stand taller than they are wide."""
    words = [word for line in recognition.lines for word in line.words if len(word.text) > 2]
    tall = sum(word.box[3] - word.box[1] > word.box[2] - word.box[0] for word in words)
    return tall > 0.5 * len(words)


class Cache:
    """What was recognised, one small file each, below a folder that may be deleted at any time."""

    def __init__(self, folder: Path | None) -> None:
        """A folder of None keeps nothing."""
        self.folder = folder

    def get(self, key: str) -> Recognition | None:
        """Return what was kept; None when there is nothing, or nothing whole."""
        if self.folder is None:
            return None
        with contextlib.suppress(OSError, ValueError, TypeError, zlib.error):
            return _unpacked(zlib.decompress(self._file(key).read_bytes()))
        return None

    def put(self, key: str, recognition: Recognition) -> None:
        """Keep it; a folder that can't be written costs the recognition next time, and no more."""
        if self.folder is None:
            return
        file = self._file(key)
        with contextlib.suppress(OSError):
            write_whole(file, zlib.compress(_packed(recognition)))

    def _file(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / key[:2] / f"{key[2:]}.ocr"


def cache_key(sha256: str, page: int, dpi: int, engine: Engine, languages: Sequence[str]) -> str:
    """The identity of a recognition: the content of the file and the page, or of a picture; its resolution; who reads it how."""
    parts = repr((_FORM, sha256, page, dpi, engine.name, tuple(languages)))
    return hashlib.sha256(parts.encode()).hexdigest()[:40]


def _packed(recognition: Recognition) -> bytes:
    lines = [(line.words, *line[1:]) for line in recognition.lines]
    return json.dumps([recognition.turn, recognition.width, recognition.height, lines]).encode()


def _unpacked(packed: bytes) -> Recognition:
    turn, width, height, lines = json.loads(packed)
    return Recognition(
        tuple(Line(tuple(Word(text, tuple(box), sure) for text, box, sure in words), *rest) for words, *rest in lines),
        turn,
        width,
        height,
    )

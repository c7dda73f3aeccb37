"""Recognise a page the right way up, and keep what was recognised: the same page is never paid for twice."""

import contextlib
import hashlib
import json
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ragcli.reading.ocr.engine import Engine, Line, Picture, Word

if TYPE_CHECKING:
    from ragcli.reading.ocr.engine import Grey


_FORM = 1  # of what is kept; another number leaves older files alone


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
    def text(self) -> str:
        return "\n".join(" ".join(word.text for word in line.words) for line in self.lines)


def recognise(picture: Picture, engine: Engine, languages: Sequence[str], seconds: float) -> Recognition:
    """Recognise a picture; a second time, turned, when it is on its side or reads badly.

    Engines read sideways text well in one of its two directions; the shape of the words' boxes gives it away.

    Raises: ReadError.
    """

    def turned(turn: int) -> Recognition:
        grey = picture.grey if not turn else picture.grey[::-1, ::-1] if turn == 2 else _quarter(picture, turn)
        upright = Picture(grey, picture.dpi)
        return Recognition(tuple(engine.recognise(upright, languages, seconds)), turn, upright.width, upright.height)

    first = turned(0)
    if _is_sideways(first):
        # Read well as it lies, the text runs downwards, as far as the engines known turn it.
        attempts = [turned(3 if first.confidence >= engine.sure else 1)]
        if attempts[0].confidence < engine.sure:
            attempts.append(turned(4 - attempts[0].turn))
        return max(attempts, key=lambda each: each.confidence)
    if first.letters and first.confidence < engine.sure:
        return max(first, turned(2), key=lambda each: each.confidence)
    return first


def _quarter(picture: Picture, turn: int) -> "Grey":
    import numpy as np

    return np.rot90(picture.grey, -turn)


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
            file.parent.mkdir(parents=True, exist_ok=True)
            temporary = file.with_suffix(f".{os.getpid()}")
            temporary.write_bytes(zlib.compress(_packed(recognition)))
            temporary.replace(file)

    def _file(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / key[:2] / f"{key[2:]}.ocr"


def cache_key(sha256: str, page: int, dpi: int, engine: Engine, languages: Sequence[str]) -> str:
    """The identity of a recognition: the file's content, the page, how it was drawn, and what reads it how."""
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

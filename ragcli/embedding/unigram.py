"""Tokenise one question with a SentencePiece Unigram vocabulary that is searched in place.

Loading 250,000 pieces into the `tokenizers` library takes most of a second, a thousand times what the question itself needs.
Here the pieces lie sorted in a mapped file, and a lookup narrows a range of them byte by byte.
"""

import mmap
import re
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np

_SPACE = "\u2581"
_BEGIN, _END, _UNKNOWN = 0, 2, 3  # ids, as XLM-RoBERTa has them
_REMEMBERED = 100_000  # prefixes, about 20 MB
_UNKNOWN_PENALTY = 10.0  # below the rarest piece, as SentencePiece has it
_VANISH = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]")
_SPACES = re.compile("[\t\n\x0c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]")
_SPECIAL = re.compile("</?s>|<pad>|<unk>|<mask>")


def write_vocabulary(path: Path, pieces: Sequence[tuple[str, float]]) -> None:
    """Write pieces (index = id) so that `UnigramVocabulary` can map them."""
    order = sorted(range(len(pieces)), key=lambda at: pieces[at][0].encode())
    texts = [pieces[at][0].encode() for at in order]
    offsets = np.cumsum([0, *map(len, texts)], dtype=np.uint32)
    scores = np.array([pieces[at][1] for at in order], np.float32)
    head = np.array([len(pieces)], np.uint32)
    with path.open("wb") as file:
        for array in (head, offsets, scores, np.array(order, np.uint32)):
            file.write(array.tobytes())
        file.write(b"".join(texts))


class UnigramVocabulary:
    """A mapped vocabulary; `ids` gives the same tokens as the model's own tokenizer, which the tests hold.

    Raises: ValueError for a file that is not whole.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        count = int.from_bytes(data[:4], sys.byteorder)
        ends = [4, 4 + 4 * (count + 1), 4 + 4 * (2 * count + 1), 4 + 4 * (3 * count + 1)]
        if len(data) < ends[3]:
            raise ValueError(f"{path} is cut short")
        # Plain memory views: a lookup of one number is ten times as fast as in a mapped numpy array.
        self._offsets = data[ends[0] : ends[1]].cast("I")
        self._scores = data[ends[1] : ends[2]].cast("f")
        self._order = data[ends[2] : ends[3]].cast("I")
        self._blob = data[ends[3] :]
        self._count = count
        if self._offsets[count] != len(self._blob):
            raise ValueError(f"{path} is cut short")
        # By prefix: sentences of one language share most of theirs.
        self._ranges: dict[str, tuple[int, int, bool]] = {}
        # The specials at the ends of the id range have score 0 and are never pieces of a text.
        self._unknown_score = float(np.frombuffer(data[ends[1] : ends[2]], np.float32).min()) - _UNKNOWN_PENALTY

    def ids(self, text: str) -> list[int] | None:
        """Ids with the opening and closing token; None where the full tokenizer is to be asked.

        That is a text which spells a special token, or has a character whose compatible form is younger than the tables
        that the model was made with.
        """
        if _SPECIAL.search(text) or _normal(text) != unicodedata.ucd_3_2_0.normalize("NFKC", text):
            return None
        normal = _normal(_SPACES.sub(" ", _VANISH.sub("", text)))
        spaced = re.sub(" {2,}", " ", normal).replace(" ", _SPACE)
        if not spaced:
            return [_BEGIN, _END]
        chars = spaced if spaced.startswith(_SPACE) else _SPACE + spaced
        if len(self._ranges) > _REMEMBERED:
            self._ranges.clear()
        best: list[tuple[float, int, int]] = [(0.0, 0, -1)]  # (score, where the last piece begins, its id) by end
        best += [(-1e30, 0, -1)] * len(chars)
        for start in range(len(chars)):
            score = best[start][0]
            if score + self._unknown_score > best[start + 1][0]:
                best[start + 1] = (score + self._unknown_score, start, _UNKNOWN)
            for stop, row in self._matches(chars, start):
                total = score + self._scores[row]
                if total > best[stop][0]:
                    best[stop] = (total, start, self._order[row])
        found: list[int] = []
        at = len(chars)
        while at > 0:
            _, at, piece = best[at]
            if not (piece == _UNKNOWN and found and found[-1] == _UNKNOWN):  # neighbouring unknowns are one
                found.append(piece)
        return [_BEGIN, *reversed(found), _END]

    def _matches(self, chars: str, start: int) -> list[tuple[int, int]]:
        """(end, row) of every piece that begins at `start`."""
        low, high = 0, self._count
        found = []
        for stop in range(start + 1, len(chars) + 1):
            prefix = chars[start:stop]
            known = self._ranges.get(prefix)
            if known is None:
                known = self._ranges[prefix] = self._range(prefix.encode(), low, high)
            low, high, is_piece = known
            if low == high:
                break
            if is_piece:
                found.append((stop, low))
        return found

    def _range(self, prefix: bytes, low: int, high: int) -> tuple[int, int, bool]:
        """The rows from `low` to `high` that begin with `prefix`, and whether the first of them is that."""
        low = self._bisect(prefix, low, high)
        high = self._bisect(prefix + b"\xff", low, high)
        return low, high, low < high and self._piece(low) == prefix

    def _bisect(self, wanted: bytes, low: int, high: int) -> int:
        while low < high:
            middle = (low + high) // 2
            if self._piece(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _piece(self, row: int) -> bytes:
        return bytes(self._blob[self._offsets[row] : self._offsets[row + 1]])


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text)

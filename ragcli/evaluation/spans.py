"""How much of the words that answer is in the passages, and how much else: by word positions in a document.

Source: Smith, Troynikov, "Evaluating Chunking Strategies for Retrieval", Chroma 2024: recall, precision and intersection
over union of tokens; a token here is a word, and in scripts that part none a character.
"""

import re
from bisect import bisect_right
from collections.abc import Set

from ragcli.letters import ALPHABETIC, MARKS, SYLLABIC
from ragcli.storage.terms import fold

_UNSPACED = f"{SYLLABIC}{ALPHABETIC}"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+(?:[{MARKS}]+[^\W{_UNSPACED}]*)*")
_LEAST_RUN = 3  # words: a shorter piece is found at too many wrong places
Positions = Set[tuple[int, int]]  # (document, word)


class DocumentWords:
    """The words of a document as it was read, to find passages and quotes in."""

    def __init__(self, document_id: int, text: str) -> None:
        self.document_id = document_id
        words = _WORD.findall(fold(text))
        self._joined = f" {' '.join(words)} "
        self._starts = [found.start() for found in re.finditer(r" (?=\S)", self._joined)]

    def positions(self, text: str) -> set[tuple[int, int]]:
        """Where the words of `text` stand, each run at its first place behind the run before, else at its first place."""
        found: set[tuple[int, int]] = set()
        at = 0
        for line in text.splitlines():
            at = self._place(_WORD.findall(fold(line)), at, found)
        return found

    def _place(self, words: list[str], after: int, found: set[tuple[int, int]]) -> int:
        """Add the positions of a line's words, as runs as long as can be; return where the next line should follow."""
        first = 0
        while first < len(words):
            at, count = self._longest_run(words[first:], after)
            if count >= _LEAST_RUN or count == len(words):
                word = bisect_right(self._starts, at) - 1
                found.update((self.document_id, position) for position in range(word, word + count))
                after = self._starts[word + count - 1]
                first += count
            else:
                first += 1
        return after

    def _longest_run(self, words: list[str], after: int) -> tuple[int, int]:
        """(place, length) of the longest run from the first word on, behind `after` rather than before it."""
        best = self._find(words, after)
        if best >= 0:
            return best, len(words)
        count = 0
        while count < len(words) and (at := self._find(words[: count + 1], after)) >= 0:
            best, count = at, count + 1
        return best, count

    def _find(self, words: list[str], after: int) -> int:
        wanted = f" {' '.join(words)} "
        at = self._joined.find(wanted, after)
        return at if at >= 0 else self._joined.find(wanted)


def span_recall(retrieved: Positions, wanted: Positions) -> float:
    """Share of the words that answer which were retrieved."""
    return len(retrieved & wanted) / len(wanted)


def span_precision(retrieved: Positions, wanted: Positions) -> float:
    """Share of the retrieved words that answer; 0 when nothing was retrieved."""
    return len(retrieved & wanted) / len(retrieved) if retrieved else 0.0


def span_iou(retrieved: Positions, wanted: Positions) -> float:
    """Words that were retrieved and answer, over words that were retrieved or answer."""
    return len(retrieved & wanted) / len(retrieved | wanted)

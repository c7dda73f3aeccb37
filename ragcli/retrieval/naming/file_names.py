"""The paths of all files, folded, as one text: to look into 100,000 of them one by one is too long for a question."""

from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from weakref import WeakKeyDictionary

from ragcli.storage.catalog import Catalog
from ragcli.storage.terms import fold


@dataclass(frozen=True, slots=True)
class FileName:
    """A file's path, as it is and folded, and its document; None where it could not be read."""

    path: str
    folded: str
    document_id: int | None


class FileNames:
    """All files of one generation."""

    def __init__(self, rows: list[tuple[str, int | None]]) -> None:
        # Of 100,000 names a tenth of a second is spent on folding them, if but one has an accent and all are folded at once.
        plain = [row for row in rows if row[0].isascii()]
        self._rows = plain + [row for row in rows if not row[0].isascii()]
        texts = ("\0".join([path for path, _ in part]) for part in (plain, self._rows[len(plain) :]) if part)
        self._folded = "\0".join(map(fold, texts))  # `display` lets no control character into a path
        self._ends = list(accumulate(len(one) + 1 for one in self._folded.split("\0")))

    def holding(self, words: Iterable[str]) -> Iterator[FileName]:
        """The files of which the folded path holds one of the folded words, wherever in it."""
        found = {at for word in words if word for at in self._at(word)}
        for at in sorted(found):
            path, document_id = self._rows[at]
            yield FileName(path, self._folded[self._ends[at - 1] if at else 0 : self._ends[at] - 1], document_id)

    def _at(self, word: str) -> Iterator[int]:
        place = self._folded.find(word)
        while place >= 0:
            at = bisect(self._ends, place)
            yield at
            place = self._folded.find(word, self._ends[at])


_kept: WeakKeyDictionary[Catalog, tuple[object, FileNames]] = WeakKeyDictionary()


def file_names_of(catalog: Catalog) -> FileNames:
    """The files of the generation that is read; they are kept until there is another."""
    generation = catalog.generation()
    known = _kept.get(catalog)
    if known is None or known[0] != generation:
        rows = catalog.sql.execute("SELECT path, document_id FROM files").fetchall()
        _kept[catalog] = known = (generation, FileNames(rows))
    return known[1]

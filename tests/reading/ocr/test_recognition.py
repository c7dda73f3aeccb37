"""Turning a page the right way up, and keeping what was recognised."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ragcli.errors import ReadError
from ragcli.reading.ocr.engine import Line, Picture, Word
from ragcli.reading.ocr.recognition import Cache, Recognition, cache_key, recognise


class Compass:
    """An engine for a picture with one black corner: it reads well when that is at the top left, as engines read text.

    With the corner at the bottom left the text runs upwards, at the top right downwards; the latter it reads well too,
    in boxes that stand tall.
    """

    name = "compass 1"
    beyond = "a language without north"
    is_parallel = True
    sure = 0.7
    slope = 1.0

    def __init__(self) -> None:
        self.calls = 0

    def lacks(self, language: str) -> str | None:
        return None

    def languages_for(self, language: str | None) -> tuple[str, ...]:
        return ()

    def languages_seen(self, picture: Picture, languages: Sequence[str], seconds: float) -> tuple[str, ...]:
        return ()

    def recognise(self, picture: Picture, languages: Sequence[str], seconds: float) -> list[Line]:
        self.calls += 1
        corner = (bool(picture.grey[-1, 0] == 0), bool(picture.grey[0, -1] == 0), bool(picture.grey[-1, -1] == 0))
        upwards, downwards, upside_down = corner
        box = (0.0, 0.0, 10.0, 90.0) if upwards or downwards else (0.0, 0.0, 90.0, 10.0)
        return [Line((Word("corner", box, 0.5 if upwards or upside_down else 0.95),), 10.0, 8.0, 0.0, 0)]


def paper() -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    grey = np.full((200, 100), 255, np.uint8)
    grey[0, 0] = 0
    return grey


@pytest.mark.parametrize(("lies", "calls"), [(0, 1), (1, 2), (2, 2), (3, 2)])
def test_a_page_is_turned_until_it_can_be_read(lies: int, calls: int) -> None:
    engine = Compass()
    found = recognise(Picture(np.rot90(paper(), -lies), 100), engine, (), 1.0)
    assert found.turn == (4 - lies) % 4
    assert found.confidence == pytest.approx(0.95)
    assert (found.width, found.height) == (100, 200)
    assert engine.calls == calls


class Translator(Compass):
    """An engine for a page in Greek letters, which it is as sure of as it is told, and of Latin ones by half."""

    def __init__(self, sure_of_greek: float, installed: tuple[str, ...] = ("en", "el")) -> None:
        super().__init__()
        self.sure_of_greek, self.installed = sure_of_greek, installed

    def lacks(self, language: str) -> str | None:
        return None if language in self.installed else f"reader's data for '{language}'"

    def languages_seen(self, picture: Picture, languages: Sequence[str], seconds: float) -> tuple[str, ...]:
        return () if "el" in languages else ("el",)

    def recognise(self, picture: Picture, languages: Sequence[str], seconds: float) -> list[Line]:
        self.calls += 1
        word = ("φράγμα", self.sure_of_greek) if "el" in languages else ("ppaypa", 0.5)
        return [Line((Word(word[0], (0.0, 0.0, 90.0, 10.0), word[1]),), 10.0, 8.0, 0.0, 0)]


def test_a_page_in_another_script_is_read_in_its_language() -> None:
    engine = Translator(0.9)
    assert recognise(Picture(paper(), 100), engine, ("en",), 1.0).text == "φράγμα"
    assert engine.calls == 2  # nor is it turned
    assert recognise(Picture(paper(), 100), Translator(0.3), ("en",), 1.0).text == "ppaypa"


def test_a_page_in_a_script_that_nothing_reads_is_not_taken_for_text() -> None:
    with pytest.raises(ReadError, match="a script that OCR cannot read here") as caught:
        recognise(Picture(paper(), 100), Translator(0.9, installed=("en",)), ("en",), 1.0)
    assert caught.value.next_step == "install reader's data for 'el'"


RECOGNITION = Recognition(
    (Line((Word("été", (1.0, 2.0, 3.5, 4.0), 0.9), Word("'<&", (5.0, 2.0, 6.0, 4.0), 0.5)), 9.5, 3.0, 0.01, 2),),
    3,
    70,
    50,
)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "ocr")
    key = cache_key("ab" * 32, 1, 200, Compass(), ("en",))
    assert cache.get(key) is None
    cache.put(key, RECOGNITION)
    assert cache.get(key) == RECOGNITION
    (kept,) = (path for path in tmp_path.rglob("*") if path.is_file())
    kept.write_bytes(kept.read_bytes()[:-5])
    assert cache.get(key) is None
    assert Cache(None).get(key) is None


def test_a_key_holds_all_that_changes_the_answer() -> None:
    keys = {
        cache_key(sha, page, dpi, Compass(), languages)
        for sha in ("a", "b")
        for page in (1, 2)
        for dpi in (100, 200)
        for languages in ((), ("en",), ("en", "fr"))
    }
    assert len(keys) == 24


def test_confidence_is_weighted_by_letters() -> None:
    assert RECOGNITION.letters == 6
    assert RECOGNITION.confidence == pytest.approx((3 * 0.9 + 3 * 0.5) / 6)
    assert Recognition((), 0, 1, 1).confidence == 0.0


class Ruler(Compass):
    """An engine that finds one dark line, its baseline where it is darkest, and reads it well when it runs level."""

    slope = 0.01

    def recognise(self, picture: Picture, languages: Sequence[str], seconds: float) -> list[Line]:
        self.calls += 1
        left, right = int(picture.grey[:, 20].argmin()), int(picture.grey[:, -20].argmin())
        slope = (right - left) / (picture.width - 40)
        sure = 0.95 if abs(slope) < 0.005 else 0.8
        return [Line((Word("line", (20.0, left - 9.0, picture.width - 20.0, left + 1.0), sure),), 10.0, left, slope, 0)]


@pytest.mark.parametrize("slope", [0.03, -0.03, 0.0])
def test_a_crooked_page_is_read_level_and_keeps_its_places(slope: float) -> None:
    grey = np.full((300, 800), 255, np.uint8)
    for x in range(800):
        grey[150 + round(slope * (x - 400)), x] = 0
    engine = Ruler()
    found = recognise(Picture(grey, 100), engine, (), 1.0)
    assert engine.calls == (2 if slope else 1)
    assert found.confidence == pytest.approx(0.95)
    (line,) = found.lines
    assert line.slope == pytest.approx(slope, abs=0.003)
    assert line.base == pytest.approx(150 + slope * (20 - 400), abs=1.5)
    assert line.words[0].box[3] == pytest.approx(151, abs=1.5)  # of the middle of the word

"""An answer survives its way through JSON, and the cache gives it back for the very same key only."""

from pathlib import Path

from ragcli.answering.kept import AnswerCache, as_plain, from_plain
from ragcli.records import Answer, Citation, Hit, Sentence

MADE = Answer(
    "Why?", "generate", True, (Sentence("Because.", True, (1,)),),
    (Citation(1, "a.pdf", "Because.", 3, section=("A", "B"), match="exact", bbox=(1.0, 2.0, 3.0, 4.0)),),
    (Hit(1, 0.5, 7, "a.pdf", "Because.", pages=(3,), section=("A",), bbox=(1.0, 2.0, 3.0, 4.0), meta={"tags": ["x", "y"]}),),
    ("warned",), "m", {"prompt_tokens": 3}, {"total": 0.5}, "prompt",
)  # fmt: skip


def test_there_and_back(tmp_path: Path) -> None:
    assert from_plain(as_plain(MADE)) == MADE
    cache = AnswerCache(tmp_path / "c")
    cache.keep(("k", 1), MADE)
    assert cache.find(("k", 1)) == MADE
    assert cache.find(("k", 2)) is None


def test_it_is_nobody_else_s_business_and_damage_costs_one_answer(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "c")
    cache.keep(("k",), MADE)
    (file,) = (tmp_path / "c").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    file.write_text(file.read_text()[:40])
    assert cache.find(("k",)) is None
    file.write_text('{"question": "Why?"}')
    assert cache.find(("k",)) is None


def test_the_oldest_make_room(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "c")
    for n in range(305):
        cache.keep((n,), MADE)
    assert len(list((tmp_path / "c").iterdir())) == 300
    assert cache.find((304,)) == MADE

import math
from types import SimpleNamespace

import ir_measures
import pytest

from ragcli.evaluation.questions import Question
from ragcli.evaluation.ranking import ranking_measures
from ragcli.records import Hit


def hit(rank: int, path: str, *pages: int) -> Hit:
    return Hit(rank, 1 / rank, rank, path, "text", pages=pages, page=pages[0] if pages else None)


def test_documents_worked_by_hand() -> None:
    """Ranking b, a, c; wanted a and z."""
    hits = [hit(1, "/d/b.txt"), hit(2, "/d/b.txt"), hit(3, "/d/a.txt"), hit(4, "/d/c.txt"), hit(5, "/d/a.txt")]
    measured = ranking_measures(Question("1", "?", docs=("a.txt", "z.txt")), hits, 10)
    assert measured["recall@5"] == 0.5
    assert measured["precision@10"] == pytest.approx(0.1)
    assert measured["MRR@10"] == 0.5
    assert measured["nDCG@10"] == pytest.approx((1 / math.log2(3)) / (1 + 1 / math.log2(3)))
    assert not any(name.startswith("page") for name in measured)


def test_pages_count_by_passage() -> None:
    question = Question("1", "?", docs=("a.pdf",), pages={"a.pdf": frozenset({4})})
    measured = ranking_measures(question, [hit(1, "/a.pdf", 2), hit(2, "/b.pdf", 4), hit(3, "/a.pdf", 3, 4)], 10)
    assert (measured["page hit@1"], measured["page hit@5"], measured["page hit@10"]) == (0.0, 1.0, 1.0)
    assert {name for name in ranking_measures(question, [], 3) if "page" in name} == {"page hit@1", "page hit@3"}


def test_nothing_found_is_0_everywhere() -> None:
    question = Question("1", "?", docs=("a.pdf",), pages={"a.pdf": frozenset({4})})
    assert set(ranking_measures(question, [], 10).values()) == {0.0}


def test_measures_are_made_without_the_parser_that_python_3_14_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ir_measures.util, "ast", SimpleNamespace())
    assert ranking_measures(Question("1", "?", docs=("a.txt",)), [hit(1, "/d/a.txt")], 10)["MRR@10"] == 1.0

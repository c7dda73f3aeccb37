from pathlib import Path

import pytest

from ragcli.errors import UsageError
from ragcli.evaluation.questions import Span, is_document, read_questions


def test_what_a_line_may_hold(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(
        '{"question": "a?", "docs": ["x.pdf"], "pages": [2, 3], "spans": ["only words", ["y.txt", 3, 9]]}\n\n'
        '{"id": "b", "question": "b?", "doc_pages": {"x.pdf": [1], "z.pdf": [4]}}\n'
        '{"question": "c?", "unanswerable": true}\n'
    )
    first, second, third = read_questions(file)
    assert first.id == "1"
    assert first.pages == {"x.pdf": frozenset({2, 3})}
    assert first.spans == (Span("x.pdf", "only words"), Span("y.txt", None, 3, 9))
    assert second.docs == ("x.pdf", "z.pdf")
    assert (third.id, third.unanswerable, third.docs) == ("4", True, ())


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("{", "line 1 is no question"),
        ('{"answers": []}', "line 1 lacks 'question'"),
        ('{"question": "a?"}\n[1]', "line 2 is no question"),
        ('{"question": "a?", "docs": "x.pdf"}', "'docs' must be a list"),
        ('{"question": "a?", "pages": [1]}', "'pages' needs 'docs'"),
        ('{"question": "a?", "docs": ["x"], "spans": [["x", 9, 3]]}', "a span is"),
        ('{"id": 1, "question": "a?"}\n{"id": 1, "question": "b?"}', "two questions have the id 1"),
        ("", "holds no question"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, part: str) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(text)
    with pytest.raises(UsageError) as raised:
        read_questions(file)
    assert part in str(raised.value)


def test_a_document_is_meant_by_path_name_or_stem() -> None:
    for named in ("/d/law/a b.pdf", "law/a b.pdf", "a b.pdf", "a b"):
        assert is_document("/d/law/a b.pdf", named)
    for other in ("b.pdf", "aw/a b.pdf", "/law/a b.pdf"):
        assert not is_document("/d/law/a b.pdf", other)
    assert is_document("/d/e\u0301te\u0301.pdf", "\u00e9t\u00e9.pdf")

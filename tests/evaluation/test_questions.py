from pathlib import Path

import pytest

from ragcli.errors import UsageError
from ragcli.evaluation.questions import Span, is_document, read_questions


def test_what_a_line_may_hold(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(
        '{"question": "a?", "docs": ["x.pdf"], "pages": [2, 3], "spans": ["only words", ["y.txt", 3, 9]]}\n\n'
        '{"id": "b", "question": "b?", "doc_pages": {"x.pdf": [1], "z.pdf": [4]}, "reviewed": false}\n'
        '{"question": "c?", "unanswerable": true}\n'
    )
    read = read_questions(file)
    assert read.problems == ()
    first, second, third = read.questions
    assert first.id == "1"
    assert first.pages == {"x.pdf": frozenset({2, 3})}
    assert first.spans == (Span("x.pdf", "only words"), Span("y.txt", None, 3, 9))
    assert second.docs == ("x.pdf", "z.pdf")
    assert (first.reviewed, second.reviewed) == (True, False)
    assert (third.id, third.unanswerable, third.docs) == ("4", True, ())


def test_keys_that_are_not_known_are_named_once(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"question": "a?", "lang": "en", "answer": "b"}\n{"question": "c?", "answer": "d", "page": 1}\n')
    assert read_questions(file).warnings == (
        "q.jsonl: keys that are not known are passed over: answer (did you mean answers?), page (did you mean pages?), lang",
    )
    file.write_text('{"question": "a?"}\n{"answer": "no question"}\n')
    assert read_questions(file).warnings == ()


def test_a_file_of_notepad_and_one_with_line_breaks_in_its_texts(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_bytes('\ufeff{"question": "a?"}\r\n{"question": "b\u2028c\x85d?"}\r\n'.encode())
    read = read_questions(file)
    assert [one.question for one in read.questions] == ["a?", "b\u2028c\x85d?"]
    assert read.problems == ()


def test_pages_are_those_of_the_first_document_unless_each_has_its_own(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(
        '{"question": "a?", "docs": ["x.pdf", "z.pdf"], "pages": [6]}\n'
        '{"question": "b?", "docs": ["x.pdf", "z.pdf"], "pages": [6], "doc_pages": {"x.pdf": [6], "z.pdf": [2]}}\n'
    )
    first, second = read_questions(file).questions
    assert first.pages == {"x.pdf": frozenset({6})}
    assert second.pages == {"x.pdf": frozenset({6}), "z.pdf": frozenset({2})}


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("{", "is not JSON (Expecting property name enclosed in double quotes at character 2)"),
        ("[1]", "it is not an object"),
        ('{"answers": []}', "'question' must be text"),
        ('{"question": "a?", "docs": "x.pdf"}', "'docs' must be a list"),
        ('{"question": "a?", "pages": [1]}', "'pages' needs 'docs'"),
        ('{"question": "a?", "docs": ["x"], "pages": "12"}', "'pages' must be a list of page numbers, from 1"),
        ('{"question": "a?", "docs": ["x"], "pages": [0]}', "'pages' must be a list of page numbers, from 1"),
        ('{"question": "a?", "doc_pages": {"x": [true]}}', "'doc_pages' x must be a list of page numbers, from 1"),
        ('{"question": "a?", "doc_pages": [1]}', "'doc_pages' must be {file: [page, …]}"),
        ('{"question": "a?", "docs": ["x"], "spans": [["x", 9, 3]]}', "'spans' holds"),
        ('{"question": "a?", "spans": {"x": 9}}', "'spans' must be a list"),
        ('{"question": "a?", "unanswerable": "no"}', "'unanswerable' must be true or false"),
        ('{"id": "good", "question": "b?"}', "'id' good is that of an earlier line"),
    ],
)
def test_a_wrong_line_is_named_with_its_key_and_costs_itself_only(tmp_path: Path, line: str, part: str) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(f'{{"id": "good", "question": "a?"}}\n{line}\n')
    read = read_questions(file)
    assert [one.id for one in read.questions] == ["good"]
    (problem,) = read.problems
    assert problem.startswith("q.jsonl line 2: ")
    assert part in problem
    file.write_text(line.replace("good", " "))
    if '"question": "b?"' not in line:
        with pytest.raises(UsageError, match=r"holds no question \(q.jsonl line 1: "):
            read_questions(file)


def test_an_empty_file_and_none(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text("")
    with pytest.raises(UsageError, match="holds no question; draft some"):
        read_questions(tmp_path / "q.jsonl")
    with pytest.raises(UsageError, match="can't be read"):
        read_questions(tmp_path / "none.jsonl")


def test_a_document_is_meant_by_path_name_or_stem() -> None:
    for named in ("/d/law/a b.pdf", "law/a b.pdf", "a b.pdf", "a b"):
        assert is_document("/d/law/a b.pdf", named)
    for other in ("b.pdf", "aw/a b.pdf", "/law/a b.pdf"):
        assert not is_document("/d/law/a b.pdf", other)
    assert is_document("/d/e\u0301te\u0301.pdf", "\u00e9t\u00e9.pdf")

"""The questions file: one JSON object a line, with what is known of the right answer and of where it stands.

    {"question": "How much does it draw?", "answers": ["0.38 W"], "docs": ["radar.pdf"], "pages": [1]}
    {"question": "Who won in 1998?", "unanswerable": true}

Only `question` is needed. `docs` are paths or file names; `pages`, of the first of them, count from 1 and hold the answer,
each by itself; `doc_pages` {file: [pages]} names them where a question needs several files. `spans` are the very words that
answer: ["file", "words"], or ["file", start, end] in characters of a text file. `"reviewed": false` marks a draft.
"""

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any
from unicodedata import normalize

from ragcli.errors import UsageError

_KEYS = ("id", "question", "answers", "docs", "pages", "doc_pages", "spans", "unanswerable", "reviewed")


@dataclass(frozen=True, slots=True)
class Span:
    """Words that answer: verbatim, or by their place in a text file, in characters."""

    document: str
    text: str | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what is known of its answer; what is not known is empty, and not measured."""

    id: str
    question: str
    answers: tuple[str, ...] = ()
    docs: tuple[str, ...] = ()
    pages: Mapping[str, frozenset[int]] = field(default_factory=dict)  # by document
    spans: tuple[Span, ...] = ()
    unanswerable: bool = False
    reviewed: bool = True  # by a person


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """The questions of a file, and one line for each line of it that is none: its number, its key, what is wrong.

    `warnings` names the keys that are passed over, each once.
    """

    questions: tuple[Question, ...]
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_questions(path: Path) -> QuestionFile:
    """Read a questions file; a line that is no question costs itself only.

    Raises: UsageError when the file can't be read, or holds no question at all.
    """
    try:
        # With a mark at its beginning, as Notepad writes it; lines end at LF only: JSON text may hold other line breaks.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} can't be read ({getattr(error, 'strerror', None) or error})", "name a JSONL file"
        ) from error
    questions: dict[str, Question] = {}
    problems: list[str] = []
    unknown: dict[str, None] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            question = _question(row, str(number))
            unknown |= dict.fromkeys(key for key in row if key not in _KEYS)
            if question.id in questions:
                raise ValueError(f"'id' {question.id} is that of an earlier line")
            questions[question.id] = question
        except json.JSONDecodeError as error:
            problems.append(f"{path.name} line {number}: is not JSON ({error.msg} at character {error.pos + 1})")
        except ValueError as error:
            problems.append(f"{path.name} line {number}: {error}")
    if not questions:
        why = f" ({problems[0]})" if problems else ""
        raise UsageError(f"{path} holds no question{why}", "draft some from your documents: rag eval --make 20")
    return QuestionFile(tuple(questions.values()), tuple(problems), tuple(_passed_over(path.name, unknown)))


def _passed_over(name: str, keys: Iterable[str]) -> Iterable[str]:
    """A line that names the keys that say nothing here, for an `answer` that is not looked at looks like one that is."""
    close = {key: difflib.get_close_matches(key, _KEYS, 1, 0.8) for key in keys}
    named = [f"{key} (did you mean {near[0]}?)" for key, near in close.items() if near]
    named += [key for key, near in close.items() if not near]
    if named:
        yield f"{name}: keys that are not known are passed over: {', '.join(named)}"


def is_document(path: str, named: str) -> bool:
    """Whether a question that names a document means this file: by its path, the end of it, its name or its stem."""
    path, named = normalize("NFC", path), normalize("NFC", named)
    there = PurePath(path)
    return path == named or path.endswith(f"/{named}") or named in (there.name, there.stem)


def _question(row: Any, number: str) -> Question:
    if not isinstance(row, dict):
        raise ValueError("it is not an object")
    docs = _texts(row.get("docs"), "docs")
    by_document: Any = row.get("doc_pages") or {}
    if not isinstance(by_document, dict):
        raise ValueError("'doc_pages' must be {file: [page, …]}")
    pages = {name: _pages(some, f"'doc_pages' {name}") for name, some in by_document.items()}
    if listed := _pages(row.get("pages") or [], "'pages'"):
        if not docs:
            raise ValueError("'pages' needs 'docs'")
        pages = pages or {docs[0]: listed}
    if not isinstance(row.get("spans") or [], list):
        raise ValueError("'spans' must be a list")
    spans = tuple(_span(span, docs) for span in row.get("spans") or ())
    text = row.get("question")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("'question' must be text")
    return Question(
        id=str(row.get("id", number)),
        question=text,
        answers=_texts(row.get("answers"), "answers"),
        docs=docs or tuple(dict.fromkeys([*pages, *(span.document for span in spans)])),
        pages=pages,
        spans=spans,
        unanswerable=_claim(row, "unanswerable", False),
        reviewed=_claim(row, "reviewed", True),
    )


def _span(written: Any, docs: tuple[str, ...]) -> Span:
    match written:
        case str() if len(docs) == 1:
            return Span(docs[0], written)
        case [str(document), str(text)]:
            return Span(document, text)
        case [str(document), int(start), int(end)] if 0 <= start < end:
            return Span(document, None, start, end)
    what = json.dumps(written, ensure_ascii=False)
    raise ValueError(f"""'spans' holds ["file", "words"] or ["file", start, end], not {what}""")


def _texts(value: Any, key: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str) or not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"'{key}' must be a list of texts")
    return tuple(value)


def _pages(value: Any, key: str) -> frozenset[int]:
    if not isinstance(value, list) or not all(type(one) is int and one > 0 for one in value):
        raise ValueError(f"{key} must be a list of page numbers, from 1")
    return frozenset(value)


def _claim(row: Mapping[str, Any], key: str, default: bool) -> bool:
    value = row.get(key, default)
    if not isinstance(value, bool):
        raise ValueError(f"'{key}' must be true or false")
    return value

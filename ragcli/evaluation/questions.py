"""The questions file: one JSON object a line, with what is known of the right answer and of where it stands.

    {"question": "How much does it draw?", "answers": ["0.38 W"], "docs": ["radar.pdf"], "pages": [1]}
    {"question": "Who won in 1998?", "unanswerable": true}

Only `question` is needed. `docs` are paths or file names; `pages` count from 1 and hold the answer, each by itself;
`doc_pages` {file: [pages]} names them where a question needs several files. `spans` are the very words that answer:
["file", "words"], or ["file", start, end] in characters of a text file.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any
from unicodedata import normalize

from ragcli.errors import UsageError


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


def read_questions(path: Path) -> list[Question]:
    """Read a questions file. Raises: UsageError naming the line and what is wrong with it."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} can't be read ({getattr(error, 'strerror', None) or error})", "name a JSONL file"
        ) from error
    questions: list[Question] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            questions.append(_question(json.loads(line), str(number)))
        except (ValueError, TypeError, KeyError) as error:
            what = f"lacks {error}" if isinstance(error, KeyError) else f"is no question ({error})"
            raise UsageError(
                f"{path} line {number} {what}", 'write {"question": "…", "answers": ["…"], "docs": ["…"]}'
            ) from error
    if not questions:
        raise UsageError(f"{path} holds no question", "draft some from your documents: rag eval --make 20")
    doubled = _doubled(one.id for one in questions)
    if doubled:
        raise UsageError(f"{path}: two questions have the id {doubled}", "give each its own id, or none at all")
    return questions


def is_document(path: str, named: str) -> bool:
    """Whether a question that names a document means this file: by its path, the end of it, its name or its stem."""
    path, named = normalize("NFC", path), normalize("NFC", named)
    there = PurePath(path)
    return path == named or path.endswith(f"/{named}") or named in (there.name, there.stem)


def _question(row: Any, number: str) -> Question:
    if not isinstance(row, dict):
        raise ValueError("it is not an object")
    docs = _texts(row.get("docs"), "docs")
    pages = {name: frozenset(map(int, some)) for name, some in (row.get("doc_pages") or {}).items()}
    if row.get("pages"):
        if not docs:
            raise ValueError("'pages' needs 'docs'")
        pages |= {name: frozenset(map(int, row["pages"])) for name in docs}
    spans = tuple(_span(span, docs) for span in row.get("spans") or ())
    text = row["question"]
    if not isinstance(text, str) or not text.strip():
        raise ValueError("'question' must be text")
    return Question(
        id=str(row.get("id") or number),
        question=text,
        answers=_texts(row.get("answers"), "answers"),
        docs=docs or tuple(dict.fromkeys([*pages, *(span.document for span in spans)])),
        pages=pages,
        spans=spans,
        unanswerable=bool(row.get("unanswerable", False)),
    )


def _span(written: Any, docs: tuple[str, ...]) -> Span:
    match written:
        case str() if len(docs) == 1:
            return Span(docs[0], written)
        case [str(document), str(text)]:
            return Span(document, text)
        case [str(document), int(start), int(end)] if 0 <= start < end:
            return Span(document, None, start, end)
    raise ValueError(f'a span is ["file", "words"] or ["file", start, end], not {json.dumps(written)}')


def _texts(value: Any, key: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str) or not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"'{key}' must be a list of texts")
    return tuple(value)


def _doubled(ids: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            return one
        seen.add(one)
    return None

"""Answers on disk: as plain JSON and back, and a small cache of them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ragcli.disk import write_whole
from ragcli.records import Answer, Citation, Hit, Sentence

_MOST = 300  # answers kept in one cache


def as_plain(answer: Answer) -> dict[str, Any]:
    """All of an answer as JSON can hold it."""
    return asdict(answer)


def from_plain(plain: Mapping[str, Any]) -> Answer:
    """What `as_plain` gave, after a way through JSON. Raises: TypeError, KeyError for anything else."""
    return Answer(
        **{
            **plain,
            "sentences": tuple(Sentence(**_tuples(one)) for one in plain["sentences"]),
            "citations": tuple(Citation(**_tuples(one)) for one in plain["citations"]),
            "hits": tuple(Hit(**{**_tuples(one), "meta": one["meta"]}) for one in plain.get("hits", ())),
            "warnings": tuple(plain["warnings"]),
        }
    )


def _tuples(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}


class AnswerCache:
    """Answers by everything that they depend on: the question, the index as it is, settings, the model's file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, key: Sequence[object]) -> Answer | None:
        """The answer kept under `key`; None when there is none, or it was written by another release."""
        try:
            return from_plain(json.loads(self._file(key).read_text("utf-8")))
        except (OSError, ValueError, TypeError, KeyError):
            return None  # absent or cut short: the answer is made anew

    def keep(self, key: Sequence[object], answer: Answer) -> None:
        """Keep an answer, readable by its owner alone; the oldest make room. Where that can't be, it is made again."""
        with suppress(OSError):
            self._keep(key, answer)

    def _keep(self, key: Sequence[object], answer: Answer) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        known = sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
        for old in known[: max(0, len(known) - _MOST + 1)]:
            old.unlink(missing_ok=True)
        write_whole(self._file(key), json.dumps(as_plain(answer), ensure_ascii=False, default=str), mode=0o600)

    def _file(self, key: Sequence[object]) -> Path:
        return self._folder / f"{hashlib.sha256(repr(tuple(key)).encode()).hexdigest()[:40]}.json"


def stamp(*files: Path) -> tuple[object, ...]:
    """Size and time of files; one that is empty or absent counts as nothing."""
    found = []
    for file in files:
        try:
            status = file.stat()
        except OSError:
            continue
        if status.st_size:
            found.append((file.name, status.st_size, status.st_mtime_ns))
    return tuple(found)

"""Several questions about one collection or more, kept in the state folder so that they can be gone on with."""

import json
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from ragcli.answering.followup import standalone, standalone_by_model
from ragcli.answering.generate import Interrupted, Watcher
from ragcli.answering.kept import as_plain, from_plain
from ragcli.answering.llm.generator import is_able
from ragcli.answering.markdown import answer_as_markdown
from ragcli.collection import Collection
from ragcli.collection.several import Several
from ragcli.config import state_folder
from ragcli.errors import UsageError, said_of, writing
from ragcli.records import Answer

_FILES_KEPT = 100


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was asked, as it was understood, and its answer."""

    question: str
    standalone: str
    answer: Answer


class Conversation:
    """Turns so far; each question is answered from the documents anew, never from an earlier answer's sources."""

    def __init__(
        self, collection: Collection | Several, file: Path, turns: Sequence[Turn] = (), topic_from: int = 0
    ) -> None:
        self._collection, self._file = collection, file
        self.turns = list(turns)
        self._topic_from = topic_from  # index of the turn at which the present subject began

    @classmethod
    def open(cls, collection: Collection | Several, go_on: bool = False) -> Self:
        """A new conversation, or the last one about this collection, or these, however they are ordered.

        Raises: UsageError when there is none to go on with.
        """
        folder = state_folder() / "chats" / ",".join(sorted(collection.name.split(",")))
        known = sorted(folder.glob("*.jsonl"))
        if go_on:
            if not known:
                raise UsageError(f"there is no conversation about '{collection.name}' yet", "leave out --continue")
            return cls(collection, known[-1], *_read(known[-1]))
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}.jsonl"
        for old in known[: -_FILES_KEPT + 1]:
            old.unlink()
        return cls(collection, folder / name)

    def ask(self, question: str, where: Sequence[str] = (), watcher: Watcher | None = None) -> Turn:
        """Answer, in the light of the turns before. Raises: as `Collection.ask`."""
        understood = self._standalone(question, watcher or Watcher())
        try:
            turn = Turn(question, understood, self._collection.ask(understood, where, watcher=watcher))
        except Interrupted as stopped:
            if stopped.answer.sentences:  # what was said was said: the next question may be about it
                self._keep(Turn(question, understood, stopped.answer))
            raise
        return self._keep(turn)

    def forget(self) -> None:
        """What comes next has nothing to do with what was said, nor when it is gone on with later."""
        self._topic_from = len(self.turns)
        if self.turns:
            with suppress(OSError):  # the turns before said already that nothing can be kept
                self._write({"new": True})

    def save(self, file: Path) -> None:
        """Write all questions and answers, with their proof, as Markdown. Raises: UsageError when that can't be."""
        if file.suffix.lower() != ".md":
            raise UsageError(f"{file} is of no kind that a conversation is written in", "end it in .md")
        if not self.turns:  # an empty file would take the place of what was saved there before
            raise UsageError("nothing was asked yet, so there is nothing to save", "ask, then save")
        texts = [answer_as_markdown(turn.answer, turn.question, f"{n}-") for n, turn in enumerate(self.turns, 1)]
        with writing(file):
            file.write_text("\n".join(texts), encoding="utf-8")

    def _keep(self, turn: Turn) -> Turn:
        """Remember a turn, here and on disk; where that can't be, it is answered all the same, and says so."""
        try:
            self._write(_as_kept(turn))
        except OSError as error:
            said = f"this conversation is not kept, {self._file} can't be written: {said_of(error)}"
            turn = replace(turn, answer=replace(turn.answer, warnings=(*turn.answer.warnings, said)))
        self.turns.append(turn)
        return turn

    def _write(self, record: Mapping[str, Any]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.touch(0o600)  # what was asked is nobody else's business
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")

    def _standalone(self, question: str, watcher: Watcher) -> str:
        before = self.turns[self._topic_from :]
        if not before or not re.search(r"\w", question):  # "???" asks nothing, and not the old question again
            return question
        generator = self._collection.generator()
        if generator is not None and is_able(generator, self._collection.settings.answering.able_parameters):
            said = [(turn.standalone, turn.answer.text) for turn in before]
            watcher.on_followup(generator)
            if rewritten := standalone_by_model(question, said, generator):
                return rewritten
        return standalone(question, [turn.standalone for turn in before])


def _as_kept(turn: Turn) -> dict[str, Any]:
    short = replace(turn.answer, hits=(), prompt=None)  # they can be had again, and are long
    return {"question": turn.question, "standalone": turn.standalone, "answer": as_plain(short)}


def _read(file: Path) -> tuple[list[Turn], int]:
    """The turns, and the index of the first one after the last `forget`."""
    turns: list[Turn] = []
    topic_from = 0
    for line in file.read_text("utf-8").split("\n"):  # answers may hold other line breaks
        try:
            kept = json.loads(line)
        except ValueError:
            continue  # the last line of a process that was killed while it wrote
        if kept.get("new"):
            topic_from = len(turns)
        else:
            turns.append(Turn(kept["question"], kept["standalone"], from_plain(kept["answer"])))
    return turns, topic_from

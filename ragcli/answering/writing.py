"""Have a model write, until it is done, repeats itself, or has no time left."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ragcli.answering.generator import Generator, Message, Sampling
from ragcli.answering.templates import ANSWER_MARKS
from ragcli.clock import Clock
from ragcli.endpoint import ContextExceededError
from ragcli.errors import ModelError

_LOOP = 60  # characters that come again word for word
_END = re.compile(r"[.!?…。！？]\s|\n")  # of a sentence or a line


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote, a loop at its end taken off, and why it went no further."""

    text: str
    ending: Literal["done", "interrupted", "looping", "late"]


def write(
    messages: Sequence[Message], sampling: Sampling, generator: Generator, on_text: Callable[[str], None], clock: Clock
) -> Written:
    """The model's continuation of a chat, told to `on_text` piece by piece; Ctrl-C and the end of its time leave what there is.

    Raises: ContextExceededError before anything is written; ModelError when the model or its server fails in time.
    """
    start = time.perf_counter()

    def is_late() -> bool:
        return sampling.seconds is not None and time.perf_counter() - start > sampling.seconds

    text = ""
    ending: Literal["done", "interrupted", "looping", "late"] = "done"
    try:
        for piece in generator.stream(messages, sampling):
            if not text:
                clock.seconds["first_text"] = time.perf_counter() - start
            text += piece
            on_text(piece)
            if _repeats(text):  # it would go on like this to the last token
                text, ending = _once(text), "looping"
                break
            if is_late():
                break
    except KeyboardInterrupt:
        ending = "interrupted"
    except ModelError as error:
        if not is_late():  # else its time is over, and a server was not done
            if text and isinstance(error, ContextExceededError):  # what a person has begun to read does not begin again
                raise ModelError(error.what, error.next_step) from error
            raise
    clock.seconds["generate"] = time.perf_counter() - start
    return Written(text, "late" if ending == "done" and is_late() else ending)


def _repeats(text: str) -> bool:
    """Whether the end of a text stands in it before: small models fall into loops.

    Within a sentence it may once: the name of a law or of an office can be as long, and two sentences speak of it.
    """
    end = text[-_LOOP:]
    return len(text) > 2 * _LOOP and text.count(end) > (1 if _END.search(end) else 2)


def _once(text: str) -> str:
    """A text that ends in a loop, without what it says again."""
    end = text[-_LOOP:]
    period = len(text) - _LOOP - text.rfind(end, 0, -1)
    while text[-period:] == text[-2 * period : -period]:
        text = text[:-period]
    return text


def without_working(text: str, template: str) -> str:
    """The answer alone, where a template asks for steps before it; nothing when the model never came to it."""
    mark = ANSWER_MARKS.get(template)
    if mark is None:
        return text
    last = max(mark.finditer(text), key=re.Match.start, default=None)
    return text[last.end() :] if last else ""

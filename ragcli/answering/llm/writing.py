"""Have a model write, until it is done, repeats itself, or has no time left."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ragcli.answering.llm.generator import Generator, Message, Sampling
from ragcli.answering.llm.visible import until
from ragcli.clock import Clock
from ragcli.endpoint import ContextExceededError
from ragcli.errors import ModelError
from ragcli.letters import STOPS

_LOOP = 60  # characters; what is shorter may come again
# All that a model says where it has no answer: one sentence, in its own words or of the sources.
_SOURCES = (
    r"(?:sources?|contexte?s?|kontexte?|documents?|dokumenten?|documentos?|texte?[sn]?|textos?|passages?|extraits?|quellen?"
    r"|fuentes?|information)"
)
_THE = r"(?:(?:the|these|any|le|les|ces?|die|den|dem|der|las?|los|el) |l')(?:\w+ ){0,2}?"  # "the provided"
_SAYS_NOTHING = (
    r"i (?:do not|don't) (?:know|have (?:enough|that|this|the) information)",
    r"i (?:cannot|can't|am unable to) (?:answer|say|tell|determine)",
    r"je ne sais pas|je n'ai pas (?:la réponse|assez d'informations)|je ne (?:peux|puis) pas (?:répondre|le dire)",
    r"(?:das )?(?:ich )?weiß (?:ich |es )?nicht|ich weiss (?:es )?nicht",
    r"(?:das|ich) kann (?:ich )?(?:das |die frage )?nicht beantworten",
    r"no (?:lo )?sé|no (?:puedo|sabría) (?:responder|decir)|no tengo (?:suficiente |esa )?información",
    rf"{_THE}{_SOURCES} (?:\w+ )?(?:do not|does not|don't|doesn't)"
    r" (?:say|state|mention|specify|provide|give|contain (?:the answer|that|this information))",
    rf"{_THE}{_SOURCES} (?:\w+ )?ne (?:disent|contiennent|dit|contient|(?:mentionn|précis|indiqu|donn)e(?:nt)?) pas",
    # "The population of Marrec is not mentioned in the sources."
    r"[^.!?\n]{3,120} (?:is|are|was|were) not (?:\w+ )?(?:mentioned|stated|specified|provided|given|found|available|indicated)"
    rf" (?:in|by) {_THE}{_SOURCES}",
    r"[^.!?\n]{3,120} n'(?:est|sont|a|ont) pas (?:été )?(?:mentionn|précis|indiqu|fourni|donn|spécifi|trouv)\w*"
    rf" (?:dans|par) {_THE}{_SOURCES}",
    rf"[^.!?\n]{{3,120}} (?:wird|werden|ist|sind) in {_THE}{_SOURCES} nicht (?:erwähnt|genannt|angegeben|enthalten)",
    rf"[^.!?\n]{{3,120}} no se (?:menciona|indica|especifica)n? en {_THE}{_SOURCES}",
)
_NO_ANSWER = re.compile(
    r"[\W_]*(?:(?:sorry|i'm sorry|désolée?|(?:es )?tut mir leid|lo siento)\W+(?:but|mais|aber|pero)?\W*)?"
    rf"(?:{'|'.join(_SAYS_NOTHING)})(?![\w'])[^.!?\n]{{0,90}}[\W_]*",
    re.IGNORECASE,
)
_END = re.compile(rf"[{STOPS}]\s|\n")  # of a sentence or a line


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote, a loop at its end taken off, and why it went no further."""

    text: str
    ending: Literal["done", "interrupted", "looping", "late"]


def write(
    messages: Sequence[Message],
    sampling: Sampling,
    generator: Generator,
    on_text: Callable[[str], None],
    clock: Clock,
    ends: Sequence[str] = (),
) -> Written:
    """The model's continuation of a chat, told to `on_text` piece by piece; Ctrl-C and the end of its time leave what there is.

    The first of `ends` ends it, too.

    Raises: ContextExceededError before anything is written; ModelError when the model or its server fails in time.
    """
    start = time.perf_counter()

    def is_late() -> bool:
        return sampling.seconds is not None and time.perf_counter() - start > sampling.seconds

    text = ""
    ending: Literal["done", "interrupted", "looping", "late"] = "done"
    try:
        for piece in until(generator.stream(messages, sampling), ends):
            if not text:
                clock.seconds["first_text"] = time.perf_counter() - start
            text += piece
            on_text(piece)
            if (once := _once(text)) is not None:  # it would go on like this to the last token
                text, ending = once, "looping"
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


def _once(text: str) -> str | None:
    """A text that has fallen into a loop without what it says again; None for any other.

    What begins alike is no loop: so do the points of a list, and two sentences may hold the same long name.
    """
    return _without_cycle(text) or _without_third(text)


def _without_cycle(text: str) -> str | None:
    """A text that ends in the same words three times in a row, or in 180 characters of a shorter period, with them once."""
    period = len(text) - _LOOP - text.rfind(text[-_LOOP:], 0, -1)
    cycle = text[-3 * max(period, _LOOP) :]
    if len(text) < 3 * _LOOP or period > len(text) // 3 or cycle[period:] != cycle[:-period]:
        return None
    start = len(text) - period
    while start and text[start - 1] == text[start - 1 + period]:
        start -= 1
    return text[: start + period]


def _without_third(text: str) -> str | None:
    """A text that ends in whole sentences or lines that stood twice before, without them."""
    starts = [0, *(end.end() for end in _END.finditer(text))]
    said = text[: starts.pop()]
    start = next((start for start in reversed(starts) if len(said) - start > _LOOP), None)
    if start is None:
        return None
    again = said[start:].strip()
    before = sum(text.startswith(again, at, start) for at in starts)
    return said[:start] if before > 1 else None


def finds_nothing(text: str) -> bool:
    """Whether a model says that it has no answer, and nothing else."""
    return _NO_ANSWER.fullmatch(text.replace("’", "'")) is not None

"""What every language model offers to the rest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat. All of `content` is plain text to the model: none of it can act as a control token."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen; temperature 0 takes the likeliest."""

    max_tokens: int = 256
    temperature: float = 0.0
    top_k: int = 40
    top_p: float = 0.95
    seed: int = 0
    seconds: float | None = None  # after which what there is must do
    grammar: str | None = None  # in GBNF, which the text must follow; only a model in this process can


class Generator(Protocol):
    """A language model that continues a chat."""

    name: str
    context_length: int  # tokens that prompt and answer may have together
    parameters: int | None  # None where unknown, as of a service
    destination: str | None  # the host that a prompt leaves this machine for; None when it stays
    usage: Mapping[str, int]  # prompt_tokens, completion_tokens of the last stream, where the model's server told them

    # Why the last stream was not whole, in a sentence, where a server ended it before its model did.
    cut_off: str | None

    def count_tokens(self, text: str) -> int:
        """Tokens of plain text, without any that begin or end a text."""

    def count_prompt(self, messages: Sequence[Message]) -> int:
        """Tokens of the whole prompt, the chat template's own included."""

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        """The answer in pieces, as they come. Ctrl-C raises KeyboardInterrupt at once, even while the prompt is read.

        Raises: ModelError when the prompt leaves no room for an answer.
        """

    def as_sent(self, messages: Sequence[Message], sampling: Sampling) -> str:
        """What the model would be given, as people can read it: the rendered prompt, or the request to the letter."""

    def close(self) -> None:
        """Free what the model holds."""


def is_able(generator: Generator, parameters: int) -> bool:
    """Whether a model has so many parameters; of a size that is not told, as of a service, it is taken to have them."""
    return generator.parameters is None or generator.parameters >= parameters

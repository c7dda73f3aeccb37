"""A model's own chat template, rendered so that no text of a document or a user can act as a control token.

Each message is rendered as a placeholder; what stands between the placeholders is the template's own and may hold
control tokens, the messages themselves may not.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn

from ragcli.answering.llm.generator import Message
from ragcli.errors import ModelError

_PLACEHOLDER = re.compile("\ue000(\\d+)\ue001")


def render(template: str, messages: Sequence[Message], bos: str = "", eos: str = "") -> list[tuple[str, bool]]:
    """The prompt as pieces in order: (text, whether it is the template's own and may hold control tokens).

    A template that knows no system role gets the system message at the head of the first user message.
    Raises: ModelError when the template cannot be rendered or leaves a message out.
    """
    try:
        return _pieces(template, messages, bos, eos)
    except _NoSystemRole:
        return _pieces(template, _without_system(messages), bos, eos)


class _NoSystemRole(Exception):  # noqa: N818  it is an answer of the template, not a failure
    pass


def _without_system(messages: Sequence[Message]) -> list[Message]:
    system, first, *rest = messages
    return [Message(first.role, f"{system.content}\n\n{first.content}"), *rest]


def _pieces(template: str, messages: Sequence[Message], bos: str, eos: str) -> list[tuple[str, bool]]:
    has_system = len(messages) > 1 and messages[0].role == "system"
    try:
        text = _rendered(template, messages, bos, eos)
    except ModelError:
        if has_system:
            raise _NoSystemRole from None
        raise
    parts = _PLACEHOLDER.split(text)  # own, index, own, index, …, own
    shown = [int(index) for index in parts[1::2]]
    if has_system and shown == list(range(1, len(messages))):
        raise _NoSystemRole
    if shown != list(range(len(messages))):
        raise ModelError("the model's chat template leaves out or repeats messages", "choose another GGUF file")
    pieces: list[tuple[str, bool]] = [(parts[0], True)]
    for at, message in enumerate(messages):
        pieces += [(message.content, False), (parts[2 * at + 2], True)]
    return [piece for piece in pieces if piece[0]]


def _rendered(template: str, messages: Sequence[Message], bos: str, eos: str) -> str:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    environment.globals |= {"raise_exception": _raise, "strftime_now": lambda form: datetime.now().strftime(form)}
    chat: list[dict[str, Any]] = [
        {"role": message.role, "content": f"\ue000{at}\ue001"} for at, message in enumerate(messages)
    ]
    values = {"messages": chat, "add_generation_prompt": True, "bos_token": bos, "eos_token": eos}
    try:
        return environment.from_string(template).render(**values, enable_thinking=False)
    except Exception as error:  # a template is somebody's program
        raise ModelError(f"the model's chat template fails: {error}", "choose another GGUF file") from error


def _raise(message: str) -> NoReturn:
    raise ValueError(message)

"""Language models behind an OpenAI-compatible endpoint: OpenAI, llama.cpp, vLLM, Ollama, LM Studio, Mistral and others."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ragcli.answering.llm.control import ENDS, defused
from ragcli.answering.llm.generator import Message, Sampling
from ragcli.answering.llm.visible import visible
from ragcli.endpoint import DONE, BrokenOffError, Endpoint, UnknownParameterError, as_sent, estimated_tokens
from ragcli.errors import ModelError, UsageError
from ragcli.settings import Answering

_TOKENS_PER_MESSAGE = 8  # role and separators, in the longest of the common templates
# What newer models of OpenAI call it, and Mistral, which refuses what it doesn't know.
_RENAMED = {"max_tokens": "max_completion_tokens", "seed": "random_seed"}
_AT_ITS_LIMIT = "the service cut the answer off at a limit of its own"
# By the reason that a server gives for the end of an answer: those of OpenAI, Mistral, vLLM and others; `stop` and any other
# mean that the model was done.
_ENDED = {
    **dict.fromkeys(("length", "max_tokens", "model_length"), _AT_ITS_LIMIT),
    **dict.fromkeys(("content_filter", "safety"), "a filter of the service cut the answer off"),
    **dict.fromkeys(("abort", "error", "cancelled"), "the service broke off: the answer is not whole"),
}
_NO_END = "the answer came without an end, as if it were cut off: it may not be whole"


def _text(content: Any) -> str:
    """What is said, which Mistral sends in parts: their texts count, their thoughts don't."""
    if isinstance(content, list):
        return "".join(_text(part.get("text")) for part in content)
    if content is not None and not isinstance(content, str):
        raise TypeError
    # JSON may hold half a character, `\ud800`, which neither a terminal nor an index takes.
    return (content or "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class ServiceGenerator:
    """Fulfils `Generator`. Nothing is sent before `stream`.

    Counts are estimates on the safe side, `usage` holds what the server counted.
    Raises: UsageError when the configuration names no model.
    """

    parameters: int | None = None

    def __init__(self, settings: Answering) -> None:
        if not settings.base_url:
            raise UsageError("no endpoint is configured", "set answering.base_url")
        if not settings.model:
            raise UsageError("answering.base_url needs the name of a model there", "set answering.model")
        self._endpoint = Endpoint(
            settings.base_url, settings.api_key_variable, settings.timeout, settings.retries, "answering.base_url"
        )
        self.name = settings.model
        self.context_length = settings.context_tokens
        self.destination: str | None = self._endpoint.host if self._endpoint.is_remote else None
        self.usage: Mapping[str, int] = {}
        self.cut_off: str | None = None

    def close(self) -> None:
        """Nothing is held between requests."""

    def count_tokens(self, text: str) -> int:
        return estimated_tokens(text)

    def count_prompt(self, messages: Sequence[Message]) -> int:
        return sum(self.count_tokens(message.content) + _TOKENS_PER_MESSAGE for message in messages)

    def as_sent(self, messages: Sequence[Message], sampling: Sampling) -> str:
        return as_sent(self._body(messages, sampling))

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        body = self._body(messages, sampling)
        self.usage, self.cut_off = {}, None
        endpoint = self._endpoint
        if sampling.seconds is not None:  # nobody waits longer, nor asks again
            endpoint = replace(endpoint, timeout=min(endpoint.timeout, max(0.1, sampling.seconds)), retries=0)
        return visible(self._pieces(body, endpoint), ENDS)

    def _body(self, messages: Sequence[Message], sampling: Sampling) -> dict[str, Any]:
        # top_k is no part of the protocol, and some servers refuse what they do not know.
        return {
            "model": self.name,
            "messages": [{"role": message.role, "content": defused(message.content)} for message in messages],
            "max_tokens": sampling.max_tokens,
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
            "seed": sampling.seed,
            "stream": True,
            "stream_options": {"include_usage": True},
        }

    def _pieces(self, body: dict[str, Any], endpoint: Endpoint) -> Iterator[str]:
        """The answer, asked for again without an optional parameter that the server refuses."""
        optional = {"max_tokens", "temperature", "top_p", "seed", "stream_options", *_RENAMED.values()}
        while True:
            try:
                yield from self._answer(body, endpoint)
                break
            except UnknownParameterError as error:
                name = error.parameter.partition(".")[0]
                if name not in optional or name not in body:
                    raise
                optional.discard(name)
                value = body.pop(name)
                if name in _RENAMED:
                    body[_RENAMED[name]] = value
        self._demand_whole_prompt(body)

    def _answer(self, body: Mapping[str, Any], endpoint: Endpoint) -> Iterator[str]:
        ending: str | None = None
        has_said = is_done = False
        try:
            for event in endpoint.stream("chat/completions", body):
                is_done = event is DONE
                piece, reason = self._read(event)
                ending = reason or ending
                if piece:
                    has_said = True
                    yield piece
        except BrokenOffError:  # what was said was said, and may have been paid for
            if not has_said:
                raise
        if not has_said and ending is None:
            # llama-cpp-python's server streams an empty 200 where it would have said why: ask for the reason.
            plain = {name: value for name, value in body.items() if name not in ("stream", "stream_options")}
            piece, ending = self._read(endpoint.post("chat/completions", plain))
            is_done = True
            if ending is None and not piece:
                raise ModelError(f"{endpoint.host} sent an empty answer", "see the server's own log")
            yield piece
        self.cut_off = _ENDED.get(ending) if ending else None if is_done else _NO_END
        if (
            self.cut_off == _AT_ITS_LIMIT and "completion_tokens" not in self.usage
        ):  # which limit, it does not let us know
            self.cut_off = "the service cut the answer off at --max-tokens, or at a limit of its own"

    def _read(self, event: Mapping[str, Any]) -> tuple[str, str | None]:
        """The text of one event, or of a whole answer, and why it is the last. Raises: ModelError for one of another shape."""
        try:
            if usage := event.get("usage"):
                counts = {name: usage.get(name) for name in ("prompt_tokens", "completion_tokens")}
                self.usage = {name: count for name, count in counts.items() if isinstance(count, int) and count > 0}
            for choice in event.get("choices") or ():
                said = choice.get("delta") or choice.get("message") or {}
                reason = choice.get("finish_reason")
                return _text(said.get("content")), None if reason is None else str(reason)
        except (AttributeError, TypeError):  # a text or a number where an object belongs
            sent = self._endpoint.shown(json.dumps(event, ensure_ascii=False))
            what = f"{self._endpoint.host} sends what is no chat: {sent}"
            raise ModelError(what, "see answering.base_url") from None
        return "", None

    def _demand_whole_prompt(self, body: Mapping[str, Any]) -> None:
        """Ollama cuts a long prompt from the front without a word; no tokenizer makes fewer tokens than there are words.

        Raises: ModelError when the server says that it read less than that.
        """
        least = sum(len(message["content"].split()) for message in body["messages"])
        read = self.usage.get("prompt_tokens", least)
        if read < least:
            raise ModelError(
                f"{self._endpoint.host} read {read:,} tokens of a prompt of {least:,} words: it cuts prompts off",
                "raise the server's context (num_ctx), or lower answering.context_tokens",
            )

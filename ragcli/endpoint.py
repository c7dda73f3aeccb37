"""Talk to a server of models: one request or one stream, busy servers waited for, many servers' errors understood."""

import json
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ragcli.errors import ModelError, UsageError
from ragcli.shown import shown_url

if TYPE_CHECKING:
    import httpx

DONE: dict[str, Any] = {}  # the last that a stream yields, when it came to its end

_BUSY = frozenset({408, 429, 502, 503, 504, 529})
_SILENT = 2.0  # seconds that nobody asks what is going on
_LONGEST_WAIT = 60.0  # seconds that a server may ask us to wait
# The codes of OpenAI, llama.cpp's own server and LiteLLM; how nearly all name the limit; then Anthropic and Bedrock, OpenAI,
# Gemini, Hugging Face's, Cohere, LM Studio. A limit of tokens a minute is none of them.
_OVERFLOW = re.compile(
    r"context_length_exceeded|exceed_context_size|ContextWindowExceeded|(?:context|prompt) (?:length|size|window)|model length"
    r"|(?:prompt|input) is too l(?:ong|arge)|input tokens exceed|input token count|`inputs` (?:tokens|must have less)"
    r"|tokens in the prompt|keep the first \d+ tokens",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(r"unsupported|unknown|unrecognized|extra_forbidden|extra (?:fields|inputs)", re.IGNORECASE)
# How FastAPI, and so vLLM and Mistral, say which parameter that is, in whichever wrapping: Mistral's was JSON in a text.
_REFUSED = re.compile(r"\bloc\W+body\W+(\w+)")
_SHORTER = {"answering": "lower answering.context_tokens or answering.k", "embedding": "lower embedding.max_tokens"}
_MOST_SHOWN = 300  # characters of a server's message
# Fewer than any tokenizer of today needs for prose; digits may take more, which the server then says.
_BYTES_PER_TOKEN = 3
_SECRET = 4  # characters of a key that is worth hiding: `x` for a server that wants none would hide half a message


class RejectedError(ModelError):
    """The server refuses this very request, and would do so again: a smaller one it may take."""


class ContextExceededError(RejectedError):
    """The prompt is longer than the server's model can read."""


class BusyServerError(ModelError):
    """The server has no time now."""


class BrokenOffError(ModelError):
    """The connection ended in the middle of an answer."""


class NoSuchAddressError(ModelError):
    """The server is there, and has nothing under that address."""


class UnknownParameterError(ModelError):
    """The server knows the request but not one of its optional parameters, `parameter`."""

    def __init__(self, what: str, next_step: str, parameter: str) -> None:
        super().__init__(what, next_step)
        self.args = (what, next_step, parameter)
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server is and how long to be patient with it.

    `key_variable` names the environment variable with the key, which is read at each request and kept nowhere.
    """

    base_url: str  # up to and with "/v1"
    key_variable: str = "RAG_API_KEY"
    timeout: float = 120.0  # seconds without a sign of life
    retries: int = 3
    setting: str = "answering.base_url"  # that a message tells to look at
    key_headers: tuple[tuple[str, str], ...] = ()  # (header, variable with its value) where no bearer's key is wanted

    @property
    def host(self) -> str:
        """Name and port, as people know the service."""
        return _url(self.base_url).netloc.decode()

    @property
    def is_remote(self) -> bool:
        """Whether what is sent there leaves this machine."""
        import ipaddress

        name = _url(self.base_url).host
        try:
            return not ipaddress.ip_address(name).is_loopback
        except ValueError:
            return name != "localhost"

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Send `body` to `path` and return the answer, an object.

        Raises: ModelError when the server is away, refuses or answers something else, or one of the kinds above.
        """
        with self._open("POST", path, **_json(body)) as response:
            return self._object(_read(response))

    def get(self, path: str) -> dict[str, Any]:
        """Return the object at `path`. Raises: as `post`."""
        with self._open("GET", path) as response:
            return self._object(_read(response))

    def upload(self, path: str, file: Path, fields: Mapping[str, str]) -> dict[str, Any]:
        """Send a file and fields as a form to `path` and return the answer, an object. Raises: as `post`."""
        with self._open("POST", path, data=fields, files={"file": (file.name, file.read_bytes())}) as response:
            return self._object(_read(response))

    def stream(self, path: str, body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Send `body` to `path` and yield the objects of the event stream; one, when the server does not stream.

        DONE comes last; without it the stream just ended, as it does when the server, or a proxy before it, is stopped.
        Raises: as `post`; BrokenOffError when the connection breaks.
        """
        with self._open("POST", path, **_json(body)) as response:
            if "event-stream" not in response.headers.get("content-type", "event-stream"):
                yield self._object(_read(response))
                yield DONE
                return
            try:
                for data in _events(response.iter_bytes()):
                    if data == "[DONE]":
                        yield DONE
                        return
                    yield self._object(data)
            except _breaks() as error:
                raise BrokenOffError(f"{self.host} broke off its answer ({_said(error)})", "ask again") from error

    def shown(self, said: str) -> str:
        """What a server says, short, and without the keys and the password that some of them repeat."""
        variables = [variable for _, variable in self.key_headers] or [self.key_variable]
        for secret in (*map(_key, variables), _url(self.base_url).password):
            if len(secret) >= _SECRET:
                said = said.replace(secret, "***")
        return _short(said)

    @contextmanager
    def _open(self, method: str, path: str, **content: Any) -> "Iterator[httpx.Response]":
        """The response of a request that succeeded, busy servers waited for. `content` is as httpx takes it."""
        import httpx

        url = f"{self.base_url.rstrip('/')}/{path}"
        key_headers = self._headers()
        timeout = httpx.Timeout(self.timeout, connect=min(self.timeout, 10.0))
        # A proxy of the environment could not reach this machine's own ports.
        with httpx.Client(timeout=timeout, trust_env=self.is_remote) as client:
            for attempt in range(self.retries + 1):
                is_last = attempt == self.retries
                try:
                    request = client.build_request(method, url, **content)
                    request.headers.update(key_headers)
                    response = client.send(request, stream=True)
                except UsageError as error:  # of `--offline`, at the first socket
                    what = f"--offline: {self.host} would be asked"
                    raise UsageError(what, f"leave out --offline, or {self.setting}") from error
                except httpx.ReadTimeout as error:  # asked again it would begin again, and take as long
                    remedy = "raise answering.timeout" if self.setting.startswith("answering") else "see its own log"
                    raise ModelError(f"{self.host} said nothing for {self.timeout:g} s", remedy) from error
                except httpx.TransportError as error:
                    if is_last or isinstance(error, httpx.ConnectError | httpx.UnsupportedProtocol):
                        remedy = f"start it, or see {self.setting}"
                        if self.is_remote:
                            remedy = f"check the network, whether it runs, and {self.setting}"
                        raise ModelError(f"{self.host} does not answer ({_said(error)})", remedy) from error
                    self._wait(_pause(attempt, None))
                    continue
                try:
                    if response.status_code == 200:
                        yield response
                        return
                    if response.next_request is not None:  # followed, it could take the question, and the key, anywhere
                        there = str(response.next_request.url).removesuffix(f"/{path}")
                        what = f"{self.host} sends us on to {self.shown(shown_url(there))}"
                        raise ModelError(what, f"if that is right, set {self.setting} to it")
                    wait = _pause(attempt, response.headers.get("retry-after"))
                    if response.status_code not in _BUSY or is_last or wait > _LONGEST_WAIT:
                        raise self._refusal(response.status_code, _read(response), wait)
                finally:
                    response.close()
                self._wait(wait)

    def _wait(self, seconds: float) -> None:
        if seconds >= _SILENT:
            import logging  # which writes to stderr where nobody has said otherwise

            logging.getLogger(__name__).warning("%s is busy: it is asked again in %.0f s", self.host, seconds)
        time.sleep(seconds)

    def _headers(self) -> dict[str, str]:
        if self.key_headers:
            return {header: _key(variable) for header, variable in self.key_headers}
        key = _key(self.key_variable)
        return {"Authorization": f"Bearer {key}"} if key else {}

    def _object(self, text: str) -> dict[str, Any]:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            raise ModelError(f"{self.host} answers no JSON: {self.shown(text)!r}", f"see {self.setting}") from None
        if not isinstance(found, dict):
            raise ModelError(f"{self.host} answers no object: {self.shown(text)!r}", f"see {self.setting}")
        if found.get("error") or found.get("object") == "error":
            raise self._refusal(200, text, 0.0)
        return found

    def _refusal(self, status: int, body: str, wait: float) -> ModelError:
        message, codes, parameter = _explained(body)
        said = f"{self.host} says: {self.shown(message).removesuffix('.') or f'HTTP {status}'}"
        if status == 413 or _OVERFLOW.search(f"{message} {codes}"):
            return ContextExceededError(said, _SHORTER.get(self.setting.partition(".")[0], f"see {self.setting}"))
        if status in (401, 403):
            return ModelError(said, f"put the right key into the environment variable {self.key_variable}")
        if parameter and status in (400, 422):
            return UnknownParameterError(said, f"see {self.setting}", parameter)
        if status == 404:
            return NoSuchAddressError(said, f"see {self.setting} (it ends in /v1 on most servers) and the model's name")
        if status in _BUSY:
            later = f" in {wait:.0f} s" if wait > _LONGEST_WAIT else " later"
            return BusyServerError(said, f"it is busy: ask again{later}")
        kind = RejectedError if status in (400, 422) else ModelError
        return kind(said, "see the server's own log")


def estimated_tokens(text: str) -> int:
    """How many tokens a text has, on the safe side: a server's tokenizer is not at hand."""
    return -(-len(text.encode()) // _BYTES_PER_TOKEN)


def as_sent(body: Mapping[str, Any]) -> str:
    """The very text that goes over the wire, laid out so that people can read it before it does."""
    return json.dumps(body, ensure_ascii=False, indent=2)


def _json(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"content": as_sent(body).encode(), "headers": {"Content-Type": "application/json"}}


def _explained(body: str) -> tuple[str, str, str]:
    """(message, codes, parameter) of an error, in whichever of the known shapes it comes."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return re.sub(r"(?s)<(style|script)\b.*?</\1>|<[^>]*>|\s+", " ", body), "", ""
    if not isinstance(found, dict):
        return str(found), "", ""
    error = found.get("error") or found  # vLLM once wrote it flat, others with a null beside it
    if not isinstance(error, dict):
        return str(error), "", ""  # LM Studio writes a string
    message = error.get("message") or error.get("detail") or found.get("detail") or ""
    codes = " ".join(str(error.get(name) or "") for name in ("code", "type"))
    if not _UNKNOWN.search(f"{codes} {message}"):
        return str(message), codes, ""
    refused = _REFUSED.search(body)
    return str(message), codes, str(error.get("param") or (refused[1] if refused else ""))


def _events(chunks: Iterator[bytes]) -> Iterator[str]:
    """The data of server-sent events. Lines end at LF only: JSON text may hold other characters that Python splits at."""
    waiting = b""
    for chunk in chunks:
        *lines, waiting = (waiting + chunk).split(b"\n")
        for line in lines:
            if line.startswith(b"data:"):
                yield line[5:].decode("utf-8", "replace").strip()
    if waiting.startswith(b"data:"):
        yield waiting[5:].decode("utf-8", "replace").strip()


def _pause(attempt: int, retry_after: str | None) -> float:
    """Seconds to wait: what the server asks for (seconds or a date), else 1, 2, 4, …"""
    if retry_after is not None:
        if re.fullmatch(r"\d+(?:\.\d+)?", retry_after.strip()):
            return float(retry_after)
        import email.utils

        try:
            return max(0.0, email.utils.parsedate_to_datetime(retry_after).timestamp() - time.time())
        except ValueError:
            pass  # neither seconds nor a date: as if it had asked for nothing
    return float(2**attempt)


def _read(response: "httpx.Response") -> str:
    try:
        response.read()
    except _breaks() as error:
        raise ModelError(f"{response.url.host} broke off its answer ({_said(error)})", "ask again") from error
    return response.text


def _key(variable: str) -> str:
    """The key in an environment variable; none is as good as an empty one.

    Raises: UsageError for one that no header can hold; it is not shown, nor would a library show it.
    """
    key = os.environ.get(variable, "").strip()
    if not (key.isascii() and key.isprintable()):
        what = f"the environment variable {variable} holds no key, but a line break or characters that no key has"
        raise UsageError(what, "put the key alone into it")
    return key


def _breaks() -> tuple[type[Exception], ...]:
    """What a connection breaks with, and what is packed in another way than it says."""
    import httpx

    return httpx.TransportError, httpx.DecodingError


def _url(text: str) -> "httpx.URL":
    import httpx

    shown = shown_url(text)
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        why = f" ({error})" if shown == text else ""  # it may name a part of the password
        raise UsageError(f"base_url {shown!r} is no URL{why}", "write it as https://host/v1") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise UsageError(f"base_url {shown!r} is no URL", "write it as https://host/v1")
    return url


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + " …"

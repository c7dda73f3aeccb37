"""Requests to a real server on loopback: patience, and the errors of many servers understood."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from ragcli.endpoint import ContextExceededError, Endpoint, UnknownParameterError, _events
from ragcli.errors import ModelError, UsageError
from tests.conftest import Server

ASKED = {"model": "m", "input": "x"}


def test_the_key_comes_from_the_environment_and_is_sent_as_bearer(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.says({"ok": 1})
    endpoint = Endpoint(server.url, key_variable="SOME_KEY")
    endpoint.post("x", ASKED)
    monkeypatch.setenv("SOME_KEY", " secret\n")
    endpoint.post("x", ASKED)
    (path, without, body), (_, headers, _) = server.requests
    assert (path, body) == ("/v1/x", ASKED)
    assert "Authorization" not in without
    assert headers["Authorization"] == "Bearer secret"
    assert "secret" not in repr(endpoint)


def test_no_key_is_repeated_to_whoever_reads_the_error(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_API_KEY", "sk-topsecret-123456")
    for body in (
        {"error": {"message": "Incorrect API key provided: sk-topsecret-123456"}},
        {"error": "x" * 290 + "sk-topsecret-123456"},  # one that is cut for its length
        "<html>Bearer sk-topsecret-123456</html>",
    ):
        server.answers.clear()
        server.says(body, 401).says(body, 200)
        for _ in range(2):
            with pytest.raises(ModelError) as caught:
                Endpoint(server.url).post("x", ASKED)
            assert "sk-t" not in str(caught.value)
    monkeypatch.setenv("RAG_API_KEY", "x")  # what some give to a server that wants none
    server.answers.clear()
    server.says({"error": {"message": "an extra word"}}, 400)
    with pytest.raises(ModelError, match="an extra word"):
        Endpoint(server.url).post("x", ASKED)


@pytest.mark.parametrize("key", ["sk-a\nsk-b", "sk-a\rb", "schlüssel", "sk-\udce9"])
def test_a_key_that_no_header_can_hold_is_refused_at_once(
    server: Server, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("SOME_KEY", key)
    with pytest.raises(UsageError, match="variable SOME_KEY holds no key") as caught:
        Endpoint(server.url, "SOME_KEY").post("x", ASKED)
    assert not any(part in str(caught.value) for part in ("sk-", "schl", "\n"))
    assert not server.requests


def test_a_long_wait_is_said(server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    server.says("busy", 503, Retry_After="0.01").says({"ok": 1})
    assert Endpoint(server.url).post("x", ASKED) == {"ok": 1}
    assert caplog.messages == []
    monkeypatch.setattr("ragcli.endpoint._SILENT", 0.1)
    server.answers.clear()
    server.says("busy", 503, Retry_After="0.2").says({"ok": 2})
    assert Endpoint(server.url).post("x", ASKED) == {"ok": 2}
    assert caplog.messages == [f"{Endpoint(server.url).host} is busy: it is asked again in 0 s"]


def test_a_busy_server_is_waited_for_as_long_as_it_says(server: Server) -> None:
    server.says({"error": {"message": "slow down"}}, 429, Retry_After="0.2").says({"ok": 1})
    start = time.perf_counter()
    assert Endpoint(server.url).post("x", ASKED) == {"ok": 1}
    assert time.perf_counter() - start >= 0.2
    past = format_datetime(datetime.now(UTC) - timedelta(seconds=5), usegmt=True)
    server.answers.clear()
    server.says("busy", 503, Retry_After=past).says({"ok": 2})
    assert Endpoint(server.url).post("x", ASKED) == {"ok": 2}


def test_patience_ends(server: Server) -> None:
    server.says({"error": {"message": "slow down"}}, 429, Retry_After="0")
    with pytest.raises(ModelError, match="slow down; it is busy: ask again later"):
        Endpoint(server.url, retries=2).post("x", ASKED)
    assert len(server.requests) == 3
    server.answers.clear()
    server.says({"error": {"message": "quota"}}, 429, Retry_After="7200")
    with pytest.raises(ModelError, match="quota; it is busy: ask again in 7200 s"):
        Endpoint(server.url).post("x", ASKED)
    assert len(server.requests) == 4


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"error": {"message": "too long", "type": "invalid_request_error", "code": "context_length_exceeded"}}),
        (400, {"error": {"code": 400, "type": "exceed_context_size_error", "message": "the request exceeds"}}),
        (200, {"error": {"code": 400, "type": "exceed_context_size_error", "message": "the request exceeds"}}),
        (400, {"object": "error", "message": "This model's maximum context length is 4096 tokens.", "code": 400}),
        (400, {"error": "The number of tokens to keep is greater than the context length (n_keep: 5 >= n_ctx: 4)"}),
        (500, "Trying to keep the first 5000 tokens when context the overflows"),
        (400, {"error": {"message": "Your input exceeds the context window of this model."}}),
        (400, {"error": {"message": "Input tokens exceed the configured limit of 272000 tokens."}}),
        (400, {"message": "The decoder prompt (length 5000) is longer than the maximum model length of 4096."}),
        (400, {"message": "The prompt (total length 9) is too long to fit into the model (context length 4)."}),
        (400, {"error": {"message": "The input (9 tokens) is longer than the model's context length (4 tokens)."}}),
        (400, {"error": {"message": "prompt too long; exceeded max context length by 904 tokens"}}),
        (400, {"error": {"message": "litellm.ContextWindowExceededError: BadRequestError"}}),
        (400, {"error": {"message": "prompt is too long: 208310 tokens > 200000 maximum"}}),
        (400, {"error": {"message": "The input token count (9) exceeds the maximum number of tokens allowed (4)."}}),
        (422, {"error": "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096"}),
        (400, {"error": "This model's maximum prompt length is 131072 but the request contains 140000 tokens."}),
        (413, "<html><h1>413 Request Entity Too Large</h1></html>"),
    ],
)
def test_an_overflow_is_known_in_every_dialect(server: Server, status: int, body: object) -> None:
    server.says(body, status)
    with pytest.raises(ContextExceededError, match=r"answering\.context_tokens"):
        Endpoint(server.url, retries=0).post("x", ASKED)


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (401, {"error": {"message": "Incorrect API key"}}, "Incorrect API key; put the right key .* RAG_API_KEY"),
        (404, {"detail": "Not Found"}, r"Not Found; see answering\.base_url"),
        (404, "<html><body>Nothing <b>here</b></body></html>", "Nothing here"),
        (501, "<style>b {color: red}</style><script>\nx()</script><h1>No</h1>", "says: No; see"),
        (400, {"error": {"message": "Limit of tokens per min (TPM): the input must be reduced."}}, "reduced; see"),
        (500, {"error": {"message": "Traceback\n  line 3"}}, "Traceback line 3"),
        (200, "<html>login</html>", "answers no JSON"),
        (200, [1], "answers no object"),
        (418, "", "HTTP 418"),
        (500, {"error": None}, "says: HTTP 500"),
        (500, {"error": None, "message": "no memory"}, "says: no memory"),
        (500, {"error": {"message": None}}, "says: HTTP 500"),
        (500, {"error": "", "detail": ["x"]}, "x"),
        (500, "[" * 100_000, r"says: \[\["),
        (200, "[" * 100_000, "answers no JSON"),
    ],
)
def test_other_errors_are_one_line(server: Server, status: int, body: object, said: str) -> None:
    server.says(body, status)
    with pytest.raises(ModelError, match=said) as caught:
        Endpoint(server.url).post("x", ASKED)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 5
    assert len(server.requests) == 1  # none of them is worth asking again


def test_what_is_packed_otherwise_than_it_says_is_an_error_of_the_server(server: Server) -> None:
    server.says({"data": []}, Content_Encoding="gzip")
    with pytest.raises(ModelError, match="broke off its answer"):
        Endpoint(server.url).post("x", ASKED)


def test_a_parameter_that_the_server_does_not_know_is_named(server: Server) -> None:
    server.says({"error": {"message": "Unsupported", "code": "unsupported_parameter", "param": "seed"}}, 400)
    with pytest.raises(UnknownParameterError) as caught:
        Endpoint(server.url).post("x", ASKED)
    assert caught.value.parameter == "seed"


@pytest.mark.parametrize(
    "refusal",
    [
        {"detail": [{"type": "extra_forbidden", "loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}]},
        {"detail": [{"type": "value_error.extra", "loc": ["body", "seed"], "msg": "extra fields not permitted"}]},
        {
            "object": "error",
            "message": {"detail": [{"type": "extra_forbidden", "loc": ["body", "seed"]}]},
            "param": None,
        },
        {"object": "error", "message": '{"detail":[{"type":"extra_forbidden","loc":["body","seed"]}]}', "code": "1000"},
        {"object": "error", "message": "[{'type': 'extra_forbidden', 'loc': ('body', 'seed'), 'msg': 'Extra'}]"},
    ],
)
def test_so_is_one_that_is_forbidden_in_the_words_of_fastapi_and_mistral(server: Server, refusal: object) -> None:
    server.says(refusal, 422)
    with pytest.raises(UnknownParameterError) as caught:
        Endpoint(server.url).post("x", ASKED)
    assert caught.value.parameter == "seed"


def test_where_a_server_sends_us_on_to_is_said_and_not_followed(server: Server) -> None:
    server.says("", 301, Location="https://me:secret@elsewhere.example/v1/x")
    moved = r"sends us on to https://\*\*\*@elsewhere\.example/v1; if that is right, set answering\.base_url"
    with pytest.raises(ModelError, match=moved):
        Endpoint(server.url).post("x", ASKED)
    server.answers.clear()
    server.says("", 307, Location="/openai/v1/x")
    with pytest.raises(ModelError, match=r"on to http://127\.0\.0\.1:\d+/openai/v1;"):
        Endpoint(server.url).post("x", ASKED)


def test_a_server_that_thinks_for_too_long_is_asked_once(server: Server) -> None:
    server.says({"ok": 1}).delay = 0.2
    with pytest.raises(ModelError, match=r"said nothing for 0\.1 s; raise answering\.timeout"):
        Endpoint(server.url, timeout=0.1).post("x", ASKED)
    assert len(server.requests) == 1


def test_nobody_listens() -> None:
    with pytest.raises(ModelError, match=r"127\.0\.0\.1:9 does not answer .*; start it"):
        Endpoint("http://127.0.0.1:9/v1").post("x", ASKED)
    with pytest.raises(ModelError, match=r"service\.invalid does not answer .*; check the network"):
        Endpoint("https://service.invalid/v1").post("x", ASKED)


@pytest.mark.parametrize("url", ["localhost:8080/v1", "ftp://host/v1", "http://", "x"])
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="is no URL"):
        Endpoint(url).post("x", ASKED)


def test_the_password_of_a_url_is_not_shown(server: Server) -> None:
    for wrong in ("http://me:pass@host:x/v1", "ftp://me:pass@host", "http://me:pa/ss@host/v1", "http://me:p@ss@/v1"):
        with pytest.raises(UsageError, match=r"//\*\*\*@") as caught:
            Endpoint(wrong).post("x", ASKED)
        assert not any(part in str(caught.value) for part in ("me", "pa", "ss"))
    server.says("it is not hunter2", 401)
    with pytest.raises(ModelError, match=r"it is not \*\*\*"):
        Endpoint(server.url.replace("//", "//me:hunter2@")).post("x", ASKED)


def test_this_machine_is_not_remote() -> None:
    assert not Endpoint("http://localhost:1/v1").is_remote
    assert not Endpoint("http://[::1]:1/v1").is_remote
    assert Endpoint("https://api.example.org/v1").is_remote
    assert Endpoint("http://192.168.1.5/v1").is_remote


def test_events_may_be_cut_anywhere_and_hold_any_character() -> None:
    text = 'data: {"a": "x\u2028y\x85z"}\n\n: comment\r\ndata:{"b": "é"}\r\n\r\ndata: [DONE]'.encode()
    whole = list(_events(iter([text])))
    assert whole == ['{"a": "x\u2028y\x85z"}', '{"b": "é"}', "[DONE]"]
    for size in (1, 2, 7):
        assert list(_events(text[at : at + size] for at in range(0, len(text), size))) == whole

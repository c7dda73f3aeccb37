"""A conversation in a pipe: answers on stdout, talk on stderr, and it can be gone on with."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

from tests.cli.test_commands import rag


def test_a_conversation_in_a_pipe(filled: Path, home: Path, tmp_path: Path) -> None:
    asked = ["When does the ferry to Skarn sail?", "", "/sources", "/open 1", "What does a ticket for it cost?"]
    done = rag("chat", stdin="\n".join([*asked, "/save talk.md", "/quit", "never read"]))
    assert done.returncode == 0, done.stderr
    assert "sails at 7:40" in done.stdout
    assert "58 crowns" in done.stdout
    assert "understood as: What does a ticket for it cost? (Skarn)" in done.stderr
    assert "1. " in done.stdout
    assert "\033" not in done.stdout
    saved = (tmp_path / "talk.md").read_text()
    assert saved.count("\n## ") + saved.startswith("## ") == 2
    assert "[^2-1]" in saved
    unfit = rag("chat", "--continue", stdin="/save talk.html\n/save other.md\n")
    assert unfit.stderr.splitlines()[-2:] == [
        "rag: talk.html is of no kind that a conversation is written in; end it in .md",
        "saved: other.md",
    ]
    assert not (tmp_path / "talk.html").exists()
    assert (tmp_path / "other.md").read_text() == saved
    (kept,) = (home / "state" / "chats" / "default").glob("*.jsonl")
    assert kept.stat().st_mode & 0o077 == 0
    again = rag("chat", "--continue", "--json", stdin="And when does it sail?\n/new\nAnd when does it sail?\n")
    first, second = (json.loads(line) for line in again.stdout.splitlines())
    assert first["standalone"] == "And when does it sail? (Skarn)"
    assert second["standalone"] == "And when does it sail?"
    assert {"answer", "citations", "sentences", "found"} <= set(first)


def test_with_json_each_line_of_stdout_is_an_object(filled: Path) -> None:
    done = rag(
        "chat", "--json", stdin="/sources\nWhen does the ferry to Skarn sail?\n/sources\n/open 1\n/open 9\n???\n"
    )
    none, answer, sources, opened, failed = (json.loads(line) for line in done.stdout.splitlines())
    assert none == {"citations": []}
    assert sources == {"citations": answer["citations"]}
    assert opened == {key: answer["citations"][0][key] for key in ("path", "page", "place")}
    assert "there is no source 9" in done.stderr
    assert (failed["question"], failed["exit_code"]) == ("???", done.returncode)
    assert "names nothing to look for" in failed["error"]
    followed = rag("chat", "--json", stdin="When does the ferry to Skarn sail?\nWhat does a ticket for it cost?\n")
    _, turn = (json.loads(line) for line in followed.stdout.splitlines())
    assert turn["question"] == "What does a ticket for it cost?"  # as it was asked; beside it as it was understood
    assert "Skarn" in turn["standalone"]


def test_thanks_are_no_question_and_no_subject(filled: Path) -> None:
    asked = ["hello", "When does the ferry to Skarn sail?", "Merci !", "What does a ticket for it cost?"]
    done = rag("chat", "--json", stdin="\n".join(asked))
    _, second = (json.loads(line) for line in done.stdout.splitlines())
    assert second["standalone"] == "What does a ticket for it cost? (Skarn)"
    assert done.stderr.count("that asks nothing") == 2


def test_nothing_to_go_on_with_or_to_save(filled: Path, tmp_path: Path) -> None:
    done = rag("chat", "--continue", stdin="x\n")
    assert done.returncode == 2
    assert "leave out --continue" in done.stderr
    unknown = rag("chat", stdin="/open 3\n/none\n")
    assert (unknown.returncode, "there is no /none; there are\n/sources " in unknown.stderr) == (0, True)
    kept = tmp_path / "talk.md"
    kept.write_text("of yesterday")
    empty = rag("chat", stdin=f"/save {kept}\n")
    assert (empty.returncode, "nothing to save" in empty.stderr) == (2, True)
    assert kept.read_text() == "of yesterday"


def test_ctrl_c_at_the_prompt_drops_the_line_and_ctrl_d_leaves(filled: Path) -> None:
    leader, follower = pty.openpty()
    seen = ""

    def type_after(wanted: str, keys: str) -> None:
        nonlocal seen
        patience = 30  # times two seconds
        while wanted not in seen:
            if select.select([leader], [], [], 2)[0]:
                seen += os.read(leader, 65536).decode()
                continue
            patience -= 1
            assert patience, seen
            # Python notices one that comes just before it waits for keys at the next alone.
            if wanted.startswith("/quit"):
                os.write(leader, b"\x03")
        seen = seen.partition(wanted)[2]
        os.write(leader, keys.encode())

    def at_the_terminal() -> None:
        os.close(os.open(os.ttyname(0), os.O_RDWR))  # its keys are signals
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background jobs, and these tests in one, ignore it

    with subprocess.Popen(
        [sys.executable, "-m", "ragcli", "chat"], stdin=follower, stdout=follower, stderr=follower,
        start_new_session=True, preexec_fn=at_the_terminal,
    ) as chat:  # fmt: skip
        try:
            type_after("? ", "half a que\x03")
            type_after("/quit or Ctrl-D leaves\r\n? ", "When does the ferry to Skarn sail?\n")
            type_after("sails at 7:40", "")
            type_after("\n? ", "\x04")
            assert chat.wait(60) == 0
        finally:
            chat.kill()
    os.close(follower)
    os.close(leader)


def test_a_conversation_with_several_collections_chosen_anew_for_each_question(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text("Leek soup needs four leeks and a litre of broth.")
    assert rag("ingest", "more.txt", "-c", "kitchen").returncode == 0
    asked = "How much broth does leek soup need?\n/open 1\nWhen does the ferry to Skarn sail?\n/open 1\n"
    both = rag("chat", "-c", "default", "-c", "kitchen", stdin=asked)
    assert both.returncode == 0, both.stderr
    assert both.stdout.startswith("Leek soup needs four leeks and a litre of broth. [more.txt]\n")
    assert "sails at 7:40" in both.stdout
    assert [line.rpartition("/")[2] for line in both.stdout.splitlines() if line.endswith(".txt")] == [
        "more.txt",
        "ferry.txt",
    ]
    routed = rag("chat", "--route", stdin=asked)
    assert "sails at 7:40" in routed.stdout
    chosen = [line for line in routed.stderr.splitlines() if line.startswith("+ ")]
    assert [line.split()[1].rstrip(":") for line in chosen] == ["kitchen", "default"]
    again = rag("chat", "-c", "kitchen", "-c", "default", "--continue", stdin="What does a ticket for it cost?\n")
    assert "going on after 2 questions" in again.stderr
    assert "58 crowns" in again.stdout


def test_a_question_that_fails_costs_itself_alone(filled: Path) -> None:
    done = rag("chat", stdin="When does the ferry to Skarn sail?\n/save none/talk.md\n???\n")
    assert done.returncode == 2
    assert "names nothing to look for" in done.stderr
    assert "none/talk.md can't be written" in done.stderr
    assert "understood as" not in done.stderr
    assert "Traceback" not in done.stderr
    assert "sails at 7:40" in done.stdout

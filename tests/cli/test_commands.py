"""The command itself, as a shell sees it: streams, exit codes, one line per error."""

import contextlib
import functools
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import pytest
import typer

from ragcli.cli.hits import print_found
from ragcli.records import Found


def rag(
    *arguments: str, env: dict[str, str] | None = None, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ragcli", *arguments]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        input=stdin,
        env={**os.environ, **(env or {})},
        check=False,
        timeout=300,
    )


def on_terminal(*arguments: str, **env: str) -> tuple[int, str]:
    """Exit code and output of a command that prints on a terminal."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "ragcli", *arguments]
    outside = {name: value for name, value in os.environ.items() if name != "TMUX"} | {"TERM": "xterm"}
    with subprocess.Popen(command, stdout=follower, stderr=subprocess.DEVNULL, env=outside | env) as shown:
        os.close(follower)
        seen = b""
        with contextlib.suppress(OSError):  # how Linux ends a terminal
            while piece := os.read(leader, 65536):
                seen += piece
    os.close(leader)
    return shown.returncode, seen.decode().replace("\r\n", "\n")


def examine(*options: str, env: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """What doctor found but of disk and memory: how full the machine is that runs the tests is no matter of theirs."""
    done = rag("doctor", "--no-measure", "--json", *options, env=env)
    assert done.stdout.count("\n") == 1
    found = json.loads(done.stdout)["findings"]
    bad = [one["exit_code"] for one in found if one["state"] == "bad"]
    assert done.returncode == (bad[0] if bad else 0)
    return [one for one in found if one["topic"] not in ("disk", "memory")]


def test_ingest_ends_with_one_line(home: Path, documents: Path) -> None:
    done = rag("ingest", str(documents))
    assert done.returncode == 0
    assert done.stdout.startswith("3 new, 0 updated, 0 unchanged, 0 removed, 0 failed: 3 documents, 3 chunks")
    assert done.stdout.count("\n") == 1
    assert "embedding model: multilingual-e5-small" in done.stderr
    again = rag("ingest", str(documents), "--json")
    report = json.loads(again.stdout)
    assert {
        "new",
        "updated",
        "unchanged",
        "removed",
        "failed",
        "documents",
        "pages",
        "chunks",
        "bytes",
        "seconds",
    } <= set(report)
    assert {"walk", "read", "embed", "commit", "total"} <= set(report["seconds"])
    assert (report["unchanged"], report["pages"]) == (3, 0)


def test_a_failing_file_is_exit_code_3_and_named(home: Path, documents: Path) -> None:
    (documents / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    done = rag("ingest", str(documents))
    assert done.returncode == 3
    assert "broken.pdf: " in done.stderr
    assert "3 new" in done.stdout
    missing = rag("ingest", str(documents / "none.pdf"))
    assert missing.returncode == 3
    assert "none.pdf" in missing.stderr


def test_a_dry_run_lists_files_as_list_does(home: Path, documents: Path) -> None:
    (documents / "red\033[31m.txt").touch()
    listed = rag("ingest", "documents", "none.txt", "--dry-run")
    assert listed.returncode == 3
    assert listed.stdout.splitlines()[-2:] == ["documents/pont.txt", "documents/red\\x1b[31m.txt"]
    assert listed.stderr == "  none.txt: no such file or directory (missing)\n"
    told = json.loads(rag("ingest", "documents", "none.txt", "--dry-run", "--json").stdout)
    assert told["files"][-1] == f"{documents}/red\\x1b[31m.txt"
    assert [(one["path"], one["kind"]) for one in told["failed"]] == [(str(documents.parent / "none.txt"), "missing")]


def test_query_prints_hits_or_exits_with_1(filled: Path) -> None:
    found = rag("query", "When was the bridge opened?", "-k", "1")
    assert found.returncode == 0
    assert "bridge.txt" in found.stdout or "pont.txt" in found.stdout
    assert "1931" in found.stdout
    assert "\033" not in found.stdout
    nothing = rag("query", "zzzzqqq", "--mode", "lexical")
    assert (nothing.returncode, nothing.stdout) == (1, "")


def test_what_is_told_of_a_search_is_in_its_json(capsys: pytest.CaptureFixture[str]) -> None:
    print_found(Found("setling", "default", "hybrid", (), {}, warnings=("no passage has 'setling'",)), as_json=True)
    assert json.loads(capsys.readouterr().out)["warnings"] == ["no passage has 'setling'"]


def test_query_as_json_holds_what_the_contract_names(filled: Path) -> None:
    found = json.loads(rag("query", "ferry", "--json", "--where", "lang=en").stdout)
    assert set(found) == {"question", "collection", "mode", "hits", "seconds"}
    assert set(found["seconds"]) == {"load", "embed", "search", "total"}
    hit = found["hits"][0]
    names = {
        "rank",
        "score",
        "scores",
        "chunk_id",
        "path",
        "title",
        "page",
        "pages",
        "section",
        "kind",
        "bbox",
        "text",
        "meta",
        "ranks",
        "chunk_ids",
        "also",
    }
    assert names <= set(hit)
    assert set(hit["scores"]) == {"dense", "lexical", "rerank"}
    assert hit["page"] is None
    assert all(Path(each["path"]).name != "pont.txt" for each in found["hits"])


def test_errors_are_one_line_with_the_next_step(home: Path, documents: Path) -> None:
    cases = [
        (("query", "x"), 4, "rag ingest"),
        (("index", "--verify"), 4, "rag ingest"),
        (("query", "x", "-c", "../evil"), 2, "letters"),
        (("config", "show", "--config", "none.yaml"), 2, "none.yaml does not exist"),
    ]
    for arguments, code, part in cases:
        done = rag(*arguments)
        assert done.returncode == code, (arguments, done.stderr)
        assert part in done.stderr
        assert done.stderr.count("\n") == 1
        assert done.stdout == ""


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        (["-mill flood"], "query -- '-word …'"),
        (["-mill", "flood"], "query -- '-word …'"),
        (["-keep the mill"], "query -- '-word …'"),  # -k takes a number
        (["flood", "level"], "Put the question in quotes"),
    ],
)
def test_a_question_taken_for_options_is_told_how_to_be_written(home: Path, typed: list[str], remedy: str) -> None:
    run = rag("query", *typed)
    assert run.returncode == 2
    assert remedy in run.stderr


def test_a_mistyped_option_is_no_question(home: Path) -> None:
    assert "Did you mean one of" in (error := rag("query", "flood", "--wher", "x").stderr)
    assert "question" not in error


def test_a_wrong_filter_names_the_fields(filled: Path) -> None:
    done = rag("query", "ferry", "--where", "colour=red")
    assert done.returncode == 2
    assert "colour" in done.stderr
    assert "title" in done.stderr
    no_operator = rag("query", "ferry", "--where", "title")
    assert no_operator.returncode == 2
    assert "character 6" in no_operator.stderr


def test_settings_have_origins_and_typos_are_caught(home: Path, tmp_path: Path) -> None:
    (tmp_path / "rag.yaml").write_text("retrieval:\n  k: 3\n")
    shown = rag("config", "show", "--origin", env={"RAG_ANSWERING_SEED": "7"}).stdout
    assert f"retrieval.k: 3  # {tmp_path / 'rag.yaml'}" in shown
    assert "answering.seed: 7  # RAG_ANSWERING_SEED" in shown
    assert "collection: default  # default" in shown
    (tmp_path / "rag.yaml").write_text("retrieval:\n  kk: 3\n")
    wrong = rag("query", "x")
    assert wrong.returncode == 2
    assert "unknown key 'retrieval.kk'; did you mean retrieval.k?" in wrong.stderr
    (tmp_path / "rag.yaml").write_text("retrieval:\n  k: many\n")
    wrong = rag("query", "x")
    assert wrong.returncode == 2
    assert "retrieval.k" in wrong.stderr
    assert "'many'" in wrong.stderr


def test_a_mistyped_section_in_the_environment_is_told(filled: Path) -> None:
    others = {"RAG_MODEL": "x", "RAG_TIME_ZONE": "UTC"}  # of other programs
    for _ in range(2):  # settings that were read before are kept
        done = rag("query", "ferry", "--mode", "lexical", env={"RAG_RETREIVAL_K": "2", **others})
        assert done.returncode == 0
        assert done.stderr == (
            "rag: the environment variable RAG_RETREIVAL_K is no setting and has no effect;"
            " did you mean RAG_RETRIEVAL_K?\n"
        )


def test_a_found_rag_yaml_may_not_choose_a_model_untrusted(home: Path, tmp_path: Path, filled: Path) -> None:
    (tmp_path / "rag.yaml").write_text("embedding:\n  model: multilingual-e5-small\n")
    refused = rag("query", "ferry")
    assert refused.returncode == 2
    assert "rag config trust" in refused.stderr
    assert rag("config", "trust", "rag.yaml").returncode == 0
    assert rag("query", "ferry").returncode == 0


def test_what_is_told_of_a_file_names_it_as_it_was_given(home: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes("Der Kessel wiegt für sich allein 40 kg, die Tür 8 kg.".encode("latin-1"))
    told = rag("ingest", "notes.txt").stderr.splitlines()
    assert [line.partition(":")[0] for line in told if "notes.txt" in line] == ["notes.txt"]


def test_trust_takes_the_file_that_would_be_read(
    home: Path, tmp_path: Path, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = tmp_path / "folder" / "below"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    nowhere = rag("config", "trust")
    assert (nowhere.returncode, "no rag.yaml here or in a folder above" in nowhere.stderr) == (2, True)
    (tmp_path / "rag.yaml").write_text("embedding:\n  model: multilingual-e5-small\n")
    assert rag("query", "ferry").returncode == 2
    assert rag("config", "trust").stdout == f"trusted: {tmp_path / 'rag.yaml'}\n"
    assert rag("query", "ferry").returncode == 0


def test_a_model_that_is_nowhere_re_embeds_nothing(filled: Path, tmp_path: Path) -> None:
    for model, code, remedy in (
        ("nosuch", 5, "pull it: rag models pull sentence-transformers/nosuch; or set embedding.model to its folder"),
        ("you/nosuch", 5, "pull it: rag models pull you/nosuch;"),
        ("/away/nosuch", 5, "set embedding.model to a folder that holds it"),
        ("all-MiniLM-L6-v2", 4, "re-embed it: rag index --rebuild -c default"),
    ):
        (tmp_path / "own.yaml").write_text(f"embedding: {{model: {model}}}\n")
        refused = rag("query", "ferry", "--config", "own.yaml")
        assert (refused.returncode, refused.stderr.count("\n")) == (code, 1)
        assert remedy in refused.stderr


def test_config_init_writes_a_file_that_is_valid_and_never_overwrites(home: Path, tmp_path: Path) -> None:
    written = rag("config", "init")
    assert (written.returncode, written.stdout) == (0, "rag.yaml\n")
    assert written.stderr == "trusted as it stands; once it is edited: rag config trust rag.yaml\n"
    assert rag("config", "show").returncode == 0  # it names models, and blocks nothing
    with (tmp_path / "rag.yaml").open("a") as file:
        file.write("# edited\n")
    assert "is not trusted" in rag("config", "show").stderr
    assert rag("config", "init").returncode == 2


def test_the_second_writer_exits_with_75(filled: Path, home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ragcli.storage.lock import writer_lock\n"
        "with writer_lock(Path(sys.argv[1]), 'default'):\n  print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(home / "collections" / "default")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        refused = rag("ingest", str(filled))
        assert refused.returncode == 75
        assert str(holder.pid) in refused.stderr
        assert rag("query", "ferry").returncode == 0  # readers go on
        holder.kill()


def test_remove_forgets(filled: Path) -> None:
    assert rag("remove", str(filled / "ferry.txt")).stdout == "1 removed\n"
    assert "ferry.txt" not in rag("list").stdout
    assert rag("remove", str(filled / "ferry.txt")).returncode == 1


def test_an_empty_path_is_not_the_current_folder(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`rag remove "$FOLDER"` of a script in which FOLDER is not set."""
    for command in ("ingest", "remove", "extract-images"):
        done = rag(command, "", str(filled / "ferry.txt"))
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert "'PATH...': it is empty; write . for the current folder; see: rag" in done.stderr
    assert len(json.loads(rag("list", "--json").stdout)["documents"]) == 3
    monkeypatch.chdir(filled)
    assert rag("remove", ".").stdout == "3 removed\n"


def test_an_address_is_no_path(filled: Path) -> None:
    done = rag("ingest", "https://example.org/paper.pdf", str(filled / "ferry.txt"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "https://example.org/paper.pdf is an address, and nothing is fetched from one; download it" in done.stderr


def test_show_and_status_and_collections(filled: Path) -> None:
    assert "text" in rag("show", str(filled / "ferry.txt")).stdout
    assert "documents   3" in rag("status").stdout
    assert json.loads(rag("status", "--json").stdout)["documents"] == 3
    assert rag("collections").stdout == "default\n"
    assert rag("show", "none.txt").returncode == 2


def test_several_collections_are_searched_and_chosen(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text("Leek soup needs four leeks and a litre of broth.")
    assert rag("ingest", "more.txt", "-c", "kitchen").returncode == 0
    described = rag("collections", "--describe", "kitchen", "Recipes and meals", "--json")
    assert json.loads(described.stdout) == {"collection": "kitchen", "description": "Recipes and meals"}
    assert rag("collections").stdout == "default\nkitchen\tRecipes and meals\n"
    both = json.loads(rag("query", "leek soup", "-c", "default", "-c", "kitchen", "--json").stdout)
    assert (both["collection"], both["hits"][0]["collection"]) == ("default,kitchen", "kitchen")
    routed = rag("query", "How much broth does leek soup need?", "--route")
    assert "+ kitchen: best passage" in routed.stderr
    assert "- default: best passage" in routed.stderr
    assert routed.stdout.startswith("1. kitchen: more.txt")
    answered = rag("ask", "How much broth does leek soup need?", "-c", "default", "-c", "kitchen", "--explain")
    assert answered.returncode == 0
    assert answered.stdout.startswith("Leek soup needs four leeks and a litre of broth. [more.txt]\n")
    assert "1. more.txt  (hit 1)  score" in answered.stderr
    assert rag("ask", "How much broth does leek soup need?", "--route").stdout == answered.stdout.splitlines(True)[0]
    assert rag("ask", "How much broth does leek soup need?", "--min-score", "9").returncode == 1


def test_a_damaged_collection_costs_itself_alone(filled: Path, home: Path) -> None:
    damaged = home / "collections" / "old"
    damaged.mkdir()
    (damaged / "catalog.sqlite").write_text("no database")
    listed = rag("collections")
    assert (listed.returncode, listed.stdout) == (4, "default\nold\n")
    assert f"rm -r {damaged} && rag ingest PATH -c {damaged.name}" in listed.stderr
    routed = rag("query", "ferry", "--route", "-k", "1")
    assert routed.returncode == 0
    assert "left out: " in routed.stderr
    assert "+ default: " in routed.stderr
    assert rag("query", "ferry", "-c", "default", "-c", "old").returncode == 4  # it was named
    assert rag("query", "ferry", "--route", "-c", "old").returncode == 4


def test_an_empty_collection_costs_itself_alone(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    assert rag("ingest", "broken.pdf", "-c", "zz").returncode == 3
    empty = "collection 'zz' is empty; fill it: rag ingest PATH -c zz\n"
    routed = rag("query", "ferry", "--route", "-k", "1")
    assert routed.returncode == 0
    assert f"left out: {empty}" in routed.stderr
    assert rag("ask", "When does the ferry to Skarn sail?", "--route").returncode == 0
    for named in (["-c", "zz"], ["-c", "default", "-c", "zz"]):
        refused = rag("query", "ferry", *named)
        assert (refused.returncode, refused.stderr) == (4, f"rag: {empty}")


def test_a_list_is_whole_on_any_terminal(home: Path, documents: Path) -> None:
    name = "the yearly report of the harbour of Skarn [final] and of its dues.txt"
    (documents / name).write_text("Harbour dues are 12 crowns for each tonne of cargo.")
    (documents / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    rag("ingest", str(documents))
    (reason,) = filter(None, (one["reason"] for one in json.loads(rag("list", "--json").stdout)["documents"]))
    code, text = on_terminal("list", COLUMNS="80", NO_COLOR="1")
    assert (code, "…" in text, max(map(len, text.splitlines()))) == (0, False, 80)
    assert re.search(r"\n documents/bridge.txt +txt +en +1 +1 +\n", text)
    assert all(word in text for word in name.split())
    code, text = on_terminal("list", COLUMNS="40", NO_COLOR="1")  # no room for columns: each cell has a line
    assert code == 0
    assert "file: documents/bridge.txt\ntype: txt\nlang: en\npages: 1\nchunks: 1\n" in text
    assert f"file: documents/{name}\n" in text
    assert reason in text


def test_fields_are_listed(filled: Path) -> None:
    lines = rag("list", "--fields").stdout.splitlines()
    assert "lang\ttext\t2\ten, fr" in lines


def test_offline_works_and_no_command_opens_a_socket(filled: Path) -> None:
    """`--offline` makes any socket an error, so success proves that none was opened."""
    assert rag("query", "ferry", "--offline").returncode == 0
    assert rag("ingest", str(filled), "--offline", "--force").returncode == 0
    code = (
        "from ragcli.cli.session import open_collection; open_collection(None, offline=True); import socket\n"
        "socket.create_connection(('127.0.0.1', 9))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "--offline: socket." in done.stderr


def test_a_light_command_imports_nothing_heavy(filled: Path) -> None:
    heavy = {
        "torch",
        "transformers",
        "llama_cpp",
        "marker",
        "pymupdf",
        "openvino",
        "onnxruntime",
        "tokenizers",
        "rapidfuzz",
        "faiss",
        "pydantic",
        "yaml",
        "rich",
    }
    command = [sys.executable, "-X", "importtime", "-m", "ragcli", "query", "ferry", "-k", "1"]
    rag("query", "ferry", "-k", "1")  # the first time with these flags their check is cached
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert not imported & heavy


def test_a_command_imports_no_other() -> None:
    code = (
        "import sys\nfrom ragcli.cli import app\ntry:\n    app(['query', '--help'])\n"
        "finally:\n    print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = set(done.stderr.split())
    assert "ragcli.cli.query" in imported
    assert not imported & {f"ragcli.cli.{name}" for name in ("ingest", "ask", "eval", "config", "models")}


def test_every_command_is_in_the_help_and_has_its_own(home: Path) -> None:
    from ragcli.cli import COMMANDS

    said = rag("--help").stdout
    for name in COMMANDS:
        assert f"\n  {name} " in said
        assert f" {name} " in rag(name, "--help").stdout.splitlines()[0]
    assert rag("qury", "x").stderr.count("Did you mean 'query'?") == 1


def leaves(command: click.Command, path: str = "") -> dict[str, click.Command]:
    if not isinstance(command, click.Group):
        return {path.strip(): command}
    context = click.Context(command)
    found = {name: command.get_command(context, name) for name in command.list_commands(context)}
    return {key: leaf for name, each in found.items() if each for key, leaf in leaves(each, f"{path} {name}").items()}


def test_every_command_takes_the_common_options_and_explains_each() -> None:
    from ragcli.cli import app

    for name, command in leaves(typer.main.get_command(app)).items():
        options = {each for parameter in command.params for each in parameter.opts}
        assert {"--json", "-q", "--quiet", "-v", "--verbose", "--offline", "--no-color"} <= options, name
        assert ("--config" in options) != name.startswith("config ") or name == "config show", name
        short = command.get_short_help_str(60)
        assert not short.endswith("..."), f"{name}: the list of commands cuts it short: {short}"
        for parameter in command.params:
            text = getattr(parameter, "help", None)
            assert text, f"{name} {parameter.name}"
            assert text[0].isupper() or not text[0].isalpha(), f"{name} {parameter.name}: {text}"
            names_itself = (
                parameter.metavar or getattr(parameter, "is_flag", False) or not parameter.opts[0].startswith("-")
            )
            assert names_itself, f"{name} {parameter.name}"
        with click.Context(command, info_name=name) as context:
            assert "\\[" not in command.get_help(context)


def test_the_common_options_hold_where_a_command_has_no_use_for_them(filled: Path, home: Path) -> None:
    common = ("-q", "-v", "--offline", "--no-color", "--json")
    for arguments, keys in (
        (("list",), {"documents"}), (("status",), {"name", "documents", "model"}), (("collections",), {"collections"}),
        (("config", "path"), {"files"}), (("config", "init", "new.yaml"), {"path"}),
        (("config", "trust", "new.yaml"), {"trusted"}), (("remove", str(filled / "pont.txt")), {"removed"}),
        (("models", "list"), {"models"}), (("models", "use", "multilingual-e5-small"), {"key", "value", "path"}),
        (("index", "--verify"), {"whole"}), (("show", str(filled / "ferry.txt")), {"path", "pages"}),
    ):  # fmt: skip
        done = rag(*arguments, *common)
        assert done.returncode == 0, (arguments, done.stderr)
        assert keys <= set(json.loads(done.stdout)), arguments
        assert done.stdout.count("\n") == 1
    assert not [one for one in examine(*common) if one["state"] == "bad"]


def test_a_folder_without_documents_is_named(home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = rag("ingest", "empty")
    assert (done.returncode, done.stderr) == (0, "no file of a known type below empty\n")


def test_interrupted_ingest_exits_with_130_and_keeps_the_index_whole(home: Path, documents: Path) -> None:
    for n in range(400):
        (documents / f"n{n}.txt").write_text(f"Note {n}. " + "Some words that take a while to embed. " * 20)
    command = [sys.executable, "-m", "ragcli", "ingest", str(documents)]
    # A shell's background jobs, and these tests in one, ignore SIGINT: what starts here does not.
    heeds = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, preexec_fn=heeds) as running:
        deadline = time.monotonic() + 60
        while not list(home.rglob("catalog.sqlite")) and time.monotonic() < deadline:
            time.sleep(0.1)  # until it is at work, however slow the machine
        running.send_signal(signal.SIGINT)
        try:
            _, said = running.communicate(timeout=60)
            assert running.returncode == 130
            assert b"interrupted: what is finished is kept" in said
        finally:
            running.kill()
    verified = rag("index", "--verify")
    assert verified.returncode in (0, 4)
    assert "whole" in verified.stdout or "rag ingest" in verified.stderr


def test_extract_images_fills_a_folder(home: Path, tmp_path: Path) -> None:
    from tests.reading.picture_files import Made, photograph

    made = Made()
    for mode in ("RGB", "L"):
        made.page(b"q 100 0 0 100 40 60 cm /I Do Q", I=made.raw(photograph(mode)))
    made.save(tmp_path)
    told = json.loads(rag("extract-images", "a.pdf", "-o", "out", "--json").stdout)
    assert (told["pictures"], told["places"], told["failed"]) == (2, 2, [])
    assert rag("extract-images", "a.pdf", "-o", "out").stdout.startswith("2 pictures in out, ")
    assert rag("extract-images", "a.pdf", "-o", "two", "--pages", "2-", "--format", "jpeg").returncode == 0
    (row,) = (tmp_path / "two/manifest.jsonl").read_text().splitlines()
    assert (json.loads(row)["page"], json.loads(row)["image"][-5:]) == (2, ".jpeg")
    assert rag("extract-images", "a.pdf", "-o", "none", "--min-size", "900").returncode == 1
    for wrong in (("--pages", "5-2"), ("--pages", "x"), ("--format", "gif")):
        assert rag("extract-images", "a.pdf", *wrong).returncode == 2


def test_pages_that_fail_alike_are_one_line() -> None:
    from ragcli.cli.ingest import _in_runs
    from ragcli.records import Failure

    a, b, c = (Failure("a.pdf", "page", "a scan", page) for page in (3, 4, 5))
    d, e, f = (
        Failure("a.pdf", "page", "a scan", 7),
        Failure("a.pdf", "page", "other", 8),
        Failure("b.pdf", "empty", "no"),
    )
    assert _in_runs([a, b, c, d, e, f, f]) == [(a, 5), (d, 7), (e, 8), (f, None), (f, None)]


def test_failed_counts_files_and_pages_apart(capsys: pytest.CaptureFixture[str]) -> None:
    from ragcli.cli.ingest import _print_report
    from ragcli.records import Failure, Report

    failed = (
        Failure("a.pdf", "page", "a scan", 3),
        Failure("a.pdf", "page", "a scan", 4),
        Failure("b.pdf", "empty", "no"),
    )
    _print_report(Report(1, 0, 0, 0, failed, 1, 2, 5, 90, {"total": 0.5}), as_json=False, quiet=False)
    said = capsys.readouterr()
    assert said.out.startswith(
        "1 new, 0 updated, 0 unchanged, 0 removed, 1 failed, 2 pages unread: 1 document, 5 chunks"
    )
    assert said.err.splitlines() == ["  a.pdf p.3-4: a scan (page)", "  b.pdf: no (empty)"]

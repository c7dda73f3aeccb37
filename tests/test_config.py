"""Settings: precedence, origins, and a cache that changes nothing."""

from pathlib import Path

import pytest

from ragcli.config import _SENSITIVE, flat, load, trust
from ragcli.errors import UsageError
from ragcli.settings import Settings


def test_without_any_source_all_is_default(home: Path) -> None:
    assert load().settings == Settings()


def test_flag_beats_environment_beats_folder_beats_user(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "rag.yaml").write_text("retrieval: {k: 1, candidates: 11}\nanswering: {seed: 1}\n")
    (tmp_path / "rag.yaml").write_text("retrieval: {k: 2}\nanswering: {seed: 2}\n")
    monkeypatch.setenv("RAG_ANSWERING_SEED", "3")
    monkeypatch.setenv("RAG_RETRIEVAL_K", "3")
    loaded = load({"retrieval.k": 4})
    settings = loaded.settings
    assert (settings.retrieval.k, settings.answering.seed, settings.retrieval.candidates) == (4, 3, 11)
    assert loaded.origins["retrieval.k"] == "flag"
    assert loaded.origins["answering.seed"] == "RAG_ANSWERING_SEED"
    assert loaded.origins["retrieval.candidates"] == str(home / "rag.yaml")


def test_off_is_a_word_and_true_is_not(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rag.yaml").write_text("reading: {tables: off}\nanswering: {whole: true, strict: yes, cache: False}\n")
    monkeypatch.setenv("RAG_READING_EQUATIONS", "off")
    settings = load().settings
    assert (settings.reading.tables, settings.reading.equations) == ("off", "off")
    assert (settings.answering.whole, settings.answering.strict, settings.answering.cache) == (True, True, False)


def test_the_cache_gives_what_was_checked(home: Path, tmp_path: Path) -> None:
    (tmp_path / "rag.yaml").write_text("reading: {exclude: ['*.log', drafts]}\nretrieval: {k: 7}\n")
    first, second = load({"retrieval.mode": "dense"}), load({"retrieval.mode": "dense"})
    assert list((home / "cache" / "settings").glob("*.json"))
    assert flat(first.settings) == flat(second.settings)
    assert second.settings.reading.exclude == ("*.log", "drafts")
    (tmp_path / "rag.yaml").write_text("retrieval: {k: 70}\n")
    assert load({"retrieval.mode": "dense"}).settings.retrieval.k == 70


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("retrieval: {kk: 3}", "unknown key 'retrieval.kk'; did you mean retrieval.k?"),
        ("retrieval: {weigth: 3}", "did you mean retrieval.dense_weight?"),
        ("colection: x", "did you mean collection?"),
        ("retrieval: {k: 0}", "retrieval.k"),
        ("retrieval: {k: 1" + "0" * 20 + "}", "retrieval.k: input should be less than or equal to"),
        ("reading: {timeout: .inf}", "reading.timeout: input should be less than or equal to"),
        ("retrieval: {dense_weight: .nan}", "retrieval.dense_weight"),
        ("answering: {threads: 100000}", "answering.threads: input should be less than or equal to 512"),
        ("retrieval: {mode: fast}", "retrieval.mode"),
        ("answering: {whole: maybe}", "boolean, unable to interpret input, or input should be 'auto', not 'maybe'"),
        ("- a", "holds no settings"),
        ("retrieval: fast", "'retrieval' is a section, no setting; write lines below it, such as k: …"),
        ("a: [", "line"),
        ("answering: {k: 3}\nretrieval: {k: 4}\nanswering:\n  seed: 2", "line 3 is no YAML ('answering' stands twice"),
        ("retrieval:\n  k: 3\n  k: 4", "line 3 is no YAML ('k' stands twice: put all of it in one place)"),
    ],
)
def test_what_is_wrong_is_named(home: Path, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "rag.yaml").write_text(text)
    with pytest.raises(UsageError) as refused:
        load()
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.exit_code == 2


def test_what_names_a_program_a_model_or_a_server_is_believed_only_when_trusted() -> None:
    ends = ("python", "url", "checkpoint", "model", "extractor", "key_variable")
    assert {key for key in flat(Settings()) if key.endswith(ends)} == set(_SENSITIVE)


def test_a_section_of_which_all_is_commented_out_is_none(home: Path, tmp_path: Path) -> None:
    (tmp_path / "rag.yaml").write_text("retrieval:\n  # k: 3\nreading:\n  marker:\n  jobs: 2\n")
    loaded = load()
    assert (loaded.settings.retrieval.k, loaded.settings.reading.jobs) == (10, 2)


def test_a_variable_of_our_sections_that_is_no_setting_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_OF_ANOTHER_PROGRAM", "1")
    monkeypatch.setenv("RAG_API_KEY", "secret")
    assert load().settings == Settings()
    monkeypatch.setenv("RAG_ANSWERING_STILE", "quotes")
    with pytest.raises(UsageError, match=r"RAG_ANSWERING_STILE is no setting; did you mean RAG_ANSWERING_STYLE\?"):
        load()


def test_damaged_memory_of_what_is_trusted_trusts_nothing_and_is_written_anew(home: Path, tmp_path: Path) -> None:
    (tmp_path / "rag.yaml").write_text("answering: {model: some}")
    trust(tmp_path / "rag.yaml")
    assert load().settings.answering.model == "some"
    (home / "trusted.json").write_text('{"')
    with pytest.raises(UsageError, match="is not trusted"):
        load()
    trust(tmp_path / "rag.yaml")
    assert load().settings.answering.model == "some"

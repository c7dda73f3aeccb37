"""`rag tune` over a real collection."""

import json
from pathlib import Path

from tests.cli.test_commands import rag


def test_settings_are_chosen_and_only_what_is_better_is_written(home: Path, documents: Path, tmp_path: Path) -> None:
    assert rag("ingest", str(documents)).returncode == 0
    asked = [
        ("How long is the Halden bridge", "bridge.txt", "212 metres"),
        ("When does the ferry to Skarn sail", "ferry.txt", "7:40"),
    ]
    rows: list[dict[str, object]] = [
        {"question": f"{text}, {n}?", "docs": [file], "answers": [said]}
        for n in range(10)
        for text, file, said in asked
    ]
    rows += [{"question": f"Who won football world cup number {n}?", "unanswerable": True} for n in range(5)]
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = rag("tune", str(file), "--json")
    assert done.returncode == 0, done.stderr
    tuned = {next(iter(one["chosen"])): one for one in json.loads(done.stdout)["tuned"]}
    assert list(tuned) == ["retrieval.dense_weight", "retrieval.hops", "answering.k", "answering.refuse_below"]
    assert (tuned["answering.k"]["measure"], tuned["answering.k"]["before"]) == ("quotes hold the answer", 1.0)
    written = (home / "rag.yaml").read_text() if (home / "rag.yaml").exists() else ""
    for key, one in tuned.items():
        assert (key.split(".")[1] in written) is one["is_better"]
    assert rag("query", "ferry").returncode == 0  # what was written is valid

    file.write_text(file.read_text() + "no question\n")
    (tmp_path / "own.yaml").write_text("answering:\n  refuse_below: 1.0  # refuses all\n")
    kept = rag("tune", str(file), "--config", "own.yaml")
    assert (kept.returncode, "line 26: is not JSON" in kept.stderr) == (3, True)  # as for rag eval
    assert "# own.yaml\n" in kept.stderr
    assert "1.0" not in (tmp_path / "own.yaml").read_text()

    file.write_text("".join(json.dumps(row) + "\n" for row in rows[:5]))
    refused = rag("tune", str(file))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "20 are needed; draft more, and correct them: rag eval --make 50 -c default > draft.jsonl" in refused.stderr

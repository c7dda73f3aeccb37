"""`rag eval` over a real collection."""

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import rag

QUESTIONS = [
    {"id": "length", "question": "How long is the Halden bridge?", "answers": ["212 metres"], "docs": ["bridge.txt"],
     "spans": [["bridge.txt", "It is 212 metres long."]]},
    {"id": "ticket", "question": "What does a ticket to Skarn cost?", "answers": ["58 crowns"], "docs": ["ferry.txt"],
     "spans": [["ferry.txt", 0, 34]]},
    {"id": "none", "question": "Who won the football world cup of 1998?", "unanswerable": True},
]  # fmt: skip


@pytest.fixture
def asked(filled: Path, tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in QUESTIONS))
    return file


def test_a_run_its_plot_and_a_comparison(asked: Path, tmp_path: Path) -> None:
    done = rag("eval", str(asked), "--json", "--plot", "picture.png", "--save", "a.json")
    assert done.returncode == 0, done.stderr
    run = json.loads(done.stdout)
    measures = {name: one["mean"] for name, one in run["measures"].items()}
    assert measures["recall@5"] == measures["MRR@10"] == 1.0
    assert measures["answer containment"] == measures["citation precision"] == 1.0
    assert measures["refusal recall"] == measures["refusal precision"] == 1.0
    assert measures["span recall@5"] == 1.0
    assert run["measures"]["refusal recall"]["n"] == 1
    assert set(run["seconds"]) == {"query", "ask"}
    assert run["settings"]["retrieval.mode"] == "hybrid"
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")

    assert (tmp_path / "a.json").read_text() == done.stdout
    shown = rag("eval", str(asked), "--save", "b.json", "--no-answers", "--mode", "lexical", "-k", "1")
    assert shown.stderr == "saved: b.json\n"
    head, first = shown.stdout.splitlines()[:2]
    assert head.split("  ")[0] == "measure"
    assert first.split() == ["recall@1", "1.000", "1.000", "to", "1.000", "2"]
    assert "query seconds, p95" in shown.stdout
    assert "answer F1" not in json.loads((tmp_path / "b.json").read_text())["measures"]
    other_depth = rag("eval", "--compare", "a.json", "b.json")
    assert (other_depth.returncode, "same -k" in other_depth.stderr) == (2, True)
    same = rag("eval", "--compare", "a.json", "a.json", "--plot", "change.png").stdout
    assert (tmp_path / "change.png").read_bytes().startswith(b"\x89PNG")
    assert rag("eval", "--compare", "a.json", "a.json", "--save", "c.json").returncode == 2
    assert ["recall@5", "1.000", "1.000", "+0.000", "+0.000", "to", "+0.000", "1.000", "2"] in [
        line.split() for line in same.splitlines()
    ]


def test_a_wrong_line_is_named_and_the_others_are_asked(asked: Path) -> None:
    with asked.open("a") as file:
        file.write('{"question": "Where?", "docs": ["away.pdf"]}\n{"question": "Where?", "docs": "x"}\n')
    done = rag("eval", str(asked), "--no-answers", "--json")
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "  questions.jsonl line 5: 'docs' must be a list of texts",
        "1 of 3 documents are not in the collection, and count as missed: away.pdf",
    ]
    assert json.loads(done.stdout)["questions"] == 4


def test_a_draft_can_be_asked_at_once(asked: Path, filled: Path, tmp_path: Path) -> None:
    (filled / "long.txt").write_text(
        "The ferry of the northern line was built in Stavanger during the spring of 1964 for the county.\n\n"
        "The old lighthouse is a round tower of grey granite at the mouth of the river.\n\n"
        "Every winter the municipality of Skarn spends 48 thousand crowns on salt for its roads.\n"
    )
    assert rag("ingest", str(filled)).returncode == 0
    drafted = rag("eval", "--make", "6")
    rows = [json.loads(line) for line in drafted.stdout.splitlines()]
    assert rows
    assert drafted.stdout == rag("eval", "--make", "6").stdout
    assert json.loads(rag("eval", "--make", "6", "--json").stdout) == {"questions": rows}
    assert not any(row["reviewed"] for row in rows)
    (tmp_path / "draft.jsonl").write_text(drafted.stdout)
    asked_drafts = rag("eval", "draft.jsonl", "--no-answers", "--json")
    assert f"{len(rows)} of {len(rows)} questions are drafts" in asked_drafts.stderr
    run = json.loads(asked_drafts.stdout)
    assert run["measures"]["span recall@5"]["mean"] == 1.0


def test_a_page_behind_the_end_is_named(asked: Path) -> None:
    row = {"id": "far", "question": "How long is the Halden bridge?", "docs": ["bridge.txt"], "pages": [7]}
    asked.write_text(json.dumps(row) + "\n")
    told = rag("eval", str(asked), "--no-answers").stderr
    assert told == "pages of 1 question are behind the end of their documents, and count as missed: far\n"


def test_a_span_that_is_not_in_its_document_is_named(asked: Path) -> None:
    row = {"id": "away", "question": "Where?", "docs": ["bridge.txt"], "spans": [["bridge.txt", "nowhere to be seen"]]}
    asked.write_text(json.dumps(row) + "\n")
    told = rag("eval", str(asked), "--no-answers").stderr
    assert told == "spans of 1 question are not in their documents, and not measured: away\n"


def test_wrong_usage_is_one_line(asked: Path, tmp_path: Path) -> None:
    questions = asked.read_text()
    for arguments, part in (
        (("eval",), "takes one of"),
        (("eval", str(asked), "--make", "3"), "takes one of"),
        (("eval", "none.jsonl"), "none.jsonl"),
        (("eval", "--compare", str(asked), str(asked)), "no saved evaluation; make one: rag eval"),
        (("eval", "--compare", "away.json", "away.json"), "can't be read (no such file or directory)"),
        (("eval", str(asked), "--save", str(asked)), "would destroy it"),
        (("eval", str(asked), "--plot", f"../{tmp_path.name}/{asked.name}"), "would destroy it"),
        (("eval", str(asked), "--save", "away/run.json"), "there is no folder away"),
        (("eval", str(asked), "--plot", str(tmp_path)), "it is a folder"),
    ):
        done = rag(*arguments)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
        assert part in done.stderr
    assert asked.read_text() == questions


def test_several_collections_are_measured_as_one(asked: Path, filled: Path, tmp_path: Path) -> None:
    for file in ("bridge", "ferry"):
        assert rag("ingest", str(filled / f"{file}.txt"), "-c", file).returncode == 0
    both = ("-c", "bridge", "-c", "ferry")
    run = json.loads(rag("eval", str(asked), *both, "--json").stdout)
    assert run["collection"] == "bridge,ferry"
    measures = {name: one["mean"] for name, one in run["measures"].items()}
    assert measures["recall@5"] == measures["span recall@5"] == measures["answer containment"] == 1.0
    assert measures["citation recall"] == measures["refusal recall"] == 1.0
    routed = rag("eval", str(asked), *both, "--route", "--json", "--no-answers")
    assert routed.stderr == ""
    assert json.loads(routed.stdout)["settings"]["route"] is True
    assert json.loads(routed.stdout)["measures"]["recall@5"]["mean"] == 1.0
    drafted = [json.loads(line) for line in rag("eval", "--make", "4", *both).stdout.splitlines()]
    assert {row["docs"][0].rpartition("/")[2] for row in drafted if row.get("docs")} <= {"bridge.txt", "ferry.txt"}
    for command in (("tune", str(asked)), ("list",), ("ingest", str(filled))):
        refused = rag(*command, *both)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert refused.stderr == "rag: this takes one collection, and -c names 2: bridge, ferry; name one of them\n"
    assert rag("eval", "--make", "4", "--route").returncode == 2


@pytest.mark.llama
def test_a_model_judges_claims(asked: Path, tmp_path: Path) -> None:
    reference = "It is 212 metres long, as everybody in Halden knows well."
    row = {"question": "How long is the Halden bridge?", "answers": [reference], "docs": ["bridge.txt"]}
    asked.write_text(json.dumps(row) + "\n")
    (tmp_path / "judge.yaml").write_text("evaluation: {judge: model}\nanswering: {style: quotes}\n")
    done = rag("eval", str(asked), "--json", "--config", "judge.yaml")
    assert done.returncode == 0, done.stderr
    run = json.loads(done.stdout)
    assert run["settings"]["evaluation.judge"] == "model"
    assert run["measures"]["claim recall of the answer"]["mean"] in (
        0.0,
        1.0,
    )  # a verdict, where the proxy has a chance
    (small,) = run["warnings"]
    assert "is small for a judge" in small
    assert small in done.stderr

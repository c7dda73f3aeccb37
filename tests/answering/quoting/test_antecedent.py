"""What `it` stands for is quoted with it."""

from pathlib import Path

import pytest

from ragcli.answering.quoting.antecedent import with_antecedent
from ragcli.answering.sources import sources
from ragcli.collection import Collection
from ragcli.records import Hit

TESSERA = "In August the company bought Tessera Microscopy for 18 million crowns."
FOUNDED = "It was founded in 1998 and employs 64 people in Skarn."


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (f"{TESSERA} {FOUNDED}", f"{TESSERA} {FOUNDED}"),
        ("Le mandat est renouvelé. Ses honoraires sont de 9 €.", "Le mandat est renouvelé. Ses honoraires sont de 9 €."),
        ("The harbour closed. It is likely that the ferry follows.", "It is likely that the ferry follows."),
        ("La digue a cédé. Il faut la reconstruire avant l'hiver.", "Il faut la reconstruire avant l'hiver."),
        ("The harbour closed. (It is for boats alone.)", "The harbour closed. (It is for boats alone.)"),
        ("The harbour closed. (See page 3) Boats wait.", "(See page 3) Boats wait."),
        (f"Acquisitions\n\n{FOUNDED}", FOUNDED),
        (f"{TESSERA}\n\n{FOUNDED}", FOUNDED),
        (f"{TESSERA} Ruth Adeyemi will leave.", "Ruth Adeyemi will leave."),
    ],
)  # fmt: skip
def test_a_pronoun_takes_the_sentence_before_along(text: str, quoted: str) -> None:
    everything = sources([Hit(1, 1.0, 1, "report.txt", text, language="en")])
    assert with_antecedent(everything[-1], everything).unit.text == quoted


def test_no_sentence_is_quoted_twice(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "report.txt").write_text(f"Events\n\n{TESSERA} {FOUNDED}\n", encoding="utf-8")
    with Collection.open("default", tmp_path / "home") as reports:
        reports.ingest([tmp_path / "docs"])
        both = reports.ask("When was Tessera Microscopy founded?")
    assert [one.text for one in both.sentences] in ([TESSERA, FOUNDED], [f"{TESSERA} {FOUNDED}"])
    assert all(one.match == "exact" for one in both.citations)

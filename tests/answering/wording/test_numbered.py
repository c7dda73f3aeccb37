"""What has another number is another thing."""

from pathlib import Path

import pytest

from ragcli.answering.wording.numbered import is_nowhere, is_of_another, is_said, numbered
from ragcli.collection import Collection

SPEC = """# Widget

Widget 2.1 was released on 4 June 2019.

Widget 3.0 was released on 9 May 2021.

## Widget version 4.x, 5.x

It supports TLS 1.3 and OpenSSL 3.

## Widget version 6.x (end of life in April 2027)

## Others

Widget 5.x reaches its end of life early. Widget 4.x has reached its end of life in 2024.
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Node.js version 12.x, 13.x and 14.x", {"node.js": ["12", "13", "14"]}),
        ("On May 3 the ship left", {}),
        ("Under Article 12, Section 6.2 and Table 3", {}),
        ("Revenue rose to Apple 50 % of sales", {}),
        ("It was version 2.0.", {"version": ["2.0"]}),
        ("In Normandy 1066 men", {}),
        ("Residents of blocks C and D", {"block": ["c", "d"]}),
        ("au niveau A1", {"niveau": ["a1"]}),
        ("the Barista C5", {"barista": ["c5"]}),
        ("the LIMEN 25-40 and the Boeing 737", {"limen": ["25-40"], "boeing": ["737"]}),
        ("the Norwick Q4 results, says John F. Kennedy, written in language C++", {}),
    ],
)
def test_names_with_their_numbers(text: str, found: dict[str, list[str]]) -> None:
    assert numbered(text) == found


def test_a_first_word_is_no_name_in_a_question() -> None:
    assert numbered("Are 5 members enough?", asks=True) == {}


def test_numbers_agree_up_to_where_both_say() -> None:
    asked = {"node.js": ["16"]}
    assert is_said(asked, "Since Node.js 16.2 it works")
    assert is_of_another(asked, "Node.js 8.x is unusual")
    assert not is_of_another(asked, "Node.js is written in C++")
    assert is_nowhere(asked, ["Node.js 8.x is unusual", "and old"])
    assert not is_nowhere({"louis": ["8"]}, ["Louis VIII, father of Louis 9"])
    assert is_nowhere({"ubuntu": ["22.04"]}, ["Debian 12 needs 512 MB of memory."])
    assert not is_nowhere({"ubuntu": ["22.04"]}, ["It is called Jammy, 22.04."])
    assert not is_nowhere({"ubuntu": ["22.04"]}, ["Ubuntu needs 4 GB of memory."])
    assert not is_nowhere({}, ["Debian 12 needs 512 MB of memory."])
    assert is_nowhere({"limen": ["50-120"]}, ["LIMEN 25-40", "LIMEN 40-120"])
    assert not is_nowhere({"limen": ["25-40"]}, ["LIMEN 25-40", "LIMEN 40-120"])
    assert not is_nowhere({"apollo": ["12"]}, ["The missions Apollo 11-17"])
    assert is_nowhere({"block": ["a"]}, ["The lift in block B failed."])
    assert not is_nowhere({"block": ["a"]}, ["The lift failed in building A, and in house B."])


def test_what_is_said_of_one_version_does_not_answer_for_another(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "spec.md").write_text(SPEC, encoding="utf-8")
    with Collection.open("default", tmp_path / "home") as widgets:
        widgets.ingest([tmp_path / "docs"])
        assert not widgets.ask("When was Widget 7.0 released?").found
        assert not widgets.ask("When did Widget 6 reach its end of life?").found
        answer = widgets.ask("When was Widget 3.0 released?")
    assert answer.sentences[0].text == "Widget 3.0 was released on 9 May 2021."

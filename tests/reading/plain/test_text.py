"""Plain text: paragraphs that were wrapped are whole again, and lines that mean something stay lines."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ragcli.errors import ReadError
from ragcli.reading.plain.text import read_text
from ragcli.reading.text import paragraph
from ragcli.settings import Reading

WRAPPED = """The Halvern bridge was opened by the county en-
gineer, Miss Ada Pruett, in the year 1887. It sank
by eleven inches in the flood of 1903 before the
river fell.
The engineer had warned of it."""


def read(text: str, tmp_path: Path) -> list[tuple[str, str]]:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    return [(block.kind, block.text) for block in read_text(tmp_path / "a.txt", Reading()).pages[0].blocks]


def texts(text: str, tmp_path: Path) -> list[str]:
    return [said for _, said in read(text, tmp_path)]


def test_paragraphs_end_at_blank_lines_and_at_short_ones(tmp_path: Path) -> None:
    whole = (
        "The Halvern bridge was opened by the county engineer, Miss Ada Pruett, in the year 1887. It sank by eleven"
        " inches in the flood of 1903 before the river fell."
    )
    said = texts(f"{WRAPPED}\n \n{WRAPPED}\fEnd", tmp_path)
    assert said == [whole, "The engineer had warned of it.", whole, "The engineer had warned of it.", "End"]


def test_in_a_file_of_long_lines_each_is_a_paragraph(tmp_path: Path) -> None:
    long = "word " * 40
    assert texts(f"{long}\n{long}\nshort", tmp_path) == [long.strip(), long.strip(), "short"]


def test_items_are_kept_apart_and_their_further_lines_go_with_them(tmp_path: Path) -> None:
    assert read("Shopping\n========\n\n  * milk\n  * bread\n\nTo do:\n1) call Zelda\n2) pay 30 crowns\n   to her", tmp_path) == [
        ("heading", "Shopping"),
        ("list", "* milk"),
        ("list", "* bread"),
        ("text", "To do:"),
        ("list", "1) call Zelda"),
        ("list", "2) pay 30 crowns to her"),
    ]  # fmt: skip


def test_an_option_stands_before_what_it_does(tmp_path: Path) -> None:
    text = "       -r, --reboot\n           Start the pump anew.\n\n       -x\n       -y\n           No water.\n"
    assert read(text, tmp_path) == [
        ("text", "-r, --reboot Start the pump anew."), ("text", "-x"), ("text", "-y No water."),
    ]  # fmt: skip


def test_a_frame_of_stars_underlines_nothing(tmp_path: Path) -> None:
    frame = "*******************\n*                 *\n*  No warranty    *\n*                 *\n*******************"
    assert "heading" not in {kind for kind, _ in read(frame, tmp_path)}


def test_the_head_and_the_quotes_of_a_letter(tmp_path: Path) -> None:
    letter = "From: Ada Pruett\nTo: Zelda\nSubject: Re: granite\n\n> When does the granite that we have bought come,\n"
    letter += "> and who pays for it?\nOn 9 June."
    assert texts(letter, tmp_path) == [
        "From: Ada Pruett",
        "To: Zelda",
        "Subject: Re: granite",
        "> When does the granite that we have bought come, and who pays for it?",
        "On 9 June.",
    ]


def test_a_log_is_lines(tmp_path: Path) -> None:
    log = [f"2026-05-{day:02} 10:00:0{day % 7} disk {day} failed" for day in range(1, 20)]
    assert read("\n".join(log), tmp_path) == [("list", line) for line in log]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_cells_with_a_delimiter_are_a_table(delimiter: str, tmp_path: Path) -> None:
    rows = [["no", "name", "town"], *([str(n), f'"Mill{delimiter}{n}"', "Marrec"] for n in range(3))]
    ((kind, said),) = read("\n".join(delimiter.join(row) for row in rows), tmp_path)
    assert kind == "table"
    assert said.split("\n")[0] == "| no | name | town |"
    assert said.split("\n")[2].replace("\\|", "|") == f"| 0 | {paragraph(f'Mill{delimiter}0')} | Marrec |"


def test_prose_with_commas_is_no_table(tmp_path: Path) -> None:
    prose = (
        "It carried carts, cattle, sheep and people",
        "from Halvern, Orn, Marrec and other places",
        "all year, all day, all",
    )
    assert read("\n".join(prose), tmp_path) == [("text", " ".join(prose))]


def test_chinese_is_joined_without_spaces(tmp_path: Path) -> None:
    lines = ["哈尔文桥于五月由县工程师艾达普鲁特女士主持通车洪水期间第三哈尔文桥于五月由县工程师", "座桥墩被冲刷。"]
    assert texts("\n".join(lines), tmp_path) == ["".join(lines)]


@pytest.mark.parametrize("start", ["%PDF-1.7\n1 0 obj", r"{\rtf1\ansi Hello}", ""])
def test_what_is_no_plain_text_is_refused(start: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError) as error:
        read(start, tmp_path)
    assert error.value.kind == ("damaged" if start else "empty")


@given(st.text(st.sampled_from("ab1 \n\t,;|>-=*.:字é"), max_size=80).filter(lambda text: text.strip() != ""))
@example("a\n-")
def test_no_letter_is_lost(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    said = "".join(texts(text, tmp_path_factory.mktemp("a")))
    assert [letter for letter in said if letter.isalnum()] == [letter for letter in text if letter.isalnum()]

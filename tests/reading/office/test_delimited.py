"""CSV and TSV are read whatever parts their cells, and cited by the cells of the sheet that they would be."""

from pathlib import Path

import pytest

from ragcli.errors import ReadError
from ragcli.reading.office.delimited import read_delimited
from ragcli.reading.office.sheets import ROWS_PER_PLACE
from ragcli.records import Block
from ragcli.settings import Reading


def read(path: Path, content: str | bytes) -> list[tuple[str | None, tuple[Block, ...]]]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [(page.place, page.blocks) for page in read_delimited(path, Reading()).pages]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_cited_by_its_cells(tmp_path: Path, delimiter: str) -> None:
    lines = ["station,level,flow", "Marrec,2.15,40", "Vauzy,1.80,31"]
    ((place, (table,)),) = read(tmp_path / "levels.csv", "\n".join(lines).replace(",", delimiter))
    assert place == "levels!A1:C3"
    assert table.kind == "table"
    assert table.text.splitlines()[0] == "| station | level | flow |"
    assert table.text.splitlines()[-1] == "| Vauzy | 1.80 | 31 |"


def test_decimal_commas_part_no_cells(tmp_path: Path) -> None:
    ((_, (table,)),) = read(tmp_path / "a.csv", "poste;2022;2023\nloyer;1,5;2,5\nsel;0,4;0,3\n")
    assert "| loyer | 1,5 | 2,5 |" in table.text


def test_a_cell_may_hold_the_delimiter_and_lines(tmp_path: Path) -> None:
    ((_, (table,)),) = read(tmp_path / "a.csv", 'name,note,year\r\nAnna,"calm, then\r\nwind",2021\r\nOle,fog,2022\r\n')
    assert "| Anna | calm, then wind | 2021 |" in table.text


def test_an_older_encoding_and_a_title_are_understood(tmp_path: Path) -> None:
    content = "Débits relevés à la station de Marrec,,\nmois,débit,hauteur\nété,12,1.4\nhiver,31,2.2\n"
    ((_, (title, table)),) = read(tmp_path / "a.csv", content.encode("cp1252"))
    assert (title.kind, title.text) == ("heading", "Débits relevés à la station de Marrec")
    assert "| été | 12 | 1.4 |" in table.text


def test_a_long_table_repeats_its_head(tmp_path: Path) -> None:
    rows = [f"2021-03-{n % 28 + 1:02d},{n},{n * 2}" for n in range(ROWS_PER_PLACE + 5)]
    pages = read(tmp_path / "a.csv", "\n".join(["day,level,flow", *rows]))
    assert [place for place, _ in pages] == ["a!A1:C26", "a!A27:C31"]
    assert all(blocks[0].text.startswith("| day | level | flow |") for _, blocks in pages)


def test_what_is_no_text_is_named(tmp_path: Path) -> None:
    for content, kind in ((b"", "empty"), (bytes(range(32)) * 40, "damaged"), (b'a,"' + b"x" * 200_000, "damaged")):
        with pytest.raises(ReadError) as raised:
            read(tmp_path / "a.csv", content)
        assert raised.value.kind == kind

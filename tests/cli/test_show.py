"""`rag show`: ledger, page, passage, and the page as a picture."""

import json
import os
from pathlib import Path

import pytest
from openpyxl import Workbook
from pptx import Presentation

from ragcli.cli.blocks import is_table, print_blocks
from ragcli.cli.pictures import inline, protocol
from ragcli.collection import Collection
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.records import Block
from tests.cli.test_commands import on_terminal, rag
from tests.conftest import as_kept, begun, kept


@pytest.fixture(scope="module")
def first(first_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first") / "papers"
    folder.mkdir()
    document = pymupdf.open()
    document.new_page().insert_text((100, 150), "The mill at Marrec has not ground corn since 1951.")
    document.new_page().insert_text((100, 150), "Odile Tremaux was born in the house beside it.")
    document.save(folder / "mill.pdf")
    (folder / "note.md").write_text("# Wages\n\n| Name | Crowns |\n| --- | --- |\n| Odile Tremaux | 58 |\n")
    with Collection.open("default", first_home) as opened:
        opened.ingest([folder])
    return kept(folder)


@pytest.fixture
def paper(home: Path, first_home: Path, first: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    begun(first_home, home).close()
    monkeypatch.chdir(as_kept(first))
    return first / "mill.pdf"


def hit(question: str, kind: str) -> dict[str, object]:
    hits = json.loads(rag("query", question, "--mode", "lexical", "--where", f"type={kind}", "--json").stdout)["hits"]
    first: dict[str, object] = hits[0]
    return first


def test_a_hit_is_drawn_on_its_page(paper: Path) -> None:
    found = hit("mill Marrec corn", "pdf")
    shown = rag("show", str(found["chunk_id"]))
    assert "1951" in shown.stdout
    assert shown.stderr == "mill.pdf p.1\n"
    drawn = rag("show", str(found["chunk_id"]), "--png", "proof.png")
    assert drawn.stdout.startswith("proof.png: mill.pdf p.1, ")
    assert paper.with_name("proof.png").read_bytes().startswith(b"\x89PNG")
    told = json.loads(rag("show", str(found["chunk_id"]), "--json").stdout)
    assert told["boxes"][0][0] == 1
    assert "born in the house" in rag("show", str(found["chunk_id"]), "-p", "2").stdout
    assert (told["chunk_id"], told["path"]) == (found["chunk_id"], str(paper))


def test_pages_of_a_file_and_what_is_not_there(paper: Path) -> None:
    assert "born in the house" in rag("show", "mill.pdf", "-p", "2").stdout
    page = json.loads(rag("show", "mill.pdf", "-p", "2", "--json").stdout)
    assert page["blocks"][0]["text"] == page["text"]
    for arguments, part in [
        (("mill.pdf", "-p", "3"), "has no page 3"),
        (("mill.pdf", "-p", "0"), "has no page 0"),
        (("mill.pdf", "-p", "x", "--png", "x.png"), "'x' is no page that could be drawn"),
        (("note.md", "-p", "1"), "no pages, and no section or sheet '1'"),
        (("note.md", "--png", "x.png"), "no pages that could be drawn (md)"),
        (("424242",), "no passage 424242"),
    ]:
        done = rag("show", *arguments)
        assert done.returncode == 2, arguments
        assert part in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_slide_is_shown_by_its_number(paper: Path) -> None:
    deck = Presentation()
    for title in ("The dyke", "The lock"):
        deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = title
    deck.save("talk.pptx")
    assert rag("ingest", "talk.pptx").returncode == 0
    assert rag("show", "talk.pptx", "-p", "2").stdout == "The lock\n"
    assert json.loads(rag("show", "talk.pptx", "-p", "2", "--json").stdout)["place"] == "slide 2"
    assert rag("show", "talk.pptx", "-p", "3").returncode == 2


def test_a_section_and_a_sheet_are_shown_by_their_names(paper: Path) -> None:
    paper.with_name("rules.md").write_text("# Salaires\n\nAu mois.\n\n# Congés payés\n\nVingt-cinq jours.\n")
    book = Workbook()
    book.active.append(["Boat", "Berth"])
    book.active.append(["Alba", 7])
    book.create_sheet("2023").append(["Boat", "Fee"])
    book["2023"].append(["Alba", 310])
    book.save("boats.xlsx")
    assert rag("ingest", "rules.md", "boats.xlsx").returncode == 0
    assert "Vingt-cinq jours." in rag("show", "rules.md", "-p", "conges payes").stdout
    told = json.loads(rag("show", "rules.md", "-p", "Congés payés", "--json").stdout)
    assert (told["page"], told["place"]) == (None, "Congés payés")
    sheet = json.loads(rag("show", "boats.xlsx", "-p", "2023", "--json").stdout)
    assert (sheet["page"], sheet["place"]) == (None, "2023!A1:B2")
    assert "310" in sheet["text"]
    missed = rag("show", "rules.md", "-p", "Congés")
    assert (missed.returncode, missed.stdout) == (2, "")
    assert "rag show" in missed.stderr


def test_a_file_that_changed_or_went_is_told(paper: Path) -> None:
    number = str(hit("mill Marrec corn", "pdf")["chunk_id"])
    os.utime(paper, (1, 1))
    assert "has changed" in rag("show", number, "--png", "a.png").stderr
    paper.unlink()
    gone = rag("show", number, "--png", "a.png")
    assert gone.returncode == 3
    assert "rag remove" in gone.stderr


def test_a_file_that_could_not_be_read_says_why(paper: Path) -> None:
    paper.with_name("no use.pdf").write_bytes(paper.read_bytes()[:300])
    assert rag("ingest", "no use.pdf").returncode == 3
    for more in ([], ["-p", "1"], ["--png", "x.png"]):
        done = rag("show", "no use.pdf", *more)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
        assert (
            "no use.pdf: is cut short: its end is missing; copy or download it again; then: rag ingest" in done.stderr
        )
        assert f"rag ingest '{paper.parent}/no use.pdf' -c default\n" in done.stderr
    assert "is not in collection" in rag("show", "none.pdf", "--png", "x.png").stderr


def test_a_name_from_another_folder_is_told_where_it_is(paper: Path) -> None:
    said = rag("show", f"elsewhere/{paper.name}").stderr
    assert said.endswith(f"is not in collection 'default'; is it: rag show {paper} -c default\n")


def test_tables_are_aligned(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = rag("show", str(hit("wages Odile", "md")["chunk_id"])).stdout.splitlines()
    assert lines[-3:] == [
        "| Name          | Crowns |",
        "|---------------|--------|",
        "| Odile Tremaux |     58 |",
    ]
    print_blocks([Block("| a \\| b | [red]c |\n| --- | --- |\n| long cell |", "table")])
    assert capsys.readouterr().out.splitlines()[0].startswith("| a \\| b    | [red]c |")
    assert not is_table("| no\n| table")


def test_a_terminal_that_shows_pictures_gets_one(paper: Path) -> None:
    number = str(hit("mill Marrec corn", "pdf")["chunk_id"])
    code, seen = on_terminal("show", number, TERM="xterm-kitty")
    assert code == 0
    assert "\033_Ga=T,f=100" in seen
    assert seen.count("m=0;") == 1


def test_no_terminal_no_picture() -> None:
    assert protocol() is None
    assert inline(b"x" * 3, "kitty") == "\033_Ga=T,f=100,m=0;eHh4\033\\"
    assert inline(b"x" * 3, "iterm") == "\033]1337;File=inline=1;size=3;width=100%:eHh4\a"

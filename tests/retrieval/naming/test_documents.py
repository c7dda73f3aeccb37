"""Documents are told apart by their names, which their passages do not repeat."""

from pathlib import Path

import pytest

from ragcli.collection import Collection
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.retrieval.naming.named_documents import named
from ragcli.storage.catalog import Catalog

TEXT = "# Annual report\n\nOur capital expenditure was {} million. The year before it was less. The company grew.\n"


@pytest.fixture
def reports(home: Path, tmp_path: Path) -> Path:
    for n, name in enumerate(("BESTBUY_2018_10K", "BESTBUY_2022_10K", "Orle-Mills-20221231", "2022/boeing")):
        path = tmp_path / "reports" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.format(10 + n), encoding="utf-8")
    for thing in ("sluice", "gate", "gauge", "lock"):
        (tmp_path / "reports" / f"{thing}.md").write_text(f"# The {thing}\n\nThe {thing} was mended in June.\n")
    return tmp_path / "reports"


def test_the_report_of_the_company_and_the_year_comes_first(reports: Path) -> None:
    with Collection.open("default") as opened:
        opened.ingest([reports])

        def first(question: str) -> str:
            return Path(opened.query(question, k=4).hits[0].path).stem

        assert first("What was the capital expenditure of Best Buy in FY2018?") == "BESTBUY_2018_10K"
        assert first("capital expenditure bestbuy 2022") == "BESTBUY_2022_10K"
        assert first("What was the capital expenditure of Boeing in 2022?") == "boeing"
        assert first("What was Orle Mills' capital expenditure in 2022?") == "Orle-Mills-20221231"


def test_what_all_names_have_and_what_no_name_has_tells_nothing(reports: Path) -> None:
    with Collection.open("default") as opened:
        opened.ingest([reports])
        catalog = Catalog(opened.folder)
        assert not named(catalog, "What is said of expenditure?").shares
        shares = named(catalog, "What did Boeing spend in 2022, and what Tesla?").shares
        paths = dict(catalog.sql.execute("SELECT document_id, path FROM files"))
        assert {Path(paths[number]).stem for number in shares} == {"boeing", "BESTBUY_2022_10K", "Orle-Mills-20221231"}
        assert max(shares, key=lambda number: shares[number]) == next(
            n for n, path in paths.items() if "boeing" in path
        )
        catalog.close()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Combien de stations compte le réseau ?", False),
        ("Combien de stations de mesure compte l'Orle ?", False),
        ("Combien compte-t-il de stations ?", False),
        ("Combien de longs comptes la ville publie-t-elle ?", True),
        ("Combien de stations le compte rendu nomme-t-il ?", True),
        ("Que dit le compte rendu du comité ?", True),
    ],
)
def test_the_verb_that_counts_names_no_file(home: Path, tmp_path: Path, question: str, names: bool) -> None:
    (tmp_path / "comptes.md").write_text("# Comptes\n\nLes comptes de Lund sont clos.\n")
    (tmp_path / "compte-rendu-comite.md").write_text("# Comité\n\nLes stations de Lund sont fermées.\n")
    for n in range(8):
        (tmp_path / f"{n}.md").write_text(f"# Réseau\n\nLe réseau se compose de {n} stations.\n")
    with Collection.open("default") as opened:
        opened.ingest([tmp_path])
        catalog = Catalog(opened.folder)
        assert bool(named(catalog, question).best) is names
        catalog.close()


def test_passages_of_a_report_need_not_repeat_whose_it_is(home: Path, tmp_path: Path) -> None:
    subsidiaries = " ".join(f"Orle Mills {place} is one of the Orle Mills." for place in ("Nord", "Süd", "West", "Ost"))
    text = f"# Subsidiaries\n\n{subsidiaries}\n\n# Account\n\nThe dividend was 4 crowns.\n"
    (tmp_path / "orle-mills-2022.md").write_text(text, encoding="utf-8")
    for n in range(12):
        (tmp_path / f"{n}.md").write_text(f"# Account\n\nThe dividend of bank {n} was {n} crowns.\n", encoding="utf-8")
    with Collection.open("default") as opened:
        opened.ingest([tmp_path])
        found = opened.query("What was the dividend of Orle Mills in 2022?", k=3, merge=False).hits
        assert found[0].text.endswith("The dividend was 4 crowns.")
        catalog = Catalog(opened.folder)
        documents = named(catalog, "What was the dividend of Orle Mills in FY2022?")
        assert documents.rest_of("the dividend of Orle Mills in FY2022") == "the dividend"
        catalog.close()


def test_each_document_that_is_compared_has_a_place(home: Path, tmp_path: Path) -> None:
    for name in ("DS1302", "DS1307", "DS1621"):
        clock = "\n\n".join(f"# Part {n}\n\nThe {name} has an interface with {n} wires of copper." for n in range(4))
        (tmp_path / f"{name}.md").write_text(clock.replace(name, "clock") if name == "DS1307" else clock)
    with Collection.open("default") as opened:
        opened.ingest([tmp_path])
        found = opened.query("Which interface have the DS1302 and the DS1307?", k=3, merge=False).hits
        assert {Path(hit.path).stem for hit in found} >= {"DS1302", "DS1307"}


def test_a_section_of_the_document_that_is_named(home: Path, tmp_path: Path) -> None:
    for name in ("DS1302", "DS1307", "DS1621"):
        (tmp_path / f"{name}.md").write_text(f"# 4 Clock\n\n## 4.2 Reading\n\nIt is read at {name[-2:]} hertz.\n")
    with Collection.open("default") as opened:
        opened.ingest([tmp_path])
        assert Path(opened.query("section 4.2 of the DS1307", k=1).hits[0].path).stem == "DS1307"


@pytest.fixture
def forms(home: Path, tmp_path: Path) -> Path:
    """Twelve reports of one form, each with its number on its first page, and a letter that speaks of two of them."""
    for n in range(12):
        with pymupdf.open() as document:
            for text in (
                f"Accident report\n\nRegistration: N59{n:02}D\n\nThe aircraft came to rest upright.",
                f"The probable cause of the accident was fault {n} of the gear.\n\nThe pilot was {40 + n} years old.",
                f"The airport of the accident was field {n}, with a runway of grass.",
            ):
                document.new_page().insert_text((60, 100), text.split("\n"), fontsize=11)
            document.save(tmp_path / f"report-{'abcdefghijkl'[n]}.pdf")
    (tmp_path / "letter.md").write_text(
        "# Letter\n\nWe write of the accidents of N5909D and N5911D.\n", encoding="utf-8"
    )
    return tmp_path


def test_a_code_on_the_first_page_names_the_only_document_that_holds_it(forms: Path) -> None:
    with Collection.open("default") as opened:
        opened.ingest([forms])

        def names(question: str) -> list[str]:
            catalog = Catalog(opened.folder)
            paths = dict(catalog.sql.execute("SELECT document_id, path FROM files"))
            best = named(catalog, question).best
            catalog.close()
            return [Path(paths[number]).stem for number in best]

        assert names("What was the probable cause of the accident of N5903D?") == ["report-d"]
        assert names("What was the probable cause of the accident of N5909D?") == []  # the letter has it as well
        assert names("What was the probable cause of the accident of N5913D?") == []
        hit = opened.query("What was the probable cause of the accident of N5903D?", k=3, merge=False).hits[0]
        assert (Path(hit.path).stem, "fault 3" in hit.text) == ("report-d", True)
        answer = opened.ask("What was the probable cause of the accident of N5903D?")
        assert answer.found
        assert "fault 3" in answer.text
        assert not opened.ask("What was the probable cause of the accident of N5999D?").found

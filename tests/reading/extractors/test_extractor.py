"""An extractor is found by its name; another package adds one by an entry point; an unknown name is one line."""

import subprocess
import sys
from pathlib import Path

import pytest

from ragcli.errors import UsageError
from ragcli.reading.extractors.extractor import Premises, find_extractor
from ragcli.settings import Reading


def premises(folder: Path) -> Premises:
    return Premises(Reading(), folder, offline=True)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package that registers an extractor."""
    facts = tmp_path / "site" / "nougat_for_rag-1.0.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: nougat-for-rag\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text("[ragcli.extractors]\nnougat = nougat_for_rag:make\n")
    (tmp_path / "site" / "nougat_for_rag.py").write_text(
        "class Nougat:\n    name, sends, identity = 'nougat', None, '1'\n"
        "    def __init__(self, premises): self.folder = premises.folder\n"
        "    def read(self, path, numbers): return {}\n    def close(self): pass\nmake = Nougat\n"
    )
    monkeypatch.syspath_prepend(tmp_path / "site")


@pytest.mark.usefixtures("package")
def test_a_package_adds_an_extractor(tmp_path: Path) -> None:
    found = find_extractor("nougat", premises(tmp_path))
    assert (found.name, found.read(tmp_path, [1])) == ("nougat", {})


@pytest.mark.usefixtures("package")
def test_an_unknown_name_is_answered_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        find_extractor("makrer", premises(tmp_path))
    assert str(raised.value) == (
        "reading.extractor names 'makrer', which is not there; known are pymupdf, marker, mathpix, nougat"
    )


def test_the_command_refuses_an_unknown_name_before_it_reads(home: Path, documents: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ragcli", "ingest", str(documents)],
        env={"RAG_HOME": str(home), "RAG_READING_EXTRACTOR": "makrer", "PATH": "", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr == "rag: reading.extractor names 'makrer', which is not there; known are pymupdf, marker, mathpix\n"
    )


def test_nothing_of_it_is_imported_by_an_ingest_without_one(home: Path, documents: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom ragcli.collection import Collection\n"
        "with Collection.open() as opened: opened.ingest([Path(sys.argv[1])])\n"
        "print([name for name in sys.modules if 'marker' in name or 'mathpix' in name or 'extraction' in name])"
    )
    done = subprocess.run([sys.executable, "-c", script, str(documents)], capture_output=True, text=True)
    assert done.stdout == "[]\n"

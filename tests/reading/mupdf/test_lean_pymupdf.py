"""The lean import stays lean, silent, and leaves the layout model within reach."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)


def test_neither_numpy_nor_onnxruntime_comes_with_it() -> None:
    loaded = run(
        "import sys, ragcli.reading.mupdf.lean_pymupdf; print(sorted({m.split('.')[0] for m in sys.modules}))"
    ).stdout
    assert "'pymupdf'" in loaded
    assert "'onnxruntime'" not in loaded
    assert "'numpy'" not in loaded


def test_reading_a_pdf_loads_neither(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ragcli.reading.mupdf.lean_pymupdf import pymupdf; "
        "from ragcli.reading.pdf.read import read_pdf; from ragcli.settings import Reading; "
        f"path = Path({str(tmp_path / 'a.pdf')!r}); made = pymupdf.open(); "
        "made.new_page().insert_text((72, 72), 'Hello, page.'); made.save(path); "
        "assert read_pdf(path, Reading()).pages[0].blocks[0].text == 'Hello, page.'; "
        "assert not {'numpy', 'onnxruntime', 'pikepdf'} & set(sys.modules)"
    )
    assert run(code).stdout == ""


def test_messages_stay_off_stdout(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n")
    code = (
        "from ragcli.reading.mupdf.lean_pymupdf import pymupdf; pymupdf.message('m'); pymupdf.log('l')\n"
        f"try: pymupdf.open({str(broken)!r}).page_count\nexcept Exception: pass"
    )
    assert run(code).stdout == ""

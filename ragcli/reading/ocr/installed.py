"""Which OCR engine is there, and what to install where none is."""

import importlib.util
import shutil

from ragcli.reading.ocr.engine import Engine

INSTALL = "install tesseract (Debian: apt install tesseract-ocr) or: pip install 'ragcli[ocr]'"
NO_ENGINE = f"OCR needs an engine: {INSTALL}"  # in a page's problem: it is read again once there is one


def is_installed() -> bool:
    """Tell cheaply whether there is an engine: nothing is imported."""
    return shutil.which("tesseract") is not None or importlib.util.find_spec("rapidocr") is not None


_loaded: list[Engine] = []


def find_engine(threads: int) -> Engine | None:
    """Return the engine of this process, loaded by the first call: the tesseract command, else rapidocr, else None.

    Args:
        threads: that an engine within this process may use.
    """
    if not _loaded:
        if shutil.which("tesseract"):
            from ragcli.reading.ocr.tesseract import Tesseract

            _loaded.append(Tesseract())
        elif importlib.util.find_spec("rapidocr"):
            from ragcli.reading.ocr.rapid import Rapid

            _loaded.append(Rapid(threads))
    return _loaded[0] if _loaded else None

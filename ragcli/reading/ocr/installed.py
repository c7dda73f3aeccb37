"""Which OCR engine is there, and what to install where none is."""

import importlib.util
import re
import shutil

from ragcli.reading.ocr.engine import NEEDS_TESSERACT, Engine

INSTALL = "install tesseract (Debian: apt install tesseract-ocr) or: pip install 'ragcli[ocr]'"
NO_ENGINE = f"OCR needs an engine: {INSTALL}"  # in a page's problem: it is read again once there is one
NO_SCRIPT = "it is written in a script that OCR cannot read here"  # likewise, once what it names is installed
_NAMED = re.compile(rf"{NO_SCRIPT}; install [^']*'s data for '(\w+)'")


def is_installed() -> bool:
    """Tell cheaply whether there is an engine: nothing is imported."""
    return shutil.which("tesseract") is not None or importlib.util.find_spec("rapidocr") is not None


def is_there_now(problem: str) -> bool:
    """Tell whether what a page's problem says that OCR lacked is there by now."""
    if NO_ENGINE in problem:
        return is_installed()
    if NEEDS_TESSERACT in problem:
        return shutil.which("tesseract") is not None
    named = _NAMED.search(problem)
    return bool(named and (engine := find_engine(threads=1)) and not engine.lacks(named[1]))


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

"""A reader that misbehaves as libraries do, as the text of the file says, for `read_files(reader=…)`."""

import ctypes
import os
import signal
import time
from pathlib import Path

from ragcli.errors import ModelError, ReadError
from ragcli.reading.work import Work
from ragcli.records import Block, Document, Page
from ragcli.settings import Reading


def read(path: Path, settings: Reading, work: Work) -> Document:
    text = path.read_text()
    if text.startswith("page"):
        return read_pages(text.splitlines(), work)
    match text.split():
        case ["hang"]:
            time.sleep(1000)
        case ["hang", "in", "C"]:
            ctypes.PyDLL(None).sleep(1000)  # a PyDLL call keeps the interpreter's lock, as MuPDF does
        case ["exit"]:
            os._exit(7)
        case ["segfault"]:
            ctypes.string_at(0)
        case ["eat"]:
            hoard = []
            while True:
                hoard.append(bytearray(16 << 20))
        case ["refuse"]:
            raise ReadError(f"{path}: no\x1b[31m thanks", "ask another", "encrypted")
        case ["stumble"]:
            raise ValueError("two\nlines")
        case ["print"]:
            print("noise on stdout", flush=True)
            os.write(1, b"noise on the file descriptor\n")
        case ["model"]:
            raise ModelError("a model is missing", "install it")
        case ["pid"]:
            text = str(os.getpid())
        case ["threads"]:
            text = str(work.threads)
        case ["nap"]:
            time.sleep(0.5)
        case ["large"]:
            text = "x" * 3_000_000
    return Document("txt", (Page(None, (Block(text),)),))


def read_pages(deeds: list[str], work: Work) -> Document:
    """A file of pages, one a line: each does what it says, unless it is not to be read."""
    pages = []
    for number, deed in enumerate(deeds, start=1):
        if problem := work.why_lost(number):
            pages.append(Page(number, (), method="none", problem=problem))
            continue
        work.on_page(number, is_ocr="OCR" in deed)
        match deed.split()[-1]:
            case "segfault":
                ctypes.string_at(0)
            case "hang":
                ctypes.PyDLL(None).sleep(1000)
            case "nap":
                time.sleep(0.4)
            case "killed":
                os.kill(os.getpid(), signal.SIGKILL)
        pages.append(Page(number, (Block(deed),)))
    work.on_page(None)
    if deeds[-1].endswith("stumble at the end"):
        ctypes.string_at(0)
    return Document("txt", tuple(pages))

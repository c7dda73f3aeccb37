"""A reader that misbehaves as libraries do, as the text of the file says, for `read_files(reader=…)`."""

import ctypes
import os
import time
from pathlib import Path

from ragcli.errors import ModelError, ReadError
from ragcli.records import Block, Document, Page
from ragcli.settings import Reading


def read(path: Path, settings: Reading) -> Document:
    text = path.read_text()
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
        case ["nap"]:
            time.sleep(0.5)
        case ["large"]:
            text = "x" * 3_000_000
    return Document("txt", (Page(None, (Block(text),)),))

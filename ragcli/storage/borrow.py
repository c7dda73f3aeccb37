"""Vectors that another collection of the same model has already: a text is embedded once on a machine, not once a collection."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from ragcli.embedding.protocol import Vectors
from ragcli.errors import StoreError
from ragcli.storage.catalog import rows_in
from ragcli.storage.segments import Segment, map_segment


def borrow(home: Path, own: Path, fingerprint: str, hashes: Sequence[bytes]) -> dict[bytes, Vectors]:
    """Return hash -> vector (d,), float32, for the texts that another collection below `home` has embedded.

    Args:
        own: the folder of the collection that asks; it is not looked into.
        fingerprint: of the embedding model: vectors of any other are left alone.
    A collection that is damaged lends nothing; its own commands say what is wrong. Nothing is written there.
    """
    found: dict[bytes, Vectors] = {}
    for path in sorted((home / "collections").glob("*/catalog.sqlite")):
        wanted = [each for each in hashes if each not in found]
        if path.parent == own or not wanted:
            continue
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)) as other:
                found.update(_lent(other, path.parent / "segments", fingerprint, wanted))
        except (StoreError, sqlite3.DatabaseError):
            continue  # a damaged collection lends nothing
    return found


def _lent(other: sqlite3.Connection, folder: Path, fingerprint: str, wanted: Sequence[bytes]) -> dict[bytes, Vectors]:
    other.execute("BEGIN")  # one generation
    row = other.execute("SELECT value FROM settings WHERE key = 'model'").fetchone()
    model = json.loads(row[0]) if row else {}
    if model.get("fingerprint") != fingerprint:
        return {}
    hash_of: dict[int, bytes] = dict(rows_in(other, "SELECT id, hash FROM vectors WHERE hash", wanted))
    lent: dict[bytes, Vectors] = {}
    for name, rows, sha256 in other.execute("SELECT name, rows, sha256 FROM segments") if hash_of else ():
        ids, codes = map_segment(folder, Segment(name, rows, sha256), model["dimension"])
        for row_of in np.flatnonzero(np.isin(ids, list(hash_of))):
            lent[hash_of[int(ids[row_of])]] = codes[row_of].astype(np.float32)
    return lent

"""What extractors read, kept below the cache folder: minutes of a model, or money paid to a service, are spent once."""

import contextlib
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ragcli.disk import write_whole
from ragcli.records import Block, Page

_FORM = 1  # of what is kept; another number leaves older files alone


class ExtractionCache:
    """One small file for some pages of a file, in a folder that only its owner reads and that may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, sha256: str, identity: str, numbers: Sequence[int]) -> dict[int, Page] | None:
        """Return what was kept of these pages; None when there is nothing, or nothing whole."""
        with contextlib.suppress(OSError, ValueError, TypeError, zlib.error):
            rows = json.loads(zlib.decompress(self._file(sha256, identity, numbers).read_bytes()))
            return {row["number"]: _page(row) for row in rows}
        return None

    def put(self, sha256: str, identity: str, numbers: Sequence[int], pages: Mapping[int, Page]) -> None:
        """Keep it; a folder that can't be written costs the same reading next time, and no more."""
        rows = [
            {"number": number, "width": page.width, "height": page.height, "blocks": [asdict(b) for b in page.blocks]}
            for number, page in pages.items()
        ]
        file = self._file(sha256, identity, numbers)
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(file, zlib.compress(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")))

    def _file(self, sha256: str, identity: str, numbers: Sequence[int]) -> Path:
        key = hashlib.sha256(repr((_FORM, sha256, identity, tuple(numbers))).encode()).hexdigest()[:40]
        return self.folder / key[:2] / f"{key[2:]}.json.z"


def _page(row: dict[str, Any]) -> Page:
    return Page(row["number"], tuple(_block(one) for one in row["blocks"]), width=row["width"], height=row["height"])


def _block(one: dict[str, Any]) -> Block:
    return Block(**(one | {"bbox": tuple(one["bbox"]) if one["bbox"] else None}))

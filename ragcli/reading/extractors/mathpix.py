"""Mathpix as an extractor: an example of a service behind an HTTP API. Whole files are sent there, for money.

Written after its public documentation: POST /v3/pdf with the file, GET /v3/pdf/ID until it is completed, then
GET /v3/pdf/ID.lines.json: the lines of each page with their boxes, in Mathpix Markdown.
"""

import json
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ragcli.endpoint import Endpoint
from ragcli.errors import ModelError, ReadError, UsageError
from ragcli.reading.boxes import union
from ragcli.reading.extractors.extractor import Premises
from ragcli.reading.text import table
from ragcli.records import Block, BlockKind, Page

_FORM = 1  # of how its lines are read
_KEYS = (("app_id", "MATHPIX_APP_ID"), ("app_key", "MATHPIX_APP_KEY"))
_OPTIONS = {"math_inline_delimiters": ["$", "$"], "math_display_delimiters": ["$$", "$$"], "rm_spaces": True}
_POLL = 1.0  # seconds between two questions whether it is done
_KINDS: dict[str, BlockKind] = {
    "title": "heading", "section_header": "heading", "math": "equation", "table": "table", "code": "code",
    "pseudocode": "code", "figure_label": "caption", "footnote": "footnote",
}  # fmt: skip
_LEFT_OUT = ("page_info", "diagram", "chart", "equation_number")
_HEADING = re.compile(r"\\(title|(?:sub)*section)\*?\{(.*)\}", re.DOTALL)
_LEVELS = {"title": 1, "section": 1, "subsection": 2, "subsubsection": 3}
_RULES = re.compile(r"\\hline|\\cline\{[^}]*\}|\\(?:begin|end)\{tabular\}(?:\{[^}]*\})?")
_GAP = 0.7  # of a line's height, between two lines of one paragraph


class Mathpix:
    """Sends a file once, and gives its pages as they are asked for."""

    name = "mathpix"

    def __init__(self, premises: Premises) -> None:
        """Raises: UsageError under --offline, and without the keys in the environment."""
        self.settings = premises.settings.mathpix
        setting = "reading.mathpix.base_url"
        self.endpoint = Endpoint(self.settings.base_url, "MATHPIX_APP_KEY", setting=setting, key_headers=_KEYS)
        if premises.offline:
            what = f"--offline: whole files would be sent to {self.endpoint.host}"
            raise UsageError(what, "leave out --offline, or reading.extractor: mathpix")
        if missing := [variable for _, variable in _KEYS if not os.environ.get(variable)]:
            raise UsageError(f"mathpix needs a key in the environment: {', '.join(missing)}", "export them")
        self.sends: str | None = f"to {self.endpoint.host}: every PDF that is read, whole"
        self.identity = repr((self.name, _FORM, self.settings.base_url, _OPTIONS))
        self._pages: tuple[Path, Mapping[int, Page]] | None = None  # of the last file

    def read(self, path: Path, numbers: Sequence[int]) -> Mapping[int, Page]:
        """See `Extractor.read`."""
        if self._pages is None or self._pages[0] != path:
            self._pages = (path, self._read(path, len(numbers)))
        return {number: self._pages[1].get(number, Page(number, ())) for number in numbers}

    def close(self) -> None:
        """Nothing was started."""

    def _read(self, path: Path, pages: int) -> Mapping[int, Page]:
        sent = self.endpoint.upload("pdf", path, {"options_json": json.dumps(_OPTIONS)})
        if not isinstance(number := sent.get("pdf_id"), str):
            raise ModelError(f"{self.endpoint.host} took no file ({sent})", "see reading.mathpix.base_url")
        started = time.monotonic()
        while (state := self.endpoint.get(f"pdf/{number}")).get("status") != "completed":
            if state.get("status") == "error":
                raise ReadError(f"mathpix can't read it ({state.get('error_info') or state})", "see its documentation")
            seconds = self.settings.page_timeout * max(pages, int(state.get("num_pages") or 0))
            if time.monotonic() - started > seconds:
                raise ReadError(f"not done within {seconds:g} s", "see reading.mathpix.page_timeout", "timeout")
            time.sleep(_POLL)
        found = self.endpoint.get(f"pdf/{number}.lines.json").get("pages") or []
        return {page.number: page for page in map(_page, found) if page.number}


def _page(found: Mapping[str, Any]) -> Page:
    return Page(
        int(found["page"]), tuple(_blocks(found["lines"])), width=found["page_width"], height=found["page_height"]
    )


def _blocks(lines: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    """The blocks of a page, in pixels; lines of text that follow each other closely in one column are a paragraph."""
    waiting: Block | None = None
    before: Mapping[str, Any] = {}
    for line in lines:
        if not line.get("conversion_output", True) or line.get("type") in _LEFT_OUT:
            continue
        block = _block(line)
        if waiting and _goes_on(waiting, block) and before.get("column") == line.get("column"):
            waiting = replace(waiting, text=f"{waiting.text}\n{block.text}", bbox=union([waiting.bbox, block.bbox]))
        else:
            if waiting:
                yield _joined(waiting)
            waiting = block
        before = line
    if waiting:
        yield _joined(waiting)


def _block(line: Mapping[str, Any]) -> Block:
    kind, text = _KINDS.get(line.get("type", ""), "text"), str(line.get("text") or "").strip()
    region = line["region"]
    left, top = region["top_left_x"], region["top_left_y"]
    box = (left, top, left + region["width"], top + region["height"])
    if kind == "heading":
        heading = _HEADING.search(text)
        return Block(
            " ".join((heading[2] if heading else text).split()), kind, box, _LEVELS[heading[1]] if heading else 1
        )
    if kind == "equation":
        latex = text.strip("$").strip()
        return Block(latex, kind, box, latex=latex)
    return Block(_table(text) if kind == "table" else text, kind, box)


def _table(text: str) -> str:
    """A LaTeX table as Markdown, its first row the head."""
    if "tabular" not in text:
        return text
    rows = [re.split(r"(?<!\\)&", row) for row in _RULES.sub("", text).split(r"\\") if row.strip()]
    return table(rows)


def _goes_on(block: Block, line: Block) -> bool:
    if block.kind != line.kind or block.kind not in ("text", "footnote") or not (block.bbox and line.bbox):
        return False
    height = line.bbox[3] - line.bbox[1]
    return -height < line.bbox[1] - block.bbox[3] < _GAP * height


def _joined(block: Block) -> Block:
    """The lines of a paragraph as one text: a word that a hyphen parts is whole again."""
    if block.kind not in ("text", "footnote"):
        return block
    return replace(block, text=re.sub(r"(?<=[^\W\d_])-\n(?=[a-zà-öø-ÿ])", "", block.text).replace("\n", " "))

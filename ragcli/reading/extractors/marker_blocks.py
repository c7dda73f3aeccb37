"""marker's JSON as pages of blocks: its block types, their HTML, their boxes in points."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ragcli.reading.markup.elements import parse, parts_of
from ragcli.records import Block, BlockKind, Box, Page

_LEFT_OUT = ("PageHeader", "PageFooter")  # marker leaves their text out itself
_FIGURES = ("FigureGroup", "PictureGroup")
_KINDS: dict[str, BlockKind] = {"Caption": "caption", "Footnote": "footnote", "Code": "code", "Equation": "equation"}
_MATH = re.compile(r"<math([^>]*)>(.*?)</math>", re.DOTALL)


def pages_of(children: Sequence[Mapping[str, Any]]) -> dict[int, Page]:
    """The pages by number, from 1. `children` are those of the document, as marker's JSONRenderer has them."""
    return {page.number: page for page in map(_page, children) if page.number}


def _page(found: Mapping[str, Any]) -> Page:
    number = int(found["id"].split("/")[2]) + 1  # "/page/0/Page/365": the second part, from 0; the last counts blocks
    left, top, right, bottom = found["bbox"]
    blocks = [block for child in found["children"] or () for block in _blocks(child, left, top)]
    return Page(number, tuple(blocks), width=right - left, height=bottom - top)


def _blocks(found: Mapping[str, Any], left: float, top: float) -> Iterator[Block]:
    kind, children = found["block_type"], found.get("children") or ()
    if kind in _LEFT_OUT:
        return
    box = _box(found["bbox"], left, top)
    if kind == "ListGroup":
        items = "".join(child["html"] for child in children)
        yield from _read(f"<ul>{items}</ul>", box)
    elif children:
        inner = [block for child in children for block in _blocks(child, left, top)]
        if kind in _FIGURES:  # a figure is its caption, at the place of both
            inner = [replace(block, kind="figure", bbox=box) if block.kind == "caption" else block for block in inner]
        yield from inner
    elif kind == "Equation":
        yield from _equation(found["html"], box)
    else:
        yield from _read(found["html"], box, _KINDS.get(kind))


def _box(box: Sequence[float], left: float, top: float) -> Box:
    return box[0] - left, box[1] - top, box[2] - left, box[3] - top


def _equation(html: str, box: Box) -> Iterator[Block]:
    """The LaTeX of a formula; without a vision model its letters, as the text layer has them."""
    latex = " ".join(_text(math[2]) for math in _MATH.finditer(html)).strip()
    if latex:
        yield Block(latex, "equation", box, latex=latex)
    else:
        yield from _read(html, box, "equation")


def _read(html: str, box: Box, kind: BlockKind | None = None) -> Iterator[Block]:
    body = parse(_MATH.sub(_dollars, html)).body
    for block in parts_of(body) if body else ():
        if block:
            yield replace(block, bbox=box, kind=kind if kind and block.kind == "text" else block.kind)


def _dollars(math: re.Match[str]) -> str:
    sign = "$$" if "block" in math[1] else "$"
    return f"{sign}{math[2]}{sign}"


def _text(html: str) -> str:
    body = parse(html).body
    return body.text() if body else ""

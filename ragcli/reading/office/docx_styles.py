"""What the paragraph styles of a Word file mean: headings, captions, code, lists, the table of contents."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ragcli.records import BlockKind

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Word writes the English names of its own styles; LibreOffice and converters may write translated ones.
HEADING = re.compile(r"(?:heading|titre|überschrift|título|titolo|kop|rubrik)\s*([1-9])", re.IGNORECASE)
TITLE = re.compile(r"title|titre|titel|título|titolo", re.IGNORECASE)
CAPTION = re.compile(r"caption|légende|beschriftung|epígrafe|didascalia", re.IGNORECASE)
CODE = re.compile(r"(?:source ?)?code|html preformatted|macro text|code source|préformaté.*", re.IGNORECASE)
CONTENTS = re.compile(r"(?:toc|tm|verzeichnis|table of figures)\b.*", re.IGNORECASE)  # repeats the headings


class Style(NamedTuple):
    """What a paragraph style means."""

    kind: BlockKind = "text"
    level: int = 0
    is_contents: bool = False
    numbering: str | None = None  # the list that its paragraphs belong to
    depth: int = 0


def styles_of(document: Any) -> Mapping[str, Style]:
    """The paragraph styles by their ids; the default one is "" too."""
    nodes = {node.get(W + "styleId"): node for node in document.styles.element.iter(W + "style")}
    styles = {}
    for style_id, node in nodes.items():
        chain = [node]
        while len(chain) < 12 and (base := nodes.get(value_at(chain[-1], W + "basedOn"))) is not None:
            chain.append(base)
        styles[style_id] = _style(chain)
        if node.get(W + "default") in ("1", "true") and node.get(W + "type") == "paragraph":
            styles[""] = styles[style_id]
    return styles


def _style(chain: list[Any]) -> Style:
    """What a style means, by its own name and level, else those of the styles that it is based on."""
    numbering = next(filter(None, (value_at(node, f"{W}pPr/{W}numPr/{W}numId") for node in chain)), None)
    depth = next(filter(None, (value_at(node, f"{W}pPr/{W}numPr/{W}ilvl") for node in chain)), "0")
    in_list = Style(numbering=numbering, depth=min(int(depth), 8) if depth.isdecimal() else 0)
    for node in chain:
        name = value_at(node, W + "name") or ""
        if CONTENTS.fullmatch(name):
            return Style(is_contents=True)
        if found := HEADING.fullmatch(name):
            return Style(
                "heading", min(int(found[1]), 6), numbering=numbering, depth=in_list.depth or int(found[1]) - 1
            )
        if TITLE.fullmatch(name):
            return Style("heading", 1)
        if CAPTION.fullmatch(name):
            return Style("caption")
        if CODE.fullmatch(name):
            return Style("code")
        if level := outline_level(node):
            return Style("heading", level)
    return in_list


def outline_level(node: Any) -> int:
    """The level of a heading, 0 for none; in the file they count from 0, and 9 is none."""
    level = value_at(node, f"{W}pPr/{W}outlineLvl") or "9"
    return min(int(level) + 1, 6) if level.isdecimal() and int(level) < 9 else 0


def value_at(node: Any, path: str) -> str | None:
    """The `w:val` of a node below, None where there is none."""
    found = node.find(path)
    value: str | None = found.get(W + "val") if found is not None else None
    return value

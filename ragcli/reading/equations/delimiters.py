"""Delimiters and operators of formulas: how high they are, and those in pieces as one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ragcli.reading.boxes import rounded_union
from ragcli.reading.fonts.math_symbols import STACKED, is_extension_font, is_sqrt, is_top_piece, latex_of, piece_of
from ragcli.records import Box

_TALL = 1.7  # sizes: a delimiter that is higher encloses rows, or a fraction
_DELIMITERS = "()[]{}|∣‖"
_OPERATORS = "∑∏∐∫∮⋃⋂⨁⨂"
_SIGNS = _OPERATORS + _DELIMITERS + " \u00a0"
OPENS = frozenset(("(", "[", r"\{"))
CLOSES = frozenset((")", "]", r"\}"))
_UNSEEN = "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff"
_FONT = "Math"  # of a delimiter that was in pieces

Span = Mapping[str, Any]
Char = Mapping[str, Any]


def is_blank(span: Span, char: Char) -> bool:
    """White space; a tab is TeX's code of a brace, and a space that of a high parenthesis."""
    if char["c"] in _UNSEEN:
        return True
    if not char["c"].isspace() or ord(char["c"]) < 0x20:
        return False
    return not is_extension_font(span["font"]) or char["bbox"][3] - char["bbox"][1] < 2.0 * span["size"]


def reach(span: Span, char: Char) -> tuple[float, float, bool]:
    """Top and bottom of a character, and whether it hangs around the axis, as delimiters and big operators do.

    Letters reach as far as any letter on their baseline: one line has one height.
    """
    (_, top, _, bottom), size, font = char["bbox"], span["size"], span["font"]
    is_high = char["c"] in _OPERATORS or (char["c"] in _DELIMITERS and bottom - top > 1.15 * size)
    if bottom > top and (is_high or is_extension_font(font) or font == _FONT):
        return top, bottom, True
    y = char["origin"][1]
    if bottom > top and is_sqrt(font, char["c"]):
        return top, bottom, False
    return y - 0.7 * size, y + 0.2 * size, False


def tall_delimiter(span: Span, char: Char) -> str:
    """What LaTeX calls a delimiter that is higher than a line; "" for all else."""
    top, bottom, hangs = reach(span, char)
    if not hangs or bottom - top < _TALL * span["size"]:
        return ""
    name = latex_of(span["font"], char["c"]) or ""
    return name if name in OPENS or name in CLOSES or name in ("|", r"\|") else ""


def is_sign(span: Span) -> bool:
    """Tell whether a run of characters has delimiters and operators only, whose size is not that of letters."""
    return is_extension_font(span["font"]) or all(char["c"] in _SIGNS for char in span["chars"])


def whole(rows: Sequence[list[Span]]) -> Iterator[list[Span]]:
    """The rows with delimiters whole that are set in pieces, each in a row of its own before that of its first piece."""
    stacks: list[list[tuple[int, Span, Char, str]]] = []
    for number, row in enumerate(rows):
        for span in row:
            for char in span["chars"]:
                if piece := piece_of(span["font"], char["c"]):
                    _stack(stacks, (number, span, char, piece))
    stacks = [stack for stack in stacks if len(stack) > 1 or stack[0][2]["c"] not in STACKED]
    if not stacks:
        yield from rows
        return
    used = {id(char) for stack in stacks for _, _, char, _ in stack}
    columns = [(stack, rounded_union([char["bbox"] for _, _, char, _ in stack])) for stack in stacks]
    for number, row in enumerate(rows):
        for stack, box in columns:
            if stack[0][0] == number:
                yield [_delimiter(stack, box)]
        left = []
        for span in row:
            # An extender may come as a brace of its own.
            chars = [
                char
                for char in span["chars"]
                if id(char) not in used
                and not (char["c"] in "{}" and any(_is_within(char["bbox"], box) for _, box in columns))
            ]
            if len(chars) == len(span["chars"]):
                left.append(span)
            elif chars:
                left.append({**span, "chars": chars, "bbox": rounded_union([char["bbox"] for char in chars])})
        if left:
            yield left


def _stack(stacks: list[list[tuple[int, Span, Char, str]]], piece: tuple[int, Span, Char, str]) -> None:
    """Put a piece on the one that it touches, or begin a new delimiter with it."""
    _, span, char, whole = piece
    x, top, _, bottom = char["bbox"]
    for stack in reversed(stacks[-8:]):
        box = rounded_union([each["bbox"] for _, _, each, _ in stack])
        names = {name for *_, name in stack} | {whole}
        slack = (0.1 if whole in "|‖" else 0.7) * span["size"]  # extenders of a brace may be braces of their own
        is_touching = top - box[3] < slack and box[1] - bottom < slack
        if is_top_piece(span["font"], char["c"]) and top > box[1] + 0.3 * span["size"]:
            continue  # the one below
        if abs(box[0] - x) < 0.6 and is_touching and len(names - {"⎪"}) < 2:
            stack.append(piece)
            return
    stacks.append([piece])


def _delimiter(stack: Sequence[tuple[int, Span, Char, str]], box: Box) -> Span:
    whole = next((name for *_, name in stack if name != "⎪"), "|")
    return {
        "font": _FONT,
        "size": stack[0][1]["size"],
        "flags": 0,
        "bbox": box,
        "chars": [{"c": whole, "bbox": box, "origin": (box[0], box[3])}],
    }


def _is_within(box: Box, column: Box) -> bool:
    return abs(box[0] - column[0]) < 0.6 and column[1] - 0.5 < box[1] and box[3] < column[3] + 0.5

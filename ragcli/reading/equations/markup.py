"""Formulas that are written as markup: Word's (OMML) and the web's (MathML), as LaTeX."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ragcli.reading.fonts.math_symbols import BIG, FUNCTIONS, LIMITED, latex_of

LABEL = re.compile(r"\(?\s*([A-Z]?\.?\d[\w.-]*)\s*\)?")  # the number of a formula
_NUMBERED = re.compile(r"\\#\(?([\w.-]+)\)?$")  # as Word writes it into the formula itself
_COMMAND = re.compile(r"\\[A-Za-z]+$")
_ATOM = re.compile(r"\\[A-Za-z]+|[^\\]|\\[^A-Za-z]")
_TALL = re.compile(r"\\(?:d?frac|begin|sqrt|sum|prod|int|over|under)")
_NO_SYMBOLS = re.compile(r"[\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+")  # letters of words alone
_WORDS = re.compile(rf"[A-Za-z]+|{_NO_SYMBOLS.pattern}|.", re.DOTALL)
_UNSEEN = frozenset("\u2061\u2062\u2063\u2064\u200b\u00a0\u2009\u200a\u2002\u2003 \t\n\r")
_ACCENTS = {
    "\u0302": "hat", "^": "hat", "ˆ": "hat", "\u0303": "tilde", "~": "tilde", "˜": "tilde", "\u0304": "bar",
    "\u0305": "overline", "¯": "bar", "‾": "overline", "\u20d7": "vec", "→": "vec", "\u0307": "dot", "˙": "dot",
    "\u0308": "ddot", "¨": "ddot", "\u20db": "dddot", "\u20dc": "ddddot", "\u0301": "acute", "\u0300": "grave",
    "\u030a": "mathring", "\u20d1": "vec", "\u20d0": r"overset{\leftharpoonup}", "\u20d6": "overleftarrow",
    "←": "overleftarrow", "\u20e1": "overleftrightarrow", "↔": "overleftrightarrow", "\u030c": "check",
    "\u0306": "breve", "⏞": "overbrace", "⏟": "underbrace",
    "_": "underline", "\u0332": "underline",
}  # fmt: skip
_OPERATORS = {
    "∬": r"\iint", "∭": r"\iiint", "∯": r"\oiint", "∰": r"\oiiint", "∐": r"\coprod", "⋀": r"\bigwedge", "⋁": r"\bigvee",
    "⨀": r"\bigodot", "⨁": r"\bigoplus", "⨂": r"\bigotimes", "⨄": r"\biguplus", "⨆": r"\bigsqcup", "∠": r"\angle",
    "∴": r"\therefore", "∵": r"\because", "°": r"^\circ",
}  # fmt: skip
_JOINED = frozenset((
    "oMath", "oMathPara", "r", "e", "num", "den", "sub", "sup", "deg", "fName", "lim", "box", "borderBox", "mr", "math",
    "mrow", "mstyle", "mpadded", "mtd", "menclose", "ins",
))  # fmt: skip
_NOTHING = frozenset((
    "mspace", "none", "mprescripts", "annotation", "annotation-xml", "phant", "mphantom", "rPr", "br", "del",
    "lastRenderedPageBreak", "bookmarkStart", "bookmarkEnd",
))  # fmt: skip


class Element(NamedTuple):
    """An element of either language, without its namespace."""

    name: str
    facts: Mapping[str, str]  # its attributes
    children: tuple["Element", ...]
    text: str  # of a leaf

    def child(self, name: str) -> "Element | None":
        return next((each for each in self.children if each.name == name), None)

    def letters(self) -> Iterator[str]:
        """What is written in it, in the order of the markup."""
        if self.name not in _NOTHING and not self.name.endswith("Pr"):
            yield self.text
            sign, begins, ends = _drawn(self)
            yield from (sign, begins)
            for each in self.children:
                yield from each.letters()
            yield ends


def _drawn(element: Element) -> tuple[str, str, str]:
    """The sign of an operator of Word, and what stands before and behind its delimited parts: they are no letters of it."""
    if element.name == "nary":
        return _property(element, "chr") or "∫", "", ""
    if element.name == "d":
        begins, ends = (_property(element, side) for side in ("begChr", "endChr"))
        return "", "(" if begins is None else begins, ")" if ends is None else ends
    return "", "", ""


def from_lxml(node: Any) -> Element:
    """The element of lxml without its namespaces."""
    facts = {str(name).partition("}")[2]: str(value) for name, value in node.attrib.items()}
    children = tuple(from_lxml(child) for child in node if isinstance(child.tag, str))
    return Element(node.tag.partition("}")[2], facts, children, node.text or "")


class Formula(NamedTuple):
    """A formula: its letters as they follow each other, its LaTeX, "" where it can't be told, and its number."""

    letters: str
    latex: str
    label: str = ""


class _UnknownError(Exception):
    """A sign or an element that has no LaTeX here."""


def formula(element: Element) -> Formula:
    """Return the LaTeX of a formula of either language; none rather than a wrong one."""
    letters = " ".join(" ".join(element.letters()).split())
    try:
        latex = _latex(element).strip()
    except (_UnknownError, RecursionError):
        return Formula(letters, "")
    if found := _NUMBERED.search(latex):
        return Formula(letters, latex[: found.start()].strip(), found[1])
    return Formula(letters, latex)


def _latex(element: Element) -> str:
    name, parts = element.name, element.children
    if name in _NOTHING or name.endswith("Pr"):
        return ""
    if name in _JOINED:
        return _joined(map(_latex, parts))
    match name:
        case "t" | "mi" | "mn" | "mo":
            return _signs(element.text)
        case "mtext" | "ms":
            return rf"\text{{{_text(element.text)}}}" if element.text.strip() else ""
        case "semantics":
            return _latex(parts[0]) if parts else ""
        case "f":
            above, below = _of(element, "num"), _of(element, "den")
            kind = _property(element, "type")
            if kind in ("lin", "skw"):
                return _joined((_atom(above), "/", _atom(below)))
            return rf"\binom{{{above}}}{{{below}}}" if kind == "noBar" else rf"\frac{{{above}}}{{{below}}}"
        case "mfrac":
            above, below = _all(element, 2)
            return (
                r"\binom" if element.facts.get("linethickness") in ("0", "0pt") else r"\frac"
            ) + f"{{{above}}}{{{below}}}"
        case "sSup":
            return _scripted(_of(element, "e"), "", _of(element, "sup"))
        case "sSub":
            return _scripted(_of(element, "e"), _of(element, "sub"), "")
        case "sSubSup":
            return _scripted(_of(element, "e"), _of(element, "sub"), _of(element, "sup"))
        case "msup":
            base, above = _all(element, 2)
            return _scripted(base, "", above)
        case "msub":
            base, below = _all(element, 2)
            return _scripted(base, below, "")
        case "msubsup":
            return _scripted(*_all(element, 3))
        case "munderover":
            base, below, above = _all(element, 3)
            return _limits(_limits(base, below, "under"), above, "over")
        case "munder" | "mover":
            if len(parts) == 2 and (accented := _accented(_latex(parts[0]), parts[1].text)):
                return accented
            base, other = _all(element, 2)
            return _limits(base, other, name[1:])
        case "limLow":
            return _limits(_of(element, "e"), _of(element, "lim"), "under")
        case "limUpp":
            return _limits(_of(element, "e"), _of(element, "lim"), "over")
        case "rad":
            degree = "" if _property(element, "degHide") in ("1", "on", "true", "") else _of(element, "deg")
            return rf"\sqrt{f'[{degree}]' if degree else ''}{{{_of(element, 'e')}}}"
        case "msqrt":
            return rf"\sqrt{{{_joined(map(_latex, parts))}}}"
        case "mroot":
            base, degree = _all(element, 2)
            return rf"\sqrt[{degree}]{{{base}}}"
        case "nary":
            sign = _signs(_property(element, "chr") or "∫")
            return _joined((_scripted(sign, _of(element, "sub"), _of(element, "sup")), _of(element, "e")))
        case "func":
            return _joined((_of(element, "fName"), _of(element, "e")))
        case "d":
            between = _property(element, "sepChr")
            content = _joined(
                _between([_latex(e) for e in parts if e.name == "e"], "|" if between is None else between)
            )
            begins, ends = (_property(element, side) for side in ("begChr", "endChr"))
            return _fenced("(" if begins is None else begins, content, ")" if ends is None else ends)
        case "mfenced":
            content = _joined(_between([_latex(e) for e in parts], ","))
            return _fenced(element.facts.get("open", "("), content, element.facts.get("close", ")"))
        case "acc":
            return _accented(_of(element, "e"), _property(element, "chr") or "\u0302") or _refused("accent")
        case "bar":
            return rf"\{'over' if _property(element, 'pos') == 'top' else 'under'}line{{{_of(element, 'e')}}}"
        case "groupChr":
            return _accented(_of(element, "e"), _property(element, "chr") or "⏟") or _refused("group")
        case "m":
            return _matrix(
                "matrix", ([_latex(e) for e in row.children if e.name == "e"] for row in parts if row.name == "mr")
            )
        case "mtable":
            return _matrix("matrix", ([_latex(cell) for cell in row.children] for row in parts if row.name == "mtr"))
        case "eqArr":
            rows = [[_latex(e)] for e in parts if e.name == "e"]
            return rows[0][0] if len(rows) == 1 else _matrix("aligned", rows)
    return _refused(name)


def _refused(what: str) -> str:
    raise _UnknownError(what)


def _of(element: Element, name: str) -> str:
    found = element.child(name)
    return "" if found is None else _latex(found)


def _all(element: Element, count: int) -> list[str]:
    """The LaTeX of each child, of which there must be so many."""
    return [_latex(each) for each in element.children] if len(element.children) == count else [_refused(element.name)]


def _property(element: Element, name: str) -> str | None:
    """A value in the properties of an element of Word; "" for a switch that is there without one."""
    own = element.child(f"{element.name}Pr")
    found = own.child(name) if own else None
    return None if found is None else found.facts.get("val", "")


def _signs(text: str) -> str:
    parts = []
    for token in _WORDS.findall(text):
        if token in FUNCTIONS:
            parts.append(f"\\{token}")
        elif token.isascii() and token.isalpha():
            parts.append(token)
        elif _NO_SYMBOLS.fullmatch(token):
            parts.append(rf"\text{{{token}}}")
        elif token == "~":
            parts.append(r"\sim")
        elif token == "&":  # where lines of Word are aligned
            continue
        elif token not in _UNSEEN:
            parts.append(_OPERATORS.get(token) or latex_of("", token) or _refused(token))
    return _joined(parts)


def _text(text: str) -> str:
    return re.sub(r"([{}%&#$_])", r"\\\1", text.replace("\\", " "))


def _joined(parts: Iterable[str]) -> str:
    """Parts one behind the other; `\\alpha` and `x` do not become `\\alphax`."""
    whole = ""
    for part in parts:
        whole += f" {part}" if part[:1].isalpha() and _COMMAND.search(whole) else part
    return whole


def _between(parts: list[str], sign: str) -> Iterator[str]:
    for at, part in enumerate(parts):
        if at:
            yield _signs(sign[:1])
        yield part


def _atom(latex: str) -> str:
    return latex if _ATOM.fullmatch(latex) or latex.startswith(r"\left") else f"{{{latex}}}"


def _scripted(base: str, below: str, above: str) -> str:
    scripts = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
    return _atom(base) + scripts if base else f"{{}}{scripts}"


def _limits(base: str, other: str, side: str) -> str:
    sign = base.partition("_")[0]
    if sign in BIG or sign.removeprefix("\\") in LIMITED:
        return f"{base}{'_' if side == 'under' else '^'}{{{other}}}"
    return rf"\{side}set{{{other}}}{{{base}}}"


def _accented(base: str, sign: str) -> str:
    name = _ACCENTS.get(sign.strip())
    return rf"\{name}{{{base}}}" if name else ""


def _fenced(begins: str, content: str, ends: str) -> str:
    left, right = (_signs(sign) or "." for sign in (begins, ends))
    if "." in (left, right) or _TALL.search(content):
        return _joined((rf"\left{left}", content, rf"\right{right}"))
    return _joined((left, content, right))


def _matrix(kind: str, rows: Iterable[Iterable[str]]) -> str:
    lines = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{{kind}}} {lines} \end{{{kind}}}"

"""Characters of formulas and what LaTeX calls them; TeX's own fonts have encodings that most PDFs do not explain."""

import re
import unicodedata
from functools import lru_cache

FUNCTIONS = frozenset((
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp", "gcd",
    "hom", "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "mod", "Pr", "sec", "sin",
    "sinh", "sup", "tan", "tanh",
))  # fmt: skip
LIMITED = frozenset(("lim", "max", "min", "sup", "inf", "liminf", "limsup", "det", "gcd", "Pr"))  # limits stand below
BIG = frozenset((r"\sum", r"\prod", r"\int", r"\oint", r"\bigcup", r"\bigcap", r"\bigoplus", r"\bigotimes", r"\coprod"))
RELATIONS = frozenset("=<>≤≥⩽⩾≠≡≈∼≃∝∈∉⊂⊆⊃⊇→←↦⇒⇐⇔↔∀∃≪≫⟶⟹⟸⟺⟼")

_MATH_FONT = re.compile(
    r"CMMI|CMSY|CMEX|CMMIB|MSAM|MSBM|EUFM|EUSM|RSFS|rsfs|LMMath|LM-?Math|XITSMath|STIX\w*Math|CambriaMath|Cambria-?Math"
    r"|NewCMMath|\w*Math(?:Italic|Symbols|Extension|-\w+)|MathDesign|MTSY|MTMI|MTEX|[tTpP]x(?:sy|mi|ex)|MathTeXGyre|Math$|BBM|dsrom"
)
_SYMBOL_FONT = re.compile(r"CMSY|CMBSY|MathSymbols|MathDesign-\w+-\w+-Sy|[tTpP]xsy|MTSY")
_ITALIC_FONT = re.compile(r"CMMI|MathItalic|[tTpP]xmi|MTMI")
_TEXT_ITALIC_FONT = re.compile(r"CMTI|CMSL|SFTI|SFSL|LMRoman\d+-(?:Italic|Slanted)")
_EXTENSION_FONT = re.compile(r"CMEX|MathExtension|MathDesign-\w+-\w+-Ex|[tTpP]xex|MTEX|Kp-+M-Ex")
_DOUBLE_FONT = re.compile(r"MSBM|[tTpP]xsyb|BlackboardBold|BBM|dsrom|MathDesign-\w+-\w+-Ma|MSYM")
_AMS_FONT = re.compile(r"MSAM|MSBM|[tTpP]xsy[abc]")
_SCRIPT_FONT = re.compile(r"RSFS|rsfs|EUSM|Chancery")
_FRAKTUR_FONT = re.compile(r"EUF[MB]|Fraktur")
_BOLD_FONT = re.compile(r"CMBX|CMMIB|LMRoman\d+-Bold|LMMathItalic\d+-Bold|-Bold\b")

_GREEK = (
    "alpha", "beta", "gamma", "delta", "varepsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
    "nu", "xi", "omicron", "pi", "rho", "varsigma", "sigma", "tau", "upsilon", "varphi", "chi", "psi", "omega",
)  # fmt: skip
_SYMBOLS = {
    "−": "-", "–": "-", "∗": "*", "·": r"\cdot", "⋅": r"\cdot", "×": r"\times", "÷": r"\div", "±": r"\pm", "∓": r"\mp",
    "∘": r"\circ", "◦": r"\circ", "•": r"\bullet", "∙": r"\bullet", "⊕": r"\oplus", "⊗": r"\otimes", "∩": r"\cap", "∪": r"\cup",
    "∧": r"\wedge", "∨": r"\vee", "≤": r"\leq", "⩽": r"\leq", "≥": r"\geq", "⩾": r"\geq", "≠": r"\neq", "≡": r"\equiv",
    "≈": r"\approx", "∼": r"\sim", "≃": r"\simeq", "≅": r"\cong", "∝": r"\propto", "≪": r"\ll", "≫": r"\gg", "∈": r"\in",
    "∉": r"\notin", "∋": r"\ni", "⊂": r"\subset", "⊆": r"\subseteq", "⊃": r"\supset", "⊇": r"\supseteq",
    "∅": r"\emptyset", "∀": r"\forall", "∃": r"\exists", "¬": r"\neg", "→": r"\to", "←": r"\leftarrow",
    "↔": r"\leftrightarrow", "⇒": r"\Rightarrow", "⇐": r"\Leftarrow", "⇔": r"\Leftrightarrow", "↦": r"\mapsto",
    "⟶": r"\to", "⟹": r"\Rightarrow", "⟸": r"\Leftarrow", "⟺": r"\Leftrightarrow", "⟼": r"\mapsto", "″": "''",
    "∞": r"\infty", "∂": r"\partial", "∇": r"\nabla", "∆": r"\Delta", "Ω": r"\Omega", "ℓ": r"\ell", "ℏ": r"\hbar",
    "…": r"\ldots", "⋯": r"\cdots", "⋮": r"\vdots", "⋱": r"\ddots", "⊤": r"\top", "⊥": r"\perp", "∥": r"\|",
    "‖": r"\|", "⟨": r"\langle",
    "⟩": r"\rangle", "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil", "∶": ":", "∣": "|", "′": "'",
    "’": "'", "µ": r"\mu", "ϵ": r"\epsilon", "ϑ": r"\vartheta", "ϕ": r"\phi", "ϖ": r"\varpi", "ϱ": r"\varrho",
    "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∮": r"\oint", "⋃": r"\bigcup", "⋂": r"\bigcap", "√": r"\sqrt",
    "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "⋆": r"\star", "□": r"\square",
    "†": r"\dagger", "ı": r"\imath", "ȷ": r"\jmath", "∖": r"\setminus", "⊙": r"\odot",
}  # fmt: skip
_SYMBOLS |= {chr(0x3B1 + number): "\\" + name for number, name in enumerate(_GREEK)}
# The other capitals are Latin letters to TeX.
_SYMBOLS |= {letter: "\\" + _GREEK[ord(letter) - 0x391].removeprefix("var").title() for letter in "ΓΔΘΛΞΠΣΥΦΨΩ"}

_UNICODE = {latex: character for character, latex in reversed(_SYMBOLS.items())} | {each: each for each in "()[]|"}
# TeX's OMS encoding, where PDF readers take the code for a Latin letter.
_OMS = {"7": r"\mapstochar", "p": r"\sqrt", "\\": r"\cap", "[": r"\cup", "6": r"\not", "D": r"\mathcal{D}"}
# TeX's OMX encoding, by code; of extensible delimiters only what stands alone, the rest are pieces.
_DELIMITERS = ("(", ")", "[", "]", r"\lfloor", r"\rfloor", r"\lceil", r"\rceil", r"\{", r"\}", r"\langle", r"\rangle")
_OMX = dict(enumerate(_DELIMITERS)) | {0x0C: "|", 0x0D: r"\|"}
_OMX |= {0x12 + code: name for code, name in enumerate(_DELIMITERS)} | {0x10: "(", 0x11: ")"}
_OMX |= {0x20 + code: name for code, name in enumerate(_DELIMITERS)}
_OMX |= {0x68: "[", 0x69: "]", 0x6E: r"\{", 0x6F: r"\}", 0x70: r"\sqrt", 0x71: r"\sqrt", 0x72: r"\sqrt", 0x73: r"\sqrt"}
_OMX |= dict.fromkeys((0x62, 0x63, 0x64), r"\hat") | dict.fromkeys((0x65, 0x66, 0x67), r"\tilde")
_OMX |= dict(zip(range(0x50, 0x56), (r"\sum", r"\prod", r"\int", r"\bigcup", r"\bigcap", r"\biguplus"), strict=True))
_OMX |= dict(zip(range(0x58, 0x5E), (r"\sum", r"\prod", r"\int", r"\bigcup", r"\bigcap", r"\biguplus"), strict=True))
# MathDesign has more sizes than TeX.
_OMX |= {0x80: "(", 0x81: "(", 0x8A: ")", 0x8B: ")", 0xA7: r"\{", 0xA8: r"\{", 0xAA: r"\}", 0xC7: r"\sqrt"}
# Pieces of tall delimiters: by Unicode, by the code that Adobe gave their names, and in OMX.
_PIECES = {
    "(": "⎛⎜⎝\uf8eb\uf8ec\uf8ed", ")": "⎞⎟⎠\uf8f6\uf8f7\uf8f8", "[": "⎡⎢⎣\uf8ee\uf8ef\uf8f0", "]": "⎤⎥⎦\uf8f9\uf8fa\uf8fb",
    "{": "⎧⎨⎩\uf8f1\uf8f2\uf8f3", "}": "⎫⎬⎭\uf8fc\uf8fd\uf8fe",
}  # fmt: skip
_PIECE = {piece: whole for whole, pieces in _PIECES.items() for piece in pieces}
_OMX_PIECE = dict(zip(range(0x30, 0x3E), "()[][][]{}{}{}", strict=True)) | dict(
    zip(range(0x40, 0x44), "()()", strict=True)
)
_OMX_PIECE |= {0x0C: "|", 0x0D: "‖", 0x74: "√", 0x75: "√", 0x76: "√"}
_TOPS = "⎛⎞⎡⎤⎧⎫\uf8eb\uf8f6\uf8ee\uf8f9\uf8f1\uf8fc"
STACKED = "∣"  # of which high bars are made, but a piece of none by itself
_EXTENDERS = "⎪\uf8f4"  # of a brace of either side

# Marks over a letter: they follow it in Unicode, in TeX's fonts they are characters of their own.
_ACCENTS = {
    "^": r"\hat", "ˆ": r"\hat", "\u0302": r"\hat", "~": r"\tilde", "˜": r"\tilde", "\u0303": r"\tilde", "¯": r"\bar",
    "ˉ": r"\bar", "\u0304": r"\bar", "\u0305": r"\bar", "\u20d7": r"\vec", "˙": r"\dot", "\u0307": r"\dot", "¨": r"\ddot",
    "\u0308": r"\ddot", "ˇ": r"\check", "\u030c": r"\check", "`": r"\grave", "\u0300": r"\grave", "´": r"\acute",
    "\u0301": r"\acute",
}  # fmt: skip
ACCENTS = frozenset(_ACCENTS.values())
MARKS = {latex: mark for mark, latex in _ACCENTS.items() if "\u0300" <= mark <= "\u036f" and mark != "\u0305"}


@lru_cache(maxsize=4096)
def is_math_font(font: str) -> bool:
    """Tell by its name whether a font is used for formulas alone."""
    return _MATH_FONT.search(font) is not None


@lru_cache(maxsize=4096)
def is_extension_font(font: str) -> bool:
    """Tell by its name whether a font has TeX's big operators and delimiters, which hang from their origin."""
    return _EXTENSION_FONT.search(font) is not None


def is_combining(character: str) -> bool:
    """Tell whether a character is a mark over the letter before it."""
    return "\u0300" <= character <= "\u0337" or "\u20d0" <= character <= "\u20dc"


def accent_of(font: str, character: str) -> str | None:
    """What LaTeX calls a mark over a letter; None for other characters."""
    return None if is_extension_font(font) or _SYMBOL_FONT.search(font) else _ACCENTS.get(character)


@lru_cache(maxsize=4096)
def is_math_italic(font: str) -> bool:
    """Tell whether a font is one of TeX's for letters of formulas; its marks are at the right of their origin.

    In other fonts they reach back over a letter.
    """
    return _ITALIC_FONT.search(font) is not None


def is_text_italic(font: str) -> bool:
    """Tell whether a font is one of TeX's for slanted words."""
    return _TEXT_ITALIC_FONT.search(font) is not None


@lru_cache(maxsize=4096)
def is_sqrt(font: str, character: str) -> bool:
    """Tell whether a character is a root's sign that hangs from its origin."""
    return character == "√" or (character == "p" and _SYMBOL_FONT.search(font) is not None)


@lru_cache(maxsize=4096)
def piece_of(font: str, character: str) -> str:
    """The delimiter that a character is a piece of, "" for none; a piece of a brace of either side is `⎪`."""
    if whole := _PIECE.get(character):
        return whole
    if character in STACKED:
        return "|"
    if character in _EXTENDERS:
        return "⎪"
    if is_extension_font(font):
        return "⎪" if character == ">" else _OMX_PIECE.get(ord(character), "")
    return ""


def raised_by(character: str) -> float:
    """How far a sign that is an index or exponent by itself (`²`, `₁`) is to be moved up, in sizes; 0 for all others."""
    decomposed = unicodedata.decomposition(character)
    return 0.4 if decomposed.startswith("<super>") else -0.15 if decomposed.startswith("<sub>") else 0.0


def is_top_piece(font: str, character: str) -> bool:
    """Tell whether a piece of a delimiter is its upper end."""
    return character in _TOPS or (is_extension_font(font) and character in "012389")


@lru_cache(maxsize=4096)
def unicode_of(font: str, character: str) -> str:
    """A character as people write it: in TeX's symbol fonts, the letter `X` may be a sum."""
    if character == "\u00a0" or not (_EXTENSION_FONT.search(font) or _SYMBOL_FONT.search(font)):
        return character
    return _UNICODE.get(latex_of(font, character) or "", character)


@lru_cache(maxsize=4096)
def latex_of(font: str, character: str) -> str | None:
    """What LaTeX calls a character of a formula, None when that can't be told."""
    if _EXTENSION_FONT.search(font):
        return _OMX.get(ord(character)) or (_SYMBOLS.get(character) if ord(character) > 0x2000 else None)
    if _AMS_FONT.search(font) and character.isascii():  # a code that is not explained
        return rf"\mathbb{{{character}}}" if character.isupper() and _DOUBLE_FONT.search(font) else None
    if _SYMBOL_FONT.search(font):
        if character in _OMS:
            return _OMS[character]
        if character.isascii() and character.isupper():
            return rf"\mathcal{{{character}}}"
    if _DOUBLE_FONT.search(font) and character.isascii() and character.isupper():
        return rf"\mathbb{{{character}}}"
    if character.isascii() and character.isalpha() and _FRAKTUR_FONT.search(font):
        return rf"\mathfrak{{{character}}}"
    if character.isascii() and character.isupper() and _SCRIPT_FONT.search(font):
        return rf"\mathcal{{{character}}}"
    if character == "\u0338":
        return r"\not"
    if character in _SYMBOLS:
        return _SYMBOLS[character]
    plain = unicodedata.normalize("NFKC", character)  # 𝑥 of an OpenType math font is x
    if plain != character and len(plain) == 1:
        name = unicodedata.name(character, "").split()  # SUPERSCRIPT TWO is no script
        symbol = _SYMBOLS.get(plain, plain)
        if "DOUBLE-STRUCK" in name:
            return rf"\mathbb{{{plain}}}"
        if "FRAKTUR" in name or "BLACK-LETTER" in name:
            return rf"\mathfrak{{{plain}}}"
        if "SCRIPT" in name:
            return rf"\mathcal{{{plain}}}"
        return rf"\mathbf{{{symbol}}}" if "BOLD" in name else symbol
    if character.isalnum() and ord(character) < 0x250:
        return rf"\mathbf{{{character}}}" if _BOLD_FONT.search(font) and character.isalpha() else character
    return character if character in "+-=<>()[]/|!,.;:?'*" else None


RELATION_NAMES = frozenset(latex_of("", sign) for sign in RELATIONS)

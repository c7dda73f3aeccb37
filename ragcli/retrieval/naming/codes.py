"""Codes that name a thing: `LM317`, `74LS138`, `HC-05`, `AT89C2051`; and the ways in which a text may write one.

A family is written as one: `MCP3204/3208`, `6N138/9`, `PIC16F87X`, `TSOP17..`; a maker adds letters: `SN74LS138N`.
"""

import re
from functools import lru_cache

from ragcli.retrieval.lexical import any_of
from ragcli.storage.terms import fold, terms

# Chinese, Japanese and Korean letters part words here: `LM317的参数`, and the `2018年` of a sentence is none.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_WORD = re.compile(r"(?<![\w.,:-])[^\W_]+(?:-[^\W_]+)*(?![\w-]|[.,:]\d)")
# Letters before two digits and more, digits before them too: `4N35`; not `19th`, `10km`, `24x4`, `10h30`, `p53-dependent`.
_CODE = re.compile(
    r"(?!\d+[xeh]\d)(?:\d+[^\W\d_]{1,4}|[^\W\d_]{1,8})\d{2,}[^\W_]*|[A-ZÀ-Þ]{1,5}-\d{2,}[^\W\d_]{0,2}|[A-ZÀ-Þ]{3,}-\d[^\W_]{0,4}"
)
_YEAR = re.compile(r"[^\W\d_]+-?(?:19|20)\d\d|\d+[^\W\d_]+(?:19|20)\d\d")  # FY2023, 12May2023
GROUPS = re.compile(r"[^\W\d_]+|\d+")  # of letters or figures
_SUFFIX = r"[^\W\d_]{0,3}"  # of a package or a grade


def codes(text: str) -> list[str]:
    """The words that mix letters with figures as codes do, in order, each once; what ends in a year is none."""
    found = (
        one for one in _WORD.findall(_UNSPACED.sub(" ", text)) if _CODE.fullmatch(one) and not _YEAR.fullmatch(one)
    )
    return list(dict.fromkeys(found))


def glued(code: str) -> str:
    """A code as one folded word: `HC-05` is `hc05`."""
    return fold(code).replace("-", "")


def beginning(code: str) -> str:
    """What stands, folded, wherever a code does: its first letters, or its first figures."""
    return GROUPS.findall(glued(code))[0]  # type: ignore[no-any-return]  # a code has both


def is_coded(code: str, text: str) -> bool:
    """Whether a text names a code, alone, with letters that a maker adds, or as one of a family."""
    return _pattern(glued(code)).search(fold(text)) is not None


def spelled_code(code: str) -> str:
    """The FTS5 expression of a code, as it is or with its letters and figures apart: `LM317`, `LM 317`."""
    ways = {" ".join(terms(way, None)) for way in (code, " ".join(GROUPS.findall(code)))}
    return any_of(sorted(ways))


@lru_cache(maxsize=64)
def _pattern(code: str) -> re.Pattern[str]:
    """Of folded text."""
    before = r"(?<![^\W_])" + (r"[^\W\d_]{0,3}" if code[0].isdigit() else "")
    written = r"[\s-]?".join(GROUPS.findall(code))
    ways = [rf"{written}{_SUFFIX}(?![^\W_])"]
    digits = len(re.search(r"\d*\Z", code)[0])  # type: ignore[index]  # an empty match at least
    for k in range(1, digits + 1):
        stem, tail = re.escape(code[:-k]), code[-k:]
        other = rf"{_SUFFIX}\s?/\s?"
        ways.append(rf"{stem}\d{{{k}}}(?:{other}\d+)*{other}{tail}{_SUFFIX}(?![^\W_])")
        if k <= 2:
            ways.append(rf"{stem}(?:x{{{k}}}(?![^\W_])|\.{{2}})")
    return re.compile(f"{before}(?:{'|'.join(ways)})")

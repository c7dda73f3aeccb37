"""Ligatures and quotes of MacRoman that a PDF maps as if they were Latin-1: `conÞgurable`, `itÕs`.

The page may show them right, or as wrong as its text. What gives such a document away is a capital right behind a small
letter, where no language has these: Icelandic's Þ begins words, and Portuguese writes Õ among capitals.

Other producers take the place of a letter in its font for its place in the order of glyphs that fonts of the Macintosh
have. Ligatures stand there as ff, fi, fl, ffi, and come out as four letters that follow each other: `diýer`, `beneÞt`.
Source: the encodings, PDF 1.7, annex D.2; the order, Apple's TrueType reference manual, the table "post", 233 to 239.
"""

import re
from collections.abc import Iterable, Mapping

_SMALL = "a-zà-öø-ÿ"
_LETTER = r"[^\W\d_]"
_FI = re.compile(f"(?<=[{_SMALL}])Þ(?=[{_SMALL}])")
_SHARP_S = re.compile(f"ß(?!{_LETTER})")  # ends many German words; `fl` ends none
_APOSTROPHE = re.compile(f"(?<=[{_SMALL}])Õ(?=[a-z]?[a-z]?(?!{_LETTER}))")
_CLOSING = re.compile(f"(?<=[{_SMALL}])Ó(?!{_LETTER})")
_TELLTALE = frozenset("ÞÕÓÐ")
_ETH = re.compile(f"(?<=[{_SMALL}])Ð(?=[{_SMALL}])")
_LIGATURES = ("ff", "fi", "fl", "ffi")


def wrong_letters(texts: Iterable[str]) -> Mapping[re.Pattern[str], str]:
    """What to replace in all texts of a document, and by what; empty for one whose letters are right, as nearly all are.

    A sign is believed wrong only where the document has it in a place that no language gives it; that a word begins with
    `fi`, and `ß` is `fl`, follows from an `fi` within one.
    """
    text = "\n".join(texts)
    wrong: dict[re.Pattern[str], str] = {}
    if _TELLTALE.isdisjoint(text):
        return wrong
    # Of Icelandic and Old English, which have the letter, a page is full of the other.
    if len(_FI.findall(text)) > text.count("ð"):
        wrong |= _ligatures("ýÞþ")
        wrong[re.compile(f"(?<={_LETTER})−(?=[{_SMALL}]{{2}})")] = "ffi"
        if not _SHARP_S.search(text):
            wrong[re.compile(f"(?<=[{_SMALL}])ß|ß(?=[{_SMALL}])")] = "fl"
    if _ETH.search(text):
        wrong |= _ligatures("ÐðÝý") if "ð" in text else {re.compile(f"(?<=[{_SMALL}])Ð"): "–"}  # MacRoman's dash
    if _APOSTROPHE.search(text):
        wrong[_APOSTROPHE] = "’"
        wrong[re.compile(f"(?<!{_LETTER})Ô(?=\\w)")] = "‘"
        wrong[re.compile(f"(?<=\\S)Õ(?!{_LETTER})")] = "’"
    if _CLOSING.search(text):
        wrong[re.compile(f"(?<=\\S)Ó(?!{_LETTER})")] = "”"
        wrong[re.compile(f"(?<!{_LETTER})Ò(?=\\w)")] = "“"
    return wrong


def _ligatures(letters: str) -> dict[re.Pattern[str], str]:
    """The ligatures for which letters stand beside small ones."""
    return {
        re.compile(f"(?<=[{_SMALL}]){letter}|{letter}(?=[{_SMALL}])"): ligature
        for letter, ligature in zip(letters, _LIGATURES, strict=False)
    }

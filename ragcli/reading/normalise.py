"""Undo what typesetting did to the letters: accents set apart, ligatures, hyphens at line ends, odd spaces, controls.

Meaning is kept: `x²` and `½` stay (NFKC would ruin them), and so does an accent that stands alone in code.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property

_SPACES = dict.fromkeys([0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000], " ")
_NOTHING: dict[int, str | None] = dict.fromkeys(
    [
        *range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0),  # controls, but newline
        0xAD, 0x200B, 0x2060, 0xFEFF,  # soft hyphen, no-width spaces
        0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A),  # direction marks, which can disguise a text
    ]
)  # fmt: skip
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
# Where Adobe's list of names puts variants of signs, figures, small capitals and Serbian letters that Unicode has but once.
_VARIANTS = {
    **dict(zip((0xF6D9, 0xF6DA, 0xF6DB, 0xF8E8, 0xF8E9, 0xF8EA), "©®™®©™", strict=True)),
    **{0xF6C4 + n: letter for n, letter in enumerate("гбдпт")},
    **{0xF730 + n: str(n) for n in range(10)},
    **{0xF761 + n: chr(0x41 + n) for n in range(26)},
}
_TABLE: dict[int, str | None] = {**_NOTHING, **_LIGATURES, **_SPACES, **_VARIANTS}
_IN_TABLE = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}]")  # translate is slow, and mostly for nothing

# Ligatures where TeX's two encodings have them, controls elsewhere: of fonts of dots, which name no letters.
_TEX_LIGATURES = dict(
    zip(map(chr, (*range(0x0B, 0x10), *range(0x1B, 0x20))), ("ff", "fi", "fl", "ffi", "ffl") * 2, strict=True)
)
_TEX_LIGATURE = re.compile("(?<=[a-z]{2})[\x0b-\x0f\x1b-\x1f]|[\x0b-\x0f\x1b-\x1f](?=[a-z]{2})")

_ESCAPES = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.")

# The accents as TeX's old fonts have them: characters of their own, before the letter. Others set them after it.
_COMBINING = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "¯": "\u0304",
    "˘": "\u0306", "˙": "\u0307", "˚": "\u030a", "˝": "\u030b", "ˇ": "\u030c", "¸": "\u0327", "˛": "\u0328",
}  # fmt: skip
_MARKS = "".join(_COMBINING)
SET_APART = re.compile(f"[{_MARKS.replace('`', '')}]")  # accents that are characters of their own
_BELOW = {
    "¸": "cCsStT",
    "˛": "aAeEiIuU",
}  # these follow their letter even in TeX, save a cedilla its `c`; and which that is
_DOTLESS = {"ı": "i", "ȷ": "j"}
_ACCENT = re.compile(rf"([^\W\d_]?)([{_MARKS}])([^\W\d_]?)")
_GRAVE_FIRST = re.compile(r"(?<!\w)`([aeiouAEIOU])")
_DOTLESS_COMPOSED = re.compile("[ıȷ](?=[\u0300-\u030c])")
_NEGATED = re.compile("\u0338( ?)([=<>∈∋∃≡≤≥⊂⊃⊆⊇→⇒⇔∼≃≅≈|∥])")
_VOWELS = frozenset("aeiouyAEIOUYıâêîôû")
_LAST_WORD = re.compile(r"[^\W_]+$")
_SUPERSCRIPTS = str.maketrans("0123456789+-−–()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
_UNITS = frozenset(("mm", "cm", "dm", "km", "kg", "hm", "um", "µm", "nm", "ft", "in"))


def clean(text: str, code: bool = False, accent_follows: bool = False) -> str:
    """Return `text` composed (NFC), without control characters and terminal escapes, with ordinary spaces.

    Newlines are kept; runs of spaces too. Ligatures are spelt out.

    Args:
        code: leave accents that stand alone as they are.
        accent_follows: a spacing accent belongs to the letter before it; TeX sets it before its letter.
    """
    if text.isascii() and text.isprintable() and "`" not in text:
        return text
    if "\x1b" in text or "\x9b" in text:
        text = _ESCAPES.sub("", text)
    if _IN_TABLE.search(text):
        text = text.translate(_TABLE)
    if not code and not text.isalnum():
        text = _compose_accents(text, accent_follows)
        if "\u0338" in text:
            text = _NEGATED.sub("\\1\\2\u0338", text)  # `b̸ = 0` is how `b ≠ 0` comes out
    return unicodedata.normalize("NFC", text)


def with_tex_ligatures(text: str) -> str:
    """Spell out the ligatures of TeX's fonts within words, which `clean` takes for controls; of letters drawn on a page."""
    return text if text.isprintable() else _TEX_LIGATURE.sub(lambda found: _TEX_LIGATURES[found[0]], text)


def accents_follow(texts: Iterable[str]) -> bool:
    """Tell whether a document sets its spacing accents after their letters: `Rube´n`, where TeX sets `Rub´en`.

    Only places where one neighbour is a vowel and the other is not are counted; in doubt the answer is TeX's.
    """
    before = after = 0
    for text in texts:
        for last, mark, following in _ACCENT.findall(text):
            if mark in _BELOW or mark == "`":
                continue
            before += following in _VOWELS and last not in _VOWELS
            after += last in _VOWELS and following not in _VOWELS and following not in "cnszCNSZ"
    return after > before


def with_graves(text: str) -> str:
    """Compose the accents at the beginning of words, `` `a Paris``, of a document that sets its accents apart."""
    return _GRAVE_FIRST.sub(lambda found: unicodedata.normalize("NFC", found[1] + _COMBINING["`"]), text)


def _compose_accents(text: str, accent_follows: bool) -> str:
    if "ı" in text or "ȷ" in text:
        text = _DOTLESS_COMPOSED.sub(lambda found: _DOTLESS[found[0]], text)
    if "`" not in text and not SET_APART.search(text):
        return text

    def composed(found: re.Match[str]) -> str:
        last, mark, following = found.groups()
        if mark == "`" and not (last and following):
            return found[0]  # a quote or code, unless within a word
        if mark == "˜" and not last and found.string[: found.start()].endswith("/"):
            return f"~{following}"  # the home of a user in an address: `/~martin`
        follows = accent_follows or mark in _BELOW
        for follows_now in (follows, not follows):
            letter = last if follows_now else following
            whole = unicodedata.normalize("NFC", _DOTLESS.get(letter, letter) + _COMBINING[mark]) if letter else ""
            if len(whole) == 1 and letter in _BELOW.get(mark, letter):
                return whole + following if follows_now else last + whole
        return found[0]

    # Twice: in "´e´e" the first match ends on the letter before the second accent.
    return _ACCENT.sub(composed, _ACCENT.sub(composed, text))


class _Only(dict[int, int | None]):
    """For str.translate: what a pattern matches, without all else. Half the time of `re.sub`, a match for each space."""

    def __init__(self, kept: str) -> None:
        super().__init__()
        self._is_kept = re.compile(kept).match

    def __missing__(self, code: int) -> int | None:
        self[code] = code if self._is_kept(chr(code)) else None
        return self[code]


_LETTERS, _LETTERS_AND_FIGURES = _Only(r"[^\W\d_]"), _Only(r"[^\W_]")


def letters(text: str) -> str:
    """The letters of a text alone, folded: what two settings of the same words have in common."""
    return text.translate(_LETTERS).casefold()


def letters_and_figures(text: str) -> str:
    """The same with its figures."""
    return text.translate(_LETTERS_AND_FIGURES).casefold()


def raised(before: str, digits: str) -> str:
    """Return the digits of a superscript as `²`, set off by a space where it is a note's mark after a word.

    `x²`, `10⁻³`, `km²` and `end.¹` are written together. After a word (`concept ¹`) or a year the space keeps the word
    findable as itself: search takes `concept¹` for another word.
    """
    raised_digits = digits.strip().translate(_SUPERSCRIPTS)
    word = _LAST_WORD.search(before[-40:])
    if word is None or raised_digits[:1] in ("⁺", "⁻"):
        return raised_digits
    is_word = len(word[0]) > 1 and word[0].isalpha() and word[0] not in _UNITS
    is_year = len(word[0]) >= 4 and word[0].isdigit()
    return f" {raised_digits}" if is_word or is_year else raised_digits


_RAISED = re.compile("[⁰¹²³⁴-⁹]+")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def unraised(texts: Iterable[str]) -> Iterator[str]:
    """The numbers that stand raised in texts, in plain figures."""
    for text in texts:
        if not text.isascii():
            yield from (found.translate(_PLAIN) for found in _RAISED.findall(text))


_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
SOFT_HYPHEN = "\u00ad"  # at the end of a line: the producer says that it is the line's
_HYPHENS = ("-", SOFT_HYPHEN, "\u2010")
_OF_LINES = (SOFT_HYPHEN, "\u2010")  # producers that write these keep `-` for hyphens of words
_LAST = re.compile(r"([^\W\d_][^\W_]*(?:-[^\W_]+)*)$")
_PREFIXES = frozenset(
    ["back", "fore", "here", "inter", "more", "over", "some", "super", "there", "trans", "under", "with"]
)
_BEFORE_HYPHEN = frozenset(  # first parts of compounds that begin no longer word, save before these suffixes
    (
        *("well", "self", "half", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
        *("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "first", "second", "third"),
        *("all", "best", "cross", "double", "dual", "early", "full", "large", "late", "long", "next", "quasi"),
        *("single", "triple", "vice", "whole", "anglo", "arrière", "celle", "celles", "celui", "ceux", "demi"),
        *("grands", "haute", "nouvelle", "outre", "peut", "rendez", "saint"),
    )
)
_SUFFIXES = (
    *("ness", "ish", "less", "self", "teen", "ty", "tieth", "fold", "some", "way", "ing", "er", "ly", "ment", "eur"),
    *("temps", "itude"),
)
_AFTER_HYPHEN = frozenset(  # second parts of compounds, save after what begins longer words with them
    (
        *("associated", "based", "class", "dependent", "derived", "driven", "free", "induced", "language", "level"),
        *("like", "linked", "mediated", "oriented", "owned", "quality", "resistant", "rich", "scale", "sectional"),
        *("sensitive", "shaped", "speaking", "specific", "stranded", "term", "winning", "year", "years"),
        *("ci", "dessous", "dessus", "là", "même", "mêmes"),
    )
)
_BEFORE_THOSE = frozenset(
    (
        *("bi", "co", "de", "dis", "en", "hyper", "in", "inter", "mid", "mis", "multi", "non", "over", "re", "self"),
        *("sub", "un", "under", "care", "life", "mer", "voi"),
    )
)
_ADDRESS_ENDS = tuple("./-_=&?#%~")
_BROKEN_ADDRESS = re.compile(r"(?:https?://|www\.|[\w.+-]+@\w)[^\s<>()]*$")
_HOST = re.compile(r"(?:https?://|www\.)[^\s/]+/$")
_ADDRESS_PART = re.compile(r"(?:[a-z][\w.-]*)?/\w")  # what a narrow column breaks anywhere goes on with
_HOST_ENDS = frozenset((".org", ".com", ".net", ".edu", ".gov", ".html", ".htm", ".pdf"))
_WITHIN = re.compile(r"[^\W\d_]{1,3}-[^\W\d_]")  # what only compounds go on with: `brother-` + `in-law`
_AND = frozenset(["and", "or", "und", "oder", "bzw", "sowie", "et", "ou"])  # after the first part of two compounds
_FIRST = re.compile(r"[^\W\d_]+")


_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff9f"
_TOGETHER = re.compile(rf"(?<=[{_UNSPACED}])\s*\n\s*(?=[{_UNSPACED}])")


def without_breaks(text: str) -> str:
    """Join the lines of scripts that set no spaces (Chinese, Japanese, Thai, …); other line breaks stay."""
    return text if text.isascii() or "\n" not in text else _TOGETHER.sub("", text)


def spaced(before: str, after: str) -> str:
    """Join two words or lines with a space, or where their script sets none without it."""
    if max(before[-1:], after[:1]) < "\u0e00":
        return f"{before} {after}"
    return before[:-1] + without_breaks(f"{before[-1:]}\n{after[:1]}").replace("\n", " ") + after[1:]


def _goes_below(address: str, after: str) -> bool:
    """Whether a path may go on in a capital: `…/wiki/` + `France`, but not a host alone in the next word of a text."""
    first, *further = after.split(" ", 1)
    return address.endswith("/") and not (further and first[1:].isalpha() and first.istitle() and _HOST.search(address))


class Vocabulary:
    """The words of a document, which know whether a hyphen at a line's end belongs to the word or to the line."""

    def __init__(self) -> None:
        self._pieces: set[str] = set()  # what stands between spaces: a document has few different ones
        self._told = 0  # line ends whose hyphen is known to be the line's, less those where it may be the word's

    def learn(self, lines: Iterable[str]) -> None:
        """Add the words of lines that follow each other, before any are joined; a broken word teaches nothing."""
        whole = []
        was_broken = False
        for line in lines:
            if was_broken:
                line = line.partition(" ")[2]
            was_broken = line.endswith(_HYPHENS)
            if was_broken:
                self._told += 1 if line.endswith(_OF_LINES) else -1
            whole.append(line.rpartition(" ")[0] if was_broken else line)
        self._pieces.update("\n".join(whole).lower().split())

    @cached_property
    def _words(self) -> set[str]:
        return set(_WORD.findall("\n".join(self._pieces)))

    @cached_property
    def _heads(self) -> set[str]:
        """The first parts of compounds: `chain` of chain-of-thought."""
        return {word.partition("-")[0] for word in self._words if "-" in word}

    def join(self, before: str, after: str) -> str:
        """Join two lines of one paragraph, with a space, or where the first ends in a hyphen or within an address without it.

        A soft hyphen goes, and where most line ends have such, any other stays.
        Else it goes when the joined word occurs elsewhere, stays when the hyphenated one does, and stays before a
        capital or a digit (`Jean-` + `Paul`). If not it goes, unless both parts are words of the document on their own
        (`machine-` + `generated`) or the whole is a longer compound (`state-of-the-` + `art`).
        """
        goes_on = after[:1].isalnum() and (not after[:1].isupper() or _goes_below(before, after))
        if goes_on and before.endswith(_ADDRESS_ENDS) and _BROKEN_ADDRESS.search(before.rpartition(" ")[2]):
            return before + after
        if not before.endswith(_HYPHENS):
            if self._goes_on_address(before.rpartition(" ")[2], after.partition(" ")[0]):
                return before + after
            if before.endswith("—") and before[-2:-1].isalnum():
                return before + after
            return spaced(before, after)
        stem = before[:-1]
        if before.endswith(SOFT_HYPHEN):
            return stem + after
        last, first = _LAST.search(stem.rsplit(None, 1)[-1] if stem.strip() else stem), _FIRST.match(after)
        is_and = first is not None and first[0] in _AND and not _WITHIN.match(after)
        if last is None or first is None:
            is_number = stem[-1:].isdigit() and after[:1].isalnum() and not is_and
            return before + after if last or is_number else f"{before} {after}"
        if is_and and last[1].lower() + first[0] not in self._words:
            return f"{before} {after}"  # `Vor- und Nachteile`
        if self._told > 1 and before.endswith("-"):
            return before + after
        if _WITHIN.match(after) or (len(last[1]) == 1 and stem[-2:-1] not in ("'", "’")):
            return before + after  # no line breaks after a letter, `x-` + `ray`; but after `l’é`
        one, other = last[1].lower(), first[0].lower()
        in_capitals = last[1].isupper() and first[0].isupper() and one + other in self._words  # `NU-` + `TRITION`
        is_one = in_capitals or (after[0].islower() and self._is_one_word(one, other))
        return stem + after if is_one else f"{stem}-{after}"

    def _goes_on_address(self, last: str, first: str) -> bool:
        """Whether an address that fills its line goes on: with a part of a path, or with the end of `.or` + `g`."""
        if not _BROKEN_ADDRESS.search(last):
            return False
        if _ADDRESS_PART.match(first):
            return first.partition("/")[0] not in self._pieces  # `and/or`
        end = last[last.rfind(".") :]
        return end not in _HOST_ENDS and end + first.rstrip(".,;)") in _HOST_ENDS

    def _is_one_word(self, last: str, first: str) -> bool:
        words = self._words
        if last + first in words:
            return True
        if f"{last}-{first}" in words:
            return False
        part = last.rpartition("-")[2]
        if part != last:  # a compound already: its last part is either cut (pre-train- ing) or whole (c'est-à- dire)
            return part + first in words or not (len(part) == 1 or first in words)
        if last in _BEFORE_HYPHEN and not first.startswith(_SUFFIXES):
            return False
        if first in _AFTER_HYPHEN and last not in _BEFORE_THOSE:
            return False
        if len(last) < 4 or last in _PREFIXES or first not in words:
            return True
        return last not in self._heads and (last not in words or len(first) < 4)

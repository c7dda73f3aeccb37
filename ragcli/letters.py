r"""Which characters make words and end sentences, in all scripts: bodies of character classes for regular expressions.

`\w` has no combining marks. Vowels of Hindi, Bengali, Tamil, Thai and others are such: without them `हिन्दी` is three words,
each of one consonant, and दिन, a day, is दान, a gift.
"""

import unicodedata
from collections.abc import Iterable, Iterator


def _marks() -> Iterator[int]:
    scripts = (range(0x300, 0x1E00), range(0x20D0, 0x2100), range(0x2CE0, 0x30A0), range(0xA660, 0xAC00))
    return (code for script in scripts for code in script if unicodedata.category(chr(code))[0] == "M")


def _as_ranges(codes: Iterable[int]) -> str:
    found: list[list[int]] = []
    for code in codes:
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found)


MARKS = _as_ranges(_marks())
WORD = rf"\w+(?:[{MARKS}]+\w*)*"  # a pattern, as the next: of letters and figures
LETTERS = rf"[^\W\d_]+(?:[{MARKS}]+[^\W\d_]*)*"

ASKING = "?？؟"
STOPS = f".!…。！।॥۔።։။។{ASKING}"  # of Hindi, Urdu, Amharic, Armenian, Burmese and Khmer, too

# A pattern for how a sentence, or what announces a list, ends: `office.`, `office:`, and with its notes `office."[258][a]`.
ENDED = rf"[{STOPS}:;：；؛]['\"”’»)\]）」』》]*(?:[⁰¹²³⁴-⁹]|\[[\w ]{{1,16}}\])*"

# Scripts that part no words: of letters that are syllables or words, and of letters like those of Latin.
SYLLABIC = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
ALPHABETIC = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"

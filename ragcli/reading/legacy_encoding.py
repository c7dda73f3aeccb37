"""The encoding of a text that is not UTF-8: that in which it reads like one of the languages that the encoding is for."""

import codecs
import re

from ragcli.reading.language import probabilities

_SAMPLE = 20_000  # bytes that are looked at
_SURE = 0.5
_CYRILLIC = frozenset(["ru", "uk", "bg", "sr", "mk", "be"])
# Python's names, commonest first; and for which languages, as the detector calls them.
_LANGUAGES = {
    "cp1252": frozenset(["en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "ca"]),
    "cp1250": frozenset(["pl", "cs", "sk", "hu", "ro", "sl", "hr", "bs", "sq"]),
    "cp1251": _CYRILLIC,
    "gb18030": frozenset(["zh"]),
    "cp932": frozenset(["ja"]),
    "cp949": frozenset(["ko"]),
    "cp1254": frozenset(["tr", "az"]),
    "cp1253": frozenset(["el"]),
    "cp1256": frozenset(["ar", "fa", "ur"]),
    "cp1255": frozenset(["he", "yi"]),
    "cp1257": frozenset(["lt", "lv", "et"]),
    "cp874": frozenset(["th"]),
    "big5": frozenset(["zh"]),
    "euc_jp": frozenset(["ja"]),
    "koi8_r": _CYRILLIC,
    "cp866": _CYRILLIC,
}
_WORD = re.compile(r"[^\W\d_]{2,}")
_LETTER = re.compile(r"[^\W\d_]")
_BEYOND_LATIN = re.compile(r"[^\W\d_\x00-\u024f]")
_LATIN = frozenset(["cp1252", "cp1250", "cp1254", "cp1257"])
# Of Thai, with no letter to stand on.
_STRAY_MARK = re.compile("(?<![\u0e01-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


def legacy_encoding(raw: bytes) -> str:
    """Python's name of the encoding of a text that is not UTF-8; in doubt cp1252, in which every byte means something."""
    sample = raw[:_SAMPLE]
    best, surest = "cp1252", _SURE
    for encoding, languages in _LANGUAGES.items():
        try:
            # In steps, for a letter of two bytes may be cut at the end.
            text = codecs.getincrementaldecoder(encoding)().decode(sample)
        except UnicodeDecodeError:
            continue
        if (encoding in _LATIN or _is_beyond_latin(text)) and (likely := _likelihood(text, languages)) > surest:
            best, surest = encoding, likely
        if encoding == "cp1252" and surest > 0.9:
            break
    return best


def _is_beyond_latin(text: str) -> bool:
    """Tell whether a text is in another script, and not in Latin letters with accents misread."""
    return 2 * len(_BEYOND_LATIN.findall(text)) > len(_LETTER.findall(text)) and not _STRAY_MARK.search(text)


def _likelihood(text: str, languages: frozenset[str]) -> float:
    """How likely a text is in one of the languages: as the detector says, and as words have capitals at their front."""
    likely = sum(share for language, share in probabilities(text).items() if language in languages)
    words = _WORD.findall(text)
    odd = sum(
        not (word.islower() or word.isupper() or word[1:].islower()) for word in words if word.lower() != word.upper()
    )
    return likely * (1 - odd / max(len(words), 1))

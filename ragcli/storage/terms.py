"""Words as the lexical index keeps them: folded to plain lower-case letters, then stemmed in the language of the text.

Folding comes first, so that a question typed without accents finds the same chunks as one typed with them. Scripts without
spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are indexed as pairs of neighbouring characters.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from ragcli.storage.stop_words import ENGLISH_AND_FRENCH, STOP_WORDS

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_TOKENS = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_ALONE = re.compile(rf"(?<![\w{_UNSPACED}])[{_UNSPACED}](?![\w{_UNSPACED}])")
_RUN = re.compile(rf"[{_UNSPACED}]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_CONTRACTED = re.compile(r"(?<=[a-z])n['’]t\b")  # `didn't` is a form of `did`; its first half would be a rare word
_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "nb": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


def fold(text: str) -> str:
    """Lower case without accents: `Été` -> `ete`, `ﬁn` -> `fin`, `ß` -> `ss`, `œuvre` -> `oeuvre`, as keyboards have it."""
    if text.isascii():
        return text.lower()
    # Twice: letters in disguise (𝛢, ①) are capitals only once decomposed, and folding composes some anew.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = _NOT_ASCII.sub(lambda char: _unmarked(char[0]), decomposed.replace("œ", "oe").replace("æ", "ae"))
    return unicodedata.normalize("NFC", bare)  # a Korean syllable and a voiced kana are one letter, as they are written


@lru_cache(maxsize=4096)
def unaccented(text: str) -> str:
    """`text` without combining marks."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def terms(text: str, language: str | None) -> list[str]:
    """The terms of a text in order, repeated as often as they occur. Single letters (elisions, list marks) are left out."""
    return list(map(_stemmer(language), _words(text)))


def content_terms(text: str, language: str | None) -> list[str]:
    """The terms of a text without stop words and the words that only make a question.

    A word is told by itself, not by its term: Italian `chiavi`, keys, and `chi`, who, have one stem.
    """
    stops, stem = _stop_words(language), _stemmer(language)
    return [stem(word) for word in _words(text) if word not in stops]


def lone_characters(text: str) -> list[str]:
    """The characters of scripts without spaces that stand as words of their own: `茶`, not the `年` of `2019年`."""
    return _ALONE.findall(fold(text))


def _words(text: str) -> list[str]:
    found: list[str] = []
    for token in _TOKENS.findall(_CONTRACTED.sub("", fold(text))):
        if _RUN.match(token):
            found += [token[at : at + 2] for at in range(len(token) - 1)] or [token]
        elif len(token) > 1 or token.isdigit():
            found.append(token)
    return found


@cache
def _stop_words(language: str | None) -> frozenset[str]:
    return frozenset(_words(STOP_WORDS.get(language or "", ENGLISH_AND_FRENCH)))


@lru_cache(maxsize=32)
def _stemmer(language: str | None) -> Callable[[str], str]:
    name = _SNOWBALL.get(language or "")
    if name is None:
        return str
    import Stemmer

    stem: Callable[[str], str] = Stemmer.Stemmer(name).stemWord
    return stem


@cache
def _unmarked(char: str) -> str:
    """Nothing for a combining mark, but Thai vowels are combining characters, and part of the word."""
    return char if not unicodedata.combining(char) or _is_unspaced(char) else ""


def _is_unspaced(char: str) -> bool:
    return bool(_RUN.match(char))

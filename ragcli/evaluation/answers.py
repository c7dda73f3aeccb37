"""Answers compared as SQuAD's official script compares them: lower case, no punctuation, no English articles."""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = dict.fromkeys(
    [*map(ord, string.punctuation), *(code for code in range(0x10000) if unicodedata.category(chr(code))[0] == "P")]
)
_ELIDED = re.compile(r"\b((?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’])(?=\w)")  # French: l'ouest is two words
_UNSPACED = re.compile("([\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")  # Thai, kana, Han


def _squad_words(text: str) -> list[str]:
    """Source: Rajpurkar, Jia, Liang, "Know What You Don't Know", ACL 2018, evaluate-v2.0.py, normalize_answer.

    Each character of a script without spaces is a word, and the marks of other scripts are punctuation too (`।`, `«`), as in
    Lewis et al., "MLQA", ACL 2020. A French word that has
    lost its vowel before another is a word: the script, made for English, would not find "ouest" in "l'ouest".
    """
    parted = _ELIDED.sub(r"\1 ", text.lower()).replace("’", "'")
    return _UNSPACED.sub(r" \1 ", _ARTICLES.sub(" ", parted.translate(_PUNCTUATION))).split()


def f1(said: str, answer: str) -> float:
    """Harmonic mean of the shares of words in common, 0 to 1; without any word on one side, whether both are empty."""
    ours, theirs = _squad_words(said), _squad_words(answer)
    if not ours or not theirs:
        return float(ours == theirs)
    common = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * common / (len(ours) + len(theirs))


def exact(said: str, answer: str) -> float:
    """1 when both are the same words in the same order."""
    return float(_squad_words(said) == _squad_words(answer))


def contains(said: str, answer: str) -> float:
    """1 when the answer's words stand in what was said, one after the other; an answer without words never does."""
    ours, theirs = _squad_words(said), _squad_words(answer)
    return float(
        any(ours[at : at + len(theirs)] == theirs for at in range(len(ours) - len(theirs) + 1)) and theirs != []
    )


def best(measure: Callable[[str, str], float], said: str, answers: Sequence[str]) -> float:
    """The measure for the answer that fits best, as SQuAD scores a question with several."""
    return max(measure(said, answer) for answer in answers)

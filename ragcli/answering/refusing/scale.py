"""What a cosine is worth: models differ (unrelated texts score 0.1 with one, 0.75 with another)."""

from dataclasses import dataclass

import numpy as np

from ragcli.embedding.language_probe import PROBED, pairs_of
from ragcli.embedding.protocol import Embedder

# A question, a sentence that answers it, a sentence about something else.
PROBES = (
    ("When was the lighthouse repaired?", "The lighthouse was repaired in 1932.", "Basil likes sun and rich soil."),
    ("How many members does the board have?", "The board has nine members.", "Copper melts at a high temperature."),
    (
        "Qui dirige la bibliothèque ?",
        "La bibliothèque est dirigée par Odile Garnier.",
        "Le fleuve déborde au printemps.",
    ),
    ("Pourquoi le pont a-t-il fermé ?", "Le pont a fermé à cause du gel.", "Ce vin se boit jeune et frais."),
)
_LEAST = 0.05  # between the two, of a model that can't tell them apart
_TOLD_APART = 0.2  # of its own scale, between the two across languages


@dataclass(frozen=True, slots=True)
class Scale:
    """The cosines of unrelated and of answering pairs, which become 0 and 1."""

    unrelated: float
    answering: float

    def __call__(self, cosine: float) -> float:
        """`cosine` on the model's own scale: about 0 for unrelated texts, 1 for an answer that repeats the question."""
        return (cosine - self.unrelated) / (self.answering - self.unrelated)


# What `measure` gives for the starter models, so that a cold question does not pay for eight probes.
_KNOWN = {
    "all-MiniLM-L6-v2": Scale(0.140, 0.791),
    "multilingual-e5-small": Scale(0.728, 0.869),
}
_measured: dict[str, Scale] = {}
_measured_across: dict[tuple[str, str, str], Scale] = {}


def scale_of(embedder: Embedder) -> Scale:
    """The scale of a model, measured on first use in this process where it is not known beforehand."""
    known = _KNOWN.get(embedder.name) or _measured.get(embedder.name)
    if known is None:
        known = _measured[embedder.name] = measure(embedder)
    return known


def scale_across(embedder: Embedder, asked: str, written: str) -> Scale:
    """The scale of a question in one language and a text in another, which differs by the pair; else that of the model.

    An English question and a French text that have nothing to do with each other are as near by multilingual-e5-small as a
    French question and an English text that are related.
    """
    if asked not in PROBED or written not in PROBED:
        return scale_of(embedder)
    found = _measured_across.get((embedder.name, asked, written))
    if found is None:
        questions = np.stack([embedder.embed_question(question) for question, _ in pairs_of(asked)])
        cosines = questions @ embedder.embed_documents([answer for _, answer in pairs_of(written)]).T
        of_others = ~np.eye(len(cosines), dtype=bool)
        own, found = scale_of(embedder), Scale(float(cosines[of_others].mean()), float(np.diag(cosines).mean()))
        if found.answering - found.unrelated < _TOLD_APART * (own.answering - own.unrelated):
            found = own  # a model that does not know both languages
        _measured_across[embedder.name, asked, written] = found
    return found


def measure(embedder: Embedder) -> Scale:
    """Embed the probes and average."""
    questions = np.stack([embedder.embed_question(question) for question, _, _ in PROBES])
    answers = embedder.embed_documents([answer for _, answer, _ in PROBES])
    others = embedder.embed_documents([other for _, _, other in PROBES])
    unrelated = float((questions @ others.T).mean())
    return Scale(unrelated, max(float((questions * answers).sum(axis=1).mean()), unrelated + _LEAST))

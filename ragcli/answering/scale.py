"""What a cosine is worth: models differ (unrelated texts score 0.1 with one, 0.75 with another)."""

from dataclasses import dataclass

import numpy as np

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


def scale_of(embedder: Embedder) -> Scale:
    """The scale of a model, measured on first use in this process where it is not known beforehand."""
    known = _KNOWN.get(embedder.name) or _measured.get(embedder.name)
    if known is None:
        known = _measured[embedder.name] = measure(embedder)
    return known


def measure(embedder: Embedder) -> Scale:
    """Embed the probes and average."""
    questions = np.stack([embedder.embed_question(question) for question, _, _ in PROBES])
    answers = embedder.embed_documents([answer for _, answer, _ in PROBES])
    others = embedder.embed_documents([other for _, _, other in PROBES])
    unrelated = float((questions @ others.T).mean())
    return Scale(unrelated, max(float((questions * answers).sum(axis=1).mean()), unrelated + 0.05))

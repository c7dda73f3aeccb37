"""Late interaction: a question and a text are alike where each token of the one has a token of the other near to it.

A pooled vector says what a text is about; its tokens, each read in its context, say whether the very thing asked for is
in it, also in other words. They come from the forward pass that the vector is made by, and cost nothing more.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def maxsim(question: Floats, text: Floats) -> float:
    """The mean over the tokens of a question of the cosine with the nearest token of a text, between -1 and 1.

    Args:
        question: last hidden states, shape (tokens, hidden), at least one token.
        text: the same of the text, with another number of tokens.
    Source: MaxSim of Khattab and Zaharia, ColBERT, 2020; here over a sentence model as it is, not trained for it.
    """
    return float((_unit(question) @ _unit(text).T).max(axis=1).mean())


def _unit(states: Floats) -> Floats:
    unit: Floats = states / np.linalg.norm(states, axis=1, keepdims=True)
    return unit

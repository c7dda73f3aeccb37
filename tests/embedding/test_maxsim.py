"""Late interaction, by hand and by its laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ragcli.embedding.maxsim import Floats, maxsim

_STATE = arrays(np.float32, 4, elements=st.floats(0.125, 8, width=32))
STATES = st.lists(_STATE, min_size=1, max_size=6).map(np.array)


def test_each_token_of_the_question_takes_the_nearest() -> None:
    question = np.array([[2.0, 0.0], [0.0, 3.0]], np.float32)
    text = np.array([[5.0, 0.0], [1.0, 1.0]], np.float32)
    assert maxsim(question, text) == pytest.approx((1 + np.sqrt(0.5)) / 2)


@given(STATES, STATES, STATES)
def test_more_text_is_never_less_like_and_lengths_tell_nothing(question: Floats, text: Floats, more: Floats) -> None:
    alike = maxsim(question, text)
    assert maxsim(question, np.concatenate([text, more])) >= alike - 1e-6
    assert maxsim(question * 3, text[::-1] * 7) == pytest.approx(alike, abs=1e-5)
    assert maxsim(question, np.concatenate([more, question])) == pytest.approx(1, abs=1e-5)

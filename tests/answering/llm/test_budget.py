"""An answer ends in time: what fits is planned, the rest is cut, and where nothing fits quotes answer."""

import time
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from ragcli.answering.answer import answer
from ragcli.answering.llm.budget import LEAST_WRITTEN, Budget, Plan, plan
from ragcli.answering.llm.speed import Speed, of_answer
from ragcli.embedding.protocol import Embedder
from ragcli.records import Answer
from ragcli.settings import Answering
from tests.answering.conftest import all_rare
from tests.answering.test_answer import HITS, Reciter, page_blocks

speeds = st.builds(Speed, st.floats(0.5, 5000), st.floats(0.5, 500))
SAID = "The tower was opened in 1889, when the harbour was widened."


@given(st.floats(-5, 300), speeds, st.integers(1, 1000))
def test_a_plan_ends_in_time(seconds: float, speed: Speed, most: int) -> None:
    made = plan(seconds, speed, most)
    if made is None:
        assert seconds * speed.generation < LEAST_WRITTEN * 3
    else:
        assert made.prompt / speed.prompt + made.completion / speed.generation <= seconds
        assert min(most, LEAST_WRITTEN) <= made.completion <= most


@given(st.floats(1, 300), speeds, st.integers(1, 1000))
def test_more_time_never_means_less(seconds: float, speed: Speed, most: int) -> None:
    less, more = plan(seconds, speed, most), plan(seconds * 2, speed, most)
    if less is not None:
        assert more is not None
        assert (more.completion, more.prompt) >= (less.completion, less.prompt)


def test_plan_by_hand() -> None:
    assert plan(10.0, Speed(100.0, 20.0), 256) == Plan(400, 80)
    assert plan(10.0, Speed(100.0, 20.0), 40) == Plan(600, 40)
    assert plan(1.0, Speed(100.0, 20.0), 256) is None


def budgeted(embedder: Embedder, model: Reciter, seconds: float, speed: Speed | None) -> Answer:
    return answer(
        "When was the Skarn tower opened?",
        HITS,
        page_blocks=page_blocks,
        embedder=embedder,
        share_of_chunks=all_rare,
        settings=Answering(style="generate", budget=seconds),
        generator=model,
        budget=Budget(time.perf_counter() + seconds, speed),
    )


def test_the_model_gets_what_it_can_read_in_time(embedder: Embedder) -> None:
    roomy = budgeted(embedder, Reciter(SAID), 60.0, Speed(1000.0, 100.0))
    assert roomy.style == "generate"
    assert roomy.proved
    # Nine tenths of that prompt can be read in time: one passage has to go.
    tight = budgeted(embedder, Reciter(SAID), 60.0, Speed(roomy.usage["prompt_tokens"] * 0.9 / 47, 1000.0))
    assert tight.usage["prompt_tokens"] < roomy.usage["prompt_tokens"]
    assert any("passages did not fit" in warning for warning in tight.warnings)


def test_without_time_for_the_model_quotes_answer(embedder: Embedder) -> None:
    model = Reciter(SAID)
    made = budgeted(embedder, model, 5.0, Speed(1.0, 1.0))
    assert (made.style, made.found, made.proved) == ("quotes", True, True)
    assert made.warnings[-1] == "reciter can't answer within 5 s here; these are quotes"
    assert budgeted(embedder, model, 60.0, Speed(0.1, 100.0)).style == "quotes"  # it writes fast, but can't read


def test_a_slow_model_is_measured_first_and_cut_off(embedder: Embedder) -> None:
    class Slow(Reciter):
        def stream(self, messages, sampling):  # type: ignore[no-untyped-def]
            for piece in islice(super().stream(messages, sampling), sampling.max_tokens):
                time.sleep(0.04)
                yield piece

    long = SAID + " It is 330 metres tall." + "".join(f" In year {n} it was painted." for n in range(1890, 1950))
    model = Slow(long)
    made = budgeted(embedder, model, 6.0, None)
    assert made.style == "generate"
    assert made.text.startswith("The tower was opened in 1889")
    assert len(made.text) < len(long) / 2
    assert "the answer was cut off, to end within 6 s (--budget)" in made.warnings


def test_an_answer_tells_the_speed_unless_its_prompt_was_read_before() -> None:
    seconds = {"first_text": 2.0, "generate": 6.0}
    usage = {"prompt_tokens": 300, "completion_tokens": 40}
    made = Answer("?", "generate", True, usage=usage, seconds=seconds)
    assert of_answer(made) == Speed(150.0, 10.0)
    assert of_answer(Answer("?", "generate", True, usage=usage | {"cached_tokens": 200}, seconds=seconds)) is None
    assert of_answer(Answer("?", "quotes", True)) is None

"""A prompt that begins like an earlier one is not read again, by another process neither; the text stays the same."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.answering.llm.generator import Message, Sampling
from ragcli.answering.llm.llama import LlamaGenerator
from ragcli.answering.llm.prompt_cache import WORTH, common
from ragcli.settings import Answering

SOURCE = " ".join(f"House number {n} on the quay has {n * 7 % 40} windows and a green door." for n in range(22))


@given(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)))
def test_common_is_the_longest_shared_beginning(one: list[int], other: list[int]) -> None:
    n = common(one, other)
    assert one[:n] == other[:n]
    assert one[n : n + 1] != other[n : n + 1] or n == len(one) == len(other)


@pytest.fixture
def own_home(smollm: LlamaGenerator, llama_home: Path, tmp_path: Path) -> Path:
    """A home of its own, in which the library was probed already."""
    smollm.count_tokens("")  # loaded, and so probed
    (tmp_path / "probes").symlink_to(llama_home / "probes")
    return tmp_path


def say(home: Path, question: str, **settings: int) -> tuple[str, int, Path]:
    """What a fresh model says, how much of the prompt it had not to read, and where states are kept."""
    chosen = Answering(context_tokens=2048, able_parameters=1, **settings)  # type: ignore[arg-type]
    generator = LlamaGenerator(chosen, home)
    try:
        text = "".join(generator.stream([Message("user", f"{SOURCE}\n\n{question}")], Sampling(max_tokens=12)))
    finally:
        generator.close()
    return text, generator.usage["cached_tokens"], home / "cache" / "prompts"


@pytest.mark.llama
@pytest.mark.slow
def test_states_are_kept_and_give_the_same_text(own_home: Path) -> None:
    first, read_before, folder = say(own_home, "How many windows has house number 3?")
    assert read_before == 0
    (state,) = folder.rglob("*.kv")
    assert all(file.stat().st_mode & 0o077 == 0 for file in (state, state.with_suffix(".tokens"), state.parent))
    assert say(own_home, "How many windows has house number 3?")[:1] == (first,)
    other, read_before, _ = say(own_home, "What colour are the doors?")
    assert read_before > WORTH
    without, read_before, _ = say(own_home, "What colour are the doors?", prompt_cache_mb=0)
    assert (without, read_before) == (other, 0)
    assert len(list(folder.rglob("*.kv"))) == 1  # nearly the same: not kept twice

    state.write_bytes(state.read_bytes()[:5000])  # cut short: read anew, and the damaged one goes
    assert say(own_home, "How many windows has house number 3?")[:2] == (first, 0)


@pytest.mark.llama
@pytest.mark.slow
def test_the_folder_has_a_limit(own_home: Path) -> None:
    say(own_home, "How many windows has house number 3?", prompt_cache_mb=1)
    assert not list((own_home / "cache").rglob("*.kv"))  # a state of this prompt is larger than that


@pytest.mark.llama
@pytest.mark.slow
def test_no_answer_is_lost_where_nothing_can_be_kept(own_home: Path) -> None:
    (own_home / "cache").write_text("a file where the folder would be")
    assert say(own_home, "How many windows has house number 3?")[0]

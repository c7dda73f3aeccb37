"""A language model as the judge of claims."""

from collections.abc import Iterator, Mapping, Sequence

import pytest

from ragcli.answering.llm.generator import Message, Sampling
from ragcli.evaluation.claims import claim_measures
from ragcli.evaluation.judge import ModelJudge


class Reader:
    """Says that a statement is true when the text holds it to the letter; `words` are its yes, its no."""

    name, context_length = "reader", 4096
    destination: str | None = None
    cut_off: str | None = None
    parameters: int | None = None
    usage: Mapping[str, int] = {}

    def __init__(self, yes: str = "yes", no: str = "no") -> None:
        self.words = (no, yes)
        self.asked = 0

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def count_prompt(self, messages: Sequence[Message]) -> int:
        return sum(self.count_tokens(message.content) for message in messages)

    def as_sent(self, messages: Sequence[Message], sampling: Sampling) -> str:
        return "\n".join(message.content for message in messages)

    def close(self) -> None:
        pass

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        self.asked += 1
        text, _, rest = messages[-1].content.partition("\n\nStatement: ")
        yield self.words[rest.partition("\n\n")[0] in text]


def test_verdicts_become_ragcheckers_measures() -> None:
    reader = Reader()
    said = "The bridge was opened in 1931. It is made of green cheese."
    passages = ["The bridge was opened in 1931.", "A ticket costs 58 crowns."]
    measured = claim_measures(said, "The bridge was opened in 1931.", passages, "en", ModelJudge(reader))
    assert (measured["claim precision"], measured["claim recall of the answer"]) == (0.5, 1.0)
    assert (measured["faithfulness"], measured["hallucination"], measured["context precision"]) == (0.5, 0.5, 0.5)


def test_each_pair_is_asked_once() -> None:
    reader = Reader()
    judge = ModelJudge(reader)
    assert [judge("It rained.", "It rained.", "en") for _ in range(3)] == [1.0] * 3
    assert judge("It rained.", "It snowed.", "en") == 0.0
    assert (reader.asked, judge.unclear) == (2, 0)


@pytest.mark.parametrize(
    ("yes", "no", "unclear"),
    [("Yes.", "No, it does not.", 0), (" **Yes**", "**No**", 0), ("Oui", "Non", 0), ("yes", "Nothing is said.", 1)],
)
def test_words_around_the_verdict_do_no_harm(yes: str, no: str, unclear: int) -> None:
    judge = ModelJudge(Reader(yes, no))
    assert judge("It rained.", "It rained.", "en") == 1.0
    assert judge("It rained.", "It snowed.", "en") == 0.0
    assert judge.unclear == unclear

"""From hits to an answer: quotes, generated text checked sentence by sentence, and refusal."""

import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pytest

from ragcli.answering.answer import Interrupted, Watcher, answer, only_proved
from ragcli.answering.llm.generator import Message, Sampling
from ragcli.answering.llm.llama import LlamaGenerator
from ragcli.embedding.protocol import Embedder
from ragcli.errors import ModelError
from ragcli.records import Answer, Block, Hit
from ragcli.settings import Answering
from tests.answering.conftest import all_rare

PAGES = {
    (1, 4): [
        Block("The Skarn tower", "heading", (50, 50, 200, 70)),
        Block(
            "The Skarn tower was planned by Odile Garnier. The tower was opened in 1889, when the harbour was widened. "
            "It is 330 metres tall.",
            bbox=(50, 80, 300, 130),
        ),
    ],
    (2, 9): [
        Block("The Skarn town hall was finished in 1920. It did not cost 40 million crowns.", bbox=(9, 9, 90, 90))
    ],
}
HITS = [
    Hit(
        1,
        0.9,
        1,
        "tower.pdf",
        PAGES[1, 4][1].text,
        None,
        4,
        (4,),
        None,
        ("The Skarn tower",),
        document_id=1,
        language="en",
    ),
    Hit(2, 0.5, 2, "hall.pdf", PAGES[2, 9][0].text, None, 9, (9,), document_id=2, language="en"),
]


def page_blocks(document_id: int, page: int | None, place: str | None) -> Sequence[Block]:
    return PAGES[document_id, page or 0]


class Reciter:
    """A model that says one text, a word at a time."""

    name, context_length = "reciter", 4096
    destination: str | None = None
    cut_off: str | None = None
    parameters: int | None = 2_000_000_000
    usage: Mapping[str, int] = {}

    def __init__(self, text: str, stop_after: int | None = None) -> None:
        self.text, self.stop_after = text, stop_after

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def count_prompt(self, messages: Sequence[Message]) -> int:
        return sum(self.count_tokens(message.content) for message in messages)

    def close(self) -> None:
        pass

    def as_sent(self, messages: Sequence[Message], sampling: Sampling) -> str:
        return "\n".join(message.content for message in messages)

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        for at, word in enumerate(self.text.split()):
            if at == self.stop_after:
                raise KeyboardInterrupt
            yield word + " "


class Lines(Reciter):
    """It says its text as it stands."""

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        yield self.text


def ask(
    question: str,
    embedder: Embedder,
    generator: Reciter | LlamaGenerator | None = None,
    hits: Sequence[Hit] = HITS,
    **settings: object,
) -> Answer:
    chosen = replace(Answering(), **settings)  # type: ignore[arg-type]
    return answer(
        question,
        hits,
        page_blocks=page_blocks,
        embedder=embedder,
        share_of_chunks=all_rare,
        settings=chosen,
        generator=generator,
    )


def test_quotes_are_proved_with_page_and_box(embedder: Embedder) -> None:
    made = ask("When was the Skarn tower opened?", embedder, sentences=1)
    assert (made.found, made.proved, made.style, made.model) == (True, True, "quotes", None)
    assert made.text == "The tower was opened in 1889, when the harbour was widened."
    (citation,) = made.citations
    assert (citation.n, citation.path, citation.page, citation.match) == (1, "tower.pdf", 4, "exact")
    assert (citation.quote, citation.bbox) == (made.text, (50, 80, 300, 130))
    assert citation.section == ("The Skarn tower",)
    assert set(made.seconds) == {"choose", "prove"}


def test_what_the_best_passage_goes_on_in_is_looked_into_as_well(embedder: Embedder) -> None:
    """A list may be cut behind its first item, which is found far behind the others."""
    others = [
        replace(HITS[1], rank=n, chunk_id=10 + n, ordinal=4 * n, text=f"Hall {n} was planned by nobody in 19{n}0.")
        for n in range(2, 8)
    ]
    first = replace(HITS[0], text="The tower was widened later by masons from Norwich.", ordinal=5)
    before = replace(HITS[0], rank=8, chunk_id=9, ordinal=4)
    hits = [first, *others, before]
    assert ask("Who planned the Skarn tower?", embedder, hits=hits).text.startswith(
        "The Skarn tower was planned by Odile Garnier."
    )
    apart = [*hits[:-1], replace(before, ordinal=3)]
    assert "Garnier" not in ask("Who planned the Skarn tower?", embedder, hits=apart).text
    assert "Garnier" not in ask("Who planned the Skarn tower?", embedder, hits=hits, k=5).text


def test_an_absent_subject_is_refused_and_the_nearest_passages_named(embedder: Embedder) -> None:
    made = ask("Which enzyme splits lactose in the small intestine?", embedder)
    assert (made.found, made.sentences, made.proved) == (False, (), False)
    assert made.warnings[0].startswith("not found")
    assert made.warnings[1].startswith("near: ")
    assert ask("Which enzyme splits lactose?", embedder, refuse_below=0.0).found


def test_of_several_questions_in_one_the_first_is_answered_where_the_rest_is_not_there(embedder: Embedder) -> None:
    rest = "and which consequences did that have for fishing, employment and regional subsidies?"
    made = ask(f"When was the Skarn tower opened, {rest}", embedder, sentences=1)
    assert made.text == "The tower was opened in 1889, when the harbour was widened."
    assert made.warnings == ("this answers a part of the question: When was the Skarn tower opened",)
    assert not ask(f"When was the Vlissen bridge sold, {rest}", embedder).found
    assert ask("When was the Skarn tower opened, and who planned it?", embedder).warnings == ()


def test_each_of_several_questions_in_one_is_answered(embedder: Embedder) -> None:
    made = ask("Who planned the Skarn tower, and when was the tower opened?", embedder)
    assert [sentence.text for sentence in made.sentences] == [
        "The Skarn tower was planned by Odile Garnier.",
        "The tower was opened in 1889, when the harbour was widened.",
    ]


def test_greeting_and_what_is_told_first_do_not_refuse(embedder: Embedder) -> None:
    plain = ask("When was the Skarn tower opened?", embedder, sentences=1)
    polite = ask("Hi! Could you please tell me when the Skarn tower was opened? Thanks a lot!", embedder, sentences=1)
    assert (polite.text, polite.warnings) == (plain.text, ())
    asked = "When was the Skarn tower opened?"
    assert ask(f"Our class visits harbours. {asked}", embedder, sentences=1).text == plain.text
    # What is told at length may be the matter, and what points back asks of nothing by itself.
    long = "Our class of nine pupils from Norwich will visit some harbours by bus next week with two teachers."
    assert not ask(f"{long} When was it opened, with all those rooms?", embedder).found
    assert not ask("Hello, could you please tell me when the Vlissen bridge was sold? Thanks!", embedder).found


def test_no_hits_is_not_found(embedder: Embedder) -> None:
    made = answer(
        "Why?", [], page_blocks=page_blocks, embedder=embedder, share_of_chunks=all_rare, settings=Answering()
    )
    assert (made.found, made.warnings) == (False, ("not found: no passage of your documents matches the question",))


def test_each_generated_sentence_is_proved_or_not(embedder: Embedder) -> None:
    said = (
        "The tower was opened in 1889, when the harbour was widened. The tower is 331 metres tall. "
        "The Skarn town hall did cost 40 million crowns. It was planned by Odile Garnier. "
        "The Skarn tower was planned by Odile Garnier [7]."
    )
    made = ask("When was the Skarn tower opened?", embedder, Reciter(said), style="auto")
    assert [sentence.proved for sentence in made.sentences] == [True, False, False, False, False]
    assert made.style == "generate"
    assert not made.proved
    assert "4 of 5 sentences could not be proved: the quotes are what the documents say" in made.warnings
    assert made.sentences[0].citations == (1,)
    assert [citation.n for citation in made.citations] == list(range(1, len(made.citations) + 1))
    kept = only_proved(made)
    assert [sentence.text for sentence in kept.sentences] == [
        "The tower was opened in 1889, when the harbour was widened."
    ]
    assert [citation.n for citation in kept.citations] == [1]
    assert made.usage["completion_tokens"] == len(said.split())


def test_strict_puts_quotes_where_a_model_paraphrases(embedder: Embedder) -> None:
    said = (
        "The tower is 330 metres tall. The opening of the Skarn tower was in 1889. It was Odile Garnier who planned it."
    )
    made = ask("When was the Skarn tower opened?", embedder, Reciter(said), style="generate", strict=True)
    assert [sentence.proved for sentence in made.sentences] == [False, True] * 3
    left = only_proved(made)
    assert [sentence.text for sentence in left.sentences] == [
        "It is 330 metres tall.",
        "The tower was opened in 1889, when the harbour was widened.",
        "The Skarn tower was planned by Odile Garnier.",
    ]
    by_number = {citation.n: citation for citation in left.citations}
    assert [by_number[n].match for sentence in left.sentences for n in sentence.citations] == ["exact"] * 3
    assert made.warnings == ("3 of 3 sentences could not be proved: quotes stand in their place",)


def test_strict_quotes_nothing_for_what_no_passage_says(embedder: Embedder) -> None:
    said = "Penguins cannot fly. The opening of the Skarn tower was in 1889. In 1889 the tower was opened."
    made = ask("When was the Skarn tower opened?", embedder, Reciter(said), style="generate", strict=True)
    quote = "The tower was opened in 1889, when the harbour was widened."  # once, though two sentences lean on it
    assert not made.proved
    assert only_proved(made).text == quote


def test_a_model_that_repeats_itself_is_stopped(embedder: Embedder) -> None:
    sentence = "The tower was opened in 1889, when the harbour was widened. "
    made = ask("When was the Skarn tower opened?", embedder, Reciter(sentence * 50), style="generate")
    assert made.text == sentence.strip()
    assert made.proved
    assert made.usage["completion_tokens"] < 40


def test_a_long_name_may_be_said_twice(embedder: Embedder) -> None:
    name = "the Directorate General for Harbour Works and Navigable Waterways of Skarn"
    said = f"The tower is run by {name}. In 1920 {name} also finished the town hall."
    made = ask("Who runs the Skarn tower?", embedder, Reciter(said), style="generate")
    assert made.text == said
    clause = "for the sake of the harbour, of its deep and navigable waters, "
    looping = ask("Who runs the Skarn tower?", embedder, Reciter("It is run " + clause * 50), style="generate")
    assert looping.text == f"It is run {clause.strip()}"
    assert looping.warnings[0] == "the model began to repeat itself: the answer ends there"


def test_a_sentence_is_one_line(embedder: Embedder) -> None:
    made = ask("How tall is the tower?", embedder, Lines("It is 330\nmetres tall.\n\n- It is old."), style="generate")
    assert [sentence.text for sentence in made.sentences] == ["It is 330 metres tall.", "- It is old."]


def test_the_steps_before_an_answer_are_no_part_of_it(embedder: Embedder) -> None:
    said = "The tower was opened in 1889, when the harbour was widened. So: Answer: It is 330 metres tall."
    made = ask("How tall is the Skarn tower?", embedder, Reciter(said), style="generate", template="steps")
    assert made.text == "It is 330 metres tall."
    never = ask("How tall is it?", embedder, Reciter("I think."), style="generate", template="steps", refuse_below=0.0)
    assert (never.style, never.found, never.proved) == ("quotes", True, True)
    assert never.warnings == ("the model wrote no answer; these are quotes",)


def test_a_model_that_finds_nothing_is_said_to_have_found_nothing(embedder: Embedder) -> None:
    said = Reciter("The height of the Skarn tower is not mentioned in the sources provided.")
    made = ask("How tall is the Skarn tower?", embedder, said, style="generate")
    assert made.style == "quotes"
    assert made.warnings == ("the model found no answer in the passages; these are quotes",)


def test_a_quote_that_is_not_on_its_page_is_no_proof(embedder: Embedder) -> None:
    moved = [replace(HITS[0], text="The old lighthouse of Skarn was opened in 1777 by its keeper.")]
    settings = Answering(refuse_below=0.0)
    made = answer(
        "When was the lighthouse opened?",
        moved,
        page_blocks=page_blocks,
        embedder=embedder,
        share_of_chunks=all_rare,
        settings=settings,
    )
    assert not made.found
    assert "could not be matched" in made.warnings[0]
    generated = answer(
        "When was the lighthouse opened?",
        moved,
        page_blocks=page_blocks,
        embedder=embedder,
        share_of_chunks=all_rare,
        settings=replace(settings, style="generate"),
        generator=Reciter(moved[0].text),
    )
    assert [sentence.proved for sentence in generated.sentences] == [False]
    assert [citation.match for citation in generated.citations] == ["none"]


def test_what_is_announced_on_one_page_is_proved_on_the_next(embedder: Embedder) -> None:
    first, second = "The rules of the Skarn harbour office are the following:", "- no ship may lie at the quay by night"
    hit = Hit(7, 1.0, 7, "rules.pdf", f"{first}\n\n{second}", None, 1, (1, 2), document_id=7, language="en")
    pages = {1: [Block(first, bbox=(50, 80, 300, 90))], 2: [Block(second, bbox=(50, 10, 300, 20))]}
    made = answer(
        "What are the rules of the Skarn harbour office?",
        [hit],
        page_blocks=lambda document_id, page, place: pages[page or 0],
        embedder=embedder,
        share_of_chunks=all_rare,
        settings=Answering(refuse_below=0.0, sentences=1),
    )
    assert (made.text, made.citations[0].page) == (f"{first} {second}", 1)


def test_auto_lets_only_an_able_model_speak(embedder: Embedder) -> None:
    question = "When was the Skarn tower opened?"
    assert ask(question, embedder, Reciter("x")).style == "generate"
    assert ask(question, embedder, Reciter("x"), able_parameters=3_000_000_000).style == "quotes"
    assert ask(question, embedder, Reciter("x"), style="quotes").style == "quotes"
    with pytest.raises(ModelError, match="needs a language model"):
        ask(question, embedder, style="generate")


def test_an_interrupted_answer_keeps_what_there_was(embedder: Embedder) -> None:
    said = "The tower was opened in 1889, when the harbour was widened. It is"
    with pytest.raises(Interrupted) as caught:
        ask("When was the tower opened?", embedder, Reciter(said + " 330 metres tall.", stop_after=13))
    kept = caught.value.answer
    assert kept.text == said
    assert kept.sentences[0].proved
    assert "interrupted: the answer is not whole" in kept.warnings
    with pytest.raises(Interrupted) as caught:
        ask("When was the tower opened?", embedder, Reciter(said, stop_after=0))
    assert caught.value.answer.warnings == ("interrupted: the answer is not whole",)


@pytest.mark.llama
@pytest.mark.slow
def test_the_real_small_model_answers_and_is_checked(embedder: Embedder, smollm: LlamaGenerator) -> None:
    pieces: list[str] = []
    settings = Answering(style="generate", max_tokens=48)
    made = answer(
        "How tall is the Skarn tower?",
        HITS,
        page_blocks=page_blocks,
        embedder=embedder,
        share_of_chunks=all_rare,
        settings=settings,
        generator=smollm,
        watcher=Watcher(on_text=pieces.append),
    )
    assert made.found
    assert "".join(pieces).strip().startswith(made.sentences[0].text[:10])
    assert made.usage["prompt_tokens"] > 80
    assert 0 < made.usage["completion_tokens"] <= 48
    assert set(made.seconds) == {"choose", "load", "prompt", "first_text", "generate", "prove"}
    for sentence in made.sentences:
        assert sentence.citations or not sentence.proved
    strict = ask("How tall is the Skarn tower?", embedder, smollm, style="generate", max_tokens=48, strict=True)
    pages = " ".join(block.text for blocks in PAGES.values() for block in blocks)
    assert strict.sentences
    for sentence in strict.sentences:
        assert sentence.proved == (sentence.text in pages)


@pytest.mark.llama
@pytest.mark.slow
def test_ctrl_c_in_the_real_model(embedder: Embedder, smollm: LlamaGenerator) -> None:
    def interrupt(piece: str) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(Interrupted) as caught:
        answer(
            "How tall is the Skarn tower?",
            HITS,
            page_blocks=page_blocks,
            embedder=embedder,
            share_of_chunks=all_rare,
            settings=Answering(style="generate", max_tokens=200),
            generator=smollm,
            watcher=Watcher(on_text=interrupt),
        )
    assert caught.value.answer.usage["completion_tokens"] < 20


def test_a_document_is_given_whole_where_it_fits(embedder: Embedder) -> None:
    rest = [Hit(n, 0.0, 10 + n, "tower.pdf", f"Room {n} of the tower has {n} windows.", page=4, document_id=1, ordinal=n)
            for n in range(2, 30)]  # fmt: skip
    whole = [HITS[0], *rest]
    asked = "What is this text about?"
    settings = Answering(style="generate", whole=True)

    def read(context: int) -> Answer:
        model = Reciter("The tower was opened in 1889, when the harbour was widened.")
        model.context_length = context
        return answer(
            asked,
            HITS,
            page_blocks=page_blocks,
            embedder=embedder,
            share_of_chunks=all_rare,
            settings=settings,
            generator=model,
            whole=whole,
        )

    made = read(4096)
    assert made.proved  # not refused, though the question is like none of its sentences
    assert [hit.chunk_id for hit in made.hits] == [hit.chunk_id for hit in whole]
    assert made.prompt is not None
    assert "Room 29 of the tower" in made.prompt
    short = read(400)
    assert short.prompt is not None
    assert "Room 29" not in short.prompt
    assert any("does not fit whole" in warning for warning in short.warnings)
    quoted = ask("When was the tower opened?", embedder, Reciter("x"), style="quotes")
    assert quoted.warnings == ()

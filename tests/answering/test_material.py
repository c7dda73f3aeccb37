"""A small model is given the sentences that may answer, and not what stands beside them."""

import time
from dataclasses import replace

from ragcli.answering.answer import answer
from ragcli.answering.llm.budget import Budget
from ragcli.answering.llm.speed import Speed
from ragcli.answering.material import material
from ragcli.answering.prompt import reads_sentences
from ragcli.answering.sources import sources
from ragcli.embedding.protocol import Embedder
from ragcli.records import Answer, Block, Hit
from ragcli.settings import Answering
from tests.answering.conftest import all_rare
from tests.answering.test_answer import Reciter

TEXT = (
    "The mill was built by Odile Garnier. The ferry sails at 7:40. It takes 25 minutes. Tickets cost 58 crowns. "
    "This no longer applies. The quay was paved."
)
BESIDE = " ".join(f"In year {year} the quay was paved again." for year in range(1850, 1890))
LONG = Hit(1, 0.9, 1, "ferry.txt", f"{BESIDE} The ferry to Skarn sails at 7:40. {BESIDE}", document_id=1, language="en")


def test_sentences_stand_in_their_order_with_what_they_lean_on() -> None:
    hits = [Hit(1, 0.9, 1, "a.txt", TEXT, language="en"), Hit(2, 0.8, 2, "b.txt", "The quay is long.", language="en")]
    everything = sources(hits)
    found = {one.unit.text: one for one in everything}
    best = [found["The quay is long."], *map(found.get, ("Tickets cost 58 crowns.", "It takes 25 minutes."))]
    told = material([one for one in best if one], everything, hits)
    assert [(hit.path, text) for hit, text in told] == [
        ("a.txt", "The ferry sails at 7:40. It takes 25 minutes.\nTickets cost 58 crowns. This no longer applies."),
        ("b.txt", "The quay is long."),
    ]


def test_what_leans_on_a_sentence_that_is_given_already_is_given_without_it() -> None:
    hits = [Hit(1, 0.9, 1, "a.txt", TEXT, language="en")]
    everything = sources(hits)
    sails, takes = (next(one for one in everything if one.unit.text.startswith(begun)) for begun in ("The f", "It t"))
    for best in ([sails, takes], [takes, sails]):
        ((_, text),) = material(best, everything, hits)
        assert text.replace("\n", " ") == "The ferry sails at 7:40. It takes 25 minutes."


def asked(embedder: Embedder, parameters: int | None, k: int | None = None, budget: Budget | None = None) -> Answer:
    model = Reciter("The ferry to Skarn sails at 7:40.")
    model.parameters = parameters
    return answer(
        "When does the ferry to Skarn sail?",
        [LONG, replace(LONG, rank=2, chunk_id=2, path="more.txt", text=BESIDE)],
        page_blocks=lambda document_id, page, place: [Block(LONG.text)],
        embedder=embedder,
        share_of_chunks=all_rare,
        settings=Answering(style="generate", k=k, max_tokens=40),
        generator=model,
        budget=budget,
    )


def test_a_small_model_is_given_sentences_and_proved_by_the_page(embedder: Embedder) -> None:
    made = asked(embedder, 1_500_000_000)
    assert made.proved
    assert "sails at 7:40" in (made.prompt or "")
    assert "1851" not in (made.prompt or "")
    assert made.citations[0].quote == "The ferry to Skarn sails at 7:40."


def test_a_large_one_and_whoever_says_how_many_is_given_passages(embedder: Embedder) -> None:
    assert "1851" in (asked(embedder, 7_000_000_000).prompt or "")
    assert "1851" in (asked(embedder, None).prompt or "")
    assert "1851" in (asked(embedder, 1_500_000_000, k=2).prompt or "")
    assert [reads_sentences(size) for size in (135_000_000, 2_999_999_999, 3_000_000_000, None)] == [
        True,
        True,
        False,
        False,
    ]


def test_where_time_is_short_sentences_are_given_before_any_passage_is_left_out(embedder: Embedder) -> None:
    made = asked(embedder, 7_000_000_000, budget=Budget(time.perf_counter() + 600, Speed(0.5, 100.0)))
    assert made.style == "generate"
    assert "sails at 7:40" in (made.prompt or "")
    assert "1851" not in (made.prompt or "")
    assert made.warnings[0] == "the passages can't be read in time: their sentences that may answer were given"

"""Several collections in one question."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ragcli.collection import Collection, several, together
from ragcli.collection.route import route
from ragcli.errors import UsageError
from ragcli.retrieval.exact import EARLY
from tests.conftest import begun

BASES = {
    "kitchen": {
        "bread.txt": "Rye bread is baked for an hour at 220 degrees, with steam in the first ten minutes.",
        "soup.txt": "Leek soup needs four leeks, two potatoes and a litre of broth.",
    },
    "harbour": {
        "crane.txt": "The harbour crane lifts 40 tonnes and is inspected each spring.",
        "dues.txt": "Harbour dues are 12 crowns for each tonne of cargo.",
        "bread.txt": "Rye bread is baked for an hour at 220 degrees, with steam in the first ten minutes.",
    },
}


@pytest.fixture(scope="module")
def first(first_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    documents = tmp_path_factory.mktemp("first")
    for name, texts in BASES.items():
        folder = documents / name
        folder.mkdir()
        for file, text in texts.items():
            (folder / file).write_text(text, encoding="utf-8")
        with Collection.open(name, first_home) as base:
            base.ingest([folder], {"base": name} if name == "harbour" else None)
    return documents


@pytest.fixture
def bases(home: Path, first_home: Path, first: Path) -> Iterator[list[Collection]]:
    begun(first_home, home).close()
    opened = [Collection.open(name) for name in BASES]
    yield opened
    for one in opened:
        one.close()


def test_the_best_of_both_come_first_and_a_copy_once(bases: list[Collection]) -> None:
    found = together.query(bases, "How many tonnes does the crane lift?", 4)
    assert (found.hits[0].collection, Path(found.hits[0].path).name) == ("harbour", "crane.txt")
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
    bread = together.query(bases, "How long is rye bread baked?", 4).hits[0]
    assert [Path(place.path).parent.name for place in bread.also] + [Path(bread.path).parent.name] == [
        "kitchen",
        "harbour",
    ]
    assert [{bread.collection, *(place.collection for place in bread.also)}] == [{"kitchen", "harbour"}]
    assert found.collection == "kitchen,harbour"
    steps = [found.seconds[step] for step in ("load", "embed", "search")]
    assert min(steps[1:]) > 0
    assert sum(steps) == pytest.approx(found.seconds["total"], abs=0.001)
    (one,) = together.query(bases, "How long is rye bread baked?", 1).hits
    assert len(one.also) == 1  # the copy comes second, and is no passage of its own


def test_a_small_base_is_not_buried_by_a_large_one(home: Path, tmp_path: Path) -> None:
    """In a base about one thing its subject is no rare word, and what it lacks is: by its own measure it covers little."""
    kinds = ("rye", "spelt", "oat", "wheat", "maize")
    texts = {
        "bakery": [f"The {kind} loaf of the bakery is baked at {200 + n} degrees." for n, kind in enumerate(kinds)],
        "town": [
            *(f"The {n}th council of the town met and voted on the tax of that year." for n in range(60)),
            "The town has a bakery, where at noon it was 40 degrees in the shade, and a loaf is free for the mayor.",
        ],
    }
    opened = []
    for name, lines in texts.items():
        (tmp_path / name).mkdir()
        for n, line in enumerate(lines):
            (tmp_path / name / f"{n}.txt").write_text(line, encoding="utf-8")
        opened.append(Collection.open(name))
        opened[-1].ingest([tmp_path / name])
    for kind, question in (
        (1, "At how many degrees is a spelt loaf of the bakery baked?"),
        (3, "How many degrees does the bakery need for a wheat loaf?"),
        (4, "What bakes at 204 degrees in the bakery?"),
    ):
        best = together.query(opened, question, 3).hits[0]
        assert (best.collection, Path(best.path).name) == ("bakery", f"{kind}.txt")
    for one in opened:
        one.close()


def test_a_least_score_is_one_between_collections(bases: list[Collection]) -> None:
    """Within a collection the best passage has a score near 1, whatever it says."""
    question = "How many tonnes does the crane lift?"
    scores = [hit.score for hit in together.query(bases, question, 5).hits]
    least = (scores[0] + scores[1]) / 2
    settings = replace(bases[0].settings, retrieval=replace(bases[0].settings.retrieval, min_score=least))
    for one in bases:
        one.settings = settings
    assert [hit.score for hit in together.query(bases, question, 5).hits] == scores[:1]


def test_a_route_takes_the_base_that_answers(bases: list[Collection]) -> None:
    routes = route(bases, "What are the dues for a tonne of cargo?")
    assert [(one.collection, one.is_taken) for one in routes] == [("harbour", True), ("kitchen", False)]
    assert "words covered" in routes[0].why


def test_a_route_is_chosen_by_the_subject_and_not_by_a_rare_word_that_only_asks(home: Path, tmp_path: Path) -> None:
    opened = []
    for name, line in (
        ("boats", "The Orlan is a boat of the harbour, number"),
        ("notes", "Write down what a guest ate, room"),
    ):
        (tmp_path / name).mkdir()
        for n in range(20):
            # `Orlan` is all that its collection is about, `what` stands in one note of the other
            (tmp_path / name / f"{n}.txt").write_text(f"{line if n == 0 or name == 'boats' else 'A bed in room'} {n}.")
        opened.append(Collection.open(name))
        opened[-1].ingest([tmp_path / name])
    routes = route(opened, "What is the Orlan?")
    assert (routes[0].collection, routes[0].is_taken) == ("boats", True)
    for one in opened:
        one.close()


def test_a_description_speaks_for_a_base(bases: list[Collection]) -> None:
    before = {one.collection: one.strength for one in route(bases, "What do ships pay?")}
    bases[1].describe("What ships pay and how they are unloaded")
    after = {one.collection: one for one in route(bases, "What do ships pay?")}
    assert after["harbour"].strength > before["harbour"]
    assert "description 100%" in after["harbour"].why


def test_a_field_that_one_base_lacks_is_no_failure(bases: list[Collection]) -> None:
    found = together.query(bases, "rye bread", 4, ["base=harbour"])
    assert {hit.collection for hit in found.hits} == {"harbour"}
    with pytest.raises(UsageError, match="unknown field 'nothing'"):
        together.query(bases, "rye bread", 4, ["nothing=1"])


def test_the_same_text_is_embedded_once(bases: list[Collection], first: Path) -> None:
    """A third base of known texts gets the very vectors: the search in it gives the same cosines."""
    with Collection.open("copy") as copy:
        copy.ingest([first / "harbour"])
        there, here = (one.query("tonnes", 3, mode="dense").hits for one in (bases[1], copy))
        assert [(hit.text, hit.score) for hit in there] == [(hit.text, hit.score) for hit in here]


def test_a_passage_in_another_language_is_not_buried_by_words(home: Path, tmp_path: Path) -> None:
    """It shares no word with the question, and others in the question's language share many."""
    texts = {
        "museum": [
            "The museum of the canal tells how wide rivers were tamed, and the new hall is open on Sundays.",
            "How the lock of the old city gate was forged is told in the new guide of the museum.",
            "The new canal cafe is open from May to September.",
        ],
        "travaux": [
            "La nouvelle écluse mesure douze mètres de large et cent mètres de long.",
            "Le budget de l'année prochaine sera voté par le conseil en décembre.",
            "Les bureaux sont fermés le lundi et le mardi matin.",
        ],
    }
    bases = []
    for name, lines in texts.items():
        folder = tmp_path / name
        folder.mkdir()
        for n, line in enumerate(lines):
            (folder / f"{n}.txt").write_text(line, encoding="utf-8")
        bases.append(Collection.open(name))
        bases[-1].ingest([folder])
    found = together.query(bases, "How wide is the new lock of the canal?", 6)
    places = [(hit.collection, Path(hit.path).name) for hit in found.hits]
    assert places.index(("travaux", "0.txt")) < 2, places
    for one in bases:
        one.close()


def test_what_matches_exactly_is_not_buried_by_another_base(home: Path, tmp_path: Path) -> None:
    """Early in its own base it is among few: the passages of another may all be nearer."""
    notes = {f"{n}.txt": f"Note {n}. The worn seal of a pump in Marrec is replaced on day {n * 7}." for n in range(20)}
    shop = {"exact.txt": "QX-7741 left the shop in May.", "seals.txt": "Seals are sold by the dozen."}
    shop |= {"pumps.txt": "Pumps come in three sizes.", "bread.txt": "Bread from Marrec."}
    bases = []
    for name, texts in {"notes": notes, "shop": shop}.items():
        folder = tmp_path / name
        folder.mkdir()
        for file, text in texts.items():
            (folder / file).write_text(text, encoding="utf-8")
        bases.append(Collection.open(name))
        bases[-1].ingest([folder])
    for question in ('"left the shop" pump worn seal', "How is the worn seal of a pump replaced, as with QX-7741?"):
        hits = together.query(bases, question, 6).hits
        assert "exact.txt" in [Path(hit.path).name for hit in hits[:EARLY]], question
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    common = together.query(bases, "Which pump of Marrec has a worn seal?", 6).hits
    assert {hit.collection for hit in common[:EARLY]} == {"notes"}  # a name that is in all of them singles out nothing
    for one in bases:
        one.close()


def test_the_order_of_each_collection_stands(bases: list[Collection]) -> None:
    """What is early by an exact match or a second hop is not pushed back by the measure between collections."""
    for question in ("How many tonnes does the crane lift?", "rye bread dues", '"12 crowns" cargo'):
        merged = together.query(bases, question, 6).hits
        for one in bases:
            alone = [hit.chunk_id for hit in one.query(question, 6, order="score").hits]
            beside = [hit.chunk_id for hit in merged if hit.collection == one.name]
            assert [chunk_id for chunk_id in alone if chunk_id in beside] == beside


def test_several_answer_as_one(bases: list[Collection]) -> None:
    both = several.Several(bases)
    made = both.ask("How many tonnes does the harbour crane lift?")
    assert made.proved
    assert Path(made.citations[0].path).name == "crane.txt"
    assert (made.hits[0].collection, len(made.hits)) == ("harbour", len({hit.document_id for hit in made.hits}))
    assert both.ask("How many tonnes does the harbour crane lift?").cached
    assert Path(both.ask("How many leeks does leek soup need?").citations[0].path).name == "soup.txt"
    refused = both.ask("Who won the football world cup of 1998?")
    assert not refused.found
    assert "searched: kitchen: 2 passages of 2 documents; harbour: 3 passages" in "\n".join(refused.warnings)
    shares = both.share_of_chunks(["bread", "crane", "zebra"])
    assert shares == [2 / 5, 1 / 5, 0.0]


def test_what_one_base_names_is_not_missing(bases: list[Collection]) -> None:
    both = several.Several(bases)
    (kitchen, harbour) = (one.named_nowhere("Does the crane TX-40 lift more than LM317?") for one in bases)
    assert kitchen == harbour == both.named_nowhere("Does the crane TX-40 lift more than LM317?") == ["TX-40", "LM317"]
    made = both.ask("What does article 312 say of harbour dues?")
    assert (made.found, made.warnings[0]) == (False, "not found: nothing in the documents names article 312")

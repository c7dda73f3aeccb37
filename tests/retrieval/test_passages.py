from dataclasses import replace

from ragcli.records import Hit
from ragcli.retrieval.passages import GAP, in_document_order, passages


def hit(chunk: int, text: str, document: int = 1, ordinal: int = 0, page: int | None = None) -> Hit:
    """A chunk, on a page of its own unless told."""
    page = page or chunk + 1
    return Hit(
        0, 1 / (chunk + 1), chunk, f"/d/{document}.pdf", text, page=page, pages=(page,), bbox=(0.0, 10.0 * chunk, 50.0, 99.0),
        document_id=document, ordinal=ordinal, chunk_ids=(chunk,),
    )  # fmt: skip


SAID = "The notice period of either party is three months to the end of a quarter, in writing."


def test_the_same_text_is_one_hit_with_its_places() -> None:
    ranked = [hit(1, SAID), hit(2, "Something else stands here."), hit(3, SAID.upper(), document=2, page=7)]
    first, second = passages(ranked, 5, merge=True)
    assert (first.chunk_id, first.rank, second.rank) == (1, 1, 2)
    assert [(place.path, place.page, place.chunk_id) for place in first.also] == [("/d/2.pdf", 7, 3)]


def test_a_changed_word_is_another_text() -> None:
    assert len(passages([hit(1, SAID), hit(2, SAID.replace("three", "six"), document=2)], 5, merge=True)) == 2


def test_other_punctuation_is_the_same_text_and_another_sign_is_not() -> None:
    text = " ".join(f"word{number}" for number in range(30))
    marked = f"• “{text.replace(' word9 ', ', word9; ').replace(' word20', '. Word20')}”."
    (one,) = passages([hit(1, text), hit(2, marked, document=2)], 5, merge=True)
    assert [place.chunk_id for place in one.also] == [2]
    for sign in ("☐", "☒", "-7", "7 %", "7 €"):
        other = text.replace("word9", "7").replace("7", sign, 1)
        assert len(passages([hit(1, text.replace("word9", "7")), hit(2, other, document=2)], 5, merge=True)) == 2


def test_neighbours_are_one_passage_in_reading_order() -> None:
    ranked = [
        hit(5, "Second part.", ordinal=5, page=2),
        hit(9, "Far away.", ordinal=40),
        hit(4, "First part.", ordinal=4),
    ]
    merged, far = passages(ranked, 5, merge=True)
    assert (merged.text, merged.chunk_id, merged.chunk_ids) == ("First part.\n\nSecond part.", 5, (4, 5))
    assert (merged.pages, merged.page, merged.bbox) == ((2, 5), 2, ranked[0].bbox)
    assert far.text == "Far away."
    assert len(passages(ranked, 5, merge=False)) == 3


def test_at_most_three_are_merged_and_overlap_is_shown_once() -> None:
    ranked = [hit(n, f"Part {n} of the long story that overlaps.", ordinal=n) for n in range(5)]
    assert [one.chunk_ids for one in passages(ranked, 5, merge=True)] == [(0, 1, 2), (3, 4)]
    twice = [
        hit(1, "One two. The seam that both of them hold.", ordinal=1),
        hit(2, "The seam that both of them hold. End.", ordinal=2),
    ]
    assert passages(twice, 1, merge=True)[0].text == "One two. The seam that both of them hold. End."


def test_text_of_one_page_is_one_passage_with_a_gap() -> None:
    first, other, second = (
        hit(1, "Of the notice.", ordinal=6, page=3),
        hit(2, "Another page.", ordinal=20, page=8),
        hit(3, "Of the rent.", ordinal=2, page=3),
    )
    one, two = passages([first, other, second], 5, merge=True)
    assert one.text == f"Of the rent.\n\n{GAP}\n\nOf the notice."
    assert (one.chunk_id, one.chunk_ids, one.pages, one.ordinal) == (1, (3, 1), (3,), 2)
    assert one.bbox == (0.0, 10.0, 50.0, 99.0)
    assert two.text == "Another page."
    filled = passages([first, second, hit(4, "What stood between.", ordinal=3, page=3)], 5, merge=True)
    assert [each.text for each in filled] == [f"Of the rent.\n\nWhat stood between.\n\n{GAP}\n\nOf the notice."]


def test_a_fourth_chunk_of_a_page_comes_behind_the_other_places() -> None:
    page = [hit(n, f"Text {n} of the page.", ordinal=2 * n, page=3) for n in range(5)]
    over = replace(hit(7, "It goes on overleaf.", ordinal=30, page=3), pages=(3, 4))
    assert [one.chunk_ids for one in passages([*page, over], 5, merge=True)] == [(0, 1, 2), (7,), (3, 4)]
    assert [one.chunk_ids for one in passages([*page, over], 2, merge=True)] == [(0, 1, 2), (7,)]
    assert len(passages(page, 5, merge=False)) == 5


def test_two_tables_of_a_page_stay_two() -> None:
    tables = [
        replace(hit(n, f"| {n} | b |\n| --- | --- |\n| c | d |", ordinal=4 * n, page=3), kind="table") for n in (1, 2)
    ]
    shown = passages([*tables, hit(3, "And text.", ordinal=1, page=3)], 5, merge=True)
    assert [each.chunk_ids for each in shown] == [(3, 1), (2,)]


def test_a_table_and_the_text_of_its_page_are_one_passage() -> None:
    text = hit(1, "Sales rose in 2023.", ordinal=3, page=3)
    table = replace(hit(2, "| Year | Sales |\n| --- | --- |\n| 2023 | 41 |", ordinal=9, page=3), kind="table")
    for first, second in ((text, table), (table, text)):
        (shown,) = passages([first, second], 5, merge=True)
        assert (shown.kind, shown.chunk_id, shown.chunk_ids) == (first.kind, first.chunk_id, (1, 2))
        assert shown.text == f"{text.text}\n\n{GAP}\n\n{table.text}"
    second_table = replace(table, chunk_id=4, chunk_ids=(4,), text=table.text.replace("Sales", "Costs"), ordinal=12)
    assert [each.chunk_ids for each in passages([text, table, second_table], 5, merge=True)] == [(1, 2), (4,)]
    assert len(passages([text, replace(table, kind="figure")], 5, merge=True)) == 2


def test_k_passages_are_filled_from_what_follows() -> None:
    ranked = [hit(1, SAID), hit(2, SAID, document=2), hit(3, "Another text."), hit(4, "A third text.", document=3)]
    assert [one.chunk_id for one in passages(ranked, 2, merge=True)] == [1, 3]


def test_a_copy_behind_the_last_passage_is_listed() -> None:
    ranked = [hit(1, SAID), hit(3, "Another text."), hit(4, "Beside it.", ordinal=1), hit(2, SAID, document=2)]
    (only,) = passages([replace(one, ordinal=10 * at) for at, one in enumerate(ranked)], 1, merge=True)
    assert [place.chunk_id for place in only.also] == [2]


def test_document_order() -> None:
    ranked = [
        replace(hit(1, "b", 1, 9), rank=1),
        replace(hit(2, "c", 2, 3), rank=2),
        replace(hit(3, "a", 1, 2), rank=3),
    ]
    assert [one.text for one in in_document_order(ranked)] == ["a", "b", "c"]


HEAD = "Table 2. Gauges\n\n| Gauge | Stage |\n| --- | --- |"


def test_the_parts_of_a_table_are_one_passage_under_one_head() -> None:
    parts = [
        replace(hit(n, f"{HEAD}\n| {name} | {n} |", ordinal=n), kind="table")
        for n, name in ((7, "Skarn"), (2, "Halden"))
    ]
    more = [replace(hit(n, f"{HEAD}\n| Gauge {n} | {n} |", ordinal=n), kind="table") for n in (20, 30, 40)]
    other = replace(hit(50, HEAD.replace("Gauges", "Weirs") + "\n| Ay | 1 |", ordinal=8), kind="table")
    one, two, rest = passages([*parts, *more, replace(other, ordinal=90)], 5, merge=True)
    assert one.text == f"{HEAD}\n| Halden | 2 |\n| Skarn | 7 |\n| Gauge 20 | 20 |"
    assert two.chunk_id == 50
    assert rest.text == f"{HEAD}\n| Gauge 30 | 30 |\n| Gauge 40 | 40 |"
    assert len(passages([*parts, *more], 5, merge=False)) == 5


def test_an_equation_joins_the_text_beside_it() -> None:
    text, equation = (
        hit(1, "Where Q is the discharge.", ordinal=4),
        replace(hit(2, "Q = A v", ordinal=3), kind="equation"),
    )
    (one,) = passages([text, equation], 5, merge=True)
    assert (one.text, one.kind, one.chunk_ids) == ("Q = A v\n\nWhere Q is the discharge.", "text", (2, 1))
    assert len(passages([text, replace(equation, kind="figure")], 5, merge=True)) == 2

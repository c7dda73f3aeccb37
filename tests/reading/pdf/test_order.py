"""What was drawn out of turn, put back: no heading behind its text, no column torn apart, no sentence parted."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from ragcli.reading.pdf.order import in_reading_order
from ragcli.reading.pdf.paragraphs import Draft
from ragcli.reading.text_layer.row import Row

WIDE = (50.0, 350.0)
LEFT, RIGHT = (50.0, 190.0), (210.0, 350.0)


def draft(
    text: str, top: float, sides: tuple[float, float] = WIDE, lines: int = 1, upright: bool = True, size: float = 10.0
) -> Draft:
    """A paragraph of so many lines, each of which reads `text`; lines are 12 points apart."""
    left, right = sides
    rows = []
    for n in range(lines):
        y = top + 12 * n
        box = (left, y, right, y + 10)
        rows.append(
            Row(
                text,
                box,
                left,
                right,
                y,
                y + 10,
                y + 8,
                size,
                False,
                False,
                False,
                False,
                (1.0, 0.0),
                0,
                upright=upright,
            )
        )
    made = Draft(rows[:1])
    for row in rows[1:]:
        made.add(row)
    return made


def order(drafts: list[Draft]) -> list[str]:
    return [each.rows[0].text for each in in_reading_order(drafts) or ()]


BODY = "The river rose by two metres and nobody was asleep when it came."


def body(top: float, sides: tuple[float, float] = WIDE, mark: str = "") -> Draft:
    return draft(mark + BODY, top, sides, lines=4)


def test_a_heading_drawn_last_comes_before_its_text() -> None:
    assert order([body(100), body(200), draft("Strategic Priorities", 50)]) == ["Strategic Priorities", BODY, BODY]


def test_a_footer_drawn_first_comes_last_and_nothing_else_moves() -> None:
    drafts = [draft("Annual report, page nine", 560), draft("Findings", 50), body(100), draft("Costs", 200), body(220)]
    assert order(drafts) == ["Findings", BODY, "Costs", BODY, "Annual report, page nine"]


def test_columns_stay_one_after_the_other() -> None:
    drafts = [body(100, LEFT, "1 "), body(200, LEFT, "2 "), body(100, RIGHT, "3 "), body(200, RIGHT, "4 ")]
    assert in_reading_order(drafts) == drafts


def test_a_heading_of_the_right_column_stays_in_that_column() -> None:
    drafts = [body(100, LEFT, "1 "), body(200, LEFT, "2 "), body(120, RIGHT, "3 "), draft("Results here", 100, RIGHT)]
    assert [text[:2] for text in order(drafts)] == ["1 ", "2 ", "Re", "3 "]


def test_a_sentence_is_not_parted() -> None:
    open_end = draft("and so it goes on without an end", 100, lines=4)
    rest = body(300)
    label = draft("Number of gauges", 200)
    assert in_reading_order([open_end, rest, label]) == [open_end, rest, label]
    assert order([body(100), rest, label]) == [BODY, "Number of gauges", BODY]


def test_headings_go_between_a_noted_sentence_and_what_begins_anew() -> None:
    noted = draft('and nobody knew how long it would last."[258][note 1]', 100, lines=4)
    heading = draft("Accepting gifts", 160, size=14.0)
    unnoted = draft("as a list ends, ISBN 0-553-12455-X", 100, lines=4)
    assert order([noted, body(180), heading])[1] == heading.rows[0].text
    assert order([unnoted, body(180), heading])[1] == heading.rows[0].text
    assert order([unnoted, draft("goes on below it", 180, lines=2), heading])[1] != heading.rows[0].text


def test_headings_that_are_all_drawn_last_are_put_back_whatever_else_is_drawn_apart() -> None:
    caption, box = draft("The capital, seen from the bridge", 230), draft("Party and voters in January", 60, lines=3)
    headings = [
        draft(title, top, size=14.0) for title, top in (("Military", 120), ("Cities", 140), ("Big cities", 160))
    ]
    drafts = [caption, box, body(180, mark="1 "), body(250, mark="2 "), *headings]
    assert order(drafts)[1:4] == ["Military", "Cities", "Big cities"]


def test_signs_without_a_word_and_what_is_set_sideways_stay() -> None:
    drafts = [body(100), body(200), draft("(1)", 180), draft("DRAFT OF THE YEAR", 150, upright=False)]
    assert in_reading_order(drafts) == drafts


def test_a_page_with_an_order_of_its_own_is_in_doubt() -> None:
    """Drawn from the bottom up: half of it would have to move."""
    assert in_reading_order([body(300, mark="3 "), body(200, mark="2 "), body(100, mark="1 ")]) is None


@given(
    st.integers(0, 6),
    st.integers(0, 6),
    st.lists(st.sampled_from([WIDE, LEFT, RIGHT]), min_size=7, max_size=7),
)
def test_one_draft_out_of_turn_is_put_back(taken: int, put: int, sides: Sequence[tuple[float, float]]) -> None:
    drafts = [body(60.0 * at, side) for at, side in enumerate(sides)]
    drawn = list(drafts)
    drawn.insert(put, drawn.pop(taken))
    ordered = in_reading_order(drawn)
    assert ordered is not None
    assert sorted(map(id, ordered)) == sorted(map(id, drafts))
    assert list(map(id, in_reading_order(ordered) or ())) == list(map(id, ordered))
    if len(set(sides)) == 1:
        assert list(map(id, ordered)) == list(map(id, drafts))


@given(st.permutations(range(7)), st.lists(st.sampled_from([WIDE, LEFT, RIGHT]), min_size=7, max_size=7))
def test_nothing_is_lost_or_the_page_is_in_doubt(turns: Sequence[int], sides: Sequence[tuple[float, float]]) -> None:
    drafts = [body(60.0 * turn, side) for turn, side in zip(turns, sides, strict=True)]
    ordered = in_reading_order(drafts)
    assert ordered is None or sorted(map(id, ordered)) == sorted(map(id, drafts))

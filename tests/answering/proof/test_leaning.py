"""Which sentences of a page hold only together with another."""

from ragcli.answering.proof.leaning import heading_key, headings_above, is_denied, leans_on, note_mark
from ragcli.chunking.sentences import split


def leaning(page: str, language: str = "en", section: tuple[str, ...] = ()) -> list[int | None]:
    return leans_on(split(page, language), section)


def test_below_a_heading_that_denies_up_to_the_next() -> None:
    page = "## Myths\n\nIt was built by giants. It is old.\n\n### Of bread\n\nIt is bad.\n\n## Facts\n\nIt was built by masons."
    assert leaning(page) == [None, 0, 0, None, 0, None, None]
    assert leaning("Myths\n\nIt was built by giants.\n\nFacts\n\nIt was built by masons.") == [None, 0, None, None]
    # The heading may stand on the page before.
    assert leaning("It was built by giants.", section=("Handbook", "Myths")) == [0]
    assert leaning("Myths\n\nIt was built by giants.", section=("Handbook", "Myths")) == [None, 1]
    assert leaning("## Facts\n\nIt was built by masons.", section=("Handbook", "Myths")) == [None, None]


def test_behind_a_line_that_denies_up_to_the_paragraphs_end() -> None:
    assert leaning("The following is false. It is old. It is tall.\n\nIt is new.") == [None, 0, 0, None]
    assert leaning("Critics claimed:\n\nIt is old. It is tall.\n\nIt is new.") == [None, 0, 0, None]
    assert leaning("These are myths we heard, listed below.\n\n- It is old.\n- It is tall.") == [None, 0, 0]
    assert leaning("Myth: It is old. It is tall.\n\nIt is new.") == [None, 0, None]
    assert leaning("Myth: It is old. It is tall. Fact: It is new. It is small.") == [None, 0, None, None]
    assert is_denied("- Myth: It is old. It is tall.")
    assert not is_denied("- Fact: It is old. It is tall.")
    assert not is_denied("- No dogs are allowed here: They bite. Cats do not.")


def test_before_a_sentence_that_takes_it_back() -> None:
    assert leaning("It is old. It was built by giants. This is not true. It is new.") == [None, 2, None, None]


def test_within_a_quotation_that_the_passage_does_not_close() -> None:
    # One that is closed is no more than one sentence.
    assert leaning("Smith said: “It was hard. The money was lost.” He led the bank.") == [None, None]
    assert leaning("Smith said: “It was hard. The money was lost. Nobody came.") == [None, 0, 2]
    assert leaning("Er sagte: „Es war hart. Das Geld war weg.", "de") == [None, 0]
    assert leaning("Il dit : « C'était dur. L'argent fut perdu.", "fr") == [None, 0]
    assert leaning('The mast of 5" was found. It is old.') == [None, None]
    assert leaning("The “old” tower fell. It is gone.") == [None, None]


def test_the_halves_of_a_sentence_that_a_break_parts() -> None:
    assert leaning("It is refunded\n\nif no damage is found. The key is here.") == [1, 0, None]
    assert leaning("It is refunded\n\nFigure 3. The desk.\n\nif no damage is found.")[0] is not None
    assert leaning("the tower was built by giants. It is old.") == [0, None]  # its beginning is on the page before
    assert leaning("It is old. It is refunded in full,") == [None, 1]
    assert leaning("## Commit\n\ngit commit saves changes. It is quick.")[2] is None
    assert leaning("It is old.\n\niPhones are sold here.") == [None, None]


def test_a_note_that_a_mark_names() -> None:
    assert leaning("It costs five euros [1]. It is old.\n\n[1] Except on Sundays.")[:2] == [2, None]
    assert leaning("It costs five euros.¹ It is old.\n\n¹ Except on Sundays.")[:2] == [2, None]
    assert leaning("It costs* five euros. It is old.\n\n* Except on Sundays.")[:2] == [2, None]
    assert leaning("It covers 5 m² of land. It is old.") == [None, None]
    units = split("It costs five euros.¹ It is old.", "en")
    assert [note_mark(units, at) for at in range(2)] == ["", "¹"]


def test_what_somebody_says_in_minutes_is_not_said_by_the_page() -> None:
    assert leaning("Ms Okafor: The bridge is old. It was never checked.\n\nIt is closed.") == [None, 0, None]
    assert leaning("Dr. Hale: The roof is sound. It was tested.") == [None, 0]
    assert leaning("Q: Was it late? A: It was noon. The guard slept.") == [None, None, 1]
    assert leaning("The Deep Lake: A film of 1990. It was made in Lund.") == [None, None]
    assert leaning("Counsel for the owners: The doors were shut. They knew.") == [None, 0]
    assert leaning("M. Tardieu : Le pont est vieux. Il est fermé.", "fr") == [None, 0]
    assert leaning("Ms Berg: It is late. The cost: it is nine.") == [None, 0]
    assert leaning("Storage: Keep it dry. Keep it cool.") == [None, None]


def test_below_and_behind_what_supposes() -> None:
    assert leaning("## Option B\n\nThe owner pays. It is due.\n\n## Keys\n\nTwo are kept.") == [None, 0, 0, None, None]
    assert leaning("We tested two hypotheses. It is old. It is tall.\n\nIt is new.") == [None, 0, 0, None]
    # An example is no longer than two sentences.
    page = "Example: Anna is paid. She gets two. She has one. She is glad. The wage is due in May."
    assert leaning(page) == [None, 0, None, None, None]


def test_below_a_line_that_forbids_or_is_left_open() -> None:
    assert leaning("The following are prohibited.\n\n- Guests smoke in bed.\n- Dogs bark.\n\nIt is late.") == [
        None,
        0,
        0,
        None,
    ]
    assert leaning("We pay for none of these losses.\n\n- Jewels are stolen.") == [None, 0]
    assert leaning("It is not known whether\n\n- the fees were repaid.") == [None, 0]
    assert leaning("Which of these is allowed?\n\n- Dogs run free.\n- Dogs are led.") == [None, 0, 0]
    assert leaning("Do you agree with these statements?\n\n- My boss is fair.\n- My pay is good.") == [None, 0, 0]
    assert leaning("How is it opened?\n\n- Turn the key.\n- Push the door.") == [None, None, None]
    # A name goes on as well, though it has a capital.
    assert leaning("He rejected the report that\n\nSmith & Co. had paid. It is late.") == [1, 0, None]


def test_within_single_quotation_marks() -> None:
    assert leaning("Smith said: 'It was hard. The money was lost. Nobody came.") == [None, 0, 2]
    assert leaning("Smith said: ‘It was hard. The money was lost. Nobody came.") == [None, 0, 2]
    assert leaning("It binds the ligand, 'ROS-1' for short. It is new.") == [None, None]
    assert leaning("The owners' 'old' tower isn't new. It is tall.") == [None, None]


def test_the_headings_that_a_sentence_stands_below() -> None:
    page = "Bid of Astra\n\nIt is ten.\n\nBid of Boreal\n\nIt is nine."
    one, two = frozenset(("bid of astra",)), frozenset(("bid of boreal",))
    assert list(headings_above(split(page, "en"))) == [one, one, two, two]
    section = ("Tender", "Bid of Astra")
    outer = frozenset(("tender",))
    assert list(headings_above(split(page, "en"), section)) == [one | outer, one | outer, two | outer, two | outer]
    assert list(headings_above(split("It is ten.", "en"), section)) == [one | outer]
    assert heading_key("**Bid of Astra:**") == heading_key("## Bid of  Astra") == "bid of astra"

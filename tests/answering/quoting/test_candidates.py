"""Of the sentences that may answer those are quoted that say something new, each that announces with what it announces."""

from dataclasses import replace

from ragcli.answering.quoting.quotes import rank
from ragcli.embedding.protocol import Embedder
from ragcli.records import Hit

TOWER = (
    "The Skarn tower was planned by Odile Garnier. The tower was built in 1889, when the harbour was widened. "
    "The tower is 330 metres tall. About 700,000 people climb the tower each year."
)
HALL = Hit(
    2, 1 / 2, 2, "2.txt", "The Skarn town hall was finished in 1920 by masons. It is 40 metres tall.", language="en"
)


def test_a_repeated_sentence_is_quoted_once(embedder: Embedder) -> None:
    twice = [
        Hit(1, 1.0, 1, "tower.txt", TOWER, language="en"),
        Hit(2, 0.5, 9, "copy.txt", TOWER.replace("is 330", "is  330"), language="en"),
    ]
    quotes = rank("How tall is the tower?", twice, embedder, "en").best(8)
    assert [quote.source.hit for quote in quotes] == [0, 0, 0]


def test_what_is_far_worse_than_the_best_is_not_quoted_beside_it(embedder: Embedder) -> None:
    hits = [Hit(1, 1.0, 1, "tower.txt", TOWER, language="en"), HALL]
    ranking = rank("How tall is the tower?", hits, embedder, "en")
    quotes = ranking.best(8)
    assert quotes[0].source.unit.text == "The tower is 330 metres tall."
    assert 1 < len(quotes) < len(ranking.candidates)
    assert min(one.score for one in quotes) >= quotes[0].score - 0.4 > min(one.score for one in ranking.candidates)


def test_what_announces_is_one_quote_with_what_it_announces(embedder: Embedder) -> None:
    text = "Aims of the harbour trial:\n\n- fewer ships aground\n- quiet nights\n\nThe trial was on the harbour's mind."
    hits = [Hit(1, 1.0, 1, "a.txt", text, language="en"), HALL]
    texts = [one.source.unit.text for one in rank("aims of the harbour trial", hits, embedder, "en").best(2)]
    assert texts[0] == "Aims of the harbour trial:\n- fewer ships aground\n- quiet nights"
    assert "quiet" not in texts[1]


def test_the_command_that_a_sentence_announces_is_shown_however_short(embedder: Embedder) -> None:
    text = "To change the password of a user, run the following command:\n\npasswd\n\nYou will be asked for it twice."
    hits = [Hit(1, 1.0, 1, "a.txt", text, language="en"), HALL]
    (found,) = rank("How do I change the password of a user?", hits, embedder, "en").best(1)
    assert found.source.readable == "To change the password of a user, run the following command: passwd"


def test_that_there_are_some_is_quoted_with_which(embedder: Embedder) -> None:
    text = "There are some exceptions to the harbour fee. Fishing boats and ferries pay nothing. The fee is due in May."
    hits = [Hit(1, 1.0, 1, "a.txt", text, language="en"), HALL]
    which = rank("What are the exceptions to the harbour fee?", hits, embedder, "en").best(1)
    assert which[0].source.unit.text.endswith("pay nothing.")
    text = "Il existe plusieurs exceptions au droit de port. Les bateaux de pêche ne paient rien."
    hits = [Hit(1, 1.0, 1, "a.txt", text, language="fr"), replace(HALL, language="fr")]
    which = rank("Quelles sont les exceptions au droit de port ?", hits, embedder, "fr").best(1)
    assert which[0].source.readable == text
    text = "There are two exceptions to the harbour fee. Fishing boats and ferries pay nothing."
    hits = [Hit(1, 1.0, 1, "a.txt", text, language="en"), HALL]
    how_many = rank("How many exceptions to the harbour fee are there?", hits, embedder, "en").best(1)
    assert how_many[0].source.unit.text == "There are two exceptions to the harbour fee."


def test_a_long_list_is_announced_with_its_first_items(embedder: Embedder) -> None:
    items = [
        f"- the harbour of the {name} bay, with its sheds, cranes and moorings"
        for name in ("north", "south", "east", "west", "upper", "lower", "inner", "outer", "old", "new", "far", "near")
    ]
    hits = [Hit(1, 1.0, 1, "a.txt", "The port company owns:\n\n" + "\n".join(items), language="en"), HALL]
    (found,) = rank("What does the port company own?", hits, embedder, "en").best(1)
    assert found.source.unit.text.endswith("new bay, with its sheds, cranes and moorings")


def test_beside_the_minutes_of_a_month_those_of_another_are_not_quoted(embedder: Embedder) -> None:
    said = "The council met for the {0}. It decided to spend {1} pounds on the {0}."
    minutes = [
        Hit(n, 1 / n, n, f"minutes-2022-{n:02}-14.md", said.format(subject, n * 17), language="en", document_id=n)
        for n, subject in enumerate(("roof", "ferry", "bell"), start=5)
    ]
    other = Hit(9, 0.1, 9, "letter.md", "In June the council decided to spend nothing.", language="en", document_id=9)
    ranking = rank(
        "How much did the council decide to spend in June 2022?", [*minutes[1:], minutes[0], other], embedder, "en"
    )
    assert {one.source.hit for one in ranking.candidates} == {0, 1, 2, 3}
    assert {one.source.hit for one in ranking.best(4)} == {0, 3}
    undated = rank("How much did the council decide to spend?", minutes, embedder, "en")
    assert {one.source.hit for one in undated.best(6)} == {0, 1, 2}


def test_all_rows_that_are_such_are_quoted_where_several_are_asked_for(embedder: Embedder) -> None:
    rows = [("Aval", "Orle"), ("Dule", "Tarn"), ("Edrim", "Orle"), ("Falk", "Orle"), ("Gorm", "Tarn"), ("Hest", "Orle")]
    table = "| Station | River | In service |\n|---|---|---|\n" + "\n".join(
        f"| {station} | {river} | {1990 + at} |" for at, (station, river) in enumerate(rows)
    )
    hits = [Hit(1, 1.0, 1, "a.md", table, language="en", kind="table"), HALL]

    def labels(question: str) -> list[str]:
        found = rank(question, hits, embedder, "en").rows_alike()
        return [one.source.row.label for one in found if one.source.row]

    assert labels("Which stations are on the river Orle?") == ["Aval", "Edrim", "Falk", "Hest"]
    assert labels("Which station is on the river Orle?") == []
    assert labels("Which stations are in service?") == []  # all are, by the heads alone

"""What the next sentence takes back is quoted with it."""

import pytest

from ragcli.answering.quoting.retraction import with_retraction
from ragcli.answering.sources import sources
from ragcli.records import Hit


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Dogs are admitted. This no longer applies.", "Dogs are admitted. This no longer applies."),
        (
            "Tickets cost 12 euros. Except on Sundays, when entry is free.",
            "Tickets cost 12 euros. Except on Sundays, when entry is free.",
        ),
        ("Les chiens sont admis. Ce n'est pas vrai.", "Les chiens sont admis. Ce n'est pas vrai."),
        ("Dogs are admitted. Cats are admitted, too.", "Dogs are admitted."),
        ("Dogs are admitted.\n\nThis no longer applies.", "Dogs are admitted."),  # a paragraph of its own
        ("Dogs are admitted.", "Dogs are admitted."),
    ],
)
def test_a_sentence_is_quoted_with_what_takes_it_back(text: str, quoted: str) -> None:
    everything = sources([Hit(1, 1.0, 1, "a.md", text, language="fr" if "chiens" in text else "en")])
    assert with_retraction(everything[0], everything).unit.text == quoted

"""What is a sum of money."""

import pytest

from ragcli.answering.wording.money import is_money, is_price_list


@pytest.mark.parametrize(
    "text",
    [
        "$230 million",
        "1,386.82 pounds",
        "4 870 € HT",
        "4.5 billion dollars",
        "120 millions d'euros",
        "120 millions d’euros",
        "US$99.99",
    ],
)
def test_a_sum_with_its_currency_is_money(text: str) -> None:
    assert is_money(text)


def test_a_row_of_figures_is_money_below_a_caption_that_names_the_currency() -> None:
    assert is_money("| Equipment | 118 900 |", "Table 5. Spending, in euros.")
    assert not is_money("| Equipment | 118 900 |", "Tableau 4. Part, en pour cent.")
    assert not is_money("| Equipment | none |", "Table 5. Spending, in euros.")
    assert not is_money("20 mm of rain")


def test_a_table_of_prices_names_them_over_its_figures() -> None:
    rows = "| | Weekday |\n| --- | --- |\n| Adults | 8 |"
    assert is_price_list(f"Admission fees\n\n{rows}")
    assert is_price_list(f"Preise\n\n{rows}")
    assert not is_price_list(f"Visitors\n\n{rows}")
    assert not is_price_list("The costs of 8 visits are borne by the guests.")
    assert is_money("| Adults | 8 |", "Admission fees")
    assert not is_money("| Adults | 8 |", "Visitors")
    assert not is_money("| Adults | free |", "Admission fees")


def test_however_many_figures_stand_in_a_row_without_a_currency_they_are_no_money() -> None:
    """It used to be looked for behind each of them up to the last: 30,000 took more than a minute."""
    figures = "1 " * 15_000
    assert not is_money(figures)
    assert is_money(f"{figures}€")

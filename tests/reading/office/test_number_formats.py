"""What a format adds to a number, and how precise it leaves a day."""

import datetime

import pytest

from ragcli.reading.office.number_formats import shown_day, shown_number


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1234.5, '#,##0.00 "€"', "1234.5 €"),
        (1234.5, '"$"#,##0.00', "$1234.5"),
        (-99.5, '"$"#,##0.00_);[Red]("$"#,##0.00)', "-$99.5"),
        (12, "[$CHF-807] #,##0;-[$CHF-807] #,##0", "CHF 12"),
        (12.5, "_-* #,##0.00 [$€-407]_-;-* #,##0.00 [$€-407]_-", "12.5 €"),
        (12, "[$-409]0.00", "12"),
        (0.125, "0.0\\ %", "12.5 %"),
        (1234, "00000", "01234"),
        (42, '"PN-"0000', "PN-0042"),
        (-3.5, '0.0"°C"', "-3.5°C"),
        (2_500_000, '0.0,,"M"', "2.5M"),
        (-5, '0" profit";0" loss"', "5 loss"),
        (0.1 + 0.2, "General", "0.3"),
        (0.25, "# ?/?", "0.25"),
        (6.02e23, "0.00E+00", "6.02e+23"),
        (441632960961, "+## #### ######", "441632960961"),
    ],
)
def test_a_number_has_all_its_digits_and_its_unit(value: float, form: str, shown: str) -> None:
    assert shown_number(value, form) == shown


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("mmm yy", "2024-03"), ("yyyy", "2024"), ("dd.mm.yyyy", "2024-03-05 14:30"), ('[$-407]mmmm" 20"yy', "2024-03"),
        ("General", "2024-03-05 14:30"),
    ],
)  # fmt: skip
def test_a_day_is_as_precise_as_it_is_shown(form: str, shown: str) -> None:
    assert shown_day(datetime.datetime(2024, 3, 5, 14, 30), form) == shown

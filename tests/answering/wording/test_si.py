"""Units whose case tells them apart, and those whose case says nothing."""

import pytest

from ragcli.answering.wording.si import same_unit


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("mW", "MW", False),
        ("Gb", "GB", False),
        ("gb", "GB", False),  # may be either
        ("mA", "MA", False),
        ("MΩ", "mΩ", False),
        ("MHz", "mHz", False),
        ("ms", "mS", False),
        ("nm", "Nm", False),
        ("mm", "mM", False),
        ("t", "T", False),
        ("k", "K", False),
        ("pa", "PA", False),
        ("km", "KM", True),
        ("kg", "Kg", True),
        ("KB", "kB", True),
        ("ml", "mL", True),
        ("kWh", "KWH", True),
        ("GHz", "GHZ", True),
        ("cm", "CM", True),
        ("V", "v", True),
        ("pm", "PM", True),
        ("metres", "Metres", True),
    ],
)
def test_case_tells_units_apart_where_both_are_units(one: str, other: str, agree: bool) -> None:
    assert same_unit(one, other) is agree
    assert same_unit(other, one) is agree

"""Letters of MacRoman that were mapped as Latin-1; Icelandic, German and Portuguese keep theirs."""

import pytest

from ragcli.reading.fonts.mac_roman import wrong_letters


def mended(text: str) -> str:
    for pattern, right in wrong_letters(text.splitlines()).items():
        text = pattern.sub(right, text)
    return text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (
            "the Þrst speciÞcation\nin a quad ßat package, inßow",
            "the first specification\nin a quad flat package, inflow",
        ),
        ("a timerÕs clock\nÔorÕ and ÔandÕ, as well", "a timer’s clock\n‘or’ and ‘and’, as well"),
        ("see ÒPLLÓ for the ÒStatic characteristicsÓ.", "see “PLL” for the “Static characteristics”."),
        ("diýer, beneÞts\ninþation, identiÞed, O−cer", "differ, benefits\ninflation, identified, Officer"),
        ("eÐective\nbeneðts, deÝation, ðrst, Oýcer", "effective\nbenefits, deflation, first, Officer"),
        ("a resistor ladderÐ\nand loopÐfrom", "a resistor ladder–\nand loop–from"),
        ("the proÞle of Straße 3\nmuß", "the profile of Straße 3\nmuß"),  # some of its German stands there rightly
    ],
)
def test_what_no_language_writes_is_mended(text: str, right: str) -> None:
    assert mended(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "Þingvellir og Þór, það er þjóðgarður\nBjörn Þórðarson",
        "Ýmir, það, aðalfundur, ÐÝÞ, ný stefna, x − y",
        "Die Straße zum Schloß, Maß und Gießharz",
        "ADMINISTRAÇÕES, NÃO, INFORMACIÓ, Òscar, Écran",
        "the letter Þ, and ß-carotene",
        "McÞór, sagði þau\nþá",  # once, in a text that has the letter
    ],
)
def test_letters_of_a_language_stay(text: str) -> None:
    assert mended(text) == text

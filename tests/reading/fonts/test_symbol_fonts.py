"""Signs of Symbol, Wingdings and Zapf Dingbats, by their numbers in the font."""

import unicodedata

import pytest

from ragcli.reading.fonts.symbol_fonts import signs_of, spelt_out


@pytest.mark.parametrize(
    ("font", "text", "said"),
    [
        ("Symbol", "\uf06d", "μ"),
        ("ABCDEF+SymbolMT", "\uf0b3 5 \uf0b1", "≥ 5 ±"),
        ("Symbol,Italic", "abgdW", "αβγδΩ"),
        ("Symbol", "α", "α"),  # in Unicode already
        ("Symbol", "200 µA × 2 ÷ 3 ©", "200 µA × 2 ÷ 3 ©".replace("A", "Α")),  # these too, as MuPDF names them
        ("Symbol", "\uf0b5 \uf0d7", "∝ ⋅"),
        ("Wingdings", "xo\uf0fe", "☒☐☑"),
        ("Wingdings-Regular", "\uf0d8 \uf0a7 \x82", "➢ ▪ ②"),
        ("Wingdings 2", "\uf0a3 yes R no", "☐ ••• ☑ ••"),
        ("ABCDEF+Wingdings2", "P", "✓"),
        ("Wingdings3", "} \uf075", "▶ ▶"),
        ("Wingdings-3", "\uf022", "→"),
        ("ZapfDingbats", "4 8 lnu", "✔ ✘ ●■◆"),
        ("ZaDb", "✓", "✓"),
        ("TeX-feymr10", "e", "€"),
        ("wingdings", "\uf0ff", "•"),  # one that no table here has
    ],
)
def test_a_sign_is_spelt_out(font: str, text: str, said: str) -> None:
    signs = signs_of(font)
    assert signs
    assert spelt_out(text, signs) == said


@pytest.mark.parametrize(
    "font", ["SegoeUISymbol", "LMMathSymbols10-Regular", "Wingdings4", "AllumiStd-DingbatsTwo", "Helvetica", ""]
)
def test_other_fonts_hold_letters(font: str) -> None:
    assert signs_of(font) is None


def test_the_greek_of_symbol_stands_where_adobe_put_it() -> None:
    signs = signs_of("Symbol") or {}
    latin_to_greek = {
        "a": "ALPHA",
        "b": "BETA",
        "g": "GAMMA",
        "l": "LAMDA",
        "m": "MU",
        "p": "PI",
        "s": "SIGMA",
        "w": "OMEGA",
    }
    for letter, name in latin_to_greek.items():
        assert unicodedata.name(signs[ord(letter)]) == f"GREEK SMALL LETTER {name}"
        assert unicodedata.name(signs[ord(letter.upper())]) == f"GREEK CAPITAL LETTER {name}"
    assert {number: signs[number] for number in (0xA3, 0xB0, 0xB4, 0xB7, 0xD6, 0xE5, 0xF2)} == {
        0xA3: "≤", 0xB0: "°", 0xB4: "×", 0xB7: "•", 0xD6: "√", 0xE5: "∑", 0xF2: "∫",
    }  # fmt: skip

"""Which text layers are not enough."""

import pytest

from ragcli.reading.ocr.need import is_garbled

ENGLISH = (
    "The river rose by two metres in the night of 7 November, and nobody in the lower town was asleep when the water came "
    "over the wall. The gauges of the authority had warned at ten, the sirens at eleven; the bridge was closed at midnight "
    "and opened again four days later, when the engineers had seen each of its piers. Eleven houses stood in the water."
)
FRENCH = (
    "L’eau est montée de deux mètres dans la nuit du 7 novembre et personne ne dormait dans la ville basse quand elle a "
    "passé le mur. Les stations du syndicat avaient donné l’alerte à dix heures, les sirènes à onze ; le pont a été fermé "
    "à minuit et rouvert quatre jours plus tard, une fois chacune de ses piles examinée par les ingénieurs."
)
CODE = "for (int i = 0; i < n; ++i) { sum += x[i] * y[i]; } return sqrt(sum / (n - 1)); // std::vector<double>\n" * 6


@pytest.mark.parametrize(
    "text", [ENGLISH, FRENCH, CODE, ENGLISH.upper(), "", "x² + y² = z²  (7)", "数学の本です。" * 60]
)
def test_sound_text(text: str) -> None:
    assert not is_garbled(text)


def shifted(text: str, by: int) -> str:
    """Each letter moved in the alphabet, as a wrong map of a font does."""
    a = ord("a")
    return "".join(chr((ord(c) - a + by) % 26 + a) if "a" <= c <= "z" else c for c in text.lower())


@pytest.mark.parametrize(
    "text",
    [shifted(ENGLISH, 3), shifted(FRENCH, 3), shifted(ENGLISH, 7), ENGLISH.replace("e", "\ufffd"), "\ue012\ue044" * 9],
)
def test_garbled_text(text: str) -> None:
    assert is_garbled(text)

"""Quantities that their unit tells, whatever they are called: `2,2 kg` answers who asks for the weight, `0.38 W` for the power.

Not lengths: a lake that is 12 km long is not 12 km deep. Nor a current, which may be the current president.
"""

import re
from dataclasses import dataclass

from ragcli.retrieval.question.asking import typed
from ragcli.retrieval.question.numerals import ENGLISH_NUMBERS, FRENCH_NUMBERS

# What each is called, folded, and its units.
_QUANTITIES = (
    (r"weigh\w*|mass(?:e|es|a)?|poids|pes(?:e|ent|o|a|an|ano|am)|gewicht\w*|wieg(?:t|en)|schwer|weegt",
     r"[mkµ]?g|t|lbs?|oz|tonn(?:e|es|en)|tons?|kilos?|(?:kilo|milli)?gramm?(?:e|es|en|s|i|os)?|toneladas?|pounds?|stone"),
    (r"power|puissance|leistung|potencia|potenza|vermogen",
     r"[mkMGT]?W|[kM]?VA|(?:kilo|mega|giga)?watts?|h\.?p\.?|horsepower|PS|ch|che?vaux"),
    (r"voltage|tension|spannung|voltaje|tensione|tensao|spanning", r"[mkµ]?V|(?:kilo)?volts?"),
    (r"frequency|frequence|frequenz|frecuencia|frequenza|frequencia|frequentie", r"[kMGT]?Hz|(?:kilo|mega|giga)?hertz"),
    (r"temperatur\w*", r"° ?[CFK]?|K|degrees?|degr[ée]s?|Grad|grados|gradi"),
    (r"pressure|pression|druck|presion|pressione|pressao|druk", r"m?bars?|[hkM]?Pa|(?:hecto|kilo)?pascals?|psi|atm\w*|mmHg"),
    (r"speed|velocity|vitesse|geschwindigkeit|velocidad|velocita|velocidade|snelheid",
     r"[km]?m/s|km/h|kph|mph|kn|knots?|n(?:o|œ|oe)uds?|rpm|tr/min|U/min|[kMG]?b(?:it)?/s|[kMG]?bps"
     r"|(?:miles|kilomet\w+|met\w+) \w+"),
    (r"area|surface|superficie|flache|oppervlakte",
     r"[ckm]?m[²2]|ha|[hH]e[ck]tar\w*|acres?|(?:square|sq\.?) \w+|\w{1,12} carrés?"),
    (r"energy|energie|energia", r"[kMGT]?Wh|[kM]?J|k?cal|calories|(?:kilo|mega)?joules?"),
)  # fmt: skip
_NUMBERS = "|".join((*ENGLISH_NUMBERS, *FRENCH_NUMBERS, "million", "thousand", "mille"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """One that a question names."""

    word: str  # by which it does, folded
    named: re.Pattern[str]  # what it is called, in any of seven languages
    figure: re.Pattern[str]

    def is_told(self, text: str) -> bool:
        """Whether a text has a figure of it, or at least its name."""
        return self.figure.search(text) is not None or self.named.search(typed(text)) is not None


_READ = tuple(
    (
        re.compile(rf"\b(?:{named})\b", re.IGNORECASE),
        re.compile(rf"(?:\d|\b(?:{_NUMBERS}))[ \u00a0\u202f-]?(?:{units})(?![\w/²³])"),
    )
    for named, units in _QUANTITIES
)


def quantities(question: str) -> list[Quantity]:
    """The quantities that a question names, or asks for by a verb: `Combien pèse …`."""
    read = typed(question)
    return [Quantity(found[0], named, figure) for named, figure in _READ for found in named.finditer(read)]

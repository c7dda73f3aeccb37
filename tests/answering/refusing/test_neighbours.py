"""What is said of a neighbour is no answer, what is said of the thing itself is one."""

from collections.abc import Iterator

import pytest

from ragcli.collection import Collection
from tests.answering.conftest import written

NEIGHBOURS = {
    "minutes_2023-06-20.md": "# Minutes\n\n## Treasurer\n\nThe rent arrears of Tarnwick stood at 9,130 crowns.\n\n"
    "## Lifts\n\nThe lift in block B failed four times. The Board asked for two quotations.\n\n"
    "## Budget for 2023\n\nThe budget of the association was voted at 124,000 crowns.\n",
    "manual_C3.md": "# Barista C3\n\nThe Barista C3 makes coffee.\n\n## Data\n\n| Item | Value |\n|---|---|\n"
    "| Power | 1,450 W |\n| Tank | 1.8 l |\n",
    "VX-310_sheet.md": "# VX-310\n\nThe VX-310 is a transmitter for compressed air.\n\nIt weighs 140 g.\n",
    "thresholds.md": "# Releases\n\n| Substance | threshold for releases to air |\n|---|---|\n| Methane | 100 000 |\n"
    "| Ammonia | 10 000 |\n| Halons | 1 |\n| Mercury | 10 |\n",
    "results.md": "# Norwick\n\n| EUR million | Q1 2023 | Q2 2023 | Q3 2023 |\n|---|---|---|---|\n"
    "| Operating income | 10.9 | 12.6 | 11.7 |\n| Net income | 7.8 | 9.1 | 8.3 |\n",
    "segments.md": "# Halden\n\n| In millions | 2023 | 2022 |\n|---|---|---|\n| Cloud for offices | 24 | 20 |\n"
    "| Personal computing | 13 | 12 |\n| Cloud for offices, costs | 11 | 9 |\n| Personal computing | 5 | 4 |\n",
    "KX5.md": "# Aggregat KX5\n\nDas Aggregat steht in der Halle.\n\n| Merkmal | Wert |\n|---|---|\n| Kältemittel | R290 |\n"
    "| Gewicht | 96 kg |\n| Leistung | 1,9 kW |\n",
    "lots.md": "# Nettoyage du syndicat\n\nLe lot 1 exige 4 références. 5 jours avant, on visite.\n\n"
    "| Lot | Surface | Montant annuel |\n|---|---|---|\n| 1 | 4 850 | 92 000 € |\n| 2 | 1 320 | 31 000 € |\n"
    "| 3 | 2 100 | 18 500 € |\n",
    "beton.md": "# Prove del calcestruzzo\n\nI provini sono 90.\n\n"
    "| Miscela | Resistenza a 7 giorni | Resistenza a 28 giorni |\n|---|---|---|\n| M30 | 29,5 | 40,1 |\n"
    "| M50 | 26,8 | 36,4 |\n",
    "labor.md": "# Protokoll\n\nDie Proben wurden filtriert und danach im Labor gemessen.\n\n"
    "| Probe | Nitrat (mg/l) | Sulfat (mg/l) |\n|---|---|---|\n| G1-30 | 41,8 | 62 |\n| G2-30 | 18,4 | 55 |\n"
    "| G2-60 | 22,7 | 58 |\n",
    "ice.md": "# Ice\n\nDuring 11 days in January 2021 frazil ice drifted under the bridge at Marrec.\n",
    "hepatitis.md": "# Hepatitis\n\nIn Colombia 228 cases of hepatitis C were reported per year from 2011 to 2016.\n",
    "vauzy.md": "# The weir at Vauzy\n\nThe weir at Vauzy was built in 1911.\n",
    "safety.md": "# Safety\n\nThree accidents at work happened in the first quarter, as many as a year ago.\n\n"
    "No accident at work is deducted from leave.\n",
    "milk.md": "# Tests of milk\n\n| Sample | Fat | Class |\n|---|---|---|\n| 1 May | 41 | A |\n| 2 May | 40 | C |\n",
    "boiler.md": "# Atria\n\n| Code | Meaning |\n|---|---|\n| E01 | No flame |\n| E02 | Too hot |\n| E05 | Sensor broken |\n",
}


@pytest.fixture(scope="module")
def neighbours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with written(NEIGHBOURS, tmp_path_factory) as collection:
        yield collection


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("What were the rent arrears of Tarnwick in June 2023?", "9,130"),
        ("What were the rent arrears of Tarnwick in September 2023?", None),
        ("How often did the lift in block B fail?", "four times"),
        ("How often did the lift in block A fail?", None),
        ("What budget was voted by the association for 2023?", "124,000"),
        ("What budget was voted by the association for 2024?", None),
        ("What is the power of the Barista C3?", "1,450 W"),
        ("What is the power of the Barista C5?", None),
        ("How heavy is the VX-310?", "140 g"),
        ("What is the drift of the VX-310?", None),
        ("What is the threshold for mercury releases to air?", "Mercury"),
        ("What is the threshold for radon releases to air?", None),
        ("What was the operating income in the third quarter of 2023?", "11.7"),
        ("What was the operating income in the fourth quarter of 2023?", None),
        ("How much of the sales of Halden came from its personal computing segment in 2023?", "Personal computing"),
        ("Welches Kältemittel verwendet das KX5?", "R290"),
        ("How many accidents at work happened in the first quarter?", "Three"),
        ("How many accidents at work happened in the second quarter?", None),
        ("Which sample of milk is of class C?", "2 May"),
        ("Which sample of milk is of class D?", None),
        ("What does code E05 mean?", "Sensor broken"),
        ("How many days of frazil ice were observed at Marrec in January 2021?", "11 days"),
        ("How many days of frazil ice were observed at Vauzy in January 2021?", None),
        ("How many cases of hepatitis C were reported in Peru in 2015?", None),
        ("How many cases of hepatitis C were reported in Colombia in 2015?", "228"),
        ("Wie hoch ist der Sulfatgehalt der Probe G2-60?", "58"),
        ("Wie hoch ist der Phosphatgehalt der Probe G2-60?", None),
        ("Quel est le montant annuel du lot 2 ?", "31 000"),
        ("Quel est le montant annuel du lot 4 ?", None),
        ("Qual è la resistenza a 28 giorni della miscela M50?", "36,4"),
        ("Qual è la resistenza a 90 giorni della miscela M50?", None),
    ],
)
def test_what_is_said_of_a_neighbour_is_no_answer(neighbours: Collection, question: str, says: str | None) -> None:
    answer = neighbours.ask(question)
    if says is None:
        assert not answer.found
    else:
        assert answer.found
        assert says in answer.sentences[0].text

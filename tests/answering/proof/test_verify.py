"""What a sentence of the sources proves, and what it never may."""

import pytest

from ragcli.answering.proof.verify import Verifier
from ragcli.answering.sources import Source
from ragcli.chunking.sentences import split
from ragcli.reading.language import detect


def proved(source: str, claim: str) -> bool:
    language = detect(source, among=("en", "fr"))
    return Verifier([Source(unit, 0, at, language) for at, unit in enumerate(split(source))]).support(claim).proved


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("The tower was built in Paris in 1889.", "The tower was built in Paris in 1889."),
        ("Revenue rose by 4.2 million dollars in 2019.", "Revenue rose by $4,200,000 in 2019."),
        ("Results are good. Sales were $5.3 million.", "Sales were 5.3 million dollars."),
        ("The Ulster Volunteer Force (UVF) was not banned.", "The Ulster Volunteer Force was not banned."),
        ("La Cour de Justice de l'Union (CJU) siège ici.", "La Cour de Justice de l'Union siège ici."),
        ("1. The tower was built.\n2. The bridge fell. It was old.", "The bridge fell."),
        ("- The tower was built.\n- The bridge fell. It was old.", "The bridge fell. It was old."),
        ("Le billet est remboursable\u00a0? Il l'est.", "Le billet est remboursable ?"),
        ("However, the tower was not a lighthouse.", "The tower was not a lighthouse."),
        ("Le phare, cependant, est vieux.", "Le phare est vieux."),
        ("| Year | Revenue |\n|---|---|\n| 2019 | 3 million |", "2019: 3 million"),
        ("L'énoncé est un signifié de Díaz.", "L'enonce est un signifie de Diaz."),
        ("L'enonce est un signifie de Diaz.", "L'énoncé est un signifié de Díaz."),
        ("The board met in May. It chose Ms. Lindqvist.", "The board met in May. It chose Ms. Lindqvist."),
        ("大桥于一九三一年通车。它很长。", "大桥于一九三一年通车。"),
        ("桥长二百多米。它很旧。", "桥长二百多米。"),
        ("橋は八月に開通した。", "橋は八月に開通した。"),
        ("Not covered are:\n- damage by floods\n- theft of cables", "Not covered are: theft of cables"),
        ("Not covered are:\n- damage by floods\n- theft of cables", "Not covered are:\n- theft of cables"),
        ("The pier is open in the winter.", "The pier is open in winter."),
        ("## Myths\n\nThe tower was built by giants.", "Myths: The tower was built by giants."),
        ("The deposit is refunded\n\nif no damage is found.", "The deposit is refunded if no damage is found."),
        ("The fee is five euros.¹ It was raised in May.", "It was raised in May."),
        (
            "Without it Brenning and Maulde [1] lost 4 % of all samples [2, 3].",
            "Without it Brenning and Maulde lost 4 % of all samples.",
        ),
    ],
)
def test_all_the_words_of_a_sentence_prove_a_claim_but_for_those_that_say_nothing(source: str, claim: str) -> None:
    assert proved(source, claim)


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("Louis lui offre le collier. Mais elle refuse. Il s'en étonne.", "Mais elle refusé."),
        ("Le billet est remboursable ?", "Le billet est remboursable."),
        ("大桥于一九三一年通车。", "大桥于一九三二年通车。"),
        ("大桥于一九三一年通车。", "大桥不于一九三一年通车。"),
        ("大桥于一九三一年由市长通车。", "大桥于一九三一年通车。"),
        ("他没有说大桥于一九三一年通车。", "大桥于一九三一年通车。"),
        ("桥很旧。", "桥很旧。"),  # too short
        ("Refundability.", "Refundability."),  # one word
        # What cuts would say.
        ("However small it was, the gap was seen.", "Small it was, the gap was seen."),
        ("Students also enrolled in Lund are admitted.", "Students enrolled in Lund are admitted."),
        (
            "It is one of three magazines, namely Astra and Bolt, which have survived.",
            "It is one of three magazines, namely Astra and Bolt.",
        ),
        ("Smith, who robbed Anna, Bert and Carl, died in 1900.", "Smith, Bert and Carl, died in 1900."),
        ("Smith, who met Jones, mayor of Lund, died in 1900.", "Smith, mayor of Lund, died in 1900."),
        ("Anna, who was the mother of Bert, who died young, came back.", "Anna, who died young, came back."),
        (
            "The programme was directed by Davison, who stars with the actors McCoy, Baker and McGann.",
            "The programme was directed by Davison, Baker and McGann.",
        ),
        ("Les moines, qui vendaient moulins, fermes et prés, partirent.", "Les moines, fermes et prés, partirent."),
        ("Students, who cheat, are expelled.", "Students are expelled."),
        ("The drug, when given early, was effective.", "The drug was effective."),
        ("Its colours are red and white.", "Its colours are red."),
        ("C'était pour lui et elle.", "C'était pour lui."),
        ("He visited Lund; Malmo; and Paris, which was old.", "He visited Lund."),
        ("Reuters reported the bank was insolvent, and the fund was empty.", "The fund was empty."),
        ("Smith discovered the bank was insolvent; the fund was empty.", "The fund was empty."),
        (
            "Pour l'ONU, ce territoire utilise les timbres de Moldavie.",
            "Ce territoire utilise les timbres de Moldavie.",
        ),
        ("In Australia, the product was discontinued.", "The product was discontinued."),
        ("In 1851, the town has a mayor.", "The town has a mayor."),
        ("The population was 3,000 in 1851.", "The population was 3,000."),
        ("The debt was (partly) repaid in 1900.", "The debt was repaid in 1900."),
        ("The museum is open daily (closed on Mondays).", "The museum is open daily."),
        ("They arranged for Israel to pull back from the Golan.", "They arranged to pull back from the Golan."),
        (
            "Si les données sont collectées (papier, réservation, etc.), elles doivent être informées.",
            "Elles doivent être informées.",
        ),
        ("The (US) firm was sold.", "The firm was sold."),
        ("The tower was old; that was their lie.", "The tower was old."),
        ("The tower was old, and it was their lie.", "The tower was old."),
        ("Der Turm steht in Lund, wer das auch sagt.", "Der Turm steht in Lund."),
        ("Anna sold Bolt shares and Carl bought Dorn shares.", "Anna bought Dorn shares."),
        ("The tower was built in 1889.", "The tower was built in 1888."),
        ("He was not killed in 1900 by Smith.", "He was killed in 1900 by Smith."),
        ("He was killed in 1900 by Smith.", "He was not killed in 1900 by Smith."),
        ("It is not true that Smith killed Jones.", "Smith killed Jones."),
        ("The 12 patients and 30 nurses left home.", "The 12 nurses left home."),
        ("Smith killed Jones's brother in 1900.", "Smith killed Jones."),
        ("The father of John Smith died in 1950.", "John Smith died in 1950."),
        ("If it rains, the match is cancelled.", "The match is cancelled."),
        ("L'énoncé est un signifié de Díaz.", "L'énoncé est un signifie de Díaz."),
        ("L'énoncé est un signifié de Díaz.", "L'énoncé est un signifié de Diaz."),
        ("L'accès est permis, à condition que l'usage reste modéré.", "L'accès est permis."),
        ("Access is granted, on condition that use stays moderate.", "Access is granted."),
        ("L'accès est permis, sous réserve d'un accord écrit.", "L'accès est permis."),
        ("Revenue rose by 4.2 million dollars.", "Revenue rose by 4.2 dollars."),
        ("Revenue may rise by 5 % in 2020.", "Revenue rise by 5 % in 2020."),
        ("Revenue rose by 5 % in 2020.", "Revenue rose by 5."),
        ("Smith killed Jones in Paris.", "Jones killed Smith in Paris."),
        ("Astra was bought by Bolton in May.", "Astra bought Bolton in May."),
        ("Shares were sold to Astra by Bolton.", "Shares were sold by Astra to Bolton."),
        ("The plan was approved only by Smith.", "The plan was approved."),
        ("L'entreprise n'a pas vendu ses usines en 2019.", "L'entreprise a vendu ses usines en 2019."),
        ("He was killed in 1900.", "He had killed in 1900."),
        ("The harbour was closed in 1911.", "Closed 1911"),  # too short
        ("Sales rose. Costs fell by 3 %.", "Sales fell by 3 %."),
        ("L'entreprise n'a pas vendu ses usines en 2019.", "L'entreprise n'a pas vendu ses usines."),
        ("De plus, elle a vendu ses usines à Lyon.", "De, elle a vendu ses usines à Lyon."),
        ("The drug is safe in adults.", "The drug is safe."),
        ("In mice, the drug works very well.", "The drug works very well."),
        ("The drug works well, but in mice.", "The drug works well."),
        ("All trains in Paris stopped in 1940.", "All trains stopped in 1940."),
        ("It is the tallest tower in France.", "It is the tallest tower."),
        ("The members are Anna, Bert and Carl.", "The members are Anna and Carl."),
        ("The members are Anna, Bert and Carl.", "The members are Anna."),
        ("The road between Lund and Malmo was closed.", "The road between Lund was closed."),
        ("According to Smith, the bank was insolvent.", "The bank was insolvent."),
        ("Il est semblable à celui que l'on trouve sur le port.", "Il est semblable à celui que sur le port."),
        ("Using this method, we found that the lake is deep.", "Using this method, we that found the lake is deep."),
        ("The alarm rings when the door opens.", "The alarm rings loudly when the door."),
        # An article tells two things apart, and in French it may be a pronoun.
        ("There is a little water left in the tank.", "There is little water left in the tank."),
        ("Most bridges were damaged in May.", "The most bridges were damaged in May."),
        ("She is a director of the company.", "She is the director of the company."),
        ("The drugs are safe for young children.", "Drugs are safe for young children."),
        ("The only technician on call has a car.", "Only technician on call has a car."),
        ("Il reste un peu d'eau dans la cuve.", "Il reste peu d'eau dans la cuve."),
        ("L'appareil de Lund est le plus lent.", "L'appareil de Lund est plus lent."),
        ("Le poste ferme à cinq heures.", "La poste ferme à cinq heures."),
        ("Le contrat dure cent un jours.", "Le contrat dure cent jours."),
        ("Il la vend à son frère.", "Il le vend à son frère."),
        ("Jean l'a tué pendant la guerre.", "Jean a tué pendant la guerre."),
        # Not every number in brackets is a reference.
        ("All the values lie in [1, 2] today.", "All the values lie in today."),
        ("The values of a[1] are kept.", "The values of a are kept."),
        ("The tower [of 1889] is old.", "The tower is old."),
        ("Article [12] applies to all members.", "Article applies to all members."),
        # A condition above.
        ("## If the alarm rings\n\nLeave by the north stairs.", "Leave by the north stairs."),
        ("- Forbidden:\n  - The door is left open.\n  - The lamp is lit.", "The door is left open."),
        # One accent may be all that tells two words apart.
        ("Le beurre de la ferme est salé.", "Le beurre de la ferme est sale."),
        ("Mercier est juge au tribunal de Lyon.", "Mercier est jugé au tribunal de Lyon."),
        # What stands below "not" or "forbidden".
        ("Not covered are:\n- damage by floods\n- theft of cables", "Theft of cables."),
        ("Not covered are:\n- damage by floods\n- theft of cables", "- damage by floods\n- theft of cables"),
        ("It is forbidden to:\n1. Open the valve.\n2. Leave the cabin.", "Leave the cabin."),
        ("## Exclusions\n\n- damage by floods\n- theft of cables", "Theft of cables"),
        ("- Not covered:\n- damage by floods\n- theft of cables", "Theft of cables"),
        # What the page takes back, or another says.
        ("## Myths\n\nThe tower was built by giants.", "The tower was built by giants."),
        ("- Myth: The tower is bad. It makes children ill.", "It makes children ill."),
        ("The tower was built by giants. This is not true.", "The tower was built by giants."),
        ("Smith said: “It was hard. The money was lost. All knew.”", "The money was lost."),
        ("“The money was lost in Malta.” So said Smith.", "The money was lost in Malta."),
        ("‘The money was lost in Malta.’ So said Smith.", "The money was lost in Malta."),
        ("'The owner's money was lost in Malta.' So said Smith.", "The owner's money was lost in Malta."),
        ("The deposit is refunded\n\nif no damage is found.", "The deposit is refunded."),
        ("The entrance fee is five euros.*\n\n* Except on Sundays.", "The entrance fee is five euros."),
        ("Noise observed (no).", "Noise observed."),
        ("The town has 4 and 5 million people.", "The town has 4 and 5,000,000 people."),
        ("It cost 2-3 million in all.", "It cost 2-3,000,000 in all."),
        # Names and dates, which as an answer would claim anything.
        ("The Skarn Islanders, who held the fort, were driven out.", "The Skarn Islanders."),
        (
            "The Skarn Harbour and Navigable Waterways Authority (SHA) was founded in 1931.",
            "The Skarn Harbour and Navigable Waterways Authority.",
        ),
        ("Skarn harbour in Norrland is one of the deepest on earth.", "Skarn harbour."),
        ("The fleet was split between the Army, the Navy, and the Marine Corps (for the coast).", "The Marine Corps."),
        (
            "On les note ainsi : par un code ; par des références Teinte Saturation Luminosité.",
            "Par des références Teinte Saturation Luminosité.",
        ),
        ("Le 15 avril 2009 à Lund, il ouvrit le musée.", "Le 15 avril 2009."),
        (
            "Professeur à l'université Columbia et médecin, il a écrit trois livres.",
            "Professeur à l'université Columbia.",
        ),
    ],
)
def test_a_part_of_a_sentence_or_another_word_proves_nothing(source: str, claim: str) -> None:
    assert not proved(source, claim)


def test_the_best_support_is_named_even_when_it_proves_nothing() -> None:
    units = split("The pier is old. The tower was built in 1889 by Eiffel.")
    support = Verifier([Source(unit, 0, at) for at, unit in enumerate(units)]).support("Eiffel built the tower.")
    assert not support.proved
    assert [source.unit.text for source in support.sources] == ["The tower was built in 1889 by Eiffel."]
    assert Verifier([]).support("Eiffel built the tower.").sources == ()


def test_what_a_claim_adds_to_its_question_says_which_sentence_is_nearest() -> None:
    texts = [
        "The towers of Skarn are asked about when it snows. It was cold.",
        "Odile Garnier drew up the plans. It was long ago.",
    ]
    verifier = Verifier(
        [Source(unit, hit, at, "en") for hit, text in enumerate(texts) for at, unit in enumerate(split(text))]
    )
    support = verifier.support("The Skarn tower was planned by Odile Garnier.", "Who planned the Skarn tower?", "en")
    # Not the next sentence as well, for the sake of its "was".
    assert [source.unit.text for source in support.sources] == ["Odile Garnier drew up the plans."]
    assert support.coverage > 0.5
    assert not support.proved


def test_a_claim_that_lists_rows_leans_on_all_of_them() -> None:
    rows = [("Halle", 212), ("Skarn", 340), ("Marrec", 95), ("Odde", 118), ("Ulvik", 77)]
    table = "| Station | Altitude (m) |\n|---|---|\n" + "\n".join(f"| {name} | {height} |" for name, height in rows)
    elsewhere = "Halle is a town. Marrec is one, too. The council met in Odde at 340 in 1995."
    texts = [elsewhere, table]
    verifier = Verifier(
        [Source(unit, hit, at, "en") for hit, text in enumerate(texts) for at, unit in enumerate(split(text))]
    )
    claim = (
        "The network comprises Halle at 212 metres, Skarn at 340 metres, Marrec at 95 metres and Odde at 118 metres."
    )
    support = verifier.support(claim, "Which stations are there?", "en")
    assert not support.proved
    assert [(source.hit, source.unit.readable.split(";")[0]) for source in support.sources] == [
        (1, f"Station: {name}") for name, _ in rows[:4]
    ]


def test_what_says_no_more_than_the_question_supports_nothing() -> None:
    source = Source(split("The list of the founded towers can be found in the Skarn almanac.")[0], 0, 0, "en")
    verifier = Verifier([source])
    question = "When was the tower founded?"
    assert not verifier.support("The tower was founded in 1993.", question, "en").sources
    assert verifier.support("The almanac lists the tower.", question, "en").sources == (source,)
    # More than half of a long claim is there.
    longer = "The list of the founded towers of Skarn was found in 1993."
    assert verifier.support(longer, "Where was the list of the founded towers of Skarn found?", "en").sources == (
        source,
    )


def test_the_row_with_the_figure_is_nearer_than_a_sentence_without() -> None:
    page = (
        "With the correction, the LIMNAR-4 gauge reached a root mean square error of 3.1 mm.\n\n"
        "| Site | LIMNAR-4 raw | LIMNAR-4 corrected |\n|---|---|---|\n| Marrec | 7.9 | 2.8 |\n| Vauzy | 8.6 | 3.6 |"
    )
    verifier = Verifier([Source(unit, 0, at, "en") for at, unit in enumerate(split(page))])
    question = "What was the root mean square error of the corrected LIMNAR-4 at Marrec?"
    support = verifier.support(
        "The root mean square error of the corrected LIMNAR-4 at Marrec was 2.8 mm.", question, "en"
    )
    assert [source.unit.readable for source in support.sources] == [
        "Site: Marrec; LIMNAR-4 raw: 7.9; LIMNAR-4 corrected: 2.8"
    ]


@pytest.mark.parametrize(
    ("begins", "after", "is_proved"),
    [("It", 0, False), ("It", 1, True), ("This study", 0, True), ("This study", 1, True)],
)
def test_a_pronoun_speaks_of_the_sentence_before_and_this_study_of_all_of_it(
    begins: str, after: int, is_proved: bool
) -> None:
    units = split(f"Skarn counted twelve boats at dawn. Fog hid all the others. {begins} found no seals at all.")
    sources = [Source(unit, 0, at, "en") for at, unit in enumerate(units)]
    support = Verifier(sources).support(f"{begins} found no seals at all.", after=[sources[after]])
    assert support.proved is is_proved


@pytest.mark.parametrize(
    ("question", "language", "is_proved"),
    [
        ("May dogs enter the garden?", "en", True),
        ("When does the ferry leave?", "en", False),
        ("Les chiens sont-ils admis au jardin ?", "fr", True),  # no words tell
    ],
)
def test_a_yes_is_to_the_question_before_it(question: str, language: str, is_proved: bool) -> None:
    units = split("May dogs enter the garden? Yes, on a lead.")
    verifier = Verifier([Source(unit, 0, at, "en") for at, unit in enumerate(units)])
    assert verifier.support("Yes, on a lead.", question, language).proved is is_proved


def test_a_figure_alone_supports_nothing() -> None:
    units = split("La prochaine réunion est le mardi 6 février.")
    verifier = Verifier([Source(unit, 0, at, "fr") for at, unit in enumerate(units)])
    claim, question = "Le réseau compte 6 stations.", "Combien de stations compte le réseau ?"
    assert not verifier.support(claim, question, "fr").sources
    assert verifier.support("La réunion est le 6.", question, "fr").sources

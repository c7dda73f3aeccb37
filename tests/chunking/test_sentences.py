"""Nasty strings with the units they must give, and the law that nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.chunking.sentences import split

CASES = [
    ("en", ["Dr. Okoro et al. arrived, cf. Fig. 3.", "It works."]),
    ("en", ["The U.S. Senate voted.", "George W. Bush signed at 5 p.m. on Friday.", "Then he left."]),
    ("en", ["He came at 5 p.m.", "The door was shut."]),
    ("en", ["Install it with dpkg -i ../*.deb, or run ./build first.", "Go up with cd ../lib."]),
    ("en", ["See Eq. 4 and Proc. IEEE vs. ACM.", "Done!"]),
    ("en", ["Apple Inc. announced it.", "The values (e.g. 3.5) are in vol. 2, pp. 3-4."]),
    ("en", ["Section 3.2.1 has version 2.0.", "Visit www.example.org now.", "Bye."]),
    ("en", ["“Why?” he asked.", "She said: “No.”", "Nobody moved."]),
    ("en", ["It is modern art.", "The cat sat.", "She said no.", "We wait for no. 7 in St. Malo."]),
    ("en", ["Sales rose by $4.2 million, i.e. 3.1 %, in Q3.", "Costs fell."]),
    ("en", ["J. R. R. Tolkien wrote it.", "He was 45."]),
    ("en", ["It draws 0.38 W.", "The older one draws 1.1 W.", "Both are tall."]),
    ("en", ["Recommended: .OFX or .QFX, of a .NET program.", "Bye."]),
    ("en", ["We say that X reduces to Y.", "There are many kinds in the U.S.", "This is K. He's.", "J. R. Inn left."]),
    ("en", ["Fares to non-U.S. ports rose.", "The EU-U.S. treaty fell.", "Take vitamin-C.", "Lemons have it."]),
    ("en", ["3.2.1. Grants are made.", "It is 4.5.", "They end.", "10.5. Version 4.5.1"]),
    ("fr", ["La liste figure à l’annexe A.", "Vingt-deux d’entre elles mesurent la pluie.", "A. Dumas écrit."]),
    ("fr", ["M. Dupont est né en 52 av. J.-C. dans le nord.", "Il parle."]),
    ("fr", ["Jules César est mort en 44 av. J.-C.", "Rome pleura."]),
    ("fr", ["Mme. Curie aussi, c.-à-d. p. 12, vol. 3.", "Elle reçut le prix."]),
    ("fr", ["Selon l'art. 12 du code, l'indemnité est de 3,5 %.", "Elle est due."]),
    (
        "fr",
        [
            "Avenant étendu par arr. 9 oct. 2009, JO 17 janv. 2010, cf. Cass. soc. 12 juill. 2003.",
            "Il vaut 3 févr. 2011.",
        ],
    ),
    ("fr", ["C'est un jeu.", "La mer est loin.", "Elle a coûté 1 234,50 euros."]),
    ("fr", ["« Pourquoi ? » demanda-t-il.", "Personne ne répondit."]),
    (
        "de",
        [
            "Das gilt z. B. für Boote, d. h. für alle.",
            "Siehe Nr. 7 bzw. Abs. 2 BGB.",
            "Im 19. Jahrhundert kam die Bahn.",
        ],
    ),
    (
        "de",
        [
            "Der 1. FC spielt am 3. Oktober 2022.",
            "Max. 3 Personen, inkl. Kinder.",
            "Er sagte: „Nein.“",
            "Dann ging er.",
        ],
    ),
    ("hi", ["अध्यक्ष राजेन्द्र के. पचौरी थे।", "डॉ. ली 2015 से हैं।"]),
    ("hi", ["पुल पुराना है.", "वह लंबा है."]),
    ("pl", ["Do połowy lat 80. „Belgowie” byli w większości.", "W latach 70. i 80. XX wieku było 80.", "Koniec."]),
    (
        "es",
        ["Entre la Sra. Dña. Ruiz y D. Luis, véase el art. 5, p. ej. la pág. 12.", "¿Por qué?", "¡Porque sí!", "Fin."],
    ),
    (
        "it",
        ["La dott.ssa Ferrari e il sig. Conti, ad es. pag. 12, citano l'art. 5.", "La Acque S.p.A. paga.", "Basta."],
    ),
    ("pt", ["A Exma. Sra. D. Ana, p. ex., leu a pág. 12 do n.º 7.", "Vive na R. Direita.", "Sim."]),
    ("nl", ["De loods, bijv. nr. 7, is van mevr. Bakker en dhr. Visser.", "Zie art. 5, d.w.z. blz. 12, o.a. daar."]),
    (
        "pl",
        ["Mieszka przy ul. Portowej 12 m. 3, np. z prof. Nowakiem.", "Zob. art. 5 ust. 2, tj. str. 12, ok. 5 razy."],
    ),
    ("ru", ["Склад на ул. Портовой, д. 12, в г. Выборге.", "См. ст. 5, т. е. стр. 12.", "Цена 5 тыс. руб. за штуку."]),
    ("el", ["Βλ. σελ. 12, π.χ. το άρθρο 5.", "Τι είναι;", "Ναι."]),
    ("en", ["It runs AVRPROG.EXE on start.", "Then edit CONFIG.SYS and README.TXT.", "USA came in."]),
]


@pytest.mark.parametrize(("language", "sentences"), CASES)
def test_sentences_end_where_a_reader_ends_them(language: str, sentences: list[str]) -> None:
    assert [unit.text for unit in split(" ".join(sentences), language)] == sentences


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\u3000", "\u2028", "\x85"])
def test_any_space_may_stand_between_an_initial_and_its_stop(space: str) -> None:
    text = f"The current parts at about 8{space}°{space}N{space}. It is warm."
    assert "".join(unit.text for unit in split(text, "en")).replace(" ", "") == text.replace(" ", "")


def test_a_japanese_quotation_goes_on() -> None:
    text = "これは「本当です。」と言った。田中さんは2.5キロ走った！"
    assert [unit.text for unit in split(text, "ja")] == ["これは「本当です。」と言った。", "田中さんは2.5キロ走った！"]


def test_a_french_list_has_long_dashes() -> None:
    lines = ["Le préavis est de :", "— 1 mois pour les employés,", "— 3 mois pour les cadres."]
    assert [unit.text for unit in split("\n".join(lines), "fr")] == lines


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        (["Les sanctions sont :", "1° L'avertissement ;", "2° Le blâme."], ["sentence", "item", "item"]),
        (["Son sanciones:", "1.º El apercibimiento;", "2.º La multa."], ["sentence", "item", "item"]),
        (["São situações:", "I – Abandono das atividades;", "II – Aproveitamento insuficiente."], ["sentence", "item", "item"]),
        (["La température est de", "8° C au plus bas."], ["sentence"]),
    ],
)  # fmt: skip
def test_the_lists_of_laws_have_degrees_and_roman_numerals(lines: list[str], kinds: list[str]) -> None:
    assert [unit.kind for unit in split("\n".join(lines), "fr")] == kinds


def test_headings_items_and_rows_stand_alone() -> None:
    passage = (
        "# Results\nThe text begins here and\ngoes on.\n- first item\n- second item. More.\n\n"
        "| Year | Revenue |\n|---|---:|\n| 2019 | 3 |\n| 2020 | 4\\|5 |\nAfter it."
    )
    units = split(passage, "en")
    assert [unit.text for unit in units] == [
        "# Results",
        "The text begins here and\ngoes on.",
        "- first item",
        "- second item. More.",
        "| Year | Revenue |",
        "| 2019 | 3 |",
        "| 2020 | 4\\|5 |",
        "After it.",
    ]
    assert [unit.readable for unit in units[5:7]] == ["Year: 2019; Revenue: 3", "Year: 2020; Revenue: 4|5"]
    assert units[1].readable == "The text begins here and goes on."


def test_a_short_unfinished_line_is_a_heading_and_a_wrapped_line_is_not() -> None:
    wrapped = "The revenue grew by 4.2 percent in\nLondon last year, more than it did before."
    assert len(split(wrapped, "en")) == 1
    assert [unit.text for unit in split("Main results\n" + wrapped, "en")] == ["Main results", wrapped]


def test_thai_is_parted_into_clauses_where_a_space_stands_and_never_at_a_name_or_a_figure() -> None:
    clause = "สะพานแห่งนี้สร้างขึ้นในปี 2474 โดยบริษัท Dorman Long ซึ่งเป็นบริษัทของอังกฤษที่มีชื่อเสียงมากในเวลานั้นและยังคงมีชื่อเสียงอยู่จนถึงทุกวันนี้"
    short = "สะพานเก่า แต่ยังใช้ได้"
    assert [unit.text for unit in split(f"{clause} {clause} {short}", "th")] == [clause, f"{clause} {short}"]
    assert [unit.text for unit in split(short, "th")] == [short]


@given(st.text(alphabet="aB1é. \n|-?!\"'(),;:•\t\u00a0", max_size=120) | st.text(max_size=80))
def test_nothing_is_lost_and_offsets_are_true(passage: str) -> None:
    units = split(passage, "fr")
    covered = 0
    for unit in units:
        assert unit.text == passage[unit.start : unit.end] == unit.text.strip()
        assert unit.start >= covered
        left_out = passage[covered : unit.start]
        assert not left_out.strip() or set(left_out) <= set("|:- \t\n"), left_out
        covered = unit.end
    assert not passage[covered:].strip() or set(passage[covered:]) <= set("|:- \t\n")


@pytest.mark.parametrize("mark", ["", "1. ", "(1) ", "(a) ", "b) ", "- "])
def test_a_long_item_is_cut_into_its_sentences_whatever_marks_it(mark: str) -> None:
    sentences = [
        "The tenant pays the rent on the first day of each month to the account that the landlord has named.",
        "The landlord may ask for a deposit of three months, which he keeps apart from what is his own.",
        "It is paid back within sixty days after the end of the lease, with the interest that it has borne.",
        "What is owed for repairs may be kept back.",
    ]
    assert [unit.text for unit in split(mark + " ".join(sentences), "en")] == [mark + sentences[0], *sentences[1:]]


def test_a_long_listing_is_quoted_by_its_lines() -> None:
    listing = "\n".join(f"  field {n}          value number {n}, which is long enough" for n in range(12))
    assert [unit.text for unit in split(f"A listing.\n\n{listing}", "en")] == [
        "A listing.",
        *(line.strip() for line in listing.split("\n")),
    ]
    address = "Mill Lane 4\nSkarn\nHalden"
    assert [unit.text for unit in split(address, "en")] == [address]


def test_a_row_without_heads_reads_as_a_label_and_what_it_is() -> None:
    units = split("|  |  |\n| --- | --- |\n| Keeper: | Ada |\n| Dauer | ein Semester |")
    assert [unit.readable for unit in units[1:]] == ["Keeper: Ada", "Dauer: ein Semester"]

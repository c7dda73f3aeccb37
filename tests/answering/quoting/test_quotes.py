"""The sentence that answers comes before its neighbours that only share words."""

import pytest

from ragcli.answering.proof.verify import Verifier
from ragcli.answering.quoting.quotes import MOST_EMBEDDED, rank
from ragcli.embedding.protocol import Embedder
from ragcli.records import Hit

TOWER = (
    "The Skarn tower was planned by Odile Garnier. The tower was built in 1889, when the harbour was widened. "
    "The tower is 330 metres tall. About 700,000 people climb the tower each year."
)
HALL = "The Skarn town hall was finished in 1920 by masons from Norwich. The hall is 40 metres tall."
TABLE = "Ferries of the harbour.\n\n| Ferry | Seats |\n|---|---|\n| Alma | 310 |\n| Berit | 140 |"
HITS = [
    Hit(rank=n, score=1 / n, chunk_id=n, path=f"{n}.txt", text=text, language="en")
    for n, text in enumerate((TOWER, HALL, TABLE), start=1)
]


def best(question: str, embedder: Embedder, hits: list[Hit] = HITS) -> str:
    return rank(question, hits, embedder, "en").best(1)[0].source.unit.text


def test_what_is_asked_for_decides(embedder: Embedder) -> None:
    assert (
        best("When was the Skarn tower built?", embedder)
        == "The tower was built in 1889, when the harbour was widened."
    )
    assert best("How tall is the Skarn tower?", embedder) == "The tower is 330 metres tall."
    assert best("Who planned the tower?", embedder) == "The Skarn tower was planned by Odile Garnier."
    assert best("How many people climb the tower?", embedder).startswith("About 700,000")
    assert best("How many seats does the Berit ferry have?", embedder) == "| Berit | 140 |"


def test_headings_and_table_heads_are_no_quotes(embedder: Embedder) -> None:
    hit = Hit(
        1,
        1.0,
        1,
        "a.txt",
        "The Berit ferry\n\nSome 140 people find a seat on the Berit.\n\n| Ferry | Seats |\n|---|---|\n",
    )
    texts = [candidate.source.unit.text for candidate in rank("Berit ferry seats?", [hit], embedder, "en").candidates]
    assert texts == ["Some 140 people find a seat on the Berit."]


def test_the_mark_of_a_program_is_no_quote(embedder: Embedder) -> None:
    text = "Strategy 4.\n\nThe dues of the harbour are to be halved.\n\n_ca129dea-c375-11ec-a8d6-d0221283ea00\n\nIt was voted."
    quoted = [
        one.source.unit.text for one in rank("What of dues?", [Hit(1, 1.0, 1, "a.pdf", text)], embedder).candidates
    ]
    assert "The dues of the harbour are to be halved." in quoted
    assert not any("ca129dea" in one for one in quoted)


def test_what_says_no_more_than_the_question_is_no_answer(embedder: Embedder) -> None:
    def among(text: str) -> list[Hit]:
        return [Hit(1, 1.0, 1, "a.txt", text, language="en"), HITS[1]]

    dues = among("Terms of the port.\n\nD. Harbour Dues. Every ship pays dues to the harbour by its length.")
    assert best("What are the harbour dues?", embedder, dues).startswith("Every ship pays")
    faq = among("Q: Who sets the harbour dues? The town council does.")
    assert best("Who sets the harbour dues?", embedder, faq) == "The town council does."
    mail = among(
        "Subject: The bonus of the harbour\n\nIts amount is 850 crowns for a whole year, as was told at the ball."
    )
    assert best("How much is the bonus of the harbour?", embedder, mail).startswith("Its amount")
    when = among("Ships come and go. The harbour dues are paid. They fall due at the turn of the year.")
    assert best("When are the harbour dues paid?", embedder, when) != "The harbour dues are paid."


def test_a_short_sentence_of_wide_characters_is_quoted(embedder: Embedder) -> None:
    hit = Hit(1, 1.0, 1, "桥.txt", "石桥跨过河流,由石匠在很久以前建成。桥长二百一十二米。是。", language="zh")
    texts = {one.source.unit.text for one in rank("桥长多少米？", [hit], embedder, "zh").candidates}
    assert texts == {"石桥跨过河流,由石匠在很久以前建成。", "桥长二百一十二米。"}  # the last says nothing


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("hi", "पुल वर्ष 1931 में बना था।", "इसे पत्थर से बनाया गया और यह बहुत लंबा है।"),
        ("ur", "پل 1931 میں بنا تھا۔", "یہ پتھر سے بنا ہے اور بہت لمبا ہے۔"),
        ("hy", "Կամուրջը կառուցվել է 1931 թվականին։", "Այն քարից է և շատ երկար է։"),
        ("th", "สะพานปี 1931 แห่งนี้ยังใช้อยู่", ""),
    ],
)
def test_a_short_sentence_is_no_heading_whatever_sign_ends_it(
    embedder: Embedder, language: str, first: str, second: str
) -> None:
    hit = Hit(1, 1.0, 1, "bridge.txt", f"{first} {second}".strip(), language=language)
    found = rank("1931?", [hit], embedder, language).candidates
    assert first in {one.source.unit.text for one in found}


def test_two_sentences_of_one_set_of_consonants_are_two_quotes(embedder: Embedder) -> None:
    text = "पुल में दान दिया गया। पाल में दिन दूये गये।"
    hit = Hit(1, 1.0, 1, "bridge.txt", text, language="hi")
    assert len(rank("पुल में दिन और दान?", [hit], embedder, "hi").best(2)) == 2


def test_few_sentences_are_embedded_and_all_are_sources(embedder: Embedder) -> None:
    long = Hit(
        1, 1.0, 1, "a.txt", " ".join(f"Ferry number {n} sails at {n} o'clock." for n in range(40)), language="en"
    )
    ranking = rank("When does ferry number 37 sail?", [long], embedder, "en")
    assert len(ranking.candidates) == MOST_EMBEDDED
    assert len(ranking.sources) == 40
    assert ranking.best(1)[0].source.unit.text == "Ferry number 37 sails at 37 o'clock."
    assert Verifier(ranking.sources).support("Ferry number 37 sails at 37 o'clock.").proved


FORM = "# Invoice {}\n\nWe delivered {} to your yard on {} 2023. Please quote the invoice number with your payment."


def invoice(rank: int, number: str, goods: str, day: str, document_id: int) -> Hit:
    text = FORM.format(number, goods, day)
    return Hit(rank, 1 / rank, rank, f"{rank}.txt", text, language="en", document_id=document_id)


INVOICES = [
    invoice(1, "2023-1798", "oak boards", "1 June", 1),
    invoice(2, "2023-1021", "lime mortar", "19 May", 2),
    Hit(3, 0.3, 3, "2.txt", "Late payments bear interest at 7 percent.", language="en", document_id=2),
]


def test_what_an_article_says_begins_with_its_first_sentence(embedder: Embedder) -> None:
    def article(rank: int, number: str, text: str) -> Hit:
        title = f"Article {number}"
        text = f"{title}\n\n{text}"
        return Hit(rank, 1 / rank, rank, f"{rank}.md", text, section=(title,), language="en", document_id=rank)

    law = [
        article(1, "9-1", "The harbour master is heard as article 9 says."),
        article(2, "9", "Ships anchor in the bay. What article 30 says of sheep is said there of goats."),
    ]
    said = [candidate.source.unit.text for candidate in rank("What does article 9 say?", law, embedder, "en").best(2)]
    assert said == ["Ships anchor in the bay.", "What article 30 says of sheep is said there of goats."]


def test_what_a_long_part_says_begins_with_its_first_passage(embedder: Embedder) -> None:
    law = [
        Hit(n, 1 / n, n, "a.md", text, section=("§ 9 Sheep",), language="en", ordinal=at)
        for n, (at, text) in enumerate(
            ((5, "Goats follow at noon."), (4, "§ 9 Sheep\n\nSheep graze on the dyke.")), start=1
        )
    ]
    said = [one.source.unit.text for one in rank("What does § 9 say?", law, embedder, "en").best(2)]
    assert said == ["Sheep graze on the dyke.", "Goats follow at noon."]


def test_a_passage_may_hold_several_parts(embedder: Embedder) -> None:
    text = "§ 13 Verbraucher\n\nWer kauft, prüft.\n\n§ 14 Händler\n\nWer handelt, haftet. Er prüft auch, was er hat."
    law = [Hit(1, 1.0, 1, "a.md", text, section=("§ 13 Verbraucher",), language="de")]
    said = [one.source.unit.text for one in rank("Was regelt § 14?", law, embedder, "de").best(3)]
    assert said == ["Wer handelt, haftet.", "Er prüft auch, was er hat."]
    assert rank("Was regelt Paragraph 13?", law, embedder, "de").best(1)[0].source.unit.text == "Wer kauft, prüft."


def test_an_item_speaks_of_what_its_list_is_announced_by(embedder: Embedder) -> None:
    text = (
        "The notice to be given on leaving is:\n— one month by clerks,\n— two months by technicians,\n"
        "— three months by managers.\n\nManagers of the golf club leave their cars at the gate for three months."
    )
    hit = Hit(1, 1.0, 1, "a.md", text, language="en")
    said = best("How long is the notice that managers give on leaving?", embedder, [hit])
    assert said == "— three months by managers."


def test_a_list_answers_by_its_items_below_the_title_that_names_it(embedder: Embedder) -> None:
    text = "Keepers receive:\n- a lantern of brass\n- two oilskins\n\nThe equipment of the yacht club is old."
    hit = Hit(1, 1.0, 1, "a.md", text, section=("Handbook", "Equipment"), language="en")
    said = best("What equipment do keepers receive?", embedder, [hit])
    assert said == "Keepers receive:\n- a lantern of brass\n- two oilskins"
    grades = (
        "A keeper has a budget for lamps by grade:\n- First: 40 crowns\n- Second: 25 crowns\n\n"
        "The budget for lamps is spent on oil in most years, say the 3 keepers."
    )
    hit = Hit(1, 1.0, 1, "a.md", grades, language="en")
    assert best("What is the budget for lamps?", embedder, [hit]).startswith("A keeper has")


def test_the_heading_of_a_section_that_asks_is_not_quoted_beside_an_answer(embedder: Embedder) -> None:
    text = (
        "Do not use it in case of asthma.\n\n3. How to take Velorane?\n\n| Age | Dose |\n|---|---|\n| 10 to 12 | 5 ml |"
    )
    hit = Hit(1, 1.0, 1, "a.md", text, section=("3. How to take Velorane?",), language="en")
    quoted = [one.source.unit.text for one in rank("Who should not use Velorane?", [hit], embedder, "en").best(3)]
    assert "3. How to take Velorane?" not in quoted
    told = "The ferry to Skarn sails at 7:40 every morning."  # large letters may say it
    hit = Hit(1, 1.0, 1, "a.pdf", f"{told}\n\nIt rains.", section=(told,), language="en")
    assert best("When does the ferry to Skarn sail?", embedder, [hit]) == told


def test_a_list_of_which_an_item_has_a_word_of_the_question_answers_as_one(embedder: Embedder) -> None:
    text = (
        "Members may ask to be exempt:\n- who joined this year\n- who pay the insurance of a spouse\n\n"
        "To be exempt write to Odile Garnier, room 14."
    )
    hit = Hit(1, 1.0, 1, "a.md", text, language="en")
    said = best("Who may ask to be exempt from the insurance?", embedder, [hit])
    assert said.startswith("Members may ask to be exempt:")


def test_a_list_right_below_its_title_answers_as_one(embedder: Embedder) -> None:
    text = (
        "Ways to reach the harbour\n\n1. By tram, line 4\n2. By bus, line 12\n\nRules of the harbour\n\n"
        "Nobody swims in the harbour. Boats keep to the right."
    )
    hit = Hit(1, 1.0, 1, "a.md", text, language="en")
    said = best("How do I get to the harbour?", embedder, [hit])
    assert said == "Ways to reach the harbour\n1. By tram, line 4\n2. By bus, line 12"
    assert best("Which bus goes to the harbour?", embedder, [hit]) == "2. By bus, line 12"
    assert best("Who may swim in the harbour?", embedder, [hit]) == "Nobody swims in the harbour."


def test_a_question_on_a_line_of_its_own_is_quoted_with_its_answer(embedder: Embedder) -> None:
    text = "When is the lock open?\n\nFrom dawn to dusk. Ring the bell at noon.\n\nWho pays the keeper?\n\nNobody does."
    hit = Hit(1, 1.0, 1, "a.md", text, language="en")
    assert best("When is the lock open?", embedder, [hit]) == "When is the lock open?\n\nFrom dawn to dusk."
    assert best("Who is paying the keeper?", embedder, [hit]) == "Who pays the keeper?\n\nNobody does."
    explained = "Can I open the lock myself?\n\nYes. Turn the crank to the left. It is heavy."
    hit = Hit(1, 1.0, 1, "a.md", explained, language="en")
    assert best("How can I open the lock myself?", embedder, [hit]) == explained.removesuffix(" It is heavy.")
    unspaced = "桥长多少米？\n\n石桥是由石匠建成的,桥长二百一十二米。它跨过一条很宽的河流。"
    found = rank("桥长多少米？", [Hit(1, 1.0, 1, "桥.md", unspaced, language="zh")], embedder, "zh").best(1)
    assert found[0].source.unit.text == unspaced.removesuffix("它跨过一条很宽的河流。")


def test_only_the_documents_that_hold_an_identifier_answer_for_it(embedder: Embedder) -> None:
    question = "When were the goods of invoice 2023-1021 delivered?"
    assert best(question, embedder, INVOICES) == "We delivered lime mortar to your yard on 19 May 2023."
    assert {one.source.hit for one in rank(question, INVOICES, embedder, "en").candidates} == {1, 2}


def test_an_identifier_that_no_document_holds_a_year_and_an_amount_shut_nobody_out(embedder: Embedder) -> None:
    hits = [
        *INVOICES,
        Hit(4, 0.2, 4, "4.txt", "The road cost 10,000 pounds, the lime 3.5.", language="en", document_id=4),
    ]
    for question in ("What cost more than 10,000 pounds?", "What has a price of 3.5?"):
        assert {one.source.hit for one in rank(question, hits, embedder, "en").candidates} == {0, 1, 2, 3}
    for question in ("When was invoice 2023-9999 delivered?", "What was delivered in May 2021?"):
        assert {one.source.hit for one in rank(question, INVOICES, embedder, "en").candidates} == {0, 1, 2}


def test_a_number_too_long_for_a_year_is_an_identifier(embedder: Embedder) -> None:
    reports = [
        Hit(n, 1 / n, n, f"{n}.txt", f"Report {number}. The level was {n} mm.", language="en", document_id=n)
        for n, number in enumerate((15320, 15321, 115321), start=1)
    ]
    ranking = rank("What was the level in report 15321?", reports, embedder, "en")
    assert {one.source.hit for one in ranking.candidates} == {1}
    assert len(ranking.sources) == 6  # a model's sentence may be proved by any


def test_a_question_for_money_is_answered_by_the_sum(embedder: Embedder) -> None:
    said = "The total amount due is 2,563.54 pounds, payable within 30 days."
    text = (
        f"{FORM.format('2023-1021', '12 lots of lime mortar', '19 May')} {said} Goods remain ours until they are paid."
    )
    hit = Hit(1, 1.0, 1, "a.md", text, language="en")
    for question in (
        "What is the total of invoice 2023-1021?",
        "How much do we owe for invoice 2023-1021?",
        "What do we have to pay for invoice 2023-1021?",
    ):
        assert best(question, embedder, [hit]) == said


def test_the_first_row_of_a_table_names_the_currency_of_all(embedder: Embedder) -> None:
    rows = "| Period | Amount added |\n|---|---|\n| Weekly | $ 40.40 |\n| Biweekly | 80.80 |\n| Monthly | 175.00 |"
    hit = Hit(1, 1.0, 1, "a.md", rows, language="en")
    assert best("How much is added to the wages paid for a biweekly period?", embedder, [hit]) == "| Biweekly | 80.80 |"


def test_a_definition_is_preferred_and_a_title_is_no_answer(embedder: Embedder) -> None:
    said = "Stage, the height of the water above its datum, is read each hour."
    text = f"What stage is\n\nA good book on stage is the manual of gauging. {said} Stage varies with rain."
    for question in ("What is stage?", "Define stage"):
        assert best(question, embedder, [Hit(1, 1.0, 1, "a.md", text, language="en")]) == said


def test_a_question_of_the_text_does_not_answer(embedder: Embedder) -> None:
    text = "1.7 How is Skarn pronounced? With a long a, as in barn. Ferries sail at noon. How is Halden said?"
    found = rank("How is Skarn pronounced?", [Hit(1, 1.0, 1, "a.md", text, language="en")], embedder, "en").best(1)
    assert found[0].source.unit.text == "With a long a, as in barn."


def test_an_option_is_meant_letter_by_letter(embedder: Embedder) -> None:
    text = "The command orle installs a table of the pump. With -R the table is measured.\n\n-r removes all that stood there."
    found = rank(
        "What does the command orle -r do?", [Hit(1, 1.0, 1, "a.md", text, language="en")], embedder, "en"
    ).best(1)
    assert found[0].source.unit.text.startswith("-r removes")


def test_a_row_speaks_of_what_its_caption_says(embedder: Embedder) -> None:
    row = "| Site | Value |\n|---|---|\n| Larmont | 12.1 |"
    captions = ("Plates of the staff", "Distance from the antenna to mean water")
    hits = [
        Hit(n, 1 / n, n, "a.txt", row, section=(caption,), language="en") for n, caption in enumerate(captions, start=1)
    ]
    ranking = rank("How far above mean water is the antenna at Larmont?", hits, embedder, "en")
    assert [one.source.hit for one in ranking.candidates] == [1, 0]


def test_nothing_to_quote(embedder: Embedder) -> None:
    assert rank("Why?", [], embedder).candidates == ()
    assert rank("the of?", [Hit(1, 1.0, 1, "a", "Yes.")], embedder).best(2) == []


def test_the_documents_that_a_code_names_speak_of_it_without_repeating_it(embedder: Embedder) -> None:
    def sheet(rank: int, name: str, text: str) -> Hit:
        return Hit(rank, 1 / rank, rank, f"{name}.pdf", text, language="en", document_id=rank)

    sheets = [
        sheet(1, "lm350", "Supply current of the other part is 9 mA. It is unlike the LM317 in all."),
        sheet(2, "lm317", "LM317 and its kin are sold in boxes. The supply current is 5 mA."),
    ]
    assert best("What is the supply current of the LM317?", embedder, sheets) == "The supply current is 5 mA."
    both = rank("Compare the supply current of the LM317 and the LM350", sheets, embedder, "en").best(2)
    assert {one.source.unit.text for one in both} == {
        "The supply current is 5 mA.",
        "Supply current of the other part is 9 mA.",
    }


def test_a_caption_says_what_a_figure_shows(embedder: Embedder) -> None:
    text = "Figure 12 Cursor and Blinking\n\nThe cursor is shown at the digit. Set the address before the data are written."
    hit = Hit(1, 1.0, 1, "lcd.pdf", text, language="en", section=("Figure 12 Cursor and Blinking",))
    assert best("What does figure 12 show?", embedder, [hit]) == "Figure 12 Cursor and Blinking"


def test_a_masthead_is_not_what_is_asked_of_its_document(embedder: Embedder) -> None:
    masthead_line = "Project Forest Recorder, by Juan Barbosa of the workshop for instruments in Halden, version 3"
    text = f"{masthead_line}\n\nThe maker of it is Odile Garnier."
    hit = Hit(1, 1.0, 1, "forest-recorder.pdf", text, language="en")
    ranking = rank("Who is the maker of the Forest Recorder?", [hit], embedder, "en")
    assert ranking.best(1)[0].source.unit.text == "The maker of it is Odile Garnier."
    masthead = next(one for one in ranking.candidates if "Barbosa" in one.source.unit.text)
    assert masthead.holds_asked is False


def test_the_time_that_a_heading_names_is_not_the_time_of_all(embedder: Embedder) -> None:
    text = (
        "Council of Skarn. Date & time: 1 June 2031, 7:30 p.m. The bills were read. The council adjourned at 8:52 p.m."
    )
    hit = Hit(1, 1.0, 1, "minutes.pdf", text, language="en")
    assert best("What time did the council adjourn?", embedder, [hit]) == "The council adjourned at 8:52 p.m."


def test_what_a_document_says_of_itself_is_of_what_it_is_called(embedder: Embedder) -> None:
    said = "Les parties ont convenu ce qui suit. Le présent avenant entrera en vigueur le {}."
    hits = [
        Hit(n, 1 / n, n, f"avenant_{name}.pdf", said.format(date), language="fr", document_id=n)
        for n, (name, date) in enumerate(
            {"Formation": "1er janvier 2025", "Procedure_Licenciement": "15 avril 2024"}.items(), start=1
        )
    ]
    question = "Quand l'avenant sur la procédure de licenciement entre-t-il en vigueur ?"
    assert rank(question, hits, embedder, "fr").best(1)[0].source.unit.text.endswith("15 avril 2024.")


def test_who_asks_for_all_gets_what_announces_them(embedder: Embedder) -> None:
    text = (
        "Les sanctions disciplinaires sont prononcées par le chef d'établissement. Les sanctions disciplinaires relèvent de lui."
        "\n\nSont prononcées contre un élève les sanctions suivantes :\n\n1° L'avertissement ;\n2° Le blâme."
    )
    hits = [Hit(1, 1.0, 1, "a.pdf", text, language="fr", section=("Discipline",))]
    asked = rank("Quelles sont les sanctions contre un élève ?", hits, embedder, "fr").best(1)[0].source.unit.text
    assert asked.endswith("1° L'avertissement ;\n2° Le blâme.")


def test_of_two_rows_of_a_name_that_of_the_group_asked_for_is_quoted(embedder: Embedder) -> None:
    table = """| | 2024 | 2023 |
| --- | --- | --- |
| Gross margin: | | |
| Flour | $ 109,633 | $ 108,803 |
| Oats | 71,050 | 60,345 |
| Total gross margin | $ 180,683 | $ 169,148 |
| Gross margin percentage: | | |
| Flour | 37.2% | 36.5% |
| Oats | 73.9% | 70.8% |
| Total gross margin percentage | 46.2% | 44.1% |"""
    hits = [Hit(1, 1.0, 1, "report.md", table, language="en")]

    def quoted(question: str) -> str:
        return rank(question, hits, embedder, "en").best(1)[0].source.readable

    assert "73.9%" in quoted("What was the gross margin percentage of Oats in 2024?")
    assert "71,050" in quoted("What was the gross margin of Oats in 2024?")
    assert "46.2%" in quoted("What was the total gross margin percentage in 2024?")


def test_what_stands_below_common_myths_is_quoted_where_myths_are_asked_for(embedder: Embedder) -> None:
    said = "The tower of Skarn is {} metres high."
    hits = [
        Hit(n, 1 / n, n, "tower.md", said.format(high), section=("The tower", heading), language="en", document_id=1)
        for n, (high, heading) in enumerate(((412, "Common myths"), (318, "Facts")), start=1)
    ]

    def quoted(question: str) -> list[str]:
        return [one.source.unit.text for one in rank(question, hits, embedder, "en").best(2)]

    assert quoted("How high is the tower of Skarn?") == [said.format(318)]
    assert quoted("Which myths are there about the tower of Skarn?")[0] == said.format(412)


def test_titles_of_works_cited_are_quoted_behind_what_the_text_says(embedder: Embedder) -> None:
    works = (
        '12. "How high is the tower of Skarn?" (https://example.org/skarn). The Daily Lock. Retrieved May 3, 2009.\n\n'
        "13. Dell, Jan (2016). Towers of the North. Marrec: Quay Press. p. 195. ISBN 0-00-000000-2."
    )
    said = "The tower of Skarn is 318 metres high."
    hits = [
        Hit(n, 1 / n, n, "tower.md", text, section=("The tower", "See also"), language="en", document_id=1)
        for n, text in enumerate((works, said), start=1)
    ]
    ranking = rank("How high is the tower of Skarn?", hits, embedder, "en")
    assert [one.source.unit.text for one in ranking.best(2)] == [said]


@pytest.mark.parametrize(
    ("question", "language", "said", "other"),
    [
        (
            "Where is Marrec located?",
            "en",
            "Marrec lies on the river Oriel, below the hills of Vauzy.",
            "Marrec chose the locations of its locks in 1910, under the mayor Ada Moor.",
        ),
        (
            "Où se trouve Marrec ?",
            "fr",
            "Marrec est une ville des bords de l'Oriel, près de Vauzy.",
            "À Marrec, le maire Ada Moor trouva en 1910 l'argent de ses écluses.",
        ),
    ],
)
def test_whatever_names_a_place_tells_where_something_is_located(
    embedder: Embedder, question: str, language: str, said: str, other: str
) -> None:
    hits = [
        Hit(n, 1 / n, n, f"{n}.md", text, language=language, document_id=n)
        for n, text in enumerate((other, said), start=1)
    ]
    assert rank(question, hits, embedder, language).best(1)[0].source.unit.text == said

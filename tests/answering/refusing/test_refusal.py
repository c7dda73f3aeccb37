"""A question that the passages answer is likelier than one that they do not; the figures are in tests/bench/refusal.py."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from ragcli.answering.quoting.quotes import rank
from ragcli.answering.refusing.refusal import chance_of_an_answer, features, probability
from ragcli.embedding.protocol import Embedder
from ragcli.records import Hit
from ragcli.storage.terms import terms

TEXTS = [
    "The Skarn tower was opened in 1889 and is 330 metres tall. It was planned by Odile Garnier.",
    "The ferry from Skarn to Halden sails at 7:40 each morning. A ticket costs 58 crowns.",
    "Herring was the main catch of the harbour until 1931. Then the cannery closed.",
]
HITS = [Hit(n, 1 / n, n, f"{n}.txt", text, language="en") for n, text in enumerate(TEXTS, start=1)]
ANSWERED = ["How tall is the Skarn tower?", "When does the ferry to Halden sail?", "Who planned the tower of Skarn?"]
ABSENT = [
    "Which enzyme splits lactose?",
    "Who won the 1998 chess olympiad in Elista?",
    "What does a barrister wear in court?",
]


def shares(asked: Sequence[str]) -> list[float]:
    counts = Counter(term for text in TEXTS for term in set(terms(text, "en")))
    return [counts[term] / 300 for term in asked]


@pytest.mark.parametrize("shows_tokens", [True, False])
def test_answered_and_absent_are_told_apart(embedder: Embedder, shows_tokens: bool) -> None:
    def chance(question: str) -> float:
        ranking = rank(question, HITS, embedder, "en")
        if not shows_tokens:
            ranking = replace(ranking, maxsims=None)
        return chance_of_an_answer(ranking, embedder, shares)

    assert min(map(chance, ANSWERED)) > 0.6
    assert max(map(chance, ABSENT)) < 0.4


def test_in_another_language_shared_words_are_not_asked_for(embedder: Embedder) -> None:
    def seen(question: str) -> dict[str, float]:
        ranking = rank(question, HITS, embedder, "fr")
        return features(ranking, embedder, shares)

    near_and_far = {"cosine_max", "cosine_median", "maxsim_above", "figures_missing", "spaced", "ruled_out"}
    assert set(seen("Quelle hauteur a la tour ?")) == near_and_far
    assert seen("Que s’est-il passé en 1931 ?")["figures_missing"] == 0
    assert seen("Que s’est-il passé entre 1931 et 1958 ?")["figures_missing"] == 0.5
    assert seen("Quel est le numéro de téléphone du port ?")["ruled_out"] == 1  # it would be one in any language
    for spaced in (0.0, 1.0):
        beside = {"figures_missing": 0.0, "spaced": spaced}
        near = probability({"cosine_max": 0.9, "cosine_median": 0.5} | beside, embedder.name)
        far = probability({"cosine_max": 0.3, "cosine_median": 0.2} | beside, embedder.name)
        assert far < 0.5 < near


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("In which year was the bridge opened?", "大桥于民国二十年通车，桥长二百多米。"),
        ("What colour is the bridge?", "大桥是红色的，桥长二百多米。"),
    ],
)
def test_what_other_languages_write_otherwise_may_stand_there(embedder: Embedder, question: str, text: str) -> None:
    ranking = rank(question, [Hit(1, 1.0, 1, "bridge.txt", text, language="zh")], embedder, "en")
    assert features(ranking, embedder, shares)["ruled_out"] == 0


def test_a_foreign_word_spelt_alike_is_judged_beside_what_the_own_language_says_as_well(embedder: Embedder) -> None:
    foreign = Hit(
        1, 1.0, 1, "readme.md", "These are the papers of an invented river authority, the Skarn Works.", language="en"
    )
    own = Hit(2, 0.5, 2, "compte-rendu.md", "Claire Morel demande un appel au téléphone.", language="fr")

    def is_judged_by_words(foreign_leads_by: float, *hits: Hit) -> bool:
        ranking = rank("Qui a inventé le téléphone ?", hits, embedder, "fr")
        ranking = ranking.ordered(sorted(range(len(hits)), key=lambda at: ranking.candidates[at].source.hit))
        first, *others = ranking.candidates
        leading = first.raised(foreign_leads_by + max((one.score for one in others), default=0.0) - first.score)
        return "rarity" in features(replace(ranking, candidates=(leading, *others)), embedder, shares)

    assert is_judged_by_words(0.02, foreign, own)
    assert not is_judged_by_words(0.2, foreign, own)
    assert not is_judged_by_words(0.02, foreign, replace(own, text="Claire Morel demande un rapport."))
    found_by_meaning = replace(foreign, text="It was Odile Garnier who built the first speaking wire.")
    assert not is_judged_by_words(0.02, found_by_meaning, own)


def test_a_paragraph_of_a_foreign_page_may_be_in_the_language_of_the_question(embedder: Embedder) -> None:
    hits = [replace(hit, language="fr") for hit in HITS]
    ranking = rank("When does the ferry to Halden sail?", hits, embedder, "en")
    seen = features(ranking, embedder, shares)
    assert "rarity" in seen


def test_a_sum_need_not_hold_the_word_that_asks_for_it(embedder: Embedder) -> None:
    hits = [HITS[1], HITS[0], HITS[2]]  # as they would be found

    def chance(question: str) -> float:
        return chance_of_an_answer(rank(question, hits, embedder, "en"), embedder, shares)

    assert chance("How much do we owe for a ticket to Halden?") > 0.6
    assert chance("How much do we owe for a barrister in Elista?") < 0.4


def test_the_heads_of_a_row_are_said_of_it(embedder: Embedder) -> None:
    hit = Hit(1, 1.0, 1, "wells.docx", "| Well | Depth |\n| --- | --- |\n| Corve | 27 |", kind="table", language="en")
    ranking = rank("What is the depth of Corve?", [hit], embedder, "en")
    seen = features(ranking, embedder, lambda asked: [0.1] * len(asked))
    assert seen["rare_best"] == 1


def test_passages_without_a_word_of_the_question_do_not_answer_it(embedder: Embedder) -> None:
    def ruled_out(question: str, language: str, hits: Sequence[Hit] = HITS) -> float:
        ranking = rank(question, hits, embedder, language)
        return features(ranking, embedder, shares)["ruled_out"]

    assert ruled_out("How is mayonnaise made?", "en") == 1
    assert ruled_out("How tall is the Skarn tower?", "en") == 0
    assert ruled_out("Which mayonnaise contains lactose, gelatine, mustard or vinegar, in the harbour?", "en") == 1
    chinese = [Hit(1, 1.0, 1, "a.txt", "伊恩·默多克于1993年创立了这个计划。", language="zh")]
    assert ruled_out("谁发起了这个项目？", "zh", chinese) == 0  # 这个
    near = {"cosine_max": 1.5, "cosine_median": 0.1}  # however near a model of short distances finds them
    assert probability(near | {"ruled_out": 1.0}, "multilingual-e5-small") == 0.0


def test_what_is_said_of_another_year_does_not_answer(embedder: Embedder) -> None:
    def ruled_out(question: str, text: str) -> float:
        hits = [Hit(1, 1.0, 1, "dues.md", text, language="en"), *HITS]
        ranking = rank(question, hits, embedder, "en")
        return features(ranking, embedder, shares)["ruled_out"]

    limit = "The limit of the harbour dues for 2011 is 106,800 crowns."
    assert ruled_out("What is the limit of the harbour dues for 2012?", limit) == 1
    assert ruled_out("What is the limit of the harbour dues for 2011?", limit) == 0
    assert ruled_out("What was the limit of the harbour dues in the 1990s?", limit) == 0
    assert ruled_out("What is the limit of the harbour dues for 2012?", limit.replace("2011", "2009 to 2014")) == 0
    assert ruled_out("What is the limit of the harbour dues for 2012?", f"{limit} It was kept in 2012.") == 0
    undated = "The limit of the harbour dues is 106,800 crowns."
    assert ruled_out("What is the limit of the harbour dues for 2012?", undated) == 1
    assert ruled_out("What is the limit of the harbour dues for 2012?", f"Dues of 2012\n\n{undated}") == 0
    assert ruled_out("What is the limit of the harbour dues?", undated) == 0


def test_a_name_that_the_passages_inflect_is_there(embedder: Embedder) -> None:
    hits = [Hit(1, 1.0, 1, "umowa.txt", "Reprezentuje ją spółka z Wodociągami Gdyńskimi.", language="pl")]

    def missing(question: str) -> float:
        ranking = rank(question, hits, embedder, "pl")
        return features(ranking, embedder, shares)["marks_missing"]

    assert missing("Kto reprezentuje Wodociągi Gdyńskie?") == 0
    assert missing("Kto reprezentuje Wodociągi Sopockie?") == 0.5


def test_nothing_to_quote_is_no_chance(embedder: Embedder) -> None:
    assert chance_of_an_answer(rank("Why?", [], embedder, "en"), embedder, shares) == 0


def test_a_question_of_stop_words_has_no_rarity(embedder: Embedder) -> None:
    ranking = rank("What is it about?", HITS, embedder, "en")
    seen = features(ranking, embedder, shares)
    assert seen["rarity"] == seen["ruled_out"] == 0
    assert 0 < probability(seen, "a model that nobody knows") < 1


def test_the_name_of_the_file_and_what_an_abbreviation_stands_for_are_said(embedder: Embedder) -> None:
    text = "Le règlement intérieur complète le Règlement professionnel du notariat. Il date de 2024."
    hits = [Hit(1, 1.0, 1, "/d/Skarn_2023.pdf", text, language="fr")]

    def seen(question: str) -> dict[str, float]:
        return features(rank(question, hits, embedder, "fr"), embedder, lambda a: [0.1] * len(a))

    assert seen("De quand date le RPN ?")["marks_missing"] == 0
    assert seen("De quand date le RPQ ?")["marks_missing"] == 1
    assert seen("Que dit le rapport de Skarn pour FY2023 ?")["marks_missing"] == 0
    assert seen("Que dit le rapport de Halden pour FY2023 ?")["marks_missing"] == 0.5


def test_a_long_question_is_forgiven_what_it_says_beside(embedder: Embedder) -> None:
    def seen(question: str) -> dict[str, float]:
        return features(rank(question, HITS, embedder, "en"), embedder, shares)

    assert seen("How tall is the Skarn tower?")["long"] == 0
    long = "How tall is the Skarn tower, who planned it, when was it opened, and what did visitors, critics and builders write?"
    assert seen(long)["long"] > 0


@pytest.mark.parametrize(
    ("language", "question", "text"),
    [
        ("th", "สะพานข้ามแม่น้ำสายนี้สร้างขึ้นเมื่อใดและใครเป็นผู้ออกแบบ", "ร้านค้าเปิดทุกวัน"),
        ("vi", "Cây cầu bắc qua dòng sông được xây dựng năm nào và nhà thiết kế tên gì?", "Cửa hàng mở cửa hằng ngày."),
    ],
)
def test_what_is_missing_is_weighed_by_words_though_each_has_several_terms(
    embedder: Embedder, language: str, question: str, text: str
) -> None:
    hit = Hit(1, 1.0, 1, "bridge.txt", text, language=language)
    seen = features(rank(question, [hit], embedder, language), embedder, lambda asked: [0.0] * len(asked))
    english = "When was the bridge across this river built, and what was its designer called?"
    hit = Hit(1, 1.0, 1, "bridge.txt", "The shop is open daily.", language="en")
    beside = features(rank(english, [hit], embedder, "en"), embedder, lambda asked: [0.0] * len(asked))
    assert seen["rarity_missing"] < 2 * beside["rarity_missing"]
    assert seen["long"] < 0.5


def test_a_code_is_said_in_the_way_of_its_makers(embedder: Embedder) -> None:
    text = "The FM24C256 writes pages of 64 bytes."
    hit = Hit(1, 1.0, 1, "memory.txt", text, language="en")

    def missing(question: str) -> float:
        ranking = rank(question, [hit], embedder, "en")
        return features(ranking, embedder, shares)["rarity_missing"]

    assert missing("Which pages does the 24C256 write?") == 0.0
    assert missing("Which pages does the 24C999 write?") > 0.0


def test_what_is_said_in_other_words_is_not_ruled_out_for_them(embedder: Embedder) -> None:
    text = "The supplier shall notify of any personal data breach within twenty-four hours after becoming aware of it."

    def is_ruled_out(asked: str) -> bool:
        hit = Hit(1, 1.0, 1, "brightwater.txt", text, language="en", rest=asked)  # which was found by its name
        ranking = rank(asked, [hit], embedder, "en")
        seen = features(
            ranking, embedder, lambda terms: [0.5 if term in ("data", "breach") else 0.02 for term in terms]
        )
        assert seen["rare_anywhere"] <= 0.2
        return bool(seen["ruled_out"])

    assert not is_ruled_out("How quickly must it report a data breach?")
    assert is_ruled_out("Which pianist plays in the data centre?")


def test_a_field_that_was_not_filled_in_answers_nothing(embedder: Embedder) -> None:
    def chance(age: str) -> float:
        form = f"|  |  |\n|---|---|\n| Licence: | Private |\n| Age of the pilot: | {age} |\n| Seat: | Front |"
        hits = [Hit(1, 1.0, 1, "report.pdf", form, language="en")]
        return chance_of_an_answer(rank("What is the age of the pilot?", hits, embedder, "en"), embedder, shares)

    assert chance("60") > 0.5
    assert chance("") == chance("Home town: Street:") == 0.0


def test_what_happened_when_is_told_by_a_day_alone(embedder: Embedder) -> None:
    rows = "| Date & time: | 8 December 2007 |\n| Accident number: | NY08 |\n| Damage: | Substantial |"
    question = "When did the accident happen?"
    hits = [Hit(1, 1.0, 1, "report.pdf", f"|  |  |\n|---|---|\n{rows}", language="en", rest=question)]
    seen = features(
        rank(question, hits, embedder, "en"), embedder, lambda asked: [1.0 if one == "accid" else 0.0 for one in asked]
    )
    assert seen["ruled_out"] == 0.0

"""Folding and stemming."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.storage.terms import content_terms, fold, short_words, terms


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("économie", "économies", "fr"),
        ("economie", "ÉCONOMIES", "fr"),
        ("l’hôpital", "hopitaux"[:6] + "l", "fr"),
        ("indexing", "indexed", "en"),
        ("ﬁnal", "final", "en"),
        ("mise en œuvre", "oeuvres", "fr"),
        ("Wodociągami", "wodociągi", "pl"),
        ("smlouvu", "smlouvy", "cs"),
        ("Łódź", "lodz", "pl"),
        ("Đồng Tháp", "dong thap", "vi"),
        ("IŞIĞI", "isigi", "tr"),
        ("ज़रूरी", "जरूरी", "hi"),
        ("क्‍ष", "क्ष", "hi"),
        ("ชา", "ชา", "th"),
    ],
)
def test_forms_of_a_word_share_a_term(one: str, other: str, language: str) -> None:
    assert set(terms(one, language)) & set(terms(other, language))


@pytest.mark.parametrize(
    ("question", "language", "left"),
    [
        ("Wie kann ich die Kosten einsehen?", "de", ["kost", "einseh"]),
        ("¿Cómo puedo ver el sur del mes?", "es", ["ver", "sur", "mes"]),  # French stop words
        ("Come faccio a pagare l'affitto?", "it", ["pag", "affitt"]),
        ("Dove sono le chiavi?", "it", ["chi"]),  # and not the stop word "chi"
        ("Quanto custa a renda?", "pt", ["cust", "rend"]),
        ("Hoe kan ik de huur betalen?", "nl", ["huur", "betaal"]),
        ("Где хранятся ключи?", "ru", ["хран", "ключ"]),
        ("鍵はどこにありますか", "ja", ["鍵は"]),
        ("What does the die cost?", "en", ["die", "cost"]),
        ("Am I paid for my leave?", "en", ["paid", "leav"]),
        ("Suis-je tenu de partir, ou pouvons-nous attendre ?", "fr", ["tenu", "part", "attendr"]),
        ("Les sommes dues en été", "fr", ["somm", "du", "ete"]),  # sums, and the summer
        ("What font size and tone?", "en", ["font", "size", "tone"]),  # French stop words
        ("Ils font quel but ?", "fr", ["but"]),
        ("Ils font what, but how?", None, []),
        ("¿Eres o estoy obligado?", "es", ["oblig"]),
        ("Darf ich meinem Nachbarn kündigen?", "de", ["nachbarn", "kundig"]),
        ("Ben ik verplicht te betalen?", "nl", ["verplicht", "betaal"]),
        ("Seit wann gilt es, und wovon?", "de", ["gilt"]),
        ("Waarvoor is het, en voor wiens rekening?", "nl", ["rekeen"]),
        ("Czy muszę iść?", "pl", ["isc"]),
    ],
)
def test_stop_words_are_those_of_the_language(question: str, language: str | None, left: list[str]) -> None:
    assert content_terms(question, language) == left


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("आईपीसीसी", "hi"),
        ("বাংলা", "bn"),
        ("மொழியின்", "ta"),
        ("తెలుగు", "te"),
        ("മലയാളം", "ml"),
        ("བོད", "bo"),
        ("ქართული", "ka"),
    ],
)
def test_vowels_that_are_marks_part_no_word(text: str, language: str) -> None:
    assert terms(text, None) == [text]
    assert len(terms(f"{text} {text}", language)) == 2


def test_words_that_differ_in_a_vowel_sign_differ() -> None:
    assert len({*terms("दिन", None), *terms("दान", None), *terms("दीन", None)}) == 3


def test_scripts_without_spaces_become_pairs() -> None:
    assert terms("北京大学", "zh") == ["北京", "京大", "大学"]
    assert "ภา" in " ".join(terms("ภาษาไทย", "th"))
    assert terms("ไทย", "th") == ["ไทย"]
    assert terms("日本ไทยabc", "th") == ["日本", "ไทย", "abc"]
    assert terms("がっこう", "ja") == ["がっ", "っこ", "こう"]
    assert set(terms("홍수", "ko")) <= set(terms("홍수가", "ko"))  # with a particle


def test_a_character_alone_is_no_part_of_a_word_or_number() -> None:
    assert short_words("茶 1993年 地铁 象?") == ["茶", "象"]
    assert short_words("ที่ ก tea") == ["ก"]
    assert short_words("ชา 2 ปี") == ["ชา", "ปี"]


def test_a_contracted_negation_is_its_verb() -> None:
    assert terms("It didn't, we don’t", "en") == terms("It did, we do", "en")
    assert terms("burnt ant's", "en") == ["burnt", "ant"]


def test_numbers_and_identifiers_are_kept() -> None:
    assert terms("LIMNAR-4 costs 4 870 €", "en")[:2] == ["limnar", "4"]


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.sampled_from(["en", "fr", None, "zh", "xx"]))
def test_terms_hold_no_space_and_no_quote(text: str, language: str | None) -> None:
    """They are joined by spaces and quoted for the index."""
    assert all(term and not set(term) & set(" \"'\t\n") for term in terms(text, language))

"""Typesetting undone: accents, ligatures, hyphens, controls."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.reading.normalise import (
    Vocabulary,
    accents_follow,
    clean,
    raised,
    spaced,
    with_graves,
    with_tex_ligatures,
    without_breaks,
)


@pytest.mark.parametrize(
    ("typeset", "meant"),
    [
        ("concentr´es", "concentrés"),
        ("na¨ıve, Lo¨ıc", "naïve, Loïc"),
        ("Loı̈c", "Loïc"),
        ("cafe\u0301", "café"),
        ("´Ecole, ´e´e", "École, éé"),
        ("T¨ackstr¨om, Baˇsi´c, O˘guz", "Täckström, Bašić, Oğuz"),
        ("Laurenc¸on, fran¸cais, re¸cu", "Laurençon, français, reçu"),
        ("tr`es, voil`a", "très, voilà"),
        ("http://a.es/˜agmartin, ma˜nana", "http://a.es/~agmartin, mañana"),
        ("a̸ = b, A∩B̸=∅", "a ≠ b, A∩B≠∅"),
        ("eﬃcient ﬁne ﬂow ﬆ", "efficient fine flow st"),
        ("12\u00a0000\u202f€", "12 000 €"),
        ("co\u00adoperate\u200b", "cooperate"),
        ("\uf6c7рево\uf6c6 сим\uf6c5ол", "превод симбол"),
        ("\uf6d9 \uf731\uf739\uf739\uf738 \uf761\uf762\uf763 PowerTrench\uf8e8", "© 1998 ABC PowerTrench®"),
        ("\x1b[31mred\x1b[0m \x1b]8;;http://x\x07link\x1b]8;;\x07\x07", "red link"),
        ("abc\u202etxt.exe", "abctxt.exe"),
    ],
)
def test_what_typesetting_did_is_undone(typeset: str, meant: str) -> None:
    assert clean(typeset) == meant


@pytest.mark.parametrize(
    "text", ["x² + ½", "`code` and ``quotes''", "WikiHow ¨ NWikiHow", "snake_case ^ ~", "5 ´ 3", "ﾊ Ⅷ"]
)
def test_what_means_something_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("drawn", "meant"),
    [
        ("signi\x1ccation of a \x0crst e\x0bect", "signification of a first effect"),
        ("a \x0c b, x\x0cy", "a \x0c b, x\x0cy"),  # letters of a formula
        ("25 \x01C", "25 \x01C"),
    ],
)
def test_ligatures_where_tex_has_them(drawn: str, meant: str) -> None:
    assert with_tex_ligatures(drawn) == meant


def test_an_accent_in_code_stays() -> None:
    assert clean("print('´e')", code=True) == "print('´e')"


def test_accents_after_their_letters_are_noticed() -> None:
    assert accents_follow(["Rube´n Hinojosa", "Rau´l Grijalva"])
    assert not accents_follow(["T¨ackstr¨om, Jim´enez, Ili´c"])
    assert clean("Rube´n, Rau´l", accent_follows=True) == "Rubén, Raúl"


def test_a_grave_begins_a_word_where_accents_are_set_apart() -> None:
    assert with_graves("`a Paris, l`a-bas, l’`ere") == "à Paris, l`a-bas, l’ère"


@given(st.text())
def test_clean_is_composed_harmless_and_final(text: str) -> None:
    once = clean(text)
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(char) == "Cc" and char != "\n" for char in once)
    assert clean(once, code=True) == once


@pytest.mark.parametrize(
    ("before", "mark", "joined"),
    [
        ("x", "2", "x²"),
        ("10", "-3", "10⁻³"),
        ("3.0e", "-4", "3.0e⁻⁴"),
        ("5 km", "2", "5 km²"),
        ("the end.", "12", "the end.¹²"),
        ("a concept", "1", "a concept ¹"),
        ("in 2019", "3", "in 2019 ³"),
        ("", "4", "⁴"),
    ],
)
def test_a_note_mark_does_not_become_part_of_a_word(before: str, mark: str, joined: str) -> None:
    assert before + raised(before, mark) == joined


@pytest.fixture
def words() -> Vocabulary:
    known = Vocabulary()
    known.learn(["The training of task-specific models is state-of-the-art.", "Art, the whole of it, repre-"])
    known.learn(["sentation of repre-"])
    return known


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("the train-", "ing begins", "the training begins"),  # seen joined
        ("a task-", "specific model", "a task-specific model"),  # seen hyphenated
        ("a repre-", "sentation", "a representation"),  # never seen: halves at line ends teach nothing
        ("state-of-the-", "art", "state-of-the-art"),
        ("the whole-", "training plan", "the whole-training plan"),  # two words of the document
        ("a whole of more-", "art", "a whole of moreart"),
        ("pre-train-", "ing", "pre-training"),
        ("Jean-", "Paul", "Jean-Paul"),
        ("OF TRAIN-", "ING, OF ART", "OF TRAINING, OF ART"),
        ("A TASK-", "SPECIFIC MODEL", "A TASK-SPECIFIC MODEL"),
        ("2019-", "2020", "2019-2020"),
        ("soft\u00ad", "ware", "software"),
        ("die Vor-", "und Nachteile", "die Vor- und Nachteile"),
        ("a well-", "known twenty-", "a well-known twenty-"),
        ("his well-", "ness", "his wellness"),
        ("his brother-", "in-law", "his brother-in-law"),
        ("a cross-", "border case", "a cross-border case"),  # closed lists of what parts of compounds are
        ("a cross-", "ing", "a crossing"),
        ("une virus-", "dependent", "une virus-dependent"),
        ("is in-", "dependent", "is independent"),
        ("celui-", "ci", "celui-ci"),
        ("mer-", "ci", "merci"),
        ("c’est-à-", "dire", "c’est-à-dire"),
        ("Saint-Pierre-", "et-Miquelon", "Saint-Pierre-et-Miquelon"),
        ("an x-", "ray", "an x-ray"),
        ("l’é-", "tat", "l’état"),
        ("a 10-", "day trip", "a 10-day trip"),
        ("of 1980-", "and 1990", "of 1980- and 1990"),
        ("one –", "two", "one – two"),
        ("one—", "two", "one—two"),
        ("plain", "words", "plain words"),
        ("http://tika.apache.or", "g", "http://tika.apache.org"),
        ("https://github.com/a", "pache/tika, of 2012", "https://github.com/apache/tika, of 2012"),
        ("see https://doi.org", "/10.3389/fpsyg", "see https://doi.org/10.3389/fpsyg"),
        ("at https://www.debian.org", "the/manual is", "at https://www.debian.org the/manual is"),
        ("at https://www.debian.org", "since 2012", "at https://www.debian.org since 2012"),
        ("at https://www.debian.org/", "Perl is at", "at https://www.debian.org/ Perl is at"),
        ("at https://www.debian.org/", "CorpusID:91 is", "at https://www.debian.org/CorpusID:91 is"),
        ("at https://www.debian.org/", "Perl/Manual", "at https://www.debian.org/Perl/Manual"),
        ("at https://www.debian.org/doc/", "Manual.pdf", "at https://www.debian.org/doc/Manual.pdf"),
        ("write to packages@qa.debian.", "org today", "write to packages@qa.debian.org today"),
        ("at www.example.org/whole-", "training", "at www.example.org/whole-training"),
        ("It is at www.example.org.", "The rest is not", "It is at www.example.org. The rest is not"),
        ("and/", "or", "and/ or"),
    ],
)
def test_hyphens_at_line_ends(words: Vocabulary, before: str, after: str, joined: str) -> None:
    assert words.join(before, after) == joined


def test_chinese_lines_are_joined_without_a_space(words: Vocabulary) -> None:
    assert words.join("洪水期间,第三", "座桥墩被冲刷。") == "洪水期间,第三座桥墩被冲刷。"
    assert words.join("期首残高 17,212", "当期変動額") == "期首残高 17,212 当期変動額"
    assert words.join("다리는", "홍수로") == "다리는 홍수로"  # Korean has spaces
    assert words.join("über", "Ärger") == "über Ärger"
    assert spaced("第三", "座") == "第三座"
    assert spaced("the", "座") == "the 座"
    assert without_breaks("第三\n座 桥\nthe pier") == "第三座 桥\nthe pier"

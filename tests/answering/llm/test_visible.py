"""The filter gives one text, however the stream is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.answering.llm.visible import visible


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("<think>hm, [1]?</think>It is 5 [1].", "It is 5."),
        ("It is <b>5</b> [1, 2] or [a].", "It is <b>5</b> or [a]."),
        ("Done.<|im_end|>\nUser: more", "Done."),
        ("a\x1b[31mred\x07", "a[31mred"),
        ("never closed <think>so much", "never closed "),
        ("<thinking>hm</thinking>It is 5.", "It is 5."),
        ("f[2] and [1999]", "f and [1999]"),
        ("It is 5 [limnar-radar-paper.pdf p.3].", "It is 5."),
        ("It is 5 [rapport annuel.docx, page 12], [x.md] and 6.", "It is 5, and 6."),
        (
            "It is 5 [Source 1]. So [sources: 2, 3] it 【1】 is 【4†source】 old (source 2) [^1][2].",
            "It is 5. So it is old.",
        ),
        ("Es ist 5 [Quelle 1] (Quelle: 2).", "Es ist 5."),
        ("See [1](http://evil.example/x).", "See [1](http://evil.example/x)."),
        ("a[1] = 3 and b[2] += 4, tall[1].", "a[1] = 3 and b[2] += 4, tall."),
        ("**It is 5 [1]**, [sic] (the source) [see below] (2)", "**It is 5**, [sic] (the source) [see below] (2)"),
        ("", ""),
    ],
)
def test_what_is_shown(said: str, shown: str) -> None:
    assert "".join(visible([said], ["<|im_end|>"])) == shown


@given(
    st.lists(
        st.sampled_from(
            [
                "<think>",
                "</think>",
                "<thinking>",
                "</thinking>",
                " [1]",
                "[2, 3]",
                "[^1]",
                "(source 2)",
                "【1】",
                "[a.pdf p.3]",
                "(",
                "=",
                "<",
                "<|im_end|>",
                "word ",
                "[",
                "]",
                "7",
                "\n",
                " ",
            ]
        )
    ),
    st.data(),
)
def test_pieces_do_not_matter(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)))))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    whole = "".join(visible([text], ["<|im_end|>"]))
    assert "".join(visible(pieces, ["<|im_end|>"])) == whole
    assert "<think>" not in whole
    assert "<|im_end|>" not in whole

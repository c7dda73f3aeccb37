"""An answer as Markdown: proof in footnotes, and nothing of a document that Markdown would act on."""

from pathlib import Path

from markdown_it import MarkdownIt

from ragcli.answering.html import answer_as_html
from ragcli.answering.markdown import answer_as_markdown
from ragcli.records import Answer, Citation, Sentence

EVIL = "See [this](http://evil.example) ![x](http://evil.example/p.png) <script>alert(1)</script> `code` # x"


def test_what_a_document_says_stays_text() -> None:
    made = Answer(
        EVIL, "generate", True, (Sentence(EVIL, False, (1,)),), (Citation(1, "/tmp/a [b].pdf", EVIL, 3, match="exact"),)
    )
    text = answer_as_markdown(made)
    html = MarkdownIt("commonmark").render(text)
    assert "<script>" not in html
    assert "<img" not in html
    assert 'evil.example"' not in html
    assert "*(not proved)*[^1]" in text
    assert "(file:///tmp/a%20%5Bb%5D.pdf#page=3)" in text
    page = answer_as_html(made)
    assert '<a href="file:///tmp/a%20%5Bb%5D.pdf#page=3">/tmp/a [b].pdf p.3</a> (exact)' in page
    assert page.count("<a ") == 2  # the other leads from the sentence to its proof


def test_a_refusal_names_what_was_near() -> None:
    text = answer_as_markdown(Answer("Why?", "quotes", False, warnings=("near: a.pdf p.1: x",)))
    assert text == "## Why?\n\n*Not found in the documents.*\n\n- near: a.pdf p.1: x\n"


def test_marks_and_footnotes_have_one_name() -> None:
    made = Answer(
        "Why?", "quotes", True, (Sentence("So.", True, (1,)),), (Citation(1, "a.pdf", "So.", 3, match="exact"),)
    )
    text = answer_as_markdown(made, prefix="2-")
    assert "So.[^2-1]" in text
    assert "\n[^2-1]: " in text


def test_every_form_tells_files_of_one_name_apart_and_what_ocr_read() -> None:
    citations = (
        Citation(1, f"{Path.cwd()}/2023/report.pdf", "So.", 3, match="exact", method="ocr"),
        Citation(2, "/elsewhere/2024/report.pdf", "So.", 3, match="exact"),
    )
    made = Answer("Why?", "quotes", True, (Sentence("So.", True, (1, 2)),), citations)
    for text in (answer_as_markdown(made), answer_as_html(made)):
        assert "2023/report.pdf p.3, read by OCR" in text
        assert "/elsewhere/2024/report.pdf p.3" in text
        assert f"{Path.cwd()}/2023/report.pdf p.3" not in text

"""Prompt templates: presets, one's own, and what a template or a source may not do."""

import pytest

from ragcli.answering.prompt import passages_for
from ragcli.answering.templates import TEMPLATES, SourceText, render, without_steps
from ragcli.errors import UsageError

SOURCES = [
    SourceText(1, "Rules, page 2", "The pier closes at 9. {{ 7 * 7 }} {% raw %}", "Rules", "/d/rules.pdf", 2),
    SourceText(2, "b.txt", "A ticket costs 58 crowns.", "", "/d/b.txt"),
]
ASKED = "When does the {{ pier }} close?"


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_preset_holds_question_and_sources_to_the_letter(name: str) -> None:
    messages = render(name, ASKED, SOURCES, "French")
    said = "\n".join(message.content for message in messages)
    assert ASKED in said  # never rendered a second time
    for source in SOURCES:
        assert source.text in said
    assert messages[-1].role == "user"


def test_few_shots_end_where_the_answer_begins() -> None:
    _, user = render("few-shot", "Why?", SOURCES, "French")
    assert user.content.endswith("Question: Why?\nAnswer in French.\nAnswer:")


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("It says 9.\nAnswer: At 9.", "At 9."),
        ("1. It says 9.\n\n**Answer:** At 9.", "At 9."),
        ("Es sind 9.\n**Antwort:** Um 9 Uhr.", "Um 9 Uhr."),
        ("Respuesta final: a las 9.", "a las 9."),
        ("**答案**：9点。", "9点。"),
        ("### Réponse finale : -5 °C.", "-5 °C."),
        ("Answer: no.\nNo: answer: At 9.", "At 9."),
        ("It says 9, so the answer is 9.", ""),
    ],
)
def test_steps_are_no_part_of_the_answer(written: str, answer: str) -> None:
    assert without_steps(written, "steps") == answer
    assert without_steps(written, "sources") == written


def test_the_course_s_own_prompt() -> None:
    (message,) = render("course", "Why?", SOURCES[1:], None)
    assert message.content == (
        "Answer the question based only on the following context:\nA ticket costs 58 crowns.\n"
        "Answer the question based on the above context: Why?."
    )


def test_one_s_own_template_with_a_system_message() -> None:
    own = (
        "Be brief in {{ language }}.\n===\n"
        "{% for s in sources %}{{ s.n }}: {{ s.text }} ({{ s.page }})\n{% endfor %}{{ question }}"
    )
    system, user = render(own, "Why?", SOURCES, "French")
    assert (system.role, system.content) == ("system", "Be brief in French.")
    assert user.content.startswith("1: The pier closes at 9.")
    assert user.content.endswith("(None)\nWhy?")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("curse", "there is no template 'curse'; take one of sources, course"),
        ("{{ question }}", "leaves out the question or the sources"),
        ("{{ context }}", "leaves out the question or the sources"),
        ("{{ question }} {{ contxt }}", "'contxt' is undefined"),
        ("{{ question }} {% if %}", "answering.template fails"),
        ("{{ question }} {{ context }} {{ 1 / 0 }}", "answering.template fails: division by zero"),
        (
            "{% for n in range(10**9) %}{% endfor %}{{ question }} {{ context }}",
            "answering.template fails: Range too big",
        ),
        ("{{ question }} {{ context }} {{ sources[7].text }}", "answering.template fails"),
        ("{{ question.__class__.__mro__[1].__subclasses__() }} {{ context }}", "answering.template fails"),
        ("{{ sources.__class__ }} {{ question.__init__.__globals__ }}", "answering.template fails"),
    ],
)
def test_a_template_that_is_wrong_or_reaches_out_is_refused(template: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        render(template, "Why?", SOURCES, None)


def test_more_passages_for_larger_models() -> None:
    sizes = [135_000_000, 1_500_000_000, 7_000_000_000, 70_000_000_000]
    assert [passages_for(size) for size in sizes] == [5, 5, 8, 12]
    assert passages_for(None) == 12

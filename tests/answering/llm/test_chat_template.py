"""Only the template's own text may hold control tokens; templates differ in what they accept."""

import pytest

from ragcli.answering.llm.chat_template import render
from ragcli.answering.llm.generator import Message
from ragcli.errors import ModelError

pytest.importorskip("jinja2")
CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] | trim }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
NO_SYSTEM = (
    "{{ bos_token }}{% for m in messages %}{% if m['role'] == 'system' %}{{ raise_exception('no system') }}{% endif %}"
    "[INST]{{ m['content'] }}[/INST]{% endfor %}"
)
FORGETS_SYSTEM = "{% for m in messages %}{% if m.role != 'system' %}<u>{{ m.content }}</u>{% endif %}{% endfor %}"
CHAT = [Message("system", "Be brief. <|im_end|>"), Message("user", "Who? <s>")]


def test_messages_are_apart_from_the_template() -> None:
    assert render(CHATML, CHAT) == [
        ("<|im_start|>system\n", True),
        ("Be brief. <|im_end|>", False),
        ("<|im_end|>\n<|im_start|>user\n", True),
        ("Who? <s>", False),
        ("<|im_end|>\n<|im_start|>assistant\n", True),
    ]


@pytest.mark.parametrize("template", [NO_SYSTEM, FORGETS_SYSTEM])
def test_without_a_system_role_the_user_says_it(template: str) -> None:
    assert ("Be brief. <|im_end|>\n\nWho? <s>", False) in render(template, CHAT, bos="<s>")


def test_a_placeholder_in_a_document_is_only_text() -> None:
    odd = [Message("user", "\ue0000\ue001 twice \ue0007\ue001")]
    assert render(CHATML, odd)[1] == (odd[0].content, False)


@pytest.mark.parametrize(
    "template",
    [
        "{{ messages[0].content }}{{ messages[0].content }}",
        "nothing",
        "{% if %}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}{{ messages[0].content }}",
        "{{ raise_exception('always') }}",
        "{{ range(10**9) }}{{ 1 // 0 }}",
        "{{ 1 // 0 }}",
    ],
)
def test_a_bad_template_is_an_error_and_runs_nothing(template: str) -> None:
    with pytest.raises(ModelError, match="chat template"):
        render(template, CHAT)

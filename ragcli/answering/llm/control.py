"""Control strings of chat templates, which a text from outside must never be able to write."""

import re

# The common families; a model whose template is at hand has its own searched by the same form.
CONTROL_STRING = re.compile(
    r"<\|[^|<>\s]{1,40}\|>|</?s>|<(?:start|end)_of_turn>|<(?:bos|eos|pad|unk)>|\[/?(?:INST|SYSTEM_PROMPT)\]|<</?SYS>>"
    r"|<｜[^｜<>\s]{1,40}｜>|</?think>",
    re.IGNORECASE,
)
# What ends an answer when a service lets it through as text.
ENDS = ("<|im_end|>", "<|im_start|>", "<|eot_id|>", "<|end|>", "<|endoftext|>", "<end_of_turn>", "</s>")


def defused(text: str) -> str:
    """`text` with an invisible space inside each control string: it reads the same and is no single token any more.

    For models whose tokens we do not make ourselves; in process the text is tokenised apart from the template instead.
    """
    return CONTROL_STRING.sub(lambda found: f"{found[0][0]}\u200b{found[0][1:]}", text)

"""Ask a language model to rewrite a question for the search: into its parts, or into a passage that could answer it."""

import re

from ragcli.answering.llm.generator import Generator, Message, Sampling
from ragcli.answering.llm.visible import printable

MOST_PARTS = 3
_LONGEST = 300  # characters of one part: a model that writes more has answered instead
_PART_TOKENS, _PASSAGE_TOKENS = 96, 96
_MARK = re.compile(r"^\s*(?:[-*•]|\(?\d+[.):]|(?:sub-?)?question\s*\d*\s*:)\s*", re.IGNORECASE)

_DECOMPOSE = (
    "You prepare questions for a search engine. If the question needs several facts from different documents, write the "
    f"simple questions that ask for each of them, one a line, {MOST_PARTS} at most. Repeat the names in each, since each is "
    "searched by itself. If the question needs one fact only, repeat it. Keep its language. Do not answer."
)
_EXAMPLE = "Which of the Halden bridge and the Skarn pier is older, and who built it?"
_EXAMPLE_PARTS = (
    "When was the Halden bridge built?\nWhen was the Skarn pier built?\nWho built the Halden bridge and the Skarn pier?"
)
_HYPOTHESISE = (
    "Write one short passage of two or three sentences, as it could stand in a document that answers the question. Keep the "
    "question's language and its names. Write the passage alone."
)


def parts_of(question: str, generator: Generator) -> tuple[str, ...]:
    """The simpler questions that a model makes of one, in its order; none where it sees one fact, or makes no sense.

    A model just loaded gives the same parts for the same question. Raises: ModelError when the model or its server fails.
    """
    messages = [
        Message("system", _DECOMPOSE), Message("user", _EXAMPLE), Message("assistant", _EXAMPLE_PARTS), Message("user", question),
    ]  # fmt: skip
    said = "".join(generator.stream(messages, Sampling(_PART_TOKENS)))
    lines = (_MARK.sub("", printable(line)).strip(' "“”«»') for line in said.splitlines())
    parts = dict.fromkeys(line for line in lines if 0 < len(line) <= _LONGEST and re.search(r"\w", line))
    others = [part for part in parts if part.casefold() != question.strip().casefold()]
    return tuple(others[:MOST_PARTS])


def hypothetical_passage(question: str, generator: Generator) -> str | None:
    """A passage that could answer a question, right or not: what is near it in meaning is near the answer, too.

    Source: Gao, Ma, Lin, Callan, "Precise Zero-Shot Dense Retrieval without Relevance Labels" (HyDE), ACL 2023.
    Returns: None when the model writes nothing. Raises: ModelError when the model or its server fails.
    """
    said = "".join(
        generator.stream([Message("system", _HYPOTHESISE), Message("user", question)], Sampling(_PASSAGE_TOKENS))
    )
    return printable(said).strip() or None

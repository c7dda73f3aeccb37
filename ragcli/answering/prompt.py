"""The chat that asks a language model to answer from sources, cut to what the model can read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ragcli.answering.llm.generator import Generator, Message
from ragcli.answering.templates import SourceText, render
from ragcli.errors import ModelError
from ragcli.records import Hit

_LANGUAGES = {
    "ar": "Arabic", "da": "Danish", "de": "German", "en": "English", "es": "Spanish", "fi": "Finnish", "fr": "French",
    "hi": "Hindi", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip

# How many passages a model is given: large ones use more of them.
_PASSAGES = ((3_000_000_000, 5), (10_000_000_000, 8))
_PASSAGES_LARGE = 12  # also for a service, whose size is not told
_SENTENCES = 3_000_000_000  # parameters, below which a model is given sentences alone


def passages_for(parameters: int | None) -> int:
    """The number of passages for a model of so many parameters, where the configuration names none.

    The rule: below 3 billion 5, and of those the sentences alone that may answer (see `reads_sentences`), below 10 billion 8,
    else 12; and never more than fit into the context beside the answer, the weakest left out first. Each passage is a chunk
    as it was indexed, joined with its neighbours where both were found.
    """
    if parameters is not None:
        for limit, passages in _PASSAGES:
            if parameters < limit:
                return passages
    return _PASSAGES_LARGE


def reads_sentences(parameters: int | None) -> bool:
    """Whether a model of so many parameters is given, of its passages, the sentences alone that may answer.

    Small models take their answers from what stands beside the right sentence, and are slow to read it. One of 1.5 billion
    parameters has the known answer in 0.83 and 0.42 of 12 questions of SQuAD and of PIAF, in an earlier run from five
    passages in 0.58 and 0.50; the prompt has a fifth to a third of the tokens.
    """
    return parameters is not None and parameters < _SENTENCES


class DoesNotFitError(ModelError):
    """Not even the strongest passage finds room."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent to a model, and the passages that found room in it."""

    messages: tuple[Message, ...]
    hits: tuple[Hit, ...]  # in the order of the prompt
    tokens: int
    warnings: tuple[str, ...] = ()


def build(
    question: str,
    hits: Sequence[Hit],
    generator: Generator,
    *,
    room: int,
    order: Literal["score", "document"] = "document",
    language: str | None = None,
    template: str = "sources",
    told: Mapping[int, str] | None = None,
) -> Prompt:
    """Put as many of `hits` as fit into a chat, dropping the weakest first.

    Args:
        hits: at least one; their rank says how strong they are.
        room: tokens that the prompt may have.
        order: of the sources: as ranked, or as they stand in their documents, neighbours joined.
        language: of the question, and so of the answer.
        template: a name of `templates.TEMPLATES`, or a template itself.
        told: what is given of each passage, by chunk id; None for its text.
    Raises: DoesNotFitError when not even the strongest fits; UsageError for a template that is wrong.
    """
    kept = sorted(hits, key=lambda hit: hit.rank)
    while True:
        shown = sorted(kept, key=lambda hit: (hit.path, hit.ordinal)) if order == "document" else kept
        messages = render(template, question, _sources(shown, order, told), _LANGUAGES.get(language or ""))
        tokens = generator.count_prompt(messages)
        if tokens <= room:
            break
        if len(kept) == 1:
            raise DoesNotFitError(
                f"one passage and the question have {tokens:,} tokens, the model has room for {max(0, room):,}",
                "raise answering.context_tokens, or lower answering.max_tokens",
            )
        kept.pop()
    warnings: tuple[str, ...] = ()
    if left_out := len(hits) - len(kept):
        warnings = (
            f"{left_out} of {len(hits)} passages did not fit into the {room:,} tokens that the model has for them",
        )
    return Prompt(tuple(messages), tuple(shown), tokens, warnings)


def _sources(hits: Sequence[Hit], order: str, told: Mapping[int, str] | None) -> list[SourceText]:
    """The hits as numbered sources; in document order neighbours are one."""
    joined: list[list[Hit]] = []
    for hit in hits:
        last = joined[-1][-1] if joined else None
        follows = last is not None and (last.path, last.ordinal + 1) == (hit.path, hit.ordinal)
        if follows and order == "document":
            joined[-1].append(hit)
        else:
            joined.append([hit])
    return [
        SourceText(
            n=n,
            label=_label(source[0]),
            text="\n\n".join(hit.text if told is None else told[hit.chunk_id] for hit in source),
            title=source[0].title or "",
            path=source[0].path,
            page=source[0].page,
            place=source[0].place,
            section=source[0].section,
        )
        for n, source in enumerate(joined, 1)
    ]


def _label(hit: Hit) -> str:
    place = f"page {hit.page}" if hit.page is not None else hit.place or ""
    return ", ".join(part for part in (hit.title or hit.path.rpartition("/")[2], place) if part)

"""The answers to several questions in one, as one answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ragcli.records import Answer, Citation, Sentence


def joined(question: str, parts: Sequence[Answer]) -> Answer:
    """One answer of those to the parts of a question, in their order; a part that is not found is named among the warnings.

    Args:
        parts: one of which is found, at least.
    """
    sentences: list[Sentence] = []
    citations: list[Citation] = []
    seconds: Counter[str] = Counter()
    warnings: dict[str, None] = {}
    for part in parts:
        numbers: dict[int, int] = {}
        for citation in part.citations:
            same = next((one for one in citations if replace(one, n=citation.n) == citation), None)
            if same is None:
                same = replace(citation, n=len(citations) + 1)
                citations.append(same)
            numbers[citation.n] = same.n
        sentences += [
            replace(one, citations=tuple(numbers[number] for number in one.citations)) for one in part.sentences
        ]
        said = part.warnings if part.found else (f"not found: {part.question}",)
        warnings |= dict.fromkeys(said)
        seconds.update(part.seconds)
    first = next(part for part in parts if part.found)
    return replace(
        first,
        question=question,
        sentences=tuple(dict.fromkeys(sentences)),
        citations=tuple(citations),
        hits=tuple({hit.chunk_id: hit for part in parts for hit in part.hits}.values()),
        warnings=tuple(warnings),
        seconds={name: round(taken, 4) for name, taken in seconds.items()},
        complete=all(part.complete for part in parts),
    )

"""From ranked chunks to the passages that are shown: the same text once, and neighbours as one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ragcli.reading.boxes import union
from ragcli.records import Hit, Place
from ragcli.storage.terms import fold

_RULE = re.compile(r"^\|[-:| ]+\|$", re.MULTILINE)
SAME = 0.95  # share of five-word runs in common, from which two passages say the same
_RUN = 5
MOST_MERGED = 3  # chunks in one passage: more would bury what matched


def passages(ranked: Iterable[Hit], k: int, merge: bool) -> list[Hit]:
    """Return at most k passages, best first. Of the chunks behind them only copies of theirs are looked for.

    A chunk that says the same as a better one is listed in its `also`. With `merge`, a chunk that stands right before or
    behind a better one joins it: the passage keeps rank, score and chunk_id of the better. So do parts of one table, whose
    head each of them repeats: it is one passage, of its best parts.
    """
    kept: list[Hit] = []
    runs: list[frozenset[tuple[str, ...]]] = []
    is_full = False
    for hit in ranked:
        mine = _runs(hit.text)
        same = next((at for at, theirs in enumerate(runs) if _says_the_same(mine, theirs)), None)
        joins = merge and not is_full
        beside = next((at for at, one in enumerate(kept) if joins and _are_neighbours(one, hit)), None)
        of_table = next((at for at, one in enumerate(kept) if merge and _are_of_one_table(one, hit)), None)
        if same is not None:
            place = Place(hit.path, hit.page, hit.place, hit.chunk_id, hit.collection)
            kept[same] = replace(kept[same], also=(*kept[same].also, place, *hit.also))
        elif of_table is not None:
            if joins and len(kept[of_table].chunk_ids) < MOST_MERGED:
                kept[of_table] = _joined(kept[of_table], hit)
        elif beside is not None:
            kept[beside] = _joined(kept[beside], hit)
        elif len(kept) == k:
            is_full = True
        else:
            kept.append(hit)
            runs.append(mine)
    return [replace(hit, rank=rank) for rank, hit in enumerate(kept, start=1)]


def in_document_order(hits: Sequence[Hit]) -> list[Hit]:
    """The same hits as they follow each other in their documents; a document comes where its best hit ranked.

    Source: Yu, Xu, Akkiraju, "In Defense of RAG in the Era of Long-Context Language Models", 2024 (order-preserving RAG).
    """
    first: dict[int, int] = {}
    for hit in hits:
        first.setdefault(hit.document_id, hit.rank)
    ordered = sorted(hits, key=lambda hit: (first[hit.document_id], hit.ordinal))
    return [replace(hit, rank=rank) for rank, hit in enumerate(ordered, start=1)]


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = fold(text).split()
    if len(words) <= _RUN:
        return frozenset([tuple(words)])
    return frozenset(zip(*(words[at:] for at in range(_RUN)), strict=False))


def _says_the_same(mine: frozenset[tuple[str, ...]], theirs: frozenset[tuple[str, ...]]) -> bool:
    small, large = sorted((len(mine), len(theirs)))
    return small >= SAME * large and len(mine & theirs) >= SAME * len(mine | theirs)


def _are_neighbours(kept: Hit, hit: Hit) -> bool:
    if kept.document_id != hit.document_id or len(kept.chunk_ids) >= MOST_MERGED:
        return False
    if kept.kind != hit.kind and {kept.kind, hit.kind} != {"text", "equation"}:
        return False
    return hit.ordinal in (kept.ordinal - 1, kept.ordinal + len(kept.chunk_ids))


def _are_of_one_table(kept: Hit, hit: Hit) -> bool:
    if kept.document_id != hit.document_id or kept.kind != "table" or hit.kind != "table":
        return False
    head = _head(kept.text)
    return bool(head) and kept.section == hit.section and head == _head(hit.text)


def _head(text: str) -> str:
    """The caption and the head of a table, as far as the rule below it."""
    found = _RULE.search(text)
    return text[: found.end()] if found else ""


def _joined(kept: Hit, hit: Hit) -> Hit:
    """`ordinal` becomes that of the first chunk, so that the passage stands where it begins."""
    is_before = hit.ordinal < kept.ordinal
    first, second = (hit, kept) if is_before else (kept, hit)
    return replace(
        kept,
        text=_with_overlap_once(first.text, second.text),
        ordinal=first.ordinal,
        chunk_ids=(*first.chunk_ids, *second.chunk_ids),
        pages=tuple(sorted({*first.pages, *second.pages})),
        bbox=union((kept.bbox, hit.bbox)) if kept.page == hit.page else kept.bbox,
        also=(*kept.also, *hit.also),
    )


def _with_overlap_once(first: str, second: str) -> str:
    if (head := _head(first)) and second.startswith(head):
        return f"{first}\n{second[len(head) :].lstrip()}"
    for length in range(min(len(first), len(second), 400), 19, -1):
        if first.endswith(second[:length]):
            return first + second[length:]
    return f"{first}\n\n{second}"

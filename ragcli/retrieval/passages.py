"""From ranked chunks to the passages that are shown: the same text once, neighbours and what shares a page as one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from ragcli.reading.boxes import union
from ragcli.records import Hit, Place
from ragcli.storage.terms import fold

_RULE = re.compile(r"^\|[-:| ]+\|$", re.MULTILINE)
SAME = 0.95  # share of five-word runs in common, from which two passages say the same
_RUN = 5
_PUNCTUATION = ".,;:!?…\"'«»“”‘’()[]•·"  # at the ends of words it changes nothing; a sign or a box that is ticked does
_BEST = 2  # passages that may be cut within what answers: a list, and its first item before it
MOST_MERGED = 3  # chunks in one passage: more would bury what matched
GAP = "[…]"  # between chunks of one page that do not follow each other


def passages(ranked: Iterable[Hit], k: int, merge: bool) -> list[Hit]:
    """Return at most k passages, best first, and all that are to be seen together. Of the chunks behind them only copies of
    theirs are looked for.

    A chunk that says the same as a better one is listed in its `also`. With `merge`, a chunk joins a better one that it
    stands right before or behind, or on a page of, for five passages are to show five places: the passage keeps rank,
    score and chunk_id of the better. So do parts of one table, whose head each of them repeats; two tables or figures of a
    page stay two. What would be a fourth chunk of a page or of a table comes behind all others, unless these are to be seen
    together; one that only stands beside three begins a passage.
    """
    kept: list[list[Hit]] = []
    also: list[list[Place]] = []
    spare: list[Hit] = []
    runs: list[frozenset[tuple[str, ...]]] = []
    is_full = False
    for hit in ranked:
        mine = _runs(hit.text)
        same = next((at for at, theirs in enumerate(runs) if _says_the_same(mine, theirs)), None)
        if same is not None:
            also[same] += [Place(hit.path, hit.page, hit.place, hit.chunk_id, hit.collection), *hit.also]
            continue
        to = _joined_by(kept, hit) if merge else None
        if to is not None and len(kept[to]) >= MOST_MERGED and not hit.together:
            spare.append(hit)
        elif to is not None:
            if not is_full or hit.together:
                kept[to].append(hit)
                also[to] += hit.also
        elif len(kept) >= k and not hit.together:
            is_full = True
        else:
            kept.append([hit])
            also.append(list(hit.also))
            runs.append(mine)
    shown = [replace(_as_one(parts), also=tuple(places)) for parts, places in zip(kept, also, strict=True)]
    if spare and len(shown) < k:
        shown += passages(spare, k - len(shown), merge)
    return [replace(hit, rank=rank) for rank, hit in enumerate(shown, start=1)]


def goes_on(ranked: Sequence[Hit], hit: Hit) -> bool:
    """Whether a chunk stands right before or behind one of the best."""
    return any(one.document_id == hit.document_id and _stand_beside([one], hit) for one in ranked[:_BEST])


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
    words = [bare for word in fold(text).split() if (bare := word.strip(_PUNCTUATION))]
    if len(words) <= _RUN:
        return frozenset([tuple(words)])
    return frozenset(zip(*(words[at:] for at in range(_RUN)), strict=False))


def _says_the_same(mine: frozenset[tuple[str, ...]], theirs: frozenset[tuple[str, ...]]) -> bool:
    small, large = sorted((len(mine), len(theirs)))
    return small >= SAME * large and len(mine & theirs) >= SAME * len(mine | theirs)


def _joined_by(kept: Sequence[Sequence[Hit]], hit: Hit) -> int | None:
    """Which passage a chunk belongs to: that of its table, else one beside it, else one on its page."""
    open_ones = [at for at, parts in enumerate(kept) if _may_join(parts[0], hit)]
    of_table = (at for at in open_ones if _are_of_one_table(kept[at][0], hit))
    beside = (at for at in open_ones if len(kept[at]) < MOST_MERGED and _stand_beside(kept[at], hit))
    on_page = (at for at in open_ones if _share_pages(kept[at], hit))
    return next(chain(of_table, beside, on_page), None)


def _may_join(kept: Hit, hit: Hit) -> bool:
    return kept.document_id == hit.document_id and (kept.kind == hit.kind or "figure" not in (kept.kind, hit.kind))


def _are_of_one_table(kept: Hit, hit: Hit) -> bool:
    head = _head(kept.text)
    return kept.kind == "table" and bool(head) and kept.section == hit.section and head == _head(hit.text)


def _stand_beside(parts: Sequence[Hit], hit: Hit) -> bool:
    return any(abs(part.ordinal - hit.ordinal) == 1 for part in parts)


def _share_pages(parts: Sequence[Hit], hit: Hit) -> bool:
    """Whether all of a chunk stands on pages that the passage shows; two tables or figures of a page stay two."""
    if hit.kind == "figure" or (hit.kind == "table" and any(part.kind == "table" for part in parts)):
        return False
    return bool(hit.pages) and {page for part in parts for page in part.pages}.issuperset(hit.pages)


def _head(text: str) -> str:
    """The caption and the head of a table, as far as the rule below it."""
    found = _RULE.search(text)
    return text[: found.end()] if found else ""


def _as_one(parts: Sequence[Hit]) -> Hit:
    """Chunks as one hit, in their order; the first of `parts` is the best.

    `ordinal` becomes that of the first chunk, so that the passage stands where it begins.
    """
    best, inorder = parts[0], sorted(parts, key=lambda part: part.ordinal)
    text = inorder[0].text
    for before, part in pairwise(inorder):
        text = _continued(text, part.text, part.ordinal - before.ordinal > 1)
    return replace(
        best,
        text=text,
        ordinal=inorder[0].ordinal,
        chunk_ids=tuple(chunk_id for part in inorder for chunk_id in part.chunk_ids),
        pages=tuple(sorted({page for part in parts for page in part.pages})),
        bbox=union(part.bbox for part in parts if part.page == best.page),
    )


def _continued(first: str, second: str, has_gap: bool) -> str:
    """One text of two; the head of a table, and what two chunks share at their seam, once."""
    if (head := _head(first)) and second.startswith(head):
        return f"{first}\n{second[len(head) :].lstrip()}"
    if has_gap:
        return f"{first}\n\n{GAP}\n\n{second}"
    for length in range(min(len(first), len(second), 400), 19, -1):
        if first.endswith(second[:length]):
            return first + second[length:]
    return f"{first}\n\n{second}"

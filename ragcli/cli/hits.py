"""How passages are printed: where each stands, and the part of it that shows why it was found."""

from collections.abc import Sequence
from typing import Any

from ragcli.cli.output import bold, dim, is_styled, link, print_json
from ragcli.records import Found, Hit
from ragcli.retrieval.snippet import snippet, table_lines
from ragcli.shown import place_of


def print_found(found: Found, as_json: bool, explain: bool = False, no_color: bool = False) -> None:
    """Print what was found, best first; with `explain` the scores of each side too."""
    if as_json:
        keys = {"question": found.question, "collection": found.collection, "mode": found.mode}
        searched = {"searched": list(found.searched)} if found.searched else {}
        hits = {"hits": [hit_as_json(hit) for hit in found.hits], "seconds": dict(found.seconds)}
        understood = {"understood": found.understood} if found.understood else {}
        warnings = {"warnings": list(found.warnings)} if found.warnings else {}
        print_json(keys | hits | searched | understood | warnings)
        return
    styled = is_styled(no_color)
    for text in found.searched if explain else ():
        print(f"searched as well: {text}")
    for hit in found.hits:
        where = place_of(hit.path, hit.page, hit.place)
        section = " > ".join(hit.section)
        base = f"{hit.collection}: " if hit.collection else ""
        head = f"{hit.rank}. {base}{bold(link(where, hit.path, hit.page, styled), styled)}"
        if section and section != hit.place:
            head += f"  {dim(section, styled)}"
        if hit.method == "ocr":
            head += "  (read by OCR)"
        head += dim(f"  (hit {hit.chunk_id})", styled)  # what `rag show` takes
        print(head)
        if explain:
            print(f"   {_explained(hit)}")
        if hit.kind == "table" and (shown := table_lines(hit.text, found.question, hit.language)):
            print(*(f"   {line}" for line in shown), sep="\n")
        else:
            print(f"   {_marked(hit, found.question, styled)}")
        for place in hit.also:
            base = f"{place.collection}: " if place.collection else ""
            print(dim(f"   also: {base}{place_of(place.path, place.page, place.place)}", styled))


def hit_as_json(hit: Hit) -> dict[str, Any]:
    """A hit under the names that scripts rely on."""
    names = (
        "rank", "score", "scores", "chunk_id", "path", "title", "page", "pages", "place", "section", "kind", "bbox", "text",
        "language", "method", "ranks", "chunk_ids", "also", "collection", "hop",
    )  # fmt: skip
    return {name: getattr(hit, name) for name in names} | {"meta": dict(hit.meta)}


def explained(hits: Sequence[Hit]) -> list[str]:
    """A line for each passage that an answer was made from."""
    return [
        f"{hit.rank}. {place_of(hit.path, hit.page, hit.place)}  (hit {hit.chunk_id})  {_explained(hit)}"
        for hit in hits
    ]


def _explained(hit: Hit) -> str:
    """Each stage's score and rank, and what was put together."""
    stages = [
        f"{name} {score:.4f} (rank {hit.ranks[name]})" if hit.ranks.get(name) else f"{name} {score:.4f}"
        for name, score in hit.scores.items()
        if score is not None
    ]
    missing = [f"{name} -" for name in ("dense", "lexical") if hit.scores.get(name) is None]
    merged = f", chunks {', '.join(map(str, hit.chunk_ids))}" if len(hit.chunk_ids) > 1 else ""
    if hit.hop:
        merged += f"; by way of “{hit.hop[1]}” in hit {hit.hop[0]}"
    rank = hit.ranks.get("final") or hit.ranks.get("fused")
    return f"score {hit.score:.4f} (rank {rank}): {', '.join([*stages, *missing])}{merged}"


def _marked(hit: Hit, question: str, styled: bool) -> str:
    text, spans = snippet(hit.text, question, hit.language)
    if not styled:
        return text
    for start, end in reversed(spans):
        text = f"{text[:start]}\033[1;33m{text[start:end]}\033[0m{text[end:]}"
    return text

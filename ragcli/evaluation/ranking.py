"""Ranking measures of what was retrieved, all computed by ir-measures."""

from collections.abc import Mapping, Sequence
from typing import Any

from ragcli.errors import ModelError
from ragcli.evaluation.questions import Question, is_document
from ragcli.records import Hit


def load_ir_measures() -> Any:
    """Raises: ModelError naming the extra when ir-measures is not installed."""
    try:
        import ir_measures
    except ImportError as error:
        raise ModelError("rag eval needs ir-measures", "install it: pip install 'ragcli[eval]'") from error
    return ir_measures


def ranking_measures(question: Question, hits: Sequence[Hit], k: int) -> dict[str, float]:
    """Measures of one question, each in [0, 1]; those that the question gives no truth for are left out.

    Of documents (a document ranks where its first passage ranks): recall@5, recall@k, precision@k, MRR@k, nDCG@k.
    Of pages: page hit@1, page hit@5, page hit@k: does any of the first passages touch a page that holds the answer?
    """
    ir = load_ir_measures()
    measured: dict[str, float] = {}
    if question.docs:
        # A wanted document that was found goes by the name of the question's file, so that two paths of it count once.
        named = [_named(hit.path, question.docs) for hit in hits]
        measured |= _measured(
            list(dict.fromkeys(named)), question.docs, {f"recall@{min(5, k)}": ir.R @ min(5, k), f"recall@{k}": ir.R @ k,
             f"precision@{k}": ir.P @ k, f"MRR@{k}": ir.RR @ k, f"nDCG@{k}": ir.nDCG @ k}
        )  # fmt: skip
    if question.pages:
        # Each passage is an item of its own: two passages of one page take two places, as they do for a reader.
        items = [str(rank) for rank in range(len(hits))]
        right = [item for item, hit in zip(items, hits, strict=True) if touches_page(question, hit.path, pages_of(hit))]
        depths = sorted({1, min(5, k), k})
        measured |= _measured(items, [*right, "none"], {f"page hit@{depth}": ir.Success @ depth for depth in depths})
    return measured


def pages_of(hit: Hit) -> tuple[int, ...]:
    """The pages that a passage stands on; none where its format has no pages."""
    return hit.pages or (() if hit.page is None else (hit.page,))


def touches_page(question: Question, path: str, pages: Sequence[int]) -> bool:
    """Whether one of these pages of a file holds the answer."""
    return any(is_document(path, named) and right & set(pages) for named, right in question.pages.items())


def _named(path: str, docs: Sequence[str]) -> str:
    return next((named for named in docs if is_document(path, named)), path)


def _measured(ranked: Sequence[str], right: Sequence[str], wanted: Mapping[str, Any]) -> dict[str, float]:
    """By name the value of each measure of ir-measures: made by its operators, since its parser fails from Python 3.14 on."""
    ir = load_ir_measures()
    relevant = [ir.Qrel("q", item, 1) for item in dict.fromkeys(right)]
    run = [ir.ScoredDoc("q", item, float(-rank)) for rank, item in enumerate(ranked)]
    # An empty run has no row for the question at all, and its measures are 0.
    values = {one.measure: float(one.value) for one in ir.iter_calc(wanted.values(), relevant, run)}
    return {name: values.get(measure, 0.0) for name, measure in wanted.items()}

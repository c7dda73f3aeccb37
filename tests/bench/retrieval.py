"""How well the right document, or the right page, is found: the course, BM25 and the modes of `rag` side by side.

    python tests/bench/retrieval.py --work FOLDER [--sets scifact pdf_fr …] [--systems course bm25 …] [--save NAME]

Over text: nDCG@10, recall@5 and MRR@10 of documents, a document ranking where its best passage ranks. Over PDFs: is any
of the pages that hold the answer among those of the first 1 or 5 passages, and MRR@10 of the first such passage.
Only questions that have an answer (and known pages) count; the whole corpus is searched. All measures are ir-measures'.
A re-run with the same work folder only queries.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import ir_measures
import numpy as np
import runs
import sets
import systems
import tables
from ir_measures import RR, R, Success, nDCG
from numpy.typing import NDArray

from ragcli.evaluation.statistics import mean_of
from ragcli.settings import Answering, Mode, Retrieval, Settings

MEASURES = {
    "text": {"nDCG@10": nDCG @ 10, "recall@5": R @ 5, "MRR@10": RR @ 10},
    "pdf": {"hit@5": Success @ 5, "hit@1": Success @ 1, "MRR@10": RR @ 10},
}
MODES: dict[str, Mode] = {"rag-dense": "dense", "rag-lexical": "lexical", "rag-hybrid": "hybrid"}
PLAIN_RRF = "plain-rrf"  # the two sides fused by reciprocal ranks with equal weights, whatever the language
REWRITES: dict[str, Literal["decompose", "hyde"]] = {"rag-decompose": "decompose", "rag-hyde": "hyde"}
SYSTEMS = ("course", "bm25", *MODES, PLAIN_RRF)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one system reached on one set; `by_question` has a row of equal order for each measure, in [0, 1]."""

    set_name: str
    family: str
    system: str
    by_question: Mapping[str, NDArray[np.float64]]
    characters_in_5: float  # to read in the first 5 passages, mean over the questions
    ms_per_question: float  # of `search`, mean; batched for some systems and not for others: no race


def open_system(name: str, corpus: sets.QuestionSet, work: Path, model: str | None) -> systems.System:
    """Make a system ready for a set, from the work folder where it was made before.

    Args:
        model: a GGUF file, which rewrites the questions.
    """
    if name == "course":
        return systems.Course(corpus, work)
    if name == "bm25":
        return systems.Bm25(corpus, work)
    if name == PLAIN_RRF:
        plain = Settings(retrieval=Retrieval(fusion="ranks", dense_weight=1.0))
        return systems.Rag(corpus, work, "hybrid", plain, "plain RRF")
    if name in REWRITES:
        rewriting = Settings(retrieval=Retrieval(rewrite=REWRITES[name]), answering=Answering(model=model))
        return systems.Rag(corpus, work, "hybrid", rewriting, name.replace("-", " "))
    return systems.Rag(corpus, work, MODES[name])


def judge(corpus: sets.QuestionSet, found: Sequence[Sequence[systems.Passage]]) -> dict[str, NDArray[np.float64]]:
    """Return each measure of the set's family for each question, in the order of the questions.

    Over PDFs each passage counts as an item of its own, named by its rank, and is relevant when it touches a page that
    holds the answer: two passages of one page take two places, as they do for a reader.
    """
    relevant, ranked = [], []
    for question, passages in zip(corpus.questions, found, strict=True):
        if corpus.family == "text":
            items = list(dict.fromkeys(passage.document for passage in passages))
            right = list(question.relevant)
        else:
            items = [str(rank) for rank in range(len(passages))]
            right = [item for item, passage in zip(items, passages, strict=True) if touches(passage, question)]
            right.append("none of them")  # so that the question counts where no passage is right
        relevant += [ir_measures.Qrel(question.id, item, 1) for item in right]
        ranked += [ir_measures.ScoredDoc(question.id, item, -rank) for rank, item in enumerate(items)]
    measures = MEASURES[corpus.family]
    values: dict[tuple[str, str], float] = {
        (str(metric.measure), metric.query_id): metric.value
        for metric in ir_measures.iter_calc(list(measures.values()), relevant, ranked)
    }
    ids = [question.id for question in corpus.questions]
    return {name: np.array([values.get((str(measure), id_), 0.0) for id_ in ids]) for name, measure in measures.items()}


def touches(passage: systems.Passage, question: sets.Question) -> bool:
    """Whether a page of the passage is one that holds the answer."""
    return any((passage.document, page) in question.pages for page in passage.pages)


def measure(corpus: sets.QuestionSet, name: str, work: Path, depth: int, model: str | None) -> Figures:
    """Ask all questions of a set and judge what is found."""
    system = open_system(name, corpus, work, model)
    began = time.perf_counter()
    found = system.search([question.text for question in corpus.questions], depth)
    ms = 1000 * (time.perf_counter() - began) / len(corpus.questions)
    characters = float(np.mean([sum(passage.characters for passage in passages[:5]) for passages in found]))
    return Figures(corpus.name, corpus.family, system.name, judge(corpus, found), characters, ms)


def compared(rivals: Sequence[Figures]) -> list[dict[str, Any]]:
    """Return a row per system of one set: each measure's mean, and its difference to the best with its interval."""
    rows: list[dict[str, Any]] = []
    for figures in rivals:
        row: dict[str, Any] = {"set": figures.set_name, "system": figures.system}
        row["questions"] = len(next(iter(figures.by_question.values())))
        for name, values in figures.by_question.items():
            best = max((rival.by_question[name] for rival in rivals), key=lambda each: float(each.mean()))
            row[name] = float(values.mean())
            apart = mean_of((values - best).tolist())
            row |= {f"{name} - best": apart.mean, f"{name} - best, low": apart.low, f"{name} - best, high": apart.high}
        rows.append(row | {"characters_in_5": figures.characters_in_5, "ms_per_question": figures.ms_per_question})
    return rows


def report(family: str, rows: Sequence[dict[str, Any]]) -> str:
    """Return the table of a family of sets.

    Bold is the best of its set; `~` is within its noise (the 95 % interval of the paired difference holds 0). The
    difference of the first measure is written out.
    """
    names = list(MEASURES[family])
    header = ["set", "system", *names, f"{names[0]} minus the best [95 %]", "characters in 5"]
    lines = [
        [
            f"{row['set']} ({row['questions']})",
            row["system"],
            *(marked(row, name) for name in names),
            ""
            if row[f"{names[0]} - best"] == 0
            else f"{row[f'{names[0]} - best']:+.3f} "
            f"[{row[f'{names[0]} - best, low']:+.3f}, {row[f'{names[0]} - best, high']:+.3f}]",
            f"{row['characters_in_5']:.0f}",
        ]
        for row in rows
    ]
    return tables.markdown(header, lines, names=2)


def marked(row: Mapping[str, Any], name: str) -> str:
    """Return a figure, bold where it is the best of its set and with `~` where it is within the noise of the best."""
    if row[f"{name} - best"] == 0:
        return f"**{row[name]:.3f}**"
    return f"{row[name]:.3f}{' ~' if row[f'{name} - best, high'] >= 0 else ''}"


def main() -> None:
    """Measure each system on each set; print a table per family, and keep all figures with `--save`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, help="the folder of the sets; else RAG_BENCH_DATA")
    parser.add_argument("--work", type=Path, required=True, help="where vectors and collections are kept")
    parser.add_argument("--sets", nargs="+", default=[*sets.TEXT_SETS, *sets.PDF_SETS], metavar="SET")
    parser.add_argument("--systems", nargs="+", choices=[*SYSTEMS, *REWRITES], default=list(SYSTEMS))
    parser.add_argument("--model", metavar="FILE.gguf", help="for rag-decompose and rag-hyde, which rewrite questions")
    parser.add_argument("--split", choices=["train", "test"], default="test", help="of the questions over text")
    parser.add_argument("--depth", type=int, default=100, help="passages asked for; documents are ranked from them")
    parser.add_argument("--limit-documents", type=int, help="a slice, for trying out")
    parser.add_argument("--limit-questions", type=int, help="a slice, for trying out")
    parser.add_argument("--save", metavar="NAME", help="write runs/DATE-NAME/")
    given = parser.parse_args()
    folder, everything, rows = sets.data_folder(given.data), list[Figures](), dict[str, list[dict[str, Any]]]()
    for name in given.sets:
        corpus = sets.load(folder, name, given.split, given.limit_documents, given.limit_questions)
        rivals = [measure(corpus, system, given.work, given.depth, given.model) for system in given.systems]
        rows.setdefault(corpus.family, []).extend(compared(rivals))
        everything += rivals
        print(f"{name}: {len(corpus.documents)} documents, {len(corpus.questions)} questions", file=sys.stderr)
    parts = [report(family, of_family) for family, of_family in rows.items()]
    print("\n\n".join(parts))
    if given.save:
        raw = [
            {"set": each.set_name, "system": each.system}
            | {name: [round(float(value), 4) for value in values] for name, values in each.by_question.items()}
            for each in everything
        ]
        notes = f"Bold: the best of its set. `~`: within its noise. Split over text: {given.split}."
        flat = [row for of_family in rows.values() for row in of_family]
        more = {"figures.json": json.dumps(flat, indent=1), "by_question.json": json.dumps(raw)}
        runs.save(given.save, "Retrieval", "\n\n".join([*parts, notes]), flat, more)


if __name__ == "__main__":
    main()

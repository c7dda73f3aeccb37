"""Questions that need several documents: are all of them among the first five, after one search and after two?

    python tests/bench/hops.py --work FOLDER [--sets hotpotqa multihop_rag/2wiki …] [--limit-questions N] [--save NAME]

Over the whole corpus of each set, questions of `--split test` with two documents or more; the collections are those that
retrieval.py makes in the same work folder. `all in 5` is the share of questions all of whose documents are among those of
the first five passages, `recall@5` the mean share of them that are. The difference to one hop is paired, its 95 %
interval by bootstrap over the questions. No language model takes part.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import runs
import sets
import systems
import tables

from ragcli.collection import Collection
from ragcli.evaluation.statistics import mean_of
from ragcli.settings import Retrieval, Settings

Hops = Literal[1, 2, "auto"]
HOPS: tuple[Hops, ...] = (1, "auto", 2)
DEPTH = 5


def measure(system: systems.Rag, questions: Sequence[sets.Question], hops: Hops) -> dict[str, list[float]]:
    """`all in 5` and `recall@5` of each question, in their order."""
    measured: dict[str, list[float]] = {"all in 5": [], "recall@5": []}
    settings = Settings(retrieval=Retrieval(hops=hops))
    with Collection.open("default", system.collection.home, settings) as collection:
        for question in questions:
            hits = collection.query(question.text, DEPTH).hits
            found = {system.document_of(Path(hit.path)) for hit in hits} & question.relevant
            measured["all in 5"].append(float(found == question.relevant))
            measured["recall@5"].append(len(found) / len(question.relevant))
    return measured


def rows_of(name: str, count: int, by_hops: Mapping[Hops, Mapping[str, Sequence[float]]]) -> list[list[str]]:
    rows = []
    for hops, measured in by_hops.items():
        cells = [f"{name} ({count})", str(hops)]
        for measure, values in measured.items():
            less = mean_of([a - b for a, b in zip(values, by_hops[1][measure], strict=True)])
            cells += [f"{np.mean(values):.3f}", "" if hops == 1 else f"{less.low:+.3f} to {less.high:+.3f}"]
        rows.append(cells)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=["hotpotqa", "multihop_rag/2wiki", "multihop_rag/musique"])
    parser.add_argument("--split", default="test")
    parser.add_argument("--limit-questions", type=int)
    parser.add_argument("--save")
    options = parser.parse_args()
    table: list[list[str]] = []
    raw: list[dict[str, object]] = []
    for name in options.sets:
        corpus = sets.load(sets.data_folder(options.data), name, options.split, None, options.limit_questions)
        questions = [question for question in corpus.questions if len(question.relevant) > 1]
        system = systems.Rag(corpus, options.work, "hybrid")
        by_hops = {hops: measure(system, questions, hops) for hops in HOPS}
        table += rows_of(name, len(questions), by_hops)
        for hops, measured in by_hops.items():
            for at, question in enumerate(questions):
                values = {measure: each[at] for measure, each in measured.items()}
                raw.append({"set": name, "hops": hops, "question": question.id, **values})
        print(json.dumps(table[-len(HOPS) :]), flush=True)
    header = ("set", "hops", "all in 5", "less one hop, 95 %", "recall@5", "less one hop, 95 %")
    report = tables.markdown(header, table, 2)
    print(report)
    if options.save:
        runs.save(options.save, "Questions that need several documents", report, raw, {})


if __name__ == "__main__":
    main()

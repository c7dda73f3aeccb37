"""Does a question find the passages of its own collection among several as well as in that alone?

    python tests/bench/several.py --work FOLDER [--sets squad piaf_fr scifact] [--limit-questions N] [--save NAME]
    python tests/bench/several.py --work FOLDER --sets squad:10 piaf_fr scifact
    python tests/bench/several.py --work FOLDER --halves xquad/zh xquad/th

Each set is a collection, as retrieval.py makes it in the same work folder; of `squad:10` the collection holds ten
documents, and only their questions are asked. Each question is put to its own collection alone and to all together.
`--halves` takes two sets of the same texts in two languages, the one half of the texts in the first, the other half in the
second, and asks each question in both languages: half of the answers then stand in another language than the question.
nDCG@10 and recall@5 of documents; differences are paired, their 95 % intervals by bootstrap over the questions.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import ir_measures
import runs
import sets
import systems
import tables
from ir_measures import R, nDCG

from ragcli.collection import Collection
from ragcli.collection.together import query
from ragcli.evaluation.statistics import mean_of
from ragcli.records import Hit

MEASURES = {"nDCG@10": nDCG @ 10, "recall@5": R @ 5}
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Base:
    """A collection, made from a corpus."""

    collection: Collection
    system: systems.Rag

    def item(self, hit: Hit) -> str:
        return f"{self.collection.name} {self.system.document_of(Path(hit.path))}"


@dataclass(frozen=True, slots=True)
class Case:
    """Questions whose documents are in one of the bases."""

    label: str
    base: Base
    questions: Sequence[sets.Question]


def base_of(corpus: sets.QuestionSet, work: Path) -> Base:
    system = systems.Rag(corpus, work, "hybrid")
    system.collection.name = corpus.name.replace("/", "-")  # all are called default in their own homes
    return Base(system.collection, system)


def cases_of_sets(data: Path, names: Sequence[str], split: sets.Split, most: int | None, work: Path) -> list[Case]:
    cases = []
    for name in names:
        plain, _, documents = name.partition(":")
        corpus = sets.load(data, plain, split, int(documents) if documents else None, None if documents else most)
        cases.append(Case(name, base_of(corpus, work), corpus.questions[:most]))
    return cases


def cases_of_halves(data: Path, names: Sequence[str], split: sets.Split, most: int | None, work: Path) -> list[Case]:
    """The questions of each set over each half."""
    whole = [sets.load(data, name, split, None, None) for name in names]
    ids = [document.id for document in whole[0].documents]
    cases = []
    for at, corpus in enumerate(whole):
        half = set(ids[at :: len(whole)])
        documents = tuple(document for document in corpus.documents if document.id in half)
        base = base_of(replace(corpus, name=f"{corpus.name}/half", documents=documents), work)
        for other in whole:
            asked = [question for question in other.questions if question.relevant <= half][:most]
            cases.append(Case(f"{other.name} over {corpus.name}", base, asked))
    return cases


def measure(case: Case, bases: Sequence[Base]) -> list[dict[str, object]]:
    """A row for each question: each measure alone and together."""
    by_name = {base.collection.name: base for base in bases}
    collections = [base.collection for base in bases]
    relevant, alone, together = [], [], []
    for question in case.questions:
        relevant += [
            ir_measures.Qrel(question.id, f"{case.base.collection.name} {id_}", 1) for id_ in question.relevant
        ]
        found = case.base.collection.query(question.text, DEPTH).hits
        alone += ranked(question.id, [case.base.item(hit) for hit in found])
        merged = query(collections, question.text, DEPTH).hits
        together += ranked(question.id, [by_name[hit.collection or ""].item(hit) for hit in merged])
    rows: dict[str, dict[str, object]] = {one.id: {"case": case.label, "question": one.id} for one in case.questions}
    for way, run in (("alone", alone), ("together", together)):
        for row in rows.values():
            row |= {f"{name}, {way}": 0.0 for name in MEASURES}
        for one in ir_measures.iter_calc(list(MEASURES.values()), relevant, run):
            rows[one.query_id][f"{one.measure}, {way}".replace("R@5", "recall@5")] = one.value
    return list(rows.values())


def ranked(question: str, items: Sequence[str]) -> list[ir_measures.ScoredDoc]:
    return [ir_measures.ScoredDoc(question, item, -rank) for rank, item in enumerate(dict.fromkeys(items))]


def summary(label: str, rows: Sequence[dict[str, object]]) -> list[str]:
    cells = [f"{label} ({len(rows)})"]
    for name in MEASURES:
        alone, together = ([float(str(row[f"{name}, {way}"])) for row in rows] for way in ("alone", "together"))
        apart = mean_of([b - a for a, b in zip(alone, together, strict=True)])
        cells += [
            f"{mean_of(alone).mean:.3f}",
            f"{mean_of(together).mean:.3f}",
            f"{apart.low:+.3f} to {apart.high:+.3f}",
        ]
    return cells


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=["squad", "piaf_fr", "scifact"])
    parser.add_argument("--halves", nargs=2, metavar="SET", help="instead of --sets")
    parser.add_argument("--split", default="test")
    parser.add_argument("--limit-questions", type=int)
    parser.add_argument("--save")
    options = parser.parse_args()
    make = cases_of_halves if options.halves else cases_of_sets
    data = sets.data_folder(options.data)
    cases = make(data, options.halves or options.sets, options.split, options.limit_questions, options.work)
    bases = list({case.base.collection.name: case.base for case in cases}.values())
    table, raw = [], []
    for case in cases:
        rows = measure(case, bases)
        raw += rows
        table.append(summary(case.label, rows))
        print(json.dumps(table[-1]), flush=True)
    header = [f"{name}, {what}" for name in MEASURES for what in ("alone", "together", "difference, 95 %")]
    report = tables.markdown(("questions", *header), table)
    print(report)
    if options.save:
        runs.save(options.save, "Several collections in one question", report, raw, {})


if __name__ == "__main__":
    main()

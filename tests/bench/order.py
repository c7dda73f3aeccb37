"""Does a model answer better from passages as they rank, or as they stand in their documents?

    python tests/bench/order.py --work FOLDER --model FILE.gguf [--sets squad …] [--minutes N] [--save NAME]

`rag ask --style generate` gives a model the same passages in both orders (`answering.order`); in document order neighbours
are one source. The collections are those that retrieval.py makes in the same work folder. Questions of `test` are drawn
from each set in turn until the minutes of processor time are over. Left out are those whose known answer stands in none of
the passages, or in the question: no order helps there; and the few whose prompt is the same in both orders.
Answers by SQuAD's rules; differences are paired, their 95 % intervals by bootstrap over the questions.
"""

import argparse
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path

import answers
import runs
import sets
import systems
import tables

from ragcli.answering.llm.llama import LlamaGenerator
from ragcli.collection import Collection
from ragcli.evaluation.answers import best, contains, f1
from ragcli.evaluation.questions import Question
from ragcli.evaluation.statistics import mean_of
from ragcli.records import Answer
from ragcli.settings import Answering, Order, Settings

ORDERS: tuple[Order, ...] = ("score", "document")
MEASURES = {"containment": contains, "F1": f1}


@dataclass(frozen=True, slots=True)
class Pair:
    """One question, answered from the same passages in both orders."""

    dataset: str
    question: str
    passages: int
    said: Mapping[Order, str]
    values: Mapping[str, Mapping[Order, float]]  # by measure


def compared(collection: Collection, dataset: str, question: Question) -> Pair | None:
    """Both answers; None where no order can help."""
    settings = collection.settings
    each = {order: replace(settings, answering=replace(settings.answering, order=order)) for order in ORDERS}
    planned: list[Answer] = []
    for one in each.values():
        collection.settings = one
        planned.append(collection.ask(question.question, dry_run=True))
    read = "\n".join(hit.text for hit in planned[0].hits)
    is_there, is_told = (best(contains, text, question.answers) for text in (read, question.question))
    if not is_there or is_told or planned[0].prompt == planned[1].prompt:
        return None
    said: dict[Order, str] = {}
    for order, one in each.items():
        collection.settings = one
        said[order] = collection.ask(question.question).text
    values = {
        name: {order: best(measure, said[order], question.answers) for order in ORDERS}
        for name, measure in MEASURES.items()
    }
    return Pair(dataset, question.question, len(planned[0].hits), said, values)


def ask_all(
    data: Path, names: Sequence[str], work: Path, answering: Answering, count: int, until: float
) -> Iterator[Pair]:
    """The sets in turn, all with one loaded model, until `time.process_time` is `until`."""
    with ExitStack() as opened:
        generator = LlamaGenerator(answering)
        opened.callback(generator.close)
        asked: list[list[tuple[Collection, str, Question]]] = []
        for name in names:
            corpus = sets.load(data, name, "test", None, None)
            home = systems.Rag(corpus, work, "hybrid").collection.home
            collection = opened.enter_context(Collection.open("default", home, Settings(answering=answering)))
            collection._generator = generator
            drawn = answers.draw(data, corpus, count)
            asked.append([(collection, name, one) for one in drawn if not one.unanswerable])
        for collection, name, question in filter(None, chain.from_iterable(zip_longest(*asked))):
            if time.process_time() > until:
                return
            if (pair := compared(collection, name, question)) is not None:
                yield pair


def report(pairs: Sequence[Pair]) -> str:
    rows = []
    for name in [*dict.fromkeys(one.dataset for one in pairs), "all"]:
        mine = [one for one in pairs if name in (one.dataset, "all")]
        cells = [f"{name} ({len(mine)})"]
        for measure in MEASURES:
            values = {order: [one.values[measure][order] for one in mine] for order in ORDERS}
            cells += [f"{mean_of(values[order]).mean:.3f}" for order in ORDERS]
            apart = mean_of([b - a for a, b in zip(values["score"], values["document"], strict=True)])
            cells.append(f"{apart.mean:+.3f} ({apart.low:+.3f} to {apart.high:+.3f})")
        rows.append(cells)
    header = [f"{measure}, {what}" for measure in MEASURES for what in (*ORDERS, "document less score")]
    return tables.markdown(("set", *header), rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", required=True, help="a GGUF file")
    parser.add_argument("--sets", nargs="+", default=["hotpotqa", "squad", "piaf_fr"])
    parser.add_argument("--questions", type=int, default=200, help="of each set at most")
    parser.add_argument("--minutes", type=float, default=40.0, help="of processor time")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--save")
    options = parser.parse_args()
    answering = Answering(
        style="generate", model=options.model, refuse_below=0.0, whole=False, max_tokens=64, cache=False,
        prompt_cache_mb=0, threads=options.threads,
    )  # fmt: skip
    until = time.process_time() + 60 * options.minutes
    pairs = []
    for pair in ask_all(
        sets.data_folder(options.data), options.sets, options.work, answering, options.questions, until
    ):
        pairs.append(pair)
        print(json.dumps(asdict(pair), ensure_ascii=False), flush=True)
    print(report(pairs))
    if options.save:
        rows = [
            {"set": one.dataset, "question": one.question, "passages": one.passages}
            | {f"{name}, {order}": value for name, by_order in one.values.items() for order, value in by_order.items()}
            for one in pairs
        ]
        runs.save(options.save, "The order of the passages in a prompt", report(pairs), rows, {})


if __name__ == "__main__":
    main()

"""How good are answers, is a refusal right, and how fast is the first word: four ways of answering from one index.

    python tests/bench/answers.py --work FOLDER [--model FILE.gguf] [--sets squad …] [--questions N] [--save NAME]

The ways: the course's prompt (five passages as ranked, no refusal), `rag ask --style generate` and the same with `--strict`
(which finds the prompt read: its seconds say nothing), all with the same GGUF, and `rag ask --style quotes`. The collections
are those that retrieval.py makes in the same work folder. Of each set, N answerable and N/2 unanswerable questions (where it
has any), drawn from `test`. Answers by SQuAD's rules; citations and refusals as `rag eval` measures them; the course's answers
are given citations by our check, having none of their own. `proved` is the share of an answer's sentences, `words` that of
the known answer's words (of several the best) that were said, 0 when refused. Without a model quotes alone are asked for, of
which there are several a second. The first source is there when a terminal shows which files the model reads, of quotes with the
answer. At the end the model's speed within `ask` is held against llama.cpp alone, on the same prompts in the same process.
"""

import argparse
import random
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import runs
import sets
import systems
import tables

from ragcli.answering.answer import only_proved
from ragcli.answering.llm.generator import Message, Sampling
from ragcli.answering.llm.llama import LlamaGenerator
from ragcli.collection import Collection
from ragcli.evaluation.questions import Question
from ragcli.evaluation.run import answer_measures
from ragcli.evaluation.statistics import mean_of
from ragcli.records import Answer
from ragcli.settings import Answering, Settings

COURSE, GENERATED, STRICT, QUOTES = "the course's prompt", "rag, generated", "rag, --strict", "rag, quotes"
MEASURES = (
    *("proved", "answered", "answer containment", "words", "answer F1", "citation precision", "citation recall"),
    *("refusal precision", "refusal recall"),
)
BEFORE_SOURCES = ("retrieve", "choose", "load", "plan", "prompt")  # what a model's answer takes until they are shown
RAW_PROMPTS = 5  # on which llama.cpp is timed by itself
RAW_TOKENS = 32


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, measured."""

    dataset: str
    way: str
    question: str
    values: Mapping[str, float]
    seconds: Mapping[str, float]
    usage: Mapping[str, int]
    prompt: str | None


def ways(model: str | None, threads: int = 0) -> dict[str, Answering]:
    quotes = Answering(style="quotes", cache=False)
    if model is None:
        return {QUOTES: quotes}
    generate = Answering(style="generate", model=model, cache=False, prompt_cache_mb=0, max_tokens=96, threads=threads)
    return {
        COURSE: replace(generate, template="course", order="score", k=5, refuse_below=0.0),
        GENERATED: generate,
        STRICT: replace(generate, strict=True),
        QUOTES: quotes,
    }


def draw(data: Path, corpus: sets.QuestionSet, count: int) -> list[Question]:
    """Questions of a set, their documents named as the collection's files are."""
    dataset = corpus.name
    rows = sets.read_lines(data / dataset / "questions.jsonl")
    files = dict(zip((document.id for document in corpus.documents), systems.file_names(corpus), strict=True))
    drawn: list[Question] = []
    for unanswerable, most in ((False, count), (True, count // 2)):
        pool = [
            row
            for row in rows
            if row["unanswerable"] is unanswerable
            and row.get("split", "test") == "test"
            and (row["answers"] or unanswerable)
        ]
        for row in random.Random(f"{dataset}{unanswerable}").sample(pool, min(most, len(pool))):
            pages: dict[str, frozenset[int]] = {}
            for name, page in sets.pages_of(row):
                pages[name] = pages.get(name, frozenset()) | {page}
            docs = () if unanswerable else tuple(files[sets.composed(name)] for name in row["docs"])
            drawn.append(Question(row["id"], row["question"], tuple(row["answers"]), docs, pages, (), unanswerable))
    return drawn


def ask_all(data: Path, dataset: str, work: Path, model: str | None, threads: int, count: int) -> Iterator[Said]:
    """The ways take turns at each question, so that all meet the same noise; one loaded model serves both prompts."""
    corpus = sets.load(data, dataset, "test", None, None)
    system = systems.Rag(corpus, work, "hybrid")
    chosen = ways(model, threads)
    generator = LlamaGenerator(chosen[GENERATED]) if model else None
    with Collection.open("default", system.collection.home, Settings()) as collection:
        for question in draw(data, corpus, count):
            for way, answering in chosen.items():
                collection.settings = Settings(answering=answering)
                collection._generator = None if way == QUOTES else generator
                made = collection.ask(question.question)
                yield said(dataset, way, question, only_proved(made) if answering.strict else made)
    if generator:
        generator.close()


def said(dataset: str, way: str, question: Question, made: Answer) -> Said:
    values = answer_measures(question, made)
    if made.found and not question.unanswerable:  # share of the sentences
        values["proved"] = sum(one.proved for one in made.sentences) / max(1, len(made.sentences))
    if question.answers and not question.unanswerable:
        values["words"] = max(word_recall(made.text if made.found else "", known) for known in question.answers)
    return Said(dataset, way, question.id, values, made.seconds, made.usage, made.prompt)


def word_recall(said: str, known: str) -> float:
    words, told = set(re.findall(r"\w+", known.casefold())), set(re.findall(r"\w+", said.casefold()))
    return len(words & told) / max(1, len(words))


def measured(all_said: Sequence[Said]) -> str:
    rows: list[list[object]] = []
    for dataset in dict.fromkeys(one.dataset for one in all_said):
        for way in dict.fromkeys(one.way for one in all_said):
            mine = [one for one in all_said if (one.dataset, one.way) == (dataset, way)]
            cells: list[object] = []
            for measure in MEASURES:
                values = [one.values[measure] for one in mine if measure in one.values]
                mean = mean_of(values) if values else None
                cells.append(f"{mean.mean:.2f} ({mean.low:.2f} to {mean.high:.2f})" if mean else "-")
            cells.append(f"{median(first_source(one) for one in mine):.2f}")
            first = [one.seconds["retrieve"] + one.seconds.get("first_text", 0.0) for one in mine if one.usage]
            cells.append(f"{median(first):.1f}" if first else "-")
            cells.append(f"{median(one.seconds['total'] for one in mine):.1f}")
            rows.append([dataset, way, *cells])
    return tables.markdown(("set", "way", *MEASURES, "first source, s", "first word, s", "whole, s"), rows, 2)


def first_source(one: Said) -> float:
    steps = BEFORE_SOURCES if "generate" in one.seconds else ("total",)
    return sum(one.seconds.get(step, 0.0) for step in steps)


def against_llama(all_said: Sequence[Said], model: str, threads: int) -> str:
    """Tokens per second within `ask`, and by llama.cpp's own calls on the same prompts."""
    asked = [one for one in all_said if one.way == GENERATED and one.usage.get("completion_tokens", 0) >= 8][
        :RAW_PROMPTS
    ]
    generator = LlamaGenerator(ways(model, threads)[GENERATED])
    prompts: dict[str, list[float]] = {"ask": [], "llama.cpp": []}
    texts: dict[str, list[float]] = {"ask": [], "llama.cpp": []}
    try:
        for one in asked:
            messages = [Message("user", one.prompt or "")]
            generator._llama.reset()
            start = time.perf_counter()
            first, count = 0.0, 0
            for _ in generator.stream(messages, Sampling(max_tokens=RAW_TOKENS)):
                first, count = first or time.perf_counter() - start, count + 1
            prompts["ask"].append(generator.count_prompt(messages) / first)
            texts["ask"].append(count / (time.perf_counter() - start - first))
            read, written = alone(generator._llama, generator._prompt(messages)[0])
            prompts["llama.cpp"].append(read)
            texts["llama.cpp"].append(written)
    finally:
        generator.close()
    rows = [[name, f"{median(prompts[name]):.1f}", f"{median(texts[name]):.1f}"] for name in prompts if prompts[name]]
    return tables.markdown(("", "prompt, tokens/s", "text, pieces or tokens/s"), rows)


def alone(llama: Any, tokens: Sequence[int]) -> tuple[float, float]:
    """llama.cpp reads the prompt and goes on greedily, with nothing of ours between."""
    llama.reset()
    start = time.perf_counter()
    llama.eval(tokens)
    read = time.perf_counter()
    for _ in range(RAW_TOKENS):
        llama.eval([llama.sample(temp=0.0)])
    return len(tokens) / (read - start), RAW_TOKENS / (time.perf_counter() - read)


def rows_of(all_said: Sequence[Said]) -> list[dict[str, object]]:
    """Of `raw.csv`: the questions by their ids, for their texts and the answers belong to the sets."""
    return [
        {"set": one.dataset, "way": one.way, "question": one.question} | {**one.values, **one.seconds, **one.usage}
        for one in all_said
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", help="a GGUF file")
    parser.add_argument("--sets", nargs="+", default=["squad", "piaf_fr", "pdf_papers"])
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--threads", type=int, default=0, help="of the model; 0: as many as there are cores")
    parser.add_argument("--save")
    options = parser.parse_args()
    data = sets.data_folder(options.data)
    everything: list[Said] = []
    for dataset in options.sets:
        for one in ask_all(data, dataset, options.work, options.model, options.threads, options.questions):
            everything.append(one)
            print(f"{len(everything)}: {dataset}, {one.way}: {one.seconds['total']:.1f} s", flush=True)
    report = measured(everything)
    if options.model:
        report += f"\n\n{against_llama(everything, options.model, options.threads)}"
    print(report)
    if options.save:
        rows = rows_of(everything)
        runs.save(options.save, "Answers: the course's prompt, generated with proof, and quotes", report, rows, {})


if __name__ == "__main__":
    main()

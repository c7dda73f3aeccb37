"""Fit the refusal model of ragcli/answering/refusal.py on training questions, report what it catches on test questions.

    python tests/bench/refusal.py --work FOLDER [--data DATA] [--train N] [--test N] [--fit] [--small] [--save NAME]

The sets are `squad` (English, all-MiniLM-L6-v2) and `piaf_fr` (French, multilingual-e5-small); their collections are
those that retrieval.py makes in the same work folder. Every answerable question is asked three times: as it is, with
the paragraph that it was written for removed, and with its whole article removed: left out of the passages found and of
the counts by which a word is rare. (Were the counts to stay, a word that the collection knows and its passages lack
would give away that something was removed.) SQuAD's adversarial questions are asked as they are. With --fit a
model is fitted, and the intercept for each embedding model set so that a probability of 0.5 refuses 10 % of the
answerable training questions of its set; else the shipped one is measured. The same run tells how often an answer
stands in the one or two best sentences.

It is fitted on the training questions of three more sets as well, of other kinds than paragraphs of an encyclopedia and
what was asked of them: what refuses rightly there, too, refuses better on the test questions of the first two. How much a
long question is forgiven is fitted last, the rest held, on those questions as well that no one sentence answers.

With --turns the questions are the last turns of `mtrag_un`'s conversations, made to stand alone by rule from those before:
small, and its corpus holds little beside what answers.

With --small collections are made of 8, 25, 60 and 200 paragraphs of training articles, and asked what those answer, what other
paragraphs of their articles answer, and what articles answer of which they have nothing.

With --across unspaced the questions are those of `xquad/zh` over the paragraphs of `xquad/th` and the reverse, with --across
spaced those of `xquad/en` over `xquad/de` (of the set's own repository, in the form of the other two), and the model is that
of questions in another language than the passages.
"""

import argparse
import hashlib
import json
import random
import sqlite3
import string
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import runs
import sets
import systems
import tables
from numpy.typing import NDArray

from ragcli.answering.answer import LOOKED_INTO
from ragcli.answering.followup import standalone
from ragcli.answering.quoting.quotes import rank
from ragcli.answering.refusing import refusal
from ragcli.answering.refusing.refusal import features
from ragcli.collection import Collection
from ragcli.embedding.models import ENGLISH, MULTILINGUAL
from ragcli.embedding.protocol import Embedder, Likeness
from ragcli.evaluation.statistics import mean_of

SETS = (("squad", "en", ENGLISH), ("piaf_fr", "fr", MULTILINGUAL))
MORE = ("hotpotqa", "chunking_evaluation", "graphrag_bench")  # English, and their training questions alone
UNQUOTED = {"comparison", "Complex Reasoning", "Contextual Summarize", "Creative Generation"}  # answered by no sentence
# Their questions, asked of the collection of another of them: its documents tell nothing of their subject.
ELSEWHERE = {
    "hotpotqa": "graphrag_bench",
    "chunking_evaluation": "graphrag_bench",
    "graphrag_bench": "chunking_evaluation",
}
WEIGHTS = {"piaf_fr": 2.0}  # of a set in the fit: this is the only French one
ACROSS = {  # paragraphs, their language, that of the questions
    "unspaced": (("xquad/th", "th", "zh"), ("xquad/zh", "zh", "th")),
    "spaced": (("xquad/de", "de", "en"),),
}
CASES = ("answerable", "paragraph removed", "subject absent", "adversarial")
FEW_DOCUMENTS = 20
SMALL = ((8, 3), (25, 3), (60, 3), (200, 1))  # paragraphs of a collection, and how many such collections
OF_SMALL = 30  # questions of a case asked of each
RULED_OUT = -30.0
FOUND = 100  # passages, of which the first LOOKED_INTO that are not removed are looked into: an article may have forty
# What is left out changed nothing on the training questions.
BY_VECTORS = (
    *("cosine_max", "cosine_median", "coverage_best", "context_max", "marks_missing", "kind_lacking"),
    *("rarity", "rarity_missing", "rarest_not_said", "rare_best", "rare_anywhere", "rare_passage", "rare_first"),
)
BY_TOKENS = (*BY_VECTORS, "maxsim_above")
ACROSS_LANGUAGES = ("cosine_max", "cosine_median", "figures_missing")


class Asked(NamedTuple):
    """One question in one case."""

    dataset: str
    split: str
    case: str
    seen: dict[str, float]
    answer_in_best: tuple[bool, bool]  # one sentence, two sentences
    found: bool  # its paragraph is among the passages that are looked into


class Chunk(NamedTuple):
    """One of the collection."""

    number: int
    document: str
    text: str


class CachedEmbedder:
    """An embedder that keeps on disk between runs, by hashes of the texts, how alike questions and sentences are."""

    def __init__(self, inner: Embedder, folder: Path) -> None:
        self.inner, self.name = inner, inner.name
        self.dimension, self.max_tokens = inner.dimension, inner.max_tokens
        self.count_tokens = inner.count_tokens
        self.embed_documents, self.embed_question = inner.embed_documents, inner.embed_question
        self._file = folder / f"likeness-{inner.name}.json"
        kept = json.loads(self._file.read_text()) if self._file.is_file() else {}
        self._known = {key: Likeness(*each) for key, each in kept.items()}

    def likeness(self, question: str, texts: Sequence[str]) -> list[Likeness]:
        keys = [hashlib.sha1(f"{question}\0{text}".encode()).hexdigest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            self._known |= dict(zip(new, self.inner.likeness(question, list(new.values())), strict=True))
        return [self._known[key] for key in keys]

    def save(self) -> None:
        self._file.write_text(json.dumps({key: (one.cosine, one.maxsim) for key, one in self._known.items()}))


def plain(text: str) -> str:
    """SQuAD's normal form, with French articles too."""
    letters = "".join(" " if c in string.punctuation + "«»’“”" else c for c in text.lower())
    return " ".join(
        word for word in letters.split() if word not in {"a", "an", "the", "le", "la", "les", "un", "une", "l", "d"}
    )


def ask_all(
    data: Path,
    dataset: str,
    language: str,
    work: Path,
    counts: dict[str, int],
    asked_in: str | None = None,
    over: str | None = None,
    unquoted: bool = False,
) -> list[Asked]:
    """Ask a set's questions, or those of the same ids in the language `asked_in`; of its own documents, or those of `over`.

    Args:
        unquoted: those alone that no one sentence answers; else all others.
    """
    system = systems.Rag(sets.load(data, over or dataset, "test", None, None), work, "hybrid")
    collection = system.collection
    sql = collection.catalog().sql
    rows = sql.execute("SELECT c.id, f.path, c.text FROM chunks c JOIN files f ON f.document_id = c.document_id")
    chunks = [Chunk(number, system.document_of(Path(path)), text) for number, path, text in rows]
    embedder = CachedEmbedder(collection.embedder(), work)
    texts = {row["id"]: row["text"] for row in sets.read_lines(data / (over or dataset) / "corpus.jsonl")}
    questions = sets.read_lines(data / dataset / "questions.jsonl")
    if asked_in:
        texts_of = sets.read_lines((data / dataset).parent / asked_in / "questions.jsonl")
        by_id = {question["id"]: question["question"] for question in texts_of}
        questions = [question | {"question": by_id[question["id"]]} for question in questions]
    drawn: list[dict[str, Any]] = []
    for part, count in counts.items():
        for unanswerable in (False, True):
            pool = [q for q in questions if q["split"] == part and q["unanswerable"] is unanswerable]
            pool = [q for q in pool if over or (q.get("type") in UNQUOTED) is unquoted]
            drawn += random.Random(f"{dataset}{part}{unanswerable}").sample(pool, min(len(pool), count))
    asked: list[Asked] = []
    for question in drawn:
        found = collection.query(question["question"], FOUND, order="score", merge=False).hits
        answers = [plain(answer) for answer in question["answers"] if len(plain(answer)) > 3]
        cases: Mapping[str, Set[int]] = {"subject absent": set()} if over else left_out(question, chunks, texts)
        for case, removed in cases.items():
            hits = [hit for hit in found if hit.chunk_id not in removed][:LOOKED_INTO]
            ranking = rank(question["question"], hits, embedder, asked_in or language)
            if not ranking.candidates:
                continue
            best = [plain(candidate.source.unit.text) for candidate in ranking.best(2)]
            within = [any(f" {answer} " in f" {sentence} " for answer in answers) for sentence in best]
            told = partial(shares_without, sql, removed)
            seen = features(ranking, embedder, told)
            is_found = any(hit.chunk_id in cases.get("paragraph removed", ()) for hit in hits)
            asked.append(Asked(dataset, question["split"], case, seen, (any(within[:1]), any(within)), is_found))
    embedder.save()
    return asked


def left_out(question: Mapping[str, Any], chunks: Sequence[Chunk], texts: Mapping[str, str]) -> dict[str, Set[int]]:
    """By case the chunks that are taken out of the collection.

    Args:
        texts: of the corpus, by document. One of few documents is parted by the spans that answer, not by document.
    """
    if question["unanswerable"]:
        return {"adversarial": set()}
    gold = set(question["docs"])
    if len(texts) < FEW_DOCUMENTS:
        spans = [set(plain(texts[doc][start:end]).split()) for doc, start, end in question["spans"]]
        said = ((chunk.number, set(plain(chunk.text).split())) for chunk in chunks if chunk.document in gold)
        holding = {number for number, words in said if any(2 * len(span & words) >= len(span) for span in spans)}
        return {"answerable": set()} | ({"paragraph removed": holding} if spans else {})
    cases: dict[str, Set[int]] = {
        "answerable": set(),
        "paragraph removed": {chunk.number for chunk in chunks if chunk.document in gold},
    }
    subjects = {article_of(doc) for doc in gold}
    if "" not in subjects:  # the documents are paragraphs of articles
        cases["subject absent"] = {chunk.number for chunk in chunks if article_of(chunk.document) in subjects}
    return cases


def shares_without(sql: sqlite3.Connection, removed: Set[int], asked: Sequence[str]) -> list[float]:
    """For each term, the share of the chunks that hold it, of all but those `removed`."""
    (count,) = sql.execute("SELECT count(*) FROM chunks").fetchone()
    holding = (
        {number for (number,) in sql.execute("SELECT rowid FROM lexical WHERE lexical MATCH ?", (f'"{term}"',))}
        for term in asked
    )
    return [len(each - removed) / (count - len(removed)) for each in holding]


def ask_last_turns(data: Path, work: Path) -> None:
    """Print how many of the conversations' last questions are refused, by what people say of their being answerable."""
    collection = systems.Rag(sets.load(data, "mtrag_un", "test", None, None), work, "hybrid").collection
    refused: dict[tuple[str, str], list[bool]] = {}
    for question in sets.read_lines(data / "mtrag_un" / "questions.jsonl"):
        before: list[str] = []
        for turn in question["history"]:
            if turn["speaker"] == "user":
                before.append(standalone(turn["text"], before))
        found = collection.ask(standalone(question["question"], before)).found
        refused.setdefault((question["split"], question["answerability"][0]), []).append(not found)
    header = ["mtrag_un", "answerable?", "questions", "refused"]
    rows = [(*key, len(each), f"{np.mean(each):.2f}") for key, each in sorted(refused.items())]
    print(tables.markdown(header, rows, names=2))


def ask_small(data: Path, work: Path) -> None:
    """Print how many questions small collections refuse, by how many paragraphs they have."""
    refused: dict[tuple[int, str], list[bool]] = {}
    for dataset, _, _ in SETS:
        rows = sets.read_lines(data / dataset / "questions.jsonl")
        questions = [row for row in rows if row["split"] == "train" and not row["unanswerable"]]
        articles = sorted({article_of(row["docs"][0]) for row in questions})
        texts = [row for row in sets.read_lines(data / dataset / "corpus.jsonl") if article_of(row["id"]) in articles]
        draw = random.Random(f"{dataset}small")
        for paragraphs, repeated in SMALL:
            for number in range(repeated):
                order = draw.sample(articles, len(articles))
                own = sorted(texts, key=lambda row: order.index(article_of(row["id"])))[:paragraphs]
                home = work / "small" / f"{dataset}-{paragraphs}-{number}"
                with Collection.open(home=home) as collection:
                    if not collection.folder.exists():
                        (home / "files").mkdir(parents=True)
                        for at, row in enumerate(own):
                            text = f"# {article_of(row['id'])}\n\n{row['text']}\n"
                            (home / "files" / f"{at:03}.md").write_text(text)
                        collection.ingest([home / "files"])
                    held = {row["id"] for row in own}
                    about = {article_of(one) for one in held}
                    for case, pool in (
                        (CASES[0], [row for row in questions if row["docs"][0] in held]),
                        (
                            CASES[1],
                            [row for row in questions if row["docs"][0] not in held and row["article"] in about],
                        ),
                        (CASES[2], [row for row in questions if row["article"] not in about]),
                    ):
                        for row in draw.sample(pool, min(len(pool), OF_SMALL)):
                            refused.setdefault((paragraphs, case), []).append(not collection.ask(row["question"]).found)
    header = ["paragraphs", "case", "questions", "refused"]
    print(tables.markdown(header, [(*key, len(each), share(np.array(each))) for key, each in refused.items()], names=2))


def article_of(document: str) -> str:
    return document.rpartition("#")[0]


def fit(
    asked: Sequence[Asked], names: Sequence[str], models: Mapping[str, str]
) -> tuple[dict[str, float], dict[str, float]]:
    """Coefficients of these features as they are, and for each model the intercept that refuses 10 % of its answerable.

    Args:
        models: the embedding model of each set that an intercept is made from.
    """
    rows = np.array([[one.seen[name] for name in names] for one in asked])
    answerable = np.array([one.case == "answerable" for one in asked])
    # Each case of a set counts alike, however many it has; adversarial ones are near to noise for such features.
    groups = [(one.dataset, one.case) for one in asked]
    share = {"answerable": 2.0, "paragraph removed": 1.2, "subject absent": 1.2, "adversarial": 0.2}
    counts = Counter(groups)
    each = [share[case] * WEIGHTS.get(dataset, 1.0) / counts[dataset, case] for dataset, case in groups]
    weight = np.array(each) * len(asked)
    deviation = rows.std(axis=0) + 1e-9
    slopes = logistic((rows - rows.mean(axis=0)) / deviation, answerable, weight) / deviation
    logits = rows @ slopes
    intercepts = {
        model: -float(
            np.quantile(logits[[one.case == CASES[0] and models.get(one.dataset) == model for one in asked]], 0.1)
        )
        for model in set(models.values())
    }
    return {name: float(slope) for name, slope in zip(names, slopes, strict=True)}, intercepts


def fit_long(asked: Sequence[Asked], slopes: Mapping[str, float], intercepts: Mapping[str, float]) -> float:
    """The slope of `long` beside the others, with questions that no one sentence answers, and of other collections, too.

    Fitted with the others it would change what they catch among short questions, of which there is more to learn.
    """
    asked = [one for one in asked if one.split == "train" and one.case != "adversarial" and one.seen.get("rarity")]
    models = {name: model for name, _, model in SETS} | dict.fromkeys(MORE, ENGLISH)
    counts = Counter((one.dataset, one.case) for one in asked)
    weight = np.array([(2.0 if one.case == CASES[0] else 1.2) / counts[one.dataset, one.case] for one in asked])
    truth = np.array([1.0 if one.case == CASES[0] else -1.0 for one in asked])
    others = [
        sum(slope * one.seen[name] for name, slope in slopes.items()) + intercepts[models[one.dataset]] for one in asked
    ]
    logits, long = np.array(others), np.array([one.seen["long"] for one in asked])

    def loss(slope: float) -> float:
        return float((weight * np.log1p(np.exp(-truth * (logits + slope * long)))).sum())

    return min((tenth / 10 for tenth in range(100)), key=loss)


def logistic(
    rows: NDArray[np.float64], truth: NDArray[np.bool_], weight: NDArray[np.float64], ridge: float = 1.0
) -> NDArray[np.float64]:
    """Slopes of a weighted logistic regression by Newton's method, the intercept left out."""
    design = np.hstack([rows, np.ones((len(rows), 1))])
    penalty = np.diag([ridge] * rows.shape[1] + [0.0])
    beta = np.zeros(design.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        slope = design.T @ (weight * (truth - chance)) - penalty @ beta
        curvature = (design * (weight * chance * (1 - chance))[:, None]).T @ design + penalty
        beta += np.linalg.solve(curvature, slope)
    return beta[:-1]


def auc(positive: NDArray[np.float64], negative: NDArray[np.float64]) -> float:
    ranks = np.argsort(np.argsort(np.concatenate([positive, negative]))) + 1
    return float(
        (ranks[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2) / len(positive) / len(negative)
    )


def logit(
    one: Asked, coefficients: Mapping[str, float], intercepts: Mapping[str, float], models: Mapping[str, str]
) -> float:
    if one.seen.get("ruled_out"):  # whatever the model says, as in `probability`
        return RULED_OUT
    return (
        sum(coefficients.get(name, 0.0) * value for name, value in one.seen.items()) + intercepts[models[one.dataset]]
    )


def caught_at_a_tenth(answerable: NDArray[np.float64], scores: NDArray[np.float64]) -> str:
    """The share of `scores` below the threshold that refuses a tenth of the answerable ones, and its 95 % interval.

    By bootstrap of both: the threshold is an estimate, too.
    """
    chance = np.random.default_rng(0)
    drawn = [
        (chance.choice(scores, len(scores)) < np.quantile(chance.choice(answerable, len(answerable)), 0.1)).mean()
        for _ in range(2000)
    ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return f"{(scores < np.quantile(answerable, 0.1)).mean():.3f} ({low:.2f} to {high:.2f})"


def share(those: NDArray[np.bool_]) -> str:
    mean = mean_of(list(map(float, those)))
    return f"{mean.mean:.3f} ({mean.low:.2f} to {mean.high:.2f})"


def report(
    asked: Sequence[Asked],
    coefficients: Mapping[str, float],
    intercepts: Mapping[str, float],
    models: Mapping[str, str],
) -> str:
    """What is caught by case, with 95 % intervals; and how often the answer is there to be quoted."""
    asked = [one for one in asked if one.dataset in models]  # the others are fitted on, and no more
    logits = np.array([logit(one, coefficients, intercepts, models) for one in asked])
    cases: list[list[object]] = []
    quoted: list[list[object]] = []
    for dataset in models:
        for part in ("train", "test"):
            of = {
                case: [(one.dataset, one.split, one.case) == (dataset, part, case) for one in asked] for case in CASES
            }
            if not any(of[CASES[0]]):
                continue
            found = np.array([one.found for one in asked]) & of[CASES[0]]
            lost = np.array(of[CASES[0]]) & ~found
            for case in CASES:
                if not any(of[case]):
                    continue
                answerable, scores = logits[of[CASES[0]]], logits[of[case]]
                caught = [caught_at_a_tenth(those, scores) for those in (answerable, logits[found])]
                is_apart = case != CASES[0]
                figures = [f"{auc(answerable, scores):.3f}", *caught] if is_apart else ["", "", ""]
                cases.append([dataset, part, case, len(scores), *figures, share(scores < 0)])
            best = np.array([one.answer_in_best for one in asked])[of[CASES[0]]]
            refused = [share(logits[those] < 0) if those.any() else "" for those in (found, lost)]
            among = share(found[of[CASES[0]]])
            quoted.append([dataset, part, len(best), share(best[:, 0]), share(best[:, 1]), among, *refused])
    # Of those whose paragraph was not found it is right to refuse: the second column leaves them out.
    head = ("set", "split", "case", "n", "AUC", "caught at a tenth", "at a tenth of the found", "refused at 0.5")
    answers = ("answer in one sentence", "in two", "paragraph among the passages", "refused of these", "of the others")
    return (
        f"{tables.markdown(head, cases, 3)}\n\nAnswerable questions:\n\n"
        f"{tables.markdown(('set', 'split', 'n', *answers), quoted, 2)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--train", type=int, default=1000)
    parser.add_argument("--test", type=int, default=600)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--across", choices=list(ACROSS))
    parser.add_argument("--turns", action="store_true")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--save", metavar="NAME", help="keep the run; what is fitted anew is only printed")
    options = parser.parse_args()
    data = sets.data_folder(options.data)
    if options.turns:
        ask_last_turns(data, options.work)
        return
    if options.small:
        ask_small(data, options.work)
        return
    counts = {"train": options.train, "test": options.test}
    ways: dict[str, tuple[str, ...]]
    beside: list[Asked] = []
    if options.across:
        pairs = ACROSS[options.across]
        asked = [one for name, own, other in pairs for one in ask_all(data, name, own, options.work, counts, other)]
        asked = [one for one in asked if "figures_missing" in one.seen]  # no language was mistaken
        models = dict.fromkeys((name for name, *_ in pairs), "any")
        slopes, intercept = getattr(refusal, f"_ACROSS_{options.across.upper()}")[0]
        shipped = dict(slopes), {"any": intercept}
        ways = {"by tokens": (*ACROSS_LANGUAGES, "maxsim_above"), "by vectors alone": ACROSS_LANGUAGES}
    else:
        asked = [one for name, language, _ in SETS for one in ask_all(data, name, language, options.work, counts)]
        if options.fit:
            more = {"train": options.train}
            asked += [one for name in MORE for one in ask_all(data, name, "en", options.work, more)]
            beside = [one for name in MORE for one in ask_all(data, name, "en", options.work, more, unquoted=True)]
            few = {"train": options.train // 5}
            for name, over in ELSEWHERE.items():
                beside += ask_all(data, name, "en", options.work, few, over=over)
        asked = [one for one in asked if one.seen.get("rarity")]  # a question of stop words has nothing to weigh
        models = {name: model for name, _, model in SETS}
        shipped = (
            {name: both[0] for name, both in refusal._SLOPES.items()},
            {model: both[0] for model, both in refusal._INTERCEPTS.items()},
        )
        ways = {"by tokens": BY_TOKENS, "by vectors alone": BY_VECTORS}
    if not options.fit:
        said = report(asked, *shipped, models)
        print(said)
        if options.save:
            raw = [
                {"set": one.dataset, "split": one.split, "case": one.case, "found": one.found}
                | {"logit": round(logit(one, *shipped, models), 3)}
                for one in asked
            ]
            runs.save(options.save, "Refusal: what is caught, and what is refused that has an answer", said, raw, {})
        return
    for title, names in ways.items():
        fitted = fit([one for one in asked if one.split == "train" and one.seen.keys() >= set(names)], names, models)
        if beside:
            fitted[0]["long"] = fit_long([*asked, *beside], *fitted)
        print(f"\n{title}")
        for found in fitted:
            print(json.dumps({name: round(value, 3) for name, value in found.items()}, indent=4))
        print(report(asked, *fitted, models))


if __name__ == "__main__":
    main()

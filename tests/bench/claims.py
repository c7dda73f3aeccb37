"""What is the entailment proxy of `rag eval` worth, which judges claims without a language model?

    python tests/bench/claims.py DATA [--most 1200] [--save NAME]

DATA holds `faithfulness/*.jsonl` (evidence, claim, label by people) and `ragchecker/human_labeled.jsonl` (two answers to
a question, compared by two people). The logistic model is fitted on the `train` pairs of scifact, begin_wow and rte3_fr,
each set with the same weight, and printed with what it is worth on files that it was not fitted on; then for each file
precision, recall and AUC of the model in use on `test`, and Pearson's correlation with the people over pairs of answers, as
RAGChecker's authors compute it: the measure of answer b less that of answer a against the mean of the labels. What a claim
counts for was chosen on the `train` pairs of answers; nothing is fitted on them.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import runs
from numpy.typing import NDArray
from refusal import auc, logistic
from sets import data_folder, read_lines
from tables import markdown

from ragcli.evaluation import claims

FILES = {"scifact": "supported", "begin_wow": "supported", "rte3_fr": "supported", "wice": "supported",
         "daccord_fr": "not_contradicted"}  # fmt: skip
FITTED_ON = ("scifact", "begin_wow", "rte3_fr")
SIGNS = ("share said", "number missing", "denied")
JUDGED = {"correctness": "claim precision", "completeness": "claim recall of the answer", "overall": "claim F1"}


def pairs(data: Path, name: str, split: str, most: int) -> list[dict[str, Any]]:
    return [row for row in read_lines(data / "faithfulness" / f"{name}.jsonl") if row["split"] == split][:most]


Rows = tuple[NDArray[np.float64], NDArray[np.bool_]]


def signs(data: Path, name: str, split: str, most: int) -> Rows:
    some = pairs(data, name, split, most)
    seen = [claims.signs(row["evidence"], row["claim"], row["lang"]) for row in some]
    return np.array(seen), np.array([row["label"] == FILES[name] for row in some])


def fitted(sets: Sequence[Rows]) -> tuple[NDArray[np.float64], float]:
    """The slopes, and the intercept by bisection so that as many are called supported as are."""
    each, wanted = np.vstack([rows for rows, _ in sets]), np.concatenate([truth for _, truth in sets])
    share = np.concatenate([np.full(len(truth), 1000 / len(truth)) for _, truth in sets])
    slopes = logistic(each, wanted, share)
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        called = float((share * chances(each, slopes, middle)).sum())
        low, high = (middle, high) if called < float((share * wanted).sum()) else (low, middle)
    return slopes, low


def chances(rows: NDArray[np.float64], slopes: NDArray[np.float64], intercept: float) -> NDArray[np.float64]:
    chance: NDArray[np.float64] = 1 / (1 + np.exp(-(rows @ slopes + intercept)))
    return chance


def left_out(train: Mapping[str, Rows]) -> list[list[str]]:
    """Of each file, as judged by a model that was fitted on the others."""
    lines = []
    for name, (rows, truth) in train.items():
        chance = chances(rows, *fitted([some for other, some in train.items() if other != name]))
        loss = -np.log(np.where(truth, chance, 1 - chance)).mean()
        lines.append([name, str(len(truth)), f"{auc(chance[truth], chance[~truth]):.3f}", f"{loss:.3f}"])
    return lines


def by_file(data: Path, most: int) -> list[list[str]]:
    lines = []
    for name, positive in FILES.items():
        some = pairs(data, name, "test", most)
        truth = np.array([row["label"] == positive for row in some])
        chance = np.array([claims.entailment(row["evidence"], row["claim"], row["lang"]) for row in some])
        called = chance >= 0.5
        right = float((called & truth).sum())
        figures = (right / max(1, called.sum()), right / truth.sum(), auc(chance[truth], chance[~truth]), truth.mean())
        lines.append([name, str(len(some)), *(f"{figure:.3f}" for figure in figures)])
    return lines


def pearson(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    return float(np.corrcoef(a, b)[0, 1])


def with_people(rows: Sequence[dict[str, Any]]) -> list[list[str]]:
    differences = []
    for row in rows:
        a, b = (
            claims.claim_measures(row[side]["answer"], row["gt_answer"], (), "en", question=row["question"])
            for side in "ab"
        )
        differences.append([b.get(name, 0.0) - a.get(name, 0.0) for name in JUDGED.values()])
    ours = np.array(differences)
    parts = {
        part: np.array([row["split"] in part.split("+") for row in rows]) for part in ("train", "test", "train+test")
    }
    lines = []
    for at, (asked, name) in enumerate(JUDGED.items()):
        people = np.array([np.mean([label[asked] for label in row["labels"]]) for row in rows])
        lines += [
            [asked, name, part, str(those.sum()), f"{pearson(ours[those, at], people[those]):.3f}"]
            for part, those in parts.items()
        ]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--most", type=int, default=1200, help="pairs of a file and split")
    parser.add_argument("--save", metavar="NAME", help="write runs/DATE-NAME/")
    given = parser.parse_args()
    data = data_folder(given.data)
    train = {name: signs(data, name, "train", given.most) for name in FITTED_ON}
    slopes, intercept = fitted(list(train.values()))
    coefficients = dict(zip(SIGNS, map(float, slopes), strict=True)) | {"intercept": intercept}
    pearsons = with_people(read_lines(data / "ragchecker" / "human_labeled.jsonl"))
    parts = [
        "Fitted: " + ", ".join(f"{name} {value:.2f}" for name, value in coefficients.items()),
        markdown(["left out of the fit", "pairs", "AUC", "log loss"], left_out(train)),
        markdown(["file", "pairs", "precision", "recall", "AUC", "share supported"], by_file(data, given.most)),
        markdown(["judged by people", "measure", "split", "pairs", "Pearson"], pearsons, names=3),
    ]
    print("\n\n".join(parts))
    if given.save:
        runs.save(given.save, "Claims judged without a model", "\n\n".join(parts), [coefficients], {})


if __name__ == "__main__":
    main()

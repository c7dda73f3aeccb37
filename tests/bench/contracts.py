"""Is a contract found by its parties, and the clause in it, and is a clause that it lacks refused?

    python tests/bench/contracts.py CUAD_V1_FOLDER --work FOLDER [--lower] [--save NAME]

CUAD (The Atticus Project, CC BY 4.0): 510 contracts in which lawyers marked clauses of 41 kinds, as PDF and in
`master_clauses.csv`. 120 contracts of at most 30 pages with two parties of plain names are drawn by a fixed seed, and
ingested into one collection. Each is asked for by its parties and its title: for up to three clauses that it has, and one
that it lacks. Every other contract may be worked on, the rest is held out. `--lower` types the questions in small letters.
"""

import argparse
import ast
import csv
import random
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import runs
import tables

from ragcli.collection import Collection
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.records import Answer
from ragcli.settings import Answering, Settings

CONTRACTS, MOST_PAGES = 120, 30
RUN = 5  # words of a clause in a row
ASKED = {
    "Governing Law": [
        "Which law governs the {d} between {a} and {b}?",
        "What is the governing law of {a}'s {d} with {b}?",
        "Under which state's law is the agreement of {a} and {b} to be construed?",
    ],
    "Expiration Date": [
        "When does the {d} between {a} and {b} expire?",
        "How long does {a}'s agreement with {b} last?",
        "What is the term of the {d} of {a}?",
    ],
    "Renewal Term": [
        "Does the {d} between {a} and {b} renew automatically, and for how long?",
        "For what period is the {d} of {a} renewed?",
    ],
    "Notice Period To Terminate Renewal": [
        "How much notice must be given to prevent renewal of the {d} between {a} and {b}?",
        "How many days before the end must {a} or {b} say that they do not want to renew?",
    ],
    "Agreement Date": ["On what date was the {d} between {a} and {b} made?", "What is the date of {a}'s {d}?"],
    "Cap On Liability": [
        "Is liability limited in the {d} between {a} and {b}?",
        "What is the cap on liability in {a}'s {d}?",
    ],
    "Termination For Convenience": [
        "Can the {d} between {a} and {b} be terminated without cause?",
        "Who may terminate {a}'s {d} for convenience, and with what notice?",
    ],
    "Anti-Assignment": [
        "May the {d} between {a} and {b} be assigned without consent?",
        "Can {b} transfer its rights under the agreement with {a}?",
    ],
    "Audit Rights": [
        "Who may inspect the books and records under the {d} between {a} and {b}?",
        "Does {a} have audit rights under its {d}?",
    ],
    "Insurance": [
        "What insurance must be maintained under the {d} between {a} and {b}?",
        "Which insurance does {a}'s {d} require?",
    ],
    "Exclusivity": [
        "Is the {d} between {a} and {b} exclusive?",
        "What exclusivity was granted in {a}'s {d}?",
    ],
    "Non-Compete": [
        "What competition is forbidden under the {d} between {a} and {b}?",
        "Is there a non-compete clause in {a}'s agreement with {b}?",
    ],
    "Warranty Duration": ["How long is the warranty under the {d} between {a} and {b}?"],
    "Minimum Commitment": ["What is the minimum purchase or payment under the {d} between {a} and {b}?"],
    "Liquidated Damages": ["What liquidated damages does the {d} between {a} and {b} provide for?"],
    "Ip Ownership Assignment": ["Who owns the intellectual property created under the {d} between {a} and {b}?"],
    "Post-Termination Services": ["What happens after termination of the {d} between {a} and {b}?"],
    "Revenue/Profit Sharing": ["What royalty or share of revenue is paid under the {d} between {a} and {b}?"],
}
# Marked as lacking, and yet most contracts say something of them.
HARDLY_LACKING = ("Agreement Date", "Post-Termination Services", "Expiration Date", "Governing Law")
_FORM = re.compile(
    r",?\s+(?:Inc|LLC|Ltd|Corp|Corporation|Limited|L\.?P|Co|Company|N\.?A|PLC|AG|GmbH|S\.A|INC|LTD|CORP|LIMITED|CORPORATION)"
    r"\b\.?.*$"
)


@dataclass(frozen=True, slots=True)
class Question:
    """Args: clauses: as the lawyers marked them; none: the contract lacks it."""

    contract: str
    held_out: bool
    text: str
    clauses: tuple[str, ...]


def parties(row: dict[str, str]) -> list[str]:
    """The names of the parties without their legal form."""
    marked = [one for one in clauses(row, "Parties") if len(one.split()) >= 2 and len(one) < 45 and one[0].isupper()]
    found: list[str] = []
    for one in marked:
        name = _FORM.sub("", one).strip(" ,.") if not re.search(r"\b(?:and|the|of)\b", one) else ""
        if name and name.lower() not in map(str.lower, found):
            found.append(name)
    return found


def clauses(row: dict[str, str], kind: str) -> tuple[str, ...]:
    try:
        return tuple(ast.literal_eval(row[kind]))
    except (SyntaxError, ValueError):  # the dataset has a few cells that are no list
        return ()


def draw(folder: Path, into: Path) -> list[Question]:
    """Copy the contracts below `into`, and return what is asked of them."""
    files = {path.stem.lower(): path for path in folder.rglob("*") if path.suffix.lower() == ".pdf"}
    with (folder / "master_clauses.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    chance = random.Random(7)
    chance.shuffle(rows)
    questions: list[Question] = []
    drawn = 0
    into.mkdir(parents=True, exist_ok=True)
    for row in rows:
        path = files.get(Path(row["Filename"]).stem.lower())
        names, title = parties(row), row["Document Name-Answer"].strip()
        if path is None or len(names) < 2 or len(title) > 60 or "[" in title:
            continue
        with pymupdf.open(path) as document:
            if len(document) > MOST_PAGES:
                continue
        name = re.sub(r"\s+", " ", path.name)
        shutil.copy(path, into / name)
        said = {"a": names[0], "b": names[1], "d": title.title() if title.isupper() else title}
        marked = [(kind, clauses(row, kind)) for kind in ASKED]
        has, lacks = [one for one in marked if one[1]], [one for one in marked if not one[1]]
        chance.shuffle(has)
        chance.shuffle(lacks)
        lacks = [one for one in lacks if one[0] not in HARDLY_LACKING]
        for kind, own in (*has[:3], *lacks[:1]):
            questions.append(Question(name, drawn % 2 == 1, chance.choice(ASKED[kind]).format(**said), own))
        drawn += 1
        if drawn == CONTRACTS:
            break
    return questions


def share_said(clause: str, text: str) -> float:
    """The share of the runs of five words of a clause that a text has."""
    words, there = (re.findall(r"\w+", one.lower()) for one in (clause, text))
    said = f" {' '.join(there)} "
    length = min(RUN, len(words))
    if not length:
        return 0.0
    pieces = [" ".join(words[at : at + length]) for at in range(len(words) - length + 1)]
    return sum(f" {piece} " in said for piece in pieces) / len(pieces)


def measured(question: Question, answer: Answer) -> dict[str, float]:
    """1 or 0 each: what was found in the five passages, and what was said."""
    own = [hit for hit in answer.hits if Path(hit.path).name == question.contract]
    quotes = [one.text for one in answer.sentences] if answer.found else []
    is_quoted = any(
        share_said(clause, quote) >= 0.3 or share_said(quote, clause) >= 0.6
        for clause in question.clauses
        for quote in quotes
    )
    is_its = any(Path(one.path).name == question.contract for one in answer.citations)
    return {
        "contract first": float(bool(answer.hits) and Path(answer.hits[0].path).name == question.contract),
        "clause in five": float(any(share_said(clause, hit.text) > 0.5 for clause in question.clauses for hit in own)),
        "quoted": float(is_quoted and is_its),
        "answered": float(answer.found),
    }


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cuad", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--lower", action="store_true")
    parser.add_argument("--save", metavar="NAME")
    given = parser.parse_args(argv)
    questions = draw(given.cuad, given.work / "contracts")
    settings = Settings(answering=Answering(style="quotes", cache=False))
    rows: list[dict[str, object]] = []
    with Collection.open("contracts", home=given.work / "rag", settings=settings) as collection:
        collection.ingest([given.work / "contracts"])
        for question in questions:
            answer = collection.ask(question.text.lower() if given.lower else question.text)
            part = ("held out" if question.held_out else "worked on", "has it" if question.clauses else "lacks it")
            rows.append({"part": part[0], "contract": part[1], **measured(question, answer)})
    measures = list(rows[0])[2:]
    lines = []
    for part in sorted({(str(row["part"]), str(row["contract"])) for row in rows}):
        own = [row for row in rows if (row["part"], row["contract"]) == part]
        counts = [str(round(sum(float(str(row[measure])) for row in own))) for measure in measures]
        lines.append([*part, str(len(own)), *counts])
    report = tables.markdown(["contracts", "the clause", "questions", *measures], lines, names=2)
    print(report)
    if given.save:
        runs.save(given.save, "Clauses of contracts that are asked for by their parties", report, rows, {})


if __name__ == "__main__":
    main()

"""Is the row quoted that has the highest, or the lowest, of a column?

    python tests/bench/extremes.py --work FOLDER [--sets pdf_sec10q …] [--save NAME]

The questions are made from the tables themselves, in the collections that retrieval.py makes in the same work folder,
after their second pass (`rag index`): of each table with a named first column and a column of at least four figures whose
head is words, `Which <head of the first column> has the highest <head>?`; `lowest` where the head has an odd number of
letters, so that either is asked. One question for each document and first column; asked of that document alone. The
answer is right when the row that is quoted first is the one with the most, by figures that are read here anew; rows of
equal figures all are.
"""

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import runs
import sets
import systems
import tables

from ragcli.chunking.rows import FigureRow, figure_rows
from ragcli.collection import Collection
from ragcli.collection.ask import Asked as Question
from ragcli.collection.ask import ask_afresh

FEWEST = 4
_STUB, _HEAD = re.compile(r"[^\W\d_][^\W\d]{2,24}(?: [^\W\d]+){0,3}"), re.compile(r"[^\W\d_]{2}[\w ()%$€.,-]{1,38}")
_FIGURE = re.compile(r"[($€£\s]*([-−]?\d[\d.,\s]*)[)%€\s]*")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about one table of a document, and the labels of the rows that answer it."""

    path: str
    text: str
    labels: frozenset[str]


def figure(cell: str, language: str) -> float | None:
    found = _FIGURE.fullmatch(cell)
    if found is None:
        return None
    thousands, decimal = (".", ",") if language == "fr" else (",", ".")
    plain = re.sub(r"\s", "", found[1]).replace(thousands, "").replace(decimal, ".").replace("−", "-").rstrip(".")
    try:
        return float(plain)
    except ValueError:
        return None


def questions(collection: Collection) -> Iterator[Asked]:
    rows = collection.catalog().sql.execute(
        "SELECT c.document_id, c.section, c.text, coalesce(c.language, d.language), min(f.path) FROM chunks c"
        " JOIN documents d ON d.id = c.document_id JOIN files f ON f.document_id = d.id WHERE c.kind = 'table' GROUP BY c.id"
    )
    found: defaultdict[tuple[object, ...], list[FigureRow]] = defaultdict(list)
    for document_id, section, text, language, path in rows:
        for row in figure_rows(text):
            if row.heads:
                found[document_id, section, row.heads, language or "en", path].append(row)
    seen: set[tuple[str, str]] = set()
    for (_, _, _, language, path), table in found.items():
        stub = table[0].above[-1] if table[0].above else ""
        if not _STUB.fullmatch(stub) or (str(path), stub) in seen:
            continue
        for at, head in enumerate(table[0].heads):
            cells = [
                (row.label, figure(row.cells[at], str(language))) for row in table if "total" not in row.label.lower()
            ]
            read = [(label, value) for label, value in cells if value is not None and label]
            if len(read) < max(FEWEST, 0.8 * len(table)) or not _HEAD.fullmatch(head):
                continue
            is_most = len(head) % 2 == 0
            best = (max if is_most else min)(value for _, value in read)
            if language == "fr":
                text = f"Quel(le) {stub.lower()} a {head} {'le plus élevé' if is_most else 'le plus bas'} ?"
            else:
                text = f"Which {stub.lower()} has the {'highest' if is_most else 'lowest'} {head}?"
            seen.add((str(path), stub))
            yield Asked(str(path), text, frozenset(label for label, value in read if value == best))
            break


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=sets.PDF_SETS)
    parser.add_argument("--save", metavar="NAME")
    options = parser.parse_args()
    data = sets.data_folder(options.data)
    raw: list[dict[str, object]] = []
    for name in options.sets:
        collection = systems.Rag(sets.load(data, name, "test", None, None), options.work, "hybrid").collection
        for number, asked in enumerate(questions(collection)):
            answer = ask_afresh(collection, Question(asked.text, [json.dumps({"path": asked.path})]))
            quote = answer.citations[0].quote if answer.citations else ""
            is_right = answer.found and any(label in quote for label in asked.labels)
            raw.append({"set": name, "question": number, "right": is_right, "refused": not answer.found})
    report = tables.markdown(
        ("set", "questions", "right", "refused", "another row"),
        [
            [name, len(own), right, refused, len(own) - right - refused]
            for name in options.sets
            if (own := [one for one in raw if one["set"] == name])
            for right, refused in [(sum(bool(one["right"]) for one in own), sum(bool(one["refused"]) for one in own))]
        ],
        1,
    )
    print(report)
    if options.save:
        runs.save(options.save, "The highest and the lowest of tables", report, raw, {})


if __name__ == "__main__":
    main()

"""Is the row quoted that has the highest, or the lowest, of a column? Are all rows quoted that have a value?

    python tests/bench/table_rows.py --work FOLDER [--sets pdf_sec10q …] [--save NAME]

The questions are made from the tables themselves, in the collections that retrieval.py makes in the same work folder,
after their second pass (`rag index`): of each table with a named first column and a column of at least four figures whose
head is words, `Which <head of the first column> has the highest <head>?`; `lowest` where the head has an odd number of
letters, so that either is asked. One question for each document and first column; asked of that document alone. The
answer is right when the row that is quoted first is the one with the most, by figures that are read here anew; rows of
equal figures all are.

Likewise `Which <heads of the first column> have the <head> <value>?`, and `How many …`, of a column whose values are words,
one of which two rows or more have, and not all of them: the commonest. Right is to quote all of these rows and no other.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
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
_VALUE = re.compile(r"[^\W\d_][\w &'’.-]{2,30}")
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


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table, and what the heads of its labels call its rows."""

    language: str
    path: str
    stub: str
    rows: list[FigureRow]


def whole_tables(collection: Collection) -> Iterator[Table]:
    """All tables that have heads, of labels too."""
    rows = collection.catalog().sql.execute(
        "SELECT c.document_id, c.section, c.text, coalesce(c.language, d.language), min(f.path) FROM chunks c"
        " JOIN documents d ON d.id = c.document_id JOIN files f ON f.document_id = d.id WHERE c.kind = 'table' GROUP BY c.id"
    )
    found: defaultdict[tuple[object, ...], list[FigureRow]] = defaultdict(list)
    for document_id, section, text, language, path in rows:
        for row in figure_rows(text):
            if row.heads:
                found[document_id, section, row.heads, language or "en", path].append(row)
    for (_, _, _, language, path), of_it in found.items():
        stub = of_it[0].above[-1] if of_it[0].above else ""
        if _STUB.fullmatch(stub):
            yield Table(str(language), str(path), stub, of_it)


def extreme(table: Table) -> Asked | None:
    for at, head in enumerate(table.rows[0].heads):
        cells = [
            (row.label, figure(row.cells[at], table.language)) for row in table.rows if "total" not in row.label.lower()
        ]
        read = [(label, value) for label, value in cells if value is not None and label]
        if len(read) < max(FEWEST, 0.8 * len(table.rows)) or not _HEAD.fullmatch(head):
            continue
        is_most = len(head) % 2 == 0
        best = (max if is_most else min)(value for _, value in read)
        if table.language == "fr":
            text = f"Quel(le) {table.stub.lower()} a {head} {'le plus élevé' if is_most else 'le plus bas'} ?"
        else:
            text = f"Which {table.stub.lower()} has the {'highest' if is_most else 'lowest'} {head}?"
        return Asked(table.path, text, frozenset(label for label, value in read if value == best))
    return None


def selection(table: Table) -> Asked | None:
    for at, head in enumerate(table.rows[0].heads):
        values = Counter(row.cells[at] for row in table.rows if row.label)
        value, count = max(values.items(), key=lambda each: each[1])
        if not 2 <= count < len(table.rows) or not _HEAD.fullmatch(head) or not _VALUE.fullmatch(value):
            continue
        is_counted, stubs = len(head) % 2 == 0, table.stub.lower() + "s" * (table.stub[-1] != "s")
        if table.language == "fr":
            text = f"{'Combien de' if is_counted else 'Quels'} {stubs} ont {head} {value} ?"
        else:
            text = f"{'How many' if is_counted else 'Which'} {stubs} have the {head} {value}?"
        return Asked(table.path, text, frozenset(row.label for row in table.rows if row.cells[at] == value))
    return None


def questions(collection: Collection, make: Callable[[Table], Asked | None]) -> Iterator[Asked]:
    """One for each document and name of rows."""
    seen: set[tuple[str, str]] = set()
    for table in whole_tables(collection):
        if (table.path, table.stub) not in seen and (asked := make(table)) is not None:
            seen.add((table.path, table.stub))
            yield asked


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
        for what, make in (("highest or lowest", extreme), ("all that are such", selection)):
            for number, asked in enumerate(questions(collection, make)):
                answer = ask_afresh(collection, Question(asked.text, [json.dumps({"path": asked.path})]))
                quotes = [one.quote for one in answer.citations]
                if make is extreme:
                    is_right = any(label in quote for label in asked.labels for quote in quotes[:1])
                else:
                    is_right = len(quotes) == len(asked.labels) and all(
                        any(label in quote for quote in quotes) for label in asked.labels
                    )
                raw.append(
                    {"what": what, "set": name, "question": number, "right": is_right, "refused": not answer.found}
                )
    report = tables.markdown(
        ("asked for", "set", "questions", "right", "refused", "other rows"),
        [
            [what, name, len(own), right, refused, len(own) - right - refused]
            for what in ("highest or lowest", "all that are such")
            for name in options.sets
            if (own := [one for one in raw if (one["what"], one["set"]) == (what, name)])
            for right, refused in [(sum(bool(one["right"]) for one in own), sum(bool(one["refused"]) for one in own))]
        ],
        2,
    )
    print(report)
    if options.save:
        runs.save(options.save, "Questions that all rows of a table answer", report, raw, {})


if __name__ == "__main__":
    main()

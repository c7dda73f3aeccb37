"""What must stand on a page, must not, and must stand before what: the facts of olmOCR's test, one by one.

    python tests/bench/facts.py /path/to/olmocr [--all]

The folder holds PDFs beside `tests.jsonl`. `present` and `absent` texts are looked for within the page as `ingest`
reads it, with as many wrong letters as the fact allows (none, where it says nothing); `order` wants one text before
another. Facts about formulas and tables have scripts of their own. What does not hold is printed; `--all` prints all.
Headers and footers are told by repetition over pages: most of these files have one page.
"""

import argparse
import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz
from tables import markdown

from ragcli.reading.registry import read
from ragcli.settings import Reading

TYPES = ("present", "absent", "order")


def plain(text: str) -> str:
    """One line without typography, as olmOCR compares."""
    text = unicodedata.normalize("NFKC", text).translate(str.maketrans("‘’“”–—−", "''\"\"---"))
    return re.sub(r"\s+", " ", text).strip()


def place(wanted: str, text: str, differences: int) -> tuple[int, int] | None:
    """Where `wanted` stands in `text`, with at most so many letters different; None: nowhere."""
    found = fuzz.partial_ratio_alignment(wanted, text)
    if found is None or not wanted or len(text) < len(wanted):
        return None
    allowed = 100 * (1 - differences / len(wanted))
    return (found.dest_start, found.dest_end) if found.score >= allowed else None


def holds(fact: dict[str, Any], text: str) -> bool:
    differences = fact.get("max_diffs", 0)
    if fact["type"] == "order":
        before, after = (place(plain(fact[key]), text, differences) for key in ("before", "after"))
        return before is not None and after is not None and before[0] < after[0]
    wanted = plain(fact["text"])
    if not fact.get("case_sensitive", True):
        wanted, text = wanted.casefold(), text.casefold()
    if "first_n" in fact or "last_n" in fact:
        first, last = fact.get("first_n", 0), fact.get("last_n", 0)
        text = text[:first] + (text[-last:] if last else "")
    is_there = place(wanted, text, differences) is not None
    return is_there if fact["type"] == "present" else not is_there


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="also print the facts that hold")
    arguments = parser.parse_args()

    @cache
    def page(name: str, number: int) -> str:
        document = read(arguments.folder / name, Reading())
        blocks = [block for page in document.pages if page.number == number for block in page.blocks]
        return plain("\n".join(block.text for block in blocks))

    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for line in (arguments.folder / "tests.jsonl").read_text(encoding="utf-8").splitlines():
        fact = json.loads(line)
        if fact["type"] not in TYPES:
            continue
        asked[fact["type"]] += 1
        is_right = holds(fact, page(fact["pdf"], fact["page"]))
        right[fact["type"]] += is_right
        if arguments.all or not is_right:
            said = {key: value for key, value in fact.items() if key in ("text", "before", "after")}
            print("holds " if is_right else "FAILS ", fact["type"], fact["pdf"], json.dumps(said, ensure_ascii=False))
    print(markdown(("facts", "asked", "hold"), [(kind, asked[kind], right[kind]) for kind in TYPES]))


if __name__ == "__main__":
    main()

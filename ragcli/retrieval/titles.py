"""Passages that begin a section whose title is what the question asks for: `What is LVM?`, `12.1.2. LVM`."""

import json
import re
from collections.abc import Sequence

from ragcli.storage.catalog import Catalog
from ragcli.storage.terms import content_terms

# What asks for a meaning without naming it, besides stop words.
_OF_MEANING = re.compile(r"\b(?:stands? for|short for|means?|meant by|signifie(?:nt)?|veut dire)\b", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(.+?)\s*\(([^()]+)\)")  # `Logical Volume Manager (LVM)` is called both


def titled(catalog: Catalog, question: str, chunk_ids: Sequence[int]) -> frozenset[int]:
    """Those of the chunks that begin with the title of their section, where its words are those of the question.

    Figures and the words that only make a question do not count, on either side.
    """
    rows = catalog.sql.execute(
        "SELECT id, language, section, text FROM chunks WHERE section != '[]' AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(chunk_ids)),),
    )
    return frozenset(
        chunk_id
        for chunk_id, language, section, text in rows
        if text.startswith(title := json.loads(section)[-1]) and _is_asked(question, title, language)
    )


def _is_asked(question: str, title: str, language: str | None) -> bool:
    asked = _words(_OF_MEANING.sub(" ", question), language)
    both = _ABBREVIATED.fullmatch(title.strip())
    return bool(asked) and any(asked == _words(name, language) for name in (title, *(both.groups() if both else ())))


def _words(text: str, language: str | None) -> set[str]:
    return {term for term in content_terms(text, language) if not term.isdigit()}

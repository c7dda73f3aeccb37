"""Passages about the very thing that is asked for: they begin a section of its name, or say what it is.

For `What is LVM?` that is the section `12.1.2. LVM`, and the sentence `The logical volume manager is a …`.
"""

import json
import re
from collections.abc import Sequence

from ragcli.retrieval.question.definitions import defined, holds_definition
from ragcli.retrieval.question.syntax import entitles, identifiers, is_named, is_part_title
from ragcli.storage.catalog import Catalog, rows_in
from ragcli.storage.terms import content_terms

_ABBREVIATED = re.compile(r"(.+?)\s*\(([^()]+)\)")  # `Logical Volume Manager (LVM)` is called both


def about(catalog: Catalog, question: str, chunk_ids: Sequence[int]) -> frozenset[int]:
    """Those of the chunks that begin with the title of their section, where its words are those of the question, that hold
    the title of a part that the question names, or that define what it wants defined.

    Figures and the words that only make a question do not count, on either side; in an identifier (`article 12`) they do.
    """
    named = identifiers(question)
    rows = rows_in(
        catalog.sql,
        "SELECT c.id, coalesce(c.language, d.language), c.section, c.text FROM chunks c"
        " JOIN documents d ON d.id = c.document_id WHERE c.id",
        chunk_ids,
    )

    def is_about(language: str | None, title: str, text: str) -> bool:
        thing = defined(question, language)
        if thing and holds_definition(text, thing, language):
            return True
        begins = bool(title) and text.startswith(title)
        # A passage may hold several short parts, one below the other.
        titles = [title] * begins + [line for line in text.split("\n\n") if line and is_part_title(line)]
        if any(is_named(one, written) or entitles(one, written) for one in named for written in titles):
            return True
        return begins and _is_asked(thing or question, title, language)

    return frozenset(
        chunk_id
        for chunk_id, language, section, text in rows
        if is_about(language, (json.loads(section) or [""])[-1], text)
    )


def _is_asked(question: str, title: str, language: str | None) -> bool:
    asked = _words(question, language)
    both = _ABBREVIATED.fullmatch(title.strip())
    return bool(asked) and any(asked == _words(name, language) for name in (title, *(both.groups() if both else ())))


def _words(text: str, language: str | None) -> set[str]:
    return {term for term in content_terms(text, language) if not term.isdigit()}

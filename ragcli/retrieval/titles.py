"""Passages that begin a section whose title is what the question asks for: `What is LVM?`, `12.1.2. LVM`."""

import json
from collections.abc import Sequence

from ragcli.storage.catalog import Catalog
from ragcli.storage.terms import content_terms


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
    asked, named = (
        {term for term in content_terms(text, language) if not term.isdigit()} for text in (question, title)
    )
    return bool(asked) and asked == named

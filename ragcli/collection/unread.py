"""What an answer could not see: pages of the files it leans on that were not read, files that were not read at all.

And what it saw that a reader of its pages does not.
"""

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from ragcli.counted import counted
from ragcli.letters import WORD
from ragcli.records import Citation, Hit
from ragcli.retrieval.naming.codes import codes, is_coded
from ragcli.storage.catalog import Catalog

_NAMED = 5  # pages
# In the warning of a page's hidden text: that text, and a mark where there is more of it.
_HIDDEN = re.compile(r"characters that a reader does not see \([^)]*\): “(.*?)(?: (…))?”", re.DOTALL)
_DAMAGE = "repaired: "  # begins the warning of a reader that had to mend a file: more than single pages may be lost


def doubts(catalog: Catalog, question: str, leans_on: Sequence[Citation | Hit]) -> tuple[str, ...]:
    """What speaks against leaning on these: warnings of `partly_read`, of `hidden_quotes`, and of `unread_by_name`."""
    quoted = [one for one in leans_on if isinstance(one, Citation)]
    partly = partly_read(catalog, [one.path for one in leans_on])
    return partly + hidden_quotes(catalog, quoted) + unread_by_name(catalog, question)


def partly_read(catalog: Catalog, paths: Iterable[str]) -> tuple[str, ...]:
    """A warning for each of these files that has pages which could not be read, or is damaged."""
    lines = []
    for path in dict.fromkeys(paths):
        pages = catalog.sql.execute(
            "SELECT p.number, p.place, p.problem FROM pages p JOIN files f ON f.document_id = p.document_id"
            " WHERE f.path = ? ORDER BY p.ordinal",
            (path,),
        ).fetchall()
        lost = [f"p.{number}" if number is not None else place for number, place, problem in pages if problem]
        if lost:
            named = ", ".join(lost[:_NAMED]) + (", …" if len(lost) > _NAMED else "")
            lines.append(f"only partly read: {path}: {len(lost)} of {len(pages)} pages are missing ({named})")
        lines += [
            f"perhaps only partly read: {path}: {one.removeprefix(_DAMAGE)}"
            for one in warnings(catalog, path)
            if one.startswith(_DAMAGE)
        ]
    return tuple(lines)


def warnings(catalog: Catalog, path: str) -> list[str]:
    """What the reader of a file had to say of it; nothing where it was not read."""
    row = catalog.sql.execute(
        "SELECT d.warnings FROM documents d JOIN files f ON f.document_id = d.id WHERE f.path = ?", (path,)
    ).fetchone()
    return [] if row is None else list(json.loads(row[0]))


def hidden_quotes(catalog: Catalog, citations: Iterable[Citation]) -> tuple[str, ...]:
    """A warning for each page of which something is quoted that a reader of it does not see, white on white or tiny."""
    lines = [
        f"quoted from what a reader may not see: {one.path} {said}"
        for one in citations
        for said in warnings(catalog, one.path)
        if said.startswith(f"p.{one.page}: ") and _is_hidden(one.quote, said)
    ]
    return tuple(dict.fromkeys(lines))


def _is_hidden(quote: str, said: str) -> bool:
    """Whether a quote has to do with the hidden text that `said` shows; where that goes on, the rest may be the quote."""
    found = _HIDDEN.search(said)
    if found is None:
        return False
    hidden, quoted = (" ".join(re.findall(WORD, text)) for text in (found[1], quote))
    return bool(found[2]) or quoted in hidden or hidden in quoted


def unread_by_name(catalog: Catalog, question: str) -> tuple[str, ...]:
    """A warning for each file that could not be read at all and that a code of the question names."""
    asked = codes(question)
    rows = (
        catalog.sql.execute("SELECT path, reason FROM files WHERE document_id IS NULL ORDER BY path") if asked else ()
    )
    named = [row for row in rows if any(is_coded(code, PurePath(row[0]).name) for code in asked)]
    return tuple(f"could not be read: {path}: {reason}" for path, reason in named)


def searched(catalog: Catalog, where: Sequence[str]) -> str:
    """What a question was asked of: how much there is, under which conditions, and how much of it is not there."""
    line = (
        f"searched: {counted(catalog.count_chunks(), 'passage')} of {counted(catalog.count('documents'), 'document')}"
    )
    line += "".join(f", where {expression}" for expression in where)
    if unread := catalog.count("files", "document_id IS NULL"):
        line += f"; {counted(unread, 'file')} could not be read, see: rag list -c {catalog.folder.name}"
    return line

"""What an answer could not see: pages of the files it leans on that were not read, files that were not read at all."""

import json
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from ragcli.counted import counted
from ragcli.retrieval.codes import codes, is_coded
from ragcli.storage.catalog import Catalog

_NAMED = 5  # pages
_DAMAGE = "repaired: "  # begins the warning of a reader that had to mend a file: more than single pages may be lost


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
        f"searched: {counted(catalog.count('chunks'), 'passage')} of {counted(catalog.count('documents'), 'document')}"
    )
    line += "".join(f", where {expression}" for expression in where)
    if unread := catalog.count("files", "document_id IS NULL"):
        line += f"; {counted(unread, 'file')} could not be read, see: rag list -c {catalog.folder.name}"
    return line

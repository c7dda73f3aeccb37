"""What `--where` can filter on in a collection, with examples."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

_EXAMPLES = 3
# Each with the type of its values and where they all are.
BUILT_IN: Mapping[str, tuple[Literal["text", "number", "date"], str]] = {
    "path": ("text", "SELECT path AS value FROM files WHERE document_id IS NOT NULL"),
    "title": ("text", "SELECT title AS value FROM documents"),
    "author": ("text", "SELECT author AS value FROM documents"),
    "date": ("date", "SELECT date AS value FROM documents"),
    "lang": ("text", "SELECT language AS value FROM documents"),
    "type": ("text", "SELECT type AS value FROM documents"),
    "added": ("date", "SELECT added AS value FROM documents"),
    "modified": ("date", "SELECT modified AS value FROM documents"),
    "page": ("number", "SELECT page AS value FROM chunks"),
    "section": ("text", "SELECT v.value AS value FROM chunks, json_each(chunks.section) v"),
    "kind": ("text", "SELECT kind AS value FROM chunks"),
}
_TYPES = {"integer": "number", "real": "number", "true": "true or false", "false": "true or false"}
_KIND = "iif(v.type = 'text' AND v.value GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]*', 'date', v.type)"


@dataclass(frozen=True, slots=True)
class Field:
    """A field, the type of its values, how many different ones there are, and the commonest."""

    name: str
    type: str
    values: int
    examples: tuple[str, ...]


def fields(sql: sqlite3.Connection) -> list[Field]:
    """The built-in fields that have a value, then the metadata by name."""
    found = [_field(sql, name, kind, query, ()) for name, (kind, query) in BUILT_IN.items()]
    for key in metadata_keys(sql):
        path = f'$."{key}"'
        is_list = sql.execute("SELECT 1 FROM documents WHERE json_type(meta, ?) = 'array' LIMIT 1", (path,)).fetchone()
        kind = " or ".join(sorted(kinds(sql, key))) + (", list" if is_list else "")
        value = "iif(v.type IN ('true', 'false'), v.type, v.value)"
        values = f"SELECT {value} AS value FROM documents, json_each(documents.meta, ?) v"
        found.append(_field(sql, key, kind, values, (path,)))
    return [field for field in found if field.values]


def metadata_keys(sql: sqlite3.Connection) -> list[str]:
    """The names of all metadata that documents have, sorted."""
    return [row[0] for row in sql.execute("SELECT DISTINCT key FROM documents, json_each(documents.meta) ORDER BY key")]


def kinds(sql: sqlite3.Connection, key: str) -> set[str]:
    """What the values of a metadata field are: text, number, date (ISO 8601), true or false; empty when nothing has one."""
    rows = sql.execute(f"SELECT DISTINCT {_KIND} FROM documents, json_each(documents.meta, ?) v", (f'$."{key}"',))
    return {_TYPES.get(kind, kind) for (kind,) in rows}


def _field(sql: sqlite3.Connection, name: str, kind: str, values: str, parameters: tuple[str, ...]) -> Field:
    (count,) = sql.execute(f"SELECT count(DISTINCT value) FROM ({values})", parameters).fetchone()
    commonest = sql.execute(
        f"SELECT value FROM ({values}) WHERE value IS NOT NULL GROUP BY value ORDER BY count(*) DESC, value LIMIT ?",
        (*parameters, _EXAMPLES),
    )
    return Field(name, kind, count, tuple(str(row[0]) for row in commonest))

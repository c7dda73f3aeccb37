"""Metadata that the user writes beside a document: `NAME.meta.yaml`, with its whole name, as `a.pdf.meta.yaml`."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from ragcli.errors import ReadError
from ragcli.records import Value

SUFFIX = ".meta.yaml"
LIMIT_BYTES = 1 << 20
MOST_VALUES = 1000
DEEPEST = 8  # keys and lists on the way to a value


def read_sidecar(path: Path) -> dict[str, Value]:
    """Return the keys and values of a sidecar.

    Raises: ReadError, for the caller to name the file. It costs the metadata only: the document itself is read, with the
        error as a warning.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise ReadError(str(error.strerror), "make it readable, then ingest again", "unreadable") from None
    if len(raw) > LIMIT_BYTES:
        raise ReadError(f"larger than {LIMIT_BYTES >> 20} MB", "a sidecar holds metadata only", "damaged")
    try:
        return parse_metadata(raw)
    except ValueError as error:
        raise ReadError(str(error), "mend that line, then ingest again", "damaged") from None


def parse_metadata(source: str | bytes) -> dict[str, Value]:
    """Return the mapping that a YAML text holds, made flat: of `{a: {b: 1}}` the field is `a.b`.

    Dates become ISO 8601 text, lists one list of text, and keys without a value are left out.

    Raises: ValueError, in one line: it is no YAML, no mapping, or holds more than a person writes.
    """
    import yaml

    from ragcli.yaml_text import from_yaml

    try:
        parsed = from_yaml(source)
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise ValueError(f"not YAML, {line}{error.problem or error.context}") from None
    except yaml.YAMLError as error:  # control characters; 2024-02-31; nested too deep
        raise ValueError(f"not YAML, {' '.join(str(error).split())}") from None
    if parsed is None:
        return {}
    if not isinstance(parsed, Mapping):
        raise ValueError("not a list of `key: value` lines")
    values: dict[str, Value] = {}
    for number, (key, value) in enumerate(_flat("", parsed)):
        if number == MOST_VALUES:
            raise ValueError(f"more than {MOST_VALUES:,} values")
        known = values.get(key)
        if isinstance(known, list) and isinstance(value, list):
            known += value
        else:
            values[key] = value
    return values


def _flat(key: str, raw: object, depth: int = 0) -> Iterator[tuple[str, Value]]:
    """The values below `raw`, each with the keys that lead to it; those of a list one by one, each a list of one.

    Raises: ValueError for bytes, and below DEEPEST: by an alias a list can hold itself.
    """
    if depth > DEEPEST:
        raise ValueError(f"the value of {key} is nested too deep")
    if isinstance(raw, Mapping):
        for inner, value in raw.items():
            yield from _flat(f"{key}.{inner}" if key else str(inner), value, depth + 1)
    elif isinstance(raw, list | set):
        for item in raw:
            for inner, value in _flat(key, item, depth + 1):
                yield inner, value if isinstance(value, list) else [str(value)]
    elif isinstance(raw, date):
        yield key, raw.isoformat()
    elif isinstance(raw, str | int | float | bool):
        yield key, raw
    elif raw is not None:
        raise ValueError(f"the value of {key} is neither text nor a number")

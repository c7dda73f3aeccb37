"""Metadata that the user writes beside a document: `NAME.meta.yaml`, with its whole name, as `a.pdf.meta.yaml`."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ragcli.errors import ReadError
from ragcli.records import Value

SUFFIX = ".meta.yaml"
LIMIT_BYTES = 1 << 20


def read_sidecar(path: Path) -> dict[str, Value]:
    """Return the keys and values of a sidecar.

    Raises: ReadError. It costs the metadata only: the document itself is read, with the error as a warning.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror}", "make it readable, then ingest again", "unreadable") from None
    if len(raw) > LIMIT_BYTES:
        raise ReadError(f"{path}: larger than {LIMIT_BYTES >> 20} MB", "a sidecar holds metadata only", "damaged")
    try:
        return parse_metadata(raw)
    except ValueError as error:
        raise ReadError(f"{path}: {error}", "mend that line, then ingest again", "damaged") from None


def parse_metadata(source: str | bytes) -> dict[str, Value]:
    """Return the mapping that a YAML text holds: dates become ISO 8601 text, keys without a value are left out.

    Raises: ValueError, in one line: it is no YAML, no mapping, or a value is neither a scalar nor a list of scalars.
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
    return {str(key): value for key, raw in parsed.items() if (value := _value(key, raw)) is not None}


def _value(key: object, raw: object) -> Value | None:
    if isinstance(raw, date):
        return raw.isoformat()
    if raw is None or isinstance(raw, str | int | float | bool):
        return raw
    if isinstance(raw, list) and not any(isinstance(item, Mapping | list | set | bytes) for item in raw):
        return [str(item) for item in raw if item is not None]
    raise ValueError(f"the value of {key} is neither a scalar nor a list of scalars")

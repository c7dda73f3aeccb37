"""Metadata from the command line: `--meta key=value`."""

from collections.abc import Sequence

from ragcli.errors import UsageError
from ragcli.reading.sidecar import parse_metadata
from ragcli.records import Value

TAKEN = frozenset({"path", "page", "lang", "type", "added", "modified", "section", "kind"})  # fields of what was read


def parse_pairs(pairs: Sequence[str]) -> dict[str, Value]:
    """`["year=2020", "tags=[a, b]"]` as typed values, read as YAML reads them.

    Raises: UsageError for a pair without `=`, or whose key names a field that each document has anyway.
    """
    values: dict[str, Value] = {}
    for pair in pairs:
        key, separator, text = pair.partition("=")
        if not separator or not key.strip():
            raise UsageError(f"--meta {pair}: no key=value", "write --meta year=2020")
        if key.strip() in TAKEN:
            what = (
                "write --meta language=fr" if key.strip() == "lang" else f"call it otherwise: --meta my_{key.strip()}=…"
            )
            raise UsageError(f"--meta {pair}: each document has a field {key.strip()} of its own", what)
        try:
            parsed = parse_metadata(f"{key.strip()}: {text}")
        except ValueError:
            parsed = {key.strip(): text}  # a colon or a quote in plain text is no YAML, but still a text
        values.update(parsed)
    return values

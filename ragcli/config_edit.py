"""Change one setting in a YAML file and leave everything else in it, comments included, as it was."""

import json
from pathlib import Path
from typing import Any

from ragcli.disk import write_whole
from ragcli.errors import UsageError


def set_value(file: Path, key: str, value: str | float) -> None:
    """Write `value` for a dotted key of two parts (`answering.model`), making the file or the section where needed.

    Raises: UsageError when the file holds something else than settings.
    """
    text = file.read_text("utf-8") if file.is_file() else ""
    write_whole(file, _changed(text, key, value, file))


def _changed(text: str, key: str, value: str | float, file: Path) -> str:
    import yaml

    section, name = key.split(".")
    quoted = json.dumps(value, ensure_ascii=False)  # JSON's strings and numbers are YAML's as well
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None:
        return f"{text}{section}:\n  {name}: {quoted}\n"
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise UsageError(f"{file} holds no settings in block style", "write lines such as `answering:`")
    inner = _value(root, section)
    if inner is None:
        return f"{text.rstrip()}\n{section}:\n  {name}: {quoted}\n"
    if isinstance(inner, yaml.ScalarNode) and not inner.value:  # `answering:` with nothing below
        at = inner.end_mark.index
        return f"{text[:at]}\n  {name}: {quoted}{text[at:]}"
    if not isinstance(inner, yaml.MappingNode):
        raise UsageError(f"{file}: {section} holds no settings", f"write `{section}:` and keys below it")
    old = _value(inner, name)
    if old is not None:
        return f"{text[: old.start_mark.index]}{quoted}{text[old.end_mark.index :]}"
    at = inner.start_mark.index
    if inner.flow_style:
        comma = ", " if inner.value else ""
        return f"{text[: at + 1]}{name}: {quoted}{comma}{text[at + 1 :]}"
    return f"{text[:at]}{name}: {quoted}\n{' ' * inner.start_mark.column}{text[at:]}"


def _value(mapping: Any, key: str) -> Any:
    return next((value for name, value in mapping.value if name.value == key), None)

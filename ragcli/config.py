"""Where the settings come from: flag > environment (RAG_…) > rag.yaml found upwards > the user's file > built-in default."""

import difflib
import functools
import hashlib
import json
import os
import shlex
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from ragcli import __version__
from ragcli.disk import sha256_of, write_whole
from ragcli.errors import UsageError
from ragcli.settings import Settings

NAME = "rag.yaml"
# No settings; and a password must not reach a file, not even as the part of a hash.
_NO_SETTINGS = ("RAG_HOME", "RAG_PDF_PASSWORD")
# What a file found in a folder could use to send text elsewhere or to run something: it is believed only when trusted.
_SENSITIVE = (
    *(f"{part}.{key}" for part in ("embedding", "answering") for key in ("model", "base_url", "api_key_variable")),
    "rerank.model",
    "reading.extractor",
    "reading.marker.python",
    *(f"reading.marker.{model}_{key}" for model in ("layout", "ocr_error") for key in ("checkpoint", "url")),
    "reading.marker.vlm_url",
    "reading.mathpix.base_url",
)


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings, and where each value that is no default comes from (dotted key -> origin)."""

    settings: Settings
    origins: Mapping[str, str]
    files: tuple[Path, ...] = ()


def home_folder() -> Path:
    """Where collections, models and caches live: RAG_HOME, else the system's place for a user's data."""
    if named := os.environ.get("RAG_HOME"):
        try:
            folder = Path(named).expanduser().resolve()
            if any(one.is_symlink() for one in (folder, *folder.parents)):  # Python 3.13 leaves them as they are
                raise RuntimeError("its links lead in a circle")
        except (OSError, RuntimeError) as error:  # nobody of that name, links in a circle
            raise UsageError(f"RAG_HOME={named}: {error}", "set it to a folder") from None
        return folder
    from platformdirs import user_data_path

    return user_data_path("rag", appauthor=False)


def state_folder() -> Path:
    """Where what was done is kept: conversations."""
    if os.environ.get("RAG_HOME"):
        return home_folder() / "state"
    from platformdirs import user_state_path

    return user_state_path("rag", appauthor=False)


def user_file() -> Path:
    """The person's own configuration file, whether it is there or not."""
    if os.environ.get("RAG_HOME"):
        return home_folder() / NAME
    from platformdirs import user_config_path

    return user_config_path("rag", appauthor=False) / NAME


def load(flags: Mapping[str, Any] | None = None, file: Path | None = None) -> Configuration:
    """Gather all sources and check them.

    Args:
        flags: dotted keys given on the command line; None values are left out.
        file: `--config FILE`, which takes the place of both the found and the user's file.
    Raises: UsageError naming file and key for an unknown key, a wrong type or a missing file.
    """
    if file and not file.is_file():
        what = "is no file" if file.exists() else "does not exist"
        raise UsageError(f"{file} {what}", "name a YAML file, or make one: rag config init")
    sources = [file] if file else [path for path in (user_file(), find_upwards(Path.cwd())) if path]
    used = tuple(path for path in sources if path.is_file())
    given = {key: value for key, value in (flags or {}).items() if value is not None}
    environment = {
        name: text for name, text in os.environ.items() if name.startswith("RAG_") and name not in _NO_SETTINGS
    }
    if not (used or given or environment):
        return Configuration(Settings(), {})
    kept = _cache_file(used, environment, given)
    if (cached := _read_cache(kept, used)) is not None:
        return cached
    loaded = _gather(used, environment, given, {file, user_file()})
    _write_cache(kept, loaded)
    return loaded


def _gather(
    used: tuple[Path, ...], environment: Mapping[str, str], flags: Mapping[str, Any], own: Set[Path | None]
) -> Configuration:
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for path in used:
        found = _flatten(_read_yaml(path))
        if path not in own:
            _demand_trust(path, found)
        values.update(found)
        origins.update(dict.fromkeys(found, str(path)))
    keys = _all_keys(Settings)
    _demand_known(environment, keys)
    for key in keys:
        variable = _environment_name(key)
        if variable in environment:
            values[key] = _from_text(environment[variable])
            origins[key] = variable
    values.update(flags)
    origins.update(dict.fromkeys(flags, "flag"))
    return Configuration(_validate(values, origins), origins, used)


def _cache_file(used: tuple[Path, ...], environment: Mapping[str, str], flags: Mapping[str, Any]) -> Path:
    """Where the checked settings of just these sources are kept, so that a query imports neither PyYAML nor pydantic."""
    stamps = [
        (str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in (*used, _trusted_file()) if path.is_file()
    ]
    sources = repr((__version__, stamps, sorted(environment.items()), sorted(flags.items(), key=lambda item: item[0])))
    return home_folder() / "cache" / "settings" / f"{hashlib.sha256(sources.encode()).hexdigest()[:32]}.json"


def _read_cache(kept: Path, used: tuple[Path, ...]) -> Configuration | None:
    try:
        values, origins = json.loads(kept.read_text(encoding="utf-8"))
        return Configuration(_build(Settings, values), origins, used)
    except (OSError, ValueError, TypeError, KeyError):  # absent, or cut short: it is made anew
        return None


def _write_cache(kept: Path, loaded: Configuration) -> None:
    with suppress(OSError):  # a home that can't be written costs 0.1 s at each start, and no more
        older = sorted(kept.parent.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in older[:-100]:
            path.unlink()
        write_whole(kept, json.dumps([flat(loaded.settings), loaded.origins]))


def _build(kind: type[Any], values: Mapping[str, Any], prefix: str = "") -> Any:
    """Checked flat values as the dataclass that they came from."""
    arguments: dict[str, Any] = {}
    for each in fields(kind):
        factory = each.default_factory
        if isinstance(factory, type) and is_dataclass(factory):
            arguments[each.name] = _build(factory, values, f"{prefix}{each.name}.")
        else:
            value = values[f"{prefix}{each.name}"]
            arguments[each.name] = tuple(value) if isinstance(value, list) else value
    return kind(**arguments)


def _environment_name(key: str) -> str:
    """`answering.max_tokens` -> `RAG_ANSWERING_MAX_TOKENS`."""
    return "RAG_" + key.replace(".", "_").upper()


def find_upwards(start: Path) -> Path | None:
    """The nearest rag.yaml in `start` or a folder above it that can be looked into."""
    # Not `Path.is_file`, which fails in a folder that is closed to this user, as cron's may be.
    return next((folder / NAME for folder in (start, *start.parents) if os.path.isfile(folder / NAME)), None)  # noqa: PTH113


def trust(path: Path) -> None:
    """Remember that this very content of a rag.yaml may name models."""
    known = _trusted()
    known[str(path.resolve())] = sha256_of(path)
    write_whole(_trusted_file(), json.dumps(known, indent=2) + "\n")


def flat(settings: Settings) -> dict[str, Any]:
    """Every setting as dotted key -> value."""
    return {key: _get(settings, key) for key in _all_keys(Settings)}


def _demand_trust(path: Path, given: Mapping[str, Any]) -> None:
    named = [key for key in _SENSITIVE if key in given]
    if named and _trusted().get(str(path.resolve())) != sha256_of(path):
        raise UsageError(
            f"{path} sets {named[0]} and is not trusted (a folder from elsewhere must not choose what runs here)",
            f"look at it, then: rag config trust {shlex.quote(str(path))}",
        )


def _trusted_file() -> Path:
    return home_folder() / "trusted.json"


def _trusted() -> dict[str, str]:
    """The digest of each trusted file, by its path; none where what was kept is damaged, and so they are asked about again."""
    try:
        found = json.loads(_trusted_file().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _read_yaml(path: Path) -> dict[str, Any]:
    import yaml

    from ragcli.yaml_text import from_yaml

    try:
        content = from_yaml(path.read_text(encoding="utf-8"), once=True)
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}" if mark else ""
        raise UsageError(
            f"{path}{where} is no YAML ({getattr(error, 'problem', None) or error})",
            "correct that line, or start from a fresh file: rag config init",
        ) from error
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise UsageError(f"{path} holds no settings", "write lines such as `collection: law`")
    return content


def _flatten(values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in values.items():
        dotted = f"{prefix}{key}"
        if value is None and any(full.startswith(f"{dotted}.") for full in _all_keys(Settings)):
            continue  # a section of which all is commented out
        if isinstance(value, Mapping) and (not prefix or dotted not in _all_keys(Settings)):
            result.update(_flatten(value, f"{dotted}."))
        else:
            result[dotted] = value
    return result


def _demand_known(environment: Iterable[str], keys: Sequence[str]) -> None:
    """Raises: UsageError for a variable that names a section of ours, and in it no setting. Others may be anybody's."""
    known = {_environment_name(key) for key in keys}
    sections = tuple({f"RAG_{key.partition('.')[0].upper()}_" for key in keys if "." in key})
    for name in environment:
        if name.startswith(sections) and name not in known:
            close = difflib.get_close_matches(name, known, 1, 0.5)
            raise UsageError(
                f"the environment variable {name} is no setting",
                f"did you mean {close[0]}?" if close else "see: rag config show",
            )


def misspelt(environment: Iterable[str]) -> list[str]:
    """A line for each variable whose section is nearly one of ours: it has no effect, but may be another program's."""
    keys = _all_keys(Settings)
    sections = {key.partition(".")[0].upper() for key in keys if "." in key}
    lines = []
    for name in sorted(one for one in environment if one.startswith("RAG_")):
        section, _, key = name.removeprefix("RAG_").partition("_")
        if key and section not in sections and difflib.get_close_matches(section, sections, 1, 0.8):
            (close,) = difflib.get_close_matches(name, map(_environment_name, keys), 1, 0)
            lines.append(f"the environment variable {name} is no setting and has no effect; did you mean {close}?")
    return lines


def _validate(values: Mapping[str, Any], origins: Mapping[str, str]) -> Settings:
    from pydantic import TypeAdapter, ValidationError

    known = _all_keys(Settings)
    for key in values:
        if key not in known:
            if inside := [full for full in known if full.startswith(f"{key}.")]:
                hint = f"write lines below it, such as {inside[0].removeprefix(f'{key}.')}: …"
                raise UsageError(f"{origins[key]}: '{key}' is a section, no setting", hint)
            section, _, last = key.rpartition(".")
            beside = {full.rpartition(".")[2]: full for full in known if full.rpartition(".")[0] == section}
            close = [
                beside[one] for one in difflib.get_close_matches(last, beside, 1, 0.5)
            ]  # by what is not common to all
            close = close or difflib.get_close_matches(key, known, 1, 0.5)
            close = close or [full for full in known if full.rpartition(".")[2] == last]
            hint = f"did you mean {close[0]}?" if close else "see: rag config show"
            raise UsageError(f"{origins[key]}: unknown key '{key}'", hint)
    nested: dict[str, Any] = {}
    for key, value in values.items():
        *folders, last = key.split(".")
        node = nested
        for folder in folders:
            node = node.setdefault(folder, {})
        node[last] = value
    try:
        return TypeAdapter(Settings).validate_python(nested)
    except ValidationError as error:
        first, *more = error.errors()
        key = _key_at(first["loc"], known)
        # A key that may be of two types has a message for each.
        alike = [first, *(each for each in more if _key_at(each["loc"], known) == key)]
        message = ", or ".join(dict.fromkeys(each["msg"][0].lower() + each["msg"][1:] for each in alike))
        raise UsageError(
            f"{origins.get(key, 'configuration')}: {key}: {message}, not {first['input']!r}",
            f"correct it, or drop it: the default is {functools.reduce(getattr, key.split('.'), Settings())!r}",
        ) from error


def _key_at(place: Sequence[int | str], known: Iterable[str]) -> str:
    """The key that pydantic complains of: its place goes on into lists and types."""
    key = ".".join(part for part in map(str, place) if not part.isdigit())
    return next((full for full in known if key.startswith(full)), key)


def _from_text(text: str) -> Any:
    """An environment variable's value as YAML would read it: numbers, true, [a, b], else text."""
    import yaml

    from ragcli.yaml_text import from_yaml

    try:
        return from_yaml(text)
    except yaml.YAMLError:
        return text


def _all_keys(kind: type, prefix: str = "") -> list[str]:
    keys: list[str] = []
    for each in fields(kind):
        factory = each.default_factory
        if isinstance(factory, type) and is_dataclass(factory):
            keys += _all_keys(factory, f"{prefix}{each.name}.")
        else:
            keys.append(f"{prefix}{each.name}")
    return keys


def _get(settings: Any, key: str) -> Any:
    for part in key.split("."):
        settings = getattr(settings, part)
    return settings

"""`rag config`: show, path, init, trust."""

import shlex
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from ragcli.cli import options
from ragcli.shown import shown_url

app = typer.Typer(
    help="Show the settings, where each comes from, and change them.",
    suggest_commands=False,  # click does
    add_completion=False,
    rich_markup_mode=None,
)


@app.command("show")
def show(
    origin: Annotated[bool, typer.Option("--origin", help="Say where each value comes from.")] = False,
    config: options.Config = None,
    as_json: options.Json = False,
) -> None:
    """Print every setting as YAML."""
    from ragcli.cli.output import print_json
    from ragcli.config import flat, load

    loaded = load(file=config)
    values = flat(loaded.settings)
    if as_json:
        origins = {key: loaded.origins.get(key, "default") for key in values}
        values = {key: _printed(value) for key, value in values.items()}
        print_json({"settings": values, "origins": origins} if origin else values)
    elif origin:
        for key, value in values.items():
            print(f"{key}: {_plain(value)}  # {loaded.origins.get(key, 'default')}")
    else:
        import yaml

        print(yaml.safe_dump(_nested(loaded.settings), sort_keys=False, allow_unicode=True), end="")


@app.command("path")
def path(as_json: options.Json = False) -> None:
    """Print the files that are read; the last one wins."""
    from ragcli.cli.output import print_json
    from ragcli.config import find_upwards, user_file

    files = [file for file in (user_file(), find_upwards(Path.cwd())) if file is not None]
    if as_json:
        print_json({"files": [{"path": file, "exists": file.is_file()} for file in files]})
        return
    for file in files:
        print(f"{file}{'' if file.is_file() else '  (not there)'}")


@app.command("init")
def init(
    file: Annotated[Path, typer.Argument(help="The file to write.")] = Path("rag.yaml"),
    as_json: options.Json = False,
) -> None:
    """Write a file with every setting, to be edited.

    A rag.yaml is trusted as it is written; once it is edited, `rag config trust` says so again.

    Exits with 2 when the file exists.
    """
    import yaml

    from ragcli.cli.output import print_json, say
    from ragcli.config import NAME
    from ragcli.config import trust as remember
    from ragcli.errors import UsageError
    from ragcli.settings import Settings

    if file.exists():
        raise UsageError(f"{file} exists", "remove it first, or name another: rag config init FILE")
    text = yaml.safe_dump(_nested(Settings()), sort_keys=False, allow_unicode=True)
    file.write_text("# Settings of rag; what is left out keeps its default.\n" + text, encoding="utf-8")
    print_json({"path": file}) if as_json else print(file)
    if file.name == NAME:
        remember(file)
        say(f"trusted as it stands; once it is edited: rag config trust {shlex.quote(str(file))}", quiet=as_json)


@app.command("trust")
def trust(
    file: Annotated[
        Path | None, typer.Argument(help="A rag.yaml that you have read; the nearest upwards when left out.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Let this file, as it stands, name models and services.

    Exits with 2 when there is no such file.
    """
    from ragcli.cli.output import print_json
    from ragcli.config import NAME, find_upwards
    from ragcli.config import trust as remember
    from ragcli.errors import UsageError

    file = file or find_upwards(Path.cwd())
    if file is None:
        raise UsageError(f"there is no {NAME} here or in a folder above", "name the file to trust")
    if not file.is_file():
        raise UsageError(f"{file} does not exist", "name the rag.yaml to trust")
    remember(file)
    print_json({"trusted": file.resolve()}) if as_json else print(f"trusted: {file.resolve()}")


def _nested(settings: Any) -> Any:
    if is_dataclass(settings) and not isinstance(settings, type):
        return {each.name: _nested(getattr(settings, each.name)) for each in fields(settings)}
    return _printed(settings)


def _printed(value: Any) -> Any:
    """A value as YAML and JSON have it, without a password: what is printed is copied into reports."""
    if isinstance(value, tuple):
        return list(value)
    return shown_url(value) if isinstance(value, str) else value


def _plain(value: Any) -> str:
    import yaml

    text: str = yaml.safe_dump(_printed(value), default_flow_style=True)
    return text.removesuffix("...\n").strip()

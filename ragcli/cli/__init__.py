"""The `rag` command: one file per command; here they are gathered, and here a result becomes an exit code."""

import os
import re
import signal
import sys
from importlib import import_module
from types import FrameType
from typing import Any, NoReturn

import click
import typer
from typer.core import TyperCommand, TyperGroup

from ragcli.errors import RagError

EXIT_CODES = """\
Exit codes: 0 done, 1 nothing found, 2 wrong usage or configuration, 3 done in part (each failure is named), 4 the index is
missing, damaged or of another embedding model, 5 a model is unavailable, 6 --strict: not every sentence is proved,
75 another process is writing, 130 interrupted, 143 terminated."""

# Each command, its file and its function there; `app` is a Typer application with commands of its own.
COMMANDS = {
    "ingest": ("ingest", "ingest"),
    "index": ("index", "index"),
    "query": ("query", "query"),
    "ask": ("ask", "ask"),
    "chat": ("chat", "chat"),
    "extract-images": ("extract_images", "extract_images"),
    "list": ("listing", "list_documents"),
    "show": ("show", "show"),
    "remove": ("remove", "remove"),
    "status": ("status", "status"),
    "eval": ("eval", "evaluate"),
    "tune": ("tune", "tune"),
    "collections": ("collections", "collections"),
    "config": ("config", "app"),
    "models": ("models", "app"),
    "doctor": ("doctor", "doctor"),
}

ASKING = ("query", "ask")


class Asking(TyperCommand):
    """Where a question was taken for options, or for several arguments, the error says how to write it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        is_signed = any(re.match(r"-[^=\s]*\s", one) for one in args)  # no option has a space before its value
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if is_signed or (isinstance(error, click.NoSuchOption) and not error.possibilities):
                remedy = f"A question that begins with - goes after --: {ctx.command_path} -- '-word …'"
            elif type(error) is click.UsageError:  # more arguments than one; wrong options are kinds of their own
                remedy = f"Put the question in quotes: {ctx.command_path} '…'"
            else:
                raise
            raise click.UsageError(f"{error.format_message().strip().removesuffix('.')}. {remedy}", ctx) from error


class Commands(TyperGroup):
    """Imports a command's file when it is called: to build the options of all would cost `rag query` a tenth of its time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            for name in COMMANDS:  # what is like it may be suggested
                self.get_command(ctx, name)
        elif cmd_name not in self.commands:
            file, name = COMMANDS[cmd_name]
            found = getattr(import_module(f"ragcli.cli.{file}"), name)
            if not isinstance(found, typer.Typer):
                function, found = found, typer.Typer(add_completion=False, rich_markup_mode=None)
                found.command(cmd_name, cls=Asking if name in ASKING else None)(function)
            self.commands[cmd_name] = typer.main.get_command(found)
        return self.commands.get(cmd_name)


# Rich's help pages cost 80 ms at each start, for `rag query` as well.
app = typer.Typer(
    name="rag",
    cls=Commands,
    suggest_commands=False,  # click does
    help="Ask your own folders of documents, on this machine, with proof.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def root(version: bool = typer.Option(False, "--version", help="Show the version.")) -> None:
    if version:
        from ragcli import __version__

        typer.echo(f"rag {__version__}")
        raise typer.Exit


def main() -> NoReturn:
    """Run the command line; never returns."""
    # Models are found on disk: no library may ask a hub for them.
    for variable in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        os.environ.setdefault(variable, "1")
    # Spinning threads of BLAS and OpenMP fight over busy cores; one question needs one thread.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if "OMP_WAIT_POLICY" not in os.environ:
        os.environ.setdefault("GOMP_SPINCOUNT", "10000")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    signal.signal(signal.SIGTERM, _terminated)
    try:
        app(standalone_mode=True)
    except RagError as error:
        if {"-v", "--verbose"} & set(sys.argv):
            import traceback

            traceback.print_exc()
        print(f"rag: {error}", file=sys.stderr)
        _leave(error.exit_code)
    except KeyboardInterrupt:
        _leave(130)
    except BrokenPipeError:  # `rag query … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        _leave(0)
    _leave(0)


def _terminated(number: int, frame: FrameType | None) -> Any:
    raise SystemExit(143)


def _leave(code: int) -> NoReturn:
    raise SystemExit(code)

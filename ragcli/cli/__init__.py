"""The `rag` command: one file per command; here they are gathered, and here a result becomes an exit code."""

import io
import itertools
import os
import re
import signal
import sys
from contextlib import suppress
from importlib import import_module
from types import FrameType
from typing import Any, NoReturn, get_type_hints

import click
import typer
from typer.core import TyperCommand, TyperGroup

from ragcli.cli.options import COMMON
from ragcli.errors import ReadError, UsageError, as_rag_error, is_interruption, said_of
from ragcli.threads import spin_briefly

_EXIT_CODES = """\
Exit codes: 0 done, 1 nothing found, 2 wrong usage or configuration, 3 done in part (each failure is named), 4 the index is
missing, damaged or of another embedding model, 5 a model or a service is unavailable, 6 --strict: not every sentence is
proved, 70 a fault of rag itself, 75 another process is writing, 130 interrupted, 143 terminated."""

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

_ASKING = ("query", "ask")
_LINE_ENDS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+\s*")  # in a name that was given, or the words of a library


class Command(TyperCommand):
    """Its wrong usage is known to be its own, also where Click's parser leaves that open: of values that are missing."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class Asking(Command):
    """Where a question was taken for options, or for several arguments, the error says how to write it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        is_signed = any(re.match(r"-[^=\s]*\s", one) for one in args)  # no option has a space before its value
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            is_word = (
                isinstance(error, click.NoSuchOption) and not error.possibilities and error.option_name[:2] != "--"
            )
            if is_signed or is_word:
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
                found.command(cmd_name, cls=Asking if name in _ASKING else Command)(function)
            self.commands[cmd_name] = _completed(typer.main.get_command(found))
        return self.commands.get(cmd_name)


def _completed(command: click.Command) -> click.Command:
    """Add the common options that a command has no use for, and the help texts of its arguments.

    Those are lost between Typer before 0.21 and Click from 8.5 on.
    """
    if isinstance(command, click.Group):
        for each in command.commands.values():
            _completed(each)
        return command
    taken = {name for parameter in command.params for name in parameter.opts}
    command.params += [
        click.Option(
            names, is_flag=True, expose_value=False, help=text, callback=_offline if "--offline" in names else None
        )
        for names, text in COMMON.items()
        if not taken & set(names)
    ]
    command.format_arguments = lambda ctx, formatter: None  # type: ignore[method-assign]  # Click's list beside Typer's
    hints = get_type_hints(command.callback, include_extras=True) if command.callback else {}
    for parameter in command.params:
        if isinstance(parameter, click.Argument) and parameter.name in hints:
            parameter.help = hints[parameter.name].__metadata__[0].help
    return command


def _offline(context: click.Context, option: click.Parameter, value: bool) -> None:
    """For a command that knows nothing of it: it keeps to itself, and would be stopped if it did not."""
    if value and not context.resilient_parsing:
        from ragcli.cli.session import forbid_network

        forbid_network()


# Rich's help pages cost 80 ms at each start, and plain ones would show its escapes: \[required].
typer.core.HAS_RICH = False
app = typer.Typer(
    name="rag",
    cls=Commands,
    suggest_commands=False,  # click does
    help="Ask your own folders of documents, on this machine, with proof.",
    epilog=_EXIT_CODES,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def root(context: typer.Context, version: bool = typer.Option(False, "--version", help="Show the version.")) -> None:
    if version:
        from ragcli import __version__

        typer.echo(f"rag {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help(), file=sys.stderr)
        raise typer.Exit(2)
    from ragcli.config import misspelt

    for line in misspelt(os.environ):
        print(f"rag: {line}", file=sys.stderr)


def main() -> NoReturn:
    """Run the command line; never returns."""
    # Models are found on disk: no library may ask a hub for them.
    for variable in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        os.environ.setdefault(variable, "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one question needs no more
    spin_briefly()
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    signal.signal(signal.SIGTERM, _terminated)
    _prepare_streams()
    _leave_closed_folder()
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    """The exit code of a command, its error said in one line."""
    code = 0
    as_json = "--json" in itertools.takewhile(lambda one: one != "--", arguments)
    try:
        # Not `app()`: to Typer a closed pipe is exit code 1, which here says that nothing was found.
        with typer.main.get_command(app).make_context("rag", arguments) as context:
            context.command.invoke(context)
    except click.exceptions.Exit as left:
        code = left.exit_code
    except Exception as error:
        code = 130 if is_interruption(error) else _explain(error, as_json)
    except KeyboardInterrupt:
        code = 130
    try:
        sys.stdout.flush()
    except OSError as error:  # what was printed has not arrived: a full disk, or the end of `rag query … | head`
        code = code or _explain(error if isinstance(error, BrokenPipeError) else _unwritten(error))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # else Python tries, and complains, again
    return code


def _unwritten(error: OSError) -> ReadError:
    return ReadError(f"stdout: {said_of(error)}", "send the output to another place")


def _explain(error: Exception, as_json: bool = False) -> int:
    """Say what went wrong, with `as_json` on stdout as well, and return the exit code for it."""
    if isinstance(error, BrokenPipeError):
        return 0
    known = _wrong_usage(error) if isinstance(error, click.ClickException) else as_rag_error(error)
    if {"-v", "--verbose"} & set(sys.argv):
        import traceback

        traceback.print_exception(error)
    print(f"rag: {_LINE_ENDS.sub(' ', str(known))}", file=sys.stderr)
    if as_json:
        from ragcli.cli.output import error_as_json, print_json

        with suppress(OSError):  # it may have been stdout that failed
            print_json(error_as_json(known))
    return known.exit_code


def _wrong_usage(error: click.ClickException) -> UsageError:
    said = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    return UsageError(f"{said[:1].lower()}{said[1:]}", f"see: {context.command_path if context else 'rag'} --help")


def _leave_closed_folder() -> None:
    """A current folder that is gone or closed, as it may be below cron or sudo, stops nothing that is not in it."""
    try:
        is_open = bool(os.getcwd()) and os.access(".", os.X_OK)  # noqa: PTH109
    except FileNotFoundError:
        is_open = False
    if not is_open:
        os.chdir("/")


class _Unheard(io.FileIO):
    """stderr, where nobody may be listening: a full disk below cron's log must not turn an exit code into another."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data) or 0
        except OSError:
            return len(data)


def _prepare_streams() -> None:
    """Pipes and files get UTF-8 whatever the locale, a terminal what it can show; what was closed is /dev/null."""
    for at, name in enumerate(("stdin", "stdout", "stderr")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w" if at else "r", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    if sys.stderr.fileno() == 2:
        raw = io.BufferedWriter(_Unheard(2, "w", closefd=False))
        sys.stderr = io.TextIOWrapper(raw, sys.stderr.encoding, "replace", line_buffering=True)


def _terminated(number: int, frame: FrameType | None) -> Any:
    raise SystemExit(143)

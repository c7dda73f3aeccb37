"""`rag chat`: questions one after the other, each answered with proof."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ragcli.cli import options
from ragcli.counted import counted

if TYPE_CHECKING:
    from ragcli.conversation import Conversation, Turn

HELP = """\
/sources      the passages behind the last answer, with their quotes
/open N       open the file of source N
/save FILE.md write the conversation as Markdown
/new          start afresh: what comes next has nothing to do with what was said
/quit         leave (so does Ctrl-D; Ctrl-C ends an answer)"""


def chat(
    collection: options.Collections = None,
    route: options.Route = False,
    k: options.K = None,
    mode: options.Mode = None,
    where: options.Where = None,
    style: options.Style = None,
    model: options.Model = None,
    go_on: Annotated[bool, typer.Option("--continue", help="Go on with the last conversation.")] = False,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    offline: options.Offline = False,
    no_color: options.NoColor = False,
) -> None:
    """Answer questions one after the other, with proof.

    They are read from stdin, one a line; a follow-up is understood from what was asked before. /help says more. In a
    pipe nothing but the answers is printed; --json prints one object a line. A question that can't be answered for an
    error costs itself alone: the error is named, and the exit code at the end is that of the first.
    """
    from ragcli.answering.answer import Interrupted
    from ragcli.answering.followup import is_courtesy
    from ragcli.cli.answers import print_answer
    from ragcli.cli.output import error_as_json, print_json, say
    from ragcli.cli.session import open_for_questions
    from ragcli.cli.watching import watcher
    from ragcli.conversation import Conversation
    from ragcli.errors import ModelError, UsageError

    flags = {"answering.k": k, "retrieval.mode": mode, "answering.style": style, "answering.model": model}
    is_terminal = sys.stdin.isatty()
    live = sys.stderr.isatty() and not as_json and not quiet
    failed: list[int] = []  # exit codes
    with open_for_questions(collection or [], config, offline, flags, route=route, quiet=quiet) as opened:
        talk = Conversation.open(opened, go_on)
        if go_on:
            say(
                f"going on after {counted(len(talk.turns), 'question')}; the last: {talk.turns[-1].question}",
                quiet=quiet,
            )
        for line in _lines(is_terminal):
            if line.split()[0] in ("/quit", "/exit"):
                break
            try:
                if line.startswith("/"):
                    _command(talk, line, is_terminal, as_json)
                    continue
                if is_courtesy(line):
                    say("that asks nothing: nothing was searched", quiet=quiet)
                    continue
                turn = talk.ask(line, where or (), watcher(live=live))
            except KeyboardInterrupt as stopped:  # on a terminal it ends this answer, in a pipe the whole conversation
                say("", quiet=not live)
                if isinstance(stopped, Interrupted) and (as_json or stopped.answer.sentences):
                    print_answer(stopped.answer, opened.name, as_json, no_color)
                    say(*stopped.answer.warnings, quiet=quiet or as_json)
                if not is_terminal:
                    raise typer.Exit(130) from None
                continue
            except (UsageError, ModelError) as error:
                print(f"rag: {error}", file=sys.stderr)
                if as_json:
                    print_json({"question": line} | error_as_json(error))
                failed.append(error.exit_code)
                continue
            if live and turn.answer.style == "generate":
                say("")
            _print_turn(turn, opened.name, as_json, quiet, no_color)
    if failed:
        raise typer.Exit(failed[0])


def _print_turn(turn: "Turn", collection: str, as_json: bool, quiet: bool, no_color: bool) -> None:
    from ragcli.cli.answers import answer_as_json, print_answer
    from ragcli.cli.output import print_json, say, say_warnings

    if as_json:
        print_json({"standalone": turn.standalone} | answer_as_json(turn.answer) | {"question": turn.question})
    else:
        if turn.standalone != turn.question:
            say(f"understood as: {turn.standalone}", quiet=quiet)
        print_answer(turn.answer, collection, False, no_color)
        print()
        say_warnings(turn.answer.warnings, quiet)
    sys.stdout.flush()


def _lines(is_terminal: bool) -> Iterator[str]:
    """What is typed, without empty lines; the prompt on a terminal only."""
    if is_terminal:
        import contextlib

        with contextlib.suppress(ImportError):  # line editing is a comfort
            import readline  # noqa: F401
    while True:
        try:
            line = input("? ") if is_terminal else sys.stdin.readline()
        except EOFError:
            print(file=sys.stderr)
            return
        except KeyboardInterrupt:
            print(file=sys.stderr)
            if not is_terminal:
                raise typer.Exit(130) from None
            # It drops what was typed, as in a shell; meant for an answer that had just ended, it must not end all.
            print("/quit or Ctrl-D leaves", file=sys.stderr)
            continue
        if not line and not is_terminal:
            return
        if line.strip():
            yield line.strip()


def _command(talk: "Conversation", line: str, is_terminal: bool, as_json: bool) -> None:
    from ragcli.cli.answers import answer_as_json
    from ragcli.cli.output import print_json, say
    from ragcli.shown import cited, place_of

    name, _, rest = line.partition(" ")
    rest = rest.strip()
    last = talk.turns[-1].answer if talk.turns else None
    if name == "/new":
        talk.forget()
    elif name == "/sources" and as_json:
        print_json({"citations": answer_as_json(last)["citations"] if last else []})
    elif name == "/sources":
        for citation in last.citations if last else ():
            print(f"{citation.n}. {cited(citation)}: “{citation.quote}”")
        if not last or not last.citations:
            say("there is no source yet")
    elif name == "/open":
        chosen = [citation for citation in last.citations if str(citation.n) == rest] if last else []
        if not chosen:
            say(f"there is no source {rest or '(give its number)'}; see /sources")
            return
        one = chosen[0]
        if as_json:
            print_json({"path": one.path, "page": one.page, "place": one.place})
        else:
            print(place_of(one.path, one.page, one.place))
        if is_terminal:
            typer.launch(one.path)
    elif name == "/save":
        if not rest:
            say("name a file: /save talk.md")
            return
        talk.save(Path(rest).expanduser())
        say(f"saved: {rest}")
    else:
        say(*(() if name == "/help" else (f"there is no {name}; there are",)), HELP)

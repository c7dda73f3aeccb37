"""`rag eval`: how well are the right passages found, and the right answers given?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ragcli.cli import options
from ragcli.counted import counted

if TYPE_CHECKING:
    from ragcli.evaluation.compare import Compared
    from ragcli.evaluation.run import Evaluation


def evaluate(
    questions: Annotated[Path | None, typer.Argument(help="A JSONL file of questions.", metavar="QUESTIONS")] = None,
    collection: options.Collections = None,
    route: options.Route = False,
    k: options.K = None,
    mode: options.Mode = None,
    where: options.Where = None,
    answers: Annotated[bool, typer.Option("--answers/--no-answers", help="Ask, too; else only search.")] = True,
    save: Annotated[Path | None, typer.Option(help="Keep the run, question by question.", metavar="FILE.json")] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw the measures, or what changed.", metavar="FILE.png")] = None,
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option(help="Compare two runs kept with --save.", metavar="A.json B.json")
    ] = None,
    make: Annotated[
        int | None, typer.Option(min=1, help="Draft so many questions from the documents.", metavar="N")
    ] = None,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    offline: options.Offline = False,
    no_color: options.NoColor = False,
) -> None:
    """Measure by questions with known answers.

    How well one collection, or several searched as one, find and answer.

    A line of QUESTIONS: {"question": "…", "answers": ["…"], "docs": ["file.pdf"], "pages": [3]}; all but the question may
    be left out, and what is not given is not measured. {"question": "…", "unanswerable": true} is to be refused.

    Keep a run with --save a.json. `rag eval --make 20 > draft.jsonl` writes a draft to correct.

    Exits with 2 when no line is a question, 3 when some are none (each is named), 4 when the index is missing, 5 when a
    package or a model is.
    """
    from ragcli.cli.output import check_target, print_json, save_json, say
    from ragcli.cli.progress import counted_progress
    from ragcli.cli.session import open_for_questions, say_what_leaves
    from ragcli.errors import UsageError
    from ragcli.shown import shown_path

    if (questions is not None) + (compare is not None) + (make is not None) != 1:
        raise UsageError("rag eval takes one of: QUESTIONS, --compare A.json B.json, --make N", "see: rag eval --help")
    if route and questions is None:
        raise UsageError("--route chooses by a question, and none is asked here", "leave it out")
    if compare is not None:
        if save is not None:
            raise UsageError("--save keeps a run, and --compare makes none", "take --json > FILE.json")
        _compare(compare, plot, as_json, no_color)
        return
    for target in filter(None, (save, plot)):
        check_target(target, questions)
    flags = {"retrieval.mode": mode, "retrieval.k": k}
    with open_for_questions(
        collection or [], config, offline, flags, route=route, quiet=True, asks=make is None
    ) as opened:
        if make is not None:
            _print_draft(opened.draft_questions(make), as_json, quiet)
            return
        from ragcli.evaluation.questions import read_questions

        answering = opened.settings.answering
        judges = opened.settings.evaluation.judge == "model"
        if answers and answering.base_url and (answering.style != "quotes" or judges):
            say_what_leaves(answering.base_url, "each question with passages of the documents")
        read = read_questions(questions or Path())
        say(*(f"  {problem}" for problem in read.problems))
        say(*read.warnings, quiet=quiet)
        with counted_progress("asking", quiet or as_json) as on_progress:
            run = opened.evaluate(read.questions, where or (), answers, on_progress)
    say(*run.warnings, quiet=quiet)
    print_json(run) if as_json else _print_run(run, no_color)
    if save is not None:
        save_json(run, save)
        say(f"saved: {shown_path(str(save))}", quiet=quiet or as_json)
    if plot is not None:
        from ragcli.evaluation.plot import plot as draw

        draw(run, plot)
    if read.problems:
        raise typer.Exit(3)


def _compare(runs: tuple[Path, Path], plot: Path | None, as_json: bool, no_color: bool) -> None:
    from ragcli.cli.output import print_json
    from ragcli.evaluation.compare import compare

    rows = compare(*runs)
    if plot is not None:
        from ragcli.evaluation.plot import plot_compared

        plot_compared(rows, plot)
    print_json({"compared": rows}) if as_json else _print_compared(rows, no_color)


def _print_draft(rows: list[dict[str, Any]], as_json: bool, quiet: bool) -> None:
    """As lines of a questions file; with `as_json` as one object."""
    from ragcli.cli.output import print_json, say

    for each in [{"questions": rows}] if as_json else rows:
        print_json(each)
    without = sum(row["unanswerable"] for row in rows)
    say(f"{counted(len(rows), 'question')}, {without} without an answer; reword and check each", quiet=quiet)


def _print_run(run: "Evaluation", no_color: bool) -> None:
    from ragcli.cli.output import print_columns

    rows = [
        (name, f"{one.mean:.3f}", f"{one.low:.3f} to {one.high:.3f}", str(one.n)) for name, one in run.measures.items()
    ]
    for step, taken in run.seconds.items():
        rows += [(f"{step} seconds, {name}", f"{value:.3f}", "", "") for name, value in taken.items()]
    print_columns(("measure", "mean", "95 % interval", "questions"), rows, no_color)


def _print_compared(rows: "list[Compared]", no_color: bool) -> None:
    from ragcli.cli.output import print_columns

    cells = [
        (
            row.measure,
            f"{row.a:.3f}",
            f"{row.b:.3f}",
            f"{row.difference.mean:+.3f}",
            f"{row.difference.low:+.3f} to {row.difference.high:+.3f}",
            f"{row.difference.p:.3f}",
            str(row.difference.n),
        )
        for row in rows
    ]
    print_columns(("measure", "A", "B", "B less A", "95 % interval", "p", "questions"), cells, no_color)

"""`rag tune`: settings that fit one's own documents and questions."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ragcli.cli import options

if TYPE_CHECKING:
    from ragcli.evaluation.tune import Tuned


def tune(
    questions: Annotated[
        Path, typer.Argument(help="A JSONL file of questions, as `rag eval` reads it.", metavar="QUESTIONS")
    ],
    collection: options.Collection = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    offline: options.Offline = False,
    no_color: options.NoColor = False,
) -> None:
    """Choose settings by questions with known answers.

    What is better is written into your settings. They are retrieval.dense_weight, retrieval.hops, answering.k (the
    passages that quotes are chosen from; it needs 20 questions that name their answer, and is left alone where a
    model answers) and answering.refuse_below (it needs five that have no answer). Each figure is of questions that
    had no part in the choice (five-fold cross-validation). What is not better there is not written; where the interval
    of what is written holds 0, the gain may be chance, and is called so.

    Exits with 2 when too few questions tell where their answer stands, 3 when some lines are no question (each is named).
    """
    from ragcli.cli.output import print_columns, print_json, say
    from ragcli.cli.progress import counted_progress
    from ragcli.cli.session import keep_setting, open_collection
    from ragcli.collection.tune import tune_collection
    from ragcli.evaluation.questions import read_questions

    read = read_questions(questions)
    say(*(f"  {problem}" for problem in read.problems))
    say(*read.warnings, quiet=quiet)
    with (
        open_collection(collection, config, offline, {}, embeds=True, asks=True) as opened,
        counted_progress("asking", quiet or as_json) as on_progress,
    ):
        tuned = tune_collection(opened, read.questions, on_progress)
    if as_json:
        print_json({"tuned": [_as_json(one) for one in tuned]})
    else:
        head = ("setting", "in use", "best", "measure", "before", "after", "95 % interval")
        print_columns(head, [_row(one) for one in tuned], no_color)
    for one in tuned:
        if one.is_better and not dry_run:
            for key, value in one.chosen.items():
                file = keep_setting(key, value, config)
                doubt = ", may be chance" if one.difference.low <= 0 else ""
                say(f"{key}: {value}  # {file}{doubt}", quiet=quiet)
    if not any(one.is_better for one in tuned):
        say("what is in use is as good: nothing was written", quiet=quiet)
    if read.problems:
        raise typer.Exit(3)


def _row(one: "Tuned") -> tuple[str, ...]:
    (key,) = one.chosen
    apart = one.difference
    return (
        key, _shown(key, one.in_use[key]), _shown(key, one.chosen[key]), one.measure, f"{one.before:.3f}", f"{one.after:.3f}",
        f"{apart.low:+.3f} to {apart.high:+.3f}",
    )  # fmt: skip


def _shown(key: str, value: object) -> str:
    by_default = {"retrieval.dense_weight": "by language", "answering.k": "5"}
    return by_default[key] if value is None else str(value)


def _as_json(one: "Tuned") -> dict[str, object]:
    return {
        "measure": one.measure, "in_use": one.in_use, "chosen": one.chosen, "before": one.before, "after": one.after,
        "difference": one.difference, "is_better": one.is_better,
    }  # fmt: skip

"""`rag ask`: an answer with proof."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ragcli.cli import options


def ask(
    question: Annotated[
        str, typer.Argument(parser=options.text, help="The question; `-` reads it from stdin.", metavar="QUESTION")
    ],
    collection: options.Collections = None,
    route: options.Route = False,
    k: options.K = None,
    mode: options.Mode = None,
    where: options.Where = None,
    order: options.Order = None,
    min_score: options.MinScore = None,
    hops: options.Hops = None,
    explain: options.Explain = False,
    style: options.Style = None,
    model: options.Model = None,
    stream: Annotated[bool, typer.Option("--stream/--no-stream", help="Show a generated answer as it comes.")] = True,
    strict: Annotated[
        bool, typer.Option("--strict", help="Drop what can't be proved, quote what it leans on, and exit with 6.")
    ] = False,
    max_tokens: Annotated[int | None, typer.Option(min=1, help="Length of a generated answer.", metavar="N")] = None,
    temperature: Annotated[
        float | None, typer.Option(min=0.0, help="0: always the likeliest word; more: freer.", metavar="X")
    ] = None,
    top_k: Annotated[int | None, typer.Option(min=1, help="Choose among so many words.", metavar="N")] = None,
    top_p: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Choose among words of this probability.", metavar="P")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Of that choice: the same gives the same.", metavar="N")] = None,
    budget: options.Budget = None,
    whole: Annotated[
        bool | None,
        typer.Option(
            "--whole/--no-whole",
            help="Give a model the best passage's document from end to end, if it fits; by default one asked about as a whole.",
        ),
    ] = None,
    template: Annotated[
        str | None, typer.Option(help="Of the prompt: sources, course, few-shot, steps, or Jinja.", metavar="NAME")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", help="How the answer is printed.", metavar="text|markdown|html")
    ] = "text",
    save: Annotated[
        Path | None,
        typer.Option(
            help="Keep the answer and its proof: FILE.md, or FILE.html with pictures of the pages.", metavar="FILE"
        ),
    ] = None,
    cache: Annotated[
        bool, typer.Option("--cache/--no-cache", help="Give an answer again that was given before.")
    ] = True,
    show_prompt: Annotated[
        bool, typer.Option("--show-prompt", help="Print what the model was given, on stderr.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what a model would be given, and stop.")] = False,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    offline: options.Offline = False,
    no_color: options.NoColor = False,
) -> None:
    """Answer QUESTION from the documents, with proof.

    Each sentence stands with the file and page that prove it.

    Exits with 0 when there is an answer (what is not proved in it is marked), 1 when the answer is not in the documents,
    5 when the model is unavailable, 6 when --strict dropped a sentence.
    """
    from ragcli.answering.answer import Interrupted, only_proved
    from ragcli.answering.templates import written_out
    from ragcli.cli.answers import check_printed, print_answer, print_prompt, save_answer
    from ragcli.cli.hits import explained
    from ragcli.cli.output import say, say_warnings
    from ragcli.cli.session import open_for_questions
    from ragcli.cli.watching import watcher

    check_printed(form, save)
    if template is not None:
        written_out(template)  # where quotes answer, nobody else would look at it
    if question == "-":
        question = sys.stdin.read().strip()
    flags = {
        "answering.k": k, "retrieval.mode": mode, "retrieval.min_score": min_score, "retrieval.hops": hops,
        "answering.order": order, "answering.style": style, "answering.model": model, "answering.strict": strict or None,
        "answering.max_tokens": max_tokens, "answering.temperature": temperature, "answering.top_k": top_k,
        "answering.top_p": top_p, "answering.seed": seed, "answering.budget": budget, "answering.whole": whole,
        "answering.template": template, "answering.cache": None if cache else False,
    }  # fmt: skip

    live = stream and not as_json and not quiet and sys.stderr.isatty()
    interrupted = False
    with open_for_questions(collection or [], config, offline, flags, route=route, quiet=quiet) as opened:
        try:
            answer = opened.ask(question, where or (), watcher=watcher(live=live), dry_run=dry_run)
        except Interrupted as stopped:
            answer, interrupted = stopped.answer, True
        settings = opened.settings.answering
        shown = only_proved(answer) if settings.strict else answer
        if save is not None and not dry_run:
            save_answer(shown, opened, save)
    if dry_run and answer.found:
        print_prompt(answer, settings.base_url, as_json)
        raise typer.Exit
    if live and answer.style == "generate":
        say("")
    if show_prompt:
        say(answer.prompt or "no model was asked: there is no prompt to show")
    if as_json or answer.sentences or not interrupted:  # stopped before the first word, it has found nothing out
        print_answer(shown, opened.name, as_json, no_color, form)
    say_warnings(answer.warnings, quiet or as_json)
    of_models = {
        "--model": model, "--max-tokens": max_tokens, "--temperature": temperature, "--top-k": top_k, "--top-p": top_p,
        "--seed": seed, "--template": template,
    }  # fmt: skip
    idle = ", ".join(name for name, value in of_models.items() if value is not None)
    if idle and answer.found and answer.style == "quotes" and answer.complete:  # no model was to write
        say(f"these are quotes, so {idle} changed nothing: add --style generate", quiet=quiet or as_json)
    if explain:
        say(*explained(answer.hits))
    if verbose:
        say(" ".join(f"{key} {value:.3f} s" for key, value in answer.seconds.items()))
    if interrupted:
        raise typer.Exit(130)
    if not answer.found:
        raise typer.Exit(1)
    if settings.strict and not answer.proved:
        raise typer.Exit(6)

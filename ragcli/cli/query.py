"""`rag query`: ranked passages, without a language model."""

from typing import Annotated

import typer

from ragcli.cli import options


def query(
    question: Annotated[
        str,
        typer.Argument(
            parser=options.text, help="What to look for, in any language of the documents.", metavar="QUESTION"
        ),
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
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    offline: options.Offline = False,
    no_color: options.NoColor = False,
) -> None:
    """Show the passages that match QUESTION best.

    Each with its file and page, and the number that `rag show` takes. "a phrase", -without and begin* are understood.

    Exits with 1 when nothing matches, 4 when the index is missing or of another embedding model.
    """
    from ragcli.cli.hits import print_found
    from ragcli.cli.output import say, say_warnings
    from ragcli.cli.session import open_for_questions

    flags = {"retrieval.mode": mode, "retrieval.order": order, "retrieval.k": k, "retrieval.min_score": min_score,
             "retrieval.hops": hops}  # fmt: skip
    with open_for_questions(collection or [], config, offline, flags, route=route, quiet=quiet) as opened:
        found = opened.query(question, where=where or ())
    print_found(found, as_json, explain, no_color)
    say_warnings(found.warnings, quiet or as_json)
    if verbose:
        say(" ".join(f"{key} {value:.3f} s" for key, value in found.seconds.items()))
    if not found.hits:
        say("Nothing found.", quiet=quiet or as_json)
        raise typer.Exit(1)

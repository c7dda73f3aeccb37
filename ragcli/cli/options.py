"""Options that several commands share: one spelling, one help text."""

import re
from pathlib import Path
from typing import Annotated

import typer

# A list here, too: of a single value the last one given would win, and the others be left out without a word.
Collection = Annotated[list[str] | None, typer.Option("-c", "--collection", help="Which collection.", metavar="NAME")]
Collections = Annotated[
    list[str] | None,
    typer.Option("-c", "--collection", help="Which collection; repeat it to search several.", metavar="NAME"),
]
Config = Annotated[Path | None, typer.Option("--config", help="Use this YAML file only.", metavar="FILE")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but the result and what failed.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Show tracebacks and timings.")]
Offline = Annotated[bool, typer.Option("--offline", help="Let no socket be opened.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="Plain text on a terminal too.")]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where", help="Keep what fits: year>=2020, genre in music,history, or JSON. Repeat to AND.", metavar="EXPR"
    ),
]
Mode = Annotated[str | None, typer.Option("--mode", help="hybrid, dense or lexical.", metavar="MODE")]
Order = Annotated[
    str | None, typer.Option("--order", help="score, or document: as they follow each other.", metavar="ORDER")
]


def _hops(text: str) -> int | str:
    return int(text) if text in ("1", "2") else text  # the settings say what is wrong with any other


Hops = Annotated[
    str | None,
    typer.Option(
        "--hops", parser=_hops, help="1, 2 or auto: search again by names that the first passages bring.", metavar="N"
    ),
]
Route = Annotated[bool, typer.Option("--route", help="Choose the collections by the question; say why.")]


def _seconds(text: str) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(s|m)?", text.strip())
    if found is None:
        raise typer.BadParameter(f"'{text}' is no time: write 20s or 2m")
    return float(found[1]) * (60 if found[2] == "m" else 1)


Budget = Annotated[
    float | None,
    typer.Option(
        "--budget", parser=_seconds, help="Time for an answer: a model reads and writes what fits in.", metavar="20s"
    ),
]
K = Annotated[int | None, typer.Option("-k", min=1, help="How many passages.")]
MinScore = Annotated[float | None, typer.Option("--min-score", help="Leave out passages that score below.")]
Explain = Annotated[bool, typer.Option("--explain", help="Show each side's score.")]
Password = Annotated[
    str | None,
    typer.Option(
        "--password", help="To try on locked PDFs. Other users see it in the list of processes.", metavar="TEXT"
    ),
]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file", help="A file of them, one a line; RAG_PDF_PASSWORD is tried as well.", metavar="FILE"
    ),
]

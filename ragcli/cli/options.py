"""Options that several commands share: one spelling, one help text."""

import os
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
# What every command takes, also one that has nothing to do with it: a script need not know which do.
COMMON = {
    ("-q", "--quiet"): "Say nothing but the result, what failed, and what leaves this machine.",
    ("-v", "--verbose"): "Show tracebacks and timings.",
    ("--offline",): "Let no socket be opened.",
    ("--no-color",): "Plain text on a terminal too.",
}
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help=COMMON["-q", "--quiet"])]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help=COMMON["-v", "--verbose"])]
Offline = Annotated[bool, typer.Option("--offline", help=COMMON["--offline",])]
NoColor = Annotated[bool, typer.Option("--no-color", help=COMMON["--no-color",])]

_ADDRESS = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)


def text(argument: str) -> str:
    """What a shell wrote, read as UTF-8: bytes that are none can be neither searched nor printed."""
    return os.fsencode(argument).decode("utf-8", "replace")


def path(argument: str) -> Path:
    """A file or a folder. `Path("")` would be the current folder: an unset variable of a script must not mean that."""
    if not argument:
        raise typer.BadParameter("it is empty; write . for the current folder")
    if _ADDRESS.match(argument) and not os.path.lexists(argument):
        raise typer.BadParameter(f"{argument} is an address, and nothing is fetched from one; download it (curl -LO …)")
    return Path(argument)


Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        parser=text,
        help="Search only where it holds: year>=2020, genre in music,history, or JSON. Given again, all must hold.",
        metavar="EXPR",
    ),
]
Mode = Annotated[
    str | None,
    typer.Option(
        "--mode", help="Search by meaning (dense), by words (lexical), or both.", metavar="hybrid|dense|lexical"
    ),
]
Order = Annotated[
    str | None,
    typer.Option("--order", help="Best first, or as they stand in the documents.", metavar="score|document"),
]


def _hops(text: str) -> int | str:
    return int(text) if text in ("1", "2") else text  # the settings say what is wrong with any other


Hops = Annotated[
    str | None,
    typer.Option(
        "--hops", parser=_hops, help="2: search again by the names that the first passages bring.", metavar="1|2|auto"
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
        "--budget",
        parser=_seconds,
        help="Time for an answer, 20s or 2m: a model reads and writes what fits in.",
        metavar="TIME",
    ),
]
Style = Annotated[
    str | None,
    typer.Option(
        "--style", help="Quote, let a model write, or that where one is able.", metavar="auto|quotes|generate"
    ),
]
Model = Annotated[
    str | None, typer.Option("--model", help="A GGUF file, or a name of `rag models list`.", metavar="NAME")
]
K = Annotated[int | None, typer.Option("-k", min=1, help="How many passages.", metavar="N")]
MinScore = Annotated[
    float | None, typer.Option("--min-score", help="Leave out passages that score below.", metavar="X")
]
Explain = Annotated[bool, typer.Option("--explain", help="Show each stage's score and rank.")]
Password = Annotated[
    str | None,
    typer.Option(
        "--password", help="Tried on locked PDFs. Other users see it in the list of processes.", metavar="TEXT"
    ),
]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file", help="A file of them, one a line; RAG_PDF_PASSWORD is tried as well.", metavar="FILE"
    ),
]

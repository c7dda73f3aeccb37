"""`rag doctor`: is everything there and well?"""

from dataclasses import asdict
from typing import Annotated

import typer

from ragcli.cli import options


def doctor(
    measure: Annotated[
        bool, typer.Option("--measure/--no-measure", help="Load the language model and time it: some seconds.")
    ] = True,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    offline: options.Offline = False,
    no_color: options.NoColor = False,
) -> None:
    """Check everything, and name the command that mends it.

    Packages, processor, memory, disk, models, services and every collection.

    Exits with the code of the first thing that is wrong: 2 a setting, 3 the disk, 4 an index, 5 a model; else 0.
    """
    from ragcli.cli.output import is_styled, print_json
    from ragcli.config import home_folder, load
    from ragcli.doctor import Finding, examine

    found: list[Finding] = []
    styled = is_styled(no_color)
    colour = {"ok": "32", "note": "33", "bad": "1;31"}
    for finding in examine(home_folder(), load({"offline": offline or None}, config).settings, measure):
        found.append(finding)
        if as_json or (quiet and finding.state == "ok"):
            continue
        state = f"\033[{colour[finding.state]}m{finding.state:4}\033[0m" if styled else f"{finding.state:4}"
        print(f"{state} {finding.topic}: {finding.said}", flush=True)
        if finding.mend:
            print(f"     {finding.mend}", flush=True)
    if as_json:
        print_json({"findings": [asdict(finding) for finding in found]})
    bad = [finding.exit_code for finding in found if finding.state == "bad"]
    if bad:
        raise typer.Exit(bad[0] or 3)

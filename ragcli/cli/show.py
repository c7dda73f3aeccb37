"""`rag show`: a document's ledger, or the text of one of its pages."""

from pathlib import Path
from typing import Annotated

import typer

from ragcli.cli import options


def show(
    path: Annotated[Path, typer.Argument(help="A file of the collection.")],
    page: Annotated[
        int | None, typer.Option("-p", "--page", min=1, help="Print this page's text as it was read.")
    ] = None,
    collection: options.Collection = None,
    config: options.Config = None,
    as_json: options.Json = False,
    verbose: options.Verbose = False,
    offline: options.Offline = False,
    no_color: options.NoColor = False,
) -> None:
    """Show what was read of each page of a file, and how; or the text of one page.

    Exits with 2 when the file is not in the collection.
    """
    from ragcli.cli.output import print_json, print_table
    from ragcli.cli.session import open_collection
    from ragcli.reading.walk import display

    name = display(path.absolute())
    with open_collection(collection, config, offline) as opened:
        if page is not None:
            text = opened.page_text(name, page)
            print_json({"path": name, "page": page, "text": text}) if as_json else print(text)
            return
        rows = opened.ledger(name)
    if as_json:
        print_json({"path": name, "pages": rows})
        return
    head = ("page", "place", "method", "characters", "tables", "equations", "images", "problem")
    print_table(head, [tuple(row[key] for key in head) for row in rows], no_color)

"""`rag list`: the documents of a collection."""

from typing import Annotated

import typer

from ragcli.cli import options


def list_documents(
    collection: options.Collection = None,
    fields: Annotated[bool, typer.Option("--fields", help="List what --where can filter on instead.")] = False,
    config: options.Config = None,
    as_json: options.Json = False,
    offline: options.Offline = False,
    no_color: options.NoColor = False,
) -> None:
    """List the files of a collection.

    Each with its pages, sections, sheets or slides and its passages (chunks), or the reason why it could not be read.

    Exits with 4 when there is no such collection.
    """
    from ragcli.cli.output import print_json, print_table
    from ragcli.cli.session import open_collection
    from ragcli.shown import shown_path

    with open_collection(collection, config, offline) as opened:
        if fields:
            known = opened.fields()
            if as_json:
                print_json({"fields": known})
            else:
                cells = [(one.name, one.type, one.values, ", ".join(map(_short, one.examples))) for one in known]
                print_table(("field", "type", "values", "the commonest"), cells, no_color)
            return
        documents = opened.documents()
    if as_json:
        print_json({"documents": documents})
        return
    rows = [
        (
            shown_path(one["path"]),
            one["type"],
            one["lang"],
            one["pages"] or None,
            one["chunks"] or None,
            one["reason"] or (f"{one['pages_unread']} pages not read" if one["pages_unread"] else None) or one["title"],
        )
        for one in documents
    ]
    print_table(("file", "type", "lang", "pages", "chunks", "title, or what could not be read"), rows, no_color)


def _short(value: str, most: int = 40) -> str:
    """A path by its end, any other text by its beginning."""
    if len(value) <= most:
        return value
    return f"…{value[-most:]}" if "/" in value else f"{value[:most]}…"

"""`rag list`: the documents of a collection."""

from ragcli.cli import options


def list_documents(
    collection: options.Collection = None,
    config: options.Config = None,
    as_json: options.Json = False,
    verbose: options.Verbose = False,
    offline: options.Offline = False,
    no_color: options.NoColor = False,
) -> None:
    """List every file of a collection with its pages, or the reason why it could not be read.

    Exits with 4 when there is no such collection.
    """
    from ragcli.cli.output import print_json, print_table, shown_path
    from ragcli.cli.session import open_collection

    with open_collection(collection, config, offline) as opened:
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

"""`rag status`: what a collection holds."""

from typing import TYPE_CHECKING

from ragcli.cli import options
from ragcli.counted import counted

if TYPE_CHECKING:
    from ragcli.collection import Collection


def status(
    collection: options.Collection = None,
    config: options.Config = None,
    as_json: options.Json = False,
    offline: options.Offline = False,
) -> None:
    """Say what a collection holds, and what could not be read.

    Exits with 4 when there is no such collection.
    """
    from ragcli.cli.session import open_collection

    with open_collection(collection, config, offline) as opened:
        print_status(opened, as_json)


def print_status(opened: "Collection", as_json: bool) -> None:
    """Print what a collection holds; `rag index --status` does, too."""
    from ragcli.cli.output import print_json

    held = opened.status()
    if as_json:
        print_json(held)
        return
    languages = ", ".join(
        f"{name} {share:.0%}" for name, share in sorted(held.languages.items(), key=lambda pair: -pair[1])
    )
    print(
        f"collection  {held.name}\ndocuments   {held.documents} ({counted(held.files_unread, 'file')} could not be read)"
    )
    print(f"pages       {held.pages} ({held.pages_unread} could not be read, or only in part)")
    print(f"chunks      {held.chunks} in {counted(held.segments, 'segment')}, {held.bytes / 1e6:.1f} MB on disk")
    print(f"model       {held.model or 'none yet'}\nlanguages   {languages or 'unknown'}")

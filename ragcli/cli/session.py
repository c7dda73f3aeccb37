"""What every command does first: gather the settings, forbid sockets if asked, open the collection."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ragcli.collection import Collection, collections
from ragcli.config import load, user_file
from ragcli.errors import StoreError, UsageError, is_interruption

if TYPE_CHECKING:
    from ragcli.collection.several import Several

_NETWORK_EVENTS = {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}


def open_collection(
    names: Sequence[str] | None,
    config: Path | None = None,
    offline: bool = False,
    flags: Mapping[str, Any] | None = None,
    embeds: bool = False,
    asks: bool = False,
) -> Collection:
    """Open the collection that flag or configuration name, under the settings of all sources.

    Args:
        embeds: the command embeds texts; should that happen at a service, one line on stderr says so.
        asks: the command puts a question, which may be rewritten at a service; then another line says so.
    Raises: UsageError when several are named.
    """
    named = list(dict.fromkeys(names or ()))
    if len(named) > 1:
        raise UsageError(
            f"this takes one collection, and -c names {len(named)}: {', '.join(named)}", "name one of them"
        )
    name = named[0] if named else None
    settings = load({"collection": name, "offline": offline or None, **(flags or {})}, config).settings
    if settings.offline:
        forbid_network()
    if embeds and settings.embedding.base_url:
        say_what_leaves(settings.embedding.base_url, "every text that is embedded, documents and questions")
    if asks and settings.retrieval.rewrite != "none" and settings.answering.base_url:
        say_what_leaves(settings.answering.base_url, "the question, to be rewritten for the search")
    return Collection.open(settings.collection, settings=settings)


def open_several(
    names: Sequence[str], config: Path | None, offline: bool, flags: Mapping[str, Any] | None, asks: bool
) -> list[Collection]:
    """Open several collections under the same settings; all that there are when none is named."""
    found = list(dict.fromkeys(names)) or collections()
    if not found:
        raise UsageError("there is no collection to choose from", "make one: rag ingest PATH")
    says = [asks and at == 0 for at in range(len(found))]  # once what leaves the machine
    return [
        open_collection([name], config, offline, flags, embeds=one, asks=one)
        for name, one in zip(found, says, strict=True)
    ]


@contextmanager
def open_for_questions(
    names: Sequence[str],
    config: Path | None,
    offline: bool,
    flags: Mapping[str, Any],
    *,
    route: bool,
    quiet: bool,
    asks: bool = True,
) -> "Iterator[Collection | Several]":
    """Open the collection that is named, or several as one; with `route` each question goes to those it is for, saying why.

    Args:
        asks: as in `open_collection`, with what that embeds.
    """
    if not route and len(set(names)) < 2:
        with open_collection(names, config, offline, flags, embeds=asks, asks=asks) as only:
            yield only
        return
    from ragcli.cli.output import say
    from ragcli.collection.route import Route, Routed
    from ragcli.collection.several import Several

    def tell(routes: Sequence[Route]) -> None:
        say(*(f"{'+' if one.is_taken else '-'} {one.collection}: {one.why}" for one in routes), quiet=quiet)

    opened = open_several(names, config, offline, flags, asks)
    if not names:
        opened = _usable(opened)
    with closing(Routed(opened, tell) if route else Several(opened)) as several:
        yield several


def _usable(collections: Sequence[Collection]) -> list[Collection]:
    """Those that can be asked: one that is damaged or empty does not stop the others where nobody named it, and is told.

    Raises: StoreError when none can.
    """
    from ragcli.collection.model import model_record

    usable: list[Collection] = []
    wrong: list[StoreError] = []
    for collection in collections:
        try:
            model_record(collection.catalog(), collection.name)
            usable.append(collection)
        except StoreError as error:
            wrong.append(error)
    if wrong and not usable:
        raise wrong[0]
    for each in wrong:
        print(f"left out: {each}", file=sys.stderr)
    return usable


@contextmanager
def resumable() -> Iterator[None]:
    """Say on Ctrl-C that what is done stays done: a run of hours must not look lost."""
    try:
        yield
    except (KeyboardInterrupt, ImportError) as error:
        if not is_interruption(error):
            raise
        print("interrupted: what is finished is kept; the same command goes on with the rest", file=sys.stderr)
        raise typer.Exit(130) from None


def keep_setting(key: str, value: str | float, config: Path | None) -> Path:
    """Write a setting into --config FILE, else into the user's own file, which is returned.

    What a rag.yaml upwards or the environment says wins over the user's file, and is named: nothing would change.
    """
    from ragcli.cli.output import say
    from ragcli.config_edit import set_value

    file = config or user_file()
    set_value(file, key, value)
    origin = load(file=config).origins.get(key)
    if origin != str(file):
        say(f"{key} is set by {origin} as well, which wins: change it there, too")
    return file


def say_what_leaves(base_url: str, what: str) -> None:
    """One line on stderr, unless the service runs on this machine."""
    from ragcli.endpoint import Endpoint

    endpoint = Endpoint(base_url)
    if endpoint.is_remote:
        print(f"to {endpoint.host}: {what}", file=sys.stderr)


def forbid_network() -> None:
    """From here on any attempt of this process to reach a network raises. It can't be undone."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _NETWORK_EVENTS and not (len(arguments) > 1 and isinstance(arguments[1], str | bytes)):
            raise UsageError(
                f"--offline: {event} was refused", "leave out --offline, or the setting that needs a network"
            )

    sys.addaudithook(refuse)

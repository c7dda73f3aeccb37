"""`rag show`: a document's ledger, a page's text, a passage, and the page it stands on as a picture."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ragcli.cli import options

if TYPE_CHECKING:
    from ragcli.collection import Collection
    from ragcli.collection.look import Drawing, Passage


def show(
    what: Annotated[str, typer.Argument(help="A file of the collection, or the number of a hit.", metavar="FILE|HIT")],
    page: Annotated[
        str | None,
        typer.Option("-p", "--page", help="This page, slide, section or sheet, as it was read.", metavar="N|PLACE"),
    ] = None,
    png: Annotated[
        Path | None, typer.Option("--png", help="Draw the page into this file, the hit marked on it.", metavar="FILE")
    ] = None,
    password: options.Password = None,
    password_file: options.PasswordFile = None,
    collection: options.Collection = None,
    config: options.Config = None,
    as_json: options.Json = False,
    offline: options.Offline = False,
    no_color: options.NoColor = False,
) -> None:
    """Show what was read of a file, a page or a hit.

    Of a file: what was read of each page, and how. A page (-p), of a file or of that of a hit: its text; where there are
    no pages, a section or sheet, by what it is called there. A hit of `rag query`: the passage, to see the proof.
    A hit is named by its number (`chunk_id` in `rag query --json`). On a terminal that shows pictures (kitty, Ghostty,
    iTerm2, WezTerm, mintty) the page follows, the hit marked on it; `--png` writes that picture anywhere. A file whose
    name is a number is named with its folder: `./12`.

    Exits with 2 when it is not in the collection or has no pages to draw, 3 when its file cannot be read any more.
    """
    from ragcli.cli.passwords import passwords
    from ragcli.cli.session import open_collection
    from ragcli.reading.walk import display

    keys = passwords(password, password_file)
    with open_collection(collection, config, offline) as opened:
        found = opened.passage(int(what)) if what.isdecimal() else None
        name = found.hit.path if found else display(Path(what).absolute())
        if page is not None and png is None:
            _show_page(opened, name, page, as_json)
        elif found is not None:
            _show_hit(opened, found, _number(page), png, as_json, keys)
        elif png is not None:
            _draw(opened, name, _number(page) or 1, (), png, as_json, keys)
        else:
            _show_ledger(opened, name, as_json, no_color)


def _show_hit(
    opened: "Collection", found: "Passage", page: int | None, png: Path | None, as_json: bool, keys: tuple[str, ...]
) -> None:
    from ragcli.cli.blocks import print_blocks
    from ragcli.cli.hits import hit_as_json
    from ragcli.cli.output import print_json, say
    from ragcli.cli.pictures import inline, protocol
    from ragcli.records import Block
    from ragcli.shown import place_of

    hit = found.hit
    number = page or hit.page
    boxes = found.boxes_on(number) if number else ()
    if png is not None:
        _draw(opened, hit.path, number, boxes, png, as_json, keys)
    elif as_json:
        fields = {key: value for key, value in hit_as_json(hit).items() if key not in ("rank", "score", "scores")}
        print_json(fields | {"boxes": found.boxes})
    else:
        say(place_of(hit.path, hit.page, hit.place))
        print_blocks([Block(part, "table") for part in hit.text.split("\n\n")])
        if number and hit.path.lower().endswith(".pdf") and (how := protocol()):
            drawing = opened.draw(hit.path, number, boxes, keys)
            _say_stale(drawing)
            print(inline(drawing.png, how))


def _draw(
    opened: "Collection",
    path: str,
    page: int | None,
    boxes: tuple[Any, ...],
    png: Path,
    as_json: bool,
    keys: tuple[str, ...],
) -> None:
    from ragcli.cli.output import print_json
    from ragcli.shown import place_of

    drawing = opened.draw(path, page, boxes, keys)
    png.write_bytes(drawing.png)
    _say_stale(drawing)
    if as_json:
        print_json({"path": path, "page": page, "boxes": boxes, "png": str(png)})
    else:
        print(f"{png}: {place_of(path, page, None)}" + (f", {len(boxes)} marked" if boxes else ""))


def _say_stale(drawing: "Drawing") -> None:
    from ragcli.cli.output import say_warnings

    if drawing.reread:
        say_warnings([f"the file has changed since it was read, marks may be displaced: {drawing.reread}"])


def _number(page: str | None) -> int | None:
    """Of a page that is to be drawn. Raises: UsageError when it is none."""
    from ragcli.errors import UsageError

    if page is not None and not page.isdecimal():
        raise UsageError(f"'{page}' is no page that could be drawn", "name it by its number: -p N")
    return None if page is None else int(page)


def _show_page(opened: "Collection", path: str, page: str, as_json: bool) -> None:
    from ragcli.cli.blocks import print_blocks
    from ragcli.cli.output import print_json

    read = opened.page(path, page)
    if as_json:
        text = "\n\n".join(block.text for block in read.blocks)
        print_json({"path": path, "page": read.number, "place": read.place, "text": text, "blocks": read.blocks})
    else:
        print_blocks(read.blocks)


def _show_ledger(opened: "Collection", path: str, as_json: bool, no_color: bool) -> None:
    from ragcli.cli.output import print_json, print_table, say

    rows, warnings = opened.ledger(path), opened.warnings(path)
    if as_json:
        print_json({"path": path, "pages": rows, "warnings": warnings})
        return
    head = ["page", "place", "method", "characters", "tables", "equations", "images", "problem"]
    if any(row["fallback"] for row in rows):
        head.append("fallback")
    print_table(head, [tuple(row[key] for key in head) for row in rows], no_color)
    say(*warnings)

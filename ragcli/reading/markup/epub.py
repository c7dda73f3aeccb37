"""EPUB: the chapters in reading order, each a page that is named by its title."""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from selectolax.lexbor import LexborNode

from ragcli.errors import ReadError
from ragcli.reading.archive import DAMAGE, open_archive, well_formed
from ragcli.reading.language import iso639
from ragcli.reading.markup.elements import parse
from ragcli.reading.markup.epub_chapters import Entry, chapters_of
from ragcli.reading.markup.html import LINKED, decode_page, linked_share
from ragcli.reading.markup.struck import without_struck
from ragcli.reading.stated import meant_author, meant_title
from ragcli.reading.text import first_heading, iso_date, paragraph, told_of_struck, with_figures
from ragcli.records import Document, Page
from ragcli.settings import Reading

FEWEST_LINKS = 5  # of a table of contents
FONT_OBFUSCATION = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}  # hides fonts, no text


def read_epub(path: Path, settings: Reading) -> Document:
    """Read a book without copy protection. A chapter that is missing or damaged is a page with its problem."""
    with open_archive(path, "an EPUB") as archive:
        try:
            book = Book(archive)
        except (LookupError, ElementTree.ParseError, *DAMAGE) as error:
            raise ReadError(f"{path}: its list of contents is damaged ({error})", "get it again", "damaged") from None
        if book.is_encrypted:
            raise ReadError(f"{path}: its text is encrypted (DRM)", "get a copy without protection", "encrypted")
        pages = tuple(book.chapters(path))
    damage = ("repaired: its list of contents is damaged, chapters may be missing",) if book.is_damaged else ()
    if not pages:
        raise ReadError(f"{path}: it lists no chapters", "get it again", "damaged")
    return Document(
        "epub",
        pages,
        title=meant_title(book.fact("title")) or first_heading(block for page in pages for block in page.blocks),
        author=", ".join(filter(meant_author, book.facts("creator"))) or None,
        date=iso_date(book.fact("date")),
        language=iso639(book.fact("language")),
        warnings=(*damage, *told_of_struck(book.struck)),
    )


class Book:
    """The package file of a book: its facts, its parts, and the order in which they are read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive, self.is_damaged, self.struck = archive, False, 0
        container = self._tree("META-INF/container.xml")
        place = next((node.get("full-path") for node in container.iter() if _name(node) == "rootfile"), None)
        if not place:
            raise ValueError("no package file is named")
        self.folder = posixpath.dirname(place)
        self.package = self._tree(place)
        self.items = {node.get("id"): node for node in self.package.iter() if _name(node) == "item"}
        refs = (node.get("idref") for node in self.package.iter() if _name(node) == "itemref")
        spine = (self.items[ref] for ref in refs if ref in self.items)
        self.spine = [self._place(item) for item in spine if "nav" not in (item.get("properties") or "").split()]

    @property
    def is_encrypted(self) -> bool:
        """Whether a chapter is encrypted; fonts often are."""
        try:
            listing = self._tree("META-INF/encryption.xml")
        except KeyError:
            return False
        for data in (node for node in listing.iter() if _name(node) == "EncryptedData"):
            methods = {node.get("Algorithm") for node in data.iter() if _name(node) == "EncryptionMethod"}
            places = {unquote(node.get("URI") or "") for node in data.iter() if _name(node) == "CipherReference"}
            if not methods & FONT_OBFUSCATION and places & set(self.spine):
                return True
        return False

    def _tree(self, part: str) -> ElementTree.Element:
        """A part; where it is damaged, what is left of it. Many a book names an `é` as HTML does, and XML does not."""
        content = self.archive.read(part)
        try:
            return ElementTree.fromstring(content)
        except (LookupError, ValueError, ElementTree.ParseError):
            self.is_damaged = True
            return ElementTree.fromstring(well_formed(content))

    def facts(self, name: str) -> list[str]:
        nodes = (node for node in self.package.iter() if node.tag == f"{{http://purl.org/dc/elements/1.1/}}{name}")
        return [text for node in nodes if (text := paragraph("".join(node.itertext())))]

    def fact(self, name: str) -> str | None:
        return next(iter(self.facts(name)), None)

    def chapters(self, path: Path) -> Iterator[Page]:
        """Yield the chapters, of which a file may hold several, or go on with the one of the file before."""
        contents = self._contents()
        before: str | None = None  # the title of the chapter that a file may go on with
        for place in dict.fromkeys(self.spine):
            entries = contents.get(place, [])
            try:
                raw = self.archive.read(place)
                source, _ = decode_page(raw, path)
            except (KeyError, ReadError, *DAMAGE) as error:
                reason = "is listed but missing" if isinstance(error, KeyError) else f"can't be unpacked ({error})"
                name = entries[0].title if entries else place
                yield Page(None, (), name, problem=f"{place} {reason}")
                continue
            body = parse(source, is_xml=True).body
            if not body or _is_contents(body):
                continue
            self.struck += without_struck(body)
            for title, parts in chapters_of(body, entries, before):
                made = with_figures(parts)
                blocks = tuple(filter(None, made))
                place_of_it = title or next((block.text for block in blocks if block.kind == "heading"), None)
                before = title or before
                if made:
                    yield Page(None, blocks, place_of_it, images=made.count(None))

    def _contents(self) -> Mapping[str, list[Entry]]:
        """The entries of the table of contents by the file that they lead to: EPUB 3's navigation page, else EPUB 2's NCX."""
        contents: dict[str, list[Entry]] = {}
        for item in self.items.values():
            place = self._place(item)
            is_page = "nav" in (item.get("properties") or "").split()
            if is_page or item.get("media-type") == "application/x-dtbncx+xml":
                try:
                    found = list((_nav if is_page else _ncx)(self.archive.read(place)))
                except (LookupError, ElementTree.ParseError, ReadError, *DAMAGE):
                    continue  # chapters have headings, too
                folder = posixpath.dirname(place)
                listed: dict[str, list[Entry]] = {}
                for link, title, depth in found:
                    if link and title:
                        entry = Entry(title, unquote(link.partition("#")[2]), depth)
                        listed.setdefault(resolved(folder, link), []).append(entry)
                contents = {**listed, **contents}
        return contents

    def _place(self, item: ElementTree.Element) -> str:
        return resolved(self.folder, item.get("href") or "")


def _is_contents(body: LexborNode) -> bool:
    """Whether a chapter is a table of contents: links within the book and little else, as the navigation page is."""
    links = [link for link in body.css("a[href]") if "://" not in (link.attributes.get("href") or "")]
    return len(links) >= FEWEST_LINKS and linked_share(body, links) >= LINKED


def resolved(folder: str, link: str) -> str:
    """Where in the archive a link leads that stands in a file of `folder`; its fragment is left out."""
    return posixpath.normpath(posixpath.join(folder, unquote(re.split("[#?]", link)[0])))


def _nav(raw: bytes) -> Iterator[tuple[str, str, int]]:
    """The links of a navigation page, their titles, and how deep they stand; there may be lists of pages beside."""
    tree = parse(decode_page(raw, Path("nav"))[0], is_xml=True)
    lists = tree.css("nav")
    contents = [one for one in lists if "toc" in (one.attributes.get("epub:type") or "").split()]
    for link in (link for one in contents or lists for link in one.css("a[href]")):
        depth, above = 0, link.parent
        while above is not None and above.tag != "nav":
            depth, above = depth + (above.tag == "ol"), above.parent
        yield link.attributes.get("href") or "", paragraph(link.text()), depth


def _ncx(raw: bytes) -> Iterator[tuple[str, str, int]]:
    waiting = [(ElementTree.fromstring(raw), 0)]
    while waiting:
        node, depth = waiting.pop()
        is_entry = _name(node) == "navPoint"
        waiting += [(child, depth + is_entry) for child in reversed(node)]
        if is_entry:
            links = [child.get("src") or "" for child in node if _name(child) == "content"]
            labels = [paragraph("".join(child.itertext())) for child in node if _name(child) == "navLabel"]
            yield from ((link, label, depth) for link, label in zip(links, labels, strict=False))


def _name(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]

"""A web page to blocks: its content without its furniture, and what it says of itself."""

import re
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ragcli.errors import ReadError
from ragcli.reading.language import iso639
from ragcli.reading.markup.elements import is_hidden, is_note, parse, parts_of
from ragcli.reading.markup.html_fields import is_filled
from ragcli.reading.markup.html_linked import linked_authors, linked_dates
from ragcli.reading.markup.struck import above, remove, without_struck
from ragcli.reading.stated import meant_title
from ragcli.reading.text import decode, first_heading, iso_date, paragraph, sections, told_of_struck
from ragcli.records import Document
from ragcli.settings import Reading

FURNITURE = (
    "nav, aside, [role=navigation], [role=banner], [role=contentinfo], [role=complementary], [role=search]"
    ", .navheader, .navfooter"  # DocBook's
)
# What programs call their lists of links: DocBook, Sphinx, Texinfo, Doxygen, wikis.
NAVIGATION = re.compile(
    r"(?:doc|site|page|main|top|bottom)?[-_]?nav(?:bar|igation|header|footer|panel|links|[-_]\w+)?|toc|toctree[-\w]*"
    r"|(?:short)?contents|table[-_]of[-_]contents|breadcrumbs?|pagination|pager|skip-?link|banner"
)
LINKED = 0.7  # share of the text that stands in links, from which such a list is one
ALL_LINKED = 0.9  # from which a list is links and nothing else
SHORT = 300  # letters, up to which two links will do: Prev, the book's title, Next
ENCODING = re.compile(rb"""<\?xml[^>]*?encoding=["']([\w-]+)|<meta[^>]*?charset=["']?\s*([\w-]+)""", re.IGNORECASE)
TITLES = ("citation_title", "og:title", "dc.title", "dcterms.title")
AUTHORS = ("citation_author", "author", "dc.creator", "dcterms.creator", "article:author")
DATES = ("citation_publication_date", "citation_date", "article:published_time", "dc.date", "dcterms.date", "date")


def read_html(path: Path, settings: Reading) -> Document:
    """Read the main content of a web page: no navigation, headers, footers, asides, unfilled forms and hidden parts."""
    raw = path.read_bytes()
    source, warnings = decode_page(raw, path)
    tree = parse(source, is_xml=raw.lstrip()[:5] == b"<?xml" or path.suffix.lower() == ".xhtml")
    if tree.body is None:
        raise ReadError(f"{path}: there is no page in it", "save it again", "empty")
    facts, said_dates, said_authors = _facts(tree), linked_dates(tree), linked_authors(tree)
    struck = without_struck(tree.body)
    _remove_furniture(tree.body)
    parts = parts_of(_content(tree.body))
    titles = [*(" ".join(facts.get(key, ())) for key in TITLES), _text_of(tree, "title")]
    authors = next(filter(None, (facts.get(key) for key in AUTHORS)), said_authors)
    dates = (iso_date(date) for date in (*(date for key in DATES for date in facts.get(key, ())), *said_dates))
    return Document(
        "html",
        sections(parts),
        title=next(filter(None, map(meant_title, titles)), None) or first_heading(filter(None, parts)),
        author=", ".join(name for name in dict.fromkeys(authors) if "://" not in name) or None,
        date=next(filter(None, dates), None),
        language=iso639(tree.root.attributes.get("lang") if tree.root else None),
        warnings=(*warnings, *told_of_struck(struck)),
    )


def decode_page(raw: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """Return the source of a page, in the encoding that it declares, and warnings; as `decode` in all else."""
    declared = ENCODING.search(raw[:2048])
    name = next(filter(None, declared.groups())).decode() if declared else ""
    return decode(raw, path, None if name.lower().startswith("utf-16") else name)  # else that could not be read here


def _remove_furniture(body: LexborNode) -> None:
    remove(node for node in body.css(FURNITURE) if not is_note(node) and node.css_first("main") is None)
    remove(
        node
        for node in body.css("header, footer")
        if not _is_within(node, "article", "main", "section") and not node.css_first("h1, main, article")
    )
    remove(node for node in body.css("ul, ol") if _leads_to_translations(node))
    remove(_menus_above(body))
    half = 0.5 * len(body.text())  # some systems put the whole page into one form, and an index is all links
    remove(
        node
        for node in body.css("form, [class], [id]")
        if (not is_filled(node) if node.tag == "form" else _is_navigation(node)) and len(node.text()) < half
    )


def _menus_above(body: LexborNode) -> list[LexborNode]:
    """Lists of nothing but links above the heading that says what a page is: of its site. None where they are the page."""
    if len(body.css("h1")) != 1:
        return []
    above = takewhile(lambda node: node.tag != "h1", body.css("h1, ul, ol"))
    linked = ((node, node.css("a[href]")) for node in above)
    menus = [node for node, links in linked if len(links) > 1 and linked_share(node, links) >= ALL_LINKED]
    return menus if 2 * sum(len(node.text()) for node in menus) < len(body.text()) else []


def _leads_to_translations(node: LexborNode) -> bool:
    """Whether a list is links to the same page in other languages, as an encyclopedia has by the hundred."""
    links = node.css("a[href]")
    return (
        len(links) > 1 and all("hreflang" in link.attributes for link in links) and linked_share(node, links) >= LINKED
    )


def _is_navigation(node: LexborNode) -> bool:
    """Whether it is called so, and is links or little else."""
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".lower().split()
    if not any(map(NAVIGATION.fullmatch, names)):
        return False
    links = node.css("a[href]")
    return linked_share(node, links) >= LINKED or (len(links) > 1 and len(paragraph(node.text())) <= SHORT)


def linked_share(node: LexborNode, links: Sequence[LexborNode]) -> float:
    """The share of the letters below a node that stand in links; 1 where there is none."""
    letters, linked = (sum(len("".join(each.text().split())) for each in nodes) for nodes in ([node], links))
    return linked / letters if letters else 1.0


def _is_within(node: LexborNode, *tags: str) -> bool:
    return any(one.tag in tags for one in above(node))


def _content(body: LexborNode) -> LexborNode:
    """The element that says it holds the content, where it is the only one and holds a fair part of the text."""
    whole = len(body.text())
    for selector in ("main, [role=main]", "article"):
        found = [node for node in body.css(selector) if not is_hidden(node)]
        if len(found) == 1 and len(found[0].text()) >= 0.25 * whole:
            return found[0]
    return body


def _facts(tree: LexborHTMLParser) -> dict[str, list[str]]:
    """What the <meta> elements say, by their names in small letters."""
    facts: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        name = node.attributes.get("name") or node.attributes.get("property") or ""
        if text := paragraph(node.attributes.get("content") or ""):
            facts.setdefault(name.lower(), []).append(text)
    return facts


def _text_of(tree: LexborHTMLParser, selector: str) -> str | None:
    node = tree.css_first(selector)
    return (paragraph(node.text()) or None) if node else None

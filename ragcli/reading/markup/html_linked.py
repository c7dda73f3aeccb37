"""What a web page says of its article to search engines, as JSON-LD or as microdata of schema.org."""

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

_ARTICLE = re.compile(r"\w*(?:Article|Posting|Report|Review|WebPage)")
_WRAP = re.compile(r"^\s*<!\[CDATA\[|\]\]>\s*$")
_WIKI = 'meta[name=generator][content^="MediaWiki"]'  # its pages are written anew for years: the last change counts
_DATED = "[itemprop~=datePublished]"


def linked_dates(tree: LexborHTMLParser) -> list[str]:
    """When the article was published; of microdata only where a page says one day, for those beside may have theirs."""
    key = "dateModified" if tree.css_first(_WIKI) else "datePublished"
    linked = [date for article in _articles(tree) if isinstance(date := article.get(key), str)]
    marked = [node.attributes.get("content") or node.attributes.get("datetime") or "" for node in tree.css(_DATED)]
    return linked + (marked[:1] if len({date[:10] for date in marked}) == 1 else [])


def linked_authors(tree: LexborHTMLParser) -> list[str]:
    """The persons who wrote the article."""
    for article in _articles(tree):
        said = article.get("author")
        authors = said if isinstance(said, list) else [said]
        if names := list(filter(None, map(_person, authors))):
            return names
    return []


def _articles(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """The articles that a page tells of itself, not those that it tells of within them."""
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            said = json.loads(_WRAP.sub("", script.text()), strict=False)
        except (ValueError, RecursionError):
            continue
        told = said.get("@graph", said) if isinstance(said, dict) else said
        for node in told if isinstance(told, list) else [told]:
            if isinstance(node, dict) and any(map(_ARTICLE.fullmatch, _types(node))):
                yield node


def _types(node: dict[str, Any]) -> list[str]:
    said = node.get("@type")
    return [each for each in (said if isinstance(said, list) else [said]) if isinstance(each, str)]


def _person(author: Any) -> str:
    if isinstance(author, dict):
        author = author.get("name") if _types(author) in ([], ["Person"]) else ""
    return " ".join(author.split()) if isinstance(author, str) else ""

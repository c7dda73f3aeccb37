"""What web pages say of themselves to search engines: the day and the writers of an article."""

from pathlib import Path

import pytest

from ragcli.reading.markup.html import read_html
from ragcli.settings import Reading

LINKED = '<script type="application/ld+json">%s</script>'
NESTED = LINKED % (
    '{"@context":"https://schema.org","@graph":[{"@type":"Organization","name":"Harbour News","datePublished":"1999"},'
    '{"@type":["NewsArticle"],"datePublished":"2024-05-17T10:00","dateModified":"2025-01-02","author":[{"@type":"Person",'
    '"name":"A. One"},{"name":"B.  Two"},{"@type":"Organization","name":"Harbour News"}],'
    '"comment":[{"@type":"Report","datePublished":"2024-06-01"}]}]}'
)
WRAPPED = LINKED % '<![CDATA[\n[{"@type": "BlogPosting", "datePublished": "2023-02-03", "author": "A. One"}]\n]]>'
MARKED = "<time itemprop=datePublished datetime=2022-01-02>2 January</time>"


@pytest.mark.parametrize(
    ("said", "date", "author"),
    [
        (NESTED, "2024-05-17", "A. One, B. Two"),
        (WRAPPED, "2023-02-03", "A. One"),
        (MARKED, "2022-01-02", None),
        (MARKED + MARKED, "2022-01-02", None),
        (MARKED + MARKED.replace("2022", "2021"), None, None),  # of two articles
        ("<meta name=date content=2020-05-06><meta name=author content=C>" + NESTED, "2020-05-06", "C"),
        ('<meta name=generator content="MediaWiki 1.35">' + NESTED, "2025-01-02", "A. One, B. Two"),
        (LINKED % '{"@type":"Product","datePublished":"2020-01-01","author":"C"}', None, None),
        (LINKED % '{"@type":"Article","datePublished":7,"author":{"@type":"Person","name":[1]}}', None, None),
        (LINKED % ('{"@type":"Article","datePublished":"2020"' + "["), None, None),
        (LINKED % ("[" * 100_000), None, None),
        ("<meta name=citation_author content='A. One'><meta name=citation_author content='A. One'>", None, "A. One"),
    ],
)
def test_the_day_and_the_writers_of_an_article(tmp_path: Path, said: str, date: str | None, author: str | None) -> None:
    file = tmp_path / "a.html"
    file.write_text(f"<html><head>{said}</head><body><h1>Weirs</h1><p>The gate opens at noon.</p></body></html>")
    read = read_html(file, Reading())
    assert (read.date, read.author) == (date, author)

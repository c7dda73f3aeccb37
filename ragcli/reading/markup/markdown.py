"""Markdown to blocks, through HTML: one way for headings, lists, tables and the HTML that people write in between."""

import html
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from ragcli.reading.language import iso639
from ragcli.reading.markup.elements import parse, parts_of
from ragcli.reading.markup.struck import without_struck
from ragcli.reading.sidecar import parse_metadata
from ragcli.reading.text import decode, first_heading, iso_date, paragraph, sections, told_of_struck
from ragcli.records import Document, Value
from ragcli.settings import Reading

_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(.*?\n)?(?:---|\.\.\.)[^\S\n]*(?:\n|$)", re.DOTALL)


def read_markdown(path: Path, settings: Reading) -> Document:
    """Read Markdown with GitHub's tables. Front matter gives title, author, date and language."""
    source, warnings = decode(path.read_bytes(), path)
    facts, body, problem = front_matter(source)
    rendered = parse(_to_html(body)).body
    struck = without_struck(rendered) if rendered else 0
    parts = parts_of(rendered) if rendered else []
    author = next((facts[key] for key in _AUTHOR if facts.get(key)), None)
    return Document(
        "md",
        sections(parts),
        title=_line(facts.get("title")) or first_heading(filter(None, parts)),
        author=_line(author),
        date=iso_date(_line(facts.get("date"))),
        language=iso639(_line(facts.get("lang") or facts.get("language"))),
        warnings=(*warnings, *([problem] if problem else []), *told_of_struck(struck)),
        meta={key: value for key, value in facts.items() if key not in _OWN_FIELDS},
    )


_AUTHOR = ("author", "authors", "author.name", "authors.name")
_OWN_FIELDS = ("title", *_AUTHOR, "date", "lang", "language")


def front_matter(source: str) -> tuple[dict[str, Value], str, str | None]:
    """Return the metadata at the head of a Markdown text, the text below it, and what is wrong with the metadata.

    What begins like front matter and is none, a rule over a paragraph, stays in the text.
    """
    found = _FRONT_MATTER.match(source)
    if not found:
        return {}, source, None
    try:
        return parse_metadata(found[1] or ""), source[found.end() :], None
    except ValueError as error:
        return {}, source, f"front matter: {error}"


def _to_html(source: str) -> str:
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Before the rest is read: in `$a_1 \\ b_1$` Markdown would see emphasis and a backslash to drop.
    dollarmath_plugin(markdown, allow_space=False, allow_digits=False, allow_labels=False, double_inline=True)
    footnote_plugin(markdown)
    container_plugin(markdown, "box", validate=lambda *of_box: True, render=_box)
    markdown.core.ruler.push("hyphens", _keep_compounds)
    for kind, rule in _NOTES.items():
        markdown.add_render_rule(kind, rule)
    for kind in ("math_inline", "math_inline_double", "math_block"):
        markdown.add_render_rule(kind, _formula)
    rendered: str = markdown.render(_HEADING_ID.sub(r"\1", source))
    return rendered


def _keep_compounds(state: StateCore) -> None:
    """Join `vingt-` and `huit` of two lines: who wraps lines by hand breaks at the hyphens of compounds, not `pre- and`."""
    for token in state.tokens:
        children = token.children or []
        for before, between, after in zip(children, children[1:], children[2:], strict=False):
            is_broken = between.type == "softbreak" and before.type == after.type == "text"
            if is_broken and _COMPOUND.search(f"{before.content}\n{after.content}"):
                between.type, between.content = "text", ""


_COMPOUND = re.compile(r"[^\W\d_]-\n(?!(?:and|or|to|et|ou|und|oder|y|o|e|en|of)\b)[^\W\d_]")


def _mark(renderer: object, tokens: Sequence[Token], at: int, options: object, env: object) -> str:
    return f"<sup>{tokens[at].meta['id'] + 1}</sup>"


def _said(html: str) -> Callable[..., str]:
    return lambda *of_markdown_it: html


_NOTES = {
    "footnote_ref": _mark,
    "footnote_block_open": _said(""),
    "footnote_block_close": _said(""),
    "footnote_open": _said('<aside role="doc-footnote">'),
    "footnote_close": _said("</aside>"),
    "footnote_anchor": _said(""),
}
_HEADING_ID = re.compile(r"^( {0,3}#{1,6} .*?)[ \t]*\{[#.][^{}\n]*\}[ \t]*$", re.MULTILINE)  # of Pandoc and Kramdown


def _formula(renderer: object, tokens: Sequence[Token], at: int, options: object, env: object) -> str:
    """A formula in its line stays as it is written; one that stands alone is a block of its own."""
    latex = tokens[at].content
    if tokens[at].type == "math_inline":
        return html.escape(f"${latex}$")
    return f'<math display="block" alttext="{html.escape(latex.strip())}"></math>'


def _box(renderer: object, tokens: Sequence[Token], at: int, options: object, env: object) -> str:
    """`::: tip Beware` to `:::`, a box of VuePress, Docusaurus or Pandoc: its title is a line of its own, its kind no text."""
    title = _TITLE_OF_BOX.fullmatch(tokens[at].info.strip()) if tokens[at].nesting == 1 else None
    said = html.unescape(title["title"] or title["bracketed"] or "").strip() if title else ""
    return f"<p><strong>{html.escape(said)}</strong></p>\n" if said else ""


_TITLE_OF_BOX = re.compile(r"(?:\{[^}]*\}|[\w-]+)(?:\[(?P<bracketed>[^\]]*)\])?(?:\s+(?P<title>[^{}]*))?")


def _line(value: Value | None) -> str | None:
    if value is None:
        return None
    return paragraph(", ".join(value) if isinstance(value, list) else str(value)) or None

"""An answer with its proof as one HTML file: text, quotes, and a picture of each cited page with the quote marked."""

import base64
from collections.abc import Callable
from html import escape

from ragcli.records import Answer, Citation
from ragcli.shown import address, cited

# (citation) -> the page as PNG with the quote marked; None where there is no picture of it.
Snapshot = Callable[[Citation], bytes | None]

_STYLE = """\
body{font:16px/1.5 system-ui,sans-serif;max-width:50em;margin:2em auto;padding:0 1em;color:#222;background:#fff}
h1{font-size:1.3em}.no{background:#fff3cd}sup a{text-decoration:none}blockquote{border-left:3px solid #8aa;margin:0;
padding:0 1em}figure{margin:1em 0}img{max-width:100%;border:1px solid #ccc}.talk{color:#666}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}.no{background:#543}}"""


def answer_as_html(answer: Answer, snapshot: Snapshot = lambda citation: None) -> str:
    """A page that needs nothing else: no script, nothing is fetched; what a document says is text in it."""
    said = [_sentence(sentence.text, sentence.proved, sentence.citations) for sentence in answer.sentences]
    if not answer.found:
        said = ["<em>Not found in the documents.</em>"]
    elif not said:
        said = ["<em>Nothing of the answer could be proved.</em>"]
    proof = "\n".join(_citation(citation, snapshot(citation)) for citation in answer.citations)
    talk = "".join(f'<p class="talk">{escape(warning)}</p>\n' for warning in answer.warnings)
    title = escape(answer.question)
    return (
        '<!doctype html>\n<html><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n<p>{' '.join(said)}</p>\n"
        f"{talk}{proof}\n</body></html>\n"
    )


def _sentence(text: str, proved: bool, citations: tuple[int, ...]) -> str:
    marks = "".join(f'<sup><a href="#c{n}">[{n}]</a></sup>' for n in citations)
    if proved:
        return escape(text) + marks
    return f'<span class="no">{escape(text)} (not proved)</span>{marks}'


def _citation(citation: Citation, png: bytes | None) -> str:
    picture = f'<img alt="" src="data:image/png;base64,{base64.b64encode(png).decode()}">' if png else ""
    place = f'<a href="{escape(address(citation.path, citation.page))}">{escape(cited(citation))}</a>'
    return (
        f'<figure id="c{citation.n}"><figcaption>[{citation.n}] {place} ({citation.match})</figcaption>\n'
        f"<blockquote>{escape(citation.quote)}</blockquote>{picture}</figure>"
    )

"""An answer with its proof as Markdown."""

from collections.abc import Iterable

from ragcli.records import Answer, Citation
from ragcli.shown import address, cited


def answer_as_markdown(answer: Answer, question: str | None = None, prefix: str = "") -> str:
    """The question as a heading, the answer with footnote marks, the quotes as footnotes; ends with a line break.

    Args:
        prefix: of the footnotes' names, where several answers stand in one text.
    """
    lines = [f"## {_plain(question or answer.question)}", ""]
    if not answer.found:
        lines += ["*Not found in the documents.*", "", *(f"- {_plain(warning)}" for warning in answer.warnings)]
        return "\n".join(lines).rstrip() + "\n"
    for sentence in answer.sentences:
        marks = "".join(f"[^{prefix}{n}]" for n in sentence.citations)
        lines.append(f"{_plain(sentence.text)}{'' if sentence.proved else ' *(not proved)*'}{marks}  ")
    if not answer.sentences:
        lines.append("*Nothing of the answer could be proved.*")
    lines.append("")
    lines += [
        f"[^{prefix}{citation.n}]: {_place(citation)}: “{_plain(citation.quote)}” ({citation.match})"
        for citation in answer.citations
    ]
    if answer.warnings:
        lines += ["", *(f"> {_plain(warning)}" for warning in answer.warnings)]
    return "\n".join(lines) + "\n"


def _place(citation: Citation) -> str:
    return f"[{_plain(cited(citation))}]({address(citation.path, citation.page)})"


def _plain(text: str) -> str:
    """`text` on one line, with nothing in it that Markdown would act on: a document must not place a link or an image."""
    return "".join(_escaped(" ".join(text.split())))


def _escaped(text: str) -> Iterable[str]:
    for character in text:
        yield f"\\{character}" if character in r"\`*_[]<>#|!" else character

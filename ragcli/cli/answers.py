"""How an answer is printed and kept: its sentences, and where each is proved."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ragcli.cli.hits import hit_as_json
from ragcli.cli.output import check_target, dim, is_styled, link, print_json, say, say_warnings
from ragcli.records import Answer, Citation
from ragcli.shown import cited, shown_path, shown_url

if TYPE_CHECKING:
    from ragcli.collection import Collection
    from ragcli.collection.several import Several

FORMS = ("text", "markdown", "html")


def print_answer(answer: Answer, collection: str, as_json: bool, no_color: bool, form: str = "text") -> None:
    """Print an answer of a collection in one of FORMS, or as JSON."""
    if as_json:
        print_json(answer_as_json(answer))
        return
    if form == "markdown":
        from ragcli.answering.markdown import answer_as_markdown

        print(answer_as_markdown(answer), end="")
        return
    if form == "html":
        from ragcli.answering.html import answer_as_html

        print(answer_as_html(answer), end="")
        return
    styled = is_styled(no_color)
    if not answer.found:
        print("Not found in your documents.")
        return
    if not answer.sentences:  # --strict left none
        print("Nothing of the answer could be proved.")
        return
    by_number = {citation.n: citation for citation in answer.citations}
    for sentence in answer.sentences:
        places = [by_number[n] for n in sentence.citations]
        # Once, though two sentences of the page speak for this one: both quotes stand below.
        shown = " ".join(dict.fromkeys(f"[{link(cited(c), c.path, c.page, styled)}]" for c in places))
        mark = "" if sentence.proved else " (not proved)"
        print(f"{sentence.text}{mark} {dim(shown, styled)}".rstrip())
    if answer.style == "generate" and answer.citations:
        print()
        for citation in answer.citations:
            print(dim(f"[{cited(citation)}] “{citation.quote}”", styled))
    owners = {(hit.path, hit.chunk_id): hit.collection for hit in answer.hits}
    for figure, number, owner in dict.fromkeys(
        (c.figure, c.chunk_id, owners.get((c.path, c.chunk_id))) for c in answer.citations if c.figure
    ):
        say(f"see {figure}: rag show {number} -c {owner or collection} --png figure.png")


def save_answer(answer: Answer, opened: "Collection | Several", file: Path) -> None:
    """Keep an answer with its proof, as HTML with a picture of each cited page, or as Markdown, by the file's ending."""
    from ragcli.answering.html import answer_as_html
    from ragcli.answering.markdown import answer_as_markdown
    from ragcli.errors import RagError, writing

    without: dict[str, None] = {}  # why quotes stand without their picture, each reason once

    def snapshot(citation: Citation) -> bytes | None:
        if citation.page is None:
            return None
        try:
            boxes = (citation.bbox,) if citation.bbox else ()
            drawing = opened.draw(citation.path, citation.page, boxes, quote=citation.quote)
        except RagError as error:  # the file is gone, or has no pages to draw
            without[str(error)] = None
            return None
        if drawing.reread:  # its page may be that of another document by now, which proves nothing
            without[f"the file has changed since it was read, so it is not pictured: {drawing.reread}"] = None
            return None
        return drawing.png

    text = answer_as_html(answer, snapshot) if file.suffix.lower() == ".html" else answer_as_markdown(answer)
    with writing(file):
        file.write_text(text, encoding="utf-8")
    say_warnings(list(without))
    say(f"saved: {shown_path(str(file))}")


def check_printed(form: str, file: Path | None) -> None:
    """Look, before a model writes for minutes, whether `print_answer` knows the form and `save_answer` could write.

    Raises: UsageError when not.
    """
    from ragcli.errors import UsageError

    if form not in FORMS:
        raise UsageError(f"--format {form} is not known", f"take one of {', '.join(FORMS)}")
    if file is None:
        return
    if file.suffix.lower() not in (".md", ".html"):
        raise UsageError(f"--save {file} is of no known kind", "end it in .md or .html")
    check_target(file)


def print_prompt(answer: Answer, base_url: str | None, as_json: bool) -> None:
    """`--dry-run`: what a model would be given, and where that would go."""
    base_url = base_url and shown_url(base_url)
    if as_json:
        print_json({"question": answer.question, "base_url": base_url, "model": answer.model, "prompt": answer.prompt})
    elif answer.prompt is None:
        say("nothing would be sent or generated: style quotes answers from the documents alone")
    else:
        say(f"would be sent to {base_url}:" if base_url else f"would be given to {answer.model} on this machine:")
        print(answer.prompt)


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """An answer under the names that scripts rely on."""
    return {
        "question": answer.question,
        "answer": answer.text if answer.found else None,
        "style": answer.style,
        "found": answer.found,
        "sentences": [asdict(sentence) for sentence in answer.sentences],
        "citations": [asdict(citation) for citation in answer.citations],
        "hits": [hit_as_json(hit) for hit in answer.hits],
        "warnings": list(answer.warnings),
        "model": answer.model,
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, **answer.usage},  # quotes take none
        "seconds": dict(answer.seconds),
        "cached": answer.cached,
    }

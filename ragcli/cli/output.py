"""How results are printed: stdout is data, stderr is talk; colour and links on a terminal only."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from ragcli.records import Answer, Citation, Failure, Found, Hit, Report
from ragcli.retrieval.snippet import snippet, table_lines

if TYPE_CHECKING:
    from ragcli.collection import Collection
    from ragcli.collection.several import Several


def print_json(value: Any, file: TextIO | None = None) -> None:
    """One line of JSON: of a record, its fields."""
    plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    print(json.dumps(plain, ensure_ascii=False, default=_plain), file=file)


def save_json(value: Any, file: Path) -> None:
    """Write what `print_json` prints. Raises: UsageError when the file can't be written."""
    from ragcli.errors import UsageError

    try:
        with file.open("w", encoding="utf-8") as out:
            print_json(value, out)
    except OSError as error:
        raise UsageError(f"{file} can't be written ({error.strerror})", "name another file") from error


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


def say(*lines: str, quiet: bool = False) -> None:
    """Talk to the person, on stderr."""
    if not quiet:
        for line in lines:
            print(line, file=sys.stderr)


def is_styled(no_color: bool = False) -> bool:
    """Whether stdout takes colours and links."""
    return sys.stdout.isatty() and not no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def shown_path(path: str) -> str:
    """Relative when it lies below the current folder: that is what can be read, clicked and typed."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return path


def place_of(path: str, page: int | None, place: str | None) -> str:
    """`report.pdf p.12`, or `notes.md § Setup` where there are no pages."""
    name = shown_path(path)
    if page is not None:
        return f"{name} p.{page}"
    return f"{name} § {place}" if place else name


def link(text: str, path: str, page: int | None, styled: bool) -> str:
    """An OSC-8 hyperlink on a terminal that shows styles."""
    if not styled:
        return text
    target = Path(path).as_uri() + (f"#page={page}" if page else "")
    return f"\033]8;;{target}\033\\{text}\033]8;;\033\\"


def hit_as_json(hit: Hit) -> dict[str, Any]:
    """A hit under the names that scripts rely on."""
    names = (
        "rank", "score", "scores", "chunk_id", "path", "title", "page", "pages", "place", "section", "kind", "bbox", "text",
        "language", "method", "ranks", "chunk_ids", "also", "collection", "hop",
    )  # fmt: skip
    return {name: getattr(hit, name) for name in names} | {"meta": dict(hit.meta)}


def print_found(found: Found, as_json: bool, explain: bool = False, no_color: bool = False) -> None:
    if as_json:
        keys = {"question": found.question, "collection": found.collection, "mode": found.mode}
        searched = {"searched": list(found.searched)} if found.searched else {}
        hits = {"hits": [hit_as_json(hit) for hit in found.hits], "seconds": dict(found.seconds)}
        print_json(keys | hits | searched)
        return
    styled = is_styled(no_color)
    for text in found.searched if explain else ():
        print(f"searched as well: {text}")
    for hit in found.hits:
        where = place_of(hit.path, hit.page, hit.place)
        section = " > ".join(hit.section)
        base = f"{hit.collection}: " if hit.collection else ""
        head = f"{hit.rank}. {base}{_bold(link(where, hit.path, hit.page, styled), styled)}"
        if section and section != hit.place:
            head += f"  {_dim(section, styled)}"
        if hit.method == "ocr":
            head += "  (read by OCR)"
        head += _dim(f"  (hit {hit.chunk_id})", styled)  # what `rag show` takes
        print(head)
        if explain:
            print(f"   {_explained(hit)}")
        if hit.kind == "table" and (shown := table_lines(hit.text, found.question, hit.language)):
            print(*(f"   {line}" for line in shown), sep="\n")
        else:
            print(f"   {_marked(hit, found.question, styled)}")
        for place in hit.also:
            base = f"{place.collection}: " if place.collection else ""
            print(_dim(f"   also: {base}{place_of(place.path, place.page, place.place)}", styled))


FORMS = ("text", "markdown", "html")


def _explained(hit: Hit) -> str:
    """Each stage's score and rank, and what was put together."""
    stages = [
        f"{name} {score:.4f} (rank {hit.ranks[name]})" if hit.ranks.get(name) else f"{name} {score:.4f}"
        for name, score in hit.scores.items()
        if score is not None
    ]
    missing = [f"{name} -" for name in ("dense", "lexical") if hit.scores.get(name) is None]
    merged = f", chunks {', '.join(map(str, hit.chunk_ids))}" if len(hit.chunk_ids) > 1 else ""
    if hit.hop:
        merged += f"; by way of “{hit.hop[1]}” in hit {hit.hop[0]}"
    rank = hit.ranks.get("final") or hit.ranks.get("fused")
    return f"score {hit.score:.4f} (rank {rank}): {', '.join([*stages, *missing])}{merged}"


def explained(hits: Sequence[Hit]) -> list[str]:
    """A line for each passage that an answer was made from."""
    return [
        f"{hit.rank}. {place_of(hit.path, hit.page, hit.place)}  (hit {hit.chunk_id})  {_explained(hit)}"
        for hit in hits
    ]


def print_answer(answer: Answer, as_json: bool, no_color: bool = False, form: str = "text") -> None:
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
        shown = " ".join(f"[{link(_cited(c), c.path, c.page, styled)}]" for c in places)
        mark = "" if sentence.proved else " (not proved)"
        print(f"{sentence.text}{mark} {_dim(shown, styled)}".rstrip())
    if answer.style == "generate" and answer.citations:
        print()
        for citation in answer.citations:
            print(_dim(f"[{_cited(citation)}] “{citation.quote}”", styled))
    for figure, number in {(c.figure, c.chunk_id): None for c in answer.citations if c.figure}:
        say(f"see {figure}: rag show {number} --png figure.png")


def _cited(citation: Citation) -> str:
    """The place of a citation, and that it was corrected when the quote stands on another page than was thought."""
    place = place_of(citation.path, citation.page, citation.place)
    corrected = "page corrected" if citation.match == "elsewhere" else None
    read = "read by OCR" if citation.method == "ocr" else None
    return ", ".join(part for part in (place, corrected, citation.figure, read) if part)


def save_answer(answer: Answer, opened: "Collection | Several", file: Path) -> None:
    """Keep an answer with its proof, as HTML with a picture of each cited page, or as Markdown, by the file's ending."""
    from ragcli.answering.html import answer_as_html
    from ragcli.answering.markdown import answer_as_markdown
    from ragcli.errors import RagError, UsageError

    def snapshot(citation: Citation) -> bytes | None:
        if citation.page is None:
            return None
        try:
            boxes = (citation.bbox,) if citation.bbox else ()
            return opened.draw(citation.path, citation.page, boxes, quote=citation.quote).png
        except RagError as error:  # the file is gone, or has no pages to draw: the quote stands without its picture
            say(str(error))
            return None

    if file.suffix.lower() not in (".md", ".html"):
        raise UsageError(f"--save {file} is of no known kind", "end it in .md or .html")
    text = answer_as_html(answer, snapshot) if file.suffix.lower() == ".html" else answer_as_markdown(answer)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} can't be written ({error.strerror})", "name another file") from error
    say(f"saved: {shown_path(str(file))}")


def print_prompt(answer: Answer, base_url: str | None, as_json: bool) -> None:
    """`--dry-run`: what a model would be given, and where that would go."""
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
        "usage": dict(answer.usage),
        "seconds": dict(answer.seconds),
        "cached": answer.cached,
    }


def _in_runs(failures: Sequence[Failure]) -> list[tuple[Failure, int | None]]:
    """Failures, those of pages that follow each other for one reason as one with its last page: a book is a line."""
    runs: list[tuple[Failure, int | None]] = []
    for failure in failures:
        if runs and failure.page is not None:
            first, last = runs[-1]
            if last is not None and replace(first, page=last + 1) == failure:
                runs[-1] = (first, failure.page)
                continue
        runs.append((failure, failure.page))
    return runs


def print_report(report: Report, as_json: bool, quiet: bool) -> None:
    if as_json:
        print_json(report)
    else:
        for failure, last in _in_runs(report.failed):
            pages = f" p.{failure.page}" + (f"-{last}" if last != failure.page else "") if failure.page else ""
            say(f"  {shown_path(failure.path)}{pages}: {failure.reason} ({failure.kind})")
        say(*report.notes, quiet=quiet)
        rate = (
            f", {report.pages / report.seconds['total']:.0f} pages/s"
            if report.pages and report.seconds["total"]
            else ""
        )
        if not quiet:
            print(
                f"{report.new} new, {report.updated} updated, {report.unchanged} unchanged, {report.removed} removed,"
                f" {len(report.failed)} failed: {report.documents} documents, {report.chunks} chunks"
                f" ({report.pages} pages read in {report.seconds['total']:.1f} s{rate})"
            )


def print_table(head: Sequence[str], rows: Sequence[Sequence[Any]], no_color: bool = False) -> None:
    """Aligned columns on a terminal, tab-separated values in a pipe."""
    if not sys.stdout.isatty():
        for row in rows:
            print("\t".join("" if cell is None else str(cell) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold" if is_styled(no_color) else "")
    for name in head:
        table.add_column(name)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(no_color=not is_styled(no_color)).print(table)


def print_columns(head: Sequence[str], rows: Sequence[Sequence[str]], no_color: bool = False) -> None:
    """A table on a terminal; in a pipe the same columns in plain text, for people to read there too."""
    if sys.stdout.isatty():
        print_table(head, rows, no_color)
        return
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    for row in [head, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _marked(hit: Hit, question: str, styled: bool) -> str:
    text, spans = snippet(hit.text, question, hit.language)
    if not styled:
        return text
    for start, end in reversed(spans):
        text = f"{text[:start]}\033[1;33m{text[start:end]}\033[0m{text[end:]}"
    return text


def _bold(text: str, styled: bool) -> str:
    return f"\033[1m{text}\033[0m" if styled else text


def _dim(text: str, styled: bool) -> str:
    return f"\033[2m{text}\033[0m" if styled and text else text

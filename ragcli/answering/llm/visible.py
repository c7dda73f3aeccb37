"""What of a model's output is shown: no thoughts, no control strings, no citations of its own, no terminal escapes."""

import re
from collections.abc import Iterable, Iterator, Sequence

_THINK, _THOUGHT = ("<think>", "<thinking>"), ("</think>", "</thinking>")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Sources as models name them: [1], [2, 3], [^1], 【1†x】, [Source 1], (source 2), [report.pdf p.3]. But [1](http://…) is a link,
# and a[1] = 3 sets something.
_GAP = r"[^\S\n]{0,2}"
_NUMBERS = rf"\d{{1,3}}(?:{_GAP}[,;–-]{_GAP}\d{{1,3}}){{0,7}}"
_SOURCE = rf"(?:sources?|quellen?|fuentes?|fonti|fonte){_GAP}:?{_GAP}{_NUMBERS}"
_FILE = r"[^\[\]\n]{1,120}\.(?:pdf|docx|pptx|xlsx|html?|md|txt|epub|csv)(?:(?:[,:]|[^\S\n])[^\[\]\n]{1,40})?"
_CITATION = re.compile(
    rf"[^\S\n]?(?:\[(?:\^?{_NUMBERS}|{_SOURCE}|(?:doc|document|passage){_GAP}{_NUMBERS}|{_FILE})\](?!\(|{_GAP}[-+*/%]?=)"
    rf"|\({_SOURCE}\)|【{_NUMBERS}[^】\n]{{0,40}}】)",
    re.IGNORECASE,
)
# The end of a text that the next characters may make one of these, or keep from being one.
_OPEN_CITATION = re.compile(
    rf"[^\S\n]?(?:\[[^\[\]\n]{{0,170}}(?:\]{_GAP}[-+*/%]?)?|\([a-z]{{0,8}}(?:[^\S\n]|[:\d,;–-]){{0,64}}|【[^】\n]{{0,100}})?\Z",
    re.IGNORECASE,
)


def printable(text: str) -> str:
    """`text` without control characters: a document or a model must not steer the terminal."""
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


def visible(pieces: Iterable[str], stops: Sequence[str]) -> Iterator[str]:
    """Filter a stream; what comes out does not depend on how it was cut into pieces.

    A `<think>` or `<thinking>` block is dropped, the first of `stops` ends the text, and
    [1] is removed, in whichever form: sources are numbered by us, a model numbers them wrongly.
    """
    waiting, hidden = "", False
    for piece in until(pieces, stops):
        waiting += piece
        while True:
            found = [(at, mark) for mark in (_THOUGHT if hidden else _THINK) if (at := waiting.find(mark)) >= 0]
            if not found:
                break
            at, mark = min(found)
            if not hidden and (shown := _cleaned(waiting, at)):
                yield shown
            waiting, hidden = waiting[at + len(mark) :], not hidden
        if hidden:
            waiting = waiting[-len(_THOUGHT[1]) :]
            continue
        kept = min(_held_back(waiting, _THINK), _open_citation(waiting))
        if shown := _cleaned(waiting, kept):
            yield shown
        waiting = waiting[kept:]
    if not hidden and (shown := _cleaned(waiting, len(waiting))):
        yield shown


def until(pieces: Iterable[str], stops: Sequence[str]) -> Iterator[str]:
    """The stream up to the first of `stops`."""
    waiting = ""
    for piece in pieces:
        waiting += piece
        found = [at for stop in stops if (at := waiting.find(stop)) >= 0]
        if found:
            yield waiting[: min(found)]
            return
        kept = _held_back(waiting, stops)
        if waiting[:kept]:
            yield waiting[:kept]
        waiting = waiting[kept:]
    if waiting:
        yield waiting


def _held_back(text: str, marks: Sequence[str]) -> int:
    """Index from which `text` may be the beginning of one of `marks`; its length when it is not."""
    longest = max((len(mark) for mark in marks), default=1) - 1
    for at in range(max(0, len(text) - longest), len(text)):
        if any(mark.startswith(text[at:]) for mark in marks):
            return at
    return len(text)


def _open_citation(text: str) -> int:
    found = _OPEN_CITATION.search(text)
    return found.start() if found else len(text)


def _cleaned(text: str, end: int) -> str:
    """What is shown of `text` up to `end`; what follows tells a citation from the text of a link."""
    kept, at = "", 0
    for found in _CITATION.finditer(text):
        if found.end() <= end:
            kept, at = kept + text[at : found.start()], found.end()
    return printable(kept + text[at:end])

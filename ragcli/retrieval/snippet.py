"""The part of a passage that shows why it was found."""

import re

from ragcli.storage.terms import terms

_WORD = re.compile(r"\w+")


def snippet(text: str, question: str, language: str | None, width: int = 320) -> tuple[str, list[tuple[int, int]]]:
    """Return a piece of about `width` characters with most words of the question, and where in it they stand.

    White space is collapsed, cuts are marked with `…`, words are compared as the lexical index compares them.
    """
    flat = " ".join(text.split())
    wanted = set(terms(question, language))
    words = (match for match in _WORD.finditer(flat) if len(match[0]) > 2 or match[0].isdigit())  # not "de", "of"
    found = [match.span() for match in words if wanted & set(terms(match[0], language))]
    start = 0
    if len(flat) > width and found:

        def distinct(first: int) -> int:
            return len({flat[a:b].lower() for a, b in found if first <= a and b <= first + width})

        best = max((a for a, _ in found), key=lambda a: (distinct(max(0, a - 40)), -a))
        start = max(0, min(best - 40, len(flat) - width))
        start = flat.find(" ", start) + 1 if start else 0
    end = len(flat) if len(flat) - start <= width else flat.rfind(" ", start, start + width)
    end = end if end > start else start + width
    before, after = "… " if start else "", " …" if end < len(flat) else ""
    spans = [(a - start + len(before), b - start + len(before)) for a, b in found if a >= start and b <= end]
    return f"{before}{flat[start:end]}{after}", spans

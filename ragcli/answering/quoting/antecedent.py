"""A sentence that begins with a pronoun is quoted with the one before: `It was founded in 1998` does not say what was.

So is one in brackets, which says something of what stands before them: `(This list is for beginners.)`
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ragcli.answering.sources import ENDS, Source

_MOST = 400  # characters of both
_ASIDE = re.compile(r"[(（][^()（）]+[)）]\.?")
# In English, French and German; not `It is likely that`, `Il faut`, `Sie können`.
_PRONOUN = re.compile(
    r"(?:It|Its|He|His|She|Her|They|Their|Ils?|Elles?|Son|Sa|Ses|Leurs?|C(?:elui|elle|eux|elles)-ci|Er|Sie|Seine?|Ihre?)\s+"
    r"(?!(?:is|was|seems|appears|(?:should|must) be) (?:\w+ ){1,2}(?:that|to|for)\b|follows\b"
    r"|est (?:\w+ ){1,2}(?:de|que|à)\b|(?:faut|convient|importe|suffit|existe|reste|s['’]agit|y a)\b"
    r"|(?:können|müssen|sollten|dürfen|haben)\b)"
)


def with_antecedent(source: Source, everything: Sequence[Source]) -> Source:
    """A sentence with the one before in its paragraph, should it lean on it: by its first pronoun, or as an aside."""
    unit = source.unit
    at = everything.index(source) if source in everything else 0
    leans = _PRONOUN.match(unit.text) or _ASIDE.fullmatch(unit.text)
    if not at or unit.kind != "sentence" or not leans:
        return source
    before = everything[at - 1]
    gap = unit.start - before.unit.end
    is_beside = before.hit == source.hit and before.unit.kind == "sentence" and gap <= 1
    if not is_beside or not ENDS.search(before.unit.text) or unit.end - before.unit.start > _MOST:
        return source
    return replace(source, unit=replace(unit, text=f"{before.unit.text} {unit.text}", start=before.unit.start))

"""What a generated text asserts, sentence by sentence: that which is shown is that which is proved."""

import re
from collections.abc import Iterator

from ragcli.chunking.sentences import Unit, split

_RULE = re.compile(r"\s*\|[ \t]*:?-+")


def asserted(text: str, language: str | None) -> Iterator[tuple[Unit, str]]:
    """Each sentence, and what of it must be proved: of a row of a table its cells under their heads.

    The heads alone assert nothing.
    """
    for unit in split(text, language):
        if unit.kind != "row":
            yield unit, unit.text
        elif not _RULE.match(text, unit.end):
            yield unit, unit.readable

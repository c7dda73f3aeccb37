"""One normal form for a quote and for the page it should stand on, with the way back to the raw characters."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ragcli.letters import MARKS

_DASHES = "‐‑‒–—―−﹣－"
_SINGLE_QUOTES = "‘’‚‛′ʼ`´"
_DOUBLE_QUOTES = "“”„‟″«»"
_SAME = str.maketrans(
    dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SINGLE_QUOTES, "'") | dict.fromkeys(_DOUBLE_QUOTES, '"')
)

# A soft hyphen at a line end says that the word goes on, and is looked at with the other hyphens.
_INVISIBLE = re.compile(
    r"(?<![^\W\d_])\xad|\xad(?![^\S\n]*\n\s*[^\W\d_])"
    r"|[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1b\x7f]"
)
# Hyphenation joins letters only: joined digits would make one number of "1990-" and "1995".
_PIECE = re.compile(
    r"""(?P<hyphenation>(?<=[^\W\d_])[-‐‑\xad]+[^\S\n]*\n\s*(?=[^\W\d_]))
      | (?P<inner_space>\s+(?=[;:!?%»])|(?<=«)\s+)
      | (?P<space>\s+)
      | (?P<ascii>(?:(?:[!-,.-_a-~]|-(?!\s*\n))(?![\u0300-\u036f]))+)
      | (?P<other>.[MARKS]*)""".replace("MARKS", MARKS),
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text` in normal form; character i of it comes from `raw[offsets[i]]`."""

    text: str
    offsets: tuple[int, ...]
    raw: str

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw characters behind `text[start:end]`, which is not empty, without white space at the end."""
        first = self.offsets[start]
        last = self.offsets[end] if end < len(self.offsets) else len(self.raw)
        last = max(last, self.offsets[end - 1] + 1)  # a cut ligature counts whole
        return first, first + len(self.raw[first:last].rstrip())

    def without_hyphens(self) -> "Normalised":
        """The same without hyphens between letters: the true ones look like those that a line end brought."""
        kept = [i for i, character in enumerate(self.text) if not (character == "-" and self._between_letters(i))]
        return Normalised("".join(self.text[i] for i in kept), tuple(self.offsets[i] for i in kept), self.raw)

    def _between_letters(self, at: int) -> bool:
        return self.text[at - 1 : at].isalpha() and self.text[at + 1 : at + 2].isalpha()


def normalise(raw: str, *, fold_case: bool = True) -> Normalised:
    """Undo what layout, fonts and typing do to a text, and nothing that changes what it says.

    Ligatures, accents and no-break spaces become their plain form (NFKC), soft and invisible characters go, words
    hyphenated at a line end are joined, quotes and dashes become ASCII, white space becomes one space and none before
    `;:!?%»`, letters lower case. Superscripts and fractions stay as they are: 10² is not 102.
    """
    kept = raw
    origins: Sequence[int] = range(len(raw))
    if unseen := {found.start() for found in _INVISIBLE.finditer(raw)}:
        origins = [at for at in origins if at not in unseen]
        kept = "".join(raw[at] for at in origins)
    parts: list[str] = []
    offsets: list[int] = []
    for piece in _PIECE.finditer(kept):
        start = piece.start()
        match piece.lastgroup:
            case "ascii":
                parts.append(piece[0].lower() if fold_case else piece[0])
                offsets.extend(range(start, piece.end()))
            case "space":
                if offsets and parts[-1] != " ":
                    parts.append(" ")
                    offsets.append(start)
            case "other":
                plain = _plain(piece[0], fold_case)
                if plain == " " and (not parts or parts[-1] == " "):
                    continue
                parts.append(plain)
                offsets.extend([start] * len(plain))
    if parts and parts[-1] == " ":
        parts.pop()
        offsets.pop()
    return Normalised("".join(parts), tuple(origins[at] for at in offsets), raw)


def _plain(cluster: str, fold_case: bool) -> str:
    if unicodedata.category(cluster[0]) == "No":
        return cluster
    plain = unicodedata.normalize("NFKC", cluster.translate(_SAME)).translate(_SAME)
    if not fold_case:
        return plain
    return unicodedata.normalize("NFKC", plain.casefold())

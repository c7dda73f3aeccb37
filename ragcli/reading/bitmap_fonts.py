"""Letters of TeX's bitmap fonts that Ghostscript maps to Zapf Dingbats: `❡` for e, whose name in the font is `a101`.

That number is the letter's code in TeX's font, and what MuPDF reads where there is no map. Many a thesis is set so.
"""

import contextlib
import re
from typing import Any

from ragcli.reading.glyph_names import names_of_letters

_MAKER = "Ghostscript"
_LOOKED_AT = 3  # pages, of which one has letters of such a font if any has
_DINGBAT = re.compile(rb"<27[0-9A-Fa-f]{2}>")


def forget_wrong_maps(document: Any) -> None:
    """Take such maps out of an open pymupdf.Document, before its fonts are loaded; the file stays as it is."""
    if not document.is_pdf or _MAKER not in str((document.metadata or {}).get("producer")):
        return
    with contextlib.suppress(Exception):  # of a damaged file MuPDF shows what it can all the same
        pages = range(min(_LOOKED_AT, document.page_count))
        fonts = {xref for page in pages for xref, _, kind, *_ in document.get_page_fonts(page) if kind == "Type3"}
        if any(_is_wrong(document, xref) for xref in fonts):
            for xref in range(1, document.xref_length()):
                if document.xref_get_key(xref, "Subtype")[1] == "/Type3" and _is_wrong(document, xref):
                    document.xref_set_key(xref, "ToUnicode", "null")


def _is_wrong(document: Any, xref: int) -> bool:
    """Whether a font names all its letters by their codes, and maps some to dingbats."""
    kind, value = document.xref_get_key(xref, "ToUnicode")
    names = names_of_letters(document, xref)
    if kind != "xref" or not names or any(name != f"a{code}" for code, name in names.items()):
        return False
    return _DINGBAT.search(document.xref_stream(int(value.split()[0]))) is not None

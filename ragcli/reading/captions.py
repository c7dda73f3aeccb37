"""What the caption of a figure, a table or a listing begins with."""

import re

CAPTION = re.compile(
    r"(?:supplementary |extended data )?"
    r"(?:figure|fig\.?|table|tab\.|tableau|schéma|graphique|graph\.|algorithme?|listing|encadré|chart|exhibit|abbildung"
    r"|tabelle|box)"
    r" ?(?:n° ?)?(?:[A-Z]?\.?\d+(?:[.\-–]\d+)*[a-z]?|[IVX]+)\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_TABLES = re.compile(r"tab|listing|algorithm|encadr|box|exhibit", re.IGNORECASE)


def is_figure_caption(text: str) -> bool:
    """Tell whether a caption is a figure's, and not a table's."""
    return CAPTION.match(text) is not None and _TABLES.match(text) is None


def is_label(text: str) -> bool:
    """Tell whether a caption is nothing but its label: `Table 1`, whose words stand below."""
    found = CAPTION.match(text)
    return found is not None and not found["rest"].strip(" .:–—-|")

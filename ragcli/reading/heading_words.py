"""The words that headings begin with, or are: parts of laws and books, and the sections that every paper has."""

import re

NAMED_DEPTH = {
    **dict.fromkeys(["livre", "book", "part", "partie", "teil", "titre", "title", "título", "titolo"], 1),
    **dict.fromkeys(["annexe", "annex", "appendix", "appendice", "anhang"], 1),
    **dict.fromkeys(["chapter", "chapitre", "kapitel", "capítulo", "capitolo"], 2),
    **dict.fromkeys(["section", "sección", "sezione", "abschnitt", "item"], 3),
    **dict.fromkeys(["note", "article", "articles", "art.", "artikel", "artículo", "articolo"], 4),
}
NAMED = re.compile(
    rf"(?P<word>{'|'.join(map(re.escape, NAMED_DEPTH))})"
    r"\s+(?P<number>\d{1,4}(?:[.\-]\d{1,3})*(?:er|bis|ter|[A-Z])?|[IVXL]{1,6}|Ier|[Pp]remier|[Pp]remière|[A-Z]"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)
KNOWN = frozenset((
    "abstract", "summary", "executive summary", "introduction", "background", "related work",
    "statement of need", "methods", "materials and methods", "methodology", "results", "results and discussion",
    "conclusion", "conclusions", "conclusions and future work", "discussion", "references", "bibliography",
    "appendix", "appendices", "contents", "acknowledgements", "acknowledgments", "acknowledgement",
    "table of contents", "table des matières", "preamble", "méthodes", "matériel et méthodes", "résultats",
    "résultats et discussion", "résumé", "sommaire", "préambule", "bibliographie", "remerciements",
    "références", "annexes", "zusammenfassung", "einleitung", "literatur", "literaturverzeichnis", "resumen",
    "introducción", "referencias", "bibliografía",
))  # fmt: skip

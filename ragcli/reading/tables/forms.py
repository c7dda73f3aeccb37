"""Tables of labels and what they are, without heads: forms, data sheets, descriptions, covers of reports."""

from collections.abc import Iterable, Mapping, Sequence

from ragcli.reading.tables.cells import Cell, is_figure, is_quantity

LONGEST_HEAD = 80  # characters, more than which no head of a column has
_MOST = 0.8  # of a table's rows
_FEWEST_LABELS = 4  # of a table that nothing but its words tells to be one of labels
_FEWEST_OF_KIND = 2  # figures, and words, beside them
# What heads a column of labels or of what they are, in a table of any subject.
_WORDS_OF_COLUMNS = """
    value values description meaning definition contents details amount number price result results comment comments
    notes remarks answer total parameter item feature property field attribute characteristic term category metric
    setting wert werte beschreibung bedeutung erläuterung inhalt angabe angaben betrag anzahl bemerkung ergebnis
    merkmal eigenschaft begriff feld kategorie preis valeur valeurs signification définition contenu montant nombre
    détail prix remarques résultat réponse paramètre caractéristique champ rubrique désignation
"""
_COLUMN_NAMES = frozenset(_WORDS_OF_COLUMNS.split())


def is_form(cells: Iterable[Cell]) -> bool:
    """Whether rows hold labels and what they are, `Make: | Piper | Seats: | 4`: then none heads columns.

    Labels end in a colon; or look otherwise than what they are, in the first row as in the others, while heads look alike; or
    what they are is of several kinds. A title may stand over them. What stands beside a label in the second of two columns,
    and is too long for a head, says what it is as well.
    """
    rows: dict[int, dict[int, Cell]] = {}
    for cell in cells:
        if cell.text:
            rows.setdefault(cell.row, {})[cell.column] = cell
    said = [rows[row] for row in sorted(rows)]
    if said and len(said[0]) == 1 and not any(cell.text.endswith(":") for cell in said[0].values()):
        said = said[1:] if 0 in said[0] else []
    return _has_colons(said) or _is_set_as_form(said) or _says_several_kinds(said)


def _has_colons(said: Sequence[Mapping[int, Cell]]) -> bool:
    first = [_said(said[0], column) for column in (0, 1)] if len(said) > 1 else ["", ""]
    if set().union(*said) == {0, 1} and len(first[1]) > LONGEST_HEAD >= len(first[0]):
        return True
    labels = [row[0].text.endswith(":") for row in said if 0 in row]
    if len(labels) < 2 or not first[0].endswith(":") or 2 * sum(labels) <= len(labels):
        return False
    # `Item: | 2023: | 2024:` heads columns of something else; what labels stand in columns of labels may not be filled in.
    return not all(cell.text.endswith(":") for cell in said[0].values()) or all(
        2 * sum(label.endswith(":") for label in labels) > len(labels)
        for labels in ([row[column].text for row in said if column in row] for column in said[0])
    )


def _said(row: Mapping[int, Cell], column: int) -> str:
    return row[column].text if column in row else ""


def _is_set_as_form(said: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether what stands beside labels looks as none of them does, in the first row as in the others."""
    rows = [list(row.values()) for row in said if len(row) > 1]
    if len(rows) < 2 or any(cell.look is None for row in rows for cell in row):
        return False
    labels = {row[0].look for row in rows}
    told = [row[0].column == 0 and any(cell.look not in labels for cell in row) for row in rows]
    if not told[0] or sum(told) < _MOST * len(told):
        return False
    return not any(_heads_column(cell, rows[1:], len(rows[0]) > 2) for cell in rows[0][1:])


def _heads_column(head: Cell, rows: Sequence[Sequence[Cell]], is_one_of_several: bool) -> bool:
    """Whether a cell of the first row says what its column is: by its word, or as one of several, above nothing or figures."""
    if _names_column(head.text):
        return True
    below = [cell.text for row in rows for cell in row if cell.column == head.column]
    return is_one_of_several and (
        not below or (not is_quantity(head.text) and 2 * sum(map(is_quantity, below)) > len(rows))
    )


def _names_column(text: str) -> bool:
    return text.strip(" .").casefold() in _COLUMN_NAMES


def _says_several_kinds(said: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether two columns hold labels and what they are by that alone: figures and words, and a first row like the others."""
    rows = [(row[0], row[1]) for row in said if row.keys() == {0, 1}]
    if len(rows) < max(_FEWEST_LABELS, _MOST * len(said)) or said[0].keys() != {0, 1} or rows[0][0].look is None:
        return False
    is_set_apart = all(rows[0][column].look not in {row[column].look for row in rows[1:]} for column in (0, 1))
    labels, values = ([row[column].text for row in rows] for column in (0, 1))
    if is_set_apart or _names_column(labels[0]) or _names_column(values[0]):
        return False
    if len(set(labels)) < len(labels) or any(is_figure(text) or len(text) > LONGEST_HEAD for text in labels):
        return False
    if all(map(str.isupper, labels)) and not values[0].isupper():  # short forms, and what they are short for
        return True
    figures = sum(map(is_quantity, values))
    return min(figures, len(values) - figures) >= _FEWEST_OF_KIND

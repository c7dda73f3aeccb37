"""How the cells of a table on a web page are set."""

from selectolax.lexbor import LexborNode

from ragcli.reading.tables.cells import Look


def look_of(cell: LexborNode) -> Look:
    """How a cell is set by its tags and its own style: a head, bold, shaded. Style sheets are not read."""
    said = cell.text().strip()
    is_bold = any(bold.text().strip() == said for bold in cell.css("b, strong")) if said else False
    style = cell.attributes.get("style") or ""
    is_shaded = "bgcolor" in cell.attributes or "background" in style
    return cell.tag == "th", is_bold or "bold" in style, is_shaded

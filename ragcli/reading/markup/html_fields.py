"""What is set in the fields of a form, of a web page or a book: a box, ticked or not, and what is chosen from a list."""

from selectolax.lexbor import LexborNode

FIELDS = frozenset(("input", "select"))
_AROUND = frozenset(("label", "span", "b", "strong", "em", "i", "font", "small", "div"))
_ENTRIES = frozenset(("form", "fieldset", "li", "td", "th", "p", "dt", "dd"))
_SET = "input[type=checkbox i][checked], input[type=radio i][checked], option[selected]"
_SEARCH = "input[type=search i]"


def what_is_set(field: LexborNode) -> str:
    """A box to tick as `☒` or `☐`, of a list what is chosen, of all else nothing.

    Outside of forms, lists, tables and paragraphs a box is no question: pages fold menus and turn tabs by such ones.
    """
    if "role" in field.attributes or not _is_entry(field):
        return ""
    if field.tag == "select":
        return " ".join(option.text() for option in field.css("option[selected]"))
    if (field.attributes.get("type") or "").lower() not in ("checkbox", "radio"):
        return ""
    return " ☒ " if "checked" in field.attributes else " ☐ "


def is_filled(form: LexborNode) -> bool:
    """Whether somebody has ticked or chosen something in a form; else it is one to search, to write or to subscribe."""
    return form.css_first(_SET) is not None and form.css_first(_SEARCH) is None


def _is_entry(field: LexborNode) -> bool:
    around = field.parent
    while around is not None and around.tag in _AROUND:
        around = around.parent
    return around is not None and around.tag in _ENTRIES

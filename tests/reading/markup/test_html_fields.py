"""Boxes to tick and lists to choose from, on web pages and in books: as they are set."""

from pathlib import Path

from ragcli.reading.markup.html import read_html
from ragcli.settings import Reading
from tests.reading.markup.test_elements import shown

PAGE = """<html><body><form role=search><input type=search><input type=checkbox checked> This site</form>
<form><input name=mail> <label><input type=checkbox> Write to me</label></form>
<h1>Boats</h1><p>Each boat that lies in the harbour of Marrec over winter has a sheet of its own, and this is one.</p>
<form><p><label><input type=radio name=a> Rented</label> <label><input type="RADIO" name=a checked> Owned</label></p>
Colour: <select><option>red<option selected>blue</select><br><br><input type=text value=x> <input type=submit value=Go>
</form></body></html>"""


def test_a_filled_form_says_what_is_set_in_it(tmp_path: Path) -> None:
    file = tmp_path / "boat.html"
    file.write_text(PAGE)
    texts = [block.text for block in read_html(file, Reading()).pages[0].blocks]
    assert texts[0] == "Boats"
    assert texts[2:] == ["☐ Rented ☒ Owned", "Colour: blue"]


def test_boxes_in_lists_and_tables() -> None:
    source = """<ul><li><input type=checkbox checked disabled> caulked<li><label><input type=checkbox>tarred</label></ul>
    <table><tr><th>Mast<th>Keel</tr><tr><td><input type="checkbox" checked="checked"/><td><input type=checkbox></tr></table>"""
    assert shown(source) == [
        ("list", "- ☒ caulked\n- ☐ tarred"),
        ("table", "| Mast | Keel |\n| --- | --- |\n| ☒ | ☐ |"),
    ]


def test_what_folds_menus_and_turns_tabs_is_no_question() -> None:
    source = """<div class=tabs><input type=radio checked id=a><label for=a>pip</label><div>pip install oar</div></div>
    <p><input type=checkbox role=button><input type=checkbox style="display:none"><input type=hidden value=1>Rowing.</p>"""
    assert [text for _, text in shown(source)] == ["pip", "pip install oar", "Rowing."]

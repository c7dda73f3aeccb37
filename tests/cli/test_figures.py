"""A question can find a figure, and an answer from one names it."""

import json
from pathlib import Path

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from tests.cli.test_commands import rag


def test_a_figure_is_found_named_and_drawn(home: Path, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 80), "Gauges of the Tressaune", fontsize=18)
    page.insert_text((72, 120), "The yearly report of the river authority describes all gauges and their keepers.")
    for n in range(12):
        page.draw_rect((100 + 20 * n, 300 - n * n, 114 + 20 * n, 320), fill=(0.1, 0.4, 0.6))
    page.insert_text((100, 340), "Figure 1: The frazil ice at Larmont reached 41 centimetres in January.")
    document.save(tmp_path / "report.pdf")
    assert rag("ingest", "report.pdf").returncode == 0
    found = json.loads(rag("query", "frazil ice", "--where", "kind=figure", "--json").stdout)["hits"]
    assert [(hit["kind"], hit["page"]) for hit in found] == [("figure", 1)]
    assert found[0]["bbox"][1] < 200  # the drawing, not its caption alone
    asked = rag("ask", "How many centimetres did the frazil ice at Larmont reach?")
    assert "41 centimetres" in asked.stdout
    assert "report.pdf p.1, Figure 1]" in asked.stdout
    assert f"see Figure 1: rag show {found[0]['chunk_id']} -c default --png figure.png" in asked.stderr
    assert rag("show", str(found[0]["chunk_id"]), "--png", "figure.png").returncode == 0

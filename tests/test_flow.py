"""The house shows the flow: a folder imports from those above it only."""

import ast
from pathlib import Path

FLOW = [
    "telemetry", "__init__", "errors", "records", "settings", "config", "config_edit", "endpoint", "hub", "memory", "reading",
    "chunking", "embedding", "storage", "retrieval", "answering", "evaluation", "inventory", "collection", "conversation",
    "doctor",
    "cli", "__main__",
]  # fmt: skip
PACKAGE = Path(__file__).parent.parent / "ragcli"


def test_data_flows_one_way() -> None:
    for file in PACKAGE.rglob("*.py"):
        here = file.relative_to(PACKAGE).with_suffix("").parts[0]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ragcli."):
                there = str(node.module).split(".")[1]
                assert FLOW.index(there) <= FLOW.index(here), f"{file}:{node.lineno} imports {there}"


def test_no_file_is_two_ideas() -> None:
    long = {str(file): lines for file in PACKAGE.rglob("*.py") if (lines := len(file.read_text().splitlines())) > 450}
    assert not long

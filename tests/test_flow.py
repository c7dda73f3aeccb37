"""The house shows the flow: a folder imports from those above it only."""

import ast
from collections.abc import Container, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

FLOW = [
    "telemetry", "__init__", "letters", "errors", "records", "shown", "settings", "clock", "threads", "counted", "disk",
    "yaml_text", "config", "config_edit", "endpoint", "hub", "memory", "reading", "chunking", "embedding", "storage",
    "retrieval", "answering", "evaluation", "inventory", "collection", "conversation", "doctor", "cli", "__main__",
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
    """What people call from Python is one list, with a docstring for each."""
    lines = {str(file.relative_to(PACKAGE)): len(file.read_text().splitlines()) for file in PACKAGE.rglob("*.py")}
    assert lines.pop("collection/__init__.py") <= 450
    assert not {file: count for file, count in lines.items() if count > 400}


def test_no_imports_go_in_a_circle() -> None:
    """Within functions neither; what stands under TYPE_CHECKING is never loaded."""
    graph = _imports()
    TopologicalSorter(graph).prepare()  # raises CycleError
    rooms: dict[str, set[str]] = {}
    for name, others in graph.items():
        rooms.setdefault(_room(name), set()).update(_room(other) for other in others if _room(other) != _room(name))
    TopologicalSorter(rooms).prepare()


def _imports() -> dict[str, set[str]]:
    """Of each file those that it imports."""
    files = {_name(file): file for file in PACKAGE.rglob("*.py")}
    return {
        name: {known for each in _imported(file) if (known := _file_of(each, files))} for name, file in files.items()
    }


def _room(name: str) -> str:
    """The folder within a folder that a file stands in, else the file."""
    return ".".join(name.split(".")[:3])


def _name(file: Path) -> str:
    return ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def _imported(file: Path) -> Iterator[str]:
    """What a file takes from where, as "module.name"."""
    waiting: list[ast.AST] = [ast.parse(file.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            waiting += ast.iter_child_nodes(node)


def _file_of(imported: str, known: Container[str]) -> str | None:
    """A name may be a file of a folder, or stand in a file."""
    return next((name for name in (imported, imported.rpartition(".")[0]) if name in known), None)

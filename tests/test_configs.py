"""Every preset that users copy is valid."""

from pathlib import Path

import pytest

from ragcli.config import load

PRESETS = sorted((Path(__file__).parent.parent / "configs").glob("*.yaml"))


@pytest.mark.parametrize("preset", PRESETS, ids=lambda path: path.stem)
def test_a_preset_is_valid(preset: Path, home: Path) -> None:
    assert load(file=preset).origins


def test_there_are_presets() -> None:
    assert {"default", "multilingual", "gpu"} <= {path.stem for path in PRESETS}

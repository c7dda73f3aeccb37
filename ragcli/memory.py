"""How much memory is left for this process."""

from pathlib import Path

import psutil


def available_bytes() -> int:
    """What may still be taken without swapping: the machine's, or less where a container has a limit."""
    left = int(psutil.virtual_memory().available)
    for limit, used in (
        ("memory.max", "memory.current"),  # cgroups version 2, then 1
        ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
    ):
        folder = Path("/sys/fs/cgroup")
        try:
            most = (folder / limit).read_text().strip()
            if most != "max":
                left = min(left, int(most) - int((folder / used).read_text()) + _cached(folder / Path(limit).parent))
            break
        except (OSError, ValueError):
            continue  # no such limit here
    return max(0, left)


def _cached(folder: Path) -> int:
    """Bytes of files in memory that count as used and are given up when needed."""
    for line in (folder / "memory.stat").read_text().splitlines():
        name, _, value = line.partition(" ")
        if name in ("file", "total_cache"):
            return int(value)
    return 0

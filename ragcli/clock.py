"""Seconds by step."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Clock:
    """Adds up the seconds of each step, however often it is taken."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """What is inside counts, also when it fails."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start

    def told(self) -> dict[str, float]:
        """The seconds of each step and `total`, their sum, to a tenth of a millisecond."""
        return {name: round(taken, 4) for name, taken in (*self.seconds.items(), ("total", sum(self.seconds.values())))}

"""An answer that ends in time: how much can be read and written in the seconds that are left."""

import time
from dataclasses import dataclass

from ragcli.answering.llm.speed import Speed

PLANNED = 0.8  # of the time left: the machine may be busier than when its speed was measured
WRITING = 0.5  # of the planned time at most, so that there is something to write from
LEAST_WRITTEN = 24  # tokens: a short sentence; with less, quotes say more


@dataclass(frozen=True, slots=True)
class Plan:
    """The tokens that a model may read and write."""

    prompt: int
    completion: int


@dataclass(frozen=True, slots=True)
class Budget:
    """When an answer must be there, and how fast the model is known to be.

    `deadline` is on the clock of `time.perf_counter`; `speed` is None where the model was never measured here.
    """

    deadline: float
    speed: Speed | None = None

    def left(self) -> float:
        """Seconds; negative when the time is over."""
        return self.deadline - time.perf_counter()


def plan(seconds: float, speed: Speed, max_tokens: int) -> Plan | None:
    """What fits into `seconds` at that speed; None when the model can't say anything worth reading in them."""
    seconds *= PLANNED
    completion = min(max_tokens, int(seconds * WRITING * speed.generation))
    if completion < min(LEAST_WRITTEN, max_tokens):
        return None
    return Plan(int((seconds - completion / speed.generation) * speed.prompt), completion)

"""Nothing that is loaded here may report itself to anybody: what some libraries do unless they are told not to.

* `import openvino` posts an event to a web analytics service, from a process of its own, and keeps an id in the home. It
  asks no variable; where its package `openvino_telemetry` is missing it does without, so that is made to seem missing.
* ONNX Runtime, from 1.29 on, sends what it runs and on which machine, by sockets of its own that Python does not see.
* Hugging Face's tools count their users.
"""

import os
import sys

OFF = {"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}


def turn_off() -> None:
    """For this process, and by the environment for those that it starts. Must come before the libraries are loaded."""
    os.environ.update(OFF)
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # its guarded import fails cleanly

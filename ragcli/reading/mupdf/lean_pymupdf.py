"""PyMuPDF without its layout model: 0.09 s and 46 MB to import instead of 1.2 s and 150 MB.

`import pymupdf` starts onnxruntime and loads a layout network for its own sake. Nobody else in the package may import
pymupdf directly, for whoever comes first decides: import it from here. A page that needs the layout model can still
load it afterwards.
"""

import importlib
import os
import sys
from typing import Any

# Its messages go to stdout unless told otherwise, and stdout is data.
os.environ.setdefault("PYMUPDF_MESSAGE", "fd:2")
os.environ.setdefault("PYMUPDF_LOG", "fd:2")
os.environ.setdefault("PYMUPDF_SUGGEST_LAYOUT_ANALYZER", "0")

_hidden = [name for name in ("pymupdf.layout", "pymupdf4llm") if name not in sys.modules]
for _name in _hidden:
    sys.modules[_name] = None  # type: ignore[assignment]  # its guarded import fails cleanly

pymupdf: Any = importlib.import_module("pymupdf")  # Any, since half of it has no types

for _name in _hidden:
    del sys.modules[_name]  # a later, wanted `import pymupdf.layout` works


def with_layout() -> None:
    """Load the layout model: 0.8 s and 500 MB, once in a process. From then on pages can be asked for their layout.

    It gets one thread: the pool has a process per core, and more threads cost a third more of the processor for nothing.
    """
    if "pymupdf.layout" in sys.modules:
        return
    onnxruntime: Any = importlib.import_module("onnxruntime")
    make_options = onnxruntime.SessionOptions

    def single_threaded() -> Any:
        options = make_options()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return options

    onnxruntime.SessionOptions = single_threaded
    try:
        importlib.import_module("pymupdf.layout")
    finally:
        onnxruntime.SessionOptions = make_options


pymupdf.TOOLS.mupdf_display_errors(False)  # still collected: TOOLS.mupdf_warnings()
pymupdf.TOOLS.mupdf_display_warnings(False)

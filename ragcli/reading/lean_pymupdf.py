"""PyMuPDF without its layout model: 0.09 s and 46 MB to import instead of 1.2 s and 150 MB.

`import pymupdf` starts onnxruntime and loads a layout network for its own sake. Nobody else in the package may import pymupdf
directly, for whoever comes first decides: import it from here. A page that needs the layout model can still load it afterwards.
"""

import os
import sys

# Its messages go to stdout unless told otherwise, and stdout is data.
os.environ.setdefault("PYMUPDF_MESSAGE", "fd:2")
os.environ.setdefault("PYMUPDF_LOG", "fd:2")
os.environ.setdefault("PYMUPDF_SUGGEST_LAYOUT_ANALYZER", "0")

_BLOCKED = ("pymupdf.layout", "pymupdf4llm")
_newly_blocked = [name for name in _BLOCKED if name not in sys.modules]
for _name in _newly_blocked:
    sys.modules[_name] = None  # type: ignore[assignment]  # its guarded import fails cleanly

import pymupdf  # noqa: E402

for _name in _newly_blocked:
    del sys.modules[_name]  # a later, wanted `import pymupdf.layout` works

pymupdf.TOOLS.mupdf_display_errors(False)  # still collected: TOOLS.mupdf_warnings()
pymupdf.TOOLS.mupdf_display_warnings(False)

__all__ = ["pymupdf"]

"""Stand-ins for the three model servers that marker talks to, on loopback: layout, garbled text, recognition.

The boxes of the layout are those of PyMuPDF's own layout model: real weights, which come in its wheel. Recognition answers
what it was told to: no weights of marker are needed, and none are tested.
"""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ragcli.reading.mupdf.lean_pymupdf import pymupdf, with_layout

LABELS = {  # of PyMuPDF's model -> of marker's
    "text": "Text", "title": "SectionHeader", "section-header": "SectionHeader", "page-header": "PageHeader",
    "page-footer": "PageFooter", "caption": "Caption", "footnote": "Footnote", "list-item": "ListItem",
    "table": "Table", "picture": "Picture", "formula": "Equation",
}  # fmt: skip
_THUMB = (24, 32)


@dataclass
class Services:
    """What is served; `url` and one of layout, ocr_error, vlm make the base URL of a service."""

    url: str
    pdfs: tuple[Path, ...]
    formula: str = "E = mc^2"  # what recognition reads in every picture
    requests: list[str] = field(default_factory=list)

    def layout(self, items: list[str]) -> list[dict[str, Any]]:
        """The boxes of each picture of a page, in its pixels; a request does not say which page it is."""
        return [self._boxes(pymupdf.Pixmap(base64.b64decode(item.rpartition(",")[2]))) for item in items]

    def _boxes(self, picture: Any) -> dict[str, Any]:
        with_layout()
        thumb = _thumb(picture)
        pages = (page for pdf in self.pdfs for page in pymupdf.open(pdf))
        page = min(pages, key=lambda page: _distance(thumb, _thumb(page.get_pixmap())))
        page.get_layout()
        across, down = picture.width / page.rect.width, picture.height / page.rect.height
        boxes = []
        for position, (x0, y0, x1, y1, label) in enumerate(found[:5] for found in page.layout_information):
            left, top, right, bottom = x0 * across, y0 * down, x1 * across, y1 * down
            polygon = [[left, top], [right, top], [right, bottom], [left, bottom]]
            boxes.append({
                "polygon": polygon, "label": LABELS[label], "raw_label": label, "position": position, "confidence": 0.9,
            })  # fmt: skip
        return {"bboxes": boxes, "image_bbox": [0, 0, picture.width, picture.height], "error": False}


def _thumb(picture: Any) -> list[int]:
    """A page in so few pixels that how it was rendered does not matter."""
    grey = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.Pixmap(picture, 0) if picture.alpha else picture)
    return list(pymupdf.Pixmap(grey, *_THUMB, None).samples)


def _distance(one: list[int], other: list[int]) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


@contextmanager
def serving(*pdfs: Path) -> Iterator[Services]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            services.requests.append(self.path)
            if self.path.endswith("/health"):
                self.answer({"status": "ok"})
            else:
                self.answer({"data": [{"id": f"stand-in{self.path.removesuffix('/models').removesuffix('/v1')}"}]})

        def do_POST(self) -> None:
            services.requests.append(self.path)
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path.startswith("/layout"):
                self.answer({"results": services.layout(asked["items"])})
            elif self.path.startswith("/ocr_error"):
                self.answer({"results": [{"label": "good", "score": 0.0} for _ in asked["items"]]})
            else:
                said = f'<p><math display="block">{services.formula}</math></p>'
                choice = {"index": 0, "message": {"role": "assistant", "content": said}, "finish_reason": "stop"}
                usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
                made = {"id": "1", "object": "chat.completion", "created": 1, "model": "stand-in/vlm"}
                self.answer(made | {"choices": [choice], "usage": usage})

        def answer(self, body: object) -> None:
            text = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        services = Services(f"http://127.0.0.1:{listening.server_port}", pdfs)
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield services
        listening.shutdown()

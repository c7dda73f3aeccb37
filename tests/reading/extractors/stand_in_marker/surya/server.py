"""A model server: it says that it is well, and which model it serves; a file `broken` among the weights makes it fail."""

import argparse
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("--host", "--port", "--checkpoint"):
        parser.add_argument(name)
    told = parser.parse_args()
    if (Path(told.checkpoint) / "broken").exists():
        raise SystemExit("the weights are broken")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text = json.dumps({"data": [{"id": told.checkpoint}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *arguments: object) -> None:
            pass

    ThreadingHTTPServer((told.host, int(told.port)), Handler).serve_forever()

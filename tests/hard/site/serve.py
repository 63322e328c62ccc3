"""Serves the pages by two ports: what stands for another site in them is the second."""

from __future__ import annotations

import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _Handler(SimpleHTTPRequestHandler):
    """``{other}`` in a page is the other site's address."""

    def __init__(self, *arguments: object, other: str) -> None:
        self._other = other
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if not self.path.endswith(".html"):
            super().do_GET()
            return
        page = Path(self.translate_path(self.path)).read_text(encoding="utf-8")
        body = page.replace("{other}", self._other).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


second = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, other=""))
threading.Thread(target=second.serve_forever, daemon=True).start()
other = f"http://localhost:{second.server_address[1]}"
with ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), partial(_Handler, other=other)) as first:
    first.serve_forever()

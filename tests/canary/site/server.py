"""A page that shows secrets in every way, and a file and a log that have some."""

from __future__ import annotations

import http.server
import os
import sys
from pathlib import Path
from string import Template

_PAGE = Path("page.html").read_text(encoding="utf-8")


class _Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/keys.txt"):
            kind, text = "text/plain", f"key: {os.environ['CANARY_DOWNLOAD']}\n"
        else:
            kind, text = "text/html", Template(_PAGE).safe_substitute(os.environ)
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if kind == "text/plain":
            self.send_header("Content-Disposition", "attachment; filename=keys.txt")
        self.end_headers()
        self.wfile.write(body)


print(f"Started with {os.environ['CANARY_LOG']}", flush=True)
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), _Handler).serve_forever()

"""A notice board of two people: who is signed in pins notes, and the other one sees them appear."""

from __future__ import annotations

import html
import http.server
import json
import os
import sys
from urllib.parse import parse_qs

PASSWORD = "gesture"  # noqa: S105 - of people who do not exist
NOTES: list[tuple[str, str]] = []
KEY = os.environ.get("BOARD_KEY") or str(os.getpid())
"""What cookies are good for: with a key of one's own they outlive the server."""

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ margin: 0; font: 20px/1.5 sans-serif; color: #222; }}
header {{ padding: 16px 40px; background: #eef1f5; }}
main {{ padding: 24px 40px; }}
input, button {{ padding: 8px 14px; font: inherit; }}
li {{ padding: 4px 0; }}
</style></head><body>{body}</body></html>"""

SIGN_IN = """<header>Notice board</header><main><h1>Sign in</h1><form method="post" action="/enter">
<p><label>Name <input name="user" id="user"></label></p>
<p><label>Password <input name="password" id="password" type="password"></label></p>
<button id="enter">Sign in</button></form></main>"""

BOARD = """<header>Notice board of <b id="whose">{user}</b>
<a href="/leave">Sign out</a></header>
<main><h1>Notes</h1><ul id="notes"></ul>
<form id="form"><label>New note <input name="text" id="text"></label>
<button id="pin">Pin it</button></form></main><script>
let seen = "";
async function look() {{
  const text = await (await fetch("/notes")).text();
  if (text !== seen) {{
    seen = text;
    document.getElementById("notes").replaceChildren(...JSON.parse(text).map(([who, note]) => {{
      const line = document.createElement("li");
      line.textContent = who + ": " + note;
      return line;
    }}));
  }}
  setTimeout(look, 200);
}}
document.getElementById("form").addEventListener("submit", async (event) => {{
  event.preventDefault();
  const field = document.getElementById("text");
  await fetch("/pin", {{ method: "POST", body: new URLSearchParams({{ text: field.value }}) }});
  field.value = "";
}});
look();
</script>"""


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers who is signed in with the board, and everybody else with a form."""

    def do_GET(self) -> None:
        """Show a page, or tell the notes."""
        if self.path == "/notes":
            self._answer(json.dumps(NOTES), "application/json")
        elif self.path == "/leave":
            self._lead("/", "token=; Max-Age=0")
        elif user := self._user():
            self._answer(PAGE.format(title="Notes", body=BOARD.format(user=html.escape(user))))
        else:
            self._answer(PAGE.format(title="Sign in", body=SIGN_IN))

    def do_POST(self) -> None:
        """Let somebody in, or pin a note."""
        told = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        given = {name: words[0] for name, words in told.items()}
        user = self._user()
        if self.path == "/enter" and given.get("password") == PASSWORD:
            self._lead("/", f"token={given['user']}.{KEY}; HttpOnly; Path=/; Max-Age=86400")
        elif self.path == "/pin" and user:
            NOTES.append((user, given.get("text", "")))
            self._answer("{}", "application/json")
        else:
            self._lead("/")

    def _user(self) -> str:
        cookies = dict(
            part.strip().split("=", 1)
            for part in self.headers.get("Cookie", "").split(";")
            if "=" in part
        )
        user, _, key = cookies.get("token", "").rpartition(".")
        return user if key == KEY else ""

    def _lead(self, address: str, cookie: str = "") -> None:
        self.send_response(303)
        self.send_header("Location", address)
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()

    def _answer(self, text: str, kind: str = "text/html; charset=utf-8") -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()

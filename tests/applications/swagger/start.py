"""Serves a release of Swagger UI, a small OpenAPI document, and the interface that it describes.

python -m tests.applications.swagger.start --port 8000 --version 5.35.0
"""

from __future__ import annotations

import argparse
import json
import os
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.applications.installation import install_npm

_HERE = Path(__file__).parent
_OWN = {"/openapi.json", "/swagger-initializer.js"}
_PETS = [
    {"id": 1, "name": "Ada", "species": "cat", "age": 3},
    {"id": 2, "name": "Basil", "species": "dog", "age": 7},
    {"id": 3, "name": "Clover", "species": "rabbit", "age": 1},
]


class _Handler(SimpleHTTPRequestHandler):
    """Answers the same to the same requests: without dates, and without the server's name."""

    pets: list[dict[str, Any]]

    def __init__(self, *arguments: Any, pets: list[dict[str, Any]], **options: Any) -> None:
        self.pets = pets
        super().__init__(*arguments, **options)

    def send_response(self, code: int, message: str | None = None) -> None:
        self.send_response_only(code, message)

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path.startswith("/api/pets"):
            self._answer(*self._found(address.path, parse_qs(address.query)))
        elif address.path in _OWN:
            self._send(HTTPStatus.OK, (_HERE / address.path[1:]).read_bytes(), address.path)
        else:
            super().do_GET()

    def do_POST(self) -> None:
        if self.path != "/api/pets":
            self._answer(HTTPStatus.NOT_FOUND, {"message": "There is no such address."})
            return
        try:
            sent = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        except ValueError:
            self._answer(HTTPStatus.BAD_REQUEST, {"message": "This is no JSON."})
            return
        pet = {**sent, "id": len(self.pets) + 1}
        self.pets.append(pet)
        self._answer(HTTPStatus.CREATED, pet)

    def do_DELETE(self) -> None:
        if not self.headers.get("X-Api-Key"):
            self._answer(HTTPStatus.UNAUTHORIZED, {"message": "An API key is needed."})
            return
        self._answer(*self._found(urlsplit(self.path).path, {}))

    def _found(self, path: str, query: dict[str, list[str]]) -> tuple[HTTPStatus, Any]:
        number = path.removeprefix("/api/pets").strip("/")
        if number:
            known = {str(pet["id"]): pet for pet in self.pets}
            missing = {"message": f"There is no pet {number}."}
            pet = known.get(number)
            return (HTTPStatus.OK, pet) if pet else (HTTPStatus.NOT_FOUND, missing)
        species = query.get("species", [""])[0]
        found = [pet for pet in self.pets if species in ("", pet["species"])]
        return HTTPStatus.OK, found[: int(query.get("limit", ["20"])[0])]

    def _answer(self, status: HTTPStatus, body: Any) -> None:
        self._send(status, json.dumps(body).encode(), "answer.json")

    def _send(self, status: HTTPStatus, content: bytes, name: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(name))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def main() -> None:
    """Install the release where it is missing, and serve it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--version", default=os.environ.get("SWAGGER_VERSION", "4.19.1"))
    options = parser.parse_args()
    folder = install_npm(f"swagger-{options.version}", f"swagger-ui-dist@{options.version}")
    handler = partial(_Handler, pets=[dict(pet) for pet in _PETS], directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", options.port), handler) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()

"""Starts ngshare on this machine alone: by itself, ngshare 0.6 listens for everyone."""

from __future__ import annotations

import sys

from ngshare.ngshare import main
from tornado.httpserver import HTTPServer

_listen = HTTPServer.listen


def _listen_here(server, port, _address=None, **options):
    return _listen(server, port, "127.0.0.1", **options)


HTTPServer.listen = _listen_here
main(sys.argv[1:])

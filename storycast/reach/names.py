"""Names: which calls of which libraries reach for what."""

from __future__ import annotations

import re

from storycast.reach.use import Kind

__all__ = ["METHODS", "find_kind"]

_LIBRARIES = {
    Kind.PROCESS: (
        "subprocess", "os.system", "os.popen", "os.startfile", "os.fork", "os.kill", "pty",
        "multiprocessing", "concurrent.futures.ProcessPoolExecutor", "asyncio.create_subprocess",
        "psutil", "pexpect", "sh", "signal",
    ),
    Kind.NETWORK: (
        "socket", "ssl", "urllib.request", "urllib3", "http.client", "http.server", "socketserver",
        "ftplib", "smtplib", "imaplib", "poplib", "telnetlib", "xmlrpc", "webbrowser", "requests",
        "httpx", "aiohttp", "websocket", "websockets", "paramiko", "asyncio.open_connection",
        "asyncio.start_server", "boto3", "fsspec", "psycopg", "psycopg2", "sqlalchemy",
        "selenium.webdriver.Remote",
    ),
    Kind.FILE: (
        "open", "io.open", "codecs.open", "shutil", "tempfile", "glob", "zipfile", "tarfile",
        "gzip.open", "bz2.open", "lzma.open", "sqlite3", "shelve", "dbm", "mmap", "os.open",
        "os.remove", "os.unlink", "os.rename", "os.replace", "os.rmdir", "os.removedirs",
        "os.mkdir", "os.makedirs", "os.listdir", "os.scandir", "os.walk", "os.chmod", "os.chown",
        "os.symlink", "os.link", "os.truncate", "os.chdir", "numpy.load", "numpy.save",
        "PIL.Image.open",
    ),
    Kind.ENVIRONMENT: ("os.environ", "os.getenv", "os.putenv", "os.unsetenv", "os.getlogin"),
    Kind.SECRET: ("recorder.secret", "keyring", "getpass"),
    Kind.CODE: (
        "eval", "exec", "compile", "__import__", "importlib", "runpy", "ctypes", "cffi", "pickle",
        "marshal", "dill", "joblib.load", "types.CodeType", "code", "builtins",
    ),
}  # fmt: skip
_KINDS = {name: kind for kind, names in _LIBRARIES.items() for name in names}
_FAMILIES = (
    (re.compile(r"os\.(exec|spawn|posix_spawn)\w*"), Kind.PROCESS),
    (re.compile(r"(pandas|polars|geopandas)\.(read|scan)_\w+"), Kind.FILE),
)

METHODS = re.compile(
    r"read_text|read_bytes|write_text|write_bytes|unlink|rmdir|touch|iterdir|rglob|savefig|tofile"
    r"|open|to_(csv|excel|feather|hdf|html|json|latex|markdown|orc|parquet|pickle|sql|stata|xml)"
)
"""Methods that open a file, of whatever they are methods."""


def find_kind(name: str) -> Kind | None:
    """What the function or variable called ``name`` (with its modules) reaches for, if anything."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        kind = _KINDS.get(".".join(parts[:length]))
        if kind is not None:
            return kind
    return next((kind for family, kind in _FAMILIES if family.match(name)), None)

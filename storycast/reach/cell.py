"""One cell: its code read as a tree, and what that reaches for."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field

from storycast.reach.names import METHODS, find_kind
from storycast.reach.use import Kind, Use

__all__ = ["CellReader"]

_ADDRESS = re.compile(r"(https?|wss?|ftp|file)://", re.IGNORECASE)
_BROWSERS = re.compile(r"recorder\.open_browser|recorder\.actor|selenium\.webdriver\.\w+")
_SHELL = "get_ipython"
_SYSTEM = ("system", "getoutput")
_MAGICS = ("run_line_magic", "run_cell_magic")
_OF_PYTHON = ("time", "timeit", "capture", "prun")
"""Magics of a cell that run the rest of it as Python."""

_OF_SHELLS = ("bash", "sh", "script", "system", "sx", "perl", "ruby", "cmd", "pip", "conda")
_HARMLESS = ("matplotlib", "precision", "config", "who", "whos", "pprint")
_LONGEST = 100


@dataclass
class CellReader(ast.NodeVisitor):
    """Reads cells one after the other: what one imports, the next may use."""

    cell: int = 0
    line: int = 0
    uses: list[Use] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)
    _browsers: set[str] = field(default_factory=lambda: {"browser", "driver"})

    def read(self, source: str, cell: int) -> None:
        """Read the ``source`` of a cell, whose number counts from 1."""
        self.cell, self.line = cell, 0
        self._read_source(source)

    def visit_Import(self, node: ast.Import) -> None:
        """Note modules, and what they are called here."""
        for alias in node.names:
            bound = alias.asname or alias.name.partition(".")[0]
            self._names[bound] = alias.name if alias.asname else bound
            self._note(Kind.MODULE, alias.name.partition(".")[0], node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Note a module, and what is taken from it."""
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            self._names[alias.asname or alias.name] = f"{module}.{alias.name}"
        self._note(Kind.MODULE, module.partition(".")[0] or module, node)

    def visit_Assign(self, node: ast.Assign) -> None:
        """Remember which names are browsers."""
        made = self._name(node.value.func) if isinstance(node.value, ast.Call) else ""
        if _BROWSERS.fullmatch(made):
            self._browsers |= {name.id for name in node.targets if isinstance(name, ast.Name)}
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Note a call that reaches for something."""
        if self._is_shell(node.func):
            self._read_shell(node)
            return
        name = self._name(node.func)
        kind = find_kind(name)
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if self._opens(node.func, name) and node.args and not _is_address(node.args[0]):
            self._note(Kind.ADDRESS, _text(node.args[0]), node)
        elif kind is not None:
            self._note(kind, _text(node), node)
        elif METHODS.fullmatch(method) and name.partition(".")[0] not in self._browsers:
            self._note(Kind.FILE, _text(node), node)
        for part in (node.func, *node.args, *node.keywords):
            self.visit(part)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Note the environment as a whole."""
        name = self._name(node)
        if name == "os.environ":
            self._note(Kind.ENVIRONMENT, name, node)
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        """Note the environment by a name of its own."""
        if self._names.get(node.id) == "os.environ":
            self._note(Kind.ENVIRONMENT, "os.environ", node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """Note one variable of the environment."""
        if self._name(node.value) == "os.environ":
            self._note(Kind.ENVIRONMENT, _text(node), node)
            self.visit(node.slice)
        else:
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Note an address that is put together."""
        if _is_address(node):
            self._note(Kind.ADDRESS, _text(node), node)
        else:
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """Note an address."""
        if _is_address(node):
            self._note(Kind.ADDRESS, str(node.value), node)

    def _read_source(self, source: str) -> None:
        # IPython takes half a second to load: only who reads cells waits for it.
        from IPython.core.inputtransformer2 import TransformerManager  # noqa: PLC0415

        try:
            tree = ast.parse(TransformerManager().transform_cell(source))  # type: ignore[no-untyped-call]
        except SyntaxError as error:
            line = self.line + (error.lineno or 1)
            what = f"cannot be read: {error.msg}"
            self.uses.append(Use(Kind.CODE, what, self.cell, line))
            return
        self.visit(tree)

    def _note(self, kind: Kind, what: str, node: ast.AST) -> None:
        line = self.line + getattr(node, "lineno", 1)
        self.uses.append(Use(kind, what, self.cell, line))

    def _name(self, node: ast.expr) -> str:
        """What an expression is called, with its modules; "" where it has no name."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        return ".".join([self._names.get(node.id, node.id), *reversed(parts)])

    def _opens(self, function: ast.expr, name: str) -> bool:
        """Whether a call opens an address in a browser."""
        root, _, method = name.rpartition(".")
        is_get = isinstance(function, ast.Attribute) and method == "get" and root in self._browsers
        return is_get or name == "recorder.open_browser"

    def _is_shell(self, function: ast.expr) -> bool:
        """Whether it is a function of IPython's, as escapes and magics are written in Python."""
        shell = function.value if isinstance(function, ast.Attribute) else None
        return isinstance(shell, ast.Call) and self._name(shell.func) == _SHELL

    def _read_shell(self, node: ast.Call) -> None:
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        words = [
            word.value if isinstance(word, ast.Constant) else _text(word) for word in node.args
        ]
        if method in _SYSTEM:
            self._note(Kind.PROCESS, f"!{' '.join(map(str, words))}", node)
        elif method in _MAGICS:
            self._read_magic(node, *map(str, words))
        else:
            self._note(Kind.CODE, _text(node), node)

    def _read_magic(self, node: ast.Call, name: str, rest: str = "", body: str = "") -> None:
        written = f"{'%%' if body else '%'}{name} {rest}".strip()
        if body and name in _OF_PYTHON:
            self.line += 1
            self._read_source(body)
            self.line -= 1
        elif name in _OF_PYTHON:
            self._read_source(rest)
        elif name in _OF_SHELLS:
            first = body.strip().partition("\n")[0]
            self._note(Kind.PROCESS, f"{written} {first}".strip(), node)
        elif name not in _HARMLESS:
            self._note(Kind.CODE, written, node)


def _is_address(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr):
        return bool(node.values) and _is_address(node.values[0])
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(_ADDRESS.match(node.value.strip()))
    )


def _word(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else _text(node)


def _text(node: ast.AST) -> str:
    written = " ".join(ast.unparse(node).split())
    return written if len(written) <= _LONGEST else f"{written[: _LONGEST - 1]}…"

"""The papermill engine: runs a storyboard's cells in a kernel that films them.

Plain papermill uses it with ``papermill --engine storycast``. This module is where papermill's and
nbclient's untyped interfaces end.
"""

from __future__ import annotations

import ast
import asyncio
import json
import subprocess
from typing import TYPE_CHECKING, Any

from jupyter_core.utils import ensure_async
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from traitlets.config import Config

from recorder import errors
from recorder.channels import private_channels
from recorder.errors import RecorderError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["StorycastEngine"]

_WATCH_S = 0.5
_INTERRUPTS = 2
_PATIENCE_S = 15.0
"""How long a cell that was interrupted may still look at its page, and tell what failed."""

_NAMES = '__import__("recorder.attachment").attachment.known_names()'
_LAST_ERROR = '__import__("recorder.attachment").attachment.last_error()'


class _FilmingClient(PapermillNotebookClient):  # type: ignore[misc]
    """Tells the kernel which cell it runs, as JupyterLab does and nbclient does not."""

    def __init__(
        self,
        manager: Any,
        *,
        opening: str,
        progress: Callable[[int, int], None],
        lost: Callable[[], object],
        learn: Callable[[list[str]], None],
        **kwargs: Any,
    ) -> None:
        super().__init__(manager, **kwargs)
        self._opening = opening
        self._progress = progress
        self._lost = lost
        self._learn = learn

    def papermill_execute_cells(self) -> None:
        """Attach the recorder, run every cell, and make the take whole."""
        self._run_silently(self._opening)
        super().papermill_execute_cells()
        self._learn(self._known_names())
        self._run_silently("from recorder.attachment import finish\nfinish()")

    def execute_cell(self, cell: Any, cell_index: int, *arguments: Any, **options: Any) -> Any:
        """Run a cell as nbclient does, its id in the request's metadata."""
        self.kc.session.metadata = {"cellId": cell.get("id", "")}
        self._progress(cell_index, len(self.nb.cells))
        return super().execute_cell(cell, cell_index, *arguments, **options)

    async def _async_poll_kernel_alive(self) -> None:
        """Watch the kernel while a cell runs, as nbclient does, and the stage, too."""
        watch = asyncio.ensure_future(self._interrupt_when_lost())
        try:
            await super()._async_poll_kernel_alive()
        finally:
            watch.cancel()

    async def _interrupt_when_lost(self) -> None:
        """End a cell that may wait for long for what does not run any more.

        A kernel that gets the signal while it is just receiving the cell never runs it and never
        answers, and a cell may go on after it: then the kernel is ended.
        """
        while not self._lost():
            await asyncio.sleep(_WATCH_S)
        for _ in range(_INTERRUPTS):
            await ensure_async(self.km.interrupt_kernel())
            await asyncio.sleep(_PATIENCE_S)
        await ensure_async(self.km.shutdown_kernel(now=True))

    def _run_silently(self, code: str, **asked: str) -> dict[str, Any]:
        """Run code that is no cell; return the kernel's answers to what is ``asked``."""
        sent = self.kc.execute(code, silent=True, store_history=False, user_expressions=asked)
        reply = self.wait_for_reply(sent)
        if not reply:
            raise RecorderError("The kernel died.")
        content: dict[str, Any] = reply["content"]
        if content["status"] == "error":
            kind, hint = (self._ask(_LAST_ERROR) or "\n").split("\n", 1)
            raise getattr(errors, kind, RecorderError)(content.get("evalue", ""), hint)
        answers: dict[str, Any] = content.get("user_expressions", {})
        return answers

    def _ask(self, question: str) -> str:
        """What the kernel answers to an expression that is a text; "" where it cannot."""
        told = self._run_silently("", answer=question).get("answer", {})
        if told.get("status") != "ok":
            return ""
        return str(ast.literal_eval(told["data"]["text/plain"]))

    def _known_names(self) -> list[str]:
        """The names of the secrets that the kernel knows."""
        return self._ask(_NAMES).split()


class StorycastEngine(NBClientEngine):  # type: ignore[misc]
    """Films a storyboard while papermill runs it.

    Takes these options besides papermill's own: ``take_folder``, where the take is written (without
    it the take is published as ``output/<board>/take``); ``storyboard``, the notebook's path (else
    papermill's input); ``filmed_parameters``, for the manifest; ``application_language``
    (else the storyboard's); ``healer``, ``application``, ``addresses`` and ``outlines``, as
    `recorder.attachment.attach` takes them; ``progress``, called with a cell's place and how many
    there are; ``lost``, which tells whether the stage is lost; ``learn``, called at the end with
    the names of the secrets that the kernel knows.
    """

    @classmethod
    def execute_managed_notebook(  # type: ignore[no-untyped-def]
        cls,
        nb_man,  # noqa: ANN001
        kernel_name,  # noqa: ANN001
        log_output=False,  # noqa: ANN001
        stdout_file=None,  # noqa: ANN001
        stderr_file=None,  # noqa: ANN001
        start_timeout=60,  # noqa: ANN001
        execution_timeout=None,  # noqa: ANN001
        **kwargs,  # noqa: ANN003
    ) -> None:
        """Papermill's interface: run the managed notebook in place."""
        own = {
            "storyboard": kwargs.pop("storyboard", "")
            or nb_man.nb.metadata.papermill.get("input_path", ""),
            "folder": kwargs.pop("take_folder", ""),
            "parameters": kwargs.pop("filmed_parameters", {}),
            "language": kwargs.pop("application_language", ""),
            "healer": kwargs.pop("healer", ""),
            "application": kwargs.pop("application", ""),
            "addresses": kwargs.pop("addresses", ()),
            "outlines": kwargs.pop("outlines", False),
        }
        progress = kwargs.pop("progress", lambda _place, _count: None)
        with private_channels() as path:
            client = _FilmingClient(
                nb_man,
                opening=_opening(own),
                progress=progress,
                lost=kwargs.pop("lost", bool),
                learn=kwargs.pop("learn", lambda _names: None),
                kernel_name=kernel_name,
                log_output=log_output,
                stdout_file=stdout_file,
                stderr_file=stderr_file,
                startup_timeout=start_timeout,
                timeout=execution_timeout,
                config=Config(KernelManager={"transport": "ipc", "ip": path} if path else {}),
            )
            # A kernel that is stopped complains of the sockets that it lost.
            nb_man.nb = client.execute(stderr=subprocess.DEVNULL)


def _opening(own: dict[str, Any]) -> str:
    arguments = json.dumps(own)
    return (
        "import json\nfrom recorder.attachment import attach\n"
        f"attach(**json.loads({arguments!r}))\ndel attach, json"
    )

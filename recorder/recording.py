"""Records a storyboard: from notebook to take."""

from __future__ import annotations

import errno
import logging
import os
import re
import warnings
from functools import partial
from typing import TYPE_CHECKING, Any

from recorder import errors
from recorder.disk import tell_full
from recorder.errors import RecorderError, StageLostError, TakeError
from recorder.failure import PICTURE, read_failure
from recorder.origin import read_version
from recorder.preparation import import_in_background
from recorder.secrecy.printed import hide_logs, hide_notebook, secrets_of
from recorder.secrecy.source import read_known
from recorder.stage import borrow_stage
from recorder.storyboard import check_parameters
from recorder.take import MANIFEST, Take, read_take
from recorder.take_writer import NOTEBOOK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from recorder.secrecy import Secrets
    from recorder.stage import Stage
    from recorder.storyboard import Storyboard

__all__ = ["record"]

_RUN_FACTS = ("papermill", "execution")
_OF_THE_RUN = re.compile(r"<selenium\.|\bat 0x[0-9a-f]+>")
"""In what a cell's last line gives: elements of this browser, and places in memory."""

_LOST_ADVICE = (
    "Film it again; if it is lost again, start it alone ('storycast stage up') and read its logs "
    "('storycast stage logs')."
)


def record(
    board: Storyboard,
    *,
    folder: Path,
    parameters: Mapping[str, Any] | None = None,
    healer: str = "",
    outlines: bool = False,
    progress: Callable[[int, int], None] = lambda _place, _count: None,
) -> Take:
    """Film ``board``; its take is left in ``folder``, which is empty or not there before.

    After a failure ``folder`` holds what was filmed until then and the picture of what the page
    showed. ``healer`` finds elements again whose locators fail (see `recorder.attachment.attach`).
    With ``outlines`` it is kept by what each page's elements can be selected (`recorder.outline`).
    ``progress`` is called with a cell's place and how many there are. Raises
    `RecorderError`.
    """
    given = dict(parameters or {})
    check_parameters(board, given)
    settings = board.front.stage
    folder.mkdir(parents=True, exist_ok=True)
    import_in_background("papermill")
    secrets = secrets_of(board)
    options: dict[str, Any] = {"healer": healer, "outlines": outlines, "progress": progress}
    options["learn"] = partial(_learn, secrets, board)
    try:
        if settings is None or "base_url" in given:
            _run(board, folder, given, {}, options)
        else:
            log = folder / "stage.log"
            with borrow_stage(settings, beside=board.path.parent, log=log) as stage:
                options["application"] = secrets.hide(read_version(settings, stage))
                options["addresses"] = stage.addresses
                options["progress"] = partial(_go_on, board, folder, stage, progress)
                options["lost"] = stage.tell_loss
                _run_on(stage, board, folder, given, options)
    except RecorderError as error:
        error.retell(secrets.hide)
        raise
    finally:
        hide_logs(folder, secrets)
        hide_notebook(folder / NOTEBOOK, secrets)
    return read_take(folder)


def _learn(secrets: Secrets, board: Storyboard, names: Iterable[str]) -> None:
    """Know what the kernel knows: secrets whose names its code does not tell."""
    unknown = [name for name in names if name not in secrets.values]
    for name, value in read_known(unknown, beside=board.path.parent).values.items():
        secrets.add(name, value)


def _run_on(
    stage: Stage,
    board: Storyboard,
    folder: Path,
    given: Mapping[str, Any],
    options: Mapping[str, Any],
) -> None:
    """Film the application on ``stage``; what fails because that is lost is told as such."""
    try:
        _run(board, folder, given, {"base_url": stage.base_url}, options)
    except TakeError as error:
        if isinstance(error, StageLostError) or not (told := stage.tell_loss(asked=True)):
            raise
        raise _lost(board, folder, told) from error
    if told := stage.tell_loss():
        raise _lost(board, folder, told)


def _go_on(
    board: Storyboard,
    folder: Path,
    stage: Stage,
    progress: Callable[[int, int], None],
    place: int,
    count: int,
) -> None:
    """A cell is about to run: nobody waits for a stage that is lost."""
    if told := stage.tell_loss():
        raise _lost(board, folder, told)
    progress(place, count)


def _lost(board: Storyboard, folder: Path, told: str) -> StageLostError:
    failure = read_failure(folder)
    place = f", {failure.place}" if failure else ""
    picture = folder / PICTURE if failure and failure.picture else None
    reason = told[:1].lower() + told[1:]
    return StageLostError(f"{board.path}{place}: {reason}", _LOST_ADVICE, picture)


def _run(
    board: Storyboard,
    folder: Path,
    given: Mapping[str, Any],
    address: Mapping[str, str],
    options: Mapping[str, Any],
) -> None:
    # Importing papermill and nbformat takes long: only who records pays for it, and while the
    # application starts.
    import papermill  # noqa: PLC0415
    from jupyter_client.kernelspec import NoSuchKernel  # noqa: PLC0415
    from nbclient.exceptions import DeadKernelError  # noqa: PLC0415
    from papermill.exceptions import PapermillExecutionError  # noqa: PLC0415

    # It warns of what is meant: the address is given to storyboards without a parameters cell too.
    logging.getLogger("papermill").setLevel(logging.ERROR)
    filmed = {name: str(value) for name, value in given.items() if name != "base_url"}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # papermill's own, about itself
            papermill.execute_notebook(
                str(board.path.resolve()),
                str((folder / NOTEBOOK).resolve()),
                parameters={**given, **address},
                engine_name="storycast",
                kernel_name=board.kernel,
                language="python",
                progress_bar=False,
                # Once at its end: each save writes all pictures again that stand under the cells.
                request_save_on_cell_execute=False,
                autosave_cell_every=0,
                cwd=str(board.path.parent),
                storyboard=str(board.path.resolve()),
                take_folder=str(folder.resolve()),
                filmed_parameters=filmed,
                application_language=board.front.language,
                **options,
            )
    except PapermillExecutionError as error:
        if _tells_full(error.evalue):
            raise TakeError(
                f"{board.path}: the disk is full.",
                f"Free some space on the disk with {folder}, then film again.",
            ) from error
        own = "" if hasattr(errors, error.ename) else f"{error.ename}: "
        raise _explain(board, folder, f"{own}{error.evalue.removesuffix('.')}") from error
    except NoSuchKernel as error:
        raise RecorderError(
            f"{board.path} wants the kernel {error.name!r}, which is not installed.",
            "Open the notebook and choose the kernel 'Python 3 (ipykernel)'.",
        ) from error
    except DeadKernelError as error:
        raise TakeError(f"{board.path}: the kernel died while it was filmed.") from error
    if not (folder / MANIFEST).exists():
        raise _explain(board, folder, "it ended without a take")
    _clean_notebook(folder / NOTEBOOK)


def _tells_full(reason: str) -> bool:
    """Whether a cell failed because the disk is full, in Python's words or in the recorder's."""
    told = reason.removesuffix(".").endswith(os.strerror(errno.ENOSPC))
    return told or f"[Errno {errno.ENOSPC}]" in reason


def _explain(board: Storyboard, folder: Path, reason: str) -> TakeError:
    failure = read_failure(folder)
    full = tell_full(folder)
    if failure is None:
        return TakeError(f"{board.path}: {reason}.{full}")
    picture = folder / PICTURE if failure.picture else None
    told = f"{board.path}, {failure.place}: {failure.reason}.{full}"
    return TakeError(told, failure.hint, picture)


def _clean_notebook(path: Path) -> None:
    """Leave out what differs from run to run: times, this run's address, papermill's own cells.

    So are results that only name an element of this run's browser, or a place in memory.
    """
    import nbformat  # noqa: PLC0415

    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    notebook.cells = [
        cell
        for cell in notebook.cells
        if "injected-parameters" not in cell.metadata.get("tags", ())
    ]
    for metadata in (notebook.metadata, *(cell.metadata for cell in notebook.cells)):
        for fact in _RUN_FACTS:
            metadata.pop(fact, None)
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        cell.outputs = [output for output in cell.outputs if not _is_of_the_run(output)]
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]


def _is_of_the_run(output: Any) -> bool:
    if output.output_type != "execute_result":
        return False
    return bool(_OF_THE_RUN.search(str(output.data.get("text/plain", ""))))

"""Records a storyboard: from notebook to take."""

from __future__ import annotations

import shutil
import warnings
from typing import TYPE_CHECKING, Any

import nbformat

from recorder.errors import RecorderError, TakeError
from recorder.failure import FILE, PICTURE, read_failure
from recorder.stage import open_stage
from recorder.storyboard import check_parameters
from recorder.take import MANIFEST, Take, read_take
from recorder.take_writer import NOTEBOOK, publish_take

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from recorder.storyboard import Storyboard

__all__ = ["record"]

_RUN_FACTS = ("papermill", "execution")


def record(
    board: Storyboard,
    *,
    folder: Path,
    work: Path,
    parameters: Mapping[str, Any] | None = None,
    progress: Callable[[int, int], None] = lambda _place, _count: None,
) -> Take:
    """Film ``board`` and publish its take in ``folder``; an earlier take stays until then.

    ``work`` is an empty folder on the same disk that the take grows in; after a failure it is
    left, with the picture of what the page showed, and ``folder`` is as it was. ``progress`` is
    called with a cell's place and how many there are. Raises `RecorderError`.
    """
    given = dict(parameters or {})
    check_parameters(board, given)
    settings = board.front.stage
    work.mkdir(parents=True, exist_ok=True)
    if settings is None or "base_url" in given:
        _run(board, work, given, {}, progress)
    else:
        with open_stage(settings, beside=board.path.parent, log=work / "stage.log") as stage:
            _run(board, work, given, {"base_url": stage.base_url}, progress)
    take = read_take(work)
    publish_take(work, folder)
    return take


def _run(
    board: Storyboard,
    work: Path,
    given: Mapping[str, Any],
    address: Mapping[str, str],
    progress: Callable[[int, int], None],
) -> None:
    # Importing papermill takes more than a second: only who records pays for it.
    import papermill  # noqa: PLC0415
    from jupyter_client.kernelspec import NoSuchKernel  # noqa: PLC0415
    from nbclient.exceptions import DeadKernelError  # noqa: PLC0415
    from papermill.exceptions import PapermillExecutionError  # noqa: PLC0415

    filmed = {name: str(value) for name, value in given.items() if name != "base_url"}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # papermill's own, about itself
            papermill.execute_notebook(
                str(board.path.resolve()),
                str((work / NOTEBOOK).resolve()),
                parameters={**given, **address},
                engine_name="storycast",
                progress_bar=False,
                cwd=str(board.path.parent),
                storyboard=str(board.path.resolve()),
                take_folder=str(work.resolve()),
                filmed_parameters=filmed,
                progress=progress,
            )
    except PapermillExecutionError as error:
        raise _explain(board, work, error) from error
    except NoSuchKernel as error:
        raise RecorderError(
            f"{board.path} wants the kernel {error.name!r}, which is not installed.",
            "Open the notebook and choose the kernel 'Python 3 (ipykernel)'.",
        ) from error
    except DeadKernelError as error:
        raise TakeError(f"{board.path}: the kernel died while it was filmed.") from error
    if not (work / MANIFEST).exists():
        raise TakeError(f"{board.path} ended without a take.")
    _clean_notebook(work / NOTEBOOK)


def _explain(board: Storyboard, work: Path, error: Any) -> TakeError:
    failure = read_failure(work)
    if failure is None:
        return TakeError(f"{board.path}: {error.ename}: {error.evalue}")
    picture = work / PICTURE if failure.picture else None
    hint = f"What the page showed then: {picture}" if picture else ""
    return TakeError(f"{board.path}, {failure.place}: {failure.reason}.", hint, picture)


def _clean_notebook(path: Path) -> None:
    """Leave out what differs from run to run: times, this run's address, papermill's own cells."""
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    notebook.cells = [
        cell
        for cell in notebook.cells
        if "injected-parameters" not in cell.metadata.get("tags", ())
    ]
    for metadata in (notebook.metadata, *(cell.metadata for cell in notebook.cells)):
        for fact in _RUN_FACTS:
            metadata.pop(fact, None)
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]


def keep_failure(work: Path, folder: Path) -> None:
    """Move what is left of a failed take from ``work`` to ``folder``."""
    shutil.rmtree(folder, ignore_errors=True)
    if (work / FILE).exists():
        work.replace(folder)

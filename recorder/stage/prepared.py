"""What is prepared once for a stage, kept by its content, and copied fresh for each take."""

from __future__ import annotations

import hashlib
import shutil
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from recorder.errors import StageError
from recorder.kept_process import End, KeptProcess
from recorder.stage.place import copy_folder
from recorder.stage.program import (
    STAMP,
    application_folder,
    cache_folder,
    fill,
    require_program,
)
from recorder.stage.service import describe_end, last_lines

if TYPE_CHECKING:
    from recorder.secrecy import Secrets
    from recorder.stage.settings import PrepareSettings, StageSettings

__all__ = ["prepare"]

_FORMAT = "1"


def prepare(
    settings: StageSettings, *, beside: Path, environment: Mapping[str, str], secrets: Secrets
) -> Path | None:
    """Return the folder of what ``settings`` have prepared, made now where it is not kept.

    None where nothing is. Raises `StageError`: the folder is missing, the command fails or takes
    too long, the disk is full.
    """
    if settings.prepare is None:
        return None
    seed = beside / settings.prepare.folder if settings.prepare.folder else None
    kept = cache_folder() / "prepared" / _key(settings, settings.prepare, seed, secrets)
    kept.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(kept.with_suffix(".lock")):
        if not kept.exists():
            draft = kept.with_name(f"draft-{kept.name}")
            shutil.rmtree(draft, ignore_errors=True)  # of a run that was killed while it copied
            try:
                _seed(seed, draft)
                _run(settings, settings.prepare, environment, secrets, draft, kept)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
    return kept


def _seed(seed: Path | None, draft: Path) -> None:
    if seed is None:
        draft.mkdir()
    else:
        copy_folder(seed, draft)


def _run(
    stage: StageSettings,
    settings: PrepareSettings,
    environment: Mapping[str, str],
    secrets: Secrets,
    draft: Path,
    kept: Path,
) -> None:
    scratch = Path(tempfile.mkdtemp(prefix="storycast-prepare-"))
    names = {"prepared": str(draft), "folder": str(draft), "scratch": str(scratch)}
    command = fill(settings.command, names)
    own = {**environment, **stage.environment, **settings.environment}
    with tempfile.TemporaryFile() as log:
        try:
            require_program(command[0], own["PATH"], stage.install)
            process = KeptProcess(
                command,
                folder=draft,
                environment={key: fill([word], names)[0] for key, word in own.items()},
                log=log,
                end=End(remove=[draft, scratch], keep=(draft, kept), hide=list(secrets.values)),
            )
            code = _await(process, settings.timeout_s)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        if code == 0:
            return
        log.seek(0)
        printed = last_lines(log.read().decode(errors="replace"), secrets)
    how = f"has not ended after {settings.timeout_s:g} s" if code is None else describe_end(code)
    raise StageError(f"What prepares the stage ({command[0]!r}) {how}.{printed}")


def _await(process: KeptProcess, timeout_s: float) -> int | None:
    try:
        return process.wait(timeout_s)
    finally:
        process.stop()


def _key(
    stage: StageSettings, settings: PrepareSettings, seed: Path | None, secrets: Secrets
) -> str:
    """A name for all that decides what is prepared."""
    installed = application_folder(stage.application) / STAMP if stage.application else None
    told = (
        settings.model_dump_json(exclude={"timeout_s"}),
        repr(sorted(stage.environment.items())),
        repr(sorted(secrets.values.items())),
        installed.read_text(encoding="utf-8") if installed else "",
    )
    digest = hashlib.sha256(repr((_FORMAT, told)).encode())
    for path in sorted(seed.rglob("*")) if seed else ():
        digest.update(_describe(path, path.relative_to(seed or path)).encode())
    return digest.hexdigest()[:32]


def _describe(path: Path, name: Path) -> str:
    """A file as far as it matters: its name, whether it can be run, and what it holds."""
    if path.is_symlink():
        return repr((name.as_posix(), "link", str(path.readlink())))
    if not path.is_file():
        return repr((name.as_posix(), "folder"))
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    return repr((name.as_posix(), bool(path.stat().st_mode & stat.S_IXUSR), content))

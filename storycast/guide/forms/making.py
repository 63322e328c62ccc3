"""The making of a form: what somebody else's form does wrong is told as its own fault."""

from __future__ import annotations

from collections.abc import Mapping

from narration.errors import NarrationError
from recorder.errors import RecorderError
from storycast.errors import StorycastError
from storycast.guide.forms.form import Form, Material

__all__ = ["make_form"]

_HINT = "Publish without this form, and tell its author what --debug prints."


def make_form(name: str, form: Form, material: Material) -> Mapping[str, bytes]:
    """The files of a form. Raises `StorycastError` where it fails, or gives something else."""
    try:
        made: object = form(material)
    except (StorycastError, RecorderError, NarrationError, OSError):
        raise
    except Exception as error:
        told = str(error).strip().split("\n")[0]
        reason = f"{type(error).__name__}{told and f': {told}'}"
        raise StorycastError(f"The form {name!r} has failed: {reason}.", _HINT) from error
    if not isinstance(made, Mapping) or not all(map(_is_file, made.items())):
        raise StorycastError(f"The form {name!r} gives no files: bytes by their paths.", _HINT)
    return made


def _is_file(entry: tuple[object, object]) -> bool:
    path, content = entry
    return isinstance(path, str) and isinstance(content, bytes)

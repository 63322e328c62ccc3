"""Settings that people write: what their models have in common, and what is told of a wrong one."""

from __future__ import annotations

import re
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from recorder.errors import StoryboardError, nearest

__all__ = ["CLOSED", "Pattern", "explain_setting"]


CLOSED = ConfigDict(frozen=True, extra="forbid")
"""Of models that cannot be changed, and have no keys but those that are known."""


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from error
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]
"""A regular expression."""


def explain_setting(
    error: ValidationError, model: type[BaseModel], *, where: str, what: str, root: str = ""
) -> StoryboardError:
    """Name the place of the first error, and the nearest known key where one is unknown.

    ``where`` is the file, ``what`` its settings are called ("metadata key"); ``root`` is the key
    that all of them stand under.
    """
    # A setting may be a word or a table: where it is a table, that it is no word says nothing.
    told = [
        each
        for each in error.errors()
        if not (each["loc"][-1:] == ("str",) and isinstance(each["input"], dict))
    ]
    first = told[0]
    parts = [str(part) for part in first["loc"] if not _is_branch(str(part))]
    place = ".".join([root, *parts] if root else parts)
    if first["type"] == "extra_forbidden":
        return StoryboardError(
            f"{where}: the {what} {place!r} is unknown.",
            nearest(parts[-1], _model_at(model, parts[:-1]).model_fields),
        )
    message = first["msg"].removeprefix("Value error, ").replace("tuple", "list")
    named = f"the {what} {place!r} is not valid" if place else "it is not valid"
    return StoryboardError(f"{where}: {named}: {message}.")


def _is_branch(part: str) -> bool:
    """Whether a part of a place is none: pydantic counts the kinds that a value may be of."""
    return part.rstrip(")]").endswith(("str", "Settings"))


def _model_at(model: type[BaseModel], parts: list[str]) -> type[BaseModel]:
    for part in parts:
        field = model.model_fields.get(part)
        found = _models_in(field.annotation) if field else []
        model = found[0] if found else model
    return model


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]

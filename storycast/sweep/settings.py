"""What a project allows to be published: the table ``[sweep]`` of its ``storycast.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from storycast.errors import StorycastError

__all__ = ["PROJECT", "Settings", "read_settings"]

PROJECT = "storycast.toml"
_HINT = "docs/reference/sweep.md shows what it may say."


class Settings(BaseModel):
    """Patterns of values that may be seen, and of files that are not swept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    allow: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


def read_settings(path: Path) -> Settings:
    """Read ``[sweep]`` of the file ``path``; without file or table nothing is set.

    Raises ``StorycastError`` where it says what it may not.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        return Settings.model_validate(told.get("sweep", {}))
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise StorycastError(f"{path} cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(("sweep", *(str(part) for part in first["loc"])))
        raise StorycastError(f"{path}: {place}: {first['msg']}.", _HINT) from None
    except ValueError as error:  # no TOML, or no UTF-8
        raise StorycastError(f"{path} is no TOML: {error}.", _HINT) from None

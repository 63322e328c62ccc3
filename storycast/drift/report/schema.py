"""The schema of ``drift.json``, for programs that read it."""

from __future__ import annotations

import json
import sys

from storycast.drift.model import Drift

__all__ = ["as_schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def as_schema() -> str:
    """Return the JSON Schema of a drift report."""
    schema = {"$schema": _DIALECT, **Drift.model_json_schema(mode="serialization")}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_schema())

"""What a name that is not known was perhaps meant to be."""

from __future__ import annotations

from difflib import get_close_matches

__all__ = ["name_near"]


def name_near(wanted: str, known: list[str]) -> str:
    """Return a hint that names what is close to ``wanted``, or else all (up to a dozen)."""
    near = get_close_matches(wanted, known, n=4, cutoff=0.5)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"Known: {', '.join(known[:12])}{', …' if len(known) > 12 else ''}."

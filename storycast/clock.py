"""The clock: places in the film as a reader tells them."""

from __future__ import annotations

__all__ = ["tell_time"]


def tell_time(milliseconds: int) -> str:
    """Minutes and seconds, with hours where there are any: 0:05, 12:34, 1:02:03."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

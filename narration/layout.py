"""Layout: running text arranged into blocks of one or two lines, broken where it reads well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from narration.phrase import count_columns

__all__ = [
    "COLUMNS_A_SECOND",
    "LINES",
    "LINE_COLUMNS",
    "LONGEST_MS",
    "SHORTEST_MS",
    "Piece",
    "arrange",
    "cut_blocks",
    "join_line",
]

LINE_COLUMNS = 42
LINES = 2
COLUMNS_A_SECOND = 20
SHORTEST_MS = 833
LONGEST_MS = 7000

# Weights of what makes a layout bad, against `narration.phrase.rate_break`'s 0 to 100.
_BLOCK = 10.0
_BLOCK_BREAK = 3.0
_LINE_BREAK = 2.0
_IMBALANCE = 0.25
_EMPTINESS = 10.0
_HASTE = 20.0
_RUSH = 60.0


@dataclass(frozen=True)
class Piece:
    """A word, or a part of one too long for a line.

    ``gap`` stands between it and the piece before; ``break_cost`` says how badly a break after it
    reads (0 to 100). Times are when it is heard.
    """

    text: str
    gap: str
    break_cost: int
    start_ms: int
    end_ms: int

    @cached_property
    def columns(self) -> int:
        """How wide it is on the screen."""
        return count_columns(self.text)


Block = tuple[Piece, ...]


def cut_blocks(pieces: Sequence[Piece]) -> list[Block]:
    """Cut ``pieces`` into blocks that can each be arranged and last `LONGEST_MS` at most.

    Of all ways the best is taken: few blocks, well filled, ending where a phrase ends.
    """
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(pieces) + 1):
        ways: list[tuple[float, int]] = []
        for start in range(end - 1, -1, -1):
            block = tuple(pieces[start:end])
            if _columns(block) > LINES * LINE_COLUMNS + 1:
                break
            cost = _rate(block, is_part=start > 0 or end < len(pieces))
            if end < len(pieces):
                cost += _BLOCK_BREAK * block[-1].break_cost
            ways.append((best[start][0] + cost, start))
        best.append(min(ways))
    return _trace(pieces, [start for _, start in best])


def _trace(pieces: Sequence[Piece], starts: Sequence[int]) -> list[Block]:
    blocks: list[Block] = []
    end = len(pieces)
    while end:
        blocks.append(tuple(pieces[starts[end] : end]))
        end = starts[end]
    return blocks[::-1]


def _rate(block: Block, *, is_part: bool) -> float:
    arranged = _arrange(block)
    duration_ms = block[-1].end_ms - block[0].start_ms
    if arranged is None or (duration_ms > LONGEST_MS and len(block) > 1):
        return float("inf")
    emptiness = 1 - _columns(block) / (LINES * LINE_COLUMNS)
    haste = _HASTE if is_part and duration_ms < SHORTEST_MS else 0.0
    if is_part:
        short_ms = _columns(block) * 1000 / COLUMNS_A_SECOND - duration_ms
        haste += _RUSH * max(short_ms, 0) / SHORTEST_MS
    return _BLOCK + arranged[0] + _EMPTINESS * emptiness**2 + haste


def arrange(block: Block) -> tuple[Block, ...] | None:
    """Return the lines of ``block``, balanced and broken at a phrase; None if it is too long."""
    arranged = _arrange(block)
    if arranged is None:
        return None
    lines = (block[: arranged[1]], block[arranged[1] :])
    return tuple(line for line in lines if line)


def _arrange(block: Block) -> tuple[float, int] | None:
    """Return the cost of the best arrangement and how many pieces are in its first line."""
    widths = list(accumulate(len(piece.gap) + piece.columns for piece in block))
    first_gap, total = len(block[0].gap), widths[-1]
    if total - first_gap <= LINE_COLUMNS:
        return 0.0, len(block)
    ways: list[tuple[float, int]] = []
    for count in range(1, len(block)):
        top = widths[count - 1] - first_gap
        bottom = total - widths[count - 1] - len(block[count].gap)
        if max(top, bottom) <= LINE_COLUMNS:
            cost = _LINE_BREAK * block[count - 1].break_cost + _IMBALANCE * abs(top - bottom)
            ways.append((cost, count))
    return min(ways, default=None)


def _columns(block: Block) -> int:
    return sum(len(piece.gap) + piece.columns for piece in block) - len(block[0].gap)


def join_line(line: Block) -> str:
    """Return the text of a line."""
    return "".join(piece.gap + piece.text for piece in line).strip()

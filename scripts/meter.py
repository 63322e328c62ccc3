"""Runs one command and measures all that comes of it: time, processor time, memory.

Started as ``python meter.py RESULT -- COMMAND...``; ``RESULT`` is the JSON file that is written.
Linux only: it is what orphans are handed to, so that no daemon's time is lost.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
_INTERVAL_S = 0.1
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICK = os.sysconf("SC_CLK_TCK")
_HIGHER = 1.02  # the exact sum is expensive, so it is taken at new heights only


@dataclass
class Memory:
    """The highest sums over the tree, in bytes, and each process' time as last seen, in seconds.

    ``pss`` counts what processes share once, ``rss`` once for each of them.
    """

    rss: int = 0
    pss: int = 0
    seen_s: dict[int, float] = field(default_factory=dict)


def main(arguments: list[str]) -> int:
    """Run the command after ``--`` and write what it took; return its exit code."""
    result, command = Path(arguments[0]), arguments[2:]
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    memory, ended = Memory(), threading.Event()
    sampler = threading.Thread(target=_sample, args=(memory, ended))
    sampler.start()
    began = time.perf_counter()
    code = subprocess.Popen(command).wait()
    wall_s = time.perf_counter() - began
    _reap_all()
    ended.set()
    sampler.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    facts = {
        "code": code,
        "wall_s": wall_s,
        "cpu_s": used.ru_utime + used.ru_stime,
        "cpu_seen_s": sum(memory.seen_s.values()),
        "peak_pss": memory.pss,
        "peak_rss": memory.rss,
    }
    result.write_text(json.dumps(facts), encoding="utf-8")
    return code


def _reap_all() -> None:
    """Wait for whatever the command has left: the time of a process counts once it is reaped."""
    try:
        while True:
            os.wait()
    except ChildProcessError:
        return


def _sample(memory: Memory, ended: threading.Event) -> None:
    while not ended.wait(_INTERVAL_S):
        tree = dict(_descendants(os.getpid()))
        rss = sum(pages for pages, _ in tree.values()) * _PAGE
        if rss > memory.rss * _HIGHER:
            memory.rss = rss
            memory.pss = max(memory.pss, sum(map(_proportional, tree)))
        memory.seen_s |= {pid: ticks / _TICK for pid, (_, ticks) in tree.items()}


def _descendants(root: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield every process below ``root``: its pages in memory, and its own ticks."""
    stats = dict(_stats())
    below: set[int] = set()
    edge = {root}
    while edge:
        edge = {pid for pid, (parent, *_) in stats.items() if parent in edge} - below
        below |= edge
    yield from ((pid, stats[pid][1:]) for pid in below)


def _stats() -> Iterator[tuple[int, tuple[int, int, int]]]:
    """Yield parent, pages in memory and ticks of every process there is (proc(5))."""
    for folder in os.scandir("/proc"):
        if folder.name.isdigit():
            try:
                words = Path(folder.path, "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            yield int(folder.name), (int(words[1]), int(words[21]), int(words[11]) + int(words[12]))


def _proportional(pid: int) -> int:
    """The memory of a process, with its share of what it shares (PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

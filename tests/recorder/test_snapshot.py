from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from recorder.errors import RecorderError
from recorder.snapshot import Snapshot, pack_snapshot, read_snapshot


def test_snapshot_is_read_as_it_was_packed(tmp_path: Path) -> None:
    path = tmp_path / "a.json.gz"
    path.write_bytes(pack_snapshot(Snapshot(nodes=())))
    assert read_snapshot(path) == Snapshot(nodes=())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage",
        gzip.compress(b"{", mtime=0),
        gzip.compress(b'{"nodes": []}', mtime=0)[:-9],
        b"\x1f\x8b\x08",
    ],
    ids=["empty", "no archive", "no snapshot", "cut off", "beginning"],
)
def test_damaged_snapshot_is_told_with_its_path(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.json.gz"
    path.write_bytes(content)
    with pytest.raises(RecorderError, match=r"a\.json\.gz is missing or damaged"):
        read_snapshot(path)

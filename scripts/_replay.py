"""Feed a recording to the firmware, in memory, and show the first thing it says differently."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts._recording import Act, RecordingError, load
from scripts._replayed import Difference, first_difference
from scripts._wire_words import WireWords

AROUND = 16
NOTHING = "nothing 无"


def main(arguments: Sequence[str]) -> int:
    """0: the same bytes; 1: the first difference is printed; 2: it can't be replayed."""
    parser = argparse.ArgumentParser(prog="scripts/replay", description=__doc__)
    parser.add_argument("file", type=Path, help="a file of scripts/record")
    path = parser.parse_args(arguments).file
    try:
        recording = load(path)
        with tempfile.TemporaryDirectory(prefix="refund-replay-") as folder:
            difference = first_difference(recording, Path(folder))
    except RecordingError as error:
        print(f"replay: {error}", file=sys.stderr)
        return 2
    if difference is None:
        written = sum(line.what == "write" for line in recording.lines)
        print(f"the same 一致: {written} frames to the wires, byte by byte")
        return 0
    print("\n".join(told(difference)))
    return 1


def told(difference: Difference) -> Iterator[str]:
    """The difference for people."""
    place = f"start {difference.session}, {difference.after_s:.3f} s, {difference.wall}"
    wire = f", wire {difference.wire}" if difference.wire else ""
    yield f"first difference 第一处不同: {place}{wire}"
    if difference.stopped:
        yield f"  the firmware stopped 固件停止: {difference.stopped}"
        return
    at = first_byte(difference.recorded, difference.replayed)
    if at is not None:
        yield f"  from byte {at} on, counted from 0 / 从第 {at} 字节起（自 0 计）"
    yield from _side("recorded 录制", difference.recorded, at or 0)
    yield from _side("replayed 重放", difference.replayed, at or 0)


def first_byte(recorded: Act | None, replayed: Act | None) -> int | None:
    """Where two frames begin to differ; None when they are not two frames."""
    if recorded is None or replayed is None or {recorded.what, replayed.what} != {"write"}:
        return None
    pairs = enumerate(zip_longest(recorded.raw, replayed.raw))
    return next(at for at, (old, new) in pairs if old != new)


def _side(name: str, act: Act | None, at: int) -> Iterator[str]:
    if act is None or act.what != "write":
        yield f"  {name}: {NOTHING if act is None else act.what}"
        return
    yield f"  {name}: {len(act.raw)} bytes, {_around(act.raw, at)}"
    for meaning in WireWords().said(act.wire, "out", act.raw):
        yield f"    {meaning.text}"


def _around(raw: bytes, at: int) -> str:
    first = max(0, at - AROUND)
    last = at + AROUND
    text = raw[first:last].hex(" ").upper()
    return f"{'… ' if first else ''}{text}{' …' if last < len(raw) else ''}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The bench's side of the floor: starts its process and plays back what the real devices said."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import apsw

from scripts._bench_figures import BenchError
from scripts._bench_wires import OnBytes, Stamp, Wires

PROGRAM = Path(__file__).with_name("_bench_floor.py")
MAC, CHECK_MAC, KEY, ANSWER = 0x03, 0x04, 0x40, 0x80
LENGTH_BYTES, HEAD_BYTES = 2, 11  # in front of a message: its length; TPDU and header
Row = tuple[list[object], list[int]]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One refund as it went over the wires, and the two records that it wrote."""

    frames: Mapping[str, bytes] = field(repr=False)
    rows: Mapping[str, Row] = field(repr=False)


def recorded(log: list[Stamp], journal: Path) -> Recorded:
    """Pick the frames out of a refund's log, the records out of the journal nobody has open."""
    lines = [stamp.raw for stamp in log if stamp.wire == "acquirer"]
    frames = {
        "mac": _frame(log, MAC),
        "mac_answer": _frame(log, MAC | ANSWER),
        "check": _frame(log, CHECK_MAC),
        "check_answer": _frame(log, CHECK_MAC | ANSWER),
        "key": _frame(log, KEY),
        "picture": max((s.raw for s in log if s.wire == "display"), key=len),
        "request_frame": lines[0],
        "request": lines[0][LENGTH_BYTES + HEAD_BYTES :],
        "reply": lines[1][LENGTH_BYTES + HEAD_BYTES :],
    }
    return Recorded(frames, {kind: _row(journal, kind) for kind in ("intent", "result")})


def _frame(log: list[Stamp], kind: int) -> bytes:
    for stamp in log:
        if stamp.wire == "keypad" and stamp.is_frame(kind):
            return stamp.raw
    raise BenchError(f"the recorded refund has no frame {kind:02X} of the keypad")


def _row(journal: Path, kind: str) -> Row:
    connection = apsw.Connection(str(journal))
    text = "SELECT number, kind, body, wall, monotonic_ms FROM records WHERE kind = ?"
    number, *row = next(connection.execute(f"{text} ORDER BY number DESC LIMIT 1", (kind,)))
    sealed = connection.execute("SELECT raw FROM sealed WHERE number = ?", (number,)).get
    connection.close()
    return row, list(sealed or b"")


class FloorSide:
    """The floor's process on wires of its own, of the same kind and in the same folder."""

    def __init__(self, folder: Path, wires: Wires, recorded: Recorded) -> None:
        self._wires, self._recorded = wires, recorded
        self._sends: dict[str, OnBytes] = {}
        self._heard = b""
        plan = {
            "journal": str(folder / "floor.db"),
            "keypad": self._pty("floor keypad", self._play_back),
            "display": self._pty("floor display", lambda raw: None),
            "port": wires.tcp("floor acquirer", lambda send: lambda raw: None),
            "frames": {name: raw.hex() for name, raw in recorded.frames.items()},
            "rows": recorded.rows,
        }
        self._process = subprocess.Popen(
            [sys.executable, str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._process.stdout is not None
        wires.wake_on(self._process.stdout.fileno())
        self._tell(json.dumps(plan))
        self._answer()

    def close(self) -> None:
        """End the process."""
        assert self._process.stdout is not None
        self._wires.forget(self._process.stdout.fileno())
        self._process.kill()
        self._process.communicate()

    def step(self, name: str) -> list[int]:
        """Let it do a step; its times."""
        self._tell(name)
        return self._answer()

    def press(self) -> tuple[int, int]:
        """A key's bytes to a picture's: when they were sent, when the last came."""
        log = self._wires.log
        start = len(log)
        self._tell("key")
        self._sends["floor keypad"](self._recorded.frames["key"])
        self._wires.until(lambda: _length(log[start:]) >= self._picture_bytes, "the floor's bytes")
        self._answer()
        return log[start].at_ns, log[-1].at_ns

    @property
    def _picture_bytes(self) -> int:
        return len(self._recorded.frames["picture"])

    def _pty(self, wire: str, on_bytes: OnBytes) -> str:
        path, self._sends[wire] = self._wires.pty(wire, on_bytes)
        return path

    def _play_back(self, raw: bytes) -> None:
        frames = self._recorded.frames
        self._heard += raw
        for name in ("mac", "check"):
            if self._heard == frames[name]:
                self._heard = b""
                self._sends["floor keypad"](frames[f"{name}_answer"])

    def _tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()

    def _answer(self) -> list[int]:
        pipe = self._process.stdout
        assert pipe is not None
        self._wires.until(lambda: bool(select.select([pipe], [], [], 0)[0]), "the floor's answer")
        try:
            times: list[int] = json.loads(pipe.readline())
        except ValueError:
            raise BenchError("the floor's process has ended") from None
        return times


def _length(stamps: list[Stamp]) -> int:
    return sum(len(s.raw) for s in stamps if s.wire == "floor display")

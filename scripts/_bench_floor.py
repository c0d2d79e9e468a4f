"""The floor's process: the same steps with bare libraries, nothing else.

Its first line of input is a plan as JSON, then one step a line; it answers each with the times
(monotonic, ns) between the parts of the step. Started by `_bench_floor_side.py`.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import tty
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic_ns
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import apsw
import iso8583

from terminal.iso8583.dialect import library_spec
from terminal.iso8583.unionpay_pos import UNIONPAY_POS

SCHEMA = """CREATE TABLE records (number INTEGER PRIMARY KEY, kind TEXT NOT NULL,
body TEXT NOT NULL, wall TEXT NOT NULL, monotonic_ms INTEGER NOT NULL,
previous BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE sealed (number INTEGER PRIMARY KEY, raw BLOB NOT NULL) STRICT"""
RECORD = "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)"
SEALED = "INSERT INTO sealed VALUES (?, ?)"
SPEC = library_spec(UNIONPAY_POS)


class Floor:
    """Bare apsw, bare file descriptors, bare pyiso8583, bare sockets."""

    def __init__(self, plan: Mapping[str, Any]) -> None:
        self._plan = plan
        self._database = _database(plan["journal"])
        self._keypad, self._display = _line(plan["keypad"]), _line(plan["display"])
        self._number = 0
        self._frames = {name: bytes.fromhex(text) for name, text in plan["frames"].items()}
        self._document, _ = iso8583.decode(self._frames["request"], SPEC)

    def request(self) -> list[int]:
        """Commit, MAC by the keypad, encode, connect and send."""
        times = [monotonic_ns()]
        self._commit("intent")
        times.append(monotonic_ns())
        self._ask("mac")
        times.append(monotonic_ns())
        iso8583.encode(self._document, SPEC)
        times.append(monotonic_ns())
        with socket.create_connection(("127.0.0.1", self._plan["port"])) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line.sendall(self._frames["request_frame"])
            times.append(monotonic_ns())
        return times

    def reply(self) -> list[int]:
        """Decode, MAC checked by the keypad, commit."""
        times = [monotonic_ns()]
        iso8583.decode(self._frames["reply"], SPEC)
        times.append(monotonic_ns())
        self._ask("check")
        times.append(monotonic_ns())
        self._commit("result")
        return [*times, monotonic_ns()]

    def key(self) -> list[int]:
        """A key's bytes in, a picture's bytes out."""
        self._read(len(self._frames["key"]))
        os.write(self._display, self._frames["picture"])
        return []

    def _commit(self, kind: str) -> None:
        self._number += 1
        row, sealed = self._plan["rows"][kind]
        previous = bytes(32)
        self._database.execute("BEGIN IMMEDIATE")
        self._database.execute(RECORD, (self._number, *row, previous, previous))
        if sealed:
            self._database.execute(SEALED, (self._number, bytes(sealed)))
        self._database.execute("COMMIT")

    def _ask(self, name: str) -> None:
        os.write(self._keypad, self._frames[name])
        self._read(len(self._frames[f"{name}_answer"]))

    def _read(self, length: int) -> None:
        while length > 0:
            length -= len(os.read(self._keypad, length))


def _line(path: str) -> int:
    number = os.open(path, os.O_RDWR | os.O_NOCTTY)
    tty.setraw(number)
    return number


def _database(path: str) -> apsw.Connection:
    connection = apsw.Connection(path)
    for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(SCHEMA)
    return connection


def main() -> None:
    """Until the input ends."""
    floor = Floor(json.loads(sys.stdin.readline()))
    steps: dict[str, Callable[[], list[int]]] = {
        "request": floor.request,
        "reply": floor.reply,
        "key": floor.key,
    }
    print("[]", flush=True)
    for line in sys.stdin:
        print(json.dumps(steps[line.strip()]()), flush=True)


if __name__ == "__main__":
    main()

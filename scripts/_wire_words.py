"""What bytes on a wire mean, masked, as the emulator's trace says it."""

from __future__ import annotations

import re
from typing import Literal

from emulator.host.message import MessageError, decode
from emulator.host.traffic import Place, failed, seen
from emulator.host.wire import FrameError, Heard, SerialLine, TcpLine, split_frame
from emulator.trace import Trace
from emulator.trace_entry import Meaning, TraceEntry
from emulator.trace_masking import Masking

SCREEN = re.compile(r"SHOW #\d+ (\S+):")
ACQUIRER = "acquirer"
Way = Literal["in", "out"]
"""To the firmware, or from it."""


class WireWords:
    """Follows every wire; bytes may be cut anywhere. `known`: numbers that are no card's."""

    def __init__(self, is_serial_host: bool = False, known: tuple[str, ...] = ()) -> None:
        self.screen = ""
        self._is_serial_host = is_serial_host
        self._found: list[TraceEntry] = []
        self._now_s = 0.0
        self._trace = Trace(Masking(known), lambda: self._now_s, lambda: "card" in self.screen)
        self._trace.on_entry = self._found.append
        self.new_host_line()

    def new_host_line(self) -> None:
        """The line to the host is another one now."""
        kind = SerialLine if self._is_serial_host else TcpLine
        self._host = {"in": kind(), "out": kind()}

    def said(self, wire: str, way: Way, raw: bytes, now_s: float = 0.0) -> list[Meaning]:
        """What is whole now."""
        self._found.clear()
        self._now_s = now_s
        if wire == ACQUIRER:
            self._host_said(way, raw)
        elif way == "in":
            self._trace.sent(wire, raw)
        else:
            self._trace.received(wire, raw)
        meanings = [entry.meaning for entry in self._found]
        for meaning in meanings if wire == "display" else ():
            shown = SCREEN.match(meaning.text)
            self.screen = shown.group(1) if shown else self.screen
        return meanings

    def _host_said(self, way: Way, raw: bytes) -> None:
        try:
            heard = self._host[way].feed(raw, self._now_s)
        except FrameError as error:
            self._trace.exchanged(failed(1, self._now_s, b"", error))
            self.new_host_line()
            return
        for each in heard:
            self._host_frame(way, each)

    def _host_frame(self, way: Way, heard: Heard) -> None:
        if heard.kind != "frame":
            self._trace.remark(ACQUIRER, heard.kind)
            return
        try:
            frame = split_frame(heard.raw)
            self._trace.exchanged(seen(self._place(way), frame, decode(frame.body)))
        except (FrameError, MessageError) as error:
            self._trace.exchanged(failed(1, self._now_s, heard.raw, error))

    def _place(self, way: Way) -> Place:
        # The host's trace has its own view: in is what the terminal said.
        return (1, self._now_s, "out" if way == "in" else "in")

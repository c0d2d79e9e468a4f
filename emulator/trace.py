"""What passed on every wire, decoded, in a ring: the developer's view of the terminal."""

from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from emulator.host.traffic import Traffic
from emulator.trace_entry import Meaning, TraceEntry
from emulator.trace_frames import FrameTrace, display_explainer, keypad_explainer
from emulator.trace_lines import reader_meanings, scanner_meanings
from emulator.trace_masking import Masking
from emulator.trace_printer import PrinterTrace, printer_answer

KEPT: Final = 5000
TO_TERMINAL: Final = "to terminal"
FROM_TERMINAL: Final = "from terminal"
Decode = Callable[[bytes], tuple[Meaning, ...]]


def _computers_clock() -> datetime:
    return datetime.now(UTC)


class Trace:
    """The last entries, oldest first; `on_entry` is told of each new one."""

    def __init__(
        self,
        masking: Masking,
        now_s: Callable[[], float],
        is_card_screen: Callable[[], bool],
        wall: Callable[[], datetime] = _computers_clock,
    ) -> None:
        self._wall = wall
        self.on_entry: Callable[[TraceEntry], None] | None = None
        self._entries: deque[TraceEntry] = deque(maxlen=KEPT)
        self._seq = 0
        self._sent = _sent_decoders(masking, now_s, is_card_screen)
        self._received = _received_decoders(masking, now_s, is_card_screen)

    def sent(self, wire: str, raw: bytes) -> None:
        """A device said this to the terminal."""
        self._add_all(wire, TO_TERMINAL, self._sent[wire](raw))

    def received(self, wire: str, raw: bytes) -> None:
        """The terminal said this to a device."""
        self._add_all(wire, FROM_TERMINAL, self._received[wire](raw))

    def exchanged(self, traffic: Traffic) -> None:
        """A frame on a line to the host, which masks by itself."""
        direction = FROM_TERMINAL if traffic.direction == "in" else TO_TERMINAL
        fields = [f"{number} {name} = {text}" for number, name, text in traffic.fields]
        note = [f"[{traffic.note}]"] if traffic.note else []
        said = " | ".join([traffic.mti, *fields, *note] if traffic.mti else note)
        self._add("acquirer", direction, Meaning(traffic.raw, said))

    def remark(self, wire: str, text: str) -> None:
        """Something that happened to a wire: a cable pulled, a power cut."""
        self._add(wire, "-", Meaning(b"", text))

    def since(self, seq: int = 0) -> list[dict[str, object]]:
        """The entries after `seq`, oldest first."""
        return [entry.as_dict() for entry in self._entries if entry.seq > seq]

    def _add_all(self, wire: str, direction: str, meanings: tuple[Meaning, ...]) -> None:
        for meaning in meanings:
            self._add(wire, direction, meaning)

    def _add(self, wire: str, direction: str, meaning: Meaning) -> None:
        self._seq += 1
        time = self._wall().isoformat(timespec="milliseconds")
        entry = TraceEntry(self._seq, time, wire, direction, meaning)
        self._entries.append(entry)
        if self.on_entry is not None:
            self.on_entry(entry)


def _sent_decoders(
    masking: Masking, now_s: Callable[[], float], is_card_screen: Callable[[], bool]
) -> Mapping[str, Decode]:
    keypad = FrameTrace(keypad_explainer(is_card_screen))
    display = FrameTrace(display_explainer(masking))
    return {
        "keypad": lambda raw: keypad.feed(raw, now_s()),
        "display": lambda raw: display.feed(raw, now_s()),
        "reader": reader_meanings,
        "scanner": lambda raw: scanner_meanings(raw, masking),
        "printer": printer_answer,
    }


def _received_decoders(
    masking: Masking, now_s: Callable[[], float], is_card_screen: Callable[[], bool]
) -> Mapping[str, Decode]:
    keypad = FrameTrace(keypad_explainer(is_card_screen))
    display = FrameTrace(display_explainer(masking))
    printer = PrinterTrace(masking)
    return {
        "keypad": lambda raw: keypad.feed(raw, now_s()),
        "display": lambda raw: display.feed(raw, now_s()),
        "reader": _one_way,
        "scanner": _one_way,
        "printer": printer.feed,
    }


def _one_way(raw: bytes) -> tuple[Meaning, ...]:
    """These devices only speak: what is said to them is nobody's business, and is hidden."""
    return (Meaning(b"", f"{len(raw)} bytes to a device that does not listen (hidden)"),)

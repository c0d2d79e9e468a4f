"""What frames of the keypad and the display mean, for the trace. Secrets never get into it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from emulator.frames import (
    ANSWER,
    Frame,
    FrameReader,
    MalformedPayloadError,
    PayloadReader,
    framed,
)
from emulator.trace_entry import Meaning
from emulator.trace_masking import Masking

REFUSED: Final = 0xFF
KEY, ENTRY, STATUS, SHOW = 0x40, 0x41, 0x01, 0x02
KEYPAD: Final[Mapping[int, str]] = MappingProxyType(
    {
        0x01: "STATUS",
        0x02: "LOAD_KEYS",
        0x03: "MAC",
        0x04: "CHECK_MAC",
        0x05: "PROTECT",
        0x06: "OPEN_CARD",
        0x07: "DESTROY_SEAL",
        0x08: "SIGN_SLIP",
        0x09: "CHECK_SLIP",
        0x0A: "PASSWORD",
        0x0B: "NEW_PASSWORD",
        0x0C: "CODE",
        0x0D: "SPEND_CODE",
        0x0E: "PIN",
        0x0F: "CANCEL",
    }
)
DISPLAY: Final[Mapping[int, str]] = MappingProxyType({0x01: "STATUS", 0x02: "SHOW", 0x03: "BEEP"})
# These carry neither keys nor cards nor what a password could be guessed from.
KEYPAD_OPEN: Final = frozenset({0x01, 0x81, 0x04 + ANSWER, 0x07, 0x87, 0x0C, 0x8C, 0x0D, 0x0F})
OUTCOMES: Final = ("wrong", "right", "cancelled", "timed out", "differs", "weak", "spent", "bypass")
REASONS: Final[Mapping[int, str]] = MappingProxyType(
    {
        0x10: "no master key",
        0x11: "a check value is wrong",
        0x12: "a key has the wrong length",
        0x13: "no working key",
        0x14: "no shop key",
        0x20: "an older record than the one remembered",
        0x21: "the same record number with another hash",
        0x30: "busy",
        0x31: "not understood",
    }
)
KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {"D": "00", "E": "ENTER", "C": "CLEAR", "X": "CANCEL", "U": "UP", "N": "DOWN"}
    | {"M": "MENU", "A": "ALPHA"}
)
Explain = Callable[[Frame], Meaning]


class FrameTrace:
    """One direction of a wire of frames: bytes, cut anywhere, to what they mean."""

    def __init__(self, explain: Explain) -> None:
        self._reader = FrameReader()
        self._explain = explain
        self._skipped = 0

    def feed(self, raw: bytes, now_s: float) -> tuple[Meaning, ...]:
        """The frames that are whole now, and a word on bytes that fit none."""
        found = [self._explain(frame) for frame in self._reader.feed(raw, now_s)]
        skipped, self._skipped = (
            self._reader.skipped_bytes - self._skipped,
            (self._reader.skipped_bytes),
        )
        if skipped:
            found.insert(0, Meaning(b"", f"{skipped} bytes that fit no frame (hidden)"))
        return tuple(found)


def keypad_explainer(is_card_screen: Callable[[], bool]) -> Explain:
    """Explains the keypad's frames; digits typed on a card screen are hidden."""

    def explain(frame: Frame) -> Meaning:
        if frame.kind in (KEY, ENTRY):
            return _key_or_entry(frame, is_card_screen())
        name = _name(KEYPAD, frame.kind)
        text = f"{name} #{frame.number}" + _keypad_detail(frame)
        is_poll = frame.kind in (STATUS, STATUS + ANSWER)
        return Meaning(_bytes(frame, frame.kind in KEYPAD_OPEN), text, is_poll)

    return explain


def display_explainer(masking: Masking) -> Explain:
    """Explains the display's frames, with the text of the rows."""

    def explain(frame: Frame) -> Meaning:
        text = f"{_name(DISPLAY, frame.kind)} #{frame.number}"
        if frame.kind != SHOW:
            is_poll = frame.kind in (STATUS, STATUS + ANSWER)
            return Meaning(_bytes(frame, frame.kind != REFUSED), text, is_poll)
        try:
            return _shown(frame, text, masking)
        except MalformedPayloadError:
            return Meaning(_bytes(frame, False), f"{text}: not understood")

    return explain


def _key_or_entry(frame: Frame, is_hidden: bool) -> Meaning:
    if frame.kind == ENTRY:
        count = frame.payload[-1] if frame.payload else 0
        return Meaning(_bytes(frame, True), f"ENTRY: {count} characters")
    key = frame.payload.decode("latin-1")
    if is_hidden and (key.isdigit() or key == "D"):
        return Meaning(_bytes(frame, False), "KEY (hidden)")
    return Meaning(_bytes(frame, True), f"KEY {KEYS.get(key, key)}")


def _keypad_detail(frame: Frame) -> str:
    value = frame.payload[0] if frame.payload else None
    if value is None:
        return ""
    if frame.kind == REFUSED:
        return f": {REASONS.get(value, hex(value))}"
    if frame.kind in (0x8A, 0x8B, 0x8C, 0x8E):
        return f": {OUTCOMES[value] if value < len(OUTCOMES) else value}"
    if frame.kind in (0x84, 0x89):
        return f": {'right' if value else 'wrong'}"
    if frame.kind == 0x03:
        return f": record {int.from_bytes(frame.payload[1:5], 'big')}"
    return ""


def _shown(frame: Frame, text: str, masking: Masking) -> Meaning:
    reader = PayloadReader(frame.payload)
    reader.take(6)
    name = reader.str8().decode("ascii", "replace")
    mask = masking.typed if "card" in name else masking.text
    rows, is_changed = [], False
    for _ in range(reader.u8()):
        number, _attribute = reader.u8(), reader.u8()
        row = reader.str8().decode("gb18030", "replace")
        is_changed |= mask(row) != row
        rows.append(f"{number} {mask(row).rstrip()}")
    raw = _bytes(frame, not is_changed)
    return Meaning(raw, f"{text} {name}: " + " | ".join(rows))


def _name(names: Mapping[int, str], kind: int) -> str:
    if kind == REFUSED:
        return "REFUSED"
    question = names.get(kind & ~ANSWER, f"kind {kind:02X}")
    return f"{question} answer" if kind & ANSWER else question


def _bytes(frame: Frame, is_open: bool) -> bytes:
    payload = frame.payload if is_open else b"*" * len(frame.payload)
    return framed(frame.kind, frame.number, payload)

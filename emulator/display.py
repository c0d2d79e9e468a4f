"""The emulated display: 20 columns, 8 rows (drivers/display.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from emulator.frames import (
    ANSWER,
    Frame,
    FrameReader,
    MalformedPayloadError,
    Out,
    PayloadReader,
    framed,
)

COLUMNS, ROWS = 20, 8
STATUS, SHOW, BEEP = 0x01, 0x02, 0x03
INVERSE = 1


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a SHOW."""

    row: int
    is_inverse: bool
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a SHOW orders."""

    seq: int
    language: str
    name: str
    rows: tuple[ShownRow, ...]


class DisplayModel:
    """What a person sees. `rows` are 8 strings of 20 cells; a character of two bytes takes two.

    `seq` is the last SHOW's number, `changes` grows with each SHOW since this object was made,
    `beeps` counts errors sounded. `on_change` is called after each SHOW, beep and restart.
    `malformed` counts frames that were not understood; they are not answered.
    """

    def __init__(self, seed: int = 0) -> None:
        self._random = Random(seed)
        self.on_change: Callable[[], None] | None = None
        self.changes = 0
        self.beeps = 0
        self.malformed = 0
        self._power_up()

    def restart(self) -> None:
        """Power off and on: blank, another boot id."""
        self._power_up()
        self._changed()

    def _power_up(self) -> None:
        self._boot_id = self._random.getrandbits(32)
        self._frames = FrameReader()
        self.rows: tuple[str, ...] = (" " * COLUMNS,) * ROWS
        self.inverse: tuple[bool, ...] = (False,) * ROWS
        self.name = ""
        self.language = ""
        self.seq = 0

    def receive(self, raw: bytes, now_s: float) -> Out:
        """Bytes from the firmware, cut anywhere; each question is answered at once."""
        out: Out = ()
        for frame in self._frames.feed(raw, now_s):
            try:
                answer = self._answer(frame)
            except MalformedPayloadError:
                self.malformed += 1
                continue
            out += ((0.0, framed(frame.kind | ANSWER, frame.number, answer)),)
        return out

    def _answer(self, frame: Frame) -> bytes:
        payload = PayloadReader(frame.payload)
        if frame.kind == STATUS:
            return self._status(payload)
        if frame.kind == SHOW:
            return self._show(_parsed(payload))
        if frame.kind == BEEP:
            return self._beep(payload)
        raise MalformedPayloadError(f"kind {frame.kind:02X}")

    def _status(self, payload: PayloadReader) -> bytes:
        payload.end()
        numbers = self._boot_id.to_bytes(4, "big") + self.seq.to_bytes(4, "big")
        return bytes((COLUMNS, ROWS)) + numbers

    def _show(self, shown: Shown) -> bytes:
        rows, inverse = list(self.rows), list(self.inverse)
        for row in shown.rows:
            rows[row.row], inverse[row.row] = row.text, row.is_inverse
        self.rows, self.inverse = tuple(rows), tuple(inverse)
        self.seq, self.language, self.name = shown.seq, shown.language, shown.name
        self.changes += 1
        self._changed()
        return shown.seq.to_bytes(4, "big")

    def _beep(self, payload: PayloadReader) -> bytes:
        is_error = payload.u8() == 1
        payload.end()
        self.beeps += is_error
        self._changed()
        return b""

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()


def _parsed(payload: PayloadReader) -> Shown:
    seq, language, name = payload.u32(), _ascii(payload.take(2)), _ascii(payload.str8())
    rows = tuple(_parsed_row(payload) for _ in range(payload.u8()))
    payload.end()
    return Shown(seq, language, name, rows)


def _parsed_row(payload: PayloadReader) -> ShownRow:
    (row, attribute), raw = payload.take(2), payload.str8()
    if row >= ROWS or attribute > INVERSE:
        raise MalformedPayloadError("row or attribute")
    return ShownRow(row, attribute == INVERSE, _row_text(raw))


@lru_cache(maxsize=4096)  # the same few rows are shown again and again
def _row_text(raw: bytes) -> str:
    return in_cells(raw.decode("gb18030", "replace"), COLUMNS)


def _ascii(raw: bytes) -> str:
    if not raw.isascii():
        raise MalformedPayloadError("not ASCII")
    return raw.decode("ascii")


def cells_of(text: str) -> int:
    """Cells a text takes on the display and on paper: by its bytes, as the devices do."""
    if text.isascii():
        return len(text)
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def in_cells(text: str, columns: int) -> str:
    """Exactly `columns` cells: cut (a character over the edge is not shown), blanks at the end."""
    if text.isprintable() and (free := columns - cells_of(text)) >= 0:
        return text + " " * free
    kept, used = "", 0
    for character in text:
        width = cells_of(character)
        if used + width > columns:
            break
        kept += character if character.isprintable() else " " * width
        used += width
    return kept + " " * (columns - used)

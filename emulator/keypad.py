"""The emulated keypad: an encrypting PIN pad (drivers/keypad.md). Bytes in, delayed bytes out."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from emulator.frames import (
    ANSWER,
    Frame,
    FrameReader,
    MalformedPayloadError,
    Out,
    PayloadReader,
    framed,
)
from emulator.pad_core import SecureCore
from emulator.pad_entry import Ended, Entry, Outcome
from emulator.pad_keys import PadSetup, Reason, RefusedError
from emulator.pad_memory import MemoryInFile, MemoryInRam, PadMemory, PadMemoryError
from emulator.pad_questions import AT_ONCE, BY_ENTRY, CANCEL, LOAD_KEYS

__all__ = [
    "KEY_CODES",
    "KeypadModel",
    "MemoryInFile",
    "MemoryInRam",
    "PadMemory",
    "PadMemoryError",
    "PadSetup",
    "UnknownKeyError",
]

KEY, ENTRY, REFUSAL = 0x40, 0x41, 0xFF
ANSWER_DELAY_S = 0.001
OTHER_BITS = 0x5A
KEY_CODES: Mapping[str, bytes] = MappingProxyType(
    {digit: digit.encode("ascii") for digit in "0123456789"}
    | {"00": b"D", "ENTER": b"E", "CLEAR": b"C", "CANCEL": b"X", "UP": b"U", "DOWN": b"N"}
    | {"MENU": b"M", "ALPHA": b"A"}
)


class UnknownKeyError(ValueError):
    """The keypad has no such key."""


class KeypadModel:
    """The pad with its keys, its memory and its twenty keys under somebody's fingers.

    Time is given with each call (seconds, never going back). The same seed and memory give the
    same random numbers; each start gives others. `spoils_keys` is asked when working keys come:
    whether their check value is to be found wrong.
    """

    def __init__(self, setup: PadSetup, memory: PadMemory, seed: int) -> None:
        self.spoils_keys: Callable[[], bool] = lambda: False
        self._setup, self._memory, self._seed = setup, memory, seed
        self._start(setup)

    def load_wrong_master(self, is_wrong: bool) -> None:
        """Another master key than the host's, or the right one again; the memory stays."""
        own = self._setup
        self._start(replace(own, master_key=_other_key(own.master_key)) if is_wrong else own)

    def exchange(self, is_other: bool) -> None:
        """A pad of the same shop with keys and a memory of its own, or the first one again."""
        if is_other:
            self._start(_other_pad(self._setup), MemoryInRam())
        else:
            self._start(self._setup)

    def _start(self, setup: PadSetup, memory: PadMemory | None = None) -> None:
        self._core = SecureCore(setup, memory or self._memory, self._seed)
        self._power_up()

    def restart(self) -> None:
        """Power off and on: an entry is lost, the boot id is another, the memory stays."""
        self._core.restart()
        self._power_up()

    def _power_up(self) -> None:
        self._frames = FrameReader()
        self._entry: Entry | None = None
        self._asked = Frame(CANCEL, 0)  # the question that the entry answers

    def receive(self, raw: bytes, now_s: float) -> Out:
        """Bytes from the firmware, cut anywhere."""
        out = self.tick(now_s)
        for frame in self._frames.feed(raw, now_s):
            out += self._received(frame, now_s)
        return out

    def press(self, key: str, now_s: float) -> Out:
        """A key goes down; its name as in KEY_CODES, UnknownKeyError for another."""
        if key not in KEY_CODES:
            raise UnknownKeyError(f"the keypad has no key {key!r}: one of {', '.join(KEY_CODES)}")
        out = self.tick(now_s)
        if self._entry is None:
            return (*out, (0.0, framed(KEY, 0, KEY_CODES[key])))
        return out + self._pressed_in(self._entry, key, now_s)

    def tick(self, now_s: float) -> Out:
        """Time has passed: an entry may have timed out."""
        self._core.pass_time(now_s)
        if self._entry is None or now_s < self._entry.terms.deadline_s:
            return ()
        return self._end(self._entry.stopped(Outcome.TIMED_OUT))

    @property
    def due_s(self) -> float:
        """When `tick` wants to be called; infinity when no entry is going on."""
        return math.inf if self._entry is None else self._entry.terms.deadline_s

    def sign_text(self, text: str) -> str:
        """The shop's mark on a slip's code, as the till that printed the slip would make it."""
        return self._core.sign(text.encode("utf-8")).decode("ascii")

    def token_of(self, pan: str) -> str:
        """The keyed token of a card number, as on a slip that this pad helped to print."""
        return self._core.token(pan.encode("utf-8")).decode("ascii")

    def _received(self, frame: Frame, now_s: float) -> Out:
        if frame.kind >= ANSWER:
            return ()  # an answer is no question; to refuse it could echo for ever
        try:
            return self._answered(frame, now_s)
        except RefusedError as refusal:
            return _refused(frame, refusal.reason)
        except MalformedPayloadError:
            return _refused(frame, Reason.NOT_UNDERSTOOD)

    def _answered(self, frame: Frame, now_s: float) -> Out:
        payload = PayloadReader(frame.payload)
        if frame.kind == CANCEL:
            payload.end()
            return self._cancel() + _answer(frame, b"")
        if self._entry is not None:
            raise RefusedError(Reason.BUSY)
        if frame.kind == LOAD_KEYS and self.spoils_keys():
            raise RefusedError(Reason.CHECK_VALUE)
        if frame.kind in AT_ONCE:
            return _answer(frame, AT_ONCE[frame.kind](self._core, payload))
        if frame.kind not in BY_ENTRY:
            raise RefusedError(Reason.NOT_UNDERSTOOD)
        return self._begin(frame, BY_ENTRY[frame.kind](self._core, payload, now_s))

    def _cancel(self) -> Out:
        if self._entry is None:
            return ()
        return self._end(self._entry.stopped(Outcome.CANCELLED))

    def _begin(self, frame: Frame, entry: Entry | Ended) -> Out:
        self._asked = frame
        if isinstance(entry, Ended):
            return self._end(entry)
        self._entry = entry
        return ()

    def _pressed_in(self, entry: Entry, key: str, now_s: float) -> Out:
        phase, count = entry.phase, entry.count
        ended = entry.press(key, now_s)
        if ended is not None:
            return self._end(ended)
        if key == "CLEAR" or (entry.phase, entry.count) != (phase, count):
            return ((0.0, framed(ENTRY, 0, bytes((entry.phase, entry.count)))),)
        return ()

    def _end(self, ended: Ended) -> Out:
        self._entry = None
        return _answer(self._asked, bytes((ended.outcome,)) + ended.proof)


def _answer(frame: Frame, payload: bytes) -> Out:
    return ((ANSWER_DELAY_S, framed(frame.kind | ANSWER, frame.number, payload)),)


def _refused(frame: Frame, reason: Reason) -> Out:
    return ((ANSWER_DELAY_S, framed(REFUSAL, frame.number, bytes((reason,)))),)


def _other_key(key: str) -> str:
    return bytes(byte ^ OTHER_BITS for byte in bytes.fromhex(key)).hex()


def _other_pad(setup: PadSetup) -> PadSetup:
    return replace(setup, serial=setup.serial[:-1] + "X", device_key=_other_key(setup.device_key))

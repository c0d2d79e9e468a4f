"""The encrypting PIN pad: one question at a time, keys and stars without being asked.

Source: drivers/keypad.md.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from types import MappingProxyType

from drivers.framing import ANSWER, REFUSAL, Frame, FrameReader, frame
from drivers.keypad_payloads import PayloadError, answer_of, kind_of, payload_of
from drivers.outbox import Outbox
from drivers.presence import Heartbeat
from terminal.domain.keypad_questions import (
    AskStatus,
    CancelEntry,
    CheckCode,
    CheckPassword,
    EnterPin,
    EntryEnded,
    EntryOutcome,
    MakePassword,
    PadStatus,
    PasswordMade,
    PinEntered,
    Question,
    Refusal,
)
from terminal.events import (
    EntryProgressed,
    Key,
    KeypadAnswered,
    KeypadFailed,
    KeyPressed,
    WireLost,
)
from terminal.ports import Reaction

ANSWER_WITHIN_S = 2.0
OURS_FROM = 0x8000  # numbers of our own status questions
POLL, KEY, ENTRY = 0x01, 0x40, 0x41
_KEYS = MappingProxyType(dict(zip(b"0123456789DECXUNMA", Key, strict=True)))
_ENTRIES = (CheckPassword, MakePassword, CheckCode, EnterPin)
_LASTING = (*_ENTRIES, CancelEntry)
_ENTRY_ANSWERS = MappingProxyType({MakePassword: PasswordMade, EnterPin: PinEntered})


@dataclass(frozen=True, slots=True)
class _Asked:
    number: int
    question: Question
    until_s: float


class KeypadDriver:
    """Events: KeyPressed, EntryProgressed, KeypadAnswered, KeypadFailed, WireLost, WireBack.

    Questions wait for their turn; CancelEntry does not, and ends entries that still wait.
    """

    def __init__(self, wire: str = "keypad") -> None:
        self.strays = 0  # whole frames that nobody waited for or that made no sense
        self._reader = FrameReader()
        self._heart = Heartbeat(wire)
        self._out = Outbox()
        self._asked: dict[int, _Asked] = {}
        self._queue: deque[tuple[int, Question]] = deque()
        self._polls = 0
        self._is_open = False

    @property
    def skipped(self) -> int:
        """Bytes that belonged to no frame."""
        return self._reader.skipped

    @property
    def due_s(self) -> float:
        """When a question is overdue, a poll is due or a half frame is dropped."""
        if not self._asked:
            return min(self._heart.due_s, self._reader.due_s)
        answers = [asked.until_s for asked in self._asked.values()]
        heart = math.inf if self._is_question_open else self._heart.due_s
        return min(*answers, heart, self._reader.due_s)

    def ask(self, number: int, question: Question, now_s: float) -> Reaction:
        """Ask when it is its turn; the answer or the failure carries `number`."""
        if not self._is_open:
            self._fail(number, None)
        elif isinstance(question, CancelEntry):
            self._cancel_waiting_entries()
            self._send(number, question, now_s)
        else:
            self._queue.append((number, question))
        return self._turn(now_s)

    def opened(self, now_s: float) -> Reaction:
        """The line is open: whoever is there is asked at once."""
        self._is_open = True
        self._reader.clear()
        self._heart.opened(now_s)
        return self._turn(now_s)

    def receive(self, raw: bytes, now_s: float) -> Reaction:
        """Whole frames are handled; garbage is skipped and counted."""
        for found in self._reader.feed(raw, now_s):
            if found.number == 0:
                self._unasked(found)
            else:
                self._answered(found)
        return self._turn(now_s)

    def written(self, now_s: float) -> Reaction:
        """Answers are what counts."""
        return self._out.take()

    def lost(self, reason: str, write_called: bool, now_s: float) -> Reaction:
        """The line is gone; every question that was asked or waits fails."""
        self._is_open = False
        self._reader.clear()
        numbers = [asked.number for asked in self._asked.values()]
        numbers += [number for number, _ in self._queue]
        self._asked.clear()
        self._queue.clear()
        for number in numbers:
            self._fail(number, None)
        self._out.tell(self._heart.lost(reason))
        return self._out.take()

    def tick(self, now_s: float) -> Reaction:
        """Overdue questions fail, polls are sent, half frames are dropped."""
        overdue = [wire for wire, asked in self._asked.items() if now_s >= asked.until_s]
        for wire in overdue:
            self._fail(self._asked.pop(wire).number, None)
        self._out.tell(self._heart.check(now_s))
        return self.receive(b"", now_s)

    @property
    def _has_turn_taken(self) -> bool:
        return any(not isinstance(asked.question, CancelEntry) for asked in self._asked.values())

    @property
    def _is_question_open(self) -> bool:
        # An entry may last a minute: polls go on, and the pad answers that it is busy.
        return any(not isinstance(asked.question, _LASTING) for asked in self._asked.values())

    def _turn(self, now_s: float) -> Reaction:
        while self._queue and not self._has_turn_taken and not self._heart.asking:
            number, question = self._queue.popleft()
            self._send(number, question, now_s)
        if self._heart.wants_to_ask(now_s) and not self._is_question_open:
            self._polls += 1
            self._out.write(frame(POLL, OURS_FROM + self._polls % OURS_FROM))
            self._heart.asked(now_s)
        return self._out.take()

    def _send(self, number: int, question: Question, now_s: float) -> None:
        try:
            payload = payload_of(question)
        except PayloadError:
            self._fail(number, Refusal.BAD_COMMAND)
            return
        patience_s = ANSWER_WITHIN_S
        if isinstance(question, _ENTRIES):
            patience_s += question.timeout_s
        wire = 1 + (number - 1) % (OURS_FROM - 1)
        self._asked[wire] = _Asked(number, question, now_s + patience_s)
        self._out.write(frame(kind_of(question), wire, payload))

    def _unasked(self, found: Frame) -> None:
        payload = found.payload
        if found.kind == KEY and len(payload) == 1 and payload[0] in _KEYS:
            self._out.tell((KeyPressed(_KEYS[payload[0]]),))
        elif found.kind == ENTRY and len(payload) == 2 and payload[0] in (1, 2):
            self._out.tell((EntryProgressed(payload[0], payload[1]),))
        else:
            self.strays += 1

    def _answered(self, found: Frame) -> None:
        asked = self._asked.get(found.number)
        if found.number >= OURS_FROM and found.kind in (POLL | ANSWER, REFUSAL):
            self._polled(found)
        elif asked is None or found.kind not in (kind_of(asked.question) | ANSWER, REFUSAL):
            self.strays += 1
        else:
            del self._asked[found.number]
            self._settle(asked, found)

    def _settle(self, asked: _Asked, found: Frame) -> None:
        self._out.tell(self._heart.spoke())
        if found.kind == REFUSAL:
            self._fail(asked.number, _refusal(found.payload))
            return
        try:
            answer = answer_of(asked.question, found.payload)
        except PayloadError:
            self.strays += 1
            self._fail(asked.number, Refusal.UNKNOWN)
            return
        if isinstance(answer, PadStatus):
            self._out.tell(self._heart.answered(answer.boot_id))
        self._out.tell((KeypadAnswered(asked.number, answer),))

    def _polled(self, found: Frame) -> None:
        """An answer to one of our polls counts even when it is late."""
        if found.kind == REFUSAL:  # busy with an entry that an earlier run began
            self._out.tell(self._heart.answered())
            return
        try:
            status = answer_of(AskStatus(), found.payload)
        except PayloadError:
            self.strays += 1
            return
        assert isinstance(status, PadStatus)
        told = self._heart.answered(status.boot_id)
        if any(isinstance(event, WireLost) for event in told):
            self._forget_entries()
        self._out.tell(told)

    def _forget_entries(self) -> None:
        """The pad restarted: an entry that went on there is gone."""
        for wire, asked in list(self._asked.items()):
            if isinstance(asked.question, _ENTRIES):
                del self._asked[wire]
                self._fail(asked.number, None)

    def _cancel_waiting_entries(self) -> None:
        """An entry that never began at the pad would begin after its cancelling."""
        cancelled = EntryOutcome.CANCELLED
        for number, question in [item for item in self._queue if isinstance(item[1], _ENTRIES)]:
            self._queue.remove((number, question))
            answer = _ENTRY_ANSWERS.get(type(question), EntryEnded)(cancelled)
            self._out.tell((KeypadAnswered(number, answer),))

    def _fail(self, number: int, refusal: Refusal | None) -> None:
        self._out.tell((KeypadFailed(number, refusal),))


def _refusal(payload: bytes) -> Refusal:
    known = {refusal.value: refusal for refusal in Refusal}
    return known.get(payload[0] if len(payload) == 1 else -1, Refusal.UNKNOWN)

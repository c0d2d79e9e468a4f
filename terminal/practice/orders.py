"""Keypad, printer and host as the runtime orders of them while practice is on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from terminal.domain.keypad_questions import (
    Answer,
    AskStatus,
    CancelEntry,
    CheckMac,
    CheckPassword,
    CheckSlip,
    DestroySeal,
    Done,
    EnterPin,
    EntryOutcome,
    MacMade,
    MakeMac,
    OpenCard,
    PinEntered,
    ProtectCard,
    Question,
    Refusal,
    Verdict,
)
from terminal.domain.receipt_practice import practice_slip
from terminal.domain.slip import Slip
from terminal.events import HostReplied, HostSilent, KeypadAnswered, KeypadFailed
from terminal.ports import NOTHING, HostOrders, KeypadOrders, Orders, PrinterOrders, Reaction
from terminal.practice.host import MAC, PracticeHost

# These leave nothing behind in the pad, and make nothing that counts anywhere else: passwords are
# real, tokens are compared, seals opened, and a code on a slip is looked at.
ASKED: Final = (AskStatus, CancelEntry, CheckPassword, CheckSlip, OpenCard, ProtectCard)


class PracticeKeypad:
    """Asks the pad only what is in ASKED: no MAC, no mark on a slip, no key comes of practice.

    A PIN is never asked for: nobody types a real one into something that does not need it.
    """

    def __init__(self, pad: KeypadOrders, batch: Callable[[], int]) -> None:
        self._pad = pad
        self._batch = batch  # the real one: a seal under another would leave a key in the pad

    def ask(self, number: int, question: Question, now_s: float) -> Reaction:
        """To the pad, or answered at once."""
        if isinstance(question, ProtectCard | OpenCard):
            question = replace(question, batch=self._batch())
        if isinstance(question, ASKED):
            return self._pad.ask(number, question, now_s)
        answer = _answer(question)
        if answer is None:
            return Reaction(events=(KeypadFailed(number, Refusal.BAD_COMMAND),))
        return Reaction(events=(KeypadAnswered(number, answer),))


def _answer(question: Question) -> Answer | None:
    match question:
        case MakeMac():
            return MacMade(MAC)
        case CheckMac():
            return Verdict(right=True)
        case EnterPin():
            return PinEntered(EntryOutcome.RIGHT, bytes(8))
        case DestroySeal():
            return Done()
    return None


class PracticePrinter:
    """Real paper that says what it is, above and below, and has no code to be scanned."""

    def __init__(self, printer: PrinterOrders) -> None:
        self._printer = printer

    def print_slip(self, number: int, slip: Slip, now_s: float) -> Reaction:
        """The same slip, marked."""
        return self._printer.print_slip(number, practice_slip(slip), now_s)


class PracticeLine:
    """No line at all: the answer is there at once, or never comes."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._host = PracticeHost()
        self._today = today

    def exchange(self, number: int, raw: bytes, entry_mode: str | None, now_s: float) -> Reaction:
        """What a host would have said; nothing is opened or written."""
        reply = self._host.answer(raw, self._today())
        if reply is None:
            return Reaction(events=(HostSilent(number, "practice"),))
        return Reaction(events=(HostReplied(number, reply, "0"),))

    def abandon(self, now_s: float) -> Reaction:
        """There is nothing to hang up."""
        return NOTHING


def practice_orders(real: Orders, batch: Callable[[], int], today: Callable[[], date]) -> Orders:
    """The three of them, new for each practice. `batch` is the real one."""
    line: HostOrders = PracticeLine(today)
    return Orders(PracticeKeypad(real.keypad, batch), PracticePrinter(real.printer), line)

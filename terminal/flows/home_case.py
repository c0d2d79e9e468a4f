"""What the first flow knows; its way from power-up to log-on and sign-in."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import AskStatus, PadStatus
from terminal.effects import AskKeypad, Beep, Effect, OpenJournal, Persist
from terminal.events import JournalRefused, KeypadAnswered, Returned, WireBack
from terminal.flows import host_call, logon, practice, set_up
from terminal.flows.home_next import SettleSignedIn
from terminal.flows.host_call import Kind

NOTHING: Final = -1  # no line of the menu


@dataclass(frozen=True, slots=True)
class Home:
    """Which line of the menu is picked, or which slip was scanned; why there is no service."""

    facts: Facts
    picked: int = 0
    why: str = ""
    keypad_is_silent: bool = False
    sign_in_tried: bool = False
    time_asked: bool = False
    settles_on: bool = False  # behind the sign-in
    parameters_tried: bool = False
    seals_tried: bool = False
    scanned: str | None = None
    recovering: bool = False  # since the last rest
    recovered_s: float = -math.inf  # when the last run of recovery was over
    lock_at_s: float | None = None  # recovery at rest does not put the lock off twice
    card_at_s: float = -math.inf  # when somebody came with a card before anything else


Step = tuple[Home, tuple[Effect, ...]]


# ---- start


def ask_status(c: Home, event: object) -> Step:
    """Which journal record does the pad remember?"""
    return c, (AskKeypad(AskStatus()),)


def keypad_is_back(c: Home, event: WireBack) -> bool:
    """The pad has spoken for the first time, or again."""
    return event.wire == "keypad"


def say_silent(c: Home, event: object) -> Step:
    """It did not answer: say so; it is asked as soon as it speaks, and now and then."""
    return replace(c, keypad_is_silent=True), ()


def ask_again(c: Home, event: object) -> Step:
    """Its answer may have been lost on a line that stands."""
    return ask_status(replace(c, keypad_is_silent=True), event)


def open_journal(c: Home, event: KeypadAnswered) -> Step:
    """Look first; nothing is written unless journal and pad agree."""
    status = event.answer
    assert isinstance(status, PadStatus)
    order = OpenJournal(status.record_number, status.record_hash)
    return replace(c, keypad_is_silent=False), (order,)


def keep_why(c: Home, event: JournalRefused) -> Step:
    """Damaged, older or missing."""
    return replace(c, why=event.verdict), ()


def is_not_set_up(c: Home, event: object) -> bool:
    """Nobody has set passwords yet."""
    return not c.facts.books.set_up


def call_set_up(c: Home, event: object) -> Step:
    """The one-time code comes first."""
    return c, (set_up.call(c.facts),)


def call_logon(c: Home, event: object) -> Step:
    """Nobody is logged on."""
    return replace(c, sign_in_tried=False, time_asked=False), (logon.call(c.facts),)


def lock(c: Home, event: object) -> Step:
    """The operator leaves, or nobody has pressed a key for long."""
    operator = c.facts.books.operator
    logged_off = Persist("logoff", {"number": operator})
    # Who logs on next has not chosen to practise.
    ended = (practice.turned(False, operator),) if c.facts.practice else ()
    rested = replace(c, sign_in_tried=False, time_asked=False, lock_at_s=None)
    return rested, (*ended, logged_off, logon.call(c.facts))


# ---- work


def say_card_later(c: Home, event: object) -> Step:
    """A card says neither how much nor of which purchase: that is asked for first."""
    return replace(c, card_at_s=c.facts.now_s), (Beep(),)


def must_sign_in(c: Home, event: object) -> bool:
    """Keys are missing or the host asks; one try, then only when somebody wants it."""
    wanted = c.facts.books.sign_in_wanted
    return bool(wanted) and wanted != "signed_off" and not c.sign_in_tried


def call_sign_in(c: Home, event: Returned) -> Step:
    """After the current operation, before the next."""
    tried = replace(c, sign_in_tried=True, settles_on=isinstance(event.result, SettleSignedIn))
    return tried, (host_call.call(c.facts, Kind.SIGN_IN),)


def settle_down(c: Home, event: object) -> Step:
    """Idle: the next request of the host is a new one."""
    tried = bool(c.facts.books.sign_in_wanted)
    recovered_s = c.facts.now_s if c.recovering else c.recovered_s
    rested = replace(c, recovering=False, recovered_s=recovered_s)
    return replace(rested, sign_in_tried=tried, parameters_tried=False, seals_tried=False), ()

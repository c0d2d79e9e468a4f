"""What the first flow knows, decides and starts: journal, log-on, the menu's lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import AskStatus, PadStatus
from terminal.domain.operators import Action, may
from terminal.effects import AskKeypad, Effect, OpenJournal, Persist
from terminal.events import CodeScanned, JournalRefused, KeypadAnswered, KeyPressed, WireBack
from terminal.flows import host_call, logon, pending, refund, reprint, set_up
from terminal.flows.host_call import Kind
from terminal.flows.typed import beep
from terminal.ui.text import Text


@dataclass(frozen=True, slots=True)
class Home:
    """Which line of the menu is picked; why there is no service."""

    facts: Facts
    picked: int = 0
    why: str = ""
    keypad_is_silent: bool = False
    sign_in_tried: bool = False


Step = tuple[Home, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the menu: what it says, what it does, what the operator's role must be for it."""

    text: Text
    run: Callable[[Home], tuple[Effect, ...]]
    action: Action | None = None


def _turn_language(c: Home) -> tuple[Effect, ...]:
    other = "en" if c.facts.language.value == "zh" else "zh"
    return (Persist("language", {"language": other}),)


ITEMS: Final = (
    Item(Text.MENU_REFUND, lambda c: (refund.call(c.facts),), Action.REFUND),
    Item(Text.MENU_REPRINT, lambda c: (reprint.call(c.facts),), Action.REPRINT),
    Item(Text.MENU_PENDING, lambda c: (pending.call(c.facts),)),
    Item(Text.MENU_SIGN_IN, lambda c: (host_call.call(c.facts, Kind.SIGN_IN),)),
    Item(Text.MENU_ECHO, lambda c: (host_call.call(c.facts, Kind.ECHO),)),
    Item(Text.MENU_LANGUAGE, _turn_language),
    Item(Text.MENU_SIGN_OFF, lambda c: (host_call.call(c.facts, Kind.SIGN_OFF),)),
    Item(Text.MENU_LOG_OFF, lambda c: ()),
)
LANGUAGE: Final = next(i for i, item in enumerate(ITEMS) if item.text is Text.MENU_LANGUAGE)
LOG_OFF: Final = next(i for i, item in enumerate(ITEMS) if item.text is Text.MENU_LOG_OFF)

# ---- start


def ask_status(c: Home, event: object) -> Step:
    """Which journal record does the pad remember?"""
    return c, (AskKeypad(AskStatus()),)


def keypad_is_back(c: Home, event: WireBack) -> bool:
    """The pad has spoken for the first time, or again."""
    return event.wire == "keypad"


def say_silent(c: Home, event: object) -> Step:
    """It did not answer: say so; it is asked as soon as it speaks."""
    return replace(c, keypad_is_silent=True), ()


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
    return replace(c, sign_in_tried=False), (logon.call(c.facts),)


def lock(c: Home, event: object) -> Step:
    """The operator leaves, or nobody has pressed a key for long."""
    logged_off = Persist("logoff", {"number": c.facts.books.operator})
    return replace(c, sign_in_tried=False), (logged_off, logon.call(c.facts))


# ---- work


def must_sign_in(c: Home, event: object) -> bool:
    """Keys are missing or the host asks; one try, then only when somebody wants it."""
    wanted = c.facts.books.sign_in_wanted
    return bool(wanted) and wanted != "signed_off" and not c.sign_in_tried


def call_sign_in(c: Home, event: object) -> Step:
    """After the current operation, before the next."""
    return replace(c, sign_in_tried=True), (host_call.call(c.facts, Kind.SIGN_IN),)


def settle_down(c: Home, event: object) -> Step:
    """Idle: the next request of the host is a new one."""
    return replace(c, sign_in_tried=bool(c.facts.books.sign_in_wanted)), ()


def _may(c: Home, action: Action | None) -> bool:
    operator = c.facts.operator
    return operator is not None and (action is None or may(operator.role, action))


def may_refund(c: Home, event: object) -> bool:
    """The operator's role gives refunds."""
    return _may(c, Action.REFUND)


def refund_scanned(c: Home, event: CodeScanned) -> Step:
    """A slip at the idle screen begins its refund: no key at all."""
    return c, (refund.call(c.facts, event.text),)


def open_menu(c: Home, event: object) -> Step:
    """The first line is picked."""
    return replace(c, picked=0), ()


def _by_digit(c: Home, event: KeyPressed) -> Home:
    number = int(event.key.value) if len(event.key.value) == 1 else 0
    return replace(c, picked=number - 1)


def _is_item(c: Home) -> bool:
    return 0 <= c.picked < len(ITEMS) and _may(c, ITEMS[c.picked].action)


def digit_is_lock(c: Home, event: KeyPressed) -> bool:
    """The digit of the line that locks."""
    return _by_digit(c, event).picked == LOG_OFF


def digit_is_language(c: Home, event: KeyPressed) -> bool:
    """The digit of the line that turns the language."""
    return _by_digit(c, event).picked == LANGUAGE


def digit_is_an_item(c: Home, event: KeyPressed) -> bool:
    """A line that this operator may use."""
    return _is_item(_by_digit(c, event))


def pick_is_lock(c: Home, event: object) -> bool:
    """Enter on the line that locks."""
    return c.picked == LOG_OFF


def pick_is_language(c: Home, event: object) -> bool:
    """Enter on the line that turns the language."""
    return c.picked == LANGUAGE


def pick_is_an_item(c: Home, event: object) -> bool:
    """Enter on a line that this operator may use."""
    return _is_item(c)


def run_digit(c: Home, event: KeyPressed) -> Step:
    """One key runs a line."""
    return run(_by_digit(c, event), event)


def run(c: Home, event: object) -> Step:
    """Run the line that is picked."""
    return c, ITEMS[c.picked].run(c)


def move_up(c: Home, event: object) -> Step:
    """The line above."""
    return (replace(c, picked=c.picked - 1), ()) if c.picked else beep(c, event)


def move_down(c: Home, event: object) -> Step:
    """The line below."""
    is_last = c.picked >= len(ITEMS) - 1
    return beep(c, event) if is_last else (replace(c, picked=c.picked + 1), ())

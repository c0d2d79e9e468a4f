"""Which purchase: the authenticated code on its slip, or what is printed there, typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import CheckSlip, Verdict
from terminal.domain.money import Amount, typed_amount
from terminal.domain.original import Original, SlipCodeError, parse_code
from terminal.effects import AskKeypad, Beep, Call, Effect, Persist
from terminal.events import CodeScanned, KeypadAnswered
from terminal.flow import Flow, FlowTable, On
from terminal.flows.typed import complain, typing
from terminal.ui.screens import Message, Progress, Prompt, Say, Screen, say
from terminal.ui.text import Text

NAME = "refund.original"
COMPLAINTS = {
    "not_ours": Text.NOT_OUR_CODE,
    "version": Text.CODE_VERSION,
    "merchant": Text.CODE_OTHER_SHOP,
    "field": Text.CODE_BROKEN,
}


class S(Enum):
    """RRN is also where a slip may be scanned."""

    RRN = auto()
    DATE = auto()
    AMOUNT = auto()
    AUTH_CODE = auto()
    CHECKING = auto()
    BAD_CODE = auto()
    FOUND = auto()
    LEFT = auto()


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed or scanned so far."""

    facts: Facts
    entry: str = ""
    error: Say | None = None
    scanned: str | None = None
    rrn: str = ""
    day: date | None = None
    amount_minor: int = 0
    original: Original | None = None


Step = tuple[Entry, tuple[Effect, ...]]


def call(facts: Facts, scanned: str | None = None) -> Call:
    """Find a purchase; the result is an Original, or None."""
    return Call(lambda: Flow(TABLE, Entry(facts, scanned=scanned)))


def nothing_is_scanned(c: Entry, event: object) -> bool:
    """No slip was scanned before the menu."""
    return c.scanned is None


def scan_is_plausible(c: Entry, event: object) -> bool:
    """A code of ours and of this shop; whether it is genuine, the pad says."""
    return not isinstance(_parsed(c, event), SlipCodeError)


def _parsed(c: Entry, event: object) -> object:
    text = event.text if isinstance(event, CodeScanned) else c.scanned or ""
    try:
        return parse_code(text, c.facts.identity.merchant_id)
    except SlipCodeError as error:
        return error


def check_code(c: Entry, event: object) -> Step:
    """Ask the pad for the shop's mark."""
    text = event.text if isinstance(event, CodeScanned) else c.scanned or ""
    code = parse_code(text, c.facts.identity.merchant_id)
    asked = AskKeypad(CheckSlip(code.signed, code.mark))
    return replace(c, original=code.original, scanned=None), (asked,)


def refuse_code(c: Entry, event: object) -> Step:
    """Say by name what is wrong with the code."""
    error = _parsed(c, event)
    assert isinstance(error, SlipCodeError)
    why = str(error)
    refused = Persist("refused", {"what": "slip_code", "why": why})
    return replace(c, error=say(COMPLAINTS[why]), scanned=None), (refused, Beep())


def code_is_genuine(c: Entry, event: KeypadAnswered) -> bool:
    """The shop's mark is right."""
    return isinstance(event.answer, Verdict) and event.answer.right


def refuse_forged(c: Entry, event: object) -> Step:
    """Somebody changed, or made, this code."""
    refused = Persist("refused", {"what": "slip_code", "why": "mark"})
    return replace(c, original=None, error=say(Text.CODE_FORGED)), (refused, Beep())


def no_check(c: Entry, event: object) -> Step:
    """Without the pad nobody knows whether the code is genuine."""
    return replace(c, original=None, error=say(Text.KEYPAD_GAVE_NO_ANSWER)), (Beep(),)


def rrn_is_whole(c: Entry, event: object) -> bool:
    """A reference number has twelve characters (F37)."""
    return len(c.entry) == 12


def keep_rrn(c: Entry, event: object) -> Step:
    """Next: the date."""
    return replace(c, rrn=c.entry, entry="", error=None), ()


def typed_day(c: Entry) -> date | None:
    """MMDD of the last twelve months, as the slip prints it."""
    today = c.facts.today
    for year in (today.year, today.year - 1):
        try:
            day = date(year, int(c.entry[:2]), int(c.entry[2:]))
        except ValueError:
            continue
        if day <= today:
            return day
    return None


def date_is_possible(c: Entry, event: object) -> bool:
    """Such a day was."""
    return len(c.entry) == 4 and typed_day(c) is not None


def keep_day(c: Entry, event: object) -> Step:
    """Next: the amount, unless this terminal knows the purchase already."""
    return replace(c, day=typed_day(c), entry="", error=None), ()


def amount_is_possible(c: Entry, event: object) -> bool:
    """More than nothing, twelve digits at most, and what an earlier refund of it said."""
    known = _known_minor(c)
    return typed_amount(c.entry) > 0 and known in (None, typed_amount(c.entry))


def contradicts_the_books(c: Entry, event: object) -> bool:
    """An earlier refund of this purchase stored another amount."""
    return typed_amount(c.entry) > 0


def _known_minor(c: Entry) -> int | None:
    key = f"{c.day:%Y%m%d}{c.rrn}"
    known = c.facts.books.originals.get(key)
    return known.amount_minor if known else None


def keep_amount(c: Entry, event: object) -> Step:
    """Next: the authorisation code, if the slip has one."""
    return replace(c, amount_minor=typed_amount(c.entry), entry="", error=None), ()


def say_known_amount(c: Entry, event: object) -> Step:
    """The amount can't grow from one refund to the next."""
    known = Amount(_known_minor(c) or 0)
    return replace(c, entry="", error=say(Text.OTHER_AMOUNT_KNOWN, amount=known)), (Beep(),)


def auth_code_is_possible(c: Entry, event: object) -> bool:
    """Six characters, or none."""
    return len(c.entry) in (0, 6)


def keep_typed(c: Entry, event: object) -> Step:
    """All that can be typed is there."""
    assert c.day is not None
    original = Original(c.rrn, c.day, c.amount_minor, c.entry)
    return replace(c, original=original), ()


def start_again(c: Entry, event: object) -> Step:
    """Back to an empty reference number."""
    return replace(c, entry="", error=None), ()


def _limit_s(c: Entry) -> float:
    return c.facts.parameters.entry_timeout_s


def _prompt(c: Entry, text: Text, entry: str, hint: Text = Text.HINT_TYPE) -> Screen:
    lines = (say(text), c.error) if c.error else (say(text),)
    return Prompt(NAME, say(Text.TITLE_REFUND), lines, entry, say(hint))


def _amount_prompt(c: Entry) -> Screen:
    return _prompt(c, Text.TYPE_ORIGINAL_AMOUNT, Amount(typed_amount(c.entry)).plain)


def _bad_code(c: Entry) -> Screen:
    assert c.error is not None
    lines = (c.error, say(Text.NO_MONEY_MOVED))
    return Message("refund.bad_code", say(Text.TITLE_REFUSED), lines, say(Text.HINT_ENTER))


TYPED = (S.RRN, S.DATE, S.AMOUNT, S.AUTH_CODE)

TABLE: FlowTable[Entry] = FlowTable(
    name="original_entry",
    states=S,
    initial=S.RRN,
    final=frozenset({S.FOUND, S.LEFT}),
    rows=[
        On("started", S.RRN, S.RRN, when=nothing_is_scanned),
        On("started", S.RRN, S.CHECKING, when=scan_is_plausible, do=check_code),
        On("started", S.RRN, S.BAD_CODE, do=refuse_code),
        On("scan", TYPED, S.CHECKING, when=scan_is_plausible, do=check_code),
        On("scan", TYPED, S.BAD_CODE, do=refuse_code),
        On("keypad", S.CHECKING, S.FOUND, when=code_is_genuine),
        On("keypad", S.CHECKING, S.BAD_CODE, do=refuse_forged),
        On("keypad_failed", S.CHECKING, S.BAD_CODE, do=no_check),
        On("timeout", S.CHECKING, S.BAD_CODE, do=no_check),
        *typing(S.RRN, most=12, letters=True),
        On("enter", S.RRN, S.DATE, when=rrn_is_whole, do=keep_rrn),
        On("enter", S.RRN, S.RRN, do=complain(say(Text.RRN_LENGTH))),
        *typing(S.DATE, most=4),
        On("enter", S.DATE, S.AMOUNT, when=date_is_possible, do=keep_day),
        On("enter", S.DATE, S.DATE, do=complain(say(Text.DATE_WRONG))),
        *typing(S.AMOUNT, most=12),
        On("enter", S.AMOUNT, S.AUTH_CODE, when=amount_is_possible, do=keep_amount),
        On("enter", S.AMOUNT, S.AMOUNT, when=contradicts_the_books, do=say_known_amount),
        On("enter", S.AMOUNT, S.AMOUNT, do=complain(say(Text.AMOUNT_WRONG))),
        *typing(S.AUTH_CODE, most=6, letters=True),
        On("enter", S.AUTH_CODE, S.FOUND, when=auth_code_is_possible, do=keep_typed),
        On("enter", S.AUTH_CODE, S.AUTH_CODE, do=complain(say(Text.AUTH_LENGTH))),
        On("enter", S.BAD_CODE, S.RRN, do=start_again),
        On("cancel", (*TYPED, S.BAD_CODE), S.LEFT),
        On("timeout", (*TYPED, S.BAD_CODE), S.LEFT),
    ],
    screens={
        S.RRN: lambda c: _prompt(c, Text.SCAN_OR_TYPE, c.entry, Text.HINT_ALPHA),
        S.DATE: lambda c: _prompt(c, Text.TYPE_DATE, c.entry),
        S.AMOUNT: _amount_prompt,
        S.AUTH_CODE: lambda c: _prompt(c, Text.TYPE_AUTH_CODE, c.entry, Text.HINT_ALPHA),
        S.CHECKING: lambda c: Progress(NAME, say(Text.TITLE_REFUND), (say(Text.CHECKING_SLIP),)),
        S.BAD_CODE: _bad_code,
    },
    timeout_s={
        S.RRN: _limit_s,
        S.DATE: _limit_s,
        S.AMOUNT: _limit_s,
        S.AUTH_CODE: _limit_s,
        S.CHECKING: 5.0,
        S.BAD_CODE: _limit_s,
    },
    result=lambda state, c: c.original if state is S.FOUND else None,
)

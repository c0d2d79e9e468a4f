"""Which purchase: the authenticated code on its slip, or what is printed there, typed."""

from __future__ import annotations

from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.money import Amount, typed_amount
from terminal.domain.original import Original
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import original_case as case
from terminal.flows import original_code as code
from terminal.flows.leaving import Left
from terminal.flows.limits import entry_limit_s
from terminal.flows.original_case import Entry
from terminal.flows.silence import pad_silent
from terminal.flows.typed import beep, complain, typing
from terminal.ui.screens import Message, Progress, Prompt, Screen, say
from terminal.ui.text import Text

NAME = "refund.original"


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
    EXPIRED = auto()
    GIVEN_UP = auto()


def call(facts: Facts, scanned: str | None = None, qr: bool = False) -> Call:
    """Find a purchase; the result is an Original, or a Left. `qr`: by the code of its slip only."""
    return Call(lambda: Flow(TABLE, Entry(facts, scanned=scanned, qr=qr)))


def _prompt(c: Entry, text: Text, entry: str, hint: Text = Text.HINT_TYPE) -> Screen:
    lines = (say(text), c.error) if c.error else (say(text),)
    return Prompt(NAME, say(Text.TITLE_REFUND), lines, entry, say(hint))


def _rrn_prompt(c: Entry) -> Screen:
    if not c.qr:
        is_free = c.facts.parameters.unknown_original == "approval" and not c.entry
        hint = Text.HINT_NO_SLIP if is_free else Text.HINT_ALPHA
        return _prompt(c, Text.SCAN_OR_TYPE, c.entry, hint)
    lines = (say(Text.SCAN_QR_SLIP),)
    return Prompt(NAME, say(Text.TITLE_QR_REFUND), lines, None, say(Text.HINT_CANCEL))


def _amount_prompt(c: Entry) -> Screen:
    return _prompt(c, Text.TYPE_ORIGINAL_AMOUNT, Amount(typed_amount(c.entry)).plain)


def _bad_code(c: Entry) -> Screen:
    assert c.error is not None
    lines = (c.error, say(Text.NO_MONEY_MOVED))
    return Message("refund.bad_code", say(Text.TITLE_REFUSED), lines, say(Text.HINT_ENTER))


def _result(state: S, c: Entry) -> Original | Left | None:
    left = {S.LEFT: Left.CANCELLED, S.EXPIRED: Left.TIMED_OUT, S.GIVEN_UP: Left.TOLD}
    return left.get(state, c.original)


TYPED = (S.RRN, S.DATE, S.AMOUNT, S.AUTH_CODE)
SCANNABLE = (*TYPED, S.BAD_CODE)

TABLE: FlowTable[Entry] = FlowTable(
    name="original_entry",
    states=S,
    initial=S.RRN,
    final=frozenset({S.FOUND, S.LEFT, S.EXPIRED, S.GIVEN_UP}),
    rows=[
        On("started", S.RRN, S.RRN, when=code.nothing_is_scanned),
        On("started", S.RRN, S.CHECKING, when=code.code_is_plausible, do=code.check_code),
        On("started", S.RRN, S.FOUND, code.plain_code_is_on_record, code.keep_plain_record),
        On("started", S.RRN, S.AMOUNT, code.plain_code_is_whole, code.keep_plain_code),
        On("started", S.RRN, S.BAD_CODE, do=code.refuse_code),
        On("scan", SCANNABLE, S.CHECKING, when=code.code_is_plausible, do=code.check_code),
        On("scan", SCANNABLE, S.FOUND, code.plain_code_is_on_record, code.keep_plain_record),
        On("scan", SCANNABLE, S.BAD_CODE, code.plain_code_is_too_little, code.refuse_plain_code),
        On("scan", SCANNABLE, S.AMOUNT, code.plain_code_is_whole, code.keep_plain_code),
        On("scan", SCANNABLE, S.BAD_CODE, do=code.refuse_code),
        On("keypad", S.CHECKING, S.FOUND, when=code.code_is_genuine),
        On("keypad", S.CHECKING, S.BAD_CODE, do=code.refuse_forged),
        *pad_silent(S.CHECKING, S.BAD_CODE, code.no_check),
        On("digit", S.RRN, S.RRN, when=case.only_scans, do=beep),
        *typing(S.RRN, most=12, letters=True),
        On("enter", S.RRN, S.RRN, when=case.only_scans, do=beep),
        On("enter", S.RRN, S.DATE, when=case.rrn_is_whole, do=case.keep_rrn),
        On("enter", S.RRN, S.RRN, do=complain(say(Text.RRN_LENGTH))),
        *typing(S.DATE, most=4),
        On("enter", S.DATE, S.FOUND, when=case.date_is_on_record, do=case.keep_record),
        On("enter", S.DATE, S.AMOUNT, when=case.date_is_possible, do=case.keep_day),
        On("enter", S.DATE, S.DATE, do=complain(say(Text.DATE_WRONG))),
        *typing(S.AMOUNT, most=12),
        On("enter", S.AMOUNT, S.AUTH_CODE, when=case.amount_is_possible, do=case.keep_amount),
        On("enter", S.AMOUNT, S.AMOUNT, case.contradicts_the_books, case.say_known_amount),
        On("enter", S.AMOUNT, S.AMOUNT, do=complain(say(Text.AMOUNT_WRONG))),
        *typing(S.AUTH_CODE, most=6, letters=True),
        On("enter", S.AUTH_CODE, S.FOUND, when=case.auth_code_is_possible, do=case.keep_typed),
        On("enter", S.AUTH_CODE, S.AUTH_CODE, do=complain(say(Text.AUTH_LENGTH))),
        On("enter", S.BAD_CODE, S.RRN, do=case.start_again),
        On("cancel", TYPED, S.LEFT),
        On("timeout", TYPED, S.EXPIRED),
        On("cancel", S.BAD_CODE, S.GIVEN_UP),
        On("timeout", S.BAD_CODE, S.GIVEN_UP),
    ],
    screens={
        S.RRN: _rrn_prompt,
        S.DATE: lambda c: _prompt(c, Text.TYPE_DATE, c.entry),
        S.AMOUNT: _amount_prompt,
        S.AUTH_CODE: lambda c: _prompt(c, Text.TYPE_AUTH_CODE, c.entry, Text.HINT_ALPHA),
        S.CHECKING: lambda c: Progress(NAME, say(Text.TITLE_REFUND), (say(Text.CHECKING_SLIP),)),
        S.BAD_CODE: _bad_code,
    },
    timeout_s={
        **dict.fromkeys(SCANNABLE, entry_limit_s),
        S.CHECKING: 5.0,
    },
    result=_result,
)

"""A purchase by the codes of its slip: the QR code with the shop's mark, or the plain bar code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

from terminal.domain.keypad_questions import CheckSlip, Verdict
from terminal.domain.original import SlipCode, SlipCodeError, parse_code
from terminal.effects import AskKeypad, Beep, Persist
from terminal.events import CodeScanned, KeypadAnswered
from terminal.flows.original_case import Entry, Step, on_record
from terminal.ui.screens import say
from terminal.ui.text import Text

COMPLAINTS: Mapping[str, Text] = MappingProxyType(
    {
        "not_ours": Text.NOT_OUR_CODE,
        "version": Text.CODE_VERSION,
        "merchant": Text.CODE_OTHER_SHOP,
        "field": Text.CODE_BROKEN,
    }
)
# The bar code beside our QR code: reference number and date, with no mark (profile 7).
PLAIN_CODE: Final = re.compile(r"([0-9A-Za-z]{12})(20[0-9]{6})")


def nothing_is_scanned(c: Entry, event: object) -> bool:
    """No slip was scanned before the menu."""
    return c.scanned is None


def _text(c: Entry, event: object) -> str:
    return event.text if isinstance(event, CodeScanned) else c.scanned or ""


def _parsed(c: Entry, event: object) -> SlipCode | SlipCodeError:
    try:
        return parse_code(_text(c, event), c.facts.identity.merchant_id)
    except SlipCodeError as error:
        return error


def code_is_plausible(c: Entry, event: object) -> bool:
    """A code of ours and of this shop; whether it is genuine, the pad says."""
    return isinstance(_parsed(c, event), SlipCode)


def check_code(c: Entry, event: object) -> Step:
    """Ask the pad for the shop's mark."""
    code = _parsed(c, event)
    assert isinstance(code, SlipCode)
    asked = AskKeypad(CheckSlip(code.signed, code.mark))
    return replace(c, original=code.original, scanned=None, error=None), (asked,)


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


# ---- the bar code: as if reference number and date were typed


def _plain(c: Entry, event: object) -> Entry | None:
    found = PLAIN_CODE.fullmatch(_text(c, event).strip())
    if found is None:
        return None
    try:
        day = date.fromisoformat(found[2])
    except ValueError:
        return None
    return replace(c, rrn=found[1], day=day, entry="", error=None, scanned=None)


def plain_code_is_whole(c: Entry, event: object) -> bool:
    """Reference number and date of a purchase that this terminal has no amount of."""
    return _plain(c, event) is not None


def plain_code_is_on_record(c: Entry, event: object) -> bool:
    """Its purchase stands in this journal."""
    plain = _plain(c, event)
    return plain is not None and on_record(plain) is not None


def plain_code_is_too_little(c: Entry, event: object) -> bool:
    """It holds no voucher, and without one nobody knows which wallet paid."""
    return c.qr and plain_code_is_whole(c, event)


def refuse_plain_code(c: Entry, event: object) -> Step:
    """The other code of the same slip will do."""
    return replace(c, error=say(Text.QR_CODE_NEEDED), scanned=None), (Beep(),)


def keep_plain_code(c: Entry, event: object) -> Step:
    """Next: the amount."""
    plain = _plain(c, event)
    assert plain is not None
    return plain, ()


def keep_plain_record(c: Entry, event: object) -> Step:
    """All of it is known."""
    plain = _plain(c, event)
    assert plain is not None
    return replace(plain, original=on_record(plain)), ()

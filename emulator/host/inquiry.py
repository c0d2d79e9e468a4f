"""The inquiry 0200/310100: what became of a number (profile, 4; private to some hosts)."""

from datetime import datetime, timedelta
from typing import Literal

from emulator.host.answers import rejection
from emulator.host.desk import (
    Answer,
    Caller,
    Desk,
    Request,
    caller_of,
    echoed,
    sign_in_refusal,
    signature_refusal,
    stamped,
)
from emulator.host.message import Message, Value
from emulator.host.records import Booking, Key
from emulator.host.reversal import is_forgotten

NEEDED = (3, 11, 41, 42, 60, 61)
ECHOED = (3, 11, 41, 42, 60, 61)
DIGITS_61 = 16
Finding = Literal["00", "25", "09"]


def inquiry(desk: Desk, request: Request) -> Answer:
    """Answer 0210: 00 found, 25 not found, 09 in progress; always signed."""
    message = request.message
    caller = caller_of(desk, message)
    if isinstance(caller, str):
        return rejection(desk, message, caller, None)
    refusal = signature_refusal(desk, request, caller) or sign_in_refusal(desk, caller)
    if refusal is None and not _well_formed(message):
        refusal = "30"
    if refusal is not None:
        return rejection(desk, message, refusal, caller)
    with desk.ledger.transaction():
        return _decide(desk, message, caller)


def _decide(desk: Desk, message: Message, caller: Caller) -> Answer:
    key = _asked_key(message)
    found = desk.ledger.same_request(key)
    code = _finding(desk, found)
    if found is None and desk.config.profile.inquiry_closes:
        desk.ledger.reversals.close(key)
    fields = echoed(message, ECHOED) | stamped(desk.now()) | {39: code}
    if found is not None and code == "00":
        fields |= _found(found)
    return Answer(fields, caller.signing)


def _asked_key(message: Message) -> Key:
    return message.text(42), message.text(41), message.text(61)[6:12], message.text(61)[:6]


def _finding(desk: Desk, found: Booking | None) -> Finding:
    if found is None or found.state == "reversed" or is_forgotten(desk, found):
        return "25"
    profile, age = desk.config.profile, _age(desk, found)
    if age < timedelta(seconds=profile.found_after_s):
        return "25"
    return "09" if age < timedelta(seconds=profile.in_progress_s) else "00"


def _age(desk: Desk, found: Booking) -> timedelta:
    return desk.now().replace(tzinfo=None) - datetime.fromisoformat(found.time)


def _found(booking: Booking) -> dict[int, Value]:
    fields: dict[int, Value] = {4: f"{booking.amount_minor:012d}", 37: booking.rrn}
    if booking.auth_code:
        fields[38] = booking.auth_code
    return fields | {44: booking.response_code}


def _well_formed(message: Message) -> bool:
    return all(number in message.fields for number in NEEDED) and len(message.text(61)) == DIGITS_61

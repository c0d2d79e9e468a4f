"""Reversal 0400 of a sale, a void or, if the profile has it, a refund (fact sheet, 3.6)."""

from datetime import timedelta

from emulator.host.answers import declined, numbered
from emulator.host.checks import SALE_TYPE, VOID_TYPE, Case, first_failure
from emulator.host.desk import (
    Answer,
    Caller,
    Desk,
    Request,
    batch_of,
    caller_of,
    key_of,
    sign_in_refusal,
    signature_refusal,
)
from emulator.host.message import Message
from emulator.host.money import DIGITS_60, YUAN
from emulator.host.records import Booking, Reversal
from emulator.host.undo_rules import REVERSAL_CHECKS

NEEDED = (3, 4, 11, 22, 25, 39, 41, 42, 49, 60)
DROPPED = (26, 35, 36, 37, 52)
ECHOED = (2, 3, 4, 11, 23, 25, 41, 42, 49, 60)
DONE = "00"


def reversal(desk: Desk, request: Request) -> Answer:
    """Answer 0410; what is undone and the answer are written in one transaction."""
    message = request.message
    caller = caller_of(desk, message)
    if isinstance(caller, str):
        return _answer(desk, message, caller, None)
    refusal = signature_refusal(desk, request, caller) or sign_in_refusal(desk, caller)
    if refusal is None and not _well_formed(message):
        refusal = "30"
    if refusal is not None:
        return _answer(desk, message, refusal, caller)
    with desk.ledger.transaction():
        return _decide(desk, request, caller)


def original_of(desk: Desk, message: Message) -> Booking | None:
    """What was booked or declined under this number, unless the host has forgotten it."""
    found = desk.ledger.same_request(key_of(message))
    return None if found is None or is_forgotten(desk, found) else found


def is_forgotten(desk: Desk, booking: Booking) -> bool:
    """Whether the booking is older than this host remembers (profile)."""
    days = desk.config.profile.forgets_after_days
    return days > 0 and booking.day <= f"{desk.now() - timedelta(days=days):%Y-%m-%d}"


def _decide(desk: Desk, request: Request, caller: Caller) -> Answer:
    message = request.message
    original = original_of(desk, message)
    code = request.forced_code or _code(desk, message, original)
    if code == DONE and original is not None:
        desk.ledger.mark_reversed(original)
    if original is None and request.forced_code is None:
        desk.ledger.reversals.close(key_of(message))
    answer = _answer(desk, message, code, caller)
    desk.ledger.reversals.note(_noted(desk, answer, message, original))
    return answer


def _code(desk: Desk, message: Message, original: Booking | None) -> str:
    if not _names_the_right_one(desk, message, original):
        return "30"
    if original is None:
        return desk.config.profile.reversal_not_found
    return first_failure(REVERSAL_CHECKS, _case(desk, message, original)) or DONE


def _names_the_right_one(desk: Desk, message: Message, original: Booking | None) -> bool:
    """Whether field 61 agrees (2.5): 25 would let the terminal believe that it was undone."""
    kind, named = message.text(60)[:2], message.text(61)[:12]
    own = batch_of(message) + message.text(11)
    if kind == SALE_TYPE:
        return named in ("", own)
    if kind != VOID_TYPE:
        return True
    if desk.config.profile.void_reversal_original == "own":
        return named == own
    sale = desk.ledger.same_request((message.text(42), message.text(41), named[6:], named[:6]))
    return original is None or (sale is not None and sale.id == original.original_id)


def _case(desk: Desk, message: Message, original: Booking) -> Case:
    pan = message.text(2)
    return Case(
        amount_minor=int(message.text(4)),
        card_token=desk.ledger.card_token(pan) if pan else "",
        original=original,
        remaining_minor=desk.ledger.remaining_minor(original.id),
        today=desk.now().date(),
        batch=batch_of(message),
        transaction_type=message.text(60)[:2],
        profile=desk.config.profile,
    )


def _answer(desk: Desk, message: Message, code: str, caller: Caller | None) -> Answer:
    fields = numbered(desk, message, ECHOED) | {39: code}
    if code == DONE and caller is not None:
        return Answer(fields, caller.signing)
    return declined(desk, caller, fields)


def _noted(desk: Desk, answer: Answer, message: Message, original: Booking | None) -> Reversal:
    return Reversal(
        transaction_type=message.text(60)[:2],
        amount_minor=int(message.text(4)),
        stan=message.text(11),
        batch=batch_of(message),
        terminal=message.text(41),
        merchant=message.text(42),
        reason=message.text(39),
        response_code=str(answer.fields[39]),
        rrn=str(answer.fields[37]),
        original_rrn=original.rrn if original else "",
        time=f"{desk.now():%Y-%m-%dT%H:%M:%S}",
    )


def _well_formed(message: Message) -> bool:
    return (
        all(number in message.fields for number in NEEDED)
        and not any(number in message.fields for number in DROPPED)
        and len(message.text(60)) >= DIGITS_60
        and message.text(49) == YUAN
    )

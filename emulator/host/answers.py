"""Answers to money requests: what is echoed, what the host adds, and who signs them."""

from datetime import datetime

from emulator.host.checks import SALE_TYPE
from emulator.host.desk import Answer, Caller, Desk, echoed, stamped
from emulator.host.message import Message, Value
from emulator.host.presented import Payer
from emulator.host.records import Booking
from emulator.host.tagged import VOUCHER, tagged

ECHOED = (3, 4, 11, 23, 25, 41, 42, 49, 60)
ORGANISATIONS = (("62", "CUP"), ("4", "VIS"), ("5", "MCC"))
DOMESTIC = "CUP"


def organisation(pan: str) -> str:
    """63.1 by the first digits of a card number, masked or not; QR payments have none."""
    if not pan:
        return DOMESTIC
    return next((name for prefix, name in ORGANISATIONS if pan.startswith(prefix)), "000")


def decision(
    desk: Desk, message: Message, caller: Caller, payer: Payer, booking: Booking
) -> Answer:
    """The answer to what was booked, or declined and written down (fact sheet, 3.3 to 3.5)."""
    fields = echoed(message, ECHOED) | stamped(datetime.fromisoformat(booking.time))
    fields |= {32: desk.config.acquirer_id, 37: booking.rrn, 39: booking.response_code}
    fields |= {15: fields[13], 63: organisation(payer.pan)} | _card_fields(payer)
    if booking.state == "declined":
        return declined(desk, caller, fields)
    fields[4] = f"{booking.amount_minor:012d}"
    fields[44] = f"{desk.config.issuer_of(payer.pan):<11}{desk.config.acquirer_id:<11}"
    if booking.auth_code:
        fields[38] = booking.auth_code
    if booking.voucher and booking.transaction_type == SALE_TYPE:
        fields[59] = tagged(VOUCHER, booking.voucher)
    return Answer(fields, caller.signing)


def rejection(desk: Desk, message: Message, code: str, caller: Caller | None) -> Answer:
    """An answer to what is not booked: the request was not believed, or was seen before."""
    return declined(desk, caller, numbered(desk, message, ECHOED) | {39: code})


def numbered(desk: Desk, message: Message, numbers: tuple[int, ...]) -> dict[int, Value]:
    """Echoed fields, host time, acquirer and a new reference number."""
    when = desk.now()
    fields = echoed(message, numbers) | stamped(when)
    return fields | {32: desk.config.acquirer_id, 37: desk.ledger.next_rrn(when)}


def declined(desk: Desk, caller: Caller | None, fields: dict[int, Value]) -> Answer:
    """An answer that says no; signed as the profile has it."""
    signed = caller is not None and desk.config.profile.declines_carry_mac
    return Answer(fields, caller.signing if caller is not None and signed else None)


def _card_fields(payer: Payer) -> dict[int, Value]:
    fields: dict[int, Value] = {}
    if payer.pan:
        fields[2] = payer.pan
    if payer.expiry:
        fields[14] = payer.expiry
    return fields

"""Refund 0220: decide, book once, answer (fact sheet, 3.5 and 6.2; duplicates: profile, 4)."""

from datetime import datetime

from emulator.host.crypto import clear_track
from emulator.host.desk import (
    Answer,
    Caller,
    Desk,
    Request,
    caller_of,
    echoed,
    session_refusal,
    signature_refusal,
    stamped,
)
from emulator.host.faults import APPROVALS
from emulator.host.masking import SHORTEST_PAN, masked_pan
from emulator.host.message import Message, Value
from emulator.host.records import Booking
from emulator.host.refund_rules import (
    RefundCase,
    code_by_amount,
    original_day,
    refund_refusal,
)

NEEDED = (3, 4, 11, 22, 25, 37, 41, 42, 49, 60, 61, 63)
ECHOED = (3, 4, 11, 23, 25, 41, 42, 49, 60)
YUAN = "156"
DIGITS_60, DIGITS_61 = 13, 16
PARTIAL = "10"
ORGANISATIONS = (("62", "CUP"), ("4", "VIS"), ("5", "MCC"))


def refund(desk: Desk, request: Request) -> Answer:
    """Answer 0230; the booking and the answer's code are written in one transaction."""
    caller = caller_of(desk, request.message)
    if isinstance(caller, str):
        return _rejection(desk, request.message, caller, None)
    refusal = signature_refusal(desk, request, caller)
    if refusal is not None:
        return _rejection(desk, request.message, refusal, caller)
    card = _card(request.message, caller)
    if card is None or not _well_formed(request.message):
        return _rejection(desk, request.message, "30", caller)
    with desk.ledger.transaction():
        return _decide(desk, request, caller, card)


def _decide(desk: Desk, request: Request, caller: Caller, card: tuple[str, str]) -> Answer:
    message = request.message
    key = (message.text(42), message.text(41), message.text(11), message.text(60)[2:8])
    earlier = desk.ledger.same_request(key)
    if earlier is not None:
        return _repeated(desk, message, caller, card, earlier)
    refusal = session_refusal(desk, message, caller)
    if refusal is not None:
        return _rejection(desk, message, refusal, caller)
    return _answer(desk, message, caller, card, desk.ledger.book(_booking(desk, request, card[0])))


def _repeated(
    desk: Desk, message: Message, caller: Caller, card: tuple[str, str], earlier: Booking
) -> Answer:
    same = (
        earlier.mti == message.mti
        and earlier.original_rrn == message.text(37)
        and earlier.card_token == desk.ledger.card_token(card[0])
        and (earlier.amount_minor == int(message.text(4)) or earlier.response_code == PARTIAL)
    )
    if desk.config.profile.duplicate == "old_answer" and same:
        return _answer(desk, message, caller, card, earlier)
    return _rejection(desk, message, "94", caller)


def _booking(desk: Desk, request: Request, pan: str) -> Booking:
    message, when = request.message, desk.now()
    wanted = request.forced_code or code_by_amount(int(message.text(4)))
    original = _original(desk, message, when)
    token = desk.ledger.card_token(pan)
    code = wanted if wanted and wanted not in APPROVALS else None
    code = code or refund_refusal(_case(desk, message, pan, original)) or wanted or "00"
    return Booking(
        mti=message.mti,
        processing_code=message.text(3),
        transaction_type=message.text(60)[:2],
        amount_minor=_booked_minor(int(message.text(4)), code),
        currency=message.text(49),
        stan=message.text(11),
        batch=message.text(60)[2:8],
        terminal=message.text(41),
        merchant=message.text(42),
        rrn=desk.ledger.next_rrn(when),
        auth_code="",
        response_code=code,
        state="booked" if code in APPROVALS else "declined",
        card_masked=masked_pan(pan),
        card_token=token,
        time=f"{when:%Y-%m-%dT%H:%M:%S}",
        original_rrn=message.text(37),
        original_id=original.id if original else None,
        card_name=original.card_name if original and original.card_token == token else "",
    )


def _booked_minor(amount_minor: int, code: str) -> int:
    return amount_minor // 2 if code == PARTIAL else amount_minor


def _original(desk: Desk, message: Message, when: datetime) -> Booking | None:
    day = original_day(message.text(61)[12:16], when.date())
    if day is None:
        return None
    return desk.ledger.original(message.text(42), message.text(37), day.isoformat())


def _case(desk: Desk, message: Message, pan: str, original: Booking | None) -> RefundCase:
    return RefundCase(
        amount_minor=int(message.text(4)),
        card_token=desk.ledger.card_token(pan),
        original=original,
        remaining_minor=desk.ledger.remaining_minor(original.id) if original else 0,
        today=desk.now().date(),
        profile=desk.config.profile,
    )


def _answer(
    desk: Desk, message: Message, caller: Caller, card: tuple[str, str], booking: Booking
) -> Answer:
    fields = echoed(message, ECHOED) | stamped(datetime.fromisoformat(booking.time))
    fields |= {2: card[0], 32: desk.config.acquirer_id, 37: booking.rrn}
    fields |= {15: fields[13], 39: booking.response_code, 63: _organisation(card[0])}
    if card[1]:
        fields[14] = card[1]
    if booking.state == "declined":
        return _declined(desk, caller, fields)
    fields[4] = f"{booking.amount_minor:012d}"
    fields[44] = f"{desk.config.issuer_of(card[0]):<11}{desk.config.acquirer_id:<11}"
    return Answer(fields, caller.signing)


def _organisation(pan: str) -> str:
    return next((name for prefix, name in ORGANISATIONS if pan.startswith(prefix)), "000")


def _rejection(desk: Desk, message: Message, code: str, caller: Caller | None) -> Answer:
    """An answer to what is not booked: the request was not believed, or was seen before."""
    when = desk.now()
    fields = echoed(message, ECHOED) | stamped(when)
    fields |= {32: desk.config.acquirer_id, 37: desk.ledger.next_rrn(when), 39: code}
    return _declined(desk, caller, fields)


def _declined(desk: Desk, caller: Caller | None, fields: dict[int, Value]) -> Answer:
    signed = caller is not None and desk.config.profile.declines_carry_mac
    return Answer(fields, caller.signing if caller is not None and signed else None)


def _well_formed(message: Message) -> bool:
    return (
        all(number in message.fields for number in NEEDED)
        and len(message.text(60)) >= DIGITS_60
        and len(message.text(61)) >= DIGITS_61
        and message.text(49) == YUAN
    )


def _card(message: Message, caller: Caller) -> tuple[str, str] | None:
    """Card number and expiry of fields 2, 14, 35; None if there is none or they contradict."""
    track = _track(message, caller)
    if track is None:
        return None
    swiped, _, rest = track.partition("D")
    pan = message.text(2) or swiped
    if len(pan) < SHORTEST_PAN or not pan.isdecimal() or (swiped and swiped != pan):
        return None
    expiry = rest[:4] if len(rest) >= 4 and rest[:4].isdecimal() else ""
    return pan, message.text(14) or expiry


def _track(message: Message, caller: Caller) -> str | None:
    """Track 2 in clear, empty if there is none; None if it came encrypted and cannot be read."""
    track, keys = message.text(35), caller.keys
    if not track or message.text(53)[2:3] != "1":
        return track
    if keys is None or keys.tdk is None:
        return None
    try:
        return clear_track(keys.tdk, track)
    except ValueError:
        return None

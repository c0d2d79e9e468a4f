"""Batch upload 0320: details of a batch, and single refunds (fact sheet, 3.10; profile, 4)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from emulator.host.answers import decision, rejection
from emulator.host.desk import (
    MAC,
    Answer,
    Caller,
    Desk,
    Request,
    caller_of,
    key_of,
    sign_in_refusal,
    signature_refusal,
)
from emulator.host.faults import APPROVALS
from emulator.host.money import Ask, book, is_same_request, late_refusal, well_formed
from emulator.host.presented import payer_of
from emulator.host.records import BatchKey, Booking, Finding, Upload
from emulator.host.refund import REFUND
from emulator.host.settlement import batch_key, end_answer

DETAIL_NEEDED = (11, 41, 42, 48, 60)
DETAIL_DIGITS = 40
MOST_DETAILS = 8


@dataclass(frozen=True, slots=True)
class Detail:
    """One of the up to eight records in field 48 of a 201."""

    stan: str
    pan: str = field(repr=False)
    amount_minor: int


def upload_details(desk: Desk, request: Request) -> Answer:
    """Answer 0330 to 201: each record is compared with the books, which stay as they are."""
    message = request.message
    caller = caller_of(desk, message)
    if isinstance(caller, str):
        return end_answer(desk, message, caller)
    details = read_details(message.text(48))
    if details is None or any(number not in message.fields for number in DETAIL_NEEDED):
        return end_answer(desk, message, "30")
    if request.fault is not None:
        return end_answer(desk, message, str(request.fault["code"]))
    key = batch_key(message)
    if not _may_upload(desk, caller, key):
        return end_answer(desk, message, "77")
    with desk.ledger.transaction():
        for detail in details:
            _note_detail(desk, key, detail)
        return end_answer(desk, message, "00")


def read_details(text: str) -> tuple[Detail, ...] | None:
    """Count and records of field 48; None if they are not that."""
    count = int(text[:2] or 0)
    if not 1 <= count <= MOST_DETAILS or len(text) != 2 + count * DETAIL_DIGITS:
        return None
    return tuple(_details(text[2:]))


def upload_refund(desk: Desk, request: Request) -> Answer:
    """Answer 0330 to a single refund: books it if the host does not know it, at most once."""
    message = request.message
    caller = caller_of(desk, message)
    if isinstance(caller, str):
        return rejection(desk, message, caller, None)
    signed = MAC in message.fields
    refusal = signature_refusal(desk, request, caller) if signed else None
    refusal = refusal or sign_in_refusal(desk, caller)
    payer = payer_of(message, caller, may_lack_track=True)
    if refusal is None and (payer is None or not well_formed(REFUND, message)):
        refusal = "30"
    if refusal is not None or payer is None:
        return _unsigned_if(not signed, rejection(desk, message, refusal or "30", caller))
    with desk.ledger.transaction():
        answer = _decide(Ask(desk, request, caller, payer), signed)
    return _unsigned_if(not signed, answer)


def _decide(ask: Ask, signed: bool) -> Answer:
    desk, message = ask.desk, ask.message
    if ask.request.fault is not None:
        return rejection(desk, message, str(ask.request.fault["code"]), ask.caller)
    earlier = desk.ledger.same_request(key_of(message))
    finding = _finding_of_refund(ask, earlier)
    refusal = _refusal(ask, earlier, finding, signed)
    if refusal is not None:
        return rejection(desk, message, refusal, ask.caller)
    booking = earlier or book(REFUND, ask)
    if booking.response_code in APPROVALS:
        _note(ask.desk, batch_key(message), _upload_of(ask, finding))
    return decision(desk, message, ask.caller, ask.payer, booking)


def _refusal(ask: Ask, earlier: Booking | None, finding: Finding, signed: bool) -> str | None:
    """94 if the number is another's or undone; 25 if unknown and not booked here; A0 unsigned."""
    if earlier is not None:
        return None if finding == "known" and earlier.state != "reversed" else "94"
    if "batch_upload" not in ask.desk.config.profile.refund_recovery:
        return "25"
    return late_refusal(ask.desk, ask.message) if signed else "A0"


def _finding_of_refund(ask: Ask, earlier: Booking | None) -> Finding:
    if earlier is None:
        return "not known"
    return "known" if is_same_request(ask, earlier) else "other kind"


def _upload_of(ask: Ask, finding: Finding) -> Upload:
    key = batch_key(ask.message)
    return Upload(*key, "refund", ask.message.text(11), ask.amount_minor, finding)


def _unsigned_if(unsigned: bool, answer: Answer) -> Answer:
    return Answer(answer.fields) if unsigned else answer


def _may_upload(desk: Desk, caller: Caller, key: BatchKey) -> bool:
    """The batch is the terminal's own, and it was settled; a closed one may be repeated."""
    is_current = caller.session is not None and caller.session.batch == key[2]
    batch = desk.ledger.batches.find(key)
    return batch is not None and (is_current or batch.state == "closed")


def _note_detail(desk: Desk, key: BatchKey, detail: Detail) -> None:
    finding = _finding_of_detail(desk, key, detail)
    kind: Literal["detail"] = "detail"
    _note(desk, key, Upload(*key, kind, detail.stan, detail.amount_minor, finding))


def _note(desk: Desk, key: BatchKey, upload: Upload) -> None:
    batch = desk.ledger.batches.find(key)
    if batch is not None and batch.state != "closed":
        desk.ledger.batches.note_upload(upload)


def _finding_of_detail(desk: Desk, key: BatchKey, detail: Detail) -> Finding:
    merchant, terminal, batch = key
    known = desk.ledger.same_request((merchant, terminal, detail.stan, batch))
    if known is None or known.state in ("declined", "reversed"):
        return "not known"
    if known.card_token and known.card_token != desk.ledger.card_token(detail.pan):
        return "other card"
    return "known" if known.amount_minor == detail.amount_minor else "other amount"


def _details(text: str) -> Iterator[Detail]:
    for at in range(0, len(text), DETAIL_DIGITS):
        record = text[at : at + DETAIL_DIGITS]
        yield Detail(record[2:8], record[8:28].lstrip("0"), int(record[28:]))

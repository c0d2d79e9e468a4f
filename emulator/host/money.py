"""What sale, void and refund have in common: believe, decide, book once, answer."""

from collections.abc import Callable
from dataclasses import dataclass

from emulator.host.answers import decision, rejection
from emulator.host.checks import (
    SALE_TYPE,
    Case,
    asked_the_same,
    booked_minor,
    code_by_amount,
)
from emulator.host.desk import (
    Answer,
    Caller,
    Desk,
    Request,
    batch_of,
    caller_of,
    key_of,
    session_refusal,
    signature_refusal,
)
from emulator.host.faults import APPROVALS
from emulator.host.masking import masked_pan
from emulator.host.message import Message
from emulator.host.presented import Payer, payer_of
from emulator.host.records import Booking

YUAN = "156"
DIGITS_60 = 13


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that is believed: who sent it, and who pays or is paid."""

    desk: Desk
    request: Request
    caller: Caller
    payer: Payer

    @property
    def message(self) -> Message:
        """The request's message."""
        return self.request.message

    @property
    def amount_minor(self) -> int:
        """Field 4."""
        return int(self.message.text(4))

    @property
    def card_token(self) -> str:
        """What stands for the card in comparisons; empty for QR."""
        return self.desk.ledger.card_token(self.payer.pan) if self.payer.pan else ""


@dataclass(frozen=True, slots=True)
class Operation:
    """A kind of money request.

    needed: fields; digits_61: at least so many; original: what it refers to; refusal: the code of
    a decline, or None; after: what else an approval changes.
    """

    needed: tuple[int, ...]
    digits_61: int
    original: Callable[[Ask], Booking | None]
    refusal: Callable[[Ask, Case], str | None]
    after: Callable[[Ask, Booking], None]
    authorises: bool


def answer_money(operation: Operation, desk: Desk, request: Request) -> Answer:
    """The answer to a money request; booking and answer are decided in one transaction."""
    message = request.message
    caller = caller_of(desk, message)
    if isinstance(caller, str):
        return rejection(desk, message, caller, None)
    refusal = signature_refusal(desk, request, caller)
    if refusal is not None:
        return rejection(desk, message, refusal, caller)
    payer = payer_of(message, caller, _may_lack_track(desk, message))
    if payer is None or not well_formed(operation, message):
        return rejection(desk, message, "30", caller)
    with desk.ledger.transaction():
        return _decide(operation, Ask(desk, request, caller, payer))


def case_of(ask: Ask, original: Booking | None) -> Case:
    """The request beside its original."""
    ledger = ask.desk.ledger
    return Case(
        amount_minor=ask.amount_minor,
        card_token=ask.card_token,
        original=original,
        remaining_minor=ledger.remaining_minor(original.id) if original else 0,
        today=ask.desk.now().date(),
        batch=batch_of(ask.message),
        transaction_type=ask.message.text(60)[:2],
        profile=ask.desk.config.profile,
    )


def book(operation: Operation, ask: Ask) -> Booking:
    """Decide a request whose number is free, and write the decision down."""
    original = operation.original(ask)
    code = _code(operation, ask, case_of(ask, original))
    booking = ask.desk.ledger.book(_booking(operation, ask, original, code))
    if booking.state == "booked":
        operation.after(ask, booking)
    return booking


def is_same_request(ask: Ask, earlier: Booking) -> bool:
    """Whether the booking under this number was made for the same money."""
    return (
        earlier.transaction_type == ask.message.text(60)[:2]
        and earlier.card_token == ask.card_token
        and asked_the_same(earlier, ask.amount_minor)
    )


def late_refusal(desk: Desk, message: Message) -> str | None:
    """The code for a request whose number was closed before it came; else None."""
    code = desk.config.profile.late_original
    if code == "booked" or not desk.ledger.reversals.is_closed(key_of(message)):
        return None
    return code


def well_formed(operation: Operation, message: Message) -> bool:
    """Whether every field is there and long enough."""
    return (
        all(number in message.fields for number in operation.needed)
        and len(message.text(60)) >= DIGITS_60
        and len(message.text(61)) >= operation.digits_61
        and message.text(49) == YUAN
    )


def _may_lack_track(desk: Desk, message: Message) -> bool:
    steps = desk.config.profile.refund_recovery
    return message.mti == "0220" and "resend_same_stan" in steps


def _decide(operation: Operation, ask: Ask) -> Answer:
    desk, message = ask.desk, ask.message
    earlier = desk.ledger.same_request(key_of(message))
    if earlier is not None:
        return _repeated(ask, earlier)
    refusal = session_refusal(desk, message, ask.caller) or late_refusal(desk, message)
    if refusal is not None:
        return rejection(desk, message, refusal, ask.caller)
    return decision(desk, message, ask.caller, ask.payer, book(operation, ask))


def _repeated(ask: Ask, earlier: Booking) -> Answer:
    """The old answer if the profile has it so; never the approval of what was reversed since."""
    same = is_same_request(ask, earlier) and earlier.mti == ask.message.mti
    same = same and earlier.original_rrn == ask.message.text(37)
    if ask.desk.config.profile.duplicate == "old_answer" and same and earlier.state != "reversed":
        return decision(ask.desk, ask.message, ask.caller, ask.payer, earlier)
    return rejection(ask.desk, ask.message, "94", ask.caller)


def _code(operation: Operation, ask: Ask, case: Case) -> str:
    wanted = ask.request.forced_code or code_by_amount(ask.amount_minor)
    if wanted and wanted not in APPROVALS:
        return wanted
    return operation.refusal(ask, case) or wanted or "00"


def _booking(operation: Operation, ask: Ask, original: Booking | None, code: str) -> Booking:
    message, ledger, when = ask.message, ask.desk.ledger, ask.desk.now()
    approved = code in APPROVALS
    return Booking(
        mti=message.mti,
        processing_code=message.text(3),
        transaction_type=message.text(60)[:2],
        amount_minor=booked_minor(ask.amount_minor, code),
        currency=message.text(49),
        stan=message.text(11),
        batch=batch_of(message),
        terminal=message.text(41),
        merchant=message.text(42),
        rrn=ledger.next_rrn(when),
        auth_code=ledger.next_auth_code() if approved and operation.authorises else "",
        response_code=code,
        state="booked" if approved else "declined",
        card_masked=masked_pan(ask.payer.pan),
        card_token=ask.card_token,
        card_name=_card_name(ask),
        time=f"{when:%Y-%m-%dT%H:%M:%S}",
        original_rrn=message.text(37),
        original_id=original.id if original else None,
        voucher=_voucher(ask) if approved else ask.payer.voucher,
    )


def _card_name(ask: Ask) -> str:
    account = ask.desk.ledger.accounts.of(ask.card_token)
    return account.card_name if account else ""


def _voucher(ask: Ask) -> str:
    if ask.payer.is_qr and ask.message.text(60)[:2] == SALE_TYPE:
        return ask.desk.ledger.next_voucher(ask.desk.now())
    return ask.payer.voucher

"""Void of a sale, 0200/200000 (fact sheet, 3.4, 6.1 and 6.2)."""

from emulator.host.checks import Case, first_failure
from emulator.host.desk import Answer, Desk, Request
from emulator.host.money import Ask, Operation, answer_money
from emulator.host.pin import pin_refusal
from emulator.host.records import Booking
from emulator.host.undo_rules import VOID_CHECKS


def void(desk: Desk, request: Request) -> Answer:
    """Answer 0210."""
    return answer_money(VOID, desk, request)


def _original(ask: Ask) -> Booking | None:
    """By merchant, terminal, batch and trace; what else the request names must fit."""
    message = ask.message
    batch, stan = message.text(61)[:6], message.text(61)[6:12]
    found = ask.desk.ledger.same_request((message.text(42), message.text(41), stan, batch))
    if found is None or found.state == "declined" or found.rrn != message.text(37):
        return None
    if message.text(38) not in ("", found.auth_code):
        return None
    return found if found.voucher == ask.payer.voucher else None


def _refusal(ask: Ask, case: Case) -> str | None:
    return first_failure(VOID_CHECKS, case) or pin_refusal(ask)


def _mark(ask: Ask, booking: Booking) -> None:
    if booking.original_id is not None:
        ask.desk.ledger.mark_voided(booking.original_id)


VOID = Operation(
    needed=(3, 4, 11, 22, 25, 37, 41, 42, 49, 60, 61),
    digits_61=12,
    original=_original,
    refusal=_refusal,
    after=_mark,
    authorises=True,
)

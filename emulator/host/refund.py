"""Refund 0220 by card or QR voucher (fact sheet, 3.5, 3.8 and 6.2; duplicates: profile, 4)."""

from emulator.host.checks import Case, first_failure
from emulator.host.desk import Answer, Desk, Request
from emulator.host.money import Ask, Operation, answer_money
from emulator.host.pin import pin_refusal
from emulator.host.records import Booking
from emulator.host.refund_rules import REFUND_CHECKS, original_day

NO_RRN, NO_DATE = "000000000000", "0000"
ZERO_AMOUNT = "13"


def refund(desk: Desk, request: Request) -> Answer:
    """Answer 0230."""
    return answer_money(REFUND, desk, request)


def _original(ask: Ask) -> Booking | None:
    rrn, month_day = ask.message.text(37), ask.message.text(61)[12:16]
    merchant = ask.message.text(42)
    day = original_day(month_day, ask.desk.now().date())
    if not ask.payer.voucher:
        return ask.desk.ledger.original(merchant, rrn, day.isoformat()) if day else None
    found = ask.desk.ledger.paid_with(merchant, ask.payer.voucher)
    if found is None or rrn not in (NO_RRN, found.rrn):
        return None
    fits = month_day == NO_DATE or (day is not None and day.isoformat() == found.day)
    return found if fits else None


def _refusal(ask: Ask, case: Case) -> str | None:
    if case.profile.unlinked_refund == "allowed" and _names_nothing(ask):
        return (ZERO_AMOUNT if ask.amount_minor == 0 else None) or pin_refusal(ask)
    return first_failure(REFUND_CHECKS, case) or pin_refusal(ask)


def _names_nothing(ask: Ask) -> bool:
    return not ask.payer.voucher and ask.message.text(37) == NO_RRN


REFUND = Operation(
    needed=(3, 4, 11, 22, 25, 37, 41, 42, 49, 60, 61, 63),
    digits_61=16,
    original=_original,
    refusal=_refusal,
    after=lambda _ask, _booking: None,
    authorises=False,
)

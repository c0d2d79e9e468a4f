"""Sale 0200/000000 by card or QR code (fact sheet, 3.3 and 3.8)."""

from collections.abc import Callable

from emulator.host.checks import Case
from emulator.host.desk import Answer, Desk, Request
from emulator.host.money import Ask, Operation, answer_money
from emulator.host.pin import pin_refusal


def sale(desk: Desk, request: Request) -> Answer:
    """Answer 0210."""
    return answer_money(SALE, desk, request)


def _no_amount(ask: Ask) -> str | None:
    return "13" if ask.amount_minor == 0 else None


def _unknown_card(ask: Ask) -> str | None:
    known = ask.payer.is_qr or ask.desk.ledger.accounts.of(ask.card_token)
    return None if known else "14"


def _expired(ask: Ask) -> str | None:
    expiry = ask.payer.expiry
    return "54" if expiry and expiry < f"{ask.desk.now():%y%m}" else None


def _too_little_money(ask: Ask) -> str | None:
    ledger = ask.desk.ledger
    account = ledger.accounts.of(ask.card_token)
    if account is None:
        return None
    spent = ledger.spent_minor(ask.card_token, f"{ask.desk.now():%Y-%m-%d}")
    return "51" if spent + ask.amount_minor > account.limit_minor else None


SALE_CHECKS: tuple[Callable[[Ask], str | None], ...] = (
    _no_amount,
    _unknown_card,
    _expired,
    pin_refusal,
    _too_little_money,
)
"""In this order: a PIN is only tried on a card that could pay."""


def _refusal(ask: Ask, _case: Case) -> str | None:
    for check in SALE_CHECKS:
        code = check(ask)
        if code is not None:
            return code
    return None


SALE = Operation(
    needed=(3, 4, 11, 22, 25, 41, 42, 49, 60),
    digits_61=0,
    original=lambda _ask: None,
    refusal=_refusal,
    after=lambda _ask, _booking: None,
    authorises=True,
)

"""A day with every operation that moves money, with real processes: both books agree at its end."""

from typing import Any

import pytest

from tests.end_to_end.running import Running
from tests.end_to_end.till import Till

pytestmark = [pytest.mark.emulator, pytest.mark.slow]
SALE, VOID, QR_REFUND, SETTLE = "消费", "消费撤销", "扫码退货", "结算"
PIN, SUPERVISOR, PASSWORD = "123456", "10", "614283"
BY_WALLET_MINOR = 2350


def supervised(till: Till, flow: str) -> None:
    till.reach(f"{flow}.approval")
    till.press(*SUPERVISOR, "ENTER")
    till.reach(f"{flow}.approval_password")
    till.press(*PASSWORD, "ENTER")
    till.reach(f"{flow}.confirm")


def sell(till: Till, amount: str) -> None:
    till.choose(SALE)
    till.reach("sale.amount")
    till.press(*amount, "ENTER")
    till.reach("sale.card")
    till.channel.ask("swipe", card="debit")
    till.reach("sale.pin")
    till.press(*PIN, "ENTER")
    till.reach("sale.confirm")
    till.confirm("sale.approved")
    till.to_idle()


def void(till: Till, stan: str) -> None:
    till.choose(VOID)
    till.reach("void.sale")
    till.press(*stan, "ENTER")
    till.reach("void.card")
    till.channel.ask("swipe", card="debit")
    supervised(till, "void")
    till.confirm("void.approved")
    till.to_idle()


def refund_to_wallet(till: Till) -> None:
    till.choose(QR_REFUND)
    till.reach("refund.original")
    till.channel.ask("scan", text=till.sale(BY_WALLET_MINOR)["code"])
    till.reach("refund.amount")
    till.press("ENTER")
    till.reach("refund.reason")
    till.press("1")
    till.reach("refund.password")
    till.press("2", "5", "8", "0", "ENTER")
    till.reach("refund.confirm")
    till.confirm()
    till.to_idle()


def ours(bench: Running) -> list[dict[str, Any]]:
    """What the host has booked in the batches of this terminal, oldest first."""
    bookings: list[dict[str, Any]] = bench.channel.ask("ledger")["bookings"]
    return [booking for booking in bookings if int(booking["batch"]) > 1]


def test_sale_void_return_to_a_wallet_and_settlement(bench: Running) -> None:
    till = Till(bench.channel)
    till.log_on()
    sell(till, "5000")
    sell(till, "6000")
    void(till, str(int(ours(bench)[0]["stan"])))
    refund_to_wallet(till)
    assert [b["state"] for b in ours(bench)] == ["voided", "booked", "booked", "booked"]
    till.choose(SETTLE)
    till.reach("settlement.confirm")
    till.press("ENTER")
    till.reach("settlement.done")
    till.to_idle()
    amounts = [(b["transaction_type"], b["amount_minor"], b["state"]) for b in ours(bench)]
    assert amounts == [
        ("22", 5000, "voided"),
        ("22", 6000, "settled"),
        ("23", 5000, "settled"),
        ("25", BY_WALLET_MINOR, "settled"),
    ]

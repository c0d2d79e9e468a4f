"""Refunds that need a second person, that are typed, or that the host does not want."""

from collections.abc import Callable

import pytest

from tests.end_to_end.books import settled
from tests.end_to_end.running import Running
from tests.end_to_end.till import REFUND, Sale, Till

pytestmark = [pytest.mark.emulator, pytest.mark.slow]


@pytest.fixture
def till(shared: Callable[[str], Running]) -> Till:
    """A till with nothing on its screen that another test left."""
    bench = shared("pty")
    bench.channel.ask("clear")
    bench.channel.ask("tear")
    at_till = Till(bench.channel)
    bench.channel.ask("power", to="on")
    at_till.to_idle()
    return at_till


@pytest.fixture
def bench(shared: Callable[[str], Running]) -> Running:
    """The same bench."""
    return shared("pty")


def last_of(bench: Running, sale: Sale) -> tuple[str, str]:
    """What both books tell of the last refund of this purchase."""
    refunds, bookings = settled(bench)
    ours = [refund for refund in refunds if refund.original_rrn == sale["rrn"]]
    asked = [booking for booking in bookings if booking["original_rrn"] == sale["rrn"]]
    return ours[-1].outcome, f"{asked[-1]['state']} {asked[-1]['response_code']}"


def test_large_amount_is_approved_by_a_supervisor(bench: Running, till: Till) -> None:
    sale = till.sale(129900)
    assert till.enter(sale) == "refund.approval"
    till.approve()
    till.confirm()
    till.slips(2)
    till.reach("idle")
    assert last_of(bench, sale) == ("approved", "booked 00")


def test_original_that_is_typed_is_refunded(bench: Running, till: Till) -> None:
    sale = till.sale(15000)
    till.choose(REFUND)
    till.reach("refund.original")
    for field in (sale["rrn"], sale["date"][4:], str(sale["amount_minor"])):
        till.press(*field, "ENTER")
    # Letters are harder to type, and the authorisation code may be left out.
    till.press("ENTER")
    till.reach("refund.amount")
    till.press("ENTER")
    if till.enter_reason_and_card(sale) == "refund.approval":
        till.approve()
    till.confirm()
    till.slips(2)
    till.reach("idle")
    assert last_of(bench, sale) == ("approved", "booked 00")


def test_amount_that_asks_for_a_code_is_declined_with_it(bench: Running, till: Till) -> None:
    sale = till.sale(1000000)
    assert till.enter(sale, [*"888061"]) == "refund.approval"
    till.approve()
    till.confirm("refund.declined")
    assert "61" in "\n".join(bench.channel.ask("screen")["rows"])
    assert last_of(bench, sale) == ("declined", "declined 61")


def test_refund_in_parts_ends_when_nothing_is_left(bench: Running, till: Till) -> None:
    sale = till.sale(5680)
    till.refund(sale, [*"2000"])
    till.refund(till.sale(5680))
    bench.channel.ask("scan", text=sale["code"])
    till.reach("refund.refused")
    refunds, bookings = settled(bench)
    assert [r.amount_minor for r in refunds if r.original_rrn == sale["rrn"]] == [2000, 3680]
    assert sum(b["amount_minor"] for b in bookings if b["original_rrn"] == sale["rrn"]) == 5680


def test_pulled_line_to_the_host_is_certain_and_costs_nothing(bench: Running, till: Till) -> None:
    sale = till.sale(20000)
    bench.channel.ask("link", wire="acquirer", to="down")
    till.enter(sale)
    till.confirm("refund.not_sent")
    till.press("ENTER")
    till.reach("idle")
    bench.channel.ask("link", wire="acquirer", to="up")
    till.refund(sale)
    assert last_of(bench, sale) == ("approved", "booked 00")

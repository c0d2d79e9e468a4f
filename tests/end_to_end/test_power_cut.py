"""The power goes at any moment of a refund: nothing is lost, and nothing is given twice."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.end_to_end.books import OPEN, bookings, settled
from tests.end_to_end.running import Running, running, write_shop
from tests.end_to_end.till import Till

pytestmark = [pytest.mark.emulator, pytest.mark.slow]

REFUND, ANSWER = "0220 ", "0230 "


def at_confirm(till: Till) -> None:
    """Nobody has pressed Enter yet."""


def right_after_enter(till: Till) -> None:
    till.press("ENTER")


def while_it_waits(till: Till) -> None:
    till.press("ENTER")
    till.reach("host.wait")


def when_the_host_has_the_request(till: Till) -> None:
    till.press("ENTER")
    until_passed(till, REFUND)


def when_the_answer_is_on_the_wire(till: Till) -> None:
    till.press("ENTER")
    until_passed(till, ANSWER)


def while_the_first_slip_is_printed(till: Till) -> None:
    till.confirm("refund.approved")


def between_the_slips(till: Till) -> None:
    till.confirm("refund.approved")
    till.slips(1)


def until_passed(till: Till, mti: str) -> None:
    def has_passed() -> bool:
        entries = till.channel.ask("trace")["entries"]
        return any(e["wire"] == "acquirer" and e["meaning"].startswith(mti) for e in entries)

    till.channel.until(has_passed)


Moment = Callable[[Till], None]
NO_FAULT: Final[Mapping[str, object]] = {}
BOOKED: Final[Mapping[str, object]] = {"name": "host.no_answer", "booked": True, "mti": "0220"}
LOST: Final[Mapping[str, object]] = {"name": "host.no_answer", "booked": False, "mti": "0220"}
MOMENTS: Final[tuple[tuple[Moment, Mapping[str, object]], ...]] = (
    (at_confirm, NO_FAULT),
    (right_after_enter, NO_FAULT),
    (while_it_waits, BOOKED),
    (when_the_host_has_the_request, LOST),
    (when_the_answer_is_on_the_wire, NO_FAULT),
    (while_the_first_slip_is_printed, NO_FAULT),
    (between_the_slips, NO_FAULT),
)


@pytest.mark.parametrize(("moment", "fault"), MOMENTS)
def test_power_cut_loses_nothing_and_gives_nothing_twice(
    bench: Running, moment: Moment, fault: Mapping[str, object]
) -> None:
    till = Till(bench.channel)
    till.log_on()
    sale = till.sale(10000)
    till.enter(sale)
    if fault:
        bench.channel.ask("fault", **fault)
    moment(till)
    refunds, booked = settled(bench)
    till.restart()
    bench.channel.ask("scan", text=sale["code"])
    screen = till.reach("refund.amount", "refund.refused")
    # Only where nothing had been written down may it be given again.
    assert screen == ("refund.refused" if refunds else "refund.amount")
    is_open = [refund for refund in refunds if refund.outcome in OPEN]
    till.to_idle()
    listed = till.pending()
    assert all(f"{refund.stan:06d}" in listed for refund in is_open)
    after, booked_after = settled(bench)
    assert [(r.batch, r.stan) for r in after] == [(r.batch, r.stan) for r in refunds]
    assert booked_after == booked
    assert sum(booking["amount_minor"] for booking in booked_after) in (0, 10000)


def test_refund_that_was_cut_off_before_enter_can_be_given(bench: Running) -> None:
    till = Till(bench.channel)
    till.log_on()
    sale = till.sale(10000)
    till.enter(sale)
    bench.channel.ask("power", to="off")
    till.restart()
    till.refund(sale)
    refunds, booked = settled(bench)
    assert ([r.outcome for r in refunds], len(booked)) == (["approved"], 1)


@pytest.mark.parametrize("is_booked", [True, False])
def test_unknown_stays_pending_over_a_power_cut(
    state: Path, tmp_path: Path, is_booked: bool
) -> None:
    impatient = write_shop(tmp_path / "shop.toml", "answer_timeout_s = 2")
    with running(state, impatient) as bench:
        till = Till(bench.channel)
        till.log_on()
        till.enter(till.sale(10000))
        bench.channel.ask("fault", name="host.no_answer", booked=is_booked, mti="0220")
        till.confirm("refund.unknown")
        assert len(bookings(bench)) == is_booked
        refunds, _ = settled(bench)
        assert [refund.outcome for refund in refunds] == ["unknown"]
        till.restart()
        assert f"{refunds[0].stan:06d}" in till.pending()
        bench.channel.ask("scan", text=till.sale(10000)["code"])
        till.reach("refund.refused")

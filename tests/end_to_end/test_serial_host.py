"""The host at the end of a serial line that is pulled, cut and put back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.books import settled
from tests.end_to_end.running import Running, running
from tests.end_to_end.till import Till

pytestmark = [pytest.mark.emulator, pytest.mark.slow]


@pytest.fixture
def bench(state: Path, shop: Path) -> Iterator[Running]:
    """A bench whose acquirer is at the end of a serial line."""
    with running(state, shop, "--host-line", "serial") as started:
        yield started


def test_device_file_names_the_serial_line(bench: Running) -> None:
    device = (bench.state / "device.toml").read_text(encoding="utf-8")
    assert f'acquirer = "serial:{bench.state}/wires/acquirer"' in device


def test_pulled_line_is_certain_and_a_line_put_back_is_used(bench: Running) -> None:
    till = Till(bench.channel)
    till.log_on()
    sale = till.sale(10000)
    bench.channel.ask("link", wire="acquirer", to="down")
    till.enter(sale)
    till.confirm("refund.not_sent")
    till.press("ENTER")
    till.reach("idle")
    bench.channel.ask("link", wire="acquirer", to="up")
    till.refund(sale)
    refunds, bookings = settled(bench)
    assert [refund.outcome for refund in refunds] == ["not_sent", "approved"]
    assert len(bookings) == 1


@pytest.mark.parametrize(("after_bytes", "is_booked"), [(60, False), (280, True)])
def test_line_cut_in_the_middle_leaves_the_refund_unknown(
    bench: Running, after_bytes: int, is_booked: bool
) -> None:
    till = Till(bench.channel)
    till.log_on()
    till.enter(till.sale(10000))
    bench.channel.ask("fault", name="link.drop", wire="acquirer", after_bytes=after_bytes)
    till.confirm("refund.unknown")
    till.to_idle()
    bench.channel.until(lambda: bench.channel.ask("firmware")["links"]["acquirer"] == "up")
    refunds, bookings = settled(bench)
    assert [refund.outcome for refund in refunds] == ["unknown"]
    assert len(bookings) == is_booked

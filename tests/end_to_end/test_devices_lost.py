"""Devices that go away and come back, and paper that ends, while the terminal runs."""

from collections.abc import Callable

import pytest

from tests.end_to_end.books import settled
from tests.end_to_end.channel import PATIENCE_S
from tests.end_to_end.running import Running
from tests.end_to_end.till import Till

pytestmark = [pytest.mark.emulator, pytest.mark.slow]

NAMES = {"keypad": "密码键盘", "reader": "读卡器", "scanner": "扫码器", "printer": "打印机"}
KINDS = ("pty", "tcp")


def till_at(bench: Running) -> Till:
    """A till with nothing on its screen that another test left."""
    bench.channel.ask("clear")
    till = Till(bench.channel)
    till.to_idle()
    return till


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("wire", NAMES)
def test_lost_device_is_named_and_works_again_without_a_restart(
    shared: Callable[[str], Running], kind: str, wire: str
) -> None:
    bench = shared(kind)
    till = till_at(bench)
    bench.channel.ask("link", wire=wire, to="down")
    shown = bench.channel.wait(contains=NAMES[wire])
    assert shown["inverse"][-1]
    bench.channel.ask("link", wire=wire, to="up")
    bench.channel.wait(contains="菜单")
    assert bench.channel.ask("firmware")["state"] == "on"
    assert len(till.refund(till.sale(10000), ["1", "00"])) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_display_that_was_away_shows_what_is_true_now(
    shared: Callable[[str], Running], kind: str
) -> None:
    bench = shared(kind)
    till = till_at(bench)
    bench.channel.ask("link", wire="display", to="down")
    till.press("MENU")
    assert bench.channel.ask("screen")["name"] == "idle"
    bench.channel.ask("link", wire="display", to="up")
    till.reach("menu")


def test_cut_wire_comes_back_by_itself(shared: Callable[[str], Running]) -> None:
    bench = shared("pty")
    till = till_at(bench)
    bench.channel.ask("fault", name="link.drop", wire="display", after_bytes=10)
    till.press("MENU")
    till.reach("menu")
    said = [e["meaning"] for e in bench.channel.ask("trace")["entries"] if e["direction"] == "-"]
    assert said[-2:] == ["link down", "link up"]
    assert bench.channel.ask("firmware")["links"]["display"] == "up"


def test_slip_is_printed_again_on_a_new_roll(shared: Callable[[str], Running]) -> None:
    bench = shared("pty")
    till = till_at(bench)
    bench.channel.ask("tear")
    till.enter(till.sale(10000), ["1", "00"])
    bench.channel.ask("fault", name="printer.paper_out", line=6)
    till.confirm("print.paper_out")
    assert bench.channel.ask("paper")["paper"] == "out"
    bench.channel.ask("clear", name="printer.paper_out")
    assert bench.channel.ask("paper")["paper"] == "loaded"
    slips = till.slips(2)
    till.reach("idle")
    _, bookings = settled(bench)
    bench.channel.ask("power", to="on")
    for slip in slips:
        text = "\n".join(slip["rows"])
        assert bookings[-1]["stan"] in text
        assert bookings[-1]["rrn"] in text


def test_open_cover_is_told_and_stops_the_slip(shared: Callable[[str], Running]) -> None:
    bench = shared("pty")
    till = till_at(bench)
    bench.channel.ask("tear")
    till.enter(till.sale(10000), ["1", "00"])
    bench.channel.ask("printer", cover="open")
    assert bench.channel.ask("paper")["cover"] == "open"
    till.confirm("print.paper_out")
    assert till.whole_slips() == []
    bench.channel.ask("printer", cover="closed")
    assert len(till.slips(2)) == 2
    bench.channel.wait(name="idle", timeout_s=PATIENCE_S)

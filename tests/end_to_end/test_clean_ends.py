"""Nothing is left of a bench that has ended, and benches don't disturb each other."""

import signal
from contextlib import ExitStack
from pathlib import Path
from shutil import copytree

import pytest

from tests.end_to_end.books import settled
from tests.end_to_end.running import Running, children_of, running, start
from tests.end_to_end.till import Till

pytestmark = [pytest.mark.emulator, pytest.mark.slow]


def ptys_of(bench: Running) -> list[Path]:
    return [link.resolve() for link in (bench.state / "wires").iterdir()]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_end_in_a_refund_leaves_no_process_no_wire_and_no_lock(
    state: Path, shop: Path, number: signal.Signals
) -> None:
    bench = start(state, shop, "--host-line", "serial")
    till = Till(bench.channel)
    till.log_on()
    till.enter(till.sale(10000))
    firmware, ptys = children_of(bench.process.pid), ptys_of(bench)
    assert (len(firmware), len(ptys)) == (1, 6)
    till.press("ENTER")
    assert bench.end(number) == 0
    assert not [pid for pid in firmware if Path(f"/proc/{pid}").exists()]
    assert not list((state / "wires").iterdir())
    with running(state, shop) as again:
        Till(again.channel).log_on()
        settled(again)


def test_several_benches_at_once_keep_their_books_apart(
    tmp_path: Path, set_up: Path, shop: Path
) -> None:
    with ExitStack() as stack:
        benches = [
            stack.enter_context(running(copytree(set_up, tmp_path / name), shop, "--wires", name))
            for name in ("pty", "tcp", "rfc2217")
        ]
        tills = [Till(bench.channel) for bench in benches]
        for till in tills:
            till.log_on()
        sales = [till.sale(10000) for till in tills]
        for till, sale in zip(tills, sales, strict=True):
            till.enter(sale)
        for till in tills:
            till.press("ENTER")
        for till in tills:
            till.slips(2)
        for bench in benches:
            refunds, bookings = settled(bench)
            assert ([r.outcome for r in refunds], len(bookings)) == (["approved"], 1)

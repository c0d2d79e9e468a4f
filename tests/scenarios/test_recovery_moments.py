"""When recovery asks, what an unresolved refund blocks meanwhile, and its late slips."""

from __future__ import annotations

from pathlib import Path

import pytest

from emulator.host.faults import Params
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import SALE, check_books, leave, refund, start_refund, whole_slips
from tests.scenarios.eyes import shows
from tests.scenarios.fingers import slip_texts
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.recoveries import (
    INQUIRING,
    RECOVERING,
    asked,
    finish,
    lost_refund,
    rest,
    restart,
    till,
)
from tests.scenarios.reversals import now

IN_PROGRESS: Params = {"number": 39, "value": "09", "mti": "0200"}


@pytest.fixture
def bench(tmp_path: Path) -> MemoryBench:
    return till(tmp_path, RECOVERING)


@pytest.fixture
def unknown(bench: MemoryBench) -> MemoryBench:
    """One that the host works on for long: asked once, and due again in a while."""
    bench.host.faults.arm("host.field", IN_PROGRESS, count=0)
    lost_refund(bench)
    return rest(bench)


def one_of(bench: MemoryBench) -> int:
    return next(iter(bench.runtime.facts.books.unresolved))


def tries(bench: MemoryBench) -> int:
    return len(bench.records("recovery_try"))


def test_screen_of_an_unknown_refund_says_who_asks(bench: MemoryBench) -> None:
    lost_refund(bench)
    assert shows(bench, say(Text.UNKNOWN_ASKS, stan="000002"))


def test_cashier_reads_what_is_asked(bench: MemoryBench) -> None:
    lost_refund(bench)
    bench.host.faults.arm("host.no_answer", {"mti": "0200"})
    bench.keys("ENTER").run(4.0)
    assert bench.screen == "recovery_step.wait"
    assert shows(bench, say(Text.ASKING_INQUIRY, stan="000002"))
    bench.keys("CANCEL ENTER")
    assert bench.screen == "recovery_step.wait"


def test_one_key_asks_from_the_list_when_it_is_due(unknown: MemoryBench) -> None:
    unknown.keys("MENU 3 1 ENTER")
    assert (unknown.screen, tries(unknown)) == ("pending.to_ask", 1)
    unknown.run(31.0)
    unknown.host.faults.clear()
    unknown.keys("ENTER").run(1.0)
    assert (unknown.screen, tries(unknown)) == ("recovery.told", 2)
    assert shows(unknown, say(Text.RECOVERED, stan="000002"))


def test_nobody_settles_what_the_machine_still_asks_about(unknown: MemoryBench) -> None:
    unknown.keys("MENU 3 1").run(50.0)
    unknown.keys("UP")
    assert shows(unknown, Text.HINT_ASK)
    assert not shows(unknown, Text.HINT_SETTLE)


def test_f02_asks_before_the_next_operation_and_then_goes_on(unknown: MemoryBench) -> None:
    unknown.keys("MENU").run(31.0)
    unknown.host.faults.clear()
    unknown.keys("1").run(1.0)
    assert (unknown.screen, tries(unknown)) == ("recovery.told", 2)
    rest_of_slips(unknown)
    assert unknown.screen == "refund.original"


def rest_of_slips(bench: MemoryBench) -> None:
    for _ in range(8):
        if bench.screen == "refund.original":
            return
        bench.keys("ENTER").run(2.0)


def test_asks_before_a_scanned_slip_and_then_takes_it(unknown: MemoryBench) -> None:
    unknown.host.faults.clear()
    other = unknown.sale(rrn="061100000007")
    unknown.runtime.facts.clocks.asked_s.clear()
    unknown.scan(unknown.code(other)).run(1.0)
    assert unknown.screen == "recovery.told"
    for _ in range(8):
        if unknown.screen == "refund.amount":
            break
        unknown.keys("ENTER").run(2.0)
    assert unknown.screen == "refund.amount"


def test_asks_at_the_start(unknown: MemoryBench) -> None:
    unknown.host.faults.clear()
    restart(unknown)
    rest(unknown)
    assert tries(unknown) == 2
    check_books(unknown)


def test_nothing_is_asked_while_nobody_is_logged_on(unknown: MemoryBench) -> None:
    unknown.keys("MENU 8")
    assert unknown.screen == "logon"
    unknown.run(400.0)
    assert tries(unknown) == 1


def test_asking_at_rest_puts_the_lock_off_once(tmp_path: Path) -> None:
    bench = till(tmp_path, INQUIRING)
    lost_refund(bench)
    bench.links["acquirer"].is_up = False
    rest(bench)
    began_s = bench.clock.now_s
    lock_s = bench.runtime.facts.parameters.idle_lock_s
    while bench.screen != "logon":
        bench.run(5.0)
        assert bench.clock.now_s < began_s + 2 * lock_s + 60.0


def test_other_card_and_original_go_on_while_it_is_asked_about(unknown: MemoryBench) -> None:
    assert refund(unknown, card="gift") == "refund.approved"


def test_its_original_and_its_card_are_blocked(unknown: MemoryBench) -> None:
    unknown.scan(unknown.code(unknown.sale(**SALE)))
    assert unknown.screen == "refund.refused"
    unknown.keys("ENTER")
    start_refund(unknown, card="debit", amount_minor=15000)
    assert unknown.screen == "refund.blocked"


def test_everything_is_blocked_where_the_profile_says_so(tmp_path: Path) -> None:
    bench = till(tmp_path, INQUIRING, unknown_blocks="everything")
    bench.host.faults.arm("host.field", IN_PROGRESS, count=0)
    lost_refund(bench)
    rest(bench)
    bench.scan(bench.code(bench.sale(card="gift")))
    assert bench.screen == "refund.refused"
    assert shows(bench, say(Text.REFUSED_UNRESOLVED, stan="000002"))
    bench.host.faults.clear()
    bench.keys("ENTER").run(40.0)
    rest(bench)
    assert refund(bench, card="gift") == "refund.approved"


def test_silent_host_keeps_the_cashier_once_a_run(unknown: MemoryBench) -> None:
    """Two are due: when there is no answer about the first, the second waits for the next run."""
    unknown.host.faults.arm("host.no_answer", {"mti": "0220"})
    refund(unknown, card="gift", wait_s=61.0)
    assert len(unknown.runtime.facts.books.unresolved) == 2
    unknown.host.faults.arm("host.no_answer", {"mti": "0200"}, count=0)
    before = tries(unknown)
    unknown.keys("ENTER").run(70.0)
    assert unknown.screen == "recovery.told"
    assert tries(unknown) == before + 1
    unknown.keys("ENTER").run(1.0)
    assert (unknown.screen, tries(unknown)) == ("idle", before + 1)


def test_slip_that_found_no_paper_is_printed_at_the_next_start(bench: MemoryBench) -> None:
    one = lost_refund(bench)
    bench.keys("ENTER").run(2.0)
    assert bench.screen == "recovery.told"
    bench.printer.out_after_lines(0)
    bench.keys("ENTER").run(5.0)
    assert bench.screen == "print.paper_out"
    bench.keys("CANCEL").run(1.0)
    rest(bench)
    assert now(bench, one).printed == ()
    bench.printer.load_paper()
    restart(bench)
    rest(bench)
    assert now(bench, one).printed == ("merchant", "customer")
    assert asked(bench, one) == ["0200"]


def test_slip_of_the_unknown_is_none_of_the_approval(bench: MemoryBench) -> None:
    one = lost_refund(bench)
    rest(bench)
    texts = slip_texts(bench)
    assert "RESULT UNKNOWN" in texts[0]
    assert whole_slips(bench, "APPROVED") == 2
    assert now(bench, one).printed == ("merchant", "customer")
    bench.keys("MENU 2").run(10.0)
    leave(bench)
    assert "DUPLICATED" in slip_texts(bench)[3]


def test_end_of_the_list_is_settled_by_name(unknown: MemoryBench) -> None:
    record = one_of(unknown)
    finish(unknown, 700.0)
    unknown.run(91.0)
    if unknown.screen == "logon":
        unknown.log_on()
    rest(unknown)
    unknown.keys("MENU 3 1 ENTER 10 ENTER 614283 ENTER 1 ENTER ENTER")
    assert unknown.runtime.facts.books.transaction(record).outcome.value == "done_by_hand"  # type: ignore[union-attr]  # it is recent

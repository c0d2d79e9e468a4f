"""Cancel and idle time-out at each step: a screen that says so, and no money moved."""

import pytest

from terminal.ui.text import Text
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import nothing_moved, typed_original
from tests.scenarios.memory_bench import MemoryBench

SCANNED = "061400000012"
ABOVE_LIMIT = "0613B0000010"
# What is pressed, swiped and scanned to get to each screen where something is entered.
STEPS: dict[str, list[tuple[str, str]]] = {
    "refund.original": [("keys", "MENU 1")],
    "refund.amount": [("scan", SCANNED)],
    "refund.reason": [("scan", SCANNED), ("keys", "ENTER")],
    "refund.password": [("scan", SCANNED), ("keys", "ENTER 1")],
    "refund.card": [("scan", SCANNED), ("keys", "ENTER 1 2580 ENTER")],
    "refund.other_card": [("scan", SCANNED), ("keys", "ENTER 1 2580 ENTER"), ("swipe", "credit")],
    "refund.document": [("scan", SCANNED), ("keys", "ENTER 5 2580 ENTER"), ("swipe", "debit")],
    "refund.approval": [("scan", ABOVE_LIMIT), ("keys", "ENTER 1 2580 ENTER"), ("swipe", "credit")],
    "refund.confirm": [("scan", SCANNED), ("keys", "ENTER 1 2580 ENTER"), ("swipe", "debit")],
}


def go_to(bench: MemoryBench, screen: str) -> None:
    for what, value in STEPS[screen]:
        if what == "keys":
            bench.keys(value)
        elif what == "swipe":
            bench.swipe(value)
        else:
            bench.scan(bench.code(bench.sale(rrn=value)))
    assert bench.screen == screen


@pytest.mark.parametrize("screen", STEPS)
def test_cancel_leaves_the_refund_and_says_that_no_money_moved(
    bench: MemoryBench, screen: str
) -> None:
    go_to(bench, screen)
    bench.keys("CANCEL")
    assert bench.screen == "refund.cancelled"
    assert not missing(bench, Text.LEFT_BY_KEY, Text.NO_MONEY_MOVED, Text.BEGIN_AGAIN, "95516")
    bench.keys("CANCEL")
    assert bench.screen == "idle"
    assert nothing_moved(bench)


@pytest.mark.parametrize("screen", STEPS)
def test_refund_that_nobody_goes_on_with_ends_and_says_why(bench: MemoryBench, screen: str) -> None:
    go_to(bench, screen)
    while bench.screen == screen:
        bench.run(1.0)
    assert bench.screen == "refund.cancelled"
    assert shows(bench, Text.LEFT_BY_TIME)
    bench.run(6.0)
    assert bench.screen == "idle"
    assert nothing_moved(bench)


@pytest.mark.parametrize("enters", [0, 1, 2, 3])
def test_cancel_while_the_original_is_typed(bench: MemoryBench, enters: int) -> None:
    typed = typed_original(bench.sale(rrn=SCANNED)).split(" ENTER")
    bench.keys("MENU 1 " + " ENTER ".join(part for part in typed[:enters]))
    bench.keys("ENTER 1 CANCEL" if enters else "1 CANCEL")
    assert bench.screen == "refund.cancelled"
    assert nothing_moved(bench)


def test_cancelled_in_english(bench: MemoryBench) -> None:
    bench.keys("MENU 6")
    go_to(bench, "refund.confirm")
    bench.keys("CANCEL")
    assert not missing(bench, Text.TITLE_CANCELLED, Text.LEFT_BY_KEY, Text.NO_MONEY_MOVED, "95516")


def test_nothing_can_be_cancelled_once_the_request_has_left(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.late", {"delay_s": 5.0})
    go_to(bench, "refund.confirm")
    bench.keys("ENTER").run(1.0)
    beeps = bench.display.beeps
    bench.keys("CANCEL")
    assert bench.screen == "host.wait"
    assert bench.display.beeps == beeps + 1
    bench.run(5.0)
    assert bench.screen == "refund.approved"


def test_idle_terminal_locks_itself(bench: MemoryBench) -> None:
    bench.run(301.0)
    assert bench.screen == "logon"
    assert bench.records()[-1].kind == "logoff"
    bench.scan(bench.code(bench.sale(rrn=SCANNED)))
    assert bench.screen == "logon", "a slip opens nothing while nobody is logged on"

"""The idle screen warns of certificates that end: 90, 30 and 7 days before, and afterwards."""

from datetime import timedelta

import pytest

from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import ANSWER_S, leave, refund, refund_with
from tests.scenarios.eyes import missing, shows
from tests.scenarios.memory_bench import MemoryBench

WARNINGS = (
    Text.CERTIFICATE_DAYS,
    Text.CERTIFICATE_SOON,
    Text.CERTIFICATE_URGENT,
    Text.CERTIFICATE_OVER,
)


def ending(bench: MemoryBench, days: int) -> MemoryBench:
    """The first certificate ends in so many days."""
    facts = bench.runtime.facts
    facts.certificate_expires = facts.today + timedelta(days=days)
    return bench.keys("MENU CANCEL")


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (90, Text.CERTIFICATE_DAYS),
        (31, Text.CERTIFICATE_DAYS),
        (30, Text.CERTIFICATE_SOON),
        (8, Text.CERTIFICATE_SOON),
        (7, Text.CERTIFICATE_URGENT),
        (0, Text.CERTIFICATE_URGENT),
        (-1, Text.CERTIFICATE_OVER),
    ],
)
def test_f05_warning_gets_more_urgent(bench: MemoryBench, days: int, text: Text) -> None:
    assert shows(ending(bench, days), say(text, days=days))


def test_nothing_is_said_while_there_is_time(bench: MemoryBench) -> None:
    ending(bench, 91)
    assert shows(bench, Text.LABEL_BATCH)
    assert len(missing(bench, *(say(text, days=91) for text in WARNINGS))) == len(WARNINGS)


def test_warning_stands_beside_what_is_unresolved(bench: MemoryBench) -> None:
    refund_with(bench, "host.no_answer", ANSWER_S)
    ending(leave(bench), 5)
    assert not missing(
        bench, say(Text.CERTIFICATE_URGENT, days=5), say(Text.PENDING_COUNT, count=1)
    )


def test_warning_stops_no_refund(bench: MemoryBench) -> None:
    assert refund(ending(bench, 1)) == "refund.approved"

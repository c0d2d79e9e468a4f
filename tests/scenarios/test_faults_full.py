"""A batch, or a disk, is full: no new money, and all that is open can still be worked up."""

from __future__ import annotations

import math
from pathlib import Path
from shutil import disk_usage
from types import SimpleNamespace

import pytest

from terminal.domain.books import RECORDS_MAX, STAN_MAX, STANS_KEPT
from terminal.domain.facts import ROOM_MIN_BYTES
from terminal.ui.text import Text
from tests.scenarios.cashier import check_books, leave, refund, refunds
from tests.scenarios.eyes import shows
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.recoveries import INQUIRING, lost_refund, rest, till
from tests.scenarios.reversals import now
from tests.scenarios.trading_day import sent_messages, settled

OTHER = "061100000007"


@pytest.fixture
def bench(tmp_path: Path) -> MemoryBench:
    return till(tmp_path, INQUIRING)


def one_that_is_open(bench: MemoryBench) -> None:
    """A refund that the host is still working on when it is asked."""
    bench.host.faults.arm("host.field", {"number": 39, "value": "09", "mti": "0200"})
    lost_refund(bench, amount="4000")
    rest(bench)


def is_refused(bench: MemoryBench, why: Text) -> bool:
    """A slip that is scanned ends before the amount, the card and any record."""
    intents = len(bench.records("intent"))
    bench.scan(bench.code(bench.sale(rrn=OTHER)))
    was_told = bench.screen == "refund.refused" and shows(bench, why)
    leave(bench)
    return was_told and len(bench.records("intent")) == intents


def check_the_rest_works(bench: MemoryBench) -> None:
    """What is open is asked about, found and printed; its copies come too."""
    (one,) = bench.runtime.facts.books.unresolved.values()
    rest(bench, 100.0)
    assert now(bench, one).outcome.value == "approved"
    slips = len(bench.printer.slips)
    bench.keys("MENU 2").run(20.0)
    assert len(bench.printer.slips) == slips + 2
    check_books(bench)


def test_f03_full_batch_refuses_before_the_card_and_keeps_room_for_what_is_open(
    bench: MemoryBench,
) -> None:
    one_that_is_open(bench)
    bench.runtime.facts.books.batch_records = RECORDS_MAX
    assert is_refused(bench, Text.REFUSED_BATCH_FULL)
    check_the_rest_works(bench)


def test_f03_last_place_of_a_batch_is_used_and_its_totals_fit(bench: MemoryBench) -> None:
    books = bench.runtime.facts.books
    books.totals.credit_count = books.batch_records = RECORDS_MAX - 1
    assert refund(bench, "100") == "refund.approved"
    assert is_refused(leave(bench), Text.REFUSED_BATCH_FULL)
    settled(bench)
    assert sent_messages(bench, "0500")[0].text(48)[27:30] == "999"


def test_f04_disk_that_is_nearly_full_refuses_and_keeps_room_for_what_is_open(
    bench: MemoryBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = [ROOM_MIN_BYTES - 1]
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=free[0]))
    one_that_is_open(bench)
    assert is_refused(bench, Text.REFUSED_DISK_FULL)
    check_the_rest_works(bench)
    free[0] = ROOM_MIN_BYTES
    bench.power_cut()
    bench.power_on()
    assert refund(bench.log_on(), "100", rrn=OTHER) == "refund.approved"


def test_f04_room_is_that_of_the_journals_disk(bench: MemoryBench) -> None:
    room_bytes = bench.runtime.facts.room_bytes
    assert 0 < room_bytes < math.inf
    assert room_bytes <= disk_usage(bench.folder).total


def test_f37_trace_number_after_the_last_is_the_first_and_none_comes_twice_in_a_batch(
    bench: MemoryBench,
) -> None:
    bench.runtime.facts.books.stan = STAN_MAX - 1
    for amount in ("100", "200"):
        assert refund(bench, amount) == "refund.approved"
        leave(bench)
    assert [r.body["stan"] for r in bench.records("intent")] == [STAN_MAX, 1]
    bench.runtime.facts.books.stans_in_batch = STAN_MAX - STANS_KEPT
    assert is_refused(bench, Text.REFUSED_BATCH_FULL)
    settled(bench)
    assert bench.runtime.facts.books.batch == 3
    assert refund(bench, "300") == "refund.approved"
    assert len(refunds(bench)) == 3

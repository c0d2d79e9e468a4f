"""What is to be reversed, or is a person's now: in the list, in the way, and settled by name."""

from __future__ import annotations

import pytest

from terminal.domain.transaction import Transaction
from terminal.ui.text import Text
from tests.scenarios.cashier import SUPERVISOR, says
from tests.scenarios.fingers import typed_original
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.reversals import (
    AMOUNT_MINOR,
    MESSAGE_LIFE_S,
    good_sale,
    lost_sale,
    lost_void,
    now,
    recover,
)


def remaining(bench: MemoryBench, sale: Transaction) -> int:
    return bench.runtime.facts.books.remaining_minor(sale.key, AMOUNT_MINOR)


def is_in_the_way(bench: MemoryBench, sale: Transaction) -> bool:
    return bench.runtime.facts.books.blocking(sale.key, "", everything=False) is not None


def failed(bench: MemoryBench, one: Transaction) -> Transaction:
    """Its reversal was refused for good."""
    bench.host.faults.arm("host.decline", {"code": "12", "mti": "0400"})
    recover(bench)
    assert now(bench, one).outcome.value == "manual"
    return one


def test_unknown_void_stands_in_the_way_of_its_sale_until_it_is_reversed(
    bench: MemoryBench,
) -> None:
    paid = good_sale(bench)
    assert (remaining(bench, paid), is_in_the_way(bench, paid)) == (AMOUNT_MINOR, False)
    lost_void(bench, paid)
    assert (remaining(bench, paid), is_in_the_way(bench, paid)) == (0, True)
    bench.run(MESSAGE_LIFE_S)
    recover(bench)
    assert (remaining(bench, paid), is_in_the_way(bench, paid)) == (AMOUNT_MINOR, False)
    assert not bench.runtime.facts.books.originals[paid.key].voided


def test_sale_that_is_to_be_reversed_is_no_original_and_none_afterwards(
    bench: MemoryBench,
) -> None:
    one = lost_sale(bench, "host.decline", code="96")
    assert one.rrn
    assert (remaining(bench, one), is_in_the_way(bench, one)) == (0, True)
    bench.run(MESSAGE_LIFE_S)
    recover(bench)
    assert now(bench, one).outcome.value == "reversed"
    assert (remaining(bench, one), is_in_the_way(bench, one)) == (0, False)
    books = bench.runtime.facts.books
    assert not books.sales
    assert (books.totals.debit_count, books.batch_records) == (0, 0)


def test_unresolved_sale_blocks_its_card(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    found = bench.runtime.facts.books.blocking("", one.intent.token, everything=False)
    assert found is not None
    assert found.record == one.record


def test_list_asks_for_the_reversal_and_settles_nothing(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    bench.run(MESSAGE_LIFE_S)
    bench.log_on()
    bench.keys("MENU 3 1")
    assert bench.screen == "pending.to_reverse"
    assert says(bench, Text.LABEL_SALE)
    bench.keys("ENTER").run(1.0)
    assert bench.screen == "recovery.told"
    bench.run(4.0)
    assert says(bench, Text.NOTHING_PENDING)
    assert now(bench, one).outcome.value == "reversed"
    assert not bench.records("settled")


def test_reversal_that_has_to_wait_is_said_and_not_asked(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    recover(bench)
    bench.keys("MENU 3 1")
    assert says(bench, Text.PENDING_AGAIN)
    beeps = bench.display.beeps
    bench.keys("ENTER")
    assert (bench.screen, bench.display.beeps) == ("pending.to_reverse", beeps + 1)
    assert now(bench, one).outcome.value == "to_reverse"


@pytest.mark.parametrize(
    ("key", "outcome", "left"), [("1", "done_by_hand", 0), ("2", "not_done_by_hand", AMOUNT_MINOR)]
)
def test_failed_void_is_settled_by_name(
    bench: MemoryBench, key: str, outcome: str, left: int
) -> None:
    paid = good_sale(bench)
    one = failed(bench, lost_void(bench, paid))
    bench.run(MESSAGE_LIFE_S)
    bench.keys(f"MENU 3 1 ENTER {SUPERVISOR}")
    assert says(bench, Text.SETTLE_VOIDED)
    bench.keys(f"{key} ENTER")
    assert now(bench, one).outcome.value == outcome
    assert now(bench, one).settled_by == "10"
    assert remaining(bench, paid) == left


@pytest.mark.parametrize(("keys", "sales"), [("1 ENTER", 1), ("2", 0)])
def test_failed_sale_is_settled_by_name_and_counts_if_it_was_paid(
    bench: MemoryBench, keys: str, sales: int
) -> None:
    one = failed(bench, lost_sale(bench))
    bench.run(MESSAGE_LIFE_S)
    bench.keys(f"MENU 3 1 ENTER {SUPERVISOR}")
    assert says(bench, Text.SETTLE_PAID)
    bench.keys(f"{keys} ENTER")
    books = bench.runtime.facts.books
    assert (len(books.sales), books.totals.debit_count, books.batch_records) == (sales,) * 3
    assert one.record not in books.unresolved
    assert set(books.originals) == set(), "without its number nothing can be returned on it"


def test_sale_that_a_person_knows_was_not_paid_is_no_original(bench: MemoryBench) -> None:
    one = failed(bench, lost_sale(bench, "host.decline", code="96"))
    assert one.rrn
    bench.run(MESSAGE_LIFE_S).keys(f"MENU 3 1 ENTER {SUPERVISOR} 2 ENTER")
    assert remaining(bench, one) == 0
    paid = {"rrn": one.rrn, "date": f"{one.purchase.day:%Y%m%d}", "amount_minor": AMOUNT_MINOR}
    bench.keys("MENU 1").keys(typed_original(paid))
    assert says(bench, Text.REFUSED_NOTHING_LEFT)


def test_failed_one_waits_for_the_life_of_its_message_as_a_refund_does(bench: MemoryBench) -> None:
    failed(bench, lost_sale(bench))
    bench.keys("MENU 3 1")
    assert says(bench, Text.SETTLE_WAIT)
    bench.keys("ENTER")
    assert bench.screen == "pending.one"

"""The published requests byte for byte, each out of what somebody does at the terminal.

Where a packet's number or batch is not that of a first day, other operations come before it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from terminal.effects import Persist
from terminal.ui.text import Text
from tests.scenarios.cashier import ANSWER_S, SUPERVISOR, leave, refund
from tests.scenarios.fingers import typed_original
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.published import (
    answer_with,
    frames,
    on_day,
    packet,
    signed_in_as_published,
)
from tests.scenarios.sales import menu, sell, sold, start_sale

BATCH_OF_C9 = 2


@pytest.fixture
def published(tmp_path: Path) -> MemoryBench:
    """Signed in as published: batch 000001, the next number is 000002."""
    return signed_in_as_published(tmp_path)


def test_c1_is_the_first_sign_in(published: MemoryBench) -> None:
    assert frames(published, "C1") == [packet("C1")]
    assert published.screen == "idle"


def test_c3_is_a_sale_with_pin(published: MemoryBench) -> None:
    start_sale(published).keys("ENTER").run(0.5)
    assert frames(published, "C3") == [packet("C3")]


def test_c5_takes_back_the_sale_that_nobody_answered(published: MemoryBench) -> None:
    sell(published, ANSWER_S + 1.0)
    assert frames(published, "C3") == [packet("C3")]
    assert frames(published, "C5") == [packet("C5")]


def test_c7_voids_the_sale_that_c4_approved(published: MemoryBench) -> None:
    answer_with(published, "C4")
    assert sell(published) == "sale.approved", published.rows
    leave(published)
    menu(published, Text.MENU_VOID).keys(f"2 ENTER {SUPERVISOR} ENTER").run(0.5)
    assert frames(published, "C7") == [packet("C3"), packet("C7")]


def test_c9_gives_back_half_of_c4_in_the_next_batch(published: MemoryBench) -> None:
    published.runtime._persist(Persist("stan", {"stan": 3}))
    published.runtime._persist(Persist("signed_in", {"batch": BATCH_OF_C9}))
    on_day(published, 2)
    sale = {"rrn": "060110153002", "date": "20260601", "amount_minor": 10000}
    published.keys("MENU 1").keys(typed_original(sale)).keys("5000 ENTER 1 2580 ENTER")
    published.swipe("debit").keys("ENTER").run(0.5)
    assert frames(published, "C9") == [packet("C9")], published.rows


@pytest.fixture
def second_batch(bench: MemoryBench) -> MemoryBench:
    """Batch 000002 with a sale of 100.00 and a refund of 50.00; the next number is 000005."""
    bench.keys("MENU 4").run(4.0)
    sold(bench)
    assert refund(bench, "5000") == "refund.approved"
    return leave(bench)


def test_c11_and_c12_settle_a_sale_and_a_refund(second_batch: MemoryBench) -> None:
    menu(second_batch, Text.MENU_SETTLE).keys("ENTER").run(10.0)
    assert frames(second_batch, "C11") == [packet("C11")]
    assert frames(second_batch, "C12") == [packet("C12")]
    assert second_batch.records("batch_closed")


def test_c13_is_an_echo_test(second_batch: MemoryBench) -> None:
    menu(second_batch, Text.MENU_ECHO).run(1.0)
    assert frames(second_batch, "C13") == [packet("C13")]


def test_c14_is_a_sign_off(second_batch: MemoryBench) -> None:
    second_batch.runtime._persist(Persist("stan", {"stan": 6}))
    menu(second_batch, Text.MENU_SIGN_OFF).run(1.0)
    assert frames(second_batch, "C14") == [packet("C14")]

"""The power goes at one moment: before the intent, before or in the bytes, with the answer here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.cashier import (
    LIFE_S,
    SALE,
    booked,
    check_books,
    has_shown_approved,
    leave,
    outcomes,
    paid_minor,
    refund,
    start_refund,
)
from tests.scenarios.fingers import nothing_moved
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.memory_links import ACQUIRER
from tests.scenarios.power_moments import cut, start_again
from tests.scenarios.recoveries import INQUIRING, finish, rest, restart, till
from tests.scenarios.trading_day import sent_messages

TYPED = (
    ("refund.amount", ""),
    ("refund.reason", "4000 ENTER"),
    ("refund.password", "4000 ENTER 1 25"),
    ("refund.card", "4000 ENTER 1 2580 ENTER"),
)


@pytest.fixture
def asking(tmp_path: Path) -> MemoryBench:
    """A terminal that asks the host about an unknown refund."""
    return till(tmp_path, INQUIRING)


def small_refund(bench: MemoryBench) -> None:
    """One fen, up to the idle screen."""
    refund(bench, "1")
    leave(bench)


def never_arrived(bench: MemoryBench) -> bool:
    """Asked early and twice after the message life, then closed as not done."""
    for wait_s in (0.0, LIFE_S, 11.0):
        rest(bench, wait_s)
    return outcomes(bench) == ["not_done"]


@pytest.mark.parametrize(("screen", "keys"), TYPED)
def test_f01_cut_while_it_is_typed_leaves_nothing(
    bench: MemoryBench, screen: str, keys: str
) -> None:
    bench.scan(bench.code(bench.sale(**SALE))).keys(keys)
    assert bench.screen == screen
    start_again(bench)
    assert nothing_moved(bench)
    assert not bench.runtime.facts.books.unresolved
    assert refund(bench) == "refund.approved"


def test_f01_cut_at_the_last_look_leaves_nothing(bench: MemoryBench) -> None:
    start_refund(bench)
    assert bench.screen == "refund.confirm"
    start_again(bench)
    assert nothing_moved(bench)


def test_f32_cut_before_it_is_sent_is_asked_about_and_never_sent(asking: MemoryBench) -> None:
    assert cut(asking, small_refund, "before SendToHost")
    assert not booked(asking)
    restart(asking)
    assert never_arrived(asking)
    assert not sent_messages(asking, "0220")
    small_refund(asking)
    check_books(asking)


@pytest.mark.parametrize("sent", [1, 2, 30, 80])
def test_f33_cut_half_way_through_the_bytes_is_asked_about_on_a_new_line(
    asking: MemoryBench, sent: int
) -> None:
    line = asking.links[ACQUIRER]
    start_refund(asking, "1")
    line.drops_after = sent
    assert cut(asking, lambda b: b.keys("ENTER").run(1.0), "host has it")
    restart(asking)
    assert asking.links[ACQUIRER] is not line
    assert never_arrived(asking)
    assert not booked(asking)
    small_refund(asking)
    check_books(asking)


def test_f62_cut_with_the_answer_on_its_way_to_the_disk_is_found_again(
    asking: MemoryBench,
) -> None:
    assert cut(asking, small_refund, "host has it")
    assert outcomes(asking) == ["sent"]
    restart(asking)
    finish(asking, 60.0)
    assert outcomes(asking) == ["approved"]
    assert paid_minor(asking) == 1
    check_books(asking)


def test_f62_cut_with_a_verified_answer_in_hand_has_shown_nothing_and_is_found_again(
    asking: MemoryBench,
) -> None:
    written = len(asking.sent)
    assert cut(asking, small_refund, "before Persist", after="host has it")
    assert (outcomes(asking), len(booked(asking))) == (["sent"], 1)
    assert not has_shown_approved(asking, written)
    restart(asking)
    finish(asking, 60.0)
    assert outcomes(asking) == ["approved"]
    check_books(asking)

"""The host gives back another amount than was asked, or is asked for very small ones, often."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from terminal.domain.history import whole
from terminal.ui.text import Text
from tests.scenarios.cashier import (
    LIFE_S,
    SUPERVISOR,
    booked,
    check_books,
    leave,
    outcomes,
    paid_minor,
    refund,
    refund_with,
    start_refund,
)
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import slip_texts, who
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.recoveries import INQUIRING, RECOVERING, finish, lost_refund, till
from tests.scenarios.trading_day import settled, settling

NewBench = Callable[..., MemoryBench]
ASKED, GIVEN = 888_010, 444_005  # its cents are the host's code: a half is given


def in_part(bench: MemoryBench) -> MemoryBench:
    """A refund of which the host has given back a half, up to the idle screen after its life."""
    start_refund(bench, str(ASKED), card="debit-2", amount_minor=1_000_000)
    bench.keys(f"{SUPERVISOR} ENTER").run(1.0)
    assert bench.screen == "refund.unknown", bench.rows
    return leave(bench).run(LIFE_S)


def at_answer(bench: MemoryBench) -> MemoryBench:
    """A supervisor has asked the acquirer."""
    bench.keys(f"MENU 3 1 ENTER {who('11')}")
    assert bench.screen == "pending.answer", bench.rows
    return bench


def settle_by(bench: MemoryBench, keys: str) -> MemoryBench:
    at_answer(bench).keys(keys)
    assert bench.screen == "pending.settled", bench.rows
    return bench.keys("ENTER")


@pytest.mark.parametrize("first", ["1", "ENTER UP ENTER"])
def test_f49_part_that_a_person_finds_on_the_list_counts_in_books_and_slips(
    bench: MemoryBench, first: str
) -> None:
    settle_by(in_part(bench), f"{first} {GIVEN} ENTER")
    (record,) = bench.records("settled")
    assert record.body["approved_minor"] == GIVEN == paid_minor(bench)
    check_books(bench)
    (spending,) = bench.runtime.facts.books.originals.values()
    assert spending.amount_minor - spending.spent_minor == 1_000_000 - GIVEN
    bench.keys("MENU 2").run(20.0)
    text = slip_texts(bench)[-1]
    assert "4,440.05" in text
    assert "8,880.10" in text
    assert "SETTLED BY" in text


def test_f49_part_stands_in_totals_history_and_settlement(bench: MemoryBench) -> None:
    settle_by(in_part(bench), f"1 {GIVEN} ENTER")
    assert bench.runtime.facts.books.totals.credit_minor == GIVEN
    intent = bench.records("intent")[0].number
    told = whole(bench.records(), intent)
    assert told is not None
    assert told.moved_minor == GIVEN
    settling(bench)
    assert shows(bench, "4,440.05")
    bench.keys("CANCEL")
    settled(bench)
    assert "4,440.05" in slip_texts(bench)[-1]


def test_f49_enter_alone_is_all_of_it(bench: MemoryBench) -> None:
    settle_by(in_part(bench), "1 ENTER")
    (record,) = bench.records("settled")
    assert "approved_minor" not in record.body
    (spending,) = bench.runtime.facts.books.originals.values()
    assert spending.spent_minor == ASKED


@pytest.mark.parametrize("typed", ["0", "000", str(ASKED + 1), "999999999999"])
def test_f49_amount_that_can_not_be_is_asked_again(bench: MemoryBench, typed: str) -> None:
    at_answer(in_part(bench)).keys(f"1 {typed} ENTER")
    assert bench.screen == "pending.amount"
    assert not missing(bench, Text.LISTED_CAN_NOT_BE, "8,880.10")
    bench.keys("ENTER")  # who reads the refusal away has not said "all of it"
    assert bench.screen == "pending.amount"
    assert not bench.records("settled")
    bench.keys("CANCEL")
    assert (bench.screen, outcomes(bench)) == ("idle", ["unknown"])


def test_f49_not_refunded_asks_for_no_amount(bench: MemoryBench) -> None:
    settle_by(in_part(bench), "2")
    assert outcomes(bench) == ["not_done_by_hand"]


def test_f49_lost_answer_may_have_been_a_part(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.close", {"booked": True})
    settle_by(in_part(bench), f"1 {GIVEN} ENTER")
    check_books(bench)


def test_f49_whole_refund_is_one_key_more(bench: MemoryBench) -> None:
    refund_with(bench, "host.close", booked=True)
    settle_by(leave(bench).run(LIFE_S), "1 ENTER")
    check_books(bench)


def test_f49_part_whose_inquiry_names_another_amount_is_read_off_the_list(tmp_path: Path) -> None:
    bench = till(tmp_path, RECOVERING)
    bench.host.faults.arm("host.close", {"booked": True})
    finish(in_part(bench), 550.0)
    first = bench.records("recovery_answer")[0].body
    assert first["detail"] == f"field 4: {ASKED:012d} / {GIVEN:012d}"
    settle_by(bench, f"1 {GIVEN} ENTER")
    assert bench.records("settled")[0].body["approved_minor"] == GIVEN == paid_minor(bench)
    check_books(bench)


def test_f49_part_that_the_host_finds_goes_to_a_person(tmp_path: Path) -> None:
    bench = till(tmp_path, INQUIRING)
    lost_refund(bench, booked=True)
    bench.host.faults.arm("host.field", {"number": 44, "value": "3130", "mti": "0200"}, count=0)
    finish(bench)
    assert [r.body["finding"] for r in bench.records("recovery_answer")] == ["found"] * 3
    settle_by(bench, "1 ENTER")
    check_books(bench)


def test_f08_parts_of_one_fen_add_up_to_the_last_fen(new_bench: NewBench) -> None:
    bench = new_bench(parameters={"same_again_minutes": 0})
    parts = [*["1"] * 24, str(10_000 - 25), "1"]
    for number, part in zip(count(1), parts, strict=False):
        assert refund(bench, part) == "refund.approved"
        leave(bench)
        assert len(booked(bench)) == number
    assert (paid_minor(bench), len(parts)) == (10_000, 26)
    bench.scan(bench.code(bench.sale(card="debit", amount_minor=10_000)))
    assert shows(bench, Text.REFUSED_NOTHING_LEFT)
    check_books(bench)

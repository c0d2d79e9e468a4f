"""How much and how often a shop gives money back: each ceiling, and what does not get round it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from terminal.domain.parameter_error import ParameterError
from terminal.domain.parameters import Ceiling, Ceilings, Parameters
from terminal.ui.text import Text
from tests.scenarios.cashier import (
    booked,
    leave,
    paid_minor,
    refund,
    refund_with,
    settle,
    start_refund,
)
from tests.scenarios.eyes import shows
from tests.scenarios.memory_bench import MemoryBench

NewBench = Callable[..., MemoryBench]
FIRST: dict[str, Any] = {"rrn": "061400000012"}  # debit, 100.00
SECOND: dict[str, Any] = {"rrn": "061500000014"}  # debit, 56.80


def shop(new_bench: NewBench, **ceilings: dict[str, int]) -> MemoryBench:
    return new_bench(parameters={"ceilings": ceilings})


def refused_at_amount(bench: MemoryBench, amount: str, said: Text, **sale: Any) -> MemoryBench:
    bench.scan(bench.code(bench.sale(**sale))).keys(f"{amount} ENTER")
    assert bench.screen == "refund.amount", bench.rows
    assert shows(bench, said), bench.rows
    return bench.keys("CANCEL CANCEL")


SCOPES: tuple[tuple[str, Text, dict[str, Any]], ...] = (
    ("original", Text.ORIGINAL_CEILING, FIRST),
    ("operator", Text.OPERATOR_CEILING, SECOND),
    ("batch", Text.BATCH_CEILING, SECOND),
    ("day", Text.DAY_CEILING, SECOND),
)


@pytest.mark.parametrize(("scope", "said", "next_sale"), SCOPES)
def test_sum_of_a_ceiling_is_refused_before_the_card(
    new_bench: NewBench, scope: str, said: Text, next_sale: dict[str, Any]
) -> None:
    bench = shop(new_bench, **{scope: {"most_minor": 5000}})
    assert refund(bench, "3000", **FIRST) == "refund.approved"
    leave(bench)
    refused_at_amount(bench, "2001", said, **next_sale)
    assert refund(bench, "2000", **next_sale) == "refund.approved"
    assert paid_minor(bench) == 5000


@pytest.mark.parametrize(("scope", "said", "next_sale"), SCOPES)
def test_count_of_a_ceiling_is_refused_before_the_card(
    new_bench: NewBench, scope: str, said: Text, next_sale: dict[str, Any]
) -> None:
    bench = shop(new_bench, **{scope: {"most_count": 1}})
    refund(bench, "1000", **FIRST)
    leave(bench)
    refused_at_amount(bench, "1", said, **next_sale)
    assert len(booked(bench)) == 1


def test_ceiling_of_a_card_is_refused_when_the_card_is_known(new_bench: NewBench) -> None:
    bench = shop(new_bench, card={"most_minor": 5000})
    refund(bench, "3000", **FIRST)
    leave(bench)
    start_refund(bench, "2001", **SECOND)
    assert bench.screen == "refund.refused"
    assert shows(bench, Text.CARD_CEILING)
    assert bench.records("refused")[-1].body["why"] == "card_ceiling"
    bench.keys("ENTER")
    start_refund(bench, "2001", card="credit", rrn="0613B0000010")
    assert bench.screen == "refund.confirm", "another card has its own"


def test_unknown_refund_counts_until_a_person_knows(new_bench: NewBench) -> None:
    bench = shop(new_bench, day={"most_count": 1})
    assert refund_with(bench, "host.no_answer", wait_s=62.0) == "refund.unknown"
    leave(bench)
    refused_at_amount(bench, "1", Text.DAY_CEILING, card="credit", rrn="0613B0000010")
    bench.run(91.0)
    settle(bench, was_refunded=False)
    assert refund(bench, "1", card="credit", rrn="0613B0000010") == "refund.approved"


def test_declined_refund_does_not_count(new_bench: NewBench) -> None:
    bench = shop(new_bench, day={"most_count": 1})
    refund_with(bench, "host.decline", code="51")
    leave(bench)
    assert refund(bench, **FIRST) == "refund.approved"


def test_ceiling_survives_a_power_cut(new_bench: NewBench) -> None:
    bench = shop(new_bench, day={"most_minor": 5000})
    refund(bench, "3000", **FIRST)
    bench.power_cut()
    bench.power_on()
    bench.log_on()
    refused_at_amount(bench, "2001", Text.DAY_CEILING, **SECOND)


@pytest.mark.parametrize(
    ("clock", "host", "is_new_day"), [(1, 1, True), (1, 0, False), (0, 1, False), (-1, 0, False)]
)
def test_day_begins_at_a_sign_in_when_host_and_clock_agree(
    new_bench: NewBench, clock: int, host: int, is_new_day: bool
) -> None:
    bench = shop(new_bench, day={"most_count": 1})
    refund(bench, "1000", **FIRST)
    leave(bench)
    bench.clock.wrong_by, bench.host_ahead = timedelta(days=clock), timedelta(days=host)
    bench.keys("MENU 4").run(4.0)
    if is_new_day:
        assert refund(bench, "1000", **SECOND) == "refund.approved"
    else:
        refused_at_amount(bench, "1", Text.DAY_CEILING, **SECOND)


def test_day_of_an_authenticated_answer_needs_no_clock(new_bench: NewBench) -> None:
    bench = shop(new_bench, day={"most_minor": 5000})
    refund(bench, "3000", **FIRST)
    leave(bench)
    bench.host_ahead = timedelta(days=1)
    assert refund(bench, "2000", **SECOND) == "refund.approved"
    leave(bench)
    assert refund(bench, "3000", **SECOND) == "refund.approved"


def test_ceiling_below_nothing_is_refused_with_its_name() -> None:
    with pytest.raises(ParameterError, match=r"ceilings\.card\.most_count: 0 to 9999"):
        Parameters(ceilings=Ceilings(card=Ceiling(most_count=-1)))

"""The day is settled: counted the same on both sides, closed on both sides, and on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

import pytest

from terminal.domain.books import Totals
from terminal.domain.host_profile import HostProfile
from terminal.domain.money import Amount
from terminal.flows import settlement
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import ANSWER_S, booked, leave, refund, refund_with
from tests.scenarios.eyes import missing, shows
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.trading_day import (
    a_day,
    hosts_batch,
    hosts_totals,
    sent_messages,
    settled,
    settling,
    slip,
    sold,
    upload_codes,
)

NewBench = Callable[..., MemoryBench]


def test_totals_are_shown_before_anything_is_sent(bench: MemoryBench) -> None:
    a_day(bench)
    settling(bench)
    assert bench.screen == "settlement.confirm"
    assert not missing(bench, "000002", "100.01", "90.00", "2")
    assert not sent_messages(bench, "0500")
    bench.keys("CANCEL")
    assert bench.screen == "idle"
    assert not bench.records("settle_asked")
    assert not settlement.in_progress(bench.runtime.facts)


def test_balanced_day_is_closed_with_the_end_message_and_no_details(bench: MemoryBench) -> None:
    settled(a_day(bench))
    assert upload_codes(bench) == ["207"]
    assert hosts_batch(bench, 2)["state"] == "closed"
    assert bench.screen == "idle"
    books = bench.runtime.facts.books
    assert (books.batch, books.settling, books.totals.debit_count) == (3, None, 0)


def test_ledger_journal_and_slip_say_the_same(bench: MemoryBench) -> None:
    a_day(bench, sales=3, refunds=2)
    counted = hosts_totals(bench, 2)
    assert (counted.debit_count, counted.credit_count) == (3, 3)
    settled(bench)
    asked = bench.records("settle_asked")[0].body
    home, foreign = Totals(**asked["totals"]), Totals(**asked["foreign"])
    assert added(home, foreign) == counted
    assert foreign == Totals(credit_minor=4000, credit_count=1)
    text = slip(bench)
    for part in (home.debit_minor, home.credit_minor, foreign.credit_minor):
        assert Amount(part).plain in text
    assert "NOT BALANCED" not in text
    assert text.count("BALANCED") == 2


def added(one: Totals, other: Totals) -> Totals:
    return Totals(**{name: value + asdict(other)[name] for name, value in asdict(one).items()})


def test_screens_of_a_good_day_come_in_their_order(bench: MemoryBench) -> None:
    a_day(bench)
    bench.screens.clear()
    settled(bench)
    assert bench.screens == [
        *("settlement.confirm", "settlement.wait", "settlement.print", "settlement.close"),
        *("settlement.done", "idle"),
    ]


def test_empty_day_is_settled_too(bench: MemoryBench) -> None:
    settled(bench)
    assert upload_codes(bench) == ["207"]
    assert sent_messages(bench, "0320")[0].text(48) == "0000"
    assert bench.runtime.facts.books.batch == 3


def test_no_end_message_where_the_profile_wants_none(new_bench: NewBench) -> None:
    bench = new_bench(profile=HostProfile(upload_end="when_unbalanced"))
    settled(a_day(bench))
    assert upload_codes(bench) == []
    assert bench.runtime.facts.books.batch == 3


def test_number_of_a_question_is_on_disk_before_it_leaves_and_never_comes_twice(
    bench: MemoryBench,
) -> None:
    settled(a_day(bench))
    used = [r.body["stan"] for r in bench.records() if r.kind in ("stan", "intent", "settle_asked")]
    sent = [m.text(11) for mti in ("0500", "0320") for m in sent_messages(bench, mti)]
    assert len(used) == len(set(used))
    assert {int(stan) for stan in sent} <= set(used)


def test_next_day_goes_on_in_the_new_batch(bench: MemoryBench) -> None:
    settled(a_day(bench))
    assert refund(bench, "100", rrn="061400000012") == "refund.approved"
    leave(bench)
    assert booked(bench)[-1][0] == 3
    settled(bench)
    assert hosts_batch(bench, 3)["state"] == "closed"
    assert bench.runtime.facts.books.batch == 4


def test_what_remains_of_a_purchase_is_remembered_over_the_batches(bench: MemoryBench) -> None:
    a_day(bench)
    settled(bench)
    books = bench.runtime.facts.books
    assert books.remaining_minor("20260614061400000012", 10000) == 6000
    bench.power_cut()
    bench.power_on()
    assert bench.runtime.facts.books.remaining_minor("20260614061400000012", 10000) == 6000


def test_books_are_sealed_when_the_batch_is_closed(bench: MemoryBench) -> None:
    settled(a_day(bench))
    journal = bench.runtime.journal._journal  # type: ignore[union-attr]
    closed = bench.records("batch_closed")[0].number
    assert journal._checkpoint == closed


def test_cards_of_a_closed_batch_can_not_be_opened_any_more(bench: MemoryBench) -> None:
    a_day(bench)
    record = bench.records("intent")[0].number
    history = bench.runtime.facts.history
    assert history is not None
    assert history.sealed(record)
    settled(bench)
    assert history.sealed(record) is None
    assert 2 not in bench.keypad._core._state.sealing
    assert not bench.runtime.facts.books.sealed


def test_host_that_asks_for_a_sign_in_gets_it_after_the_settlement(bench: MemoryBench) -> None:
    a_day(bench)
    bench.host.faults.arm("host.sign_in_again")
    settled(bench)
    last = [r.kind for r in bench.records() if r.kind in ("batch_closed", "signed_in")]
    assert last[-2:] == ["batch_closed", "signed_in"]
    assert bench.runtime.facts.books.signed_in


def test_f80_unresolved_refund_is_named_on_the_slip_and_in_no_total(bench: MemoryBench) -> None:
    a_day(bench)
    refund_with(bench, "host.no_answer", ANSWER_S, booked=False)
    stan = leave(bench).records("intent")[-1].body["stan"]
    settling(bench)
    assert shows(bench, say(Text.PENDING_COUNT, count=1))
    bench.keys("ENTER").run(30.0)
    assert bench.records("settle_asked")[0].body["totals"]["credit_count"] == 2
    assert f"{stan:06d}" in slip(bench)
    assert "UNRESOLVED" in slip(bench)


def test_unresolved_refund_keeps_its_batch_and_its_seal_until_it_is_settled(
    bench: MemoryBench,
) -> None:
    refund_with(bench, "host.no_answer", ANSWER_S, booked=False)
    record = leave(bench).records("intent")[-1].number
    settled(bench)
    books = bench.runtime.facts.books
    assert (books.batch, books.unresolved[record].intent.batch) == (3, 2)
    assert 2 in bench.keypad._core._state.sealing
    bench.run(91.0).keys("MENU 3 1 ENTER 10 ENTER 614283 ENTER 2 ENTER").run(1.0)
    assert not bench.runtime.facts.books.unresolved
    settled(bench)
    assert 2 not in bench.keypad._core._state.sealing


def test_terminal_that_is_not_signed_in_is_told_to_sign_in(bench: MemoryBench) -> None:
    bench.keys("MENU 7").run(5.0)
    settling(bench)
    assert bench.screen == "settlement.refused"
    assert not missing(bench, Text.REFUSED_NOT_SIGNED_IN, Text.SIGN_IN_FIRST)
    bench.keys("ENTER")
    assert bench.screen == "idle"


def test_host_that_refuses_leaves_the_batch_open(bench: MemoryBench) -> None:
    a_day(bench)
    flags = "0" * 30 + "3" + "0" * 30 + "3"
    bench.host.faults.arm("host.field", {"number": 48, "value": flags, "mti": "0500"})
    settled(bench, 2.0)
    assert bench.screen == "settlement.refused"
    assert shows(bench, "000002")
    bench.keys("ENTER")
    assert not settlement.in_progress(bench.runtime.facts)
    assert refund(bench, "100") == "refund.approved"
    leave(bench)
    settled(bench)
    assert bench.runtime.facts.books.batch == 3


@pytest.mark.parametrize(
    ("number", "value", "wait_s"),
    [(42, "898310058120999", ANSWER_S + 4.0), (60, "00000009201", 4.0), (48, "", 4.0)],
)
def test_answer_that_is_not_ours_or_not_right_is_asked_again(
    bench: MemoryBench, number: int, value: str, wait_s: float
) -> None:
    a_day(bench)
    bench.host.faults.arm("host.field", {"number": number, "value": value, "mti": "0500"})
    settled(bench, wait_s)
    assert bench.screen == "settlement.stuck", bench.rows
    bench.keys("ENTER").run(30.0)
    assert bench.screen == "idle"
    assert bench.runtime.facts.books.batch == 3


def test_sale_of_a_closed_batch_is_no_sale_of_this_one(bench: MemoryBench) -> None:
    sold(bench)
    assert len(bench.runtime.facts.books.sales) == 1
    settled(bench)
    assert not bench.runtime.facts.books.sales

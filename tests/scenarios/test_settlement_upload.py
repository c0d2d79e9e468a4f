"""Totals differ: the details go up, each acknowledged and noted, whatever breaks in between."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from terminal.domain.host_profile import HostProfile
from terminal.flows import settlement
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import ANSWER_S, leave, refund_with
from tests.scenarios.eyes import missing, shows
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.memory_links import NEVER
from tests.scenarios.trading_day import (
    a_day,
    hosts_batch,
    sent_messages,
    settled,
    settling,
    slip,
    sold,
    upload_codes,
)

NewBench = Callable[..., MemoryBench]


@pytest.fixture
def day(bench: MemoryBench) -> MemoryBench:
    """Two sales, a void and two refunds; the host counts one fen more than there is."""
    a_day(bench, refunds=2)
    bench.host.faults.arm("host.wrong_totals", {"debit_delta": 1}, 0)
    return bench


def uploads(bench: MemoryBench, batch: int = 2) -> list[tuple[str, int, str]]:
    """Trace number, amount and what the host found, for each record of a batch that it has."""
    return [
        (str(u["stan"]), int(str(u["amount_minor"])), str(u["finding"]))
        for u in bench.ledger.batches.uploads()
        if int(str(u["batch"])) == batch
    ]


def moved(bench: MemoryBench, batch: int = 2) -> list[tuple[str, int, str]]:
    """What should be there: sales and voids, then the refunds, in their order."""
    bodies = [r.body for r in bench.records("intent") if r.body["batch"] == batch]
    details = [b for b in bodies if b["operation"] in ("sale", "void")]
    refunds = [b for b in bodies if b["operation"] == "refund"]
    every = [*details, *refunds]
    return [(f"{b['stan']:06d}", b["amount_minor"], "known") for b in every]


def test_f81_details_then_refunds_then_the_end_with_their_count(day: MemoryBench) -> None:
    settled(day)
    assert upload_codes(day) == ["201", "000", "000", "202"]
    assert sent_messages(day, "0320")[-1].text(48) == "0005"
    assert uploads(day) == moved(day)
    assert hosts_batch(day, 2)["state"] == "closed"
    assert day.runtime.facts.books.batch == 3


def test_f85_slip_says_both_sums_and_how_many_were_sent(day: MemoryBench) -> None:
    settled(day)
    text = slip(day)
    for part in ("NOT BALANCED", "100.01", "100.02", "UPLOADED"):
        assert part in text


def test_more_than_eight_sales_go_up_in_groups(bench: MemoryBench) -> None:
    for number in range(10):
        sold(bench, 100 + number)
    bench.host.faults.arm("host.wrong_totals", {"credit_delta": 5})
    settled(bench)
    counts = [m.text(48)[:2] for m in sent_messages(bench, "0320") if m.text(60)[8:11] == "201"]
    assert counts == ["08", "02"]
    assert uploads(bench) == moved(bench)


def test_refund_goes_up_with_its_own_number_and_batch_and_without_its_stripe(
    day: MemoryBench,
) -> None:
    settled(day)
    intents = [r.body for r in day.records("intent") if r.body["operation"] == "refund"]
    refunds = [m for m in sent_messages(day, "0320") if m.text(3) == "200000"]
    assert [int(m.text(11)) for m in refunds] == [b["stan"] for b in intents]
    assert {m.text(60)[:8] for m in refunds} == {"25000002"}
    assert {m.text(2) for m in refunds} <= {card.pan for card in day.cards}
    assert not any({35, 36, 52, 53, 64} & set(m.fields) for m in refunds)


def test_f80_unknown_refund_is_no_part_of_the_upload(bench: MemoryBench) -> None:
    a_day(bench)
    refund_with(bench, "host.no_answer", ANSWER_S, booked=True)
    leave(bench)
    unknown = f"{bench.records('intent')[-1].body['stan']:06d}"
    settled(bench)
    assert unknown not in [stan for stan, _, _ in uploads(bench)]
    assert sent_messages(bench, "0320")[-1].text(48) == "0004"
    assert "NOT BALANCED" in slip(bench)
    assert "As much as the difference" in slip(bench)
    assert unknown in slip(bench)


@pytest.mark.parametrize("way", ["silent", "closed", "cut"])
@pytest.mark.parametrize("which", range(5))
def test_f82_line_lost_at_any_message_goes_on_where_it_stopped(
    day: MemoryBench, way: str, which: int
) -> None:
    settling(day)
    line, seen = day.links["acquirer"], {"count": 0}

    def lose(actions: tuple[object, ...]) -> tuple[object, ...]:
        seen["count"] += 1
        if way == "cut":
            line.drops_after = 40 if seen["count"] == which else NEVER
            return actions
        if seen["count"] != which + 1:
            return actions
        if way == "closed":
            line.drop()
        return ()

    line.twist, line.drops_after = lose, 40 if (way, which) == ("cut", 0) else NEVER
    day.keys("ENTER").run(ANSWER_S + 20.0 if way == "silent" else 20.0)
    assert day.screen == "settlement.stuck"
    assert not missing(day, say(Text.SETTLE_WAITS, batch="000002"))
    line.twist, line.drops_after = None, NEVER
    day.keys("ENTER").run(40.0)
    assert day.screen == "idle"
    assert uploads(day) == moved(day)
    assert len(upload_codes(day)) == 4 + (which > 0)
    assert day.runtime.facts.books.batch == 3


@pytest.mark.parametrize("which", range(5))
def test_host_not_reached_at_any_message_goes_on_where_it_stopped(
    day: MemoryBench, which: int
) -> None:
    settling(day)
    line, sent = day.links["acquirer"], {"count": 0}

    def count(actions: tuple[object, ...]) -> tuple[object, ...]:
        sent["count"] += 1
        line.is_up = sent["count"] < which
        return actions

    line.twist, line.is_up = count, which > 0
    day.keys("ENTER").run(30.0)
    assert day.screen == "settlement.stuck"
    assert shows(day, Text.HOST_NOT_REACHED)
    line.twist, line.is_up = None, True
    day.keys("ENTER").run(40.0)
    assert uploads(day) == moved(day)
    assert upload_codes(day) == ["201", "000", "000", "202"]


@pytest.mark.parametrize("skip", range(4))
def test_refused_message_waits_and_goes_up_again(day: MemoryBench, skip: int) -> None:
    settling(day)
    seen = {"count": 0}
    line = day.links["acquirer"]

    def refuse(actions: tuple[object, ...]) -> tuple[object, ...]:
        seen["count"] += 1
        if seen["count"] == skip + 1:
            day.host.faults.arm("host.bad_upload", {"code": "96"})
        return actions

    line.twist = refuse
    day.keys("ENTER").run(20.0)
    assert day.screen == "settlement.stuck"
    assert shows(day, say(Text.HOST_SAYS_NO, code="96"))
    day.keys("ENTER").run(40.0)
    assert uploads(day) == moved(day)
    assert day.runtime.facts.books.batch == 3


def test_refund_to_a_wallet_goes_up_by_its_voucher(bench: MemoryBench) -> None:
    paid = next(sale for sale in bench.host.sales() if sale["voucher"])
    bench.scan(bench.code(paid)).keys("1000 ENTER 1 2580 ENTER ENTER").run(2.0)
    leave(bench)
    assert bench.records("intent")[0].body["operation"] == "qr_refund"
    bench.host.faults.arm("host.wrong_totals", {"debit_delta": 1})
    settled(bench)
    (refund, _) = sent_messages(bench, "0320")
    assert str(paid["voucher"]) in refund.text(59)
    assert 2 not in refund.fields
    assert [finding for *_, finding in uploads(bench)] == ["known"]


def test_silent_keypad_stops_the_upload_and_it_goes_on_later(day: MemoryBench) -> None:
    settling(day)
    line, keypad = day.links["acquirer"], day.links["keypad"]

    def mute(actions: tuple[object, ...]) -> tuple[object, ...]:
        keypad.is_mute = True
        return actions

    line.twist = mute
    day.keys("ENTER").run(15.0)
    assert day.screen == "settlement.stuck"
    assert shows(day, Text.KEYPAD_GAVE_NO_ANSWER)
    assert not sent_messages(day, "0320")
    line.twist, keypad.is_mute = None, False
    day.run(5.0).keys("ENTER").run(40.0)
    assert uploads(day) == moved(day)


def test_keypad_that_can_not_open_a_card_stops_the_upload_by_name(day: MemoryBench) -> None:
    first = f"{day.records('intent')[0].body['stan']:06d}"
    day.keypad._core.destroy_seal(2)
    settled(day, 5.0)
    assert day.screen == "settlement.stuck"
    assert shows(day, say(Text.CARD_NOT_OPENED, stan=first))
    assert settlement.in_progress(day.runtime.facts)


def test_no_card_number_stays_in_the_journal_or_in_what_is_held(day: MemoryBench) -> None:
    settled(day)
    pans = [card.pan for card in day.cards]
    said = repr(day.records()) + repr(day.runtime.navigator._stack[-1].context)
    assert not [pan for pan in pans if pan in said]


def test_idle_leave_keeps_the_settlement_and_it_is_found_again(day: MemoryBench) -> None:
    settling(day)
    day.links["acquirer"].is_up = False
    day.keys("ENTER").run(5.0)
    assert day.screen == "settlement.stuck"
    day.keys("CANCEL")
    assert day.screen == "idle"
    assert settlement.in_progress(day.runtime.facts)
    day.links["acquirer"].is_up = True
    settling(day, 40.0)
    assert day.screen == "idle"
    assert day.runtime.facts.books.batch == 3


def test_balanced_totals_need_no_details_even_if_the_end_is_lost(bench: MemoryBench) -> None:
    a_day(bench)
    bench.host.faults.arm("host.close", {"booked": True, "mti": "0320"})
    settled(bench, 5.0)
    assert bench.screen == "settlement.stuck"
    bench.keys("ENTER").run(30.0)
    assert upload_codes(bench) == ["207", "207"]
    assert bench.runtime.facts.books.batch == 3


def test_upload_end_when_unbalanced_still_ends_an_upload(new_bench: NewBench) -> None:
    bench = new_bench(profile=HostProfile(upload_end="when_unbalanced"))
    a_day(bench)
    bench.host.faults.arm("host.wrong_totals", {"debit_delta": 1})
    settled(bench)
    assert upload_codes(bench) == ["201", "000", "202"]

"""A sale of today is taken back whole: by its number or its slip, with card and supervisor."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from terminal.ui.text import Text
from tests.scenarios.cashier import (
    ANSWER_S,
    SUPERVISOR,
    leave,
    outcomes,
    refund,
    settle,
    whole_slips,
)
from tests.scenarios.eyes import missing, shows
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.reversals import to_idle
from tests.scenarios.sales import EARLY_S, bookings, menu, sell, sold, states, to_the_host
from tests.scenarios.trading_day import settled

Make = Callable[..., MemoryBench]
DAY_S = 24 * 3600.0


def start_void(bench: MemoryBench, stan: int, card: str = "debit") -> MemoryBench:
    """Everything up to the confirm screen."""
    menu(bench, Text.MENU_VOID).keys(f"{stan} ENTER")
    if bench.screen == "void.card":
        bench.swipe(card)
    return bench.keys(SUPERVISOR) if bench.screen == "void.approval" else bench


def voided(bench: MemoryBench, stan: int, wait_s: float = 1.0) -> str:
    """A void that is confirmed; the screen that stands then."""
    start_void(bench, stan).keys("ENTER").run(wait_s)
    return bench.screen


def code_of(bench: MemoryBench, slip: int = -1) -> str:
    """The QR code's text on a piece of paper."""
    codes = [text for _, text in _codes(bench)]
    return codes[slip]


def _codes(bench: MemoryBench) -> list[tuple[str, str]]:
    texts = [str(code) for slip in bench.printer.slips for code in slip.codes]
    return [(t, t[t.index("R1;") :].split("'")[0]) for t in texts if "R1;" in t]


def test_f10_a_void_takes_the_whole_sale_back(bench: MemoryBench) -> None:
    stan = sold(bench)
    assert voided(bench, stan) == "void.approved", bench.rows
    leave(bench)
    assert states(bench) == ["voided"]
    assert states(bench, "23") == ["booked"]
    assert outcomes(bench) == ["approved", "approved"]
    assert [whole_slips(bench, word) for word in ("VOID", "MERCHANT")] == [2, 2]


def test_the_intent_names_the_sale_and_the_supervisor(bench: MemoryBench) -> None:
    stan = sold(bench)
    voided(bench, stan)
    intent, sale = bench.records("intent")[-1].body, bookings(bench)[0]
    assert (intent["operation"], intent["approver"]) == ("void", "10")
    assert intent["original"]["rrn"] == sale["rrn"]
    assert (intent["original"]["stan"], intent["amount_minor"]) == (stan, 10000)


def test_nothing_remains_of_a_voided_sale(bench: MemoryBench) -> None:
    stan = sold(bench)
    voided(bench, stan)
    leave(bench)
    bench.scan(code_of(bench))
    assert bench.screen == "refund.refused"
    assert shows(bench, Text.REFUSED_NOTHING_LEFT)


def test_a_sale_is_voided_once(bench: MemoryBench) -> None:
    stan = sold(bench)
    voided(bench, stan)
    leave(bench)
    menu(bench, Text.MENU_VOID).keys(f"{stan} ENTER")
    assert shows(bench, Text.VOID_ALREADY)
    bench.keys("ENTER")
    assert bench.screen == "idle"


def test_the_slip_of_the_sale_names_it_too(bench: MemoryBench) -> None:
    sold(bench)
    menu(bench, Text.MENU_VOID).scan(code_of(bench))
    assert bench.screen == "void.card", bench.rows


def test_a_forged_slip_voids_nothing(bench: MemoryBench) -> None:
    sold(bench)
    good = code_of(bench)
    menu(bench, Text.MENU_VOID).scan(good[:-1] + ("0" if good[-1] != "0" else "1"))
    assert shows(bench, Text.CODE_FORGED)
    bench.keys("ENTER")
    assert bench.screen == "idle"


def test_f09_the_slip_of_another_batch_goes_to_a_refund_with_one_key(bench: MemoryBench) -> None:
    menu(bench, Text.MENU_VOID).scan(bench.code(bench.sale(card="debit", amount_minor=10000)))
    assert shows(bench, Text.VOID_NOT_FOUND)
    assert shows(bench, Text.REFUND_INSTEAD)
    bench.keys("ENTER")
    assert bench.screen == "refund.amount", bench.rows


def test_f09_sale_of_a_closed_batch_that_a_person_settles_is_none_of_the_open_one(
    bench: MemoryBench,
) -> None:
    # Booked, and the answer says 96; then the host refuses to take it back.
    bench.host.faults.arm("host.field", {"number": 39, "value": "96", "mti": "0200"})
    bench.host.faults.arm("host.decline", {"code": "12", "mti": "0400"}, 0)
    sell(bench, wait_s=5.0)
    stan: int = bench.records("intent")[-1].body["stan"]
    leave(settled(to_idle(bench))).run(60.0)
    assert bench.runtime.facts.books.batch == 3
    leave(settle(bench, was_refunded=True))
    menu(bench, Text.MENU_VOID).keys(f"{stan} ENTER")
    assert shows(bench, Text.VOID_NOT_FOUND), bench.rows
    assert not to_the_host(bench, "0200")[1:]


def test_f09_a_sale_of_yesterday_goes_to_a_refund_with_one_key(bench: MemoryBench) -> None:
    stan = sold(bench)
    bench.run(DAY_S).log_on()
    menu(bench, Text.MENU_VOID).keys(f"{stan} ENTER")
    assert shows(bench, Text.VOID_OTHER_DAY)
    bench.keys("ENTER")
    assert bench.screen == "refund.amount", bench.rows


def test_f10_a_sale_that_was_refunded_in_part_is_not_voided(bench: MemoryBench) -> None:
    stan = sold(bench)
    bench.scan(code_of(bench)).keys("2 4000 ENTER 1 2580 ENTER").swipe("debit").keys("ENTER")
    bench.run(1.0)
    assert bench.screen == "refund.approved", bench.rows
    leave(bench)
    menu(bench, Text.MENU_VOID).keys(f"{stan} ENTER")
    assert shows(bench, Text.VOID_HAS_RETURNS)


def test_a_sale_with_an_unresolved_return_is_not_voided(bench: MemoryBench) -> None:
    stan = sold(bench)
    bench.host.faults.arm("host.no_answer", {"mti": "0220"})
    bench.scan(code_of(bench)).keys("2 1000 ENTER 1 2580 ENTER").swipe("debit")
    bench.keys("ENTER").run(ANSWER_S)
    assert bench.screen == "refund.unknown", bench.rows
    leave(bench)
    menu(bench, Text.MENU_VOID).keys(f"{stan} ENTER")
    assert bench.screen == "void.impossible"
    assert not missing(bench, f"{stan + 1:06d}", Text.NO_MONEY_MOVED, Text.SETTLE_OTHER_FIRST)
    bench.keys("ENTER")
    assert bench.screen == "idle"


def test_a_refund_of_todays_sale_offers_the_void_first(bench: MemoryBench) -> None:
    sold(bench)
    bench.scan(code_of(bench))
    assert bench.screen == "refund.void_or_refund"
    bench.keys("1")
    assert bench.screen == "void.card", bench.rows
    bench.swipe("debit").keys(SUPERVISOR).keys("ENTER").run(1.0)
    assert bench.screen == "void.approved"


def test_another_card_voids_nothing(bench: MemoryBench) -> None:
    stan = sold(bench)
    menu(bench, Text.MENU_VOID).keys(f"{stan} ENTER").swipe("credit")
    assert bench.screen == "void.other_card"
    bench.keys("ENTER")
    assert bench.screen == "void.card"


@pytest.mark.parametrize("entry", ["999", "000000"])
def test_a_number_that_is_no_sale_is_named(bench: MemoryBench, entry: str) -> None:
    menu(bench, Text.MENU_VOID).keys(f"{entry} ENTER")
    assert shows(bench, Text.VOID_NOT_FOUND)
    assert not bench.records("intent")


# ---- what the shop may set


def test_without_card_the_number_comes_out_of_the_seal(new_bench: Make) -> None:
    bench = new_bench(parameters={"void_card": "none"})
    stan = sold(bench)
    assert voided(bench, stan) == "void.approved", bench.rows
    assert "void.card" not in bench.screens
    assert bench.records("intent")[-1].body["entry_mode"] == "012"
    assert states(bench) == ["voided"]


def test_a_silent_pad_opens_no_seal_and_nothing_is_sent(new_bench: Make) -> None:
    bench = new_bench(parameters={"void_card": "none", "void_approval": "never"})
    stan = sold(bench)
    menu(bench, Text.MENU_VOID).keys(f"{stan} ENTER")
    assert bench.screen == "void.confirm"
    link = bench.links["keypad"]

    def fall_silent(frame: bytes) -> bool:
        link.is_mute = True
        return False

    link.pulled_by = fall_silent
    bench.keys("ENTER").run(6.0)
    assert bench.screen == "void.refused", bench.rows
    assert len(bench.records("intent")) == 1
    assert len(to_the_host(bench, "0200")) == 1


def test_a_pin_is_asked_where_the_shop_wants_one(new_bench: Make) -> None:
    bench = new_bench(parameters={"void_pin": "ask", "void_approval": "never"})
    stan = sold(bench)
    menu(bench, Text.MENU_VOID).keys(f"{stan} ENTER").swipe("debit")
    assert bench.screen == "void.pin"
    bench.keys("123456 ENTER ENTER").run(1.0)
    assert bench.screen == "void.approved", bench.rows
    assert bench.records("intent")[-1].body["entry_mode"] == "021"


@pytest.mark.parametrize(("limit_minor", "asks"), [(5000, True), (20000, False)])
def test_approval_above_a_limit(new_bench: Make, limit_minor: int, asks: bool) -> None:
    changes = {"void_approval": "above_limit", "approval_above_minor": limit_minor}
    bench = new_bench(parameters=changes)
    stan = sold(bench)
    menu(bench, Text.MENU_VOID).keys(f"{stan} ENTER").swipe("debit")
    assert bench.screen == ("void.approval" if asks else "void.confirm")


# ---- bad days


def test_a_declined_void_leaves_the_sale(bench: MemoryBench) -> None:
    stan = sold(bench)
    start_void(bench, stan)
    bench.host.faults.arm("host.decline", {"code": "12"})
    bench.keys("ENTER").run(1.0)
    assert bench.screen == "void.declined"
    assert shows(bench, Text.SALE_STANDS)
    assert states(bench) == ["booked"]


@pytest.mark.parametrize("is_booked", [True, False])
def test_f40_a_void_without_answer_is_reversed_and_the_sale_stands(
    bench: MemoryBench, is_booked: bool
) -> None:
    stan = sold(bench)
    start_void(bench, stan)
    bench.host.faults.arm("host.no_answer", {"booked": is_booked, "mti": "0200"})
    bench.keys("ENTER").run(ANSWER_S + 5.0)
    leave(bench)
    bench.run(EARLY_S)
    menu(bench, Text.MENU_VOID).run(10.0)
    assert outcomes(bench) == ["approved", "reversed"], bench.rows
    assert states(bench) == ["booked"]
    bench.keys("CANCEL ENTER").run(6.0)
    assert voided(bench, stan) == "void.approved", bench.rows


def test_while_it_is_unresolved_nothing_else_happens_to_the_sale(bench: MemoryBench) -> None:
    stan = sold(bench)
    start_void(bench, stan)
    bench.host.faults.arm("host.no_answer", count=0)
    bench.keys("ENTER").run(2 * ANSWER_S + 10.0)
    leave(bench)
    sale = bench.runtime.facts.books.sales[stan].purchase
    assert bench.runtime.facts.books.remaining_minor(sale.key, sale.amount_minor) == 0


def test_cancel_is_free_before_sending(bench: MemoryBench) -> None:
    stan = sold(bench)
    start_void(bench, stan).keys("CANCEL")
    assert bench.screen == "void.cancelled"
    assert len(bench.records("intent")) == 1


def test_a_refund_of_an_older_purchase_is_not_asked_about_voids(bench: MemoryBench) -> None:
    sold(bench)
    assert refund(bench) == "refund.approved"
    assert "refund.void_or_refund" not in bench.screens

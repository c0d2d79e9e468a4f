"""A sale that is declined, gets no answer, or a bad one: told as it is, reversed, never twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from emulator.host.faults import Value
from terminal.domain.host_profile import HostProfile
from terminal.ui.host_text import host_text
from terminal.ui.text import Text
from tests.scenarios.cashier import ANSWER_S, leave, outcomes, refund, whole_slips
from tests.scenarios.eyes import shows
from tests.scenarios.fingers import press
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import cut, start_again
from tests.scenarios.sales import EARLY_S, menu, sell, sold, start_sale, states, to_the_host

Make = Callable[..., MemoryBench]


def sell_with(bench: MemoryBench, fault: str, wait_s: float = 8.0, **params: Value) -> str:
    """A sale during which the host has this fault, for 0200 only."""
    bench.host.faults.arm(fault, {"mti": "0200"} | params)
    return sell(bench, wait_s=wait_s)


def reasons(bench: MemoryBench) -> list[str]:
    """F39 of each reversal that left, as two characters before the terminal number."""
    who = bench.runtime.facts.identity.terminal_id.encode()
    frames = to_the_host(bench, "0400")
    return [frame[frame.index(who) - 2 : frame.index(who)].decode() for frame in frames]


# ---- declined


@pytest.mark.parametrize("code", ["51", "54", "14"])
def test_a_decline_is_told_by_its_reason(bench: MemoryBench, code: str) -> None:
    assert sell_with(bench, "host.decline", code=code, wait_s=1.0) == "sale.declined"
    text = host_text(code, "sale")
    assert shows(bench, text.what)
    assert shows(bench, text.do_next)
    assert shows(bench, Text.NO_MONEY_MOVED)
    leave(bench)
    assert whole_slips(bench, "MERCHANT") == 1


@pytest.mark.parametrize("code", ["51", "54", "14"])
def test_only_a_wrong_pin_is_asked_again(bench: MemoryBench, code: str) -> None:
    sell_with(bench, "host.decline", code=code, wait_s=1.0)
    before = len(bench.screens)
    leave(bench)
    after = bench.screens[before:]
    assert not {"sale.pin", "sale.card", "sale.confirm"} & set(after), after
    assert states(bench) == ["declined"]
    stan = sold(bench)
    assert [r.body["stan"] for r in bench.records("intent")] == [stan - 1, stan]
    assert outcomes(bench) == ["declined", "approved"]


def test_a_card_with_too_little_money_is_declined(bench: MemoryBench) -> None:
    assert sell(bench, amount="30001", card="gift", pin="1357") == "sale.declined"
    assert outcomes(bench) == ["declined"]


def test_an_expired_card_is_declined(bench: MemoryBench) -> None:
    assert sell(bench, card="expired") == "sale.declined"
    assert "54" in bench.rows


@pytest.mark.parametrize("code", ["13", "61"])
def test_a_decline_of_the_amount_breaks_no_books(bench: MemoryBench, code: str) -> None:
    assert sell_with(bench, "host.decline", code=code, wait_s=1.0) == "sale.declined"
    leave(bench)
    assert sell(bench) == "sale.approved"


# ---- PIN


def test_a_wrong_pin_is_asked_again_as_a_new_intent(bench: MemoryBench) -> None:
    assert sell(bench, pin="111111") == "sale.wrong_pin", bench.rows
    bench.keys("ENTER")
    assert bench.screen == "sale.pin"
    bench.keys("123456 ENTER ENTER").run(1.0)
    assert bench.screen == "sale.approved"
    assert outcomes(bench) == ["declined", "approved"]
    stans = [r.body["stan"] for r in bench.records("intent")]
    assert stans[1] == stans[0] + 1


def test_a_third_wrong_pin_ends_it(bench: MemoryBench) -> None:
    sell(bench, pin="111111")
    for _ in range(2):
        bench.keys("ENTER 111111 ENTER ENTER").run(1.0)
    assert bench.screen == "sale.declined", bench.rows
    bench.keys("ENTER").run(3.0)
    assert len(bench.records("intent")) == 3
    assert states(bench) == ["declined"] * 3


def test_after_a_minute_a_wrong_pin_needs_the_card_again(bench: MemoryBench) -> None:
    sell(bench, pin="111111")
    bench.run(50.0)
    press(bench, "CLEAR").run(15.0)
    assert bench.screen == "sale.wrong_pin"
    bench.keys("ENTER")
    assert bench.screen == "sale.card"
    bench.swipe("debit").keys("123456 ENTER ENTER").run(1.0)
    assert bench.screen == "sale.approved"


def test_f26_cancel_at_the_pad_ends_the_sale(bench: MemoryBench) -> None:
    menu(bench, Text.MENU_SALE).keys("100 ENTER").swipe("debit").keys("12 CANCEL")
    assert bench.screen == "sale.cancelled"
    assert not bench.records("intent")


def test_f26_nobody_types_a_pin(bench: MemoryBench) -> None:
    menu(bench, Text.MENU_SALE).keys("100 ENTER").swipe("debit").run(62.0)
    assert bench.screen == "sale.cancelled"
    assert not bench.records("intent")


def test_f26_a_silent_pad_at_the_pin_is_told(bench: MemoryBench) -> None:
    menu(bench, Text.MENU_SALE).keys("100 ENTER").swipe("debit")
    bench.links["keypad"].is_mute = True
    bench.run(66.0)
    assert "sale.no_pin" in bench.screens
    assert not bench.records("intent")


# ---- no sure answer


@pytest.mark.parametrize("is_booked", [True, False])
def test_no_answer_is_taken_back(bench: MemoryBench, is_booked: bool) -> None:
    sell_with(bench, "host.no_answer", booked=is_booked, wait_s=ANSWER_S + 4.0)
    leave(bench)
    bench.run(EARLY_S)
    menu(bench, Text.MENU_SALE).run(10.0)
    assert outcomes(bench) == ["reversed"]
    assert set(states(bench)) <= {"reversed"}
    assert set(reasons(bench)) == {"98"}
    assert bench.screen in ("sale.amount", "recovery.told"), bench.rows


@pytest.mark.parametrize(
    ("fault", "params", "reason"),
    [
        ("host.wrong_mac", {}, "A0"),
        ("host.no_mac", {}, "A0"),
        ("host.field", {"number": 4, "value": "000000000001"}, "06"),
    ],
)
def test_f47_a_bad_answer_is_taken_back(
    bench: MemoryBench, fault: str, params: dict[str, Any], reason: str
) -> None:
    sell_with(bench, fault, **params)
    result = bench.records("result")[0].body
    assert (result["outcome"], result["reversal_reason"]) == ("to_reverse", reason)
    leave(bench)
    if bench.runtime.facts.books.unresolved:
        bench.run(EARLY_S)
        menu(bench, Text.MENU_SALE).run(10.0)
    assert outcomes(bench) == ["reversed"], bench.rows
    assert reasons(bench)[0] == reason
    assert states(bench) == ["reversed"]


def test_f48_a_duplicate_number_is_left_to_a_person(bench: MemoryBench) -> None:
    sell_with(bench, "host.field", number=39, value="94")
    assert bench.screen == "sale.manual", bench.rows
    assert outcomes(bench) == ["manual"]
    assert not to_the_host(bench, "0400")
    leave(bench)
    assert whole_slips(bench, "MERCHANT") == 1


def test_a_refused_line_is_certain(bench: MemoryBench) -> None:
    start_sale(bench)
    bench.links["acquirer"].is_up = False
    bench.keys("ENTER").run(1.0)
    assert bench.screen == "sale.not_sent"
    assert outcomes(bench) == ["not_sent"]
    assert not to_the_host(bench, "0400")


def test_nothing_new_is_begun_while_the_line_is_down(bench: MemoryBench) -> None:
    start_sale(bench)
    bench.host.faults.arm("host.no_answer", {"mti": "0200"})
    bench.keys("ENTER").run(5.0)
    bench.links["acquirer"].is_up = False
    bench.run(ANSWER_S)
    leave(bench)
    for begin in (sale_from_menu, refund_scanned):
        begin(bench).run(2.0)
        assert bench.screen == "recovery.told", bench.rows
        leave(bench)
    assert len(bench.records("intent")) == 1


def sale_from_menu(bench: MemoryBench) -> MemoryBench:
    """The line of the menu."""
    return menu(bench, Text.MENU_SALE)


def refund_scanned(bench: MemoryBench) -> MemoryBench:
    """A slip at the idle screen."""
    return bench.scan(bench.code(bench.sale(card="debit", amount_minor=10000)))


def test_what_was_wanted_follows_when_all_is_clear(new_bench: Make) -> None:
    bench = new_bench(profile=HostProfile(message_life_s=5))
    start_sale(bench)
    bench.host.faults.arm("host.close", {"mti": "0200"})
    bench.keys("ENTER").run(4.0)
    leave(bench)
    bench.run(10.0)
    refund_scanned(bench).run(8.0)
    assert outcomes(bench) == ["reversed"]
    assert bench.screen == "refund.amount", bench.rows


def test_a_reversed_sale_is_no_original(new_bench: Make) -> None:
    bench = new_bench(profile=HostProfile(message_life_s=5))
    sell_with(bench, "host.no_answer", wait_s=ANSWER_S + 8.0)
    leave(bench)
    menu(bench, Text.MENU_SALE).run(10.0)
    assert not bench.runtime.facts.books.sales
    assert outcomes(bench) == ["reversed"]


# ---- power


@pytest.mark.parametrize("moment", ["write acquirer", "host has it"])
def test_power_cut_after_the_intent_is_reversed_at_the_next_start(
    new_bench: Make, moment: str
) -> None:
    bench = new_bench(profile=HostProfile(message_life_s=5))
    start_sale(bench)
    assert cut(bench, lambda b: b.keys("ENTER").run(1.0), moment)
    bench.on_moment = None
    bench.power_cut()
    bench.power_on()
    bench.run(6.0).log_on().run(8.0)
    assert outcomes(bench) == ["reversed"], bench.rows
    assert set(states(bench)) <= {"reversed"}
    assert set(reasons(bench)) == {"06"}


def test_power_cut_after_the_answer_was_stored_keeps_the_sale(bench: MemoryBench) -> None:
    start_sale(bench)
    assert cut(bench, lambda b: b.keys("ENTER").run(1.0), "before Print")
    start_again(bench)
    assert outcomes(bench) == ["approved"]
    assert len(bench.runtime.facts.books.sales) == 1


def test_sales_and_refunds_share_one_count_of_numbers(bench: MemoryBench) -> None:
    stan = sold(bench)
    refund(bench)
    assert bench.records("intent")[-1].body["stan"] == stan + 1

"""Fraud seen in public with purchases, cards and paper: each ends refused, or is reported."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from emulator.host.config import HostProfile as HostRules
from terminal.domain.warnings import Kind, warnings
from terminal.ui.host_text import host_text
from terminal.ui.text import Text
from tests.scenarios.cashier import booked, leave, paid_minor, refund, start_refund
from tests.scenarios.eyes import shows
from tests.scenarios.fingers import nothing_moved, slip_texts, who
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import menu, sold

NewBench = Callable[..., MemoryBench]
SCANNED = "061400000012"


def kinds(bench: MemoryBench) -> list[Kind]:
    return [w.kind for w in warnings(bench.records(), bench.runtime.facts.parameters)]


def test_refund_split_under_the_limit_is_reported(new_bench: NewBench) -> None:
    """Advice of acquirers: $100 each, so that nobody has to approve."""
    bench = new_bench(parameters={"approval_above_minor": 4000, "card_again_days": 0})
    for amount in ("3900", "3000"):
        assert refund(bench, amount) == "refund.approved"
        leave(bench)
    assert kinds(bench) == [Kind.JUST_UNDER, Kind.SPLIT]


@pytest.mark.parametrize("scope", ["card", "original", "operator", "day", "batch"])
def test_refund_split_under_the_limit_meets_a_ceiling(new_bench: NewBench, scope: str) -> None:
    """The sum counts, by card, purchase, operator, day and batch, not only the single refund."""
    bench = new_bench(parameters={"ceilings": {scope: {"most_minor": 5000}}})
    refund(bench, "3000")
    leave(bench)
    start_refund(bench, "2001")
    assert bench.screen != "refund.confirm"
    assert paid_minor(bench) == 3000


def test_refund_to_another_card_is_off(new_bench: NewBench) -> None:
    """Adyen and Take Five warn: money goes back to the card that paid."""
    bench = new_bench(parameters={"other_card": "off"})
    bench.scan(bench.code(bench.sale(rrn=SCANNED))).keys("ENTER 1 2580 ENTER").swipe("credit")
    bench.keys("ENTER")
    assert bench.screen == "refund.card"
    assert nothing_moved(bench)
    assert bench.records("refused")[-1].body == {"what": "card", "why": "other"}


def test_typed_card_is_off(new_bench: NewBench) -> None:
    """NHS body: more than 230,000 pounds to card numbers that were typed."""
    bench = new_bench(parameters={"typed_card": "off"})
    bench.scan(bench.code(bench.sale(rrn=SCANNED))).keys("ENTER 1 2580 ENTER")
    bench.keys("6212345678901232 ENTER")
    assert bench.screen == "refund.card"
    assert nothing_moved(bench)


def test_typed_card_that_is_allowed_has_a_second_person_and_is_reported(bench: MemoryBench) -> None:
    """The same where the shop allows it."""
    bench.scan(bench.code(bench.sale(rrn=SCANNED))).keys("ENTER 1 2580 ENTER")
    bench.keys(f"6212345678901232 ENTER 42 ENTER {who('10')} ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    assert bench.records("intent")[-1].body["approver"] == "10"
    assert kinds(bench) == [Kind.TYPED_CARD]


def test_refund_without_a_sale_is_off(bench: MemoryBench) -> None:
    """Brunswick Zone: about $200,000 given back for sales that never were."""
    bench.keys("MENU 1 000000000000 ENTER 0614 ENTER 90000 ENTER ENTER")
    assert shows(bench, Text.REFUSED_NO_ORIGINAL)
    assert nothing_moved(bench)


def test_refund_without_a_sale_that_is_allowed_is_named_and_reported(new_bench: NewBench) -> None:
    """The same where the shop allows it: two people, a document, slip and report."""
    allowed = HostRules(unlinked_refund="allowed")
    bench = new_bench(parameters={"unknown_original": "approval"}, rules=allowed)
    bench.keys("MENU 1 ENTER 0614 ENTER 4000 ENTER ENTER ENTER 1 2580 ENTER").swipe("debit")
    bench.keys(f"4711 ENTER {who('10')} ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    assert "无原单" in slip_texts(bench)[0]
    assert kinds(bench) == [Kind.NO_SALE]


def test_invented_purchase_is_declined_and_a_typed_one_is_reported(bench: MemoryBench) -> None:
    """A number that no sale has; and one that has, copied from a slip in the bin."""
    bench.keys("MENU 1 061499999999 ENTER 0614 ENTER 4000 ENTER ENTER ENTER 1 2580 ENTER")
    bench.swipe("debit").keys("ENTER").run(1.0)
    assert bench.screen == "refund.declined"
    leave(bench)
    assert kinds(bench) == []
    bench.keys(f"MENU 1 {SCANNED} ENTER 0614 ENTER 10000 ENTER ENTER ENTER 1 2580 ENTER")
    bench.swipe("debit").keys("ENTER").run(1.0)
    leave(bench)
    assert kinds(bench) == [Kind.NO_SALE]


def test_refund_after_a_void_is_refused(bench: MemoryBench) -> None:
    """The same money twice, by two ways."""
    stan = sold(bench)
    menu(bench, Text.MENU_VOID).keys(f"{stan} ENTER").swipe("debit")
    bench.keys(f"{who('10')} ENTER").run(1.0)
    assert bench.screen == "void.approved", bench.rows
    leave(bench)
    bench.scan(slip_code_of(bench))
    assert bench.screen == "refund.refused"
    assert shows(bench, Text.REFUSED_NOTHING_LEFT)


def slip_code_of(bench: MemoryBench) -> str:
    """The code on the slip of this terminal's newest sale."""
    sale = max(bench.host.sales(), key=lambda s: (str(s["batch"]), str(s["stan"])))
    return bench.code(sale)


def test_refund_after_a_refund_is_refused(bench: MemoryBench) -> None:
    """What remains is what counts."""
    refund(bench)
    leave(bench)
    bench.scan(bench.code(bench.sale(rrn=SCANNED)))
    assert shows(bench, Text.REFUSED_NOTHING_LEFT)
    assert len(booked(bench)) == 1


def test_f13_refund_after_a_chargeback_is_the_hosts_to_decline_and_the_slip_says_so(
    bench: MemoryBench,
) -> None:
    """Paid twice: the bank has taken the money back, and the shop gives it once more."""
    bench.host.faults.arm("host.decline", {"code": "61"})
    assert refund(bench) == "refund.declined"
    assert shows(bench, host_text("61").what)
    bench.keys("ENTER").run(10.0)
    assert "DECLINED" in slip_texts(bench)[0]
    assert paid_minor(bench) == 0


def test_forged_slip_is_refused_and_counted(bench: MemoryBench) -> None:
    """A slip made at home: its mark is not the shop's."""
    good = bench.code(bench.sale(rrn=SCANNED))
    bench.scan(good.replace(";10000;", ";90000;"))
    assert shows(bench, Text.CODE_FORGED)
    assert bench.records("refused")[-1].body == {"what": "slip_code", "why": "mark"}
    assert nothing_moved(bench)


def test_terminal_that_was_swapped_for_a_twin_says_whose_it_is(bench: MemoryBench) -> None:
    """Yorkton, NetPay, France: the shop's people can read that it is not theirs."""
    assert shows(bench, "12345678")
    assert shows(bench, bench.runtime.facts.parameters.merchant_name)
    refund(bench)
    assert "12345678" in slip_texts(bench)[0]


def test_keypad_of_a_twin_is_reported(bench: MemoryBench) -> None:
    """Another keypad in the old case: its tokens are not those of the purchases before."""
    refund(bench, "100")
    leave(bench)
    core = bench.keypad._core
    core._setup = replace(core._setup, token_key="00" * 16)
    refund(bench, "200", rrn="061500000014")
    assert kinds(bench) == [Kind.KEYPAD_REPLACED]


def test_paper_for_a_refund_that_never_was_is_reported(bench: MemoryBench) -> None:
    """A second slip, shown as a second refund: it says that it is a copy, and of what."""
    refund(bench)
    leave(bench)
    bench.keys("MENU 2").run(20.0)
    assert "DUPLICATED" in slip_texts(bench)[-1]
    assert kinds(bench) == [Kind.REPRINTED]


def test_f06_clock_that_was_set_back_opens_no_old_window_and_no_new_day(
    new_bench: NewBench,
) -> None:
    """Who can reach the clock gains nothing: the host's day counts."""
    bench = new_bench(parameters={"ceilings": {"day": {"most_count": 1}}})
    refund(bench, "100")
    leave(bench)
    bench.clock.wrong_by = timedelta(days=-20)
    bench.scan(bench.code(bench.sale(rrn="050100000001")))
    assert bench.screen == "refund.refused"
    bench.keys("ENTER")
    bench.clock.wrong_by = timedelta(days=20)
    bench.scan(bench.code(bench.sale(rrn=SCANNED))).keys("100 ENTER")
    assert shows(bench, Text.DAY_CEILING)


@pytest.mark.parametrize("days", [365, 364 * 3, 26_600])
def test_f06_clock_that_was_set_forward_by_years_begins_no_day_and_leaves_no_mark(
    new_bench: NewBench, days: int
) -> None:
    """The host's dates have no year: it is not the clock that says which one they are of."""
    bench = new_bench(parameters={"ceilings": {"day": {"most_count": 2}}})
    refund(bench, "100")
    leave(bench)
    today = bench.runtime.facts.today
    bench.clock.wrong_by = timedelta(days=days)
    bench.keys("MENU 4").run(4.0)
    bench.clock.wrong_by = timedelta()
    assert bench.records("signed_in")[-1].body["day"] == today.isoformat()
    refund(bench, "200")
    leave(bench)
    assert bench.runtime.facts.today == today
    bench.scan(bench.code(bench.sale(rrn=SCANNED))).keys("300 ENTER")
    assert shows(bench, Text.DAY_CEILING)


@pytest.mark.parametrize("days", [200, 365])
def test_f06_answer_that_came_while_the_clock_was_wrong_is_of_the_hosts_day(
    new_bench: NewBench, days: int
) -> None:
    """A clock that was wrong for a moment: the refund windows of a year would have passed."""
    bench = new_bench()
    refund(bench, "100")
    leave(bench)
    start_refund(bench, "200")
    today = bench.runtime.facts.today
    bench.clock.wrong_by = timedelta(days=days)
    bench.keys("ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    bench.clock.wrong_by = timedelta()
    leave(bench).run(2.0)
    assert bench.runtime.facts.today == today
    assert refund(bench, "300") == "refund.approved"


def test_journal_that_was_put_back_stops_all_money(bench: MemoryBench) -> None:
    """Cutting the tail of the journal would give the limits back: the keypad remembers."""
    refund(bench, "100")
    leave(bench)
    bench.power_cut()
    (bench.folder / "journal.db").unlink()
    bench.power_on()
    assert bench.screen == "journal.damaged"

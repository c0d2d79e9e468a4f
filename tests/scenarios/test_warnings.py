"""What the owner is told of the day, from the journal alone; and the approver before it happens."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from terminal.domain.warning_words import WARNINGS
from terminal.domain.warnings import Kind, Warned, warnings
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import leave, refund, refund_with, start_refund
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import PASSWORDS, typed_original, who
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import menu

NewBench = Callable[..., MemoryBench]


def told(bench: MemoryBench) -> list[Warned]:
    return list(warnings(bench.records(), bench.runtime.facts.parameters))


def kinds(bench: MemoryBench) -> list[Kind]:
    return [warned.kind for warned in told(bench)]


def finish(bench: MemoryBench) -> MemoryBench:
    bench.keys("ENTER").run(1.0)
    assert bench.screen == "refund.approved", bench.rows
    return leave(bench)


def test_an_honest_refund_warns_of_nothing(bench: MemoryBench) -> None:
    refund(bench)
    assert kinds(bench) == []


def test_typed_purchase_that_this_terminal_did_not_sell(bench: MemoryBench) -> None:
    sale = bench.sale(rrn="061400000012")
    bench.keys(f"MENU 1 {typed_original(sale)} ENTER 1 2580 ENTER").swipe("debit")
    finish(bench)
    intent = bench.records("intent")[-1]
    expected = Warned(Kind.NO_SALE, intent.number, "01", intent.body["stan"], 10000)
    assert told(bench) == [expected]


def test_typed_card_and_other_card(bench: MemoryBench) -> None:
    bench.scan(bench.code(bench.sale(rrn="061400000012"))).keys("ENTER 1 2580 ENTER")
    bench.keys("6212345678901232 ENTER 42 ENTER").keys(who("10"))
    finish(bench)
    assert kinds(bench) == [Kind.TYPED_CARD]
    bench.scan(bench.code(bench.sale(rrn="061300000015"))).keys("ENTER 1 2580 ENTER")
    bench.swipe("debit").keys("ENTER 43 ENTER").keys(f"{who('10')} ENTER").run(1.0)
    assert kinds(bench) == [Kind.TYPED_CARD], "the host took no other card: nothing moved"


@pytest.mark.parametrize(("days", "again"), [(0, True), (1, True), (2, False)])
def test_same_card_within_the_shops_days(new_bench: NewBench, days: int, again: bool) -> None:
    bench = new_bench(parameters={"card_again_days": 2})
    refund(bench, "100", rrn="061400000012")
    leave(bench)
    bench.host_ahead = bench.clock.wrong_by = timedelta(days=days)
    refund(bench, "200", rrn="061400000012")
    assert kinds(bench) == ([Kind.CARD_AGAIN] if again else [])


def test_parts_that_add_up_to_more_than_one_person_may_give(new_bench: NewBench) -> None:
    bench = new_bench(parameters={"approval_above_minor": 5000, "card_again_days": 0})
    refund(bench, "3000")
    leave(bench)
    refund(bench, "2000")
    leave(bench)
    assert kinds(bench) == []
    refund(bench, "1")
    assert kinds(bench) == [Kind.SPLIT]


@pytest.mark.parametrize(
    ("amount", "is_under"), [("4500", False), ("4501", True), ("5000", True), ("100", False)]
)
def test_a_little_less_than_an_approver_would_see(
    new_bench: NewBench, amount: str, is_under: bool
) -> None:
    bench = new_bench(parameters={"approval_above_minor": 5000, "just_under_percent": 10})
    refund(bench, amount)
    assert kinds(bench) == ([Kind.JUST_UNDER] if is_under else [])


@pytest.mark.parametrize(
    ("hours", "is_out"),
    [(("08:00", "22:00"), False), (("10:00", "22:00"), True), (("22:00", "08:00"), True)],
)
def test_refund_outside_the_shops_hours(
    new_bench: NewBench, hours: tuple[str, str], is_out: bool
) -> None:
    bench = new_bench(parameters={"hours": hours})  # the stories begin at 09:30
    refund(bench)
    assert kinds(bench) == ([Kind.OUT_OF_HOURS] if is_out else [])


def test_unknown_refund_warns_and_a_declined_one_does_not(new_bench: NewBench) -> None:
    bench = new_bench(parameters={"hours": ("22:00", "23:00")})
    refund_with(bench, "host.decline", code="51")
    leave(bench)
    assert kinds(bench) == []
    refund_with(bench, "host.no_answer", wait_s=62.0)
    assert kinds(bench) == [Kind.OUT_OF_HOURS]


def test_lock_out_is_told_once_whether_it_ran_out_or_not(bench: MemoryBench) -> None:
    bench.keys("MENU 8 02 ENTER " + "1111 ENTER " * 5).run(1.0)
    assert told(bench) == [Warned(Kind.LOCKED_OUT, told(bench)[0].record, "02")]
    bench.keys("ENTER").run(60.0 * 31)
    bench.keys(who("02")).run(4.0)
    assert kinds(bench) == [Kind.LOCKED_OUT]


def test_four_wrong_passwords_and_a_cancelled_fifth_are_no_lock_out(bench: MemoryBench) -> None:
    bench.keys("MENU 8 02 ENTER " + "1111 ENTER " * 4 + "CANCEL").run(1.0)
    assert kinds(bench) == []
    bench.keys("02 ENTER " + "7394 ENTER").run(4.0)
    assert kinds(bench) == []


def test_right_password_at_the_last_try_is_no_lock_out(bench: MemoryBench) -> None:
    bench.keys("MENU 8 02 ENTER " + "1111 ENTER " * 4 + "7394 ENTER").run(4.0)
    assert bench.screen == "idle"
    assert kinds(bench) == []


def test_reprint_is_told_with_who_wanted_it(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench)
    bench.keys("MENU 2").run(20.0)
    stan = bench.records("intent")[0].body["stan"]
    assert told(bench) == [
        Warned(Kind.REPRINTED, bench.records("reprinted")[0].number, "01", stan, 10000)
    ]


def test_replaced_keypad_shows_in_its_tokens(bench: MemoryBench) -> None:
    refund(bench, "100")
    leave(bench)
    setup = bench.keypad._core._setup
    bench.keypad._core._setup = replace(setup, token_key="00" * 16)
    refund(bench, "200", rrn="061500000014")
    assert kinds(bench) == [Kind.KEYPAD_REPLACED]


def test_password_that_was_taken_away_is_told(bench: MemoryBench) -> None:
    menu(bench.keys("MENU 8").log_on("99"), Text.MENU_PEOPLE)
    bench.keys(f"{PASSWORDS['99']} ENTER 2 ENTER 3 ENTER")
    assert [(w.kind, w.operator) for w in told(bench)] == [(Kind.PASSWORD_RESET, "02")]


def test_only_what_is_new_is_listed(bench: MemoryBench) -> None:
    refund(bench, "100", rrn="061400000012")
    leave(bench)
    refund(bench, "200", rrn="061400000012")
    newest = bench.records()[-1].number
    facts = bench.runtime.facts
    assert len(warnings(bench.records(), facts.parameters, first=1)) == 1
    assert warnings(bench.records(), facts.parameters, first=newest + 1) == ()


# ---- the approver


def watched(new_bench: NewBench, *sees: str) -> MemoryBench:
    bench = new_bench(parameters={"approver_sees": sees, "approval_above_minor": 500})
    start_refund(bench, "100", rrn="061400000012").keys("ENTER").run(1.0)
    leave(bench)
    return start_refund(bench, "600", rrn="061400000012")


def test_approver_reads_the_shops_warnings_before_anything_is_typed(new_bench: NewBench) -> None:
    bench = watched(new_bench, "card_again")
    assert bench.screen == "refund.approval_notice"
    assert not missing(bench, WARNINGS[Kind.CARD_AGAIN], Text.CASE_ABOVE_LIMIT)
    bench.keys("ENTER")
    assert bench.screen == "refund.approval"
    assert shows(bench, say(Text.CASE_NOTICED, count=2))
    bench.keys(f"{who('10')} ENTER").run(1.0)
    assert bench.screen == "refund.approved"


@pytest.mark.parametrize("sees", [(), ("out_of_hours", "split")])
def test_approver_of_another_shop_is_told_nothing_of_it(
    new_bench: NewBench, sees: tuple[str, ...]
) -> None:
    assert watched(new_bench, *sees).screen == "refund.approval"


@pytest.mark.parametrize(("key", "wait_s"), [("CANCEL", 0.1), ("UP", 61.0)])
def test_notice_may_be_left(new_bench: NewBench, key: str, wait_s: float) -> None:
    bench = watched(new_bench, "card_again").keys(key)
    bench.run(wait_s)
    assert bench.screen == "refund.cancelled"

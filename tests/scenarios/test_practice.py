"""Practice: everything works, nothing leaves, every screen and slip says so, no record of money."""

from __future__ import annotations

import random

import pytest

from emulator.stories.words import KEYS
from terminal.ui.text import Text
from tests.scenarios.cashier import SUPERVISOR, leave, refunds, start_refund
from tests.scenarios.eyes import shows
from tests.scenarios.fingers import press, slip_texts, typed_original
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import menu

MARKS = ("练习", "PRACTICE")


def begin(bench: MemoryBench) -> MemoryBench:
    """A cashier asks for it, a supervisor lets it happen."""
    menu(bench, Text.MENU_PRACTICE)
    bench.keys(f"ENTER {SUPERVISOR}").run(1.0)
    assert bench.screen == "idle", bench.rows
    assert bench.runtime.facts.practice
    return bench


def end(bench: MemoryBench) -> MemoryBench:
    """Anybody ends it."""
    menu(bench, Text.MENU_PRACTICE).keys("ENTER")
    assert not bench.runtime.facts.practice
    return bench


@pytest.fixture
def practice(bench: MemoryBench) -> MemoryBench:
    """Practice is on; what left the terminal before is forgotten."""
    begin(bench)
    bench.sent.clear()
    return bench


def real_intents(bench: MemoryBench) -> list[object]:
    """What the journal on disk knows of money."""
    kinds = ("intent", "result", "printed", "reprinted", "stan", "settle_asked", "reversal_try")
    return [
        record for kind in kinds for record in bench.records(kind)[1 if kind == "stan" else 0 :]
    ]


def nothing_left(bench: MemoryBench) -> bool:
    """No byte on the acquirer's wire, no record of money, nothing on the host's ledger."""
    to_host = [frame for wire, frame in bench.sent if wire == "acquirer"]
    return not to_host and not real_intents(bench) and not refunds(bench)


def confirmed(bench: MemoryBench, amount: str = "", **sale: object) -> MemoryBench:
    """A refund up to its end."""
    start_refund(bench, amount, **sale).keys("ENTER").run(1.0)
    return bench


def test_refund_goes_to_its_end_and_nothing_leaves(practice: MemoryBench) -> None:
    assert confirmed(practice, "4000").screen == "refund.approved"
    leave(practice)
    assert nothing_left(practice)
    assert len(slip_texts(practice)) == 2


def test_slips_say_so_and_can_not_be_scanned(practice: MemoryBench) -> None:
    leave(confirmed(practice, "4000"))
    for slip in practice.printer.slips:
        text = "\n".join(slip.rows)
        assert text.count("练习") >= 2
        assert text.count("PRACTICE") >= 2
        assert not slip.codes


def test_practice_remembers_its_own_refunds(practice: MemoryBench) -> None:
    leave(confirmed(practice, "4000"))
    sale = practice.sale(card="debit", amount_minor=10000)
    practice.scan(practice.code(sale))
    assert shows(practice, "60.00")
    assert nothing_left(practice)


def test_real_books_are_as_before(practice: MemoryBench) -> None:
    leave(confirmed(practice, "4000"))
    end(practice)
    sale = practice.sale(card="debit", amount_minor=10000)
    practice.scan(practice.code(sale))
    assert shows(practice, "100.00")
    practice.keys("CANCEL").run(16.0)
    leave(confirmed(practice, "4000"))
    assert len(refunds(practice)) == 1
    assert not any(mark in slip_texts(practice)[-1] for mark in MARKS)


def test_cents_decline_and_keep_silent(practice: MemoryBench) -> None:
    assert confirmed(practice, "1051").screen == "refund.declined"
    leave(practice)
    assert confirmed(practice, "1099").screen == "refund.unknown"
    leave(practice)
    assert shows(practice, "1")
    assert nothing_left(practice)


def test_only_its_begin_and_end_are_on_record(practice: MemoryBench) -> None:
    leave(confirmed(practice, "4000"))
    end(practice)
    begun, ended = (record.body for record in practice.records("practice"))
    assert begun == {"on": True, "by": "01", "approver": "10"}
    assert ended == {"on": False, "by": "01", "approver": ""}


def test_every_screen_says_so_in_both_languages(practice: MemoryBench) -> None:
    for mark in MARKS:
        confirmed(practice, "1000")
        assert mark in practice.rows.splitlines()[0]
        leave(practice).keys("MENU")
        assert mark in practice.rows.splitlines()[0]
        practice.keys("6")  # the other language


def test_cashier_alone_does_not_begin_it(bench: MemoryBench) -> None:
    menu(bench, Text.MENU_PRACTICE).keys("ENTER 02 ENTER")
    assert shows(bench, Text.NOT_AN_APPROVER)
    bench.keys("CANCEL").run(1.0)
    assert not bench.runtime.facts.practice
    assert not bench.records("practice")


def test_supervisor_begins_it_alone(bench: MemoryBench) -> None:
    bench.keys("MENU 8").log_on("10")
    menu(bench, Text.MENU_PRACTICE).keys("ENTER")
    assert bench.runtime.facts.practice


def test_wrong_password_in_practice_counts(practice: MemoryBench) -> None:
    sale = practice.sale(card="debit", amount_minor=10000)
    before = len(practice.records("password_asked"))
    practice.scan(practice.code(sale)).keys("ENTER 1 1111 ENTER").run(1.0)
    assert len(practice.records("password_asked")) > before


def test_locking_ends_it(practice: MemoryBench) -> None:
    practice.keys("MENU 8")
    assert not practice.runtime.facts.practice
    assert practice.records("practice")[-1].body["on"] is False
    assert not any(mark in practice.rows.splitlines()[0] for mark in MARKS)


def test_power_cut_ends_it(practice: MemoryBench) -> None:
    leave(confirmed(practice, "4000"))
    practice.power_cut()
    practice.power_on()
    practice.log_on()
    assert not practice.runtime.facts.practice
    assert not practice.runtime.facts.books.unresolved
    assert not refunds(practice)


def test_unresolved_money_comes_before_practice(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.no_answer")
    confirmed(bench, "1000").run(61.0)
    leave(bench)
    menu(bench, Text.MENU_PRACTICE)
    assert shows(bench, Text.PRACTICE_NOT_NOW)
    bench.keys("ENTER")
    assert not bench.runtime.facts.practice


def test_lines_that_would_leave_the_terminal_are_not_there(practice: MemoryBench) -> None:
    for text in (Text.MENU_SIGN_IN, Text.MENU_ECHO, Text.MENU_SIGN_OFF, Text.MENU_PARAMETERS):
        menu(practice, text).run(1.0)
        assert practice.screen == "menu"
        practice.keys("CANCEL")
    assert nothing_left(practice)


def test_typed_purchase_and_reprint_work(practice: MemoryBench) -> None:
    sale = practice.sale(card="debit", amount_minor=10000)
    practice.keys("MENU 1").keys(typed_original(sale)).keys("ENTER 1 2580 ENTER").swipe("debit")
    practice.keys("ENTER").run(1.0)
    leave(practice)
    before = len(slip_texts(practice))
    practice.keys("MENU 2").run(12.0)
    assert len(slip_texts(practice)) > before
    assert nothing_left(practice)


def test_sale_and_settlement_work(practice: MemoryBench) -> None:
    menu(practice, Text.MENU_SALE).keys("1234 ENTER").swipe("debit")
    practice.keys("ENTER").run(2.0)
    assert practice.screen == "sale.approved", practice.rows
    leave(practice)
    menu(practice, Text.MENU_SETTLE).keys("ENTER").run(30.0)
    leave(practice)
    assert "RMB 12.34" in slip_texts(practice)[-1]
    assert "练习" in slip_texts(practice)[-1]
    assert nothing_left(practice)
    assert end(practice).screen == "idle"


def test_sale_without_an_answer_is_taken_back_in_practice_too(practice: MemoryBench) -> None:
    menu(practice, Text.MENU_SALE).keys("1299 ENTER").swipe("debit")
    practice.keys("ENTER").run(2.0)
    assert practice.screen == "recovery.told", practice.rows
    leave(practice).run(100.0).keys("MENU 1").run(5.0)
    assert not practice.runtime.facts.books.unresolved
    assert nothing_left(practice)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_pressed_nothing_leaves(practice: MemoryBench, seed: int) -> None:
    chance = random.Random(seed)
    sales = practice.host.sales()
    for _ in range(120):
        act = chance.randrange(8)
        if act == 0:
            practice.scan(practice.code(chance.choice(sales)))
        elif act == 1:
            practice.swipe(chance.choice(("debit", "credit", "gift")))
        elif act == 2:
            practice.run(chance.choice((0.5, 5.0, 20.0)))
        else:
            press(practice, chance.choice(("ENTER", "ENTER", *KEYS)))
        if not practice.runtime.facts.practice:
            break
        assert any(mark in practice.rows.splitlines()[0] for mark in MARKS)
        assert not [frame for wire, frame in practice.sent if wire == "acquirer"]
    assert not real_intents(practice)
    assert not refunds(practice)

"""A purchase that is typed from its slip: letters, dates, amounts, and what the books know."""

import pytest

from emulator.stories.words import spelled
from terminal.ui.host_text import host_text
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import booked, leave, refund
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import nothing_moved, typed_original
from tests.scenarios.memory_bench import MemoryBench


def test_typed_original_with_letters_is_refunded(bench: MemoryBench) -> None:
    sale = bench.sale(rrn="0605G0000003")
    bench.keys(f"MENU 1 {typed_original(sale, sale['auth_code'])} ENTER 1 2580 ENTER")
    bench.swipe("gift").keys("ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    original = bench.records("intent")[0].body["original"]
    assert original["rrn"] == "0605G0000003"
    assert original["auth_code"] == sale["auth_code"]
    assert original["source"] == "typed"


def test_only_the_host_can_check_the_card_of_a_typed_original(bench: MemoryBench) -> None:
    bench.keys(f"MENU 1 {typed_original(bench.sale(rrn='061400000012'))} ENTER 1 2580 ENTER")
    assert bench.screen == "refund.card"
    assert shows(bench, Text.SWIPE_ANY_KNOWN)


def test_host_declines_another_card_for_a_typed_original(bench: MemoryBench) -> None:
    bench.keys(f"MENU 1 {typed_original(bench.sale(rrn='061400000012'))} ENTER 1 2580 ENTER")
    bench.swipe("credit").keys("ENTER").run(1.0)
    assert bench.screen == "refund.declined"
    assert booked(bench) == []


def test_slip_of_a_typed_original_has_no_code_with_our_mark(bench: MemoryBench) -> None:
    bench.keys(f"MENU 1 {typed_original(bench.sale(rrn='061400000012'))} ENTER 1 2580 ENTER")
    bench.swipe("debit").keys("ENTER").run(1.0)
    assert bench.printer.slips[0].codes == ("06140000001220260614",)


def test_original_that_the_host_does_not_know_is_declined_25_with_its_text(
    bench: MemoryBench,
) -> None:
    sale = bench.sale(rrn="061400000012") | {"rrn": "061499999999"}
    bench.keys(f"MENU 1 {typed_original(sale)} ENTER 1 2580 ENTER")
    bench.swipe("debit").keys("ENTER").run(1.0)
    assert bench.screen == "refund.declined"
    assert not missing(
        bench, "25", host_text("25").what, Text.NO_MONEY_MOVED, host_text("25").do_next
    )


@pytest.mark.parametrize("rrn", ["", "1", "06140000001"])
def test_short_reference_number_is_not_taken(bench: MemoryBench, rrn: str) -> None:
    bench.keys(f"MENU 1 {rrn} ENTER")
    assert shows(bench, Text.RRN_LENGTH)


def test_alpha_turns_through_the_letters_of_the_key_and_back(bench: MemoryBench) -> None:
    bench.keys("MENU 1 2")
    shown = []
    for _ in range(5):
        bench.keys("ALPHA")
        shown += [row.strip() for row in bench.display.rows if row.endswith("_")]
    assert shown == ["A_", "B_", "C_", "2_", "A_"]
    bench.keys("CLEAR ALPHA")
    assert bench.display.beeps == 1


@pytest.mark.parametrize("typed", ["", "1", "061", "0230", "1301", "0000", "0431"])
def test_date_that_does_not_exist_is_not_taken(bench: MemoryBench, typed: str) -> None:
    bench.keys(f"MENU 1 061400000012 ENTER {typed} ENTER")
    assert shows(bench, Text.DATE_WRONG)
    assert nothing_moved(bench)


def test_day_later_in_the_year_is_last_years_and_too_old(bench: MemoryBench) -> None:
    bench.keys("MENU 1 061400000012 ENTER 0616 ENTER 10000 ENTER ENTER")
    assert bench.screen == "refund.refused"
    assert shows(bench, say(Text.REFUSED_WINDOW, days=30))


@pytest.mark.parametrize("typed", ["", "0", "000"])
def test_original_amount_of_nothing_is_not_taken(bench: MemoryBench, typed: str) -> None:
    bench.keys(f"MENU 1 061400000012 ENTER 0614 ENTER {typed} ENTER")
    assert shows(bench, Text.AMOUNT_WRONG)


@pytest.mark.parametrize("auth_code", ["1", "12345"])
def test_authorisation_code_has_six_characters_or_none(bench: MemoryBench, auth_code: str) -> None:
    bench.keys(f"MENU 1 061400000012 ENTER 0614 ENTER 10000 ENTER {auth_code} ENTER")
    assert shows(bench, Text.AUTH_LENGTH)


def test_what_an_earlier_refund_stored_is_never_asked_again(bench: MemoryBench) -> None:
    refund(bench, "4000")
    leave(bench)
    bench.keys("MENU 1 061400000012 ENTER 0614 ENTER")
    assert bench.screen == "refund.amount"
    assert shows(bench, "60.00")


def test_amount_that_was_typed_wrong_and_declined_can_be_corrected(bench: MemoryBench) -> None:
    typed = "MENU 1 061400000012 ENTER 0614 ENTER {} ENTER ENTER ENTER 1 2580 ENTER"
    bench.keys(typed.format("12000")).swipe("debit").keys("ENTER").run(1.0)
    assert bench.screen == "refund.declined"
    leave(bench)
    bench.keys(typed.format("10000")).swipe("debit").keys("ENTER").run(1.0)
    assert bench.screen == "refund.approved"


def test_amount_of_an_old_purchase_cannot_grow(bench: MemoryBench) -> None:
    refund(bench, "4000")
    leave(bench)
    for _ in range(20):  # so many others that its own refund is no longer at hand
        bench.host.faults.arm("host.decline")
        refund(bench, rrn="061400000013")
        leave(bench)
    bench.keys("MENU 1 061400000012 ENTER 0614 ENTER 90000 ENTER")
    assert bench.screen == "refund.original"
    assert shows(bench, "100.00")
    bench.keys("10000 ENTER ENTER")
    assert bench.screen == "refund.amount"
    assert shows(bench, "60.00")


def test_letters_are_spelled_as_the_keys_are_marked() -> None:
    assert spelled("G0") == "4 ALPHA 0"

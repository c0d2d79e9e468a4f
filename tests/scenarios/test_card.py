"""The card that gets the money: the right one, another one, an unreadable one, a typed number."""

from collections.abc import Callable
from typing import Any

import pytest

from emulator import hands
from emulator.requests import ShowCard
from terminal.domain.card import mask
from terminal.ui.text import Text
from tests.scenarios.cashier import (
    ANSWER_S,
    booked,
    leave,
    outcomes,
    refund,
    refund_with,
    start_refund,
)
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import nothing_moved, slip_texts, swipe_text, who
from tests.scenarios.memory_bench import MemoryBench

NewBench = Callable[..., MemoryBench]
Act = Callable[..., Any]
PAN = "6212345678901232"
TRACK = f"{PAN}=30122010000000000001"


def at_card(bench: MemoryBench, reason: str = "1", amount: str = "") -> MemoryBench:
    bench.scan(bench.code(bench.sale(rrn="061400000012")))
    bench.keys(f"{amount} ENTER {reason} 2580 ENTER")
    assert bench.screen == "refund.card"
    return bench


def test_screen_names_the_card_that_paid_by_its_ends(bench: MemoryBench) -> None:
    assert shows(at_card(bench), "621234..1232")


@pytest.mark.parametrize("card", ["damaged", "wrong-luhn", "cut-off"])
def test_f24_stripe_of_the_deck_that_cannot_be_used_is_swiped_again(
    bench: MemoryBench, card: str
) -> None:
    at_card(bench).swipe(card)
    assert bench.screen == "refund.card"
    assert shows(bench, Text.CARD_UNREADABLE)
    bench.swipe("debit")
    assert bench.screen == "refund.confirm"


@pytest.mark.parametrize(
    "stripe",
    [
        f";{TRACK}",
        f";{PAN}=3012=2010000000000001?",
        ";6212345678901233=30122010000000000001?",
        ";E?",
        "%E?;E?",
        ";?",
        ";=?",
        "",
        f";{PAN}=30132010000000000001?",
        f";{PAN}=3012AB10000000000001?",
        f";{'6' * 40}=30122010000?",
        f"%B{PAN}^TEST/CARD^30122010000000000?",
        ";" + "9" * 100_000 + "?",
        "\x00\xff;?",
    ],
)
def test_bad_track_is_no_card_and_no_traceback(bench: MemoryBench, stripe: str) -> None:
    swipe_text(at_card(bench), stripe).run(3.0)
    assert bench.screen == "refund.card"
    assert nothing_moved(bench)
    swipe_text(bench, f";{TRACK}?")
    assert bench.screen == "refund.confirm"


def test_chip_is_told_to_swipe(bench: MemoryBench) -> None:
    at_card(bench).answer("reader", bench.reader.tap())
    bench.run(0.1)
    assert shows(bench, Text.CHIP_NOT_SUPPORTED)


def test_f23_other_card_is_not_taken_where_the_shop_forbids_it(new_bench: NewBench) -> None:
    bench = at_card(new_bench(parameters={"other_card": "off"})).swipe("credit")
    assert bench.screen == "refund.other_card"
    assert not missing(bench, Text.OTHER_CARD, Text.OTHER_CARD_SAME_PHONE)
    assert not shows(bench, Text.OTHER_CARD_APPROVAL)
    bench.keys("ENTER")
    assert bench.screen == "refund.card"
    assert bench.records("refused")[-1].body == {"what": "card", "why": "other"}


def test_right_card_after_the_wrong_one_needs_nobody(bench: MemoryBench) -> None:
    at_card(bench).swipe("debit-2").swipe("debit")
    assert bench.screen == "refund.confirm"


def test_other_card_of_the_same_bank_is_not_the_card_that_paid(bench: MemoryBench) -> None:
    at_card(bench).swipe("debit-2")
    assert bench.screen == "refund.other_card"


def test_f23_other_card_goes_out_with_document_and_approver_and_the_slip_names_it(
    bench: MemoryBench,
) -> None:
    bench.host.faults.arm("host.decline", {"code": "63"})
    at_card(bench).swipe("credit").keys("ENTER")
    assert bench.screen == "refund.document"
    bench.keys(f"42 ENTER {who('10')} ENTER").run(1.0)
    assert bench.screen == "refund.declined"
    leave(bench)
    intent = bench.records("intent")[0].body
    assert (intent["exceptions"], intent["document"], intent["approver"]) == (
        ["other_card"],
        "42",
        "10",
    )
    (slip,) = slip_texts(bench)
    assert "APPROVER" in slip
    assert "42" in slip


@pytest.mark.parametrize("document", ["", "CLEAR"])
def test_document_number_is_not_optional(bench: MemoryBench, document: str) -> None:
    at_card(bench, reason="5").swipe("debit")
    assert bench.screen == "refund.document"
    bench.keys(f"{document} ENTER")
    assert shows(bench, Text.DOCUMENT_NEEDED)


def test_reason_that_asks_for_a_document_puts_it_on_record_and_slip(bench: MemoryBench) -> None:
    at_card(bench, reason="5").swipe("debit").keys("2 ALPHA 77 ENTER ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    assert bench.records("intent")[0].body["document"] == "A77"
    assert "A77" in slip_texts(bench)[0]


def test_card_number_is_no_document(bench: MemoryBench) -> None:
    at_card(bench, reason="5").swipe("debit").keys(f"{PAN} ENTER")
    assert bench.screen == "refund.document"
    assert shows(bench, Text.DOCUMENT_IS_CARD)


def test_card_number_that_is_longer_than_the_entry_is_no_document_either(
    bench: MemoryBench,
) -> None:
    at_card(bench).swipe("credit").keys("ENTER 6222021234567890128 ENTER")
    assert bench.screen == "refund.document"
    assert shows(bench, Text.DOCUMENT_IS_CARD)


def test_f24_typed_number_is_off_by_default(new_bench: NewBench) -> None:
    bench = at_card(new_bench(parameters={"typed_card": "off"}))
    rows, beeps = bench.rows, bench.display.beeps
    bench.keys(f"{PAN} ENTER")
    assert (bench.screen, bench.rows) == ("refund.card", rows)
    assert bench.display.beeps == beeps + 17


def test_typed_number_needs_document_and_approver_and_is_sent_as_typed(bench: MemoryBench) -> None:
    at_card(bench).keys(f"{PAN} ENTER 1 2 3 ENTER {who('10')} ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    intent = bench.records("intent")[0].body
    assert (intent["entry"], intent["exceptions"], intent["approver"]) == (
        "M",
        ["typed_card"],
        "10",
    )
    assert "621234******1232 /M" in slip_texts(bench)[0]


def test_typed_number_is_never_whole_on_the_display(bench: MemoryBench) -> None:
    at_card(bench).keys(PAN)
    assert shows(bench, "*" * 12 + "1232_")
    assert "62123" not in bench.rows.replace("621234..1232", "")


@pytest.mark.parametrize("typed", ["1", "6212345678901233", "62123456789", "0000000000000001"])
def test_typed_number_that_is_no_card_is_refused(bench: MemoryBench, typed: str) -> None:
    at_card(bench).keys(f"{typed} ENTER")
    assert bench.screen == "refund.card"
    assert shows(bench, Text.CARD_NUMBER_WRONG)


def test_card_is_forgotten_after_a_minute_and_swiped_once_more(new_bench: NewBench) -> None:
    bench = start_refund(new_bench(parameters={"entry_timeout_s": 120}))
    bench.run(61.0)
    assert bench.screen == "refund.confirm"
    bench.keys("ENTER")
    assert bench.screen == "refund.card"
    assert shows(bench, Text.SWIPE_AGAIN)
    assert nothing_moved(bench)
    bench.swipe("debit").keys("ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    assert len(booked(bench)) == 1


def test_card_with_an_unresolved_refund_is_blocked(bench: MemoryBench) -> None:
    refund_with(bench, "host.no_answer", ANSWER_S)
    leave(bench)
    bench.scan(bench.code(bench.sale(rrn="051600000002"))).keys("ENTER 1 2580 ENTER")
    bench.swipe("debit")
    assert bench.screen == "refund.blocked"
    assert not missing(bench, "000002", Text.NO_MONEY_MOVED, Text.SETTLE_OTHER_FIRST)
    bench.keys("ENTER")
    assert bench.screen == "idle"
    assert outcomes(bench) == ["unknown"]


def test_other_cards_are_not_blocked_by_an_unresolved_refund(bench: MemoryBench) -> None:
    refund_with(bench, "host.no_answer", ANSWER_S)
    leave(bench)
    assert refund(bench, rrn="061100000007") == "refund.approved"


@pytest.mark.parametrize("act", [hands.swipe, hands.insert, hands.tap])
@pytest.mark.parametrize("card", ["debit", "damaged"])
def test_card_at_the_idle_screen_is_told_what_comes_first_and_forgotten(
    bench: MemoryBench, act: Act, card: str
) -> None:
    beeps = bench.display.beeps
    act(bench.parts.as_parts(), ShowCard(card=card))
    bench.run(0.1)
    assert bench.screen == "idle"
    assert shows(bench, Text.CARD_COMES_LATER)
    assert bench.display.beeps == beeps + 1
    bench.run(8.0)
    assert not shows(bench, Text.CARD_COMES_LATER)
    at_card(bench)
    bench.keys("CANCEL CANCEL")
    assert nothing_moved(bench)


def test_second_swipe_while_the_first_is_read_changes_nothing(bench: MemoryBench) -> None:
    at_card(bench)
    for name in ("debit", "credit"):
        hands.swipe(bench.parts.as_parts(), ShowCard(card=name))
    bench.run(0.1)
    assert bench.screen == "refund.confirm", bench.rows
    bench.keys("ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    assert bench.records("intent")[0].body["card"].endswith("1232")


def test_card_that_nobody_asks_for_beeps_and_the_one_in_use_stays(bench: MemoryBench) -> None:
    bench.keys("MENU 9 5000 ENTER").swipe("credit")
    assert bench.screen == "sale.pin"
    beeps = bench.display.beeps
    bench.swipe("debit").swipe("credit").swipe("damaged")
    assert (bench.screen, bench.display.beeps) == ("sale.pin", beeps + 3)
    bench.keys("246810 ENTER").swipe("debit").keys("ENTER").run(1.0)
    assert bench.screen == "sale.approved", bench.rows
    assert bench.records("intent")[0].body["card"] == mask(bench.card("credit").pan)

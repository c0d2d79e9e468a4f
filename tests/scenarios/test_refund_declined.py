"""Refunds that the host, the line or the keypad does not let through: what is said and kept."""

import pytest

from terminal.domain.phrase import Phrase
from terminal.ui.host_text import host_text
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import (
    ANSWER_S,
    booked,
    leave,
    outcomes,
    refund,
    refund_with,
    refunds,
    start_refund,
)
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import slip_texts
from tests.scenarios.memory_bench import MemoryBench


@pytest.mark.parametrize(
    ("code", "said"), [("51", host_text("51").what), ("05", host_text("05").what)]
)
def test_declined_refund_says_code_words_and_that_no_money_moved(
    bench: MemoryBench, code: str, said: Phrase
) -> None:
    assert refund_with(bench, "host.decline", code=code) == "refund.declined"
    assert not missing(
        bench, say(Text.TITLE_DECLINED, code=code), said, Text.NO_MONEY_MOVED, "95516"
    )
    leave(bench)
    assert outcomes(bench) == ["declined"]
    assert booked(bench) == []


def test_declined_refund_gives_the_shop_one_slip(bench: MemoryBench) -> None:
    refund_with(bench, "host.decline")
    leave(bench)
    (slip,) = slip_texts(bench)
    for part in ("DECLINED", "NO MONEY MOVED", "51"):
        assert part in slip
    assert "SIGNATURE" not in slip


def test_declined_refund_counts_nothing_as_spent(bench: MemoryBench) -> None:
    refund_with(bench, "host.decline")
    leave(bench)
    assert refund(bench) == "refund.approved"
    assert [i.body["stan"] for i in bench.records("intent")] == [2, 3]


def test_screens_of_a_decline_in_english(bench: MemoryBench) -> None:
    bench.keys("MENU 6")
    refund_with(bench, "host.decline")
    assert not missing(bench, "DECLINED 51", Text.NO_MONEY_MOVED, "95516")


def test_no_answer_is_unknown_and_says_not_to_refund_again(bench: MemoryBench) -> None:
    assert refund_with(bench, "host.no_answer", ANSWER_S, booked=True) == "refund.unknown"
    assert not missing(
        bench,
        Text.TITLE_UNKNOWN,
        Text.UNKNOWN_WHAT,
        say(Text.UNKNOWN_DO, phone="95516", stan="000002"),
    )
    leave(bench)
    assert outcomes(bench) == ["unknown"]
    assert shows(bench, say(Text.PENDING_COUNT, count=1))
    assert len(refunds(bench)) == 1


def test_unknown_refund_prints_its_slip_even_when_nobody_presses_a_key(bench: MemoryBench) -> None:
    refund_with(bench, "host.no_answer", ANSWER_S)
    bench.run(80.0)
    assert bench.screen == "idle"
    (slip,) = slip_texts(bench)
    assert "RESULT UNKNOWN" in slip
    assert "DO NOT REFUND AGAIN" in slip


@pytest.mark.parametrize(
    ("fault", "params"), [("host.wrong_mac", {}), ("host.field", {"number": 4})]
)
def test_answer_that_is_not_to_be_believed_leaves_the_result_unknown(
    bench: MemoryBench, fault: str, params: dict[str, int]
) -> None:
    assert refund_with(bench, fault, **params) == "refund.unknown"
    assert outcomes(bench) == ["unknown"]


def test_line_that_is_down_is_certain_nothing_was_sent(bench: MemoryBench) -> None:
    start_refund(bench)
    bench.links["acquirer"].is_up = False
    bench.keys("ENTER").run(11.0)
    assert bench.screen == "refund.not_sent"
    assert not missing(
        bench, Text.TITLE_NOT_SENT, Text.HOST_NOT_REACHED, Text.NO_MONEY_MOVED, "95516"
    )
    bench.keys("ENTER")
    assert bench.screen == "idle"
    assert bench.printer.slips == ()
    assert outcomes(bench) == ["not_sent"]


def test_refund_that_was_not_sent_may_be_given_again_under_a_new_number(bench: MemoryBench) -> None:
    start_refund(bench)
    bench.links["acquirer"].is_up = False
    bench.keys("ENTER").run(11.0)
    bench.links["acquirer"].is_up = True
    leave(bench)
    assert refund(bench) == "refund.approved"
    assert [i.body["stan"] for i in bench.records("intent")] == [2, 3]


def test_paper_that_is_out_changes_nothing_of_the_result(bench: MemoryBench) -> None:
    bench.printer.out_after_lines(0)
    refund(bench, wait_s=8.0)
    assert bench.screen == "print.paper_out"
    assert not missing(bench, Text.PAPER_OUT, Text.OPERATION_STANDS, "100.00")
    bench.printer.load_paper()
    bench.keys("ENTER").run(2.0)
    leave(bench)
    assert outcomes(bench) == ["approved"]
    assert len(booked(bench)) == 1


def test_f05_refund_needs_a_sign_in_and_says_where(bench: MemoryBench) -> None:
    bench.keys("MENU 7").run(4.0)
    bench.scan(bench.code(bench.sale(rrn="061400000012")))
    assert bench.screen == "refund.refused"
    assert not missing(bench, Text.REFUSED_NOT_SIGNED_IN, Text.NO_MONEY_MOVED, Text.SIGN_IN_FIRST)


def test_terminal_signs_in_by_itself_when_the_host_asks_and_only_enter_refunds_again(
    bench: MemoryBench,
) -> None:
    bench.host.faults.arm("host.decline", {"code": "77"})
    assert refund(bench) == "refund.declined"
    assert shows(bench, Text.SIGN_IN_THEN_AGAIN)
    leave(bench)
    assert len(bench.records("signed_in")) == 2
    assert len(bench.records("intent")) == 1
    assert refund(bench) == "refund.approved"

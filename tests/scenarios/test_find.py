"""What happened is found again: by voucher, card, amount, day and state; whole; on paper."""

import pytest

from terminal.flows import find
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import ANSWER_S, leave, refund, refund_with
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import slip_texts
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.opened import opened
from tests.scenarios.trading_day import a_day, settled, sold, voided

OLDER, NEWER = "061400000012", "061100000007"


@pytest.fixture
def two(bench: MemoryBench) -> MemoryBench:
    """A part of one purchase was given back, then a part of another was declined."""
    refund(bench, "4000", rrn=OLDER)
    leave(bench)
    bench.host.faults.arm("host.decline", {"code": "51"})
    refund(bench, "2500", rrn=NEWER)
    return leave(bench)


def looking(bench: MemoryBench) -> MemoryBench:
    """The first screen of the search."""
    opened(bench, find.call(bench.runtime.facts))
    assert bench.screen == "find"
    return bench


def found(bench: MemoryBench) -> list[int]:
    """The trace numbers that the list has, from its top."""
    return [t.intent.stan for t in bench.runtime.navigator.top.context.found]


def stans(bench: MemoryBench) -> tuple[int, int]:
    """The trace numbers of the two refunds."""
    first, second = (r.body["stan"] for r in bench.records("intent"))
    return first, second


def test_all_of_them_newest_first(two: MemoryBench) -> None:
    looking(two).keys("1")
    older, newer = stans(two)
    assert found(two) == [newer, older]
    assert not missing(two, f"1 {newer:06d} -25.00", f"2 {older:06d} -40.00")


def test_by_trace_number(two: MemoryBench) -> None:
    looking(two).keys(f"2 {stans(two)[0]} ENTER")
    assert found(two) == [stans(two)[0]]


def test_by_last_four_digits_of_the_card(two: MemoryBench) -> None:
    cards = [r.body["card"] for r in two.records("intent")]
    looking(two).keys(f"3 {cards[0][-4:]} ENTER")
    expected = [s for s, card in zip(stans(two), cards, strict=True) if card == cards[0]]
    assert found(two) == expected[::-1]


def test_by_amount_typed_in_fen(two: MemoryBench) -> None:
    looking(two).keys("4 2500")
    assert shows(two, "25.00")
    two.keys("ENTER")
    assert found(two) == [stans(two)[1]]


def test_by_day_of_the_host(two: MemoryBench) -> None:
    looking(two).keys("5 0615 ENTER")
    assert len(found(two)) == 2
    two.keys("CANCEL").keys("5 0614 ENTER")
    assert shows(two, Text.NOTHING_FOUND)


@pytest.mark.parametrize(("line", "which"), [("1", 0), ("2", 1)])
def test_by_state(two: MemoryBench, line: str, which: int) -> None:
    looking(two).keys(f"6 {line}")
    assert found(two) == [stans(two)[which]]


def test_lists_are_picked_from_with_arrows_too(two: MemoryBench) -> None:
    looking(two).keys("DOWN DOWN DOWN DOWN DOWN ENTER DOWN ENTER")
    assert found(two) == [stans(two)[1]]
    two.keys("CANCEL UP ENTER 0615 ENTER DOWN ENTER")
    assert two.screen == "find.one"
    assert shows(two, f"{stans(two)[0]:06d}")


def test_only_what_is_unresolved(bench: MemoryBench) -> None:
    refund(bench, "4000", rrn=OLDER)
    leave(bench)
    refund_with(bench, "host.no_answer", ANSWER_S, booked=True)
    leave(bench)
    looking(bench).keys("7")
    assert found(bench) == [stans(bench)[1]]
    bench.keys("ENTER")
    assert shows(bench, Text.STATE_UNKNOWN)


@pytest.mark.parametrize("keys", ["2 0", "2 1234567", "3 123", "4 0", "5 1332", "5 061", "2"])
def test_what_can_not_be_is_said_and_asked_again(two: MemoryBench, keys: str) -> None:
    beeps = two.display.beeps
    looking(two).keys(f"{keys} ENTER")
    assert two.screen == "find.typed"
    assert shows(two, Text.FIND_NOT_USABLE)
    assert two.display.beeps == beeps + 1


@pytest.mark.parametrize("keys", ["0", "9", "UP", "6 9", "6 0", "6 UP", "1 3", "1 UP"])
def test_keys_for_no_line_beep(two: MemoryBench, keys: str) -> None:
    beeps = two.display.beeps
    looking(two).keys(keys)
    assert two.display.beeps == beeps + 1


def test_new_terminal_has_nothing_to_find(bench: MemoryBench) -> None:
    looking(bench).keys("1")
    assert shows(bench, Text.NOTHING_FOUND)
    bench.keys("ENTER")
    assert bench.screen == "find"
    bench.keys("CANCEL")
    assert bench.screen == "idle"


def test_one_record_is_whole_on_its_pages(two: MemoryBench) -> None:
    looking(two).keys("1 2")
    assert not missing(two, f"{stans(two)[0]:06d}", "40.00", "621234..1232", Text.STATE_APPROVED)
    two.keys("DOWN")
    result = two.records("result")[0].body
    assert not missing(two, result["rrn"], OLDER, "2026-06-14", "100.00")
    two.keys("DOWN")
    assert not missing(two, two.runtime.facts.parameters.reasons[0].phrase, "00")
    two.keys("DOWN")
    assert shows(two, "01 ")
    beeps = two.display.beeps
    two.keys("DOWN")
    assert two.display.beeps == beeps + 1
    two.keys("UP UP UP")
    assert shows(two, f"{stans(two)[0]:06d}")


def test_approver_is_named(bench: MemoryBench) -> None:
    sale = bench.sale(rrn="0613B0000010")
    bench.scan(bench.code(sale)).keys("ENTER 1 2580 ENTER")
    bench.swipe(str(sale["card"])).keys("10 ENTER 614283 ENTER ENTER").run(1.0)
    leave(bench)
    looking(bench).keys("1 1 DOWN DOWN DOWN")
    assert not missing(bench, Text.LABEL_APPROVER, "10 ")


def test_no_whole_card_number_is_shown(two: MemoryBench) -> None:
    pan = two.card("debit").pan
    looking(two).keys("1 2")
    for _ in range(4):
        assert pan not in two.rows.replace(" ", "")
        two.keys("DOWN")


def test_slips_of_any_transaction_come_again_as_counted_copies(two: MemoryBench) -> None:
    before = len(two.printer.slips)
    looking(two).keys("1 2 ENTER").run(15.0)
    copies = slip_texts(two)[before:]
    assert len(copies) == 2
    assert all(OLDER in text for text in copies)
    counted = two.records("reprinted")
    assert [r.body["intent"] for r in counted] == [two.records("intent")[0].number]
    two.keys("DOWN DOWN")
    assert not missing(two, say(Text.LABEL_COPIES), "1")


def test_slip_that_the_books_have_forgotten_is_printed_and_numbered(two: MemoryBench) -> None:
    two.runtime.facts.books.recent.clear()
    before = len(two.printer.slips)
    for _ in range(2):
        looking(two).keys("1 2 ENTER").run(15.0)
        two.keys("CANCEL CANCEL CANCEL")
    texts = slip_texts(two)[before:]
    assert len(texts) == 4
    assert texts[0] != texts[2]
    assert len(two.records("reprinted")) == 2


def test_sale_that_was_voided_is_marked(bench: MemoryBench) -> None:
    voided(bench, sold(bench))
    looking(bench).keys("1")
    void, sale = found(bench)
    bench.keys(f"CANCEL 2 {sale} ENTER 1")
    assert not missing(bench, f"{sale:06d}", Text.STATE_VOIDED)
    bench.keys(f"CANCEL CANCEL 2 {void} ENTER 1")
    assert not missing(bench, f"{void:06d}", Text.STATE_APPROVED)


def test_batch_that_was_settled_stays_readable_and_on_paper(bench: MemoryBench) -> None:
    settled(a_day(bench))
    leave(bench)
    assert not bench.runtime.facts.books.sales
    before = len(bench.printer.slips)
    looking(bench).keys("1")
    assert len(found(bench)) == 4
    bench.keys("4")
    assert not missing(bench, Text.STATE_VOIDED, "50.00")
    bench.keys("ENTER").run(15.0)
    assert any("50.00" in text for text in slip_texts(bench)[before:])


def test_what_was_not_sent_has_no_slip(bench: MemoryBench) -> None:
    bench.links["acquirer"].is_up = False
    refund(bench, wait_s=11.0)
    leave(bench)
    looking(bench).keys("1 1")
    assert not missing(bench, Text.STATE_NOT_SENT, say(Text.HINT_PAGE, page=1, pages=4))
    beeps = bench.display.beeps
    bench.keys("ENTER")
    assert bench.display.beeps == beeps + 1
    assert not bench.records("reprinted")


def test_administrator_looks_but_prints_nothing(two: MemoryBench) -> None:
    two.runtime.facts.books.operator = "99"
    looking(two).keys("1 2 ENTER")
    assert two.screen == "find.one"
    assert not two.records("reprinted")


def test_totals_of_the_batch_and_of_its_operations(two: MemoryBench) -> None:
    looking(two).keys("8")
    batch = f"{two.runtime.facts.books.batch:06d}"
    assert not missing(two, say(Text.TITLE_TOTALS, batch=batch), Text.LABEL_RETURNS, "40.00")
    two.keys("DOWN")
    assert not missing(two, Text.MENU_REFUND, "1", "40.00")
    two.keys("ENTER")
    assert two.screen == "find"


def test_totals_name_what_is_unresolved(bench: MemoryBench) -> None:
    refund_with(bench, "host.no_answer", ANSWER_S, booked=True)
    leave(bench)
    looking(bench).keys("8 DOWN")
    assert not missing(bench, Text.LABEL_UNRESOLVED, "1")


@pytest.mark.parametrize("keys", ["", "2 12", "6", "1", "1 1", "8"])
def test_nobody_leaves_it_standing_open(two: MemoryBench, keys: str) -> None:
    looking(two).keys(keys).run(61.0)
    assert two.screen == "idle"


def test_found_again_after_a_restart(two: MemoryBench) -> None:
    expected = list(stans(two))[::-1]
    two.power_cut()
    two.power_on()
    two.log_on()
    looking(two).keys("1")
    assert found(two) == expected

"""What the host never takes, or no pad can open, is left out by a supervisor's name."""

from __future__ import annotations

import pytest

from terminal.flows import settlement
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import SUPERVISOR
from tests.scenarios.eyes import missing, shows
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import cut, moments_of, start_again
from tests.scenarios.test_settlement_power import short_day
from tests.scenarios.test_settlement_upload import moved, uploads
from tests.scenarios.trading_day import (
    a_day,
    hosts_batch,
    sent_messages,
    settled,
    settling,
    slip,
    upload_codes,
)

DETAILS, FIRST_REFUND, LAST_REFUND, END = range(1, 5)
NAMED = {DETAILS: slice(0, 3), FIRST_REFUND: slice(3, 4), LAST_REFUND: slice(4, 5)}


@pytest.fixture
def day(bench: MemoryBench) -> MemoryBench:
    """Two sales, a void and two refunds; the host counts one fen more than there is."""
    a_day(bench, refunds=2)
    bench.host.faults.arm("host.wrong_totals", {"debit_delta": 1}, 0)
    return bench


def refuse_from(bench: MemoryBench, item: int) -> MemoryBench:
    """The host takes what comes before this message of the upload, and never this one."""
    settling(bench)
    seen = {"count": 0}

    def refuse(actions: tuple[object, ...]) -> tuple[object, ...]:
        seen["count"] += 1
        if seen["count"] == item:
            bench.host.faults.arm("host.bad_upload", {"code": "96"}, 0)
        return actions

    bench.links["acquirer"].twist = refuse
    bench.keys("ENTER").run(20.0)
    bench.links["acquirer"].twist = None
    assert bench.screen == "settlement.stuck", bench.rows
    return bench


def refuse_thrice(bench: MemoryBench, item: int) -> MemoryBench:
    """As often as the profile wants before a person may decide."""
    refuse_from(bench, item)
    for _ in range(bench.runtime.facts.profile.reversal_tries - 1):
        assert not shows(bench, Text.HINT_GO_ON_OR_SKIP)
        bench.keys("ENTER").run(5.0)
    assert shows(bench, Text.HINT_GO_ON_OR_SKIP)
    return bench


def leave_out(bench: MemoryBench, wait_s: float = 40.0) -> MemoryBench:
    """The supervisor puts a name to it, and from here on the host takes everything."""
    bench.keys("MENU")
    assert bench.screen == "settlement.approval", bench.rows
    bench.host.faults.clear("host.bad_upload")
    return bench.keys(SUPERVISOR).run(wait_s)


@pytest.mark.parametrize("item", NAMED)
def test_refused_message_is_left_out_by_name_and_the_rest_goes_up(
    day: MemoryBench, item: int
) -> None:
    every, gone = moved(day), NAMED[item]
    leave_out(refuse_thrice(day, item))
    assert day.screen == "idle", day.rows
    rest = [*every[: gone.start], *every[gone.stop :]]
    assert uploads(day) == rest
    assert sent_messages(day, "0320")[-1].text(48) == f"{len(rest):04d}"
    assert hosts_batch(day, 2)["state"] == "closed"
    (skipped,) = day.records("upload_skipped")
    assert skipped.body == {"batch": 2, "item": item, "by": "10", "why": "96"}
    text = slip(day)
    assert "NOT UPLOADED: BY HAND" in text
    assert not [stan for stan, *_ in every[gone] if stan not in text]
    assert not [stan for stan, *_ in rest if stan in text.split("NOT UPLOADED: BY HAND")[1]]


def test_end_that_is_refused_for_ever_is_left_out_too(day: MemoryBench) -> None:
    leave_out(refuse_thrice(day, END))
    assert day.screen == "idle", day.rows
    assert upload_codes(day) == ["201", "000", "000", "202", "202", "202"]
    assert day.records("upload_skipped")[0].body["item"] == END
    assert "End of the upload" in slip(day)
    assert day.runtime.facts.books.batch == 3


def test_end_after_balanced_totals_can_be_left_out(bench: MemoryBench) -> None:
    a_day(bench)
    leave_out(refuse_thrice(bench, 1))
    assert bench.runtime.facts.books.batch == 3
    assert "NOT UPLOADED: BY HAND" in slip(bench)


def test_two_messages_are_left_out_one_after_the_other(day: MemoryBench) -> None:
    refuse_thrice(day, FIRST_REFUND).keys("MENU").keys(SUPERVISOR).run(10.0)
    assert day.screen == "settlement.stuck"
    assert not shows(day, Text.HINT_GO_ON_OR_SKIP)
    for _ in range(2):
        day.keys("ENTER").run(5.0)
    leave_out(day)
    assert [r.body["item"] for r in day.records("upload_skipped")] == [FIRST_REFUND, LAST_REFUND]
    assert sent_messages(day, "0320")[-1].text(48) == "0003"
    assert day.runtime.facts.books.batch == 3


def test_card_that_can_not_be_opened_is_left_out_at_once(day: MemoryBench) -> None:
    day.keypad._core.destroy_seal(2)
    settled(day, 5.0)
    assert shows(day, Text.HINT_GO_ON_OR_SKIP)
    for _ in range(3):
        assert day.screen == "settlement.stuck", day.rows
        day.keys("MENU").keys(SUPERVISOR).run(40.0)
    assert day.screen == "idle", day.rows
    assert uploads(day) == []
    assert "Card number can't be opened" in slip(day)
    assert {r.body["why"] for r in day.records("upload_skipped")} == {"card"}


def test_refund_whose_sealed_number_is_gone_waits_to_be_left_out_by_name(day: MemoryBench) -> None:
    refund = day.records("intent")[-1]
    assert day.runtime.journal is not None
    day.runtime.journal.drop_sealed([refund.number])
    settled(day, 20.0)
    assert day.screen == "settlement.stuck", day.rows
    assert shows(day, say(Text.CARD_NOT_OPENED, stan=f"{refund.body['stan']:06d}"))
    assert uploads(day) == moved(day)[:-1]


def test_nobody_is_asked_before_it_was_refused_often_enough(day: MemoryBench) -> None:
    refuse_from(day, DETAILS).keys("MENU")
    assert day.screen == "settlement.stuck"
    assert not day.records("upload_skipped")


def test_refusals_are_counted_over_a_restart(day: MemoryBench) -> None:
    refuse_from(day, FIRST_REFUND)
    for _ in range(2):
        start_again(day)
        settling(day, 10.0)
    assert shows(day, Text.HINT_GO_ON_OR_SKIP)
    assert not missing(day, say(Text.HOST_SAYS_NO, code="96"))


def test_taken_message_starts_the_count_anew(day: MemoryBench) -> None:
    refuse_from(day, DETAILS).keys("ENTER").run(5.0)
    day.host.faults.clear("host.bad_upload")
    line, seen = day.links["acquirer"], {"count": 0}

    def refuse_second(actions: tuple[object, ...]) -> tuple[object, ...]:
        seen["count"] += 1
        if seen["count"] == 2:
            day.host.faults.arm("host.bad_upload", {"code": "96"})
        return actions

    line.twist = refuse_second
    day.keys("ENTER").run(10.0)
    assert day.screen == "settlement.stuck", day.rows
    assert not shows(day, Text.HINT_GO_ON_OR_SKIP)


def test_who_works_does_not_approve_it_and_leaving_changes_nothing(day: MemoryBench) -> None:
    refuse_thrice(day, DETAILS).keys("MENU 01 ENTER")
    assert shows(day, Text.APPROVER_IS_REQUESTER)
    day.keys("CANCEL")
    if day.screen == "settlement.approval":
        day.keys("CANCEL")
    assert day.screen == "settlement.stuck"
    assert shows(day, say(Text.HOST_SAYS_NO, code="96"))
    assert not day.records("upload_skipped")
    assert settlement.in_progress(day.runtime.facts)


def test_power_cut_behind_the_name_does_not_send_it_again(day: MemoryBench) -> None:
    refuse_thrice(day, FIRST_REFUND)
    day.links["acquirer"].is_up = False
    leave_out(day, 5.0)
    assert day.screen == "settlement.stuck"
    sent = len(sent_messages(day, "0320"))
    day.links["acquirer"].is_up = True
    start_again(day)
    settling(day, 40.0)
    later = sent_messages(day, "0320")[sent:]
    assert len(later) == 2
    assert day.runtime.facts.books.batch == 3
    assert "NOT UPLOADED: BY HAND" in slip(day)


def test_cut_at_any_moment_behind_the_approval_leaves_out_or_sends_up_never_both(
    bench: MemoryBench,
) -> None:
    bench.host.faults.arm("host.wrong_totals", {"debit_delta": 1}, 0)
    total = len(moments_of(refuse_thrice(short_day(bench), DETAILS), leave_out))
    # The last ones are the idle screen; how many there are is not the same each time.
    for number in range(1, total - 10, 9):
        batch = short_day(bench).runtime.facts.books.batch
        refuse_thrice(bench, DETAILS)
        assert cut(bench, leave_out, number), f"moment {number} of {total}"
        bench.host.faults.clear("host.bad_upload")
        start_again(bench)
        if settlement.in_progress(bench.runtime.facts):
            settling(bench, 20.0)
        assert bench.runtime.facts.books.batch == batch + 1, bench.rows
        left_out = [r for r in bench.records("upload_skipped") if r.body["batch"] == batch]
        (sale, refund) = moved(bench, batch)
        assert uploads(bench, batch) == ([refund] if left_out else [sale, refund])
        assert ("NOT UPLOADED: BY HAND" in slip(bench)) is bool(left_out)

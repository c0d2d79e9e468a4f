"""When messages left: which record starts which clock, and which one does not."""

import pytest

from terminal.domain.message_clocks import COPIES, MessageClocks
from terminal.domain.recovery_records import UNSENT


@pytest.fixture
def clocks() -> MessageClocks:
    """Record 3 is an intent of this run, whose answer stayed out at 10 seconds."""
    clocks = MessageClocks()
    clocks.take(3, "intent", {}, 9.0)
    clocks.take(4, "result", {"intent": 3, "outcome": "unknown"}, 10.0)
    return clocks


def test_the_first_unknown_result_and_early_reversals_count_for_the_copy_the_last_for_anything(
    clocks: MessageClocks,
) -> None:
    clocks.take(5, "result", {"intent": 3, "outcome": "to_reverse"}, 20.0)
    assert (clocks.copy_s, clocks.any_s) == ({3: 10.0}, {3: 20.0})
    clocks.take(6, "reversal_early", {"intent": 3}, 30.0)
    assert (clocks.copy_s, clocks.any_s) == ({3: 30.0}, {3: 30.0})


def test_an_intent_of_an_earlier_run_has_no_copy_in_this_one() -> None:
    clocks = MessageClocks()
    clocks.take(4, "result", {"intent": 3, "outcome": "unknown"}, 10.0)
    assert (clocks.copy_s, clocks.any_s) == ({}, {3: 10.0})


def test_a_known_result_and_other_records_start_no_clock() -> None:
    clocks = MessageClocks()
    clocks.take(3, "intent", {}, 9.0)
    clocks.take(4, "result", {"intent": 3, "outcome": "approved"}, 10.0)
    clocks.take(5, "printed", {"intent": 3}, 11.0)
    assert clocks == MessageClocks(begun={3: 9.0}, resolved={3})


def test_tries_that_did_not_leave_are_counted_until_one_does(clocks: MessageClocks) -> None:
    clocks.take(5, "recovery_try", {"intent": 3}, 20.0)
    assert clocks.asked_s == {3: 20.0}
    unsent = {"intent": 3, "step": min(COPIES), "finding": min(UNSENT)}
    for tries, now_s in ((1, 21.0), (2, 22.0)):
        clocks.take(6, "recovery_answer", unsent, now_s)
        assert (clocks.unsent, clocks.asked_s) == ({3: tries}, {3: now_s})
    assert clocks.copy_s == {3: 10.0}
    clocks.take(7, "recovery_answer", {**unsent, "finding": "left"}, 23.0)
    assert (clocks.unsent, clocks.copy_s, clocks.any_s) == ({3: 0}, {3: 23.0}, {3: 23.0})


def test_an_inquiry_moves_no_money(clocks: MessageClocks) -> None:
    clocks.take(5, "recovery_answer", {"intent": 3, "step": "inquiry", "finding": "left"}, 20.0)
    assert (clocks.copy_s, clocks.any_s, clocks.asked_s) == ({3: 10.0}, {3: 10.0}, {3: 20.0})

"""An unknown refund is asked for: found, not found in time and out of it, and everything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from emulator.host.core import Action, Send
from emulator.host.faults import Value
from terminal.domain.history import whole
from terminal.domain.recovering import due_in_s
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import (
    ANSWER_S,
    LIFE_S,
    check_books,
    leave,
    outcomes,
    refund,
    refunds,
    whole_slips,
)
from tests.scenarios.eyes import missing
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.recoveries import (
    INQUIRING,
    about,
    arrives_now,
    asked,
    finish,
    first_copy,
    lost_refund,
    rest,
    restart,
    till,
)
from tests.scenarios.reversals import now

GAP_S = 11.0


@pytest.fixture
def bench(tmp_path: Path) -> MemoryBench:
    return till(tmp_path, INQUIRING)


def findings(bench: MemoryBench) -> list[str]:
    """What each try came to, in the journal."""
    return [r.body["finding"] for r in bench.records("recovery_answer")]


def test_f86_booked_refund_is_found_and_its_slips_are_printed(bench: MemoryBench) -> None:
    one = lost_refund(bench)
    rest(bench)
    done = now(bench, one)
    assert (done.outcome.value, done.recovered) == ("approved", "inquiry")
    booking = next(b for b in refunds(bench) if b["rrn"] == done.rrn)
    assert int(booking["stan"]) == one.intent.stan
    assert asked(bench, one) == ["0200"]
    assert done.printed == ("merchant", "customer")
    assert whole_slips(bench, "APPROVED") == 2
    check_books(bench)


def test_question_names_the_refund_and_has_a_number_of_its_own(bench: MemoryBench) -> None:
    one = lost_refund(bench)
    rest(bench)
    (question,) = about(bench, one)
    assert question.text(61) == f"{one.intent.batch:06d}{one.intent.stan:06d}0000"
    (stored,) = bench.records("recovery_try")
    assert int(question.text(11)) == stored.body["stan"] == one.intent.stan + 1
    assert refund(bench, rrn="061100000007") == "refund.approved"
    assert bench.records("intent")[-1].body["stan"] == one.intent.stan + 2


def test_partial_return_is_found_with_its_own_amount(bench: MemoryBench) -> None:
    one = lost_refund(bench, amount="4000")
    rest(bench)
    assert now(bench, one).outcome.value == "approved"
    books = bench.runtime.facts.books
    assert books.remaining_minor(one.key, one.intent.original.amount_minor) == 6000
    check_books(bench)


@pytest.mark.parametrize(
    ("fault", "params", "text"),
    [
        ("host.field", {"number": 4, "value": "000000004000"}, Text.ANSWER_NOT_USABLE),
        ("host.no_mac", {}, Text.ANSWER_NOT_USABLE),
        ("host.wrong_mac", {}, Text.ANSWER_NOT_USABLE),
        ("host.no_answer", {}, Text.HOST_GAVE_NO_ANSWER),
    ],
)
def test_answer_that_can_not_be_used_is_not_called_none(
    bench: MemoryBench, fault: str, params: dict[str, Value], text: Text
) -> None:
    lost_refund(bench)
    bench.host.faults.arm(fault, {**params, "mti": "0200"})
    bench.keys("ENTER").run(ANSWER_S if fault == "host.no_answer" else 5.0)
    assert bench.screen == "recovery.told", bench.rows
    assert not missing(bench, text, Text.NEVER_AGAIN, say(Text.ASKED_AGAIN, seconds=30))


def test_declined_refund_is_found_and_frees_its_amount(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.decline", {"code": "51"})
    one = lost_refund(bench)
    rest(bench)
    done = now(bench, one)
    assert (done.outcome.value, done.response_code) == ("declined", "51")
    assert refund(bench) == "refund.approved"
    leave(bench)
    check_books(bench)


def test_f58_not_found_in_time_is_asked_again_after_the_life_and_once_more(
    bench: MemoryBench,
) -> None:
    one = lost_refund(bench, booked=False)
    rest(bench, 60.0)
    assert findings(bench) == ["early"]
    rest(bench, LIFE_S - 60.0)
    assert findings(bench) == ["early", "not_found"]
    assert now(bench, one).outcome.value == "unknown"
    rest(bench, GAP_S)
    assert now(bench, one).outcome.value == "not_done"
    assert asked(bench, one) == ["0200"] * 3
    assert len({m.text(11) for m in about(bench, one)}) == 3
    assert refund(bench) == "refund.approved"
    leave(bench)
    check_books(bench)


def test_f58_refund_that_comes_after_an_early_not_found_is_found(bench: MemoryBench) -> None:
    one = lost_refund(bench, booked=False)
    rest(bench)
    assert findings(bench) == ["early"]
    arrives_now(bench, first_copy(bench))
    rest(bench, LIFE_S)
    assert now(bench, one).outcome.value == "approved"
    check_books(bench)


def test_f42_stale_answer_to_an_older_question_is_waited_past(bench: MemoryBench) -> None:
    """The first question's "not found" comes late, when the refund has arrived."""
    late: list[bytes] = []

    def keep(actions: tuple[Action, ...]) -> tuple[Action, ...]:
        late.extend(a.raw for a in actions if isinstance(a, Send))
        return ()

    one = lost_refund(bench, booked=False)
    bench.links["acquirer"].twist = keep
    bench.keys("ENTER").run(70.0)
    assert findings(bench) == ["no_answer"]
    arrives_now(bench, first_copy(bench))
    stale = Send(0.0, late[0])
    bench.links["acquirer"].twist = lambda actions: (stale, stale, *actions)
    rest(bench, 40.0)
    assert now(bench, one).outcome.value == "approved"
    check_books(bench)


@pytest.mark.parametrize(
    ("fault", "params", "finding"),
    [
        ("host.no_answer", {}, "no_answer"),
        ("host.close", {}, "no_answer"),
        ("host.wrong_mac", {}, "not_believed"),
        ("host.no_mac", {}, "not_believed"),
        ("host.field", {"number": 39, "value": "09"}, "in_progress"),
        ("host.field", {"number": 39, "value": "94"}, "answered"),
        ("host.field", {"number": 39, "value": "96"}, "answered"),
        ("host.field", {"number": 39, "value": "51"}, "answered"),
        ("host.field", {"number": 4, "value": "000000009999"}, "not_believed"),
        ("host.field", {"number": 4, "value": ""}, "not_believed"),
        ("host.field", {"number": 61, "value": "0000020000990000"}, "not_believed"),
        ("host.field", {"number": 44, "value": "3934"}, "found"),
    ],
)
def test_anything_else_is_a_try_and_after_three_a_persons(
    bench: MemoryBench, fault: str, params: dict[str, Value], finding: str
) -> None:
    one = lost_refund(bench)
    bench.host.faults.arm(fault, {**params, "mti": "0200"}, count=0)
    finish(bench)
    assert findings(bench) == [finding] * 3
    assert now(bench, one).outcome.value == "unknown"
    assert asked(bench, one) == ["0200"] * 3
    bench.keys("MENU 3 1")
    assert bench.screen == "pending.one"


def test_f56_tries_have_growing_gaps(bench: MemoryBench) -> None:
    one = lost_refund(bench)
    bench.host.faults.arm("host.field", {"number": 39, "value": "09", "mti": "0200"}, count=0)
    rest(bench)
    for gap_s in (30, 90):
        assert gap_s - 10 <= due_in_s(bench.runtime.facts, now(bench, one)) <= gap_s
        rest(bench, gap_s - 15.0)
        tries = len(asked(bench, one))
        rest(bench, 15.0)
        assert len(asked(bench, one)) == tries + 1


def test_line_that_is_down_is_no_try(bench: MemoryBench) -> None:
    one = lost_refund(bench)
    bench.links["acquirer"].is_up = False
    rest(bench, 100.0)
    assert set(findings(bench)) == {"not_sent"}
    assert (now(bench, one).recovery_tries, asked(bench, one)) == (0, [])
    bench.links["acquirer"].is_up = True
    finish(bench, 300.0)
    assert now(bench, one).outcome.value == "approved"


def test_tries_survive_restarts(bench: MemoryBench) -> None:
    one = lost_refund(bench)
    bench.host.faults.arm("host.field", {"number": 39, "value": "09", "mti": "0200"}, count=0)
    rest(bench)
    for tries in (2, 3, 3):
        restart(bench)
        rest(bench)
        assert now(bench, one).recovery_tries == tries
    assert asked(bench, one) == ["0200"] * 3


def test_restart_begins_the_life_of_the_message_anew(bench: MemoryBench) -> None:
    one = lost_refund(bench, booked=False)
    rest(bench, 60.0)
    restart(bench)
    rest(bench, 60.0)
    assert findings(bench) == ["early"]
    rest(bench, LIFE_S - 60.0)
    rest(bench, GAP_S)
    assert findings(bench) == ["early", "not_found"]
    assert now(bench, one).outcome.value == "not_done"


def test_first_not_found_counts_across_a_restart_and_the_second_waits_for_the_life(
    bench: MemoryBench,
) -> None:
    one = lost_refund(bench, booked=False)
    rest(bench)
    rest(bench, LIFE_S)
    restart(bench)
    rest(bench)
    assert findings(bench) == ["early", "not_found", "early"]
    rest(bench, LIFE_S)
    assert now(bench, one).outcome.value == "not_done"


def test_answer_in_between_begins_the_counting_of_not_found_anew(bench: MemoryBench) -> None:
    one = lost_refund(bench, booked=False)
    rest(bench)
    rest(bench, LIFE_S)
    bench.host.faults.arm("host.field", {"number": 39, "value": "09", "mti": "0200"})
    rest(bench, GAP_S)
    rest(bench, 31.0)
    assert findings(bench) == ["early", "not_found", "in_progress", "not_found"]
    assert now(bench, one).outcome.value == "unknown"


def test_another_day_the_host_may_have_forgotten_it(bench: MemoryBench) -> None:
    one = lost_refund(bench, booked=False)
    bench.power_cut()
    bench.clock.now_s += 86_400.0
    bench.power_on()
    bench.run(4.0)
    bench.log_on()
    bench.run(LIFE_S)
    finish(bench)
    assert set(findings(bench)) <= {"early", "not_found_later"}
    assert findings(bench).count("not_found_later") == 3
    assert now(bench, one).outcome.value == "unknown"


def test_host_whose_day_has_ended_before_ours_may_have_forgotten_it(bench: MemoryBench) -> None:
    one = lost_refund(bench, booked=False)
    bench.host.faults.arm("host.field", {"number": 13, "value": "0616", "mti": "0200"}, count=0)
    finish(bench)
    assert findings(bench) == ["early", *["not_found_later"] * 3]
    assert now(bench, one).outcome.value == "unknown"


def test_f56_host_that_works_slowly_is_asked_until_it_is_done(tmp_path: Path) -> None:
    bench = till(tmp_path, INQUIRING, {"in_progress_s": 80})
    one = lost_refund(bench)
    rest(bench)
    assert findings(bench) == ["in_progress"]
    rest(bench, 31.0)
    assert now(bench, one).outcome.value == "approved"


def test_f05_f52_without_keys_nothing_is_asked_until_the_terminal_has_signed_in(
    bench: MemoryBench,
) -> None:
    one = lost_refund(bench, "host.wrong_mac")
    rest(bench, 5.0)
    assert len(bench.records("signed_in")) == 2
    kinds = [r.kind for r in bench.records()]
    assert kinds.index("recovery_try") > len(kinds) - 1 - kinds[::-1].index("signed_in")
    assert now(bench, one).outcome.value == "approved"


def test_journal_tells_all_of_it_as_the_books_do(bench: MemoryBench) -> None:
    one = lost_refund(bench, booked=False)
    for wait_s in (0.0, LIFE_S, GAP_S):
        rest(bench, wait_s)
        assert whole(bench.records(), one.record) == now(bench, one)
    assert outcomes(bench) == ["not_done"]

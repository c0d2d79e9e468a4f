"""One event in, its effects in order, one deadline, one picture."""

from __future__ import annotations

from pathlib import Path
from queue import SimpleQueue

import pytest

from terminal.events import HostSilent, Printed, WireLost
from terminal.link_events import LinkEvent
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.memory_links import VirtualClock

CARD_LIFE_S = 60.0


@pytest.fixture
def bench(tmp_path: Path) -> MemoryBench:
    return MemoryBench(tmp_path).set_up().log_on()


def at_the_card(bench: MemoryBench) -> MemoryBench:
    """A refund that waits for the card."""
    found = bench.sale(card="debit", amount_minor=10000)
    bench.scan(bench.code(found)).keys("ENTER 1 2580 ENTER")
    assert bench.screen == "refund.card", bench.rows
    return bench


def pictures(bench: MemoryBench) -> int:
    """Frames to the display that draw."""
    return sum(1 for wire, frame in bench.sent if wire == "display" and frame[3] == 0x02)


def test_answers_that_nobody_waits_for_are_counted_and_change_nothing(bench: MemoryBench) -> None:
    before = bench.records()
    for event in (HostSilent(999, "late"), Printed(999)):
        bench.runtime.step(event)
    assert bench.runtime.stale == 2
    assert (bench.screen, bench.records()) == ("idle", before)


def test_picture_is_sent_when_it_changes_and_not_before(bench: MemoryBench) -> None:
    before = pictures(bench)
    bench.run(30.0)
    assert pictures(bench) == before
    bench.keys("MENU")
    assert pictures(bench) == before + 1


def test_key_that_does_nothing_still_counts_as_life(bench: MemoryBench) -> None:
    bench.keys("MENU").run(50.0)
    bench.keys("CLEAR").run(50.0)
    assert bench.screen == "menu"
    bench.run(15.0)
    assert bench.screen == "idle"


def test_event_that_moves_nothing_does_not_hold_a_screen(bench: MemoryBench) -> None:
    bench.keys("MENU")
    for _ in range(7):
        bench.run(10.0)
        bench.runtime.step(WireLost("scanner", "noise"))
    assert bench.screen == "idle"


def test_next_due_time_is_the_earliest_of_all(bench: MemoryBench) -> None:
    now_s = bench.clock.now_s
    assert now_s < bench.runtime.next_due_s() <= now_s + 1.0


def test_stripe_is_dropped_after_a_minute(bench: MemoryBench) -> None:
    at_the_card(bench).swipe("debit")
    card = bench.runtime._card
    assert card is not None
    assert card.held
    bench.run(CARD_LIFE_S - 5.0)
    bench.keys("UP")
    assert card.held
    bench.run(6.0)
    assert not card.held


def test_stripe_is_dropped_when_the_refund_is_left(bench: MemoryBench) -> None:
    at_the_card(bench).swipe("debit")
    card = bench.runtime._card
    assert card is not None
    bench.keys("CANCEL").run(30.0)
    assert bench.screen == "idle"
    assert not card.held


def test_card_swiped_at_the_idle_screen_is_not_kept(bench: MemoryBench) -> None:
    bench.swipe("debit")
    assert bench.runtime._card is None


def test_second_swipe_replaces_the_first(bench: MemoryBench) -> None:
    at_the_card(bench).swipe("credit")
    first = bench.runtime._card
    bench.swipe("debit")
    assert first is not None
    assert not first.held


def test_minutes_are_stored_only_while_somebody_is_locked_out(bench: MemoryBench) -> None:
    bench.run(200.0)
    assert not bench.records("minute")
    bench.keys("MENU 8 02 ENTER")
    for _ in range(5):
        bench.keys("1111 ENTER")
    assert bench.runtime.facts.books.any_locked()
    bench.run(130.0)
    assert len(bench.records("minute")) == 2


def test_chain_that_breaks_while_idle_stops_the_service(
    bench: MemoryBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = bench.runtime.journal
    monkeypatch.setattr(type(journal), "check_some", lambda self: False)
    bench.runtime._check_chain()
    bench.run(0.1)
    assert bench.screen == "journal.damaged"


class HurriedClock(VirtualClock):
    """Each look at it is half a second later: nothing really waits."""

    def monotonic_s(self) -> float:
        self.now_s += 0.5
        return self.now_s


def test_run_steps_until_somebody_puts_nothing_into_the_inbox(bench: MemoryBench) -> None:
    bench.runtime._clock = HurriedClock()
    inbox: SimpleQueue[LinkEvent | None] = SimpleQueue()
    inbox.put(None)
    bench.runtime.run(inbox)
    assert inbox.empty()


def test_stop_closes_every_wire(bench: MemoryBench) -> None:
    bench.runtime.stop()
    assert not any(bench.links[wire].is_open for wire in ("keypad", "display", "printer"))

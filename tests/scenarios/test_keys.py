"""Whatever somebody presses, swipes and scans: no traceback, a way out, and back to the start."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from emulator.stories.words import KEYS
from tests.scenarios.cashier import outcomes
from tests.scenarios.fingers import press
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.random_acts import ACTS, Act, comes_home, do
from tests.scenarios.test_refund_left import STEPS, go_to
from tests.scenarios.ways import WAYS

SEQUENCES = int(os.environ.get("SEQUENCES", "25"))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
MOVED_NOTHING = ("declined", "not_sent", "reversed")


@st.composite
def _beginnings(draw: st.DrawFn) -> tuple[Act, ...]:
    """An operation up to somewhere."""
    acts = draw(st.sampled_from(list(WAYS.values()))).acts
    return acts[: draw(st.integers(0, len(acts)))]


@settings(max_examples=SEQUENCES, deadline=None, suppress_health_check=SLOW)
@given(_beginnings(), st.lists(ACTS, min_size=4, max_size=24))
def test_any_sequence_of_acts_ends_at_home(begun: tuple[Act, ...], acts: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = MemoryBench(Path(folder)).set_up().log_on()
        for act in (*begun, *acts):
            do(bench, act)
            assert bench.rows.strip(), "an empty display"
        for screen in sorted(set(bench.screens)):
            event(screen)
        assert comes_home(bench), bench.rows
        assert answers_a_key(bench)
        assert_both_books_agree(bench)
        bench.power_cut()


def answers_a_key(bench: MemoryBench) -> bool:
    """The start is no dead screen."""
    before = (bench.rows, bench.display.beeps)
    bench.keys("MENU" if bench.screen == "idle" else "9").run(0.1)
    return (bench.rows, bench.display.beeps) != before


def assert_both_books_agree(bench: MemoryBench) -> None:
    """What the host has booked somebody stored, once; what was approved is booked."""
    stored = [(r.body["batch"], r.body["stan"]) for r in bench.records("intent")]
    ends = dict(zip(stored, outcomes(bench), strict=True))
    ours = [b for b in bench.ledger.bookings() if int(str(b["batch"])) > 1]  # 1: the seeded ones
    states = {(int(str(b["batch"])), int(str(b["stan"]))): str(b["state"]) for b in ours}
    assert max(Counter(stored).values(), default=1) == 1, "a number was used twice"
    assert len(states) == len(ours), "booked twice"
    assert set(states) <= set(stored), "booked, and nobody stored it"
    for key, outcome in ends.items():
        is_booked = states.get(key) in ("booked", "voided", "settled")
        assert is_booked or outcome != "approved", f"{key} is not on the ledger"
        assert not is_booked or outcome not in MOVED_NOTHING, f"{key} is {outcome}"


@pytest.mark.parametrize("name", WAYS)
def test_each_way_leads_where_it_says(bench: MemoryBench, name: str) -> None:
    for act in WAYS[name].acts:
        do(bench, act)
    bench.run(0.2)
    assert WAYS[name].ends_at in bench.screens[-3:], bench.screens


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(st.lists(ACTS, max_size=20))
def test_no_sequence_of_acts_opens_a_terminal_that_is_not_set_up(acts: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = MemoryBench(Path(folder))
        for act in acts:
            do(bench, act)
        assert bench.screen == "setup"
        assert not bench.records("logon")
        bench.power_cut()


@pytest.mark.parametrize("screen", STEPS)
def test_every_key_on_every_screen_of_a_refund_does_something(
    bench: MemoryBench, screen: str
) -> None:
    in_the_pad = screen == "refund.password"
    for key in KEYS:
        go_to(bench, screen)
        bench.host.faults.arm("host.decline")  # Enter at confirm must not use the purchase up
        before = (bench.rows, bench.display.beeps)
        press(bench, key)
        # The pad keeps keys of an entry for itself and says nothing of those that it does not take.
        assert in_the_pad or (bench.rows, bench.display.beeps) != before, key
        assert comes_home(bench), key


@pytest.mark.parametrize("way", ["", "MENU", "MENU 2", "MENU 3", "MENU 5", "MENU 8"])
def test_every_key_outside_a_refund_does_something(bench: MemoryBench, way: str) -> None:
    for key in KEYS:
        bench.keys(way).run(1.5 if way == "MENU 5" else 0.1)
        before = (bench.rows, bench.display.beeps)
        press(bench, key)
        assert (bench.rows, bench.display.beeps) != before, key
        assert comes_home(bench), key
        if bench.screen == "logon":
            bench.keys("CANCEL").log_on()
        assert bench.screen == "idle"

"""Whatever somebody presses, swipes and scans: no traceback, a way out, and back to the start."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scenarios.cashier import ANSWER_S
from tests.scenarios.fingers import KEYS, PASSWORDS, press, swipe_text
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.test_refund_left import STEPS, go_to

RRNS = ("061400000012", "0613B0000010", "050100000001", "061200000008")
FAULTS = ("host.decline", "host.no_answer", "host.wrong_mac", "host.close", "host.cut_frame")
DIGITS = st.text("0123456789", max_size=13)
Act = tuple[str, str]
ACTS = st.one_of(
    st.sampled_from(KEYS).map(lambda key: ("press", key)),
    st.sampled_from(KEYS).map(lambda key: ("press", key)),
    st.sampled_from(["ENTER", "MENU", "CANCEL"]).map(lambda key: ("press", key)),
    st.sampled_from(sorted(PASSWORDS.values())).map(lambda word: ("type", word)),
    st.sampled_from(sorted(PASSWORDS)).map(lambda word: ("type", word)),
    DIGITS.map(lambda word: ("type", word)),
    st.sampled_from(["debit", "credit", "damaged", "cut-off"]).map(lambda name: ("card", name)),
    st.sampled_from([";E?", "!T", "!I", "?", ";=?"]).map(lambda text: ("stripe", text)),
    st.sampled_from(RRNS).map(lambda rrn: ("slip", rrn)),
    st.sampled_from(["", "R1;x", "06140000001220260614", "9" * 600]).map(lambda t: ("code", t)),
    st.sampled_from(["0.2", "3", "65"]).map(lambda s: ("wait", s)),
    st.sampled_from(FAULTS).map(lambda name: ("fault", name)),
)
# The way of a refund, so that random acts also happen deep inside one.
WAY: tuple[Act, ...] = (
    ("slip", "061400000012"),
    ("press", "ENTER"),
    ("press", "1"),
    ("type", "2580"),
    ("card", "debit"),
    ("press", "ENTER"),
)
HOMES = ("idle", "logon")


def do(bench: MemoryBench, act: Act) -> None:
    """One act of a person, or of fate."""
    what, value = act
    if what == "press":
        press(bench, value)
    elif what == "type":
        bench.keys(" ".join([*value, "ENTER"]))
    elif what == "card":
        bench.swipe(value)
    elif what == "stripe":
        swipe_text(bench, value)
    elif what == "slip":
        bench.scan(bench.code(bench.sale(rrn=value)))
    elif what == "code":
        bench.scan(value)
    elif what == "wait":
        bench.run(float(value))
    else:
        bench.host.faults.arm(value)


def comes_home(bench: MemoryBench) -> bool:
    """Cancel, and where nothing can be cancelled the end of the waiting, leads home."""
    for _ in range(12):
        if bench.screen in HOMES:
            return True
        bench.keys("CANCEL").run(2.0)
    bench.run(ANSWER_S + 10.0)
    for _ in range(6):
        bench.keys("CANCEL").run(2.0)
    return bench.screen in HOMES


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.integers(0, len(WAY)), st.lists(ACTS, max_size=20))
def test_any_sequence_of_acts_ends_at_home(steps: int, acts: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = MemoryBench(Path(folder)).set_up().log_on()
        for act in (*WAY[:steps], *acts):
            do(bench, act)
            assert bench.rows.strip(), "an empty display"
        assert comes_home(bench), bench.rows
        bench.power_cut()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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

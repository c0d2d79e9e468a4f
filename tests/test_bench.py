"""scripts/bench: its arithmetic, and the shape of what it prints. No time is asserted."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from scripts._bench_figures import Figure, in_ms, percentile, slope, table
from scripts._bench_keys import key_count

ROOT = Path(__file__).resolve().parents[1]


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts/_bench.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def figures(*arguments: str) -> dict[str, dict[str, object]]:
    done = bench("--json", *arguments)
    assert done.returncode in (0, 1), done.stderr
    rows = json.loads(done.stdout)["figures"]
    assert done.returncode == (0 if all(row["is_reached"] for row in rows) else 1)
    return {row["name"]: row for row in rows}


def test_a_span_is_the_median_in_milliseconds() -> None:
    assert in_ms([1_000_000, 9_000_000, 2_000_000]) == 2.0


@pytest.mark.parametrize(("percent", "expected"), [(50, 50), (99, 99), (100, 100), (0.5, 1)])
def test_a_percentile_is_one_of_the_values(percent: float, expected: float) -> None:
    assert percentile(list(range(100, 0, -1)), percent) == expected


def test_a_percentile_of_one_value_is_that_value() -> None:
    assert percentile([7.5], 99) == 7.5


def test_the_slope_goes_through_points_on_a_line() -> None:
    assert math.isclose(slope({1_000: 12.0, 10_000: 30.0, 20_000: 50.0}), 0.002)


def test_the_slope_of_a_flat_line_is_zero() -> None:
    assert slope({1: 4.0, 2: 4.0, 3: 4.0}) == 0.0


@pytest.mark.parametrize(
    ("value", "is_least", "is_reached"),
    [(1.5, False, True), (1.51, False, False), (1.5, True, True), (1.49, True, False)],
)
def test_a_goal_is_a_most_or_a_least(value: float, is_least: bool, is_reached: bool) -> None:
    figure = Figure("name", "what", value, "× floor", 1.5, is_least)
    assert figure.is_reached is is_reached
    assert figure.as_json()["is_reached"] is is_reached


def test_the_table_says_which_goal_is_missed() -> None:
    rows = table(
        [
            Figure("a", "quick", 1.0, "ms", 2.0, parts={"floor": 0.25}, note="as it is"),
            Figure("b", "slow", 3.0, "ms", 2.0),
        ]
    ).splitlines()
    assert rows[0].startswith("quick")
    assert rows[0].endswith("reached")
    assert rows[1:3] == ["    floor 0.250", "    as it is"]
    assert rows[3].startswith("slow")
    assert rows[3].endswith("MISSED")


def test_a_digit_is_a_key_and_a_name_is_one() -> None:
    assert key_count("MENU 1 2580 ENTER") == 7


def test_the_codec_is_compared_with_the_library() -> None:
    rows = figures("--only", "codec", "--runs", "2")
    assert set(rows) == {"encode", "decode"}
    for row in rows.values():
        parts = row["parts"]
        assert isinstance(parts, dict)
        assert row["value"] == pytest.approx(parts["ours 1/s"] / parts["pyiso8583 1/s"])


def test_keys_are_counted_for_each_kind_of_refund() -> None:
    rows = figures("--only", "keys")
    values = [
        float(str(rows[f"keys {kind}"]["value"])) for kind in ("scanned", "approved", "typed")
    ]
    assert values == sorted(values)
    assert values[0] > len("2580") + len(("ENTER", "ENTER", "ENTER"))


@pytest.mark.slow
@pytest.mark.emulator
def test_request_reply_and_key_are_measured_on_the_wires() -> None:
    rows = figures("--only", "wires", "--runs", "2")
    assert set(rows) == {"request", "reply", "key"}
    for name in ("request", "reply"):
        parts = rows[name]["parts"]
        assert isinstance(parts, dict)
        assert rows[name]["value"] == pytest.approx(parts["ours"] / parts["floor"])
        assert all(parts[part] > 0 for part in ("commit", "keypad", "ours", "floor"))


@pytest.mark.slow
@pytest.mark.emulator
def test_memory_is_that_of_two_processes() -> None:
    rows = figures("--only", "memory", "--runs", "1")
    assert set(rows) <= {"memory", "emulator memory"}
    for row in rows.values():
        assert "after 1 refunds" in str(row["note"])


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.emulator
def test_page_is_measured_in_a_browser() -> None:
    rows = figures("--only", "page", "--runs", "3")
    assert {"page key"} <= set(rows) <= {"page key", "page memory"}
    parts = rows["page key"]["parts"]
    assert isinstance(parts, dict)
    assert 0 < parts["median"] <= parts["worst"] == rows["page key"]["value"]


def test_a_wrong_option_is_named() -> None:
    done = bench("--only", "everything")
    assert done.returncode == 2
    assert "everything" in done.stderr

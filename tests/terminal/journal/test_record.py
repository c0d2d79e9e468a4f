"""One record on its own: its clocks, its text, and a row that only looks like one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from terminal.journal.record import BEFORE_FIRST, JournalError, next_row, record_of, row_hash

CHINA = timezone(timedelta(hours=8))


class StoppedClock:
    """Stands at one moment."""

    def __init__(self, wall: datetime, monotonic_s: float = 0.0) -> None:
        self._wall, self._monotonic_s = wall, monotonic_s

    def monotonic_s(self) -> float:
        return self._monotonic_s

    def wall(self) -> datetime:
        return self._wall


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer whose own time zone is not that of the journal."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_monotonic_clock_stands_there_in_whole_milliseconds() -> None:
    clock = StoppedClock(datetime(2025, 3, 1, tzinfo=UTC), 1234.5678)
    assert next_row(BEFORE_FIRST, "boot", {}, clock).monotonic_ms == 1_234_567


def test_wall_clock_stands_there_in_utc_wherever_the_terminal_is(elsewhere: None) -> None:
    clock = StoppedClock(datetime(2025, 3, 1, 7, 30, 0, 250_000, tzinfo=CHINA))
    assert next_row(BEFORE_FIRST, "boot", {}, clock).wall == "2025-02-28T23:30:00.250Z"


@pytest.mark.parametrize("body", ["[1]", '"x"', "1", "{", '{"a": NaN}', "[" * 100_000])
def test_row_that_was_hashed_over_another_body_is_damage(body: str) -> None:
    clock = StoppedClock(datetime(2025, 3, 1, tzinfo=UTC))
    row = next_row(BEFORE_FIRST, "boot", {}, clock)._replace(body=body)
    with pytest.raises(JournalError) as caught:
        record_of(row._replace(hash=row_hash(row)))
    assert caught.value.verdict == "damaged"
    assert caught.value.reason == "record 1 has no JSON object as body"

"""The simulator itself: it repeats itself, sees what goes wrong, and shortens what it found."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from terminal.domain.bookkeeping import take_in
from terminal.domain.books import Books
from terminal.journal.books_fold import BooksFold
from terminal.journal.record import Record
from terminal.runtime import Runtime
from tests.simulation.campaign import Tally, days, in_this_process, pieces
from tests.simulation.checker import check
from tests.simulation.day import live
from tests.simulation.kept_days import KEPT
from tests.simulation.plan import Operation, Plan, plan_of
from tests.simulation.profiles import PROFILES
from tests.simulation.reached import ENOUGH_DAYS, SOMETIMES, never_reached
from tests.simulation.ready_shop import ready_shop
from tests.simulation.shrinking import shrunk
from tests.simulation.storytelling import day_lines
from tests.simulation.trouble_kinds import CLASSES, LONGEST_ON_THE_WAY_S, Trouble

ROOT = Path(__file__).parents[2]
SEEDS = (3, 17, 42)
GOOD_DAYS = 60
GOOD_DAY = Plan(1, "unionpay", 0.0, (Operation("refund", 9, 100),))


def hashes_in_another_process(hash_seed: str) -> list[str]:
    code = (
        "from tests.simulation.plan import plan_of\n"
        "from tests.simulation.day import live\n"
        f"print(*(live(plan_of(seed)).trace_hash for seed in {SEEDS}))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_same_seed_gives_the_same_trace_under_any_hash_seed() -> None:
    here = [live(plan_of(seed)).trace_hash for seed in SEEDS]
    assert len(set(here)) == len(SEEDS)
    assert here == hashes_in_another_process("1") == hashes_in_another_process("2")


def test_a_day_without_troubles_refunds_prints_and_settles() -> None:
    day = live(GOOD_DAY)
    assert not day.violations
    assert (day.refunds, day.cuts) == (1, 0)
    assert day.reached["screen refund.approved"]
    assert day.reached["screen settlement.done"]


def test_the_keys_that_a_host_gave_are_searched_for() -> None:
    evidence = live(GOOD_DAY).evidence
    assert evidence.canaries.keys
    for key in evidence.canaries.keys:
        told = check(replace(evidence, texts=(f"key {key.hex()}",)))
        assert {v.invariant for v in told} == {"INV-14"}


@pytest.mark.parametrize("name", KEPT)
def test_day_that_once_went_wrong_stays_right(name: str) -> None:
    assert not live(KEPT[name]).violations


@pytest.mark.parametrize("first", range(0, GOOD_DAYS, 10))
def test_the_first_days_are_good(first: int) -> None:
    assert not days(first, 10).findings


def test_power_cut_at_an_effect_is_survived_and_counted() -> None:
    operation = Operation("refund", 9, 100, (Trouble("power.moment", 90, 5.0),))
    day = live(replace(GOOD_DAY, operations=(operation,)))
    assert not day.violations
    assert day.cuts == 1


def test_traceback_of_the_firmware_is_a_violation(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Runtime) -> None:
        raise ZeroDivisionError("planted")

    ready_shop()  # is made by a firmware that works
    monkeypatch.setattr(Runtime, "_forget_card", broken)
    found = live(GOOD_DAY).violations
    assert any(v.invariant == "while it happened" and "planted" in v.story for v in found)


def test_record_that_the_books_can_not_take_in_is_a_violation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(fold: BooksFold, state: Books, record: Record) -> Books:
        if record.kind == "intent":
            raise ZeroDivisionError
        return take_in(state, record)

    ready_shop()  # is made by a firmware that works
    monkeypatch.setattr(BooksFold, "apply", fail)
    found = live(GOOD_DAY).violations
    assert any(v.invariant == "while it happened" and "can't be folded" in v.story for v in found)


def test_shrinking_keeps_what_is_needed_and_drops_the_rest() -> None:
    trouble = Trouble("line.lose_answer")
    needed = Operation("sale", 1, 100, (Trouble("clock.jump"), trouble))
    plan = replace(GOOD_DAY, start_s=5.0, operations=(*[Operation("echo", 1, 1)] * 5, needed))

    def still_wrong(one: Plan) -> bool:
        return any(trouble in operation.troubles for operation in one.operations)

    small = shrunk(plan, still_wrong)
    assert small == replace(plan, start_s=0.0, operations=(replace(needed, troubles=(trouble,)),))


def test_a_story_names_operations_screens_and_bookings() -> None:
    told = "\n".join(day_lines(live(GOOD_DAY)))
    for word in ("1. refund", "refund.confirm", "wish    refund", "to host", "host: 000002 "):
        assert word in told


def test_pieces_add_up() -> None:
    total = in_this_process(pieces(0, 3), lambda tally: True)
    assert (total.seeds, total.as_json()["seeds"]) == (3, 3)
    assert total.reached == days(0, 3).reached


def test_something_that_never_happens_is_told_after_enough_days() -> None:
    tally = Tally(seeds=ENOUGH_DAYS)
    tally.reached.update(SOMETIMES[1:])
    assert never_reached(tally) == [SOMETIMES[0]]
    assert not never_reached(Tally(seeds=ENOUGH_DAYS - 1))


def test_nothing_is_on_the_way_longer_than_the_life_of_a_message() -> None:
    assert all(profile.message_life_s > LONGEST_ON_THE_WAY_S for profile in PROFILES.values())


def test_every_class_of_troubles_can_be_off() -> None:
    plans = [plan_of(seed) for seed in range(200)]
    kinds = [{t.kind.split(".")[0] for o in p.operations for t in o.troubles} for p in plans]
    for name in CLASSES:
        prefix = {"devices": "printer"}.get(name, name)
        assert any(prefix in found for found in kinds)
        assert any(prefix not in found for found in kinds)

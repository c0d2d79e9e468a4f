"""The power goes at every moment of a recovery: money moves once, and trying goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from terminal.domain.host_profile import RecoveryStep
from tests.scenarios.cashier import check_books, outcomes, refunds
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import cut, moments_of
from tests.scenarios.recoveries import (
    INQUIRING,
    RESENDING,
    REVERSING,
    UPLOADING,
    lost_refund,
    rest,
    restart,
    till,
)

LIFE_S = 5
WAYS = {"inquiry": INQUIRING, "resend": RESENDING, "upload": UPLOADING, "reverse": REVERSING}
PARTS = 16  # every so many moments; which ones differs from way to way
AMOUNT = "10"  # many small returns on one purchase

Case = tuple[tuple[RecoveryStep, ...], bool]


@pytest.fixture(
    params=[(steps, booked) for steps in WAYS.values() for booked in (True, False)],
    ids=[f"{way}-{'booked' if b else 'lost'}" for way in WAYS for b in (True, False)],
)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


def recovered(bench: MemoryBench) -> MemoryBench:
    """Idle, and whatever is due now or in a moment."""
    bench.keys("ENTER").run(2.0)
    return rest(bench, 2.0 * LIFE_S + 12.0)


def work_up(bench: MemoryBench) -> None:
    for _ in range(6):
        if not bench.runtime.facts.books.unresolved:
            return
        rest(bench, 31.0)
    raise AssertionError(outcomes(bench))


def test_cut_at_every_moment_ends_in_the_same_books(tmp_path: Path, case: Case) -> None:
    steps, booked = case
    first = 1 + list(WAYS.values()).index(steps) * 4 + 2 * booked
    shop = {"duplicate": "old_answer"}
    bench = till(tmp_path, steps, shop, message_life_s=LIFE_S, answer_timeout_s=5)
    lost_refund(bench, amount=AMOUNT, booked=booked)
    total = len(moments_of(bench, recovered))
    work_up(bench)
    for number in range(first, total + 1, PARTS):
        lost_refund(bench, amount=AMOUNT, booked=booked)
        assert cut(bench, recovered, number), f"moment {number} of {total}"
        restart(bench)
        rest(bench)
        work_up(bench)
        wanted = {"reversed"} if steps is REVERSING else {"approved"}
        wanted = {"not_done"} if steps is INQUIRING and not booked else wanted
        assert outcomes(bench)[-1] in wanted, f"moment {number} of {total}"
    check_books(bench)
    assert len({(b["batch"], b["stan"]) for b in refunds(bench)}) == len(refunds(bench))

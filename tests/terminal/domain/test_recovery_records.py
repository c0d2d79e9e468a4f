"""What tries and answers of recovery do to an unknown refund, and to numbers and days."""

from dataclasses import asdict, replace
from typing import Any

import pytest

from terminal.domain.recovery_records import UNSENT
from tests.terminal.domain.fold_model import Journal, signed_in

ASKED = {"step": "inquiry", "tries": 2, "not_found": 1}


@pytest.fixture
def journal() -> Journal:
    """Record 2 is a refund whose answer stayed out."""
    journal = signed_in()
    journal.end(journal.begin(), "unknown")
    return journal


def state(journal: Journal) -> tuple[str, int, int, bool, bool]:
    """Step, tries, not found, early, over."""
    one = journal.one(2)
    counts = (one.recovery_tries, one.not_found)
    return (one.recovery_step, *counts, one.recovery_early, one.recovery_over)


def answer(journal: Journal, finding: str, **more: Any) -> None:
    journal.store("recovery_answer", **{"intent": 2, **ASKED, "finding": finding, **more})


def test_a_try_is_counted_before_it_leaves(journal: Journal) -> None:
    for number in (1, 2):
        journal.store("recovery_try", intent=2, step="inquiry", number=number, stan=40 + number)
        assert state(journal) == ("inquiry", number, 0, False, False)
        assert journal.books.stan == 40 + number
    assert journal.books.stans_in_batch == 3


def test_a_copy_uses_no_number_up(journal: Journal) -> None:
    before = (journal.books.stan, journal.books.stans_in_batch)
    journal.store("recovery_try", intent=2, step="resend_same_stan", number=1)
    assert (journal.books.stan, journal.books.stans_in_batch) == before
    assert state(journal) == ("resend_same_stan", 1, 0, False, False)


@pytest.mark.parametrize(
    ("finding", "is_early", "is_over"),
    [
        ("not_found", False, False),
        ("early", True, False),
        ("impossible", False, True),
        *((finding, False, False) for finding in sorted(UNSENT)),
    ],
)
def test_an_answer_says_how_the_step_stands(
    journal: Journal, finding: str, is_early: bool, is_over: bool
) -> None:
    for before in ("early", "impossible"):
        answer(journal, before, tries=1, not_found=0)
        answer(journal, finding)
        assert state(journal) == ("inquiry", 2, 1, is_early, is_over)


def test_the_next_step_begins_from_nothing(journal: Journal) -> None:
    for finding in ("early", "impossible"):
        answer(journal, finding)
        journal.store("recovery_try", intent=2, step="reverse", number=1)
        assert state(journal) == ("reverse", 1, 0, False, False)


def test_another_try_of_a_step_keeps_what_is_known_of_it(journal: Journal) -> None:
    answer(journal, "early")
    journal.store("recovery_try", intent=2, step="inquiry", number=3)
    assert state(journal) == ("inquiry", 3, 1, True, False)


def test_the_refund_itself_stays_as_it_was(journal: Journal) -> None:
    before = journal.one(2)
    answer(journal, "not_found")
    told = {"recovery_step": "inquiry", "recovery_tries": 2, "not_found": 1}
    assert journal.one(2) == replace(before, **told)  # type: ignore[arg-type]  # mixed fields
    assert journal.books.unresolved == {2: journal.one(2)}
    assert journal.books.recent == [journal.one(2)]


def test_what_is_about_nothing_open_changes_numbers_and_days_only(journal: Journal) -> None:
    journal.store("result", intent=2, outcome="approved")
    before = asdict(journal.books)
    journal.store("recovery_try", intent=2, step="inquiry", number=1)
    journal.store("recovery_answer", intent=99, finding="not_found", **ASKED)
    assert asdict(journal.books) == before


def test_the_hosts_day_of_an_answer_counts_whatever_it_found(journal: Journal) -> None:
    done = journal.end(journal.begin(), trusted_day="2024-05-31")
    assert journal.books.given.of_day.count == 1
    for day in ("", None):
        answer(journal, "not_found", trusted_day=day)
        assert journal.books.trusted_day == "2024-05-31"
    answer(journal, "not_found", intent=done, trusted_day="2024-06-01")
    assert (journal.books.trusted_day, journal.books.given.day) == ("2024-06-01", "2024-06-01")
    assert journal.books.given.of_day.count == 0

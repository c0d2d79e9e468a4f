"""What a settlement does to the books at its edges: refused, overtaken, after the last number."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

import pytest

from terminal.domain.bookkeeping import take_in
from terminal.domain.books import Books, SealedBatch, Settling, Totals
from terminal.domain.settling import Due, due, next_batch, seals_to_destroy


@dataclass(frozen=True)
class Stored:
    number: int
    kind: str
    body: dict[str, Any]
    wall: str = "2024-05-31T04:30:00.000Z"


@dataclass
class Story:
    """Books, and the records they are made of."""

    books: Books = field(default_factory=Books)
    records: int = 0

    def store(self, kind: str, body: dict[str, Any]) -> int:
        self.records += 1
        take_in(self.books, Stored(self.records, kind, body))
        return self.records


def test_settlement_holds_who_asked_when_and_what_both_sides_say() -> None:
    story = Story()
    story.store("signed_in", {"batch": 7})
    ours, others = Totals(500, 2, 300, 1), Totals(1, 2, 3, 4)
    halves = {"totals": asdict(ours), "foreign": asdict(others)}
    record = story.store("settle_asked", {"stan": 9, "batch": 7, "by": "09", **halves})
    asked = Settling(7, 9, record, "09", ours, others, "2024-05-31T04:30:00.000Z")
    assert story.books.settling == asked
    answered = {
        "domestic": "different",
        "foreign": "balanced",
        "host_domestic": asdict(others),
        "host_foreign": None,
        "host_date": "0531",
        "host_time": "123456",
        "items": 2,
    }
    story.store("settle_answered", answered)
    assert story.books.settling == replace(
        asked,
        **{**answered, "host_domestic": others},  # type: ignore[arg-type]  # of many types
    )
    assert not story.books.settling.is_balanced


def test_host_that_refuses_leaves_the_batch_as_it_was() -> None:
    story = Story()
    story.store("signed_in", {"batch": 7})
    halves = {"totals": asdict(Totals()), "foreign": asdict(Totals())}
    story.store("settle_asked", {"stan": 1, "batch": 7, "by": "01", **halves})
    story.store("settle_refused", {"batch": 7, "code": "97"})
    assert (story.books.settling, story.books.batch, story.books.stan) == (None, 7, 1)


def test_batch_that_a_sign_in_has_replaced_is_not_replaced_again() -> None:
    story = Story()
    story.store("signed_in", {"batch": 7})
    halves = {"totals": asdict(Totals()), "foreign": asdict(Totals())}
    story.store("settle_asked", {"stan": 1, "batch": 7, "by": "01", **halves})
    story.store("signed_in", {"batch": 9})
    assert next_batch(story.books) == 9
    assert seals_to_destroy(story.books) == ()
    story.store("batch_closed", {"batch": 7, "next": 9})
    assert (story.books.batch, story.books.settling) == (9, None)
    assert [s.batch for s in seals_to_destroy(story.books)] == [7]


def test_batch_after_the_last_number_is_the_first() -> None:
    story = Story()
    story.store("signed_in", {"batch": 999_999})
    halves = {"totals": asdict(Totals()), "foreign": asdict(Totals())}
    story.store("settle_asked", {"stan": 1, "batch": 999_999, "by": "01", **halves})
    assert next_batch(story.books) == 1


def test_seal_of_a_batch_covers_its_records() -> None:
    story = Story()
    first = story.store("signed_in", {"batch": 7})
    last = story.store("signed_in", {"batch": 8})
    assert seals_to_destroy(story.books) == (SealedBatch(7, first, last),)


def test_batch_whose_number_comes_again_keeps_its_seal_until_it_is_over_again() -> None:
    story = Story()
    first, eighth, again = (story.store("signed_in", {"batch": batch}) for batch in (7, 8, 7))
    assert seals_to_destroy(story.books) == (SealedBatch(8, eighth, again),)
    last = story.store("signed_in", {"batch": 9})
    both = (SealedBatch(8, eighth, again), SealedBatch(7, first, last))
    assert seals_to_destroy(story.books) == both


def settled(batch: int = 7) -> Story:
    """A story whose settlement of this batch was asked and answered as different, two to upload."""
    story = Story()
    story.store("signed_in", {"batch": batch})
    halves = {"totals": asdict(Totals()), "foreign": asdict(Totals())}
    story.store("settle_asked", {"stan": 1, "batch": batch, "by": "01", **halves})
    answered = {"domestic": "different", "foreign": "balanced", "host_domestic": None}
    theirs = {
        "host_foreign": asdict(Totals(1, 2, 3, 4)),
        "host_date": "0531",
        "host_time": "123456",
    }
    story.store("settle_answered", {**answered, **theirs, "items": 2})
    return story


def test_figures_of_foreign_cards_are_kept_too() -> None:
    settling = settled().books.settling
    assert settling is not None
    assert (settling.host_domestic, settling.host_foreign) == (None, Totals(1, 2, 3, 4))


@pytest.mark.parametrize(
    ("domestic", "balanced_ends_too", "next_due"),
    [
        ("different", False, Due.END),
        ("different", True, Due.END),
        ("balanced", True, Due.END),
        ("balanced", False, Due.SLIP),
    ],
)
def test_what_is_due_after_the_upload(
    domestic: str, balanced_ends_too: bool, next_due: Due
) -> None:
    story = settled()
    settling = story.books.settling
    assert settling is not None
    settling.domestic = domestic
    for item in (1, 2):
        assert due(settling, balanced_ends_too) is Due.UPLOAD
        story.store("uploaded", {"item": item})
    assert due(settling, balanced_ends_too) is next_due
    story.store("upload_ended", {})
    assert due(settling, balanced_ends_too) is Due.SLIP


def test_end_of_no_settlement_changes_nothing() -> None:
    story = Story()
    story.store("upload_ended", {})
    assert story.books == Books()


def test_closed_batch_gives_way_to_the_next_and_its_seals_go_one_by_one() -> None:
    story = settled()
    closed = story.store("batch_closed", {"batch": 7, "next": 8})
    assert (story.books.batch, story.books.batch_from) == (8, closed)
    assert story.books.settling is None
    last = story.store("signed_in", {"batch": 9})
    assert story.books.sealed == [SealedBatch(7, 1, closed), SealedBatch(8, closed, last)]
    story.store("seal_destroyed", {"batch": 7})
    assert story.books.sealed == [SealedBatch(8, closed, last)]

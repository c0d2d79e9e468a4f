"""Books of many days against a plain list: totals, what remains, what is unresolved."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from terminal.domain.bookkeeping import take_in
from terminal.domain.books import Books, SealedBatch, Totals
from terminal.domain.original import Original
from terminal.domain.settling import Due, due, next_batch, seals_to_destroy
from terminal.domain.transaction import Intent

DAY = date(2024, 5, 20)
PRICE_MINOR = 1000
PURCHASES = tuple(Original(f"{n:012d}", DAY, PRICE_MINOR) for n in range(1, 4))
MOVED = ("approved", "done_by_hand")
amounts = st.integers(1, 300)
organisations = st.sampled_from(["", "CUP", "VIS"])


@dataclass(frozen=True)
class Stored:
    number: int
    kind: str
    body: dict[str, Any]
    wall: str = "2024-05-31T04:30:00.000Z"


@dataclass
class Line:
    """One operation in the plain list."""

    record: int
    batch: int
    operation: str
    amount_minor: int
    original: Original
    outcome: str = "sent"
    organisation: str = ""


@dataclass
class Story:
    """Books, and the same as a list of lines."""

    books: Books = field(default_factory=Books)
    lines: list[Line] = field(default_factory=list)
    records: int = 0

    def store(self, kind: str, body: dict[str, Any]) -> int:
        self.records += 1
        take_in(self.books, Stored(self.records, kind, body))
        return self.records

    def open_ones(self) -> list[Line]:
        return [one for one in self.lines if one.outcome in ("sent", "unknown", "to_reverse")]

    def begin(self, operation: str, amount_minor: int, original: Original) -> Line:
        books = self.books
        intent = Intent(
            operation,
            books.next_stan,
            books.batch,
            amount_minor,
            "S",
            "621234******1232",
            "",
            original,
            "",
            "",
            "01",
        )
        record = self.store("intent", intent.to_body())
        line = Line(record, books.batch, operation, amount_minor, original)
        self.lines.append(line)
        return line

    def end(self, line: Line, outcome: str, **more: Any) -> None:
        kind = "settled" if outcome.endswith("by_hand") else "result"
        self.store(kind, {"intent": line.record, "outcome": outcome, **more})
        line.outcome = outcome
        line.organisation = more.get("organisation", line.organisation)


def counted(lines: list[Line], batch: int, foreign: bool) -> Totals:
    """The totals of a batch, from the list."""
    total = Totals()
    for one in lines:
        is_foreign = one.organisation == "VIS"
        if one.batch != batch or one.outcome not in MOVED or is_foreign is not foreign:
            continue
        if one.operation == "sale":
            total.debit_minor += one.amount_minor
            total.debit_count += 1
        else:
            total.credit_minor += one.amount_minor
            total.credit_count += 1
    return total


class Days(RuleBasedStateMachine):
    """Refunds and sales with every outcome, restarts, and batches that are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story()
        self.story.store("signed_in", {"batch": 1})

    @property
    def books(self) -> Books:
        return self.story.books

    @rule(
        original=st.sampled_from(PURCHASES),
        amount=amounts,
        outcome=st.sampled_from(["approved", "declined", "not_sent", "unknown", "sent"]),
        organisation=organisations,
    )
    def refund(self, original: Original, amount: int, outcome: str, organisation: str) -> None:
        if amount > self.books.remaining_minor(original.key, PRICE_MINOR):
            return
        line = self.story.begin("refund", amount, original)
        if outcome != "sent":
            self.story.end(line, outcome, organisation=organisation)

    @rule(amount=amounts, outcome=st.sampled_from(["approved", "declined", "to_reverse"]))
    def sale(self, amount: int, outcome: str) -> None:
        stan, batch = self.books.next_stan, self.books.batch
        line = self.story.begin("sale", amount, Original("", DAY, amount, batch=batch, stan=stan))
        self.story.end(line, outcome, rrn=f"S{stan:011d}" if outcome == "approved" else "")

    @precondition(lambda self: self.story.open_ones())
    @rule(pick=st.integers(0, 99), done=st.booleans())
    def resolve(self, pick: int, done: bool) -> None:
        every = self.story.open_ones()
        line = every[pick % len(every)]
        if line.operation == "sale":
            self.story.end(line, "reversed")
        else:
            self.story.end(line, "done_by_hand" if done else "not_done_by_hand")

    @rule()
    def restart(self) -> None:
        self.story.store("boot", {"remembered": 0})
        for line in self.story.open_ones():
            if line.outcome == "sent":
                line.outcome = "to_reverse" if line.operation == "sale" else "unknown"

    @rule(is_balanced=st.booleans())
    def close(self, is_balanced: bool) -> None:
        books, batch = self.books, self.books.batch
        halves = {"totals": asdict(books.totals), "foreign": asdict(books.foreign)}
        stan = books.next_stan
        self.story.store("settle_asked", {"stan": stan, "batch": batch, "by": "01", **halves})
        assert books.settling is not None
        assert due(books.settling, balanced_ends_too=True) is Due.ANSWER
        answered = {
            "domestic": "balanced" if is_balanced else "different",
            "foreign": "balanced",
            "host_domestic": None,
            "host_foreign": None,
            "host_date": "",
            "host_time": "",
            "items": 0 if is_balanced else 2,
        }
        self.story.store("settle_answered", answered)
        for item in range(1, books.settling.items + 1):
            assert due(books.settling, balanced_ends_too=True) is Due.UPLOAD
            self.story.store("uploaded", {"batch": batch, "item": item})
        assert due(books.settling, balanced_ends_too=True) is Due.END
        self.story.store("upload_ended", {"batch": batch})
        assert due(books.settling, balanced_ends_too=True) is Due.SLIP
        self.story.store("batch_closed", {"batch": batch, "next": next_batch(books)})
        assert self.books.settling is None
        assert self.books.batch == batch + 1

    @rule()
    def destroy_seals(self) -> None:
        for sealed in seals_to_destroy(self.books):
            self.story.store("seal_destroyed", {"batch": sealed.batch})
        assert not seals_to_destroy(self.books)

    @invariant()
    def totals_are_those_of_the_list(self) -> None:
        assert self.books.totals == counted(self.story.lines, self.books.batch, foreign=False)
        assert self.books.foreign == counted(self.story.lines, self.books.batch, foreign=True)

    @invariant()
    def what_remains_is_what_the_list_says(self) -> None:
        for original in PURCHASES:
            given = sum(
                one.amount_minor
                for one in self.story.lines
                if one.original.key == original.key
                and (one.outcome in MOVED or one in self.story.open_ones())
            )
            assert self.books.remaining_minor(original.key, PRICE_MINOR) == PRICE_MINOR - given

    @invariant()
    def unresolved_keep_their_batch_and_its_seal(self) -> None:
        wanted = {one.record: one.batch for one in self.story.open_ones()}
        unresolved = self.books.unresolved
        assert {n: t.intent.batch for n, t in unresolved.items()} == wanted
        kept = {s.batch for s in self.books.sealed} | {self.books.batch}
        assert set(wanted.values()) <= kept
        assert not {s.batch for s in seals_to_destroy(self.books)} & set(wanted.values())

    @invariant()
    def records_that_count_are_those_of_this_batch(self) -> None:
        here = [one for one in self.story.lines if one.batch == self.books.batch]
        count = sum(1 for one in here if one.outcome in MOVED or one in self.story.open_ones())
        assert self.books.batch_records == count


TestDays = Days.TestCase


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

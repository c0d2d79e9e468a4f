"""Journal and books of many days against a plain list: what remains, totals, what is open."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from terminal.domain.bookkeeping import take_in
from terminal.domain.books import Books
from terminal.domain.original import Original
from terminal.domain.parameters import Parameters
from terminal.domain.refund_policy import Refused, amount_refusal
from terminal.domain.settling import Due, due, next_batch, seals_to_destroy
from terminal.domain.transaction import Intent
from terminal.domain.void_policy import void_refusal
from terminal.journal.books_fold import BooksFold
from terminal.journal.looking import check_whole
from terminal.journal.store import Journal, open_journal
from tests.terminal.journal.ledger import SteppingClock
from tests.terminal.journal.plain_books import TODAY, Line, PlainBooks

amounts = st.integers(1, 700)
picks = st.integers(0, 99)
organisations = st.sampled_from(["", "CUP", "VIS"])
REFUND_ENDS = ("approved", "less", "declined", "says_less", "not_sent", "unknown", "sent")
SALE_ENDS = ("approved", "less", "declined", "not_sent", "to_reverse", "manual", "sent")


class Days(RuleBasedStateMachine):
    """Every operation with every outcome, restarts, people who settle, batches that are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.plain = PlainBooks()
        self.less: set[str] = set()  # keys of which the host said that less is left
        self.journal = self.opened(None)
        self.store("signed_in", {"batch": 1})

    def opened(self, before: Journal[Books] | None) -> Journal[Books]:
        path = str(Path(self.folder.name) / "journal")
        head = before.head if before else None
        return open_journal(path, BooksFold(), SteppingClock(), head)

    def teardown(self) -> None:
        self.journal.close()
        assert check_whole(str(Path(self.folder.name) / "journal")) == self.journal.head
        self.folder.cleanup()

    @property
    def books(self) -> Books:
        return self.journal.state

    def store(self, kind: str, body: dict[str, Any]) -> int:
        return self.journal.append(kind, body).number

    # ---- one operation

    def begin(self, operation: str, amount_minor: int, original: Original) -> Line:
        stan, batch = self.books.next_stan, self.books.batch
        card = "621234******1232"
        intent = Intent(operation, stan, batch, amount_minor, "S", card, "", original, "", "", "01")
        record = self.store("intent", intent.to_body())
        line = Line(record, batch, stan, operation, amount_minor, original)
        self.plain.lines.append(line)
        return line

    def end(self, line: Line, ends: str, organisation: str = "", **more: Any) -> None:
        body: dict[str, Any] = {"intent": line.record, "outcome": ends, **more}
        if ends == "less":
            body |= {"outcome": "approved", "approved_minor": max(1, line.amount_minor - 1)}
        elif ends == "says_less":
            body |= {"outcome": "declined", "response_code": "61"}
            self.less.add(line.original.key)
        self.store("result", body | {"organisation": organisation})
        line.outcome, line.organisation = str(body["outcome"]), organisation
        line.amount_minor = int(body.get("approved_minor", line.amount_minor))

    @rule(
        amount=amounts,
        ends=st.sampled_from(SALE_ENDS),
        organisation=organisations,
        is_named=st.booleans(),
    )
    def sale(self, amount: int, ends: str, organisation: str, is_named: bool) -> None:
        stan, batch = self.books.next_stan, self.books.batch
        line = self.begin("sale", amount, Original("", TODAY, amount, batch=batch, stan=stan))
        if ends == "sent":
            return
        line.has_number = is_named or ends in ("approved", "less")
        rrn = f"S{line.record:011d}" if line.has_number else ""
        self.end(line, ends, organisation, rrn=rrn)
        line.original = replace(line.original, rrn=rrn, amount_minor=line.amount_minor)

    @precondition(lambda self: any(map(self.plain.can_be_voided, self.plain.sales())))
    @rule(pick=picks, ends=st.sampled_from(["approved", "declined", "to_reverse", "manual"]))
    def void(self, pick: int, ends: str) -> None:
        sales = [sale for sale in self.plain.sales() if self.plain.can_be_voided(sale)]
        sale = sales[pick % len(sales)]
        line = self.begin("void", sale.amount_minor, sale.original)
        self.end(line, ends, sale.organisation)

    @rule(
        pick=picks,
        amount=amounts,
        ends=st.sampled_from(REFUND_ENDS),
        organisation=organisations,
    )
    def refund(self, pick: int, amount: int, ends: str, organisation: str) -> None:
        purchases = self.plain.purchases()
        original = purchases[pick % len(purchases)]
        if self.refusal(original, amount) is not None:
            return
        line = self.begin("qr_refund" if original.voucher else "refund", amount, original)
        if ends != "sent":
            self.end(line, ends, organisation)

    def refusal(self, original: Original, amount: int) -> Refused | None:
        remaining = self.books.remaining_minor(original.key, original.amount_minor)
        return amount_refusal(amount, remaining, Parameters())

    # ---- what becomes of it later

    @precondition(lambda self: self.plain.open_ones())
    @rule(pick=picks, ends=st.sampled_from(["machine", "done_by_hand", "not_done_by_hand"]))
    def resolve(self, pick: int, ends: str) -> None:
        open_ones = self.plain.open_ones()
        line = open_ones[pick % len(open_ones)]
        if ends == "machine":
            ends = {"to_reverse": "reversed"}.get(line.outcome, "manual")
        kind = "settled" if ends.endswith("by_hand") else "result"
        self.store(kind, {"intent": line.record, "outcome": ends})
        line.outcome = ends

    @rule(checkpoint=st.booleans())
    def restart(self, checkpoint: bool) -> None:
        if checkpoint:
            self.journal.checkpoint()
        self.journal.close()
        self.journal = self.opened(self.journal)
        for line in self.plain.open_ones():
            if line.outcome == "sent":
                line.outcome = "unknown" if "refund" in line.operation else "to_reverse"

    @rule(is_balanced=st.booleans())
    def close(self, is_balanced: bool) -> None:
        batch = self.books.batch
        halves = {"totals": asdict(self.books.totals), "foreign": asdict(self.books.foreign)}
        asked = {"stan": self.books.next_stan, "batch": batch, "by": "01", **halves}
        self.store("settle_asked", asked)
        self.answered(0 if is_balanced else 2)
        assert self.due() is Due.END
        self.store("upload_ended", {"batch": batch})
        assert self.due() is Due.SLIP
        self.store("batch_closed", {"batch": batch, "next": next_batch(self.books)})
        self.plain.batch = batch + 1
        assert (self.books.settling, self.books.batch) == (None, self.plain.batch)

    def answered(self, items: int) -> None:
        assert self.due() is Due.ANSWER
        said = {"domestic": "different" if items else "balanced", "foreign": "balanced"}
        silent = {"host_domestic": None, "host_foreign": None, "host_date": "", "host_time": ""}
        self.store("settle_answered", said | silent | {"items": items})
        for item in range(1, items + 1):
            assert self.due() is Due.UPLOAD
            self.store("uploaded", {"batch": self.books.batch, "item": item})

    def due(self) -> Due:
        assert self.books.settling is not None
        return due(self.books.settling, balanced_ends_too=True)

    @rule()
    def destroy_seals(self) -> None:
        for sealed in seals_to_destroy(self.books):
            self.store("seal_destroyed", {"batch": sealed.batch})
        assert not seals_to_destroy(self.books)

    # ---- what must be true at any moment

    @invariant()
    def what_remains_is_what_the_list_says(self) -> None:
        every = [*self.plain.purchases(), *self.undone_sales()]
        for original in every:
            remaining = self.plain.remaining_minor(original)
            assert self.books.remaining_minor(original.key, original.amount_minor) == remaining
            assert remaining >= 0
            assert self.refusal(original, remaining + 1) is Refused.ABOVE_REMAINING

    def undone_sales(self) -> list[Original]:
        gone = ("reversed", "not_done_by_hand")
        named = [line for line in self.plain.lines if line.has_number]
        return [line.original for line in named if line.outcome in gone]

    @invariant()
    def totals_are_those_of_the_list(self) -> None:
        assert self.books.totals == self.plain.totals(foreign=False)
        assert self.books.foreign == self.plain.totals(foreign=True)
        assert self.books.batch_records == self.plain.records_that_count()

    @invariant()
    def open_ones_are_those_of_the_list_and_keep_their_batch_and_its_seal(self) -> None:
        wanted = {one.record: (one.batch, one.outcome) for one in self.plain.open_ones()}
        found = self.books.unresolved
        assert {n: (t.intent.batch, t.outcome.value) for n, t in found.items()} == wanted
        batches = {batch for batch, _ in wanted.values()}
        assert batches <= {s.batch for s in self.books.sealed} | {self.books.batch}
        assert not {s.batch for s in seals_to_destroy(self.books)} & batches

    @invariant()
    def sales_can_be_voided_as_the_list_says(self) -> None:
        for sale in self.plain.sales():
            found = self.books.sales.get(sale.stan) if sale.batch == self.books.batch else None
            allowed = void_refusal(self.books, found, TODAY) is None
            assert allowed == self.plain.can_be_voided(sale)

    @invariant()
    def host_says_less_where_it_did(self) -> None:
        said = {key for key, known in self.books.originals.items() if known.host_says_less}
        assert said == self.less

    @invariant()
    def books_are_what_their_records_say(self) -> None:
        anew = Books()
        for record in self.journal.records():
            take_in(anew, record)
        assert anew == self.books


TestDays = Days.TestCase
TestDays.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)

"""Transactions found again in the journal: compared with a model that holds all of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.bookkeeping import take_in
from terminal.domain.books import Books
from terminal.domain.history import Query, State, find, of_batch, state_of, whole
from terminal.domain.original import Original
from terminal.domain.transaction import Intent, Outcome, Transaction

CARDS = ("621234******1232", "622202******0048", "")
DAYS = ("2024-05-30", "2024-05-31")
ANSWERS = ("approved", "declined", "not_sent", "unknown", "to_reverse", "manual", "reversed")
BY_HAND = ("done_by_hand", "not_done_by_hand")


@dataclass(frozen=True)
class Stored:
    number: int
    kind: str
    body: Mapping[str, Any]
    wall: str


@dataclass
class Till:
    """Writes records as the flows do, and remembers what they may be about."""

    batch: int = 0
    records: list[Stored] = field(default_factory=list)
    open: dict[int, Intent] = field(default_factory=dict)
    sales: dict[int, Original] = field(default_factory=dict)
    everything: list[int] = field(default_factory=list)
    stan: int = 0

    def write(self, kind: str, body: Mapping[str, Any], day: str = DAYS[0]) -> int:
        number = len(self.records) + 1
        self.records.append(Stored(number, kind, body, f"{day}T04:30:00.000Z"))
        return number

    def next_batch(self) -> None:
        self.batch += 1
        self.sales = {}
        self.write("signed_in", {"batch": self.batch})

    def begin(self, operation: str, amount_minor: int, card: str, day: str) -> None:
        original = Original(f"{self.stan:012d}", date(2024, 5, 20), amount_minor + 5)
        if operation == "void":
            if not self.sales:
                return
            original = self.sales.pop(min(self.sales))
        self.stan += 1
        intent = Intent(
            operation, self.stan, self.batch, amount_minor, "S", card, "", original, "", "", "01"
        )
        number = self.write("intent", intent.to_body(), day)
        self.open[number] = intent
        self.everything.append(number)

    def answer(self, pick: int, outcome: str, approved_minor: int) -> None:
        if not self.open:
            return
        number = sorted(self.open)[pick % len(self.open)]
        body = {"intent": number, "outcome": outcome, "rrn": f"R{number:011d}"}
        more = {"trusted_day": DAYS[1], "host_date": "0531", "approved_minor": approved_minor}
        self.write("settled" if outcome in BY_HAND else "result", body | more)
        if Outcome(outcome).unresolved:
            return
        intent = self.open.pop(number)
        if intent.operation == "sale" and Outcome(outcome).counts_as_spent:
            self.sales[number] = replace(
                intent.original, rrn=f"R{number:011d}", day=date.fromisoformat(DAYS[1])
            )

    def paper(self, pick: int, kind: str) -> None:
        if self.everything:
            number = self.everything[pick % len(self.everything)]
            self.write(kind, {"intent": number, "slip": "merchant", "number": 2})


picks = st.integers(0, 30)
begins = st.tuples(
    st.just("begin"),
    st.sampled_from(["refund", "qr_refund", "void", "sale", "sale"]),
    st.integers(1, 3),
    st.sampled_from(CARDS),
    st.sampled_from(DAYS),
)
answers = st.tuples(
    st.just("answer"), picks, st.sampled_from(ANSWERS + BY_HAND), st.sampled_from([0, 0, 1])
)
papers = st.tuples(
    st.just("paper"), picks, st.sampled_from(["printed", "reprinted", "reversal_try"])
)
others = st.sampled_from([("boot",), ("next_batch",), ("logon",)])
steps = st.lists(begins | answers | papers | others, max_size=60)
queries = st.builds(
    Query,
    st.none() | st.integers(1, 8),
    st.sampled_from([None, None, "1232", "9999"]),
    st.none() | st.integers(1, 3),
    st.none() | st.sampled_from([date.fromisoformat(day) for day in DAYS]),
    st.none() | st.sampled_from(State),
)


def journal(script: list[Any]) -> list[Stored]:
    till = Till()
    till.next_batch()
    for name, *parts in script:
        if name == "boot":
            till.write("boot", {"remembered": 1})
        elif name == "logon":
            till.write("logon", {"number": "01"})
        else:
            getattr(till, name)(*parts)
    return till.records


# ---- the model: each transaction against the whole journal, all of them held at once

SPENT = (Outcome.APPROVED, Outcome.DONE_BY_HAND)


def model(records: list[Stored]) -> dict[int, tuple[Transaction, State]]:
    ends = {r.number: _story(r, records) for r in records if r.kind == "intent"}
    voids = [t for t in ends.values() if t.intent.operation == "void"]
    voided = {t.intent.original.key for t in voids if t.outcome in SPENT}
    return {n: (t, _state(t, voided)) for n, t in ends.items()}


def _story(begun: Stored, records: list[Stored]) -> Transaction:
    told = Transaction(begun.number, Intent.from_body(begun.body), wall=begun.wall)
    for record in records[begun.number :]:
        if record.kind == "boot" and told.outcome is Outcome.SENT:
            told = _after_power_cut(told)
        elif record.body.get("intent") == begun.number:
            told = _told(told, record)
    return told


def _after_power_cut(told: Transaction) -> Transaction:
    if told.intent.operation in ("sale", "void"):
        return replace(told, outcome=Outcome.TO_REVERSE, reversal_reason="06", detail="power")
    return replace(told, outcome=Outcome.UNKNOWN, detail="power")


def _told(told: Transaction, record: Stored) -> Transaction:
    if record.kind == "printed":
        return replace(told, printed=(*told.printed, record.body["slip"]))
    if record.kind == "reprinted":
        return replace(told, copies=told.copies + 1)
    if told.outcome.unresolved and record.kind == "reversal_try":
        return replace(told, reversal_tries=record.body["number"])
    return told.with_result(record.body) if told.outcome.unresolved else told


def _state(told: Transaction, voided: set[str]) -> State:
    outcome = told.outcome
    if told.intent.operation == "sale" and outcome in SPENT and told.purchase.key in voided:
        return State.VOIDED
    if outcome.unresolved:
        return State.UNKNOWN
    return State.BY_HAND if "by_hand" in outcome.value else State[outcome.name]


def _is_asked_for(told: Transaction, state: State, query: Query) -> bool:
    intent = told.intent
    day = told.wall[:10] if told.outcome is Outcome.SENT or not told.host_date else DAYS[1]
    return (
        (query.stan is None or intent.stan == query.stan)
        and (query.last_four is None or intent.card.endswith(query.last_four))
        and (
            query.amount_minor is None
            or query.amount_minor in (intent.amount_minor, told.moved_minor)
        )
        and (query.day is None or query.day.isoformat() == day)
        and (query.state is None or query.state == state)
    )


# ---- against the model


@given(steps, queries, st.integers(1, 6))
def test_a_search_finds_what_the_model_finds_newest_first(
    script: list[Any], query: Query, most: int
) -> None:
    records = journal(script)
    told = sorted(model(records).values(), key=lambda pair: -pair[0].record)
    expected = [t for t, state in told if _is_asked_for(t, state, query)]
    assert find(iter(records), query, most) == tuple(expected[:most])


@given(steps)
def test_a_transaction_is_told_whole(script: list[Any]) -> None:
    records = journal(script)
    told = model(records)
    for record in records:
        expected = told[record.number][0] if record.number in told else None
        assert whole(iter(records), record.number) == expected


@given(steps, st.integers(1, 4))
def test_a_batch_is_its_transactions_in_order(script: list[Any], batch: int) -> None:
    records = journal(script)
    expected = tuple(t for t, _ in model(records).values() if t.intent.batch == batch)
    assert of_batch(iter(records), batch) == expected


@given(steps)
def test_the_books_and_the_history_agree(script: list[Any]) -> None:
    records = journal(script)
    books = Books()
    for record in records:
        take_in(books, record)
    told = model(records)
    for one in (*books.unresolved.values(), *books.recent):
        assert whole(iter(records), one.record) == one
        assert state_of(one, books) is told[one.record][1]


# ---- in single cases


def _records(*script: Any) -> list[Stored]:
    return journal(list(script))


SALE = ("begin", "sale", 2, CARDS[0], DAYS[0])
VOID = ("begin", "void", 2, CARDS[0], DAYS[0])
REFUND = ("begin", "refund", 2, CARDS[1], DAYS[0])
APPROVED = ("answer", 0, "approved", 0)


def test_a_sale_that_was_voided_is_found_as_voided_only() -> None:
    records = _records(SALE, APPROVED, VOID, APPROVED)
    (sale,) = find(records, Query(state=State.VOIDED))
    assert sale.intent.operation == "sale"
    (void,) = find(records, Query(state=State.APPROVED))
    assert void.intent.operation == "void"


def test_a_void_that_a_person_settles_after_the_batch_still_voids_its_sale() -> None:
    manual = ("answer", 0, "manual", 0)
    by_hand = ("answer", 0, "done_by_hand", 0)
    records = _records(SALE, APPROVED, VOID, manual, ("next_batch",), by_hand)
    assert [t.intent.operation for t in find(records, Query(state=State.VOIDED))] == ["sale"]
    assert [t.intent.operation for t in find(records, Query(state=State.BY_HAND))] == ["void"]


def test_an_answer_after_a_final_one_changes_nothing() -> None:
    records = _records(REFUND, APPROVED)
    late = Stored(len(records) + 1, "result", {"intent": 2, "outcome": "declined"}, "")
    assert find([*records, late], Query()) == find(records, Query())


def test_what_is_printed_later_belongs_to_a_transaction_that_was_found() -> None:
    records = _records(REFUND, APPROVED, ("paper", 0, "printed"), ("paper", 0, "reprinted"))
    (found,) = find(records, Query(stan=1))
    assert (found.printed, found.copies) == (("merchant",), 1)


def test_a_payment_without_a_card_has_no_last_four() -> None:
    wallet = ("begin", "qr_refund", 2, "", DAYS[0])
    assert find(_records(wallet, APPROVED), Query(last_four="1232")) == ()


def test_no_transaction_has_the_number_of_another_record() -> None:
    records = _records(REFUND, APPROVED)
    assert whole(records, 1) is None
    assert whole(records, 99) is None


def test_a_search_reads_the_journal_once_and_holds_little_of_it() -> None:
    read = 0

    def long_journal() -> Iterator[Stored]:
        nonlocal read
        for record in _records(*[REFUND, APPROVED] * 500):
            read += 1
            yield record

    found = find(long_journal(), Query(), most=3)
    assert read == 1001
    assert [t.intent.stan for t in found] == [500, 499, 498]

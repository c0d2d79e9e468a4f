"""A journal as a till writes it, and what it tells, worked out the long way."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from terminal.domain.history import Query, State
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


def is_asked_for(told: Transaction, state: State, query: Query) -> bool:
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

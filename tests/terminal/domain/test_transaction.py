"""Intents and results as records hold them."""

import json
from dataclasses import replace
from datetime import date

import pytest

from terminal.domain.original import Original
from terminal.domain.transaction import Intent, Outcome, Transaction

INTENT = Intent(
    operation="refund",
    stan=42,
    batch=7,
    amount_minor=1250,
    entry="S",
    card="621234******1232",
    token="ab120123456789ab",
    original=Original("240520000001", date(2024, 5, 20), 2000, auth_code="A12345"),
    reason="goods",
    document="",
    operator="01",
    approver="09",
    exceptions=("above_limit", "typed_card"),
)


def test_an_intent_survives_its_record() -> None:
    stored = json.loads(json.dumps(INTENT.to_body()))
    assert Intent.from_body(stored) == INTENT


def test_what_else_a_record_holds_is_no_part_of_the_intent() -> None:
    assert Intent.from_body({**INTENT.to_body(), "later_field": 1}) == INTENT


def test_a_result_changes_only_what_it_names() -> None:
    sent = Transaction(3, INTENT, wall="2024-05-31T04:00:00+00:00")
    known = sent.with_result({"outcome": "approved", "rrn": "240531000009", "unheard_of": 1})
    assert known == replace(sent, outcome=Outcome.APPROVED, rrn="240531000009")


def test_the_amount_that_moved_is_the_hosts_when_it_named_another() -> None:
    sent = Transaction(3, INTENT)
    assert sent.moved_minor == 1250
    assert sent.with_result({"outcome": "approved", "approved_minor": 1000}).moved_minor == 1000


@pytest.mark.parametrize(
    ("outcome", "moved", "unresolved"),
    [
        (Outcome.SENT, False, True),
        (Outcome.UNKNOWN, False, True),
        (Outcome.APPROVED, True, False),
        (Outcome.DONE_BY_HAND, True, False),
        (Outcome.DECLINED, False, False),
        (Outcome.NOT_SENT, False, False),
        (Outcome.NOT_DONE_BY_HAND, False, False),
    ],
)
def test_what_may_have_moved_counts_as_spent(
    outcome: Outcome, moved: bool, unresolved: bool
) -> None:
    assert outcome.counts_as_spent is (moved or unresolved)
    assert outcome.has_moved is moved
    assert outcome.unresolved is unresolved

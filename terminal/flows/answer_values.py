"""What the record `result` keeps of an answer: numbers, the host's clock, what was wrong."""

from __future__ import annotations

from typing import Any

from terminal.domain.facts import Facts
from terminal.domain.transaction import Intent
from terminal.iso8583.matching import Answer, Problem


def answer_values(facts: Facts, intent: Intent, answer: Answer) -> dict[str, Any]:
    """Of an answer to a money message, or to a copy of it."""
    approved = answer.approved_minor
    return {
        "response_code": answer.response_code,
        "rrn": answer.rrn,
        "auth_code": answer.auth_code,
        "host_date": answer.host_date,
        "host_time": answer.host_time,
        "issuer": answer.issuer,
        "acquirer": answer.acquirer,
        "organisation": answer.card_organisation,
        "detail": problem_text(answer.problem),
        "approved_minor": approved if approved != intent.amount_minor else None,
        "trusted_day": trusted_day(facts, answer.host_date) if answer.is_authenticated else "",
        "reversal_reason": answer.reversal_reason,
        "voucher": answer.voucher,
        "remarks": list(answer.remarks) or None,
    }


def problem_text(problem: Problem | None) -> str:
    """The place, what was right there, what stood there."""
    return f"{problem.place}: {problem.expected} / {problem.received}" if problem else ""


def trusted_day(facts: Facts, host_date: str) -> str:
    """The ISO day of an authenticated MMDD; empty for what is no date."""
    day = facts.host_day(host_date)
    return day.isoformat() if day else ""

"""The record of what became of an intent."""

from __future__ import annotations

from typing import Any

from terminal.domain.transaction import Outcome
from terminal.effects import Persist


def result(record: int, outcome: Outcome, **known: Any) -> Persist:
    """For the intent with this record number; what is empty is left out."""
    body = {"intent": record, "outcome": outcome.value, **known}
    return Persist("result", {k: v for k, v in body.items() if v not in ("", None)})

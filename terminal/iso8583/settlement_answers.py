"""What an answer to a settlement or an upload says. By nature they have no MAC (profile 1).

They may close a batch whose totals match and move the upload on: never settle a record.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from terminal.iso8583.answers import MacCheck, Problem
from terminal.iso8583.codec import Message
from terminal.iso8583.comparison import different, proof, unproved, without_code
from terminal.iso8583.private_fields import Totals, field_60, totals

_TAKEN: Final = "00"
_TAKEN_ONLY: Final = frozenset({_TAKEN})


class Balance(StrEnum):
    """One half of the totals: domestic or foreign cards."""

    BALANCED = "balanced"
    DIFFERENT = "different"
    ERROR = "error"


_OF_FLAG: Final = {"1": Balance.BALANCED, "2": Balance.DIFFERENT, "3": Balance.ERROR}


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementAnswer:
    """Both halves, with the figures that the host sent: its own when they differ.

    With a `problem` the answer says nothing: both halves are ERROR.
    """

    domestic: Balance = Balance.ERROR
    foreign: Balance = Balance.ERROR
    host_domestic: Totals | None = None
    host_foreign: Totals | None = None
    response_code: str = ""
    problem: Problem | None = None

    @property
    def is_balanced(self) -> bool:
        """The batch may be closed without an upload of details."""
        return self.domestic is self.foreign is Balance.BALANCED


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadAnswer:
    """`is_taken`: the host has these records, or this end; the upload may go on."""

    is_taken: bool
    response_code: str = ""
    problem: Problem | None = None


def check_settlement(
    request: Message, reply: Message, *, mac: MacCheck = MacCheck.NOT_CHECKED
) -> SettlementAnswer:
    """An answer that `is_ours` to an 0500. It has no F39; one that says no is a problem."""
    code = reply.text(39)
    asked, came = totals(request.text(48)), totals(reply.text(48))
    problem = _unproved(reply, mac) or _different(request, reply) or _refused(code)
    if problem is None and not came:
        problem = Problem("field 48", "62 digits", f"{len(reply.text(48))} digits")
    if problem is not None:
        return SettlementAnswer(response_code=code, problem=problem)
    return SettlementAnswer(
        domestic=_balance(asked[0], came[0]),
        foreign=_balance(asked[1], came[1]),
        host_domestic=came[0],
        host_foreign=came[1],
        response_code=code,
    )


def check_upload(
    request: Message,
    reply: Message,
    *,
    mac: MacCheck = MacCheck.NOT_CHECKED,
    approved_codes: frozenset[str] = _TAKEN_ONLY,
) -> UploadAnswer:
    """An answer that `is_ours` to an 0320 of an ordinary upload (details, refunds, end).

    A refund is taken with any of `approved_codes`, as when it was asked for; the others with 00.
    """
    code = reply.text(39)
    problem = _unproved(reply, mac) or _different(request, reply) or without_code(reply)
    is_taken = problem is None and code in (approved_codes if _is_refund(request) else _TAKEN_ONLY)
    return UploadAnswer(is_taken=is_taken, response_code=code, problem=problem)


def _is_refund(request: Message) -> bool:
    return 3 in request.fields


def _unproved(reply: Message, mac: MacCheck) -> Problem | None:
    # No MAC is asked for, but one that is there must verify.
    found = proof(reply, mac)
    return None if found in (MacCheck.ABSENT, MacCheck.VERIFIED) else unproved(found)


def _refused(code: str) -> Problem | None:
    return None if code in ("", _TAKEN) else Problem("field 39", _TAKEN, code)


def _different(request: Message, reply: Message) -> Problem | None:
    wrong = different(request, reply)
    if wrong is not None:
        return wrong
    asked = field_60(request.text(60)).management_code
    came = field_60(reply.text(60)).management_code
    is_other = len(came) == len(asked) and came != asked
    return Problem("field 60.3", asked, came) if is_other else None


def _balance(asked: Totals, came: Totals) -> Balance:
    said = _OF_FLAG.get(came.flag, Balance.ERROR)
    is_same = _figures(asked) == _figures(came)
    # A host that calls other figures equal has compared something else.
    return Balance.DIFFERENT if said is Balance.BALANCED and not is_same else said


def _figures(half: Totals) -> tuple[int, int, int, int]:
    return half.debit_minor, half.debit_count, half.credit_minor, half.credit_count

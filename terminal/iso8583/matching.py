"""Is this answer ours, and what does it say? The host profile's sections 1 and 2, in their order.

Pure: the MAC is verified by the keypad, between `is_ours` and `check`.
"""

from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import Final

from terminal.domain.host_profile import HostProfile, Verdict
from terminal.iso8583.codec import Message
from terminal.iso8583.private_fields import field_44, field_60, field_63


class Operation(Enum):
    """What was asked: an unknown refund stays unknown, an unknown void or sale is reversed."""

    REFUND = "refund"
    VOID = "void"
    SALE = "sale"


class MacCheck(Enum):
    """What the keypad said of F64. NOT_CHECKED: it was silent, or was never asked."""

    VERIFIED = "verified"
    WRONG = "wrong"
    ABSENT = "absent"
    NOT_CHECKED = "not checked"


class Kind(StrEnum):
    """What is known about the money after an answer, or after none."""

    APPROVED = "approved"
    DECLINED = "declined"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer of ours is no answer: the place, what was right there, what stood there."""

    place: str
    expected: str
    received: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The outcome and what the slip and the journal need; texts are empty when absent.

    `reversal_reason` is F39 of the reversal that a void or sale needs now, None for none.
    `needs_manual`: never resolve this by machine. `approved_minor` may be less than was asked.
    Dates may be trusted only when `is_authenticated`.
    """

    kind: Kind
    response_code: str = ""
    problem: Problem | None = None
    is_authenticated: bool = False
    is_sign_in_needed: bool = False
    reversal_reason: str | None = None
    needs_manual: bool = False
    approved_minor: int | None = None
    rrn: str = ""
    auth_code: str = ""
    host_time: str = ""
    host_date: str = ""
    settlement_date: str = ""
    issuer: str = ""
    acquirer: str = ""
    card_organisation: str = ""
    remarks: tuple[str, ...] = ()


NOTHING_RECEIVED: Final = "98"
MAC_FAILED: Final = "A0"
NOT_USABLE: Final = "06"

_MAC_REASON: Final = {
    MacCheck.WRONG: MAC_FAILED,
    MacCheck.ABSENT: MAC_FAILED,
    MacCheck.NOT_CHECKED: NOT_USABLE,
}
_OURS: Final = (11, 41, 42)
_EQUAL: Final = (3, 4, 49)
_MANDATORY: Final = {"0210": (3, 4, 11, 41, 42), "0230": (3, 4, 11, 41, 42)}


def is_ours(request: Message, reply: Message) -> bool:
    """Step 1: MTI + 10, trace, terminal and merchant as sent. What is not ours is waited past."""
    if reply.mti != f"{int(request.mti) + 10:04d}":
        return False
    asked = (number for number in _OURS if number in request.fields)
    return all(reply.text(number) == request.text(number) for number in asked)


def mac_needed(reply: Message) -> bool:
    """Step 2: an F64 that is there must always verify; without one, check with ABSENT."""
    return 64 in reply.fields


def check(
    request: Message,
    reply: Message,
    profile: HostProfile,
    *,
    mac: MacCheck = MacCheck.NOT_CHECKED,
    operation: Operation = Operation.REFUND,
) -> Answer:
    """Steps 2 to 4, for an answer that `is_ours` to a money message (0200, 0220)."""
    mac = MacCheck.ABSENT if not mac_needed(reply) else _claimed(mac)
    code = reply.text(39)
    if mac is not MacCheck.VERIFIED and not _is_believed(code, mac, profile):
        # A wrong MAC may mean other keys than the host's, as the codes do: sign in once (5).
        is_needed = code in profile.sign_in_codes or mac is MacCheck.WRONG
        unproved = Problem("MAC", MacCheck.VERIFIED.value, mac.value)
        answer = _unknown(operation, unproved, _MAC_REASON[mac], code)
        return replace(answer, is_sign_in_needed=is_needed)
    problem = _wrong_field(request, reply, profile)
    if problem is not None:
        return _unknown(operation, problem, NOT_USABLE, code)
    return _outcome(reply, profile, operation, mac is MacCheck.VERIFIED)


def nothing_received(operation: Operation) -> Answer:
    """The answer that did not come: no reply of ours until the time-out, or the line was lost."""
    problem = Problem("answer", "received", "nothing")
    return _unknown(operation, problem, NOTHING_RECEIVED, "")


def _claimed(mac: MacCheck) -> MacCheck:
    # The answer has an F64: nobody may pass it off as an answer without one.
    return MacCheck.NOT_CHECKED if mac is MacCheck.ABSENT else mac


def _is_believed(code: str, mac: MacCheck, profile: HostProfile) -> bool:
    """A decline without a MAC, if the profile says so; never an approval, never a wrong MAC."""
    return (
        mac is MacCheck.ABSENT
        and profile.decline_without_mac == "declined"
        and code not in profile.sign_in_codes
        and profile.verdict(code) == "declined"
    )


def _wrong_field(request: Message, reply: Message, profile: HostProfile) -> Problem | None:
    for number in _MANDATORY.get(reply.mti, _OURS):
        if number not in reply.fields:
            return Problem(f"field {number}", request.text(number), "absent")
    is_part = profile.verdict(reply.text(39)) == "partial" and profile.partial_approval
    for number in _EQUAL:
        if number in reply.fields and reply.text(number) != request.text(number):
            if number == 4 and is_part and 0 < int(reply.text(4)) < int(request.text(4)):
                continue
            return Problem(f"field {number}", request.text(number), reply.text(number))
    return _wrong_batch(request, reply) or _wrong_code(reply)


def _wrong_batch(request: Message, reply: Message) -> Problem | None:
    sent, came = field_60(request.text(60)), field_60(reply.text(60))
    pairs = (
        ("field 60.1", sent.transaction_type, came.transaction_type, 2),
        ("field 60.2", sent.batch, came.batch, 6),
    )
    for place, ours, theirs, width in pairs:
        if len(theirs) == width and theirs != ours:
            return Problem(place, ours, theirs)
    return None


def _wrong_code(reply: Message) -> Problem | None:
    return None if reply.text(39).strip() else Problem("field 39", "a response code", "absent")


def _outcome(
    reply: Message, profile: HostProfile, operation: Operation, is_authenticated: bool
) -> Answer:
    code = reply.text(39)
    verdict = profile.verdict(code)
    kind = _kind(verdict, profile)
    return _with_details(
        Answer(
            kind=kind,
            response_code=code,
            is_authenticated=is_authenticated,
            is_sign_in_needed=code in profile.sign_in_codes,
            reversal_reason=_reversal_reason(kind, verdict, operation),
            needs_manual=verdict == "duplicate" and operation is not Operation.REFUND,
            approved_minor=_approved_minor(kind, reply),
        ),
        reply,
    )


def _kind(verdict: Verdict, profile: HostProfile) -> Kind:
    if verdict == "approved" or (verdict == "partial" and profile.partial_approval):
        return Kind.APPROVED
    return Kind.DECLINED if verdict == "declined" else Kind.UNKNOWN


def _reversal_reason(kind: Kind, verdict: Verdict, operation: Operation) -> str | None:
    # A duplicate's number may be somebody else's good transaction: never reversed by machine.
    if operation is Operation.REFUND or kind is not Kind.UNKNOWN or verdict == "duplicate":
        return None
    return NOT_USABLE


def _approved_minor(kind: Kind, reply: Message) -> int | None:
    return int(reply.text(4)) if kind is Kind.APPROVED and 4 in reply.fields else None


def _with_details(answer: Answer, reply: Message) -> Answer:
    parties, remarks = field_44(reply.raw(44)), field_63(reply.raw(63))
    return replace(
        answer,
        rrn=reply.text(37).strip(),
        auth_code=reply.text(38).strip(),
        host_time=reply.text(12),
        host_date=reply.text(13),
        settlement_date=reply.text(15),
        issuer=parties.issuer,
        acquirer=parties.acquirer,
        card_organisation=remarks.code.strip(),
        remarks=remarks.remarks,
    )


def _unknown(operation: Operation, problem: Problem, reason: str, code: str) -> Answer:
    reversal_reason = None if operation is Operation.REFUND else reason
    return Answer(
        kind=Kind.UNKNOWN, response_code=code, problem=problem, reversal_reason=reversal_reason
    )

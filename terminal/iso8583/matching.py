"""Is this answer ours, and what does it say? The host profile's sections 1 and 2, in their order.

Pure: the MAC is verified by the keypad, between `is_ours` and `check`.
"""

from dataclasses import replace
from typing import Final

from terminal.domain.host_profile import HostProfile, Verdict
from terminal.iso8583.answers import Answer, Kind, MacCheck, Operation, Problem
from terminal.iso8583.codec import Message
from terminal.iso8583.comparison import (
    OURS,
    as_it_came,
    different,
    missing,
    proof,
    unproved,
    without_code,
)
from terminal.iso8583.downloaded_parameters import (
    ParameterAnswer,
    ParameterChange,
    ParameterKey,
    RefusedParameter,
    parameter_answer,
)
from terminal.iso8583.inquiry_answers import (
    Finding,
    InquiryAnswer,
    check_inquiry,
    inquiry_not_answered,
)
from terminal.iso8583.private_fields import available_minor, field_44, field_63, tagged_value
from terminal.iso8583.reversal_answers import (
    Asked,
    ReversalAnswer,
    ReversalVerdict,
    check_reversal,
    reversal_not_answered,
)
from terminal.iso8583.settlement_answers import (
    Balance,
    SettlementAnswer,
    UploadAnswer,
    check_settlement,
    check_upload,
)
from terminal.iso8583.tagged import PAYMENT_VOUCHER

__all__ = [
    "MAC_FAILED",
    "NOTHING_RECEIVED",
    "NOT_USABLE",
    "Answer",
    "Asked",
    "Balance",
    "Finding",
    "InquiryAnswer",
    "Kind",
    "MacCheck",
    "Operation",
    "ParameterAnswer",
    "ParameterChange",
    "ParameterKey",
    "Problem",
    "RefusedParameter",
    "ReversalAnswer",
    "ReversalVerdict",
    "SettlementAnswer",
    "UploadAnswer",
    "check",
    "check_copy",
    "check_inquiry",
    "check_reversal",
    "check_settlement",
    "check_upload",
    "inquiry_not_answered",
    "is_ours",
    "mac_needed",
    "nothing_received",
    "parameter_answer",
    "reversal_not_answered",
]

NOTHING_RECEIVED: Final = "98"
MAC_FAILED: Final = "A0"
NOT_USABLE: Final = "06"

_MAC_REASON: Final = {
    MacCheck.WRONG: MAC_FAILED,
    MacCheck.ABSENT: MAC_FAILED,
    MacCheck.NOT_CHECKED: NOT_USABLE,
}
_MANDATORY: Final = {"0210": (3, 4, 11, 41, 42), "0230": (3, 4, 11, 41, 42)}


def is_ours(request: Message, reply: Message) -> bool:
    """Step 1: MTI + 10, trace, terminal and merchant as sent. What is not ours is waited past."""
    if reply.mti != f"{int(request.mti) + 10:04d}":
        return False
    asked = (number for number in OURS if number in request.fields)
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
    mac = proof(reply, mac)
    code = reply.text(39)
    if mac is not MacCheck.VERIFIED and not _is_believed(code, mac, profile):
        # A wrong MAC may mean other keys than the host's, as the codes do: sign in once (5).
        is_needed = code in profile.sign_in_codes or mac is MacCheck.WRONG
        answer = _unknown(operation, unproved(mac), _MAC_REASON[mac], code)
        return replace(answer, is_sign_in_needed=is_needed)
    problem = _wrong_field(request, reply, profile)
    if problem is not None:
        return _unknown(operation, problem, NOT_USABLE, code)
    return _outcome(reply, profile, operation, mac is MacCheck.VERIFIED)


def check_copy(
    request: Message,
    reply: Message,
    profile: HostProfile,
    *,
    mac: MacCheck = MacCheck.NOT_CHECKED,
) -> Answer:
    """As `check`, for a resend or upload of an unknown refund (0220, 0320; profile 4).

    Only an approval is final: a decline of a copy says nothing about the first one.
    """
    answer = check(request, reply, profile, mac=mac)
    return replace(answer, kind=Kind.UNKNOWN) if answer.kind is Kind.DECLINED else answer


def nothing_received(operation: Operation) -> Answer:
    """The answer that did not come: no reply of ours until the time-out, or the line was lost."""
    problem = Problem("answer", "received", "nothing")
    return _unknown(operation, problem, NOTHING_RECEIVED, "")


def _is_believed(code: str, mac: MacCheck, profile: HostProfile) -> bool:
    """A decline without a MAC, if the profile says so; never an approval, never a wrong MAC."""
    return (
        mac is MacCheck.ABSENT
        and profile.decline_without_mac == "declined"
        and code not in profile.sign_in_codes
        and profile.verdict(code) == "declined"
    )


def _wrong_field(request: Message, reply: Message, profile: HostProfile) -> Problem | None:
    compared = (3, 49) if _is_part(request, reply, profile) else (3, 4, 49)
    return (
        missing(request, reply, _MANDATORY.get(reply.mti, OURS))
        or different(request, reply, compared)
        or without_code(reply)
    )


def _is_part(request: Message, reply: Message, profile: HostProfile) -> bool:
    """A partial approval whose amount may differ: above nothing, and below what was asked."""
    if profile.verdict(reply.text(39)) != "partial" or not profile.partial_approval:
        return False
    return 4 in reply.fields and 0 < int(reply.text(4)) < int(request.text(4))


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
        rrn=as_it_came(reply, 37),
        auth_code=as_it_came(reply, 38),
        host_time=reply.text(12),
        host_date=reply.text(13),
        settlement_date=reply.text(15),
        issuer=parties.issuer,
        acquirer=parties.acquirer,
        card_organisation=remarks.code.strip(),
        remarks=remarks.remarks,
        balance_minor=available_minor(reply.raw(54), reply.text(49)),
        voucher=tagged_value(reply.raw(59), PAYMENT_VOUCHER),
    )


def _unknown(operation: Operation, problem: Problem, reason: str, code: str) -> Answer:
    reversal_reason = None if operation is Operation.REFUND else reason
    return Answer(
        kind=Kind.UNKNOWN, response_code=code, problem=problem, reversal_reason=reversal_reason
    )

"""What an answer to an inquiry says about the refund that was asked about (profile 4)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.answers import Kind, MacCheck, Problem
from terminal.iso8583.codec import Message
from terminal.iso8583.comparison import (
    as_it_came,
    different,
    missing,
    proof,
    unproved,
    without_code,
)
from terminal.iso8583.masking import readable

_MANDATORY: Final = (3, 11, 41, 42, 61)  # and 64, which has to verify
_EQUAL: Final = (3, 49, 61)
_FOUND: Final = "00"


class Finding(StrEnum):
    """What the host found. NOTHING: this was no usable answer to the question."""

    FOUND = "found"
    NOT_FOUND = "not found"
    IN_PROGRESS = "in progress"
    NOTHING = "nothing"


_FINDINGS: Final = {
    _FOUND: Finding.FOUND,
    "25": Finding.NOT_FOUND,
    "09": Finding.IN_PROGRESS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryAnswer:
    """`kind` is of the original, and is UNKNOWN unless it was found with a final code.

    NOT_FOUND is final only when it came twice to questions asked after the message life.
    """

    finding: Finding
    kind: Kind = Kind.UNKNOWN
    response_code: str = ""
    original_code: str = ""
    problem: Problem | None = None
    is_authenticated: bool = False
    is_sign_in_needed: bool = False
    rrn: str = ""
    auth_code: str = ""
    host_time: str = ""
    host_date: str = ""


def check_inquiry(
    request: Message,
    reply: Message,
    profile: HostProfile,
    *,
    amount_minor: int,
    mac: MacCheck = MacCheck.NOT_CHECKED,
) -> InquiryAnswer:
    """An answer that `is_ours` to an inquiry; `amount_minor` is that of the message asked about."""
    mac, code = proof(reply, mac), reply.text(39)
    is_sign_in_needed = code in profile.sign_in_codes or mac is MacCheck.WRONG
    problem = (
        (unproved(mac) if mac is not MacCheck.VERIFIED else None)
        or missing(request, reply, _MANDATORY)
        or different(request, reply, _EQUAL)
        or without_code(reply)
        or _wrong_find(reply, amount_minor)
    )
    if problem is not None:
        return InquiryAnswer(
            finding=Finding.NOTHING,
            response_code=code,
            problem=problem,
            is_sign_in_needed=is_sign_in_needed,
        )
    original = _original_code(reply) if code == _FOUND else ""
    return InquiryAnswer(
        finding=_FINDINGS.get(code, Finding.NOTHING),
        kind=_kind(original, profile),
        response_code=code,
        original_code=original,
        is_authenticated=True,
        is_sign_in_needed=is_sign_in_needed,
        rrn=as_it_came(reply, 37),
        auth_code=as_it_came(reply, 38),
        host_time=reply.text(12),
        host_date=reply.text(13),
    )


def inquiry_not_answered() -> InquiryAnswer:
    """No answer of ours until the time-out, or the line was lost."""
    return InquiryAnswer(finding=Finding.NOTHING, problem=Problem("answer", "received", "nothing"))


def _wrong_find(reply: Message, amount_minor: int) -> Problem | None:
    """What was found must be for the same amount, and say how it ended."""
    if reply.text(39) != _FOUND:
        return None
    expected, received = f"{amount_minor:012d}", reply.text(4)
    if received != expected:
        return Problem("field 4", expected, received or "absent")
    return None if _original_code(reply) else Problem("field 44", "a response code", "absent")


def _original_code(reply: Message) -> str:
    return readable(reply.raw(44)).strip()


def _kind(original_code: str, profile: HostProfile) -> Kind:
    verdict = profile.verdict(original_code) if original_code else "unknown"
    if verdict == "approved":
        return Kind.APPROVED
    return Kind.DECLINED if verdict == "declined" else Kind.UNKNOWN

"""What an answer to a reversal says (profile 4)."""

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.answers import MacCheck, Problem
from terminal.iso8583.codec import Message
from terminal.iso8583.comparison import (
    as_it_came,
    different,
    missing,
    proof,
    unproved,
    without_code,
)

_MANDATORY: Final = (3, 11, 41, 42)
_DONE: Final = "00"
_NOT_FOUND: Final = "25"


class ReversalVerdict(StrEnum):
    """DONE: final. RETRY: send it again, while tries are left. MANUAL: a person decides."""

    DONE = "done"
    RETRY = "retry"
    MANUAL = "manual"


class Asked(Enum):
    """When a reversal left, seen from the last copy of its original.

    EARLY: the original may still be on its way. AFTER_LIFE: its message life is over, and it is
    the same host day. ANOTHER_DAY: a host forgets what it refused yesterday.
    """

    EARLY = "early"
    AFTER_LIFE = "after life"
    ANOTHER_DAY = "another day"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversalAnswer:
    """`is_early`: the host did not refuse, but it may not have seen the original yet; ask again
    after the message life, and do not count this as a try. Dates are trusted if authenticated.
    """

    verdict: ReversalVerdict
    response_code: str = ""
    problem: Problem | None = None
    is_authenticated: bool = False
    is_sign_in_needed: bool = False
    is_early: bool = False
    rrn: str = ""
    host_time: str = ""
    host_date: str = ""


def check_reversal(
    request: Message,
    reply: Message,
    profile: HostProfile,
    *,
    mac: MacCheck = MacCheck.NOT_CHECKED,
    asked: Asked = Asked.EARLY,
) -> ReversalAnswer:
    """An answer that `is_ours` to an 0400; `asked` is when this copy of it left."""
    mac, code = proof(reply, mac), reply.text(39)
    if mac is not MacCheck.VERIFIED:
        is_needed = code in profile.sign_in_codes or mac is MacCheck.WRONG
        return _no_answer(unproved(mac), code, is_needed)
    wrong = missing(request, reply, _MANDATORY) or different(request, reply) or without_code(reply)
    if wrong is not None:
        return _no_answer(wrong, code, False)
    verdict, is_early = _judge(code, profile, asked)
    return ReversalAnswer(
        verdict=verdict,
        response_code=code,
        is_authenticated=True,
        is_sign_in_needed=code in profile.sign_in_codes,
        is_early=is_early,
        rrn=as_it_came(reply, 37),
        host_time=reply.text(12),
        host_date=reply.text(13),
    )


def reversal_not_answered() -> ReversalAnswer:
    """No answer of ours until the time-out, or the line was lost."""
    return _no_answer(Problem("answer", "received", "nothing"), "", False)


def _judge(code: str, profile: HostProfile, asked: Asked) -> tuple[ReversalVerdict, bool]:
    if code not in profile.reversal_done:
        # The host itself does not know, or wants new keys first: the same question again is safe.
        is_open = code in profile.sign_in_codes | profile.unknown_codes
        return (ReversalVerdict.RETRY if is_open else ReversalVerdict.MANUAL), False
    if not _may_mean_not_found(code, profile):
        return ReversalVerdict.DONE, False
    if asked is Asked.ANOTHER_DAY:
        return ReversalVerdict.MANUAL, False
    if asked is Asked.EARLY:
        return ReversalVerdict.RETRY, True
    return ReversalVerdict.DONE, False


def _may_mean_not_found(code: str, profile: HostProfile) -> bool:
    # The original may still be on its way: then it would be booked after its reversal.
    return code == _NOT_FOUND or (code == _DONE and profile.reversal_not_found_is_00)


def _no_answer(problem: Problem, code: str, is_sign_in_needed: bool) -> ReversalAnswer:
    return ReversalAnswer(
        verdict=ReversalVerdict.RETRY,
        response_code=code,
        problem=problem,
        is_sign_in_needed=is_sign_in_needed,
    )

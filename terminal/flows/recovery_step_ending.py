"""How one try of recovery ended: what its answer says of the refund, and the record of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from terminal.domain.keypad_questions import Refusal
from terminal.domain.recovering import was_its_day
from terminal.domain.recovery_records import EARLY, IMPOSSIBLE
from terminal.domain.transaction import Outcome
from terminal.effects import HangUp, Persist
from terminal.events import HostReplied, KeypadFailed
from terminal.flows.answer_mac import mac_check, mac_question
from terminal.flows.answer_values import answer_values, problem_text, trusted_day
from terminal.flows.host_asks import wishes
from terminal.flows.recovery_step_case import Step, Trying
from terminal.flows.result_record import result
from terminal.iso8583 import matching, messages
from terminal.iso8583.matching import Asked, Finding, InquiryAnswer, Kind
from terminal.iso8583.messages import Message

NOT_FOUND_MOST: Final = 2  # so often, each asked after the message life, it never arrived
NOT_BELIEVED: Final = "not_believed"
ANSWERED: Final = "answered"
NAMES: Final = {
    Finding.FOUND: "found",
    Finding.NOT_FOUND: "not_found",
    Finding.IN_PROGRESS: "in_progress",
}
FINAL: Final = {Kind.APPROVED: Outcome.APPROVED, Kind.DECLINED: Outcome.DECLINED}


@dataclass(frozen=True, slots=True)
class Judged:
    """`outcome` is None while nothing is certain; `counts`: a try that is used up."""

    finding: str
    outcome: Outcome | None = None
    counts: bool = True
    not_found: int = 0
    response_code: str = ""
    host_time: str = ""
    is_authenticated: bool = False
    is_sign_in_needed: bool = False
    values: dict[str, Any] = field(default_factory=dict)


def keep_reply(c: Trying, event: HostReplied) -> Step:
    """Ours by type, trace, terminal and merchant: is it also the host's?"""
    reply = messages.decode(event.raw)
    kept = replace(c, reply=reply, host_asks=event.processing_request)
    return kept, (mac_question(c.facts, event.raw),)


def judge(c: Trying, event: object) -> Judged:
    """What the answer says of the refund; the host's own code is never the refund's."""
    reply = messages.decode(event.raw) if isinstance(event, HostReplied) else c.reply
    assert reply is not None
    return _of_inquiry(c, reply, event) if c.step == "inquiry" else _of_copy(c, reply, event)


def _of_copy(c: Trying, reply: Message, event: object) -> Judged:
    """Only an approval is final: a decline of a copy says nothing about the first one."""
    assert c.request is not None
    answer = matching.check_copy(c.request, reply, c.facts.profile, mac=mac_check(event))
    values = answer_values(c.facts, c.one.intent, answer)
    return Judged(
        finding=ANSWERED if answer.is_authenticated else NOT_BELIEVED,
        outcome=FINAL.get(answer.kind),
        response_code=answer.response_code,
        host_time=answer.host_time,
        is_authenticated=answer.is_authenticated,
        is_sign_in_needed=answer.is_sign_in_needed,
        values=values,
    )


def _of_inquiry(c: Trying, reply: Message, event: object) -> Judged:
    assert c.request is not None
    answer = matching.check_inquiry(
        c.request,
        reply,
        c.facts.profile,
        amount_minor=c.one.intent.amount_minor,
        mac=mac_check(event),
    )
    judged = Judged(
        finding=_name(answer),
        outcome=FINAL.get(answer.kind),
        not_found=0 if answer.is_authenticated else c.not_found,
        response_code=answer.original_code or answer.response_code,
        host_time=answer.host_time,
        is_authenticated=answer.is_authenticated,
        is_sign_in_needed=answer.is_sign_in_needed,
        values=_inquiry_values(c, answer),
    )
    return _not_found(c, reply, judged) if answer.finding is Finding.NOT_FOUND else judged


def _name(answer: InquiryAnswer) -> str:
    if not answer.is_authenticated:
        return NOT_BELIEVED
    return NAMES.get(answer.finding, ANSWERED)


def _inquiry_values(c: Trying, answer: InquiryAnswer) -> dict[str, Any]:
    is_trusted = answer.is_authenticated
    return {
        "response_code": answer.original_code or answer.response_code,
        "rrn": answer.rrn,
        "auth_code": answer.auth_code,
        # Its date and time are the answer's: the refund keeps the terminal's own.
        "detail": problem_text(answer.problem),
        "trusted_day": trusted_day(c.facts, answer.host_date) if is_trusted else "",
    }


def _not_found(c: Trying, reply: Message, judged: Judged) -> Judged:
    """No try while it may be on its way; on another day the host may have forgotten it."""
    if c.asked is Asked.EARLY:
        return replace(judged, finding=EARLY, counts=False, not_found=c.not_found)
    if not was_its_day(c.facts, c.one, reply.text(13), reply.text(12)):
        return replace(judged, finding="not_found_later")
    count = c.not_found + 1
    outcome = Outcome.NOT_DONE if count >= NOT_FOUND_MOST else None
    return replace(judged, outcome=outcome, counts=False, not_found=count)


def is_final(c: Trying, event: object) -> bool:
    """Approved, declined, or never arrived: for certain."""
    return judge(c, event).outcome is not None


def is_authenticated(c: Trying, event: object) -> bool:
    """The host's own words, and not final."""
    return judge(c, event).is_authenticated


# ---- what becomes of it


def store_final(c: Trying, event: object) -> Step:
    """The result is durable before anybody sees it; nothing is ever sent again for it."""
    judged = judge(c, event)
    assert judged.outcome is not None
    return _ended(c, judged, result(c.record, judged.outcome, recovered=c.step, **judged.values))


def store_open(c: Trying, event: object) -> Step:
    """Nothing is certain: what came is kept, and the next try is due later."""
    judged = judge(c, event)
    return _ended(c, judged, _answer(c, judged))


def _answer(c: Trying, judged: Judged) -> Persist:
    values = {name: judged.values.get(name, "") for name in ("detail", "trusted_day")}
    body = {
        "intent": c.record,
        "step": c.step,
        "finding": judged.finding,
        "tries": c.number if judged.counts else c.number - 1,
        "not_found": judged.not_found,
        "response_code": judged.response_code,
        "host_time": judged.host_time,
        **values,
    }
    return Persist("recovery_answer", {k: v for k, v in body.items() if v != ""})


def store_silent(c: Trying, event: object) -> Step:
    """Sent and not answered: a try."""
    detail = {"detail": getattr(event, "reason", "time-out")}
    judged = Judged("no_answer", not_found=c.not_found, values=detail)
    return c, (HangUp(), _answer(c, judged))


def store_not_sent(c: Trying, event: object) -> Step:
    """Certain that this copy never left: it is no try."""
    detail = {"detail": getattr(event, "reason", "")}
    judged = Judged("not_sent", counts=False, not_found=c.not_found, values=detail)
    return replace(c, unsigned=b""), (_answer(c, judged),)


def store_no_keypad(c: Trying, event: object) -> Step:
    """The pad opened nothing, or made no MAC: nothing left."""
    judged = Judged("keypad", counts=False, not_found=c.not_found)
    keys_gone = isinstance(event, KeypadFailed) and event.refusal is Refusal.NO_WORKING_KEY
    wanted = (Persist("sign_in_wanted", {"why": "keypad"}),) if keys_gone else ()
    return replace(c, unsigned=b""), (_answer(c, judged), *wanted)


def store_impossible(c: Trying, event: object) -> Step:
    """No copy can be made any more: the card's number is gone. The next step is due."""
    return c, (_answer(c, Judged(IMPOSSIBLE, counts=False)),)


def _ended(c: Trying, judged: Judged, record: Persist) -> Step:
    kept = replace(c, reply=None)
    if judged.is_sign_in_needed:
        return kept, (record, Persist("sign_in_wanted", {"why": judged.response_code or "mac"}))
    return kept, (record, *wishes(c.host_asks))

"""How one try of a reversal ended: what the answer says, and the record of it (profile 4)."""

from __future__ import annotations

from dataclasses import replace

from terminal.domain.keypad_questions import Refusal
from terminal.domain.recovering import was_its_day
from terminal.domain.transaction import Outcome
from terminal.effects import HangUp, Persist
from terminal.events import HostReplied, KeypadFailed
from terminal.flows.answer_mac import mac_check, mac_question
from terminal.flows.host_asks import wishes
from terminal.flows.result_record import result
from terminal.flows.reversal_case import Reversal, Step
from terminal.iso8583 import matching, messages
from terminal.iso8583.matching import Asked, ReversalAnswer, ReversalVerdict


def keep_reply(c: Reversal, event: HostReplied) -> Step:
    """Ours by type, trace, terminal and merchant: is it also the host's?"""
    reply = messages.decode(event.raw)
    kept = replace(c, reply=reply, host_asks=event.processing_request)
    return kept, (mac_question(c.facts, event.raw),)


def judge(c: Reversal, event: object) -> ReversalAnswer:
    """What the answer says; a host whose day is another one may have forgotten the request."""
    assert c.request is not None
    reply = messages.decode(event.raw) if isinstance(event, HostReplied) else c.reply
    assert reply is not None
    is_its_day = was_its_day(c.facts, c.one, reply.text(13), reply.text(12))
    asked = c.asked if is_its_day else Asked.ANOTHER_DAY
    return matching.check_reversal(
        c.request, reply, c.facts.profile, mac=mac_check(event), asked=asked
    )


def is_done(c: Reversal, event: object) -> bool:
    """The host says for certain that nothing of the message stands."""
    return judge(c, event).verdict is ReversalVerdict.DONE


def is_early(c: Reversal, event: object) -> bool:
    """The host did not refuse, but the message may still be on its way to it."""
    return judge(c, event).is_early


def is_for_a_person(c: Reversal, event: object) -> bool:
    """The host refused for good."""
    return judge(c, event).verdict is ReversalVerdict.MANUAL


def is_refused_for_now(c: Reversal, event: object) -> bool:
    """Authenticated, and neither done nor refused for good."""
    return judge(c, event).is_authenticated


# ---- what becomes of it


def store_done(c: Reversal, event: object) -> Step:
    """Final: the sale was never paid, or the void never was."""
    answer = judge(c, event)
    return _ended(c, answer, result(c.record, Outcome.REVERSED, response_code=answer.response_code))


def store_early(c: Reversal, event: object) -> Step:
    """No try: the same is asked once more after the message life."""
    answer = judge(c, event)
    body = {"intent": c.record, "response_code": answer.response_code}
    return _ended(c, answer, Persist("reversal_early", body))


def store_for_a_person(c: Reversal, event: object) -> Step:
    """Kept for ever, until somebody settles it by name."""
    answer = judge(c, event)
    code = answer.response_code
    detail = f"reversal answered {code}"
    return _ended(c, answer, result(c.record, Outcome.MANUAL, response_code=code, detail=detail))


def store_no_message(c: Reversal, event: object) -> Step:
    """Nothing can be sent any more: the card's number is gone, or no longer fits."""
    return c, (result(c.record, Outcome.MANUAL, detail="no card number for a reversal"),)


def store_later(c: Reversal, event: object) -> Step:
    """Refused for now, or answered by somebody who may not be the host: asked again later."""
    answer = judge(c, event)
    problem = answer.problem
    detail = f"{problem.place}: {problem.expected} / {problem.received}" if problem else ""
    reason = matching.NOTHING_RECEIVED if problem else matching.NOT_USABLE
    return _ended(
        c,
        answer,
        result(
            c.record,
            Outcome.TO_REVERSE,
            reversal_reason=reason,
            response_code=answer.response_code if answer.is_authenticated else "",
            detail=detail,
        ),
    )


def store_silent(c: Reversal, event: object) -> Step:
    """Sent and not answered: a try."""
    detail = getattr(event, "reason", "time-out")
    reason = matching.NOTHING_RECEIVED
    stored = result(c.record, Outcome.TO_REVERSE, reversal_reason=reason, detail=detail)
    return c, (HangUp(), stored)


def store_not_sent(c: Reversal, event: object) -> Step:
    """Certain that this copy never left: it is taken off the count."""
    detail = getattr(event, "reason", "keypad")
    stored = result(c.record, Outcome.TO_REVERSE, reversal_tries=c.number - 1, detail=detail)
    if isinstance(event, KeypadFailed) and event.refusal is Refusal.NO_WORKING_KEY:
        return c, (stored, Persist("sign_in_wanted", {"why": "keypad"}))
    return replace(c, unsigned=b""), (stored,)


def _ended(c: Reversal, answer: ReversalAnswer, record: Persist) -> Step:
    kept = replace(c, reply=None)
    if answer.is_sign_in_needed:
        why = answer.response_code or "mac"
        return kept, (record, Persist("sign_in_wanted", {"why": why}))
    return kept, (record, *wishes(c.host_asks))

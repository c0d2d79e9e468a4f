"""One money message on its way: what is known of it, and what each step does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from terminal.domain.card import EntryMode, HeldCard
from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import CheckMac, MacMade, MakeMac, Refusal, Verdict
from terminal.domain.transaction import Intent
from terminal.effects import AskKeypad, Effect, ForgetCard, HangUp, Persist, SendToHost
from terminal.events import HostReplied, KeypadAnswered, KeypadFailed
from terminal.flows.host_call import identity
from terminal.iso8583 import matching, messages
from terminal.iso8583.matching import Answer, Kind, MacCheck
from terminal.iso8583.messages import Message, RefundRequest

HOST_ASKS_SIGN_IN: Final = "3"  # digit 6 of the answer's header (1.3)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One intent on its way. `record` is its number in the journal."""

    facts: Facts
    intent: Intent
    card: HeldCard
    sealed: bytes
    request: Message | None = None
    unsigned: bytes = b""
    record: int = 0
    reply: Message | None = None
    reply_raw: bytes = b""
    asks_sign_in: bool = False


Step = tuple[Exchange, tuple[Effect, ...]]


def build(intent: Intent, card: HeldCard, facts: Facts) -> Message:
    """The refund's message without its MAC (3.5)."""
    original = intent.original
    request = RefundRequest(
        amount_minor=intent.amount_minor,
        stan=f"{intent.stan:06d}",
        batch=f"{intent.batch:06d}",
        entry_mode=EntryMode(intent.entry).de22,
        original_rrn=original.rrn,
        original_date=original.mmdd,
        original_auth_code=original.auth_code or None,
        original_batch=f"{original.batch:06d}",
        original_stan=f"{original.stan:06d}",
        pan=card.pan,
        expiry=card.expiry,
        track2=card.track2,
    )
    return messages.refund(identity(facts), request, facts.profile)


def store_intent(c: Exchange, event: object) -> Step:
    """On disk first; the pad's MAC then carries the number and hash of just this record."""
    request = build(c.intent, c.card, c.facts)
    unsigned = messages.unsigned(request)
    ask = AskKeypad(MakeMac(c.facts.profile.mac_algorithm, unsigned))
    ready = replace(c, request=request, unsigned=unsigned)
    return ready, (Persist("intent", c.intent.to_body(), c.sealed), ask)


def send(c: Exchange, event: KeypadAnswered) -> Step:
    """The point of no return. The card's stripe is not needed any more."""
    assert isinstance(event.answer, MacMade)
    raw = messages.sign(c.unsigned, event.answer.mac)
    order = SendToHost(raw, EntryMode(c.intent.entry).de22)
    assert c.request is not None
    kept = replace(c, unsigned=b"", request=_without_card(c.request), record=record_of(c))
    return kept, (order, ForgetCard(c.card))


def _without_card(request: Message) -> Message:
    # What an answer is compared with needs no card data (profile 2).
    kept = {n: v for n, v in request.fields.items() if n not in (2, 14, 35, 36, 52)}
    return Message(request.mti, kept)


def record_of(c: Exchange) -> int:
    """The record of this intent: the books know it by its number."""
    wanted = (c.intent.batch, c.intent.stan)
    open_ones = c.facts.books.unresolved.items()
    return next(n for n, t in open_ones if (t.intent.batch, t.intent.stan) == wanted)


def _result(c: Exchange, outcome: str, **more: Any) -> Persist:
    body = {"intent": c.record, "outcome": outcome, **more}
    return Persist("result", {k: v for k, v in body.items() if v not in ("", None)})


def store_not_sent(c: Exchange, event: object) -> Step:
    """Certain: nothing left. The number is used up all the same."""
    c = replace(c, record=record_of(c))
    keys_gone = isinstance(event, KeypadFailed) and event.refusal is Refusal.NO_WORKING_KEY
    effects: tuple[Effect, ...] = (_result(c, "not_sent", detail=_why(event)), ForgetCard(c.card))
    if keys_gone:
        effects = (*effects, Persist("sign_in_wanted", {"why": "keypad"}))
    return c, effects


def _why(event: object) -> str:
    if isinstance(event, KeypadFailed):
        return f"keypad {event.refusal.name.lower()}" if event.refusal else "keypad silent"
    return getattr(event, "reason", "keypad silent")


def keep_reply(c: Exchange, event: HostReplied) -> Step:
    """Ours by type, trace, terminal and merchant: is it also the host's?"""
    reply = messages.decode(event.raw)
    asks = event.processing_request == HOST_ASKS_SIGN_IN
    kept = replace(c, reply=reply, reply_raw=event.raw, asks_sign_in=asks)
    mac, data = reply.raw(64), messages.mac_input(event.raw)
    return kept, (AskKeypad(CheckMac(c.facts.profile.mac_algorithm, data, mac)),)


def has_mac(c: Exchange, event: HostReplied) -> bool:
    """An F64 that is there must verify."""
    return matching.mac_needed(messages.decode(event.raw))


def judge(c: Exchange, event: object) -> Answer:
    """What the answer says of the money (profile 1 and 2)."""
    assert c.request is not None
    if isinstance(event, HostReplied):
        return matching.check(
            c.request, messages.decode(event.raw), c.facts.profile, mac=MacCheck.ABSENT
        )
    assert c.reply is not None
    return matching.check(c.request, c.reply, c.facts.profile, mac=_mac_check(event))


def _mac_check(event: object) -> MacCheck:
    if isinstance(event, KeypadAnswered) and isinstance(event.answer, Verdict):
        return MacCheck.VERIFIED if event.answer.right else MacCheck.WRONG
    return MacCheck.NOT_CHECKED


def is_approved(c: Exchange, event: object) -> bool:
    """Authenticated, every field right, and the code says so."""
    return judge(c, event).kind is Kind.APPROVED


def is_declined(c: Exchange, event: object) -> bool:
    """Certain that no money moved."""
    return judge(c, event).kind is Kind.DECLINED


def store_answer(c: Exchange, event: object) -> Step:
    """The result is durable before anybody sees it."""
    answer = judge(c, event)
    asks = c.asks_sign_in or (
        isinstance(event, HostReplied) and event.processing_request == HOST_ASKS_SIGN_IN
    )
    result = _result(c, answer.kind.value, **_details(c, answer))
    effects: tuple[Effect, ...] = (result,)
    if answer.is_sign_in_needed or asks:
        why = answer.response_code if answer.is_sign_in_needed else "host"
        effects = (result, Persist("sign_in_wanted", {"why": why or "mac"}))
    return replace(c, reply=None, reply_raw=b""), effects


def _details(c: Exchange, answer: Answer) -> dict[str, Any]:
    problem = answer.problem
    detail = f"{problem.place}: {problem.expected} / {problem.received}" if problem else ""
    approved = answer.approved_minor
    return {
        "response_code": answer.response_code,
        "rrn": answer.rrn,
        "auth_code": answer.auth_code,
        "host_date": answer.host_date,
        "host_time": answer.host_time,
        "issuer": answer.issuer,
        "acquirer": answer.acquirer,
        "detail": detail,
        "approved_minor": approved if approved != c.intent.amount_minor else None,
        "trusted_day": _trusted_day(c, answer),
    }


def _trusted_day(c: Exchange, answer: Answer) -> str:
    """The host's MMDD with the year that brings it nearest to this terminal's day."""
    if not answer.is_authenticated or len(answer.host_date) != 4:
        return ""
    here = c.facts.today
    days = (_day(here.year + shift, answer.host_date) for shift in (-1, 0, 1))
    near = min((d for d in days if d), key=lambda d: abs((d - here).days), default=None)
    return near.isoformat() if near else ""


def _day(year: int, mmdd: str) -> date | None:
    try:
        return date(year, int(mmdd[:2]), int(mmdd[2:]))
    except ValueError:
        return None


def store_unknown(c: Exchange, event: object) -> Step:
    """No answer is an outcome of its own: it counts as spent until it is resolved."""
    detail = getattr(event, "reason", "time-out")
    return c, (HangUp(), _result(c, "unknown", detail=detail))

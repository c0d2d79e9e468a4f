"""One money message on its way: what is known of it, and what each step does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from terminal.domain.card import HeldCard
from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import MacMade, MakeMac, Refusal
from terminal.domain.transaction import Intent, Outcome
from terminal.effects import AskKeypad, Beep, Effect, ForgetCard, HangUp, Persist, SendToHost
from terminal.events import HostReplied, KeypadAnswered, KeypadFailed
from terminal.flows.answer_mac import mac_check, mac_question
from terminal.flows.answer_values import answer_values
from terminal.flows.exchange_request import OPERATIONS, Given, entry_mode, money_request
from terminal.flows.host_asks import wishes
from terminal.flows.result_record import result
from terminal.flows.sealed_card import built, without_card
from terminal.iso8583 import matching, messages
from terminal.iso8583.matching import Answer, Kind, Operation
from terminal.iso8583.messages import Message


@dataclass(frozen=True, slots=True)
class Exchange:
    """One intent on its way. `record` is its number in the journal."""

    facts: Facts
    intent: Intent
    card: HeldCard | None
    sealed: bytes | None = field(default=None, repr=False)
    pin_block: bytes | None = field(default=None, repr=False)
    request: Message | None = None
    unsigned: bytes = field(default=b"", repr=False)
    record: int = 0
    reply: Message | None = None
    reply_raw: bytes = field(default=b"", repr=False)
    asks: str = ""  # digit 6 of the answer's header

    @property
    def operation(self) -> Operation:
        """Whether an unknown result stays unknown or is reversed."""
        return OPERATIONS[self.intent.operation]

    @property
    def entry_mode(self) -> str:
        """F22."""
        return entry_mode(self.intent.entry, self.pin_block)


Step = tuple[Exchange, tuple[Effect, ...]]


def with_request(c: Exchange) -> Exchange:
    """With its message, built once; without any where what was typed or kept makes none."""
    made = built(lambda _: money_request(c.intent, Given(c.card, c.pin_block), c.facts), None)
    return replace(c, request=made[0], unsigned=made[1]) if made else c


def can_be_sent(c: Exchange, event: object) -> bool:
    """What was typed, scanned or kept makes a message."""
    return c.request is not None


def store_intent(c: Exchange, event: object) -> Step:
    """On disk first; the pad's MAC then carries the number and hash of just this record."""
    ask = AskKeypad(MakeMac(c.facts.profile.mac_algorithm, c.unsigned))
    return c, (Persist("intent", c.intent.to_body(), c.sealed), ask)


def give_up(c: Exchange, event: object) -> Step:
    """Nothing is stored and nobody needs the card: there is nothing to send."""
    return c, (*_forget(c), Beep())


def send(c: Exchange, event: KeypadAnswered) -> Step:
    """The point of no return. Nobody needs the stripe any more, but for a sale's next PIN."""
    assert isinstance(event.answer, MacMade)
    raw = messages.sign(c.unsigned, event.answer.mac)
    order = SendToHost(raw, c.entry_mode)
    assert c.request is not None
    request = without_card(c.request)
    kept = replace(c, unsigned=b"", pin_block=None, request=request, record=record_of(c))
    # After a wrong PIN a sale asks for another one: its caller drops the card.
    return kept, (order,) if c.operation is Operation.SALE else (order, *_forget(c))


def _forget(c: Exchange) -> tuple[Effect, ...]:
    return (ForgetCard(c.card),) if c.card else ()


def record_of(c: Exchange) -> int:
    """The record of this intent: the books know it by its number."""
    wanted = (c.intent.batch, c.intent.stan)
    open_ones = c.facts.books.unresolved.items()
    return next(n for n, t in open_ones if (t.intent.batch, t.intent.stan) == wanted)


def store_not_sent(c: Exchange, event: object) -> Step:
    """Certain: nothing left. The number is used up all the same."""
    c = replace(c, record=record_of(c))
    keys_gone = isinstance(event, KeypadFailed) and event.refusal is Refusal.NO_WORKING_KEY
    effects: tuple[Effect, ...] = (
        result(c.record, Outcome.NOT_SENT, detail=_why(event)),
        *_forget(c),
    )
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
    kept = replace(c, reply=reply, reply_raw=event.raw, asks=event.processing_request)
    return kept, (mac_question(c.facts, event.raw),)


def judge(c: Exchange, event: object) -> Answer:
    """What the answer says of the money (profile 1 and 2)."""
    assert c.request is not None
    reply = messages.decode(event.raw) if isinstance(event, HostReplied) else c.reply
    assert reply is not None
    mac = mac_check(event)
    return matching.check(c.request, reply, c.facts.profile, mac=mac, operation=c.operation)


def is_approved(c: Exchange, event: object) -> bool:
    """Authenticated, every field right, and the code says so."""
    return judge(c, event).kind is Kind.APPROVED


def is_declined(c: Exchange, event: object) -> bool:
    """Certain that no money moved."""
    return judge(c, event).kind is Kind.DECLINED


def store_answer(c: Exchange, event: object) -> Step:
    """The result is durable before anybody sees it."""
    answer = judge(c, event)
    asks = event.processing_request if isinstance(event, HostReplied) else c.asks
    stored = result(c.record, _outcome(answer), **answer_values(c.facts, c.intent, answer))
    effects: tuple[Effect, ...] = (stored, *wishes(asks))
    if answer.is_sign_in_needed:
        effects = (*effects, Persist("sign_in_wanted", {"why": answer.response_code or "mac"}))
    return replace(c, reply=None, reply_raw=b""), effects


def _outcome(answer: Answer) -> Outcome:
    """What is unknown of a sale or void is reversed, or left to a person."""
    if answer.kind is not Kind.UNKNOWN:
        return Outcome(answer.kind.value)
    if answer.needs_manual:
        return Outcome.MANUAL
    return Outcome.TO_REVERSE if answer.reversal_reason else Outcome.UNKNOWN


def store_unknown(c: Exchange, event: object) -> Step:
    """No answer is an outcome of its own: it counts as spent until it is resolved."""
    detail, answer = getattr(event, "reason", "time-out"), matching.nothing_received(c.operation)
    reason = answer.reversal_reason
    stored = result(c.record, _outcome(answer), detail=detail, reversal_reason=reason)
    return c, (HangUp(), stored)

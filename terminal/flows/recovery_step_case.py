"""One try of recovery: a question about a refund, or a copy of it, up to its leaving."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from terminal.domain.facts import Facts
from terminal.domain.host_profile import RecoveryStep
from terminal.domain.keypad_questions import CardOpened, MacMade, MakeMac
from terminal.domain.message_clocks import COPIES
from terminal.domain.recovering import is_its_day
from terminal.domain.transaction import Transaction
from terminal.effects import AskKeypad, Effect, Persist, SendToHost
from terminal.events import KeypadAnswered
from terminal.flows.host_call import identity
from terminal.flows.kept_refund import kept_refund, sent_entry_mode
from terminal.flows.sealed_card import NO_CARD, opening, sealed
from terminal.iso8583 import messages
from terminal.iso8583.matching import Asked
from terminal.iso8583.messages import InquiryRequest, Message, MessageError

NO_DATE = "0000"


@dataclass(frozen=True, slots=True)
class Trying:
    """One message on its way about the refund with this record; `number` counts this step's tries.

    `asked` is when it left, seen from the last copy of the refund.
    """

    facts: Facts
    record: int
    step: RecoveryStep
    number: int
    request: Message | None = None
    unsigned: bytes = field(default=b"", repr=False)
    asked: Asked = Asked.EARLY
    reply: Message | None = None
    host_asks: str = ""

    @property
    def one(self) -> Transaction:
        """The refund as it stands in the books."""
        found = self.facts.books.transaction(self.record)
        assert found is not None
        return found

    @property
    def not_found(self) -> int:
        """How often it was not found so far in this step."""
        return self.one.not_found if self.one.recovery_step == self.step else 0


Step = tuple[Trying, tuple[Effect, ...]]


def needs_no_card(c: Trying, event: object) -> bool:
    """A question names only numbers, a payment by code only its voucher."""
    return (c.step not in COPIES or bool(c.one.intent.original.voucher)) and can_be_built(c, event)


def has_card(c: Trying, event: object) -> bool:
    """A copy needs the number in place of the stripe; it is still sealed beside the intent."""
    return c.step in COPIES and sealed(c.facts, c.record) is not None


def open_card(c: Trying, event: object) -> Step:
    """The pad opens it."""
    return c, (opening(c.facts, c.one),)


def _build(c: Trying, card: CardOpened) -> Message:
    """The message without its MAC. Raises MessageError for what can't be sent so."""
    who, intent, profile = identity(c.facts), c.one.intent, c.facts.profile
    if c.step == "inquiry":
        return messages.inquiry(who, _question(c), profile)
    kept = kept_refund(intent, card, intent.amount_minor)
    build = messages.resend if c.step == "resend_same_stan" else messages.refund_upload
    return build(who, kept, profile)


def _question(c: Trying) -> InquiryRequest:
    """With a number of its own: no answer to an older question is one to this (reliability 9)."""
    one = c.one
    return InquiryRequest(
        stan=f"{c.facts.books.next_stan:06d}",
        batch=f"{one.intent.batch:06d}",
        asked_stan=f"{one.intent.stan:06d}",
        asked_date=one.trusted_day[5:].replace("-", "") or NO_DATE,
    )


def _built(c: Trying, event: object) -> tuple[Message, bytes] | None:
    opened = event.answer if isinstance(event, KeypadAnswered) else NO_CARD
    assert isinstance(opened, CardOpened)
    try:
        request = _build(c, opened)
        return request, messages.unsigned(request)
    except MessageError:
        return None


def can_be_built(c: Trying, event: object) -> bool:
    """What is kept of it still makes a message."""
    return _built(c, event) is not None


def store_try(c: Trying, event: object) -> Step:
    """Counted, and its number used up, on disk before it leaves."""
    built = _built(c, event)
    assert built is not None
    request, unsigned = built
    body = {"intent": c.record, "step": c.step, "number": c.number}
    if c.step == "inquiry":
        body["stan"] = c.facts.books.next_stan
    # What an answer is compared with needs no card data (profile 2).
    kept = Message(request.mti, {n: v for n, v in request.fields.items() if n not in (2, 14)})
    ask = AskKeypad(MakeMac(c.facts.profile.mac_algorithm, unsigned))
    return replace(c, request=kept, unsigned=unsigned), (Persist("recovery_try", body), ask)


def send(c: Trying, event: KeypadAnswered) -> Step:
    """From here on a copy may have moved the money."""
    assert isinstance(event.answer, MacMade)
    raw = messages.sign(c.unsigned, event.answer.mac)
    order = SendToHost(raw, sent_entry_mode(c.one.intent))
    return replace(c, unsigned=b"", asked=_asked_now(c)), (order,)


def _asked_now(c: Trying) -> Asked:
    if not is_its_day(c.facts, c.one):
        return Asked.ANOTHER_DAY
    return Asked.EARLY if c.facts.life_left_s(c.record) else Asked.AFTER_LIFE

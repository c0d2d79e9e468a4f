"""One try of recovery: a question about a refund, or a copy of it, up to its leaving."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from terminal.domain.facts import Facts
from terminal.domain.host_profile import RecoveryStep
from terminal.domain.keypad_questions import CardOpened
from terminal.domain.message_clocks import COPIES
from terminal.domain.transaction import Transaction
from terminal.effects import Effect, Persist
from terminal.flows.host_call import identity
from terminal.flows.kept_refund import kept_refund
from terminal.flows.one_try import in_books, stored
from terminal.flows.sealed_card import built, sealed
from terminal.iso8583 import messages
from terminal.iso8583.matching import Asked
from terminal.iso8583.messages import InquiryRequest, Message

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
        return in_books(self.facts, self.record)

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


def _build(c: Trying, card: CardOpened) -> Message:
    """The message without its MAC. Raises MessageError for what can't be sent so."""
    who, intent, profile = identity(c.facts), c.one.intent, c.facts.profile
    if c.step == "inquiry":
        return messages.inquiry(who, _question(c), profile)
    kept = kept_refund(intent, card, intent.amount_minor)
    build = messages.resend if c.step == "resend_same_stan" else messages.refund_upload
    return build(who, kept, profile)


def _question(c: Trying) -> InquiryRequest:
    """With a number of its own: no answer to an older question is one to this (fault F42)."""
    one = c.one
    return InquiryRequest(
        stan=f"{c.facts.books.next_stan:06d}",
        batch=f"{one.intent.batch:06d}",
        asked_stan=f"{one.intent.stan:06d}",
        asked_date=one.trusted_day[5:].replace("-", "") or NO_DATE,
    )


def can_be_built(c: Trying, event: object) -> bool:
    """What is kept of it still makes a message."""
    return built(partial(_build, c), event) is not None


def store_try(c: Trying, event: object) -> Step:
    """Counted, and its number used up, on disk before it leaves."""
    made = built(partial(_build, c), event)
    assert made is not None
    body = {"intent": c.record, "step": c.step, "number": c.number}
    if c.step == "inquiry":
        body["stan"] = c.facts.books.next_stan
    return stored(c, made, Persist("recovery_try", body))

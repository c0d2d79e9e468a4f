"""One try of a reversal: the message of what it takes back, up to its leaving (3.6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import CardOpened
from terminal.domain.recovering import requested_on
from terminal.domain.transaction import Intent, Transaction
from terminal.effects import Effect, Persist
from terminal.flows.exchange_request import OPERATIONS
from terminal.flows.host_call import identity
from terminal.flows.kept_refund import sent_entry_mode
from terminal.flows.one_try import in_books, stored
from terminal.flows.sealed_card import built, sealed
from terminal.iso8583 import matching, messages
from terminal.iso8583.matching import Asked
from terminal.iso8583.messages import CardData, Message, ReversalRequest


@dataclass(frozen=True, slots=True)
class Reversal:
    """One 0400 on its way for the transaction with this record; `number` counts its tries.

    `asked` is when it left, seen from the message that it takes back.
    """

    facts: Facts
    record: int
    number: int = 1
    request: Message | None = None
    unsigned: bytes = field(default=b"", repr=False)
    asked: Asked = Asked.EARLY
    reply: Message | None = None
    host_asks: str = ""

    @property
    def one(self) -> Transaction:
        """The transaction as it stands in the books."""
        return in_books(self.facts, self.record)


Step = tuple[Reversal, tuple[Effect, ...]]

# ---- the message


def pays_by_voucher(c: Reversal, event: object) -> bool:
    """A QR payment is named by its voucher: there is no card."""
    return bool(_voucher(c.one)) and can_be_built(c, event)


def _voucher(one: Transaction) -> str:
    return one.voucher or one.intent.original.voucher


def has_card(c: Reversal, event: object) -> bool:
    """The sealed number is still there."""
    return sealed(c.facts, c.record) is not None


def build(c: Reversal, opened: CardOpened) -> Message:
    """The 0400 without its MAC. Raises MessageError for what can't be sent so."""
    one, intent = c.one, c.one.intent
    original = intent.original
    request = ReversalRequest(
        operation=OPERATIONS[intent.operation],
        amount_minor=intent.amount_minor,
        stan=f"{intent.stan:06d}",
        batch=f"{intent.batch:06d}",
        card=CardData(
            entry_mode=sent_entry_mode(intent), pan=opened.pan or None, expiry=opened.expiry or None
        ),
        reason=one.reversal_reason or matching.NOT_USABLE,
        auth_code=one.auth_code or _named_by_void(intent) or None,
        date=f"{requested_on(one):%m%d}",
        original_batch=f"{original.batch:06d}",
        original_stan=f"{original.stan:06d}",
        original_date=original.mmdd,
        voucher=_voucher(one) or None,
    )
    return messages.reversal(identity(c.facts), request, c.facts.profile)


def _named_by_void(intent: Intent) -> str:
    return intent.original.auth_code if intent.operation == "void" else ""


def can_be_built(c: Reversal, event: object) -> bool:
    """What was sealed, and what the intent says, still make a message."""
    return built(partial(build, c), event) is not None


def store_try(c: Reversal, event: object) -> Step:
    """Counted on disk before it leaves."""
    made = built(partial(build, c), event)
    assert made is not None
    body = {"intent": c.record, "number": c.number, "reason": made[0].text(39)}
    return stored(c, made, Persist("reversal_try", body))

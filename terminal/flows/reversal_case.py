"""One try of a reversal: the message of what it takes back, up to its leaving (3.6)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import CardOpened, MacMade, MakeMac
from terminal.domain.recovering import is_its_day, requested_on
from terminal.domain.transaction import Intent, Transaction
from terminal.effects import AskKeypad, Effect, Persist, SendToHost
from terminal.events import KeypadAnswered
from terminal.flows.exchange_request import OPERATIONS
from terminal.flows.host_call import identity
from terminal.flows.kept_refund import sent_entry_mode
from terminal.flows.sealed_card import NO_CARD, opening, sealed
from terminal.iso8583 import matching, messages
from terminal.iso8583.matching import Asked
from terminal.iso8583.messages import CardData, Message, MessageError, ReversalRequest


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
        found = self.facts.books.transaction(self.record)
        assert found is not None
        return found


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


def open_card(c: Reversal, event: object) -> Step:
    """The pad opens it."""
    return c, (opening(c.facts, c.one),)


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


def _built(c: Reversal, event: object) -> tuple[Message, bytes] | None:
    opened = event.answer if isinstance(event, KeypadAnswered) else NO_CARD
    assert isinstance(opened, CardOpened)
    try:
        request = build(c, opened)
        return request, messages.unsigned(request)
    except MessageError:
        return None


def can_be_built(c: Reversal, event: object) -> bool:
    """What was sealed, and what the intent says, still make a message."""
    return _built(c, event) is not None


def store_try(c: Reversal, event: object) -> Step:
    """Counted on disk before it leaves; the pad's MAC carries the number of just this record."""
    built = _built(c, event)
    assert built is not None
    request, unsigned = built
    body = {"intent": c.record, "number": c.number, "reason": request.text(39)}
    ask = AskKeypad(MakeMac(c.facts.profile.mac_algorithm, unsigned))
    # What an answer is compared with needs no card data (profile 2).
    kept = Message(request.mti, {n: v for n, v in request.fields.items() if n not in (2, 14)})
    return replace(c, request=kept, unsigned=unsigned), (Persist("reversal_try", body), ask)


def send(c: Reversal, event: KeypadAnswered) -> Step:
    """The point of no return of this copy."""
    assert isinstance(event.answer, MacMade)
    raw = messages.sign(c.unsigned, event.answer.mac)
    order = SendToHost(raw, sent_entry_mode(c.one.intent))
    return replace(c, unsigned=b"", asked=_asked_now(c)), (order,)


def _asked_now(c: Reversal) -> Asked:
    if not is_its_day(c.facts, c.one):
        return Asked.ANOTHER_DAY
    return Asked.EARLY if c.facts.life_left_s(c.record) else Asked.AFTER_LIFE

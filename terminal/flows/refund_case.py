"""What a refund knows while it is entered; its guards and actions up to the password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from terminal.domain import ceilings, refund_policy
from terminal.domain.facts import Facts
from terminal.domain.money import Amount, typed_amount
from terminal.domain.original import Original
from terminal.domain.reasons import Reason
from terminal.domain.refund_policy import Host, Refused, Verdict
from terminal.domain.transaction import Intent, Transaction
from terminal.effects import Beep, Effect, Persist
from terminal.events import Key, KeyPressed, Returned
from terminal.flows import password_entry, same_again
from terminal.flows.card_entry import TakenCard
from terminal.flows.exchange_request import BY_QR, entry_mode
from terminal.flows.home_next import VoidInstead
from terminal.flows.leaving import REASONS, Left
from terminal.flows.same_again import Another
from terminal.ui.screens import Say, say
from terminal.ui.text import Text


@dataclass(frozen=True, slots=True)
class Refund:
    """All of it; `facts` is the world as it is now."""

    facts: Facts
    scanned: str | None = None
    original: Original | None = None
    qr: bool = False
    was_offered: bool = False  # the void of this purchase
    void: VoidInstead | None = None
    amount_minor: int = 0
    reason: Reason | None = None
    picked: int = 0
    document: str = ""
    entry: str = ""
    error: Say | None = None
    card: TakenCard | None = None
    verdict: Verdict = field(default_factory=Verdict)
    approver: str = ""
    second_approver: str = ""
    approved_token: str = ""
    left: Left | None = None
    done: Transaction | None = None

    @property
    def purchase(self) -> Original:
        """The original, once it is found."""
        assert self.original is not None
        return self.original

    @property
    def is_qr(self) -> bool:
        """Paid from a wallet: its voucher is enough, no card is needed."""
        return bool(self.purchase.voucher)

    @property
    def remaining_minor(self) -> int:
        """What can still be given back of it."""
        return self.facts.books.remaining_minor(self.purchase.key, self.purchase.amount_minor)


def host_rules(facts: Facts) -> Host:
    """What the acquirer allows."""
    return Host(facts.profile.refund_window_days, facts.profile.same_day_refund == "allowed")


Step = tuple[Refund, tuple[Effect, ...]]


# ---- left, or refused


def say_left(c: Refund, event: Returned) -> Step:
    """Somebody left it: no money moved."""
    return _leave(c, event.result)


def say_cancelled(c: Refund, event: object) -> Step:
    """Cancel is free until something has left the terminal."""
    return _leave(c, Left.CANCELLED)


def say_expired(c: Refund, event: object) -> Step:
    """Nobody pressed a key: as if cancelled."""
    return _leave(c, Left.TIMED_OUT)


def _leave(c: Refund, left: Left) -> Step:
    return replace(c, left=left, error=say(REASONS[left])), ()


def said(c: Refund, refused: Refused) -> Say:
    """A refusal of the policy in words, with the limit that it is about."""
    limit = Amount(c.facts.parameters.refund_max_minor)
    days = c.facts.parameters.window_days(c.facts.profile.refund_window_days)
    return say(REFUSALS[refused], amount=limit, days=days)


REFUSALS: Mapping[Refused, Text] = MappingProxyType(
    {
        Refused.AMOUNT_ZERO: Text.REFUSED_ZERO,
        Refused.ABOVE_REMAINING: Text.REFUSED_ABOVE_REMAINING,
        Refused.ABOVE_MAXIMUM: Text.REFUSED_ABOVE_MAXIMUM,
        Refused.WINDOW_PASSED: Text.REFUSED_WINDOW,
        Refused.DAY_TO_COME: Text.REFUSED_FUTURE,
        Refused.SAME_DAY: Text.REFUSED_SAME_DAY,
        Refused.TYPED_CARD: Text.EXCEPTION_TYPED_CARD,
        Refused.OTHER_CARD: Text.OTHER_CARD,
        Refused.NO_ORIGINAL: Text.REFUSED_NO_ORIGINAL,
        Refused.ORIGINAL_CEILING: Text.ORIGINAL_CEILING,
        Refused.CARD_CEILING: Text.CARD_CEILING,
        Refused.OPERATOR_CEILING: Text.OPERATOR_CEILING,
        Refused.BATCH_CEILING: Text.BATCH_CEILING,
        Refused.DAY_CEILING: Text.DAY_CEILING,
    }
)


def refuse(c: Refund, why: Say | None, what: str) -> Step:
    """Say why, and count it."""
    assert why is not None
    name = why.text.name if isinstance(why.text, Text) else ""
    body = {"what": what, "why": name.lower(), "key": c.purchase.key}
    return replace(c, error=why), (Persist("refused", body), Beep())


# ---- amount and reason


def wanted_minor(c: Refund) -> int:
    """What was typed; nothing typed is all that remains."""
    return typed_amount(c.entry) if c.entry else c.remaining_minor


def _amount_refusal(c: Refund) -> Refused | None:
    wanted, parameters = wanted_minor(c), c.facts.parameters
    refused = refund_policy.amount_refusal(wanted, c.remaining_minor, parameters)
    return refused or ceiling_refusal(replace(c, amount_minor=wanted))


def ceiling_refusal(c: Refund, token: str = "") -> Refused | None:
    """The shop's ceiling that stands in the way; that of the card once there is one."""
    books = c.facts.books
    wanted = ceilings.Wanted(c.amount_minor, books.operator, c.purchase.key, token)
    return ceilings.refusal(books, c.facts.parameters, wanted)


def amount_is_refundable(c: Refund, event: object) -> bool:
    """More than nothing, no more than remains, within the shop's limit."""
    return _amount_refusal(c) is None


def keep_amount(c: Refund, event: object) -> Step:
    """Next: the reason."""
    return replace(c, amount_minor=wanted_minor(c), entry="", error=None), ()


def explain_amount(c: Refund, event: object) -> Step:
    """Say which limit."""
    refused = _amount_refusal(c)
    assert refused is not None
    return replace(c, entry="", error=said(c, refused)), (Beep(),)


def _digit_reason(c: Refund, event: KeyPressed) -> int:
    return int(event.key.value) - 1 if event.key is not Key.DOUBLE_ZERO else -1


def digit_is_a_reason(c: Refund, event: KeyPressed) -> bool:
    """1 is the first of the list."""
    return 0 <= _digit_reason(c, event) < len(c.facts.parameters.reasons)


def pick_by_digit(c: Refund, event: KeyPressed) -> Step:
    """One key picks; the operator's own password is next."""
    return pick(replace(c, picked=_digit_reason(c, event)), event)


def pick(c: Refund, event: object) -> Step:
    """A refund like one before is asked about; then comes the operator's own password."""
    reason = c.facts.parameters.reasons[c.picked]
    kept = replace(c, reason=reason)
    first = same_again.equal_refund(c.facts, c.purchase.key, c.amount_minor)
    if first is not None:
        return kept, (same_again.call(c.facts, first),)
    return ask_password(kept, event)


def is_another(c: Refund, event: Returned) -> bool:
    """Somebody has looked at the one before and wants one more."""
    return isinstance(event.result, Another)


def ask_password(c: Refund, event: object) -> Step:
    """Every refund asks the operator's own password, unless the shop says otherwise."""
    operator = c.facts.operator
    assert operator is not None, "nobody is logged on"
    is_asked = c.facts.parameters.own_password == "ask"
    asked = password_entry.call(c.facts, operator, "refund.password", is_asked)
    return c, (asked,)


# ---- the whole of it


def intent_of(c: Refund) -> Intent:
    """What goes on disk before the message leaves."""
    assert c.reason is not None
    books, masked = c.facts.books, c.card.masked if c.card else None
    entry = masked.mode.value if masked else BY_QR
    return Intent(
        operation="refund" if masked else "qr_refund",
        stan=books.next_stan,
        batch=books.batch,
        amount_minor=c.amount_minor,
        entry=entry,
        card=masked.masked if masked else "",
        token=masked.token if masked else "",
        original=replace(c.purchase, notes=c.purchase.notes or books.notes_of(c.purchase.key)),
        reason=c.reason.code,
        document=c.document,
        operator=books.operator,
        approver=c.approver,
        exceptions=c.verdict.exceptions,
        second_approver=c.second_approver,
        entry_mode=entry_mode(entry, None),
    )

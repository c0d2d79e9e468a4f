"""Who has to agree to a refund, and on what paper: documents and approvals."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from terminal.domain.card import luhn_is_right
from terminal.domain.operators import Action
from terminal.effects import Beep
from terminal.events import Returned
from terminal.flows import approval, same_again
from terminal.flows.card_entry import TakenCard
from terminal.flows.refund_case import Refund, Step
from terminal.flows.refund_lines import case_lines, notice_lines
from terminal.flows.same_again import Another
from terminal.ui.screens import say
from terminal.ui.text import Text

# Lengths that card numbers have here and identity cards (15, 18) have not.
CARD_LENGTHS: Final = (16, 19)
TRUNCATED: Final = 10  # digits of a card number that may stand on record


def token_of(card: TakenCard | None) -> str:
    """Its name at the pad; a QR refund has no card."""
    return card.masked.token if card else ""


def approvals_missing(c: Refund) -> int:
    """How many more have to agree, to just this card."""
    given = bool(c.approver) + bool(c.second_approver)
    return max(0, c.verdict.approvers - given)


def ask_approver(c: Refund, event: object) -> Step:
    """Another person, never the requester, and never the same one twice."""
    operator = c.facts.operator
    assert operator is not None
    case = approval.Case(
        c.facts, "refund.approval", operator.number, Action.APPROVE_REFUND, case_lines(c)
    )
    case = replace(case, notice=notice_lines(c))
    if c.approver:
        case = replace(case, first=c.approver, question=Text.SECOND_NUMBER)
    return c, (approval.call(case),)


# ---- document and approval


def document_is_a_card(c: Refund, event: object) -> bool:
    """A card number does not go on record, whoever typed it where."""
    looks_like_one = len(c.entry) in CARD_LENGTHS and c.entry.isdigit() and luhn_is_right(c.entry)
    return looks_like_one or _is_this_card(c)


def _is_this_card(c: Refund) -> bool:
    if c.card is None or not c.card.held.held:
        return False
    # The entry ends at 18 digits, a card number of 19 does not.
    return len(c.entry) > TRUNCATED and c.card.held.pan.startswith(c.entry)


def refuse_card_as_document(c: Refund, event: object) -> Step:
    """Ask again."""
    return replace(c, entry="", error=say(Text.DOCUMENT_IS_CARD)), (Beep(),)


def document_is_given(c: Refund, event: object) -> bool:
    """At least one character."""
    return bool(c.entry)


def document_was_used(c: Refund, event: object) -> bool:
    """Another refund has named it."""
    return bool(c.entry) and same_again.refund_with(c.facts, c.entry) is not None


def keep_document_and_ask_again(c: Refund, event: object) -> Step:
    """The one that named it is shown; who has to approve comes after."""
    first = same_again.refund_with(c.facts, c.entry)
    assert first is not None
    kept, _ = keep_document(c, event)
    return kept, (same_again.call(c.facts, first, by_document=True),)


def case_needs_approver(c: Refund, event: object) -> bool:
    """A document is given and somebody has to approve, who has not done so for just this card."""
    return bool(c.entry) and approvals_missing(c) > 0


def keep_document(c: Refund, event: object) -> Step:
    """On the record, the slip and the report."""
    return replace(c, document=c.entry, entry="", error=None), ()


def keep_document_and_ask_approver(c: Refund, event: object) -> Step:
    """Both."""
    kept, _ = keep_document(c, event)
    return ask_approver(kept, event)


def needs_another(c: Refund, event: Returned) -> bool:
    """So large a sum wants two who agree."""
    return approvals_missing(_with_approver(c, event)) > 0


def ask_another(c: Refund, event: Returned) -> Step:
    """The second one sees the same case."""
    return ask_approver(_with_approver(c, event), event)


def keep_approver(c: Refund, event: Returned) -> Step:
    """All who are needed have agreed."""
    return _with_approver(c, event), ()


def _with_approver(c: Refund, event: Returned) -> Refund:
    """Bound to amount, original and card: any of them changing asks anew."""
    if isinstance(event.result, Another):
        return c
    if c.approver:
        return replace(c, second_approver=event.result)
    return replace(c, approver=event.result, approved_token=token_of(c.card))

"""What is known of the sale that is to be voided: guards and actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import CheckSlip, Verdict
from terminal.domain.original import SlipCode, SlipCodeError, parse_code
from terminal.domain.transaction import Transaction
from terminal.domain.void_policy import VoidRefused, sale_of, void_refusal
from terminal.effects import AskKeypad, Beep, Effect, Persist
from terminal.events import CodeScanned, KeypadAnswered
from terminal.flows.home_next import RefundInstead
from terminal.flows.original_code import COMPLAINTS, PLAIN_CODE
from terminal.ui.screens import Say, say
from terminal.ui.text import Text


@dataclass(frozen=True, slots=True)
class Which:
    """What was typed or scanned; `asked`: the trace number is known already."""

    facts: Facts
    asked: int | None = None
    entry: str = ""
    error: Say | None = None
    code: str | None = None
    key: str = ""
    sale: Transaction | None = None
    refused: VoidRefused | None = None


Step = tuple[Which, tuple[Effect, ...]]


REFUSALS: Mapping[VoidRefused, Text] = MappingProxyType(
    {
        VoidRefused.NOT_FOUND: Text.VOID_NOT_FOUND,
        VoidRefused.NO_REFERENCE: Text.VOID_NO_REFERENCE,
        VoidRefused.OTHER_DAY: Text.VOID_OTHER_DAY,
        VoidRefused.VOIDED: Text.VOID_ALREADY,
        VoidRefused.UNRESOLVED: Text.VOID_UNRESOLVED,
        VoidRefused.RETURNED: Text.VOID_HAS_RETURNS,
    }
)


def _judged(c: Which, sale: Transaction | None) -> Which:
    refused = void_refusal(c.facts.books, sale, c.facts.today)
    return replace(c, sale=sale, refused=refused, entry="", error=_said(c, sale, refused))


def _said(c: Which, sale: Transaction | None, refused: VoidRefused | None) -> Say | None:
    if refused is not VoidRefused.UNRESOLVED:
        phone = c.facts.parameters.service_phone
        return say(REFUSALS[refused], phone=phone) if refused else None
    assert sale is not None
    found = c.facts.books.blocking(sale.purchase.key, sale.intent.token, everything=False)
    return say(Text.VOID_UNRESOLVED, stan=f"{found.intent.stan:06d}" if found else "")


# ---- by number


def nothing_is_asked(c: Which, event: object) -> bool:
    """The number is still to be typed."""
    return c.asked is None


def _by_number(c: Which) -> Which:
    stan = int(c.entry) if c.asked is None else c.asked
    return _judged(c, c.facts.books.sales.get(stan))


def number_can_be_voided(c: Which, event: object) -> bool:
    """A sale of today, whole."""
    return bool(c.entry or c.asked) and _by_number(c).refused is None


def number_is_typed(c: Which, event: object) -> bool:
    """At least one digit."""
    return bool(c.entry or c.asked)


def keep_number(c: Which, event: object) -> Step:
    """All of it is known."""
    return _by_number(c), ()


def refuse_number(c: Which, event: object) -> Step:
    """Say why, and count it."""
    return _refuse(_by_number(c))


def _refuse(c: Which) -> Step:
    why = c.refused.value if c.refused else "code"
    return c, (Persist("refused", {"what": "void", "why": why, "key": c.key}), Beep())


# ---- by slip


def _parsed(c: Which, event: CodeScanned) -> SlipCode | SlipCodeError:
    try:
        return parse_code(event.text, c.facts.identity.merchant_id)
    except SlipCodeError as error:
        return error


def _plain_key(event: CodeScanned) -> str:
    found = PLAIN_CODE.fullmatch(event.text.strip())
    return found[2] + found[1] if found else ""


def code_is_plausible(c: Which, event: CodeScanned) -> bool:
    """A code of ours and of this shop; whether it is genuine, the pad says."""
    return isinstance(_parsed(c, event), SlipCode)


def check_code(c: Which, event: CodeScanned) -> Step:
    """Ask the pad for the shop's mark."""
    code = _parsed(c, event)
    assert isinstance(code, SlipCode)
    known = replace(c, key=code.original.key, code=event.text, error=None)
    return known, (AskKeypad(CheckSlip(code.signed, code.mark)),)


def plain_code_can_be_voided(c: Which, event: CodeScanned) -> bool:
    """The bar code names a sale that this journal holds: it needs no mark."""
    key = _plain_key(event)
    return bool(key) and _by_key(replace(c, key=key)).refused is None


def is_plain_code(c: Which, event: CodeScanned) -> bool:
    """The bar code of a slip."""
    return bool(_plain_key(event))


def _by_key(c: Which) -> Which:
    return _judged(c, sale_of(c.facts.books, c.key))


def keep_plain_code(c: Which, event: CodeScanned) -> Step:
    """All of it is known."""
    return _by_key(replace(c, key=_plain_key(event), code=event.text)), ()


def refuse_plain_code(c: Which, event: CodeScanned) -> Step:
    """Say why, and count it."""
    return _refuse(_by_key(replace(c, key=_plain_key(event), code=event.text)))


def refuse_code(c: Which, event: CodeScanned) -> Step:
    """Say by name what is wrong with the code."""
    return _refuse(replace(c, error=say(COMPLAINTS[str(_parsed(c, event))]), code=None, key=""))


def _is_genuine(event: KeypadAnswered) -> bool:
    return isinstance(event.answer, Verdict) and event.answer.right


def code_is_forged(c: Which, event: KeypadAnswered) -> bool:
    """Somebody changed, or made, this code."""
    return not _is_genuine(event)


def code_can_be_voided(c: Which, event: KeypadAnswered) -> bool:
    """Its sale is of this batch and today."""
    return _by_key(c).refused is None


def keep_code(c: Which, event: object) -> Step:
    """All of it is known."""
    return _by_key(c), ()


def refuse_forged(c: Which, event: object) -> Step:
    """No refund either."""
    return _refuse(replace(c, error=say(Text.CODE_FORGED), code=None))


def refuse_checked(c: Which, event: object) -> Step:
    """Say why, and count it."""
    return _refuse(_by_key(c))


def no_check(c: Which, event: object) -> Step:
    """Without the pad nobody knows whether the code is genuine."""
    return replace(c, code=None, error=say(Text.KEYPAD_GAVE_NO_ANSWER)), (Beep(),)


# ---- a refund instead


def may_be_refunded(c: Which, event: object) -> bool:
    """Another day, another batch, no number of the host's, or a part of it is back already."""
    return c.refused not in (None, VoidRefused.VOIDED, VoidRefused.UNRESOLVED)


def refund_instead(c: Which) -> RefundInstead:
    """Of this sale; one without a number of the host's is typed as the acquirer names it."""
    is_named = c.sale is not None and c.refused is not VoidRefused.NO_REFERENCE
    return RefundInstead(c.sale.purchase if c.sale and is_named else None, c.code)

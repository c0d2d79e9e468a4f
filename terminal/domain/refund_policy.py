"""Whether a refund may be asked of the host, and what somebody has to approve first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from terminal.domain.card import EntryMode
from terminal.domain.original import Original
from terminal.domain.parameters import Parameters

ABOVE_LIMIT: Final = "above_limit"
TYPED_CARD: Final = "typed_card"
OTHER_CARD: Final = "other_card"
OTHER_KEYPAD: Final = "other_keypad"
_WITH_DOCUMENT: Final = frozenset({TYPED_CARD, OTHER_CARD})
_KEY_NAME_LENGTH: Final = 4  # of a token: drivers/keypad.md, Token


class Match(Enum):
    """Whether the card at hand paid for the purchase."""

    MATCH = "match"
    ENDS_ONLY = "ends_only"  # the purchase has another keypad's token; the ends agree
    OTHER = "other"
    NOT_COMPARABLE = "not_comparable"  # only the host can tell


class Refused(Enum):
    """Why a refund is refused here, whoever approves."""

    AMOUNT_ZERO = "amount_zero"
    ABOVE_REMAINING = "above_remaining"
    ABOVE_MAXIMUM = "above_maximum"
    WINDOW_PASSED = "window_passed"
    DAY_TO_COME = "day_to_come"
    SAME_DAY = "same_day"
    TYPED_CARD = "typed_card"
    OTHER_CARD = "other_card"
    ORIGINAL_CEILING = "original_ceiling"
    CARD_CEILING = "card_ceiling"
    OPERATOR_CEILING = "operator_ceiling"
    BATCH_CEILING = "batch_ceiling"
    DAY_CEILING = "day_ceiling"


@dataclass(frozen=True, slots=True)
class Case:
    """A refund as far as it is known before approval. Days are the host's."""

    amount_minor: int
    remaining_minor: int
    original_day: date
    today: date
    match: Match
    mode: EntryMode
    ceiling: Refused | None = None  # the one that it breaks through: ceilings.refusal


@dataclass(frozen=True, slots=True)
class Verdict:
    """Refused for a reason, or allowed with the exceptions that an approver has to accept."""

    refused: Refused | None = None
    exceptions: tuple[str, ...] = ()

    @property
    def needs_approver(self) -> bool:
        """Somebody else has to agree."""
        return bool(self.exceptions)

    @property
    def needs_document(self) -> bool:
        """A document number has to be taken down."""
        return not _WITH_DOCUMENT.isdisjoint(self.exceptions)


def verdict(
    case: Case, parameters: Parameters, window_days: int, same_day_allowed: bool = True
) -> Verdict:
    """Judge a whole case; the first reason to refuse counts. The window is the host profile's."""
    refused = (
        day_refusal(case.original_day, case.today, window_days, same_day_allowed)
        or amount_refusal(case.amount_minor, case.remaining_minor, parameters)
        or card_refusal(case.match, case.mode, parameters)
        or case.ceiling
    )
    return Verdict(refused) if refused else Verdict(None, _exceptions(case, parameters))


def amount_refusal(
    amount_minor: int, remaining_minor: int, parameters: Parameters
) -> Refused | None:
    """Why this amount can't be given back; asked before there is a card."""
    if amount_minor <= 0:
        return Refused.AMOUNT_ZERO
    if amount_minor > remaining_minor:
        return Refused.ABOVE_REMAINING
    return Refused.ABOVE_MAXIMUM if amount_minor > parameters.refund_max_minor else None


def day_refusal(
    day: date, today: date, window_days: int, same_day_allowed: bool = True
) -> Refused | None:
    """Why a purchase of this day can't be refunded today; asked first."""
    if day > today:
        return Refused.DAY_TO_COME
    if day == today and not same_day_allowed:
        return Refused.SAME_DAY
    return Refused.WINDOW_PASSED if days_left(day, today, window_days) < 0 else None


def card_refusal(match: Match, mode: EntryMode, parameters: Parameters) -> Refused | None:
    """Why this card can't be refunded to in this shop."""
    if match is Match.OTHER and parameters.other_card == "off":
        return Refused.OTHER_CARD
    if mode is EntryMode.TYPED and parameters.typed_card == "off":
        return Refused.TYPED_CARD
    return None


def _exceptions(case: Case, parameters: Parameters) -> tuple[str, ...]:
    grounds = (
        (ABOVE_LIMIT, case.amount_minor > parameters.approval_above_minor),
        (TYPED_CARD, case.mode is EntryMode.TYPED),
        (OTHER_CARD, case.match is Match.OTHER),
        (OTHER_KEYPAD, case.match is Match.ENDS_ONLY),
    )
    return tuple(name for name, applies in grounds if applies)


def card_match(original: Original, card_ends: str, token: str) -> Match:
    """Compare by token where the same key made both, else by first six and last four.

    A purchase whose token says nothing to this keypad leaves weak evidence only (security 5).
    """
    if original.token and token and original.token[:_KEY_NAME_LENGTH] == token[:_KEY_NAME_LENGTH]:
        return Match.MATCH if original.token == token else Match.OTHER
    if not original.card_ends or not card_ends:
        return Match.NOT_COMPARABLE
    if original.card_ends != card_ends:
        return Match.OTHER
    return Match.ENDS_ONLY if original.token else Match.MATCH


def days_left(day: date, today: date, window_days: int) -> int:
    """Days of the refund window that are left: 0 on its last day, negative when it has passed."""
    return window_days - (today - day).days

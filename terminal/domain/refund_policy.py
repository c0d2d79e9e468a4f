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
OLD_PURCHASE: Final = "old_purchase"
NO_ORIGINAL: Final = "no_original"
ALONE: Final = "alone"  # approved by nobody else, within what the shop allows on one day
_WITH_DOCUMENT: Final = frozenset({TYPED_CARD, OTHER_CARD, NO_ORIGINAL})
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
    NO_ORIGINAL = "no_original"
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
    has_original: bool = True
    ceiling: Refused | None = None  # the one that it breaks through: ceilings.refusal
    alone_minor: int = 0  # what the operator may still approve for himself today


@dataclass(frozen=True, slots=True)
class Verdict:
    """Refused for a reason, or allowed with the exceptions that an approver has to accept."""

    refused: Refused | None = None
    exceptions: tuple[str, ...] = ()
    approvers: int = 0  # how many others have to agree

    @property
    def needs_document(self) -> bool:
        """A document number has to be taken down."""
        return not _WITH_DOCUMENT.isdisjoint(self.exceptions)


@dataclass(frozen=True, slots=True)
class Host:
    """What the acquirer allows, whoever approves here."""

    window_days: int
    same_day: bool = True


def verdict(case: Case, parameters: Parameters, host: Host) -> Verdict:
    """Judge a whole case; the first reason to refuse counts."""
    refused = (
        original_refusal(case.has_original, parameters)
        or day_refusal(case.original_day, case.today, parameters, host)
        or amount_refusal(case.amount_minor, case.remaining_minor, parameters)
        or card_refusal(case.match, case.mode, parameters)
        or case.ceiling
    )
    return Verdict(refused) if refused else _allowed(case, parameters, host)


def _allowed(case: Case, parameters: Parameters, host: Host) -> Verdict:
    exceptions = _exceptions(case, parameters, host)
    if exceptions and case.amount_minor <= case.alone_minor:
        return Verdict(None, (*exceptions, ALONE))
    needs_second = 0 < parameters.second_approver_above_minor < case.amount_minor
    return Verdict(None, exceptions, 2 if needs_second else 1 if exceptions else 0)


def original_refusal(is_known: bool, parameters: Parameters) -> Refused | None:
    """A refund of a purchase that nobody can name is none, unless the shop says otherwise."""
    return None if is_known or parameters.unknown_original == "approval" else Refused.NO_ORIGINAL


def amount_refusal(
    amount_minor: int, remaining_minor: int, parameters: Parameters
) -> Refused | None:
    """Why this amount can't be given back; asked before there is a card."""
    if amount_minor <= 0:
        return Refused.AMOUNT_ZERO
    if amount_minor > remaining_minor:
        return Refused.ABOVE_REMAINING
    return Refused.ABOVE_MAXIMUM if amount_minor > parameters.refund_max_minor else None


def day_refusal(day: date, today: date, parameters: Parameters, host: Host) -> Refused | None:
    """Why a purchase of this day can't be refunded today; asked first."""
    if day > today:
        return Refused.DAY_TO_COME
    if day == today and not host.same_day:
        return Refused.SAME_DAY
    own = parameters.window_days(host.window_days)
    window_days = host.window_days if parameters.old_purchase == "approval" else own
    return Refused.WINDOW_PASSED if days_left(day, today, window_days) < 0 else None


def card_refusal(match: Match, mode: EntryMode, parameters: Parameters) -> Refused | None:
    """Why this card can't be refunded to in this shop."""
    if match is Match.OTHER and parameters.other_card == "off":
        return Refused.OTHER_CARD
    if mode is EntryMode.TYPED and parameters.typed_card == "off":
        return Refused.TYPED_CARD
    return None


def _exceptions(case: Case, parameters: Parameters, host: Host) -> tuple[str, ...]:
    left = days_left(case.original_day, case.today, parameters.window_days(host.window_days))
    grounds = (
        (NO_ORIGINAL, not case.has_original),
        (OLD_PURCHASE, left < 0),
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

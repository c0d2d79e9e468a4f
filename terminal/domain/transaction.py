"""One operation that moved, or may have moved, money: its intent, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, Final

from terminal.domain.original import Original

# 63.1 of an answer: the own organisation, or nothing where no host has said any (3.9).
DOMESTIC: Final = frozenset({"", "CUP"})
REFUNDS: Final = frozenset({"refund", "qr_refund"})


def six_digits(number: int) -> str:
    """A trace or batch number as messages and screens have it (F11, 60.2)."""
    return f"{number:06d}"


class Outcome(Enum):
    """What is known of an intent. SENT has no result yet: after a restart that is UNKNOWN."""

    SENT = "sent"
    APPROVED = "approved"
    DECLINED = "declined"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"
    NOT_DONE = "not_done"  # sent, and known for certain never to have reached the host
    TO_REVERSE = "to_reverse"  # a sale or void without a result: its reversal is due
    REVERSED = "reversed"
    MANUAL = "manual"  # no machine resolves it any more: a person does, by name
    DONE_BY_HAND = "done_by_hand"  # a named person settled it from the acquirer's list
    NOT_DONE_BY_HAND = "not_done_by_hand"

    @property
    def counts_as_spent(self) -> bool:
        """Money has moved, or may have."""
        return self.unresolved or self.has_moved

    @property
    def has_moved(self) -> bool:
        """Money has moved for certain."""
        return self in (Outcome.APPROVED, Outcome.DONE_BY_HAND)

    @property
    def unresolved(self) -> bool:
        """Nobody knows yet."""
        return self in (Outcome.SENT, Outcome.UNKNOWN, Outcome.TO_REVERSE, Outcome.MANUAL)


@dataclass(frozen=True, slots=True)
class Intent:
    """What a cashier wanted, as it is on disk before its message leaves."""

    operation: str  # refund, qr_refund, void, sale
    stan: int
    batch: int
    amount_minor: int
    entry: str  # S, M, or Q for a payment by code
    card: str  # masked
    token: str
    original: Original
    reason: str  # code of the shop's list
    document: str
    operator: str
    approver: str = ""
    exceptions: tuple[str, ...] = ()  # why an approver was asked: above_limit, typed_card, …
    second_approver: str = ""  # above the shop's sum for two
    entry_mode: str = ""  # F22 as it was sent; empty: that of `entry` without a PIN
    host_day: str = ""  # the newest day (ISO) that the host had said before

    def to_body(self) -> dict[str, Any]:
        """JSON shape of the record `intent`."""
        body = asdict(self)
        body["original"]["day"] = self.original.day.isoformat()
        body["exceptions"] = list(self.exceptions)
        return body

    @staticmethod
    def from_body(body: Mapping[str, Any]) -> Intent:
        """The intent of a record's body."""
        fields = {k: v for k, v in body.items() if k in Intent.__dataclass_fields__}
        original = dict(body["original"], day=date.fromisoformat(body["original"]["day"]))
        original["notes"] = tuple(original.get("notes", ()))
        fields["original"] = Original(**original)
        fields["exceptions"] = tuple(body["exceptions"])
        return Intent(**fields)


_COUNTED: Final = frozenset({"record", "intent", "copies", "printed"})


@dataclass(frozen=True, slots=True)
class Transaction:
    """An intent with its record number and all that is known of it by now."""

    record: int
    intent: Intent
    outcome: Outcome = Outcome.SENT
    response_code: str = ""
    rrn: str = ""
    auth_code: str = ""
    host_date: str = ""  # MMDD
    host_time: str = ""  # hhmmss
    issuer: str = ""
    acquirer: str = ""
    organisation: str = ""  # of the card, as 63.1 of the answer named it
    trusted_day: str = ""  # the host's date of an authenticated answer, ISO
    detail: str = ""  # why it is unknown or was not sent
    approved_minor: int = 0  # when the host approved another amount than was asked (code 10)
    wall: str = ""  # this terminal's clock when the intent was stored, ISO 8601
    operator_name: str = ""
    settled_by: str = ""
    copies: int = 0  # reprints so far
    printed: tuple[str, ...] = ()  # names of slips that are on paper
    remarks: tuple[str, ...] = ()  # of the host's answer (63.2), for the slip
    reversal_reason: str = ""  # F39 of the reversal that is due: 98, A0 or 06
    reversal_tries: int = 0
    reversal_early: bool = False  # answered before the message life was over: asked once more
    voucher: str = ""  # of a QR payment, as the host's answer gave it
    recovery_step: str = ""  # of the profile's list, the last one that was tried
    recovery_tries: int = 0  # of that step
    recovery_over: bool = False  # that step can't be done, whatever tries are left
    recovery_early: bool = False  # "not found" within the message life: asked again after it
    not_found: int = 0  # answers that count: asked after the message life, one after the other
    recovered: str = ""  # the step that brought the result; empty: the first answer did

    @property
    def moved_minor(self) -> int:
        """What an approval has moved."""
        return self.approved_minor or self.intent.amount_minor

    @property
    def is_foreign(self) -> bool:
        """A card of another organisation than the country's own: a half of its own in F48 (3.9)."""
        return self.organisation not in DOMESTIC

    @property
    def purchase(self) -> Original:
        """A sale as the original that later refunds and voids are about."""
        day = date.fromisoformat(self.trusted_day) if self.trusted_day else self.intent.original.day
        return replace(
            self.intent.original,
            rrn=self.rrn,
            auth_code=self.auth_code,
            day=day,
            amount_minor=self.moved_minor,
            voucher=self.voucher,
            notes=self.remarks,
            source="journal",
        )

    @property
    def named_purchase(self) -> Original:
        """What the codes of its slip name: a sale is its own purchase."""
        return self.purchase if self.intent.operation == "sale" else self.intent.original

    @property
    def key(self) -> str:
        """What it is counted under: a sale is its own purchase; empty while that has no number."""
        if self.intent.operation != "sale":
            return self.intent.original.key
        own = self.purchase
        return own.key if own.rrn or own.voucher else ""

    def with_result(self, body: Mapping[str, Any]) -> Transaction:
        """Apply a record `result`."""
        fields = set(Transaction.__dataclass_fields__) - _COUNTED
        known = {k: v for k, v in body.items() if k in fields}
        known["remarks"] = tuple(body.get("remarks", self.remarks))
        known["outcome"] = outcome = Outcome(body["outcome"])
        # What was printed while it was unknown is no slip of its approval.
        printed = () if outcome is Outcome.APPROVED else self.printed
        return replace(self, printed=printed, **known)

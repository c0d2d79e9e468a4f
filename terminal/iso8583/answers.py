"""What is known after an answer, or after none."""

from dataclasses import dataclass, field
from enum import Enum, StrEnum


class Operation(Enum):
    """What was asked: an unknown refund stays unknown, an unknown void or sale is reversed."""

    REFUND = "refund"
    VOID = "void"
    SALE = "sale"


class MacCheck(Enum):
    """What the keypad said of F64. NOT_CHECKED: it was silent, or was never asked."""

    VERIFIED = "verified"
    WRONG = "wrong"
    ABSENT = "absent"
    NOT_CHECKED = "not checked"


class Kind(StrEnum):
    """What is known about the money after an answer, or after none."""

    APPROVED = "approved"
    DECLINED = "declined"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer of ours is no answer: the place, what was right there, what stood there."""

    place: str
    expected: str
    received: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The outcome and what the slip and the journal need; texts are empty when absent.

    `reversal_reason` is F39 of the reversal that a void or sale needs now, None for none.
    `needs_manual`: never resolve this by machine. `approved_minor` may be less than was asked.
    `balance_minor` is what F54 says the card has left; `voucher` names a QR payment (59 A4).
    Dates may be trusted only when `is_authenticated`.
    """

    kind: Kind
    response_code: str = ""
    problem: Problem | None = None
    is_authenticated: bool = False
    is_sign_in_needed: bool = False
    reversal_reason: str | None = None
    needs_manual: bool = False
    approved_minor: int | None = None
    rrn: str = ""
    auth_code: str = ""
    host_time: str = ""
    host_date: str = ""
    settlement_date: str = ""
    issuer: str = ""
    acquirer: str = ""
    card_organisation: str = ""
    remarks: tuple[str, ...] = ()
    balance_minor: int | None = None
    voucher: str = field(default="", repr=False)

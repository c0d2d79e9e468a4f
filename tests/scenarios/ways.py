"""Each operation step by step, to the screen where it ends.

A random sequence begins on a piece of a way, so that random acts happen deep inside them all.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.scenarios.fingers import PASSWORDS
from tests.scenarios.random_acts import BY_WALLET, SCANNED, Act
from tests.scenarios.sales import PIN

SUPERVISOR: tuple[Act, ...] = (("type", "10"), ("type", PASSWORDS["10"]))
ENTER: Act = ("press", "ENTER")
MOMENT: Act = ("wait", "3")
REFUND: tuple[Act, ...] = (
    ("slip", SCANNED),
    ENTER,
    ("press", "1"),
    ("type", PASSWORDS["01"]),
    ("card", "debit"),
    ENTER,
)
SALE: tuple[Act, ...] = (
    ("line", "SALE"),
    ("type", "5000"),
    ("card", "debit"),
    ("type", PIN),
    ENTER,
    MOMENT,
)
SOLD = (*SALE, ENTER, MOMENT)
SETTLEMENT: tuple[Act, ...] = (("line", "SETTLE"), ENTER)
REFUSED_UPLOAD: tuple[Act, ...] = (
    ("fault", "host.wrong_totals"),
    ("always", "host.bad_upload"),
    *SETTLEMENT,
    MOMENT,
    *(ENTER, MOMENT) * 2,
)
LOGGED_ON_AS_ADMINISTRATOR: tuple[Act, ...] = (
    ("press", "MENU"),
    ("press", "8"),
    ("type", "99"),
    ("type", PASSWORDS["99"]),
    MOMENT,
    ENTER,
)
TYPED_CARD = "6212345678901232"


@dataclass(frozen=True, slots=True)
class Way:
    """Acts, and the screen that they lead to."""

    acts: tuple[Act, ...]
    ends_at: str


WAYS: dict[str, Way] = {
    "refund": Way(REFUND, "refund.approved"),
    "typed original": Way(
        (
            ("press", "MENU"),
            ("press", "1"),
            ("type", SCANNED),
            ("type", "0614"),
            ("type", "10000"),
            ENTER,
        ),
        "refund.amount",
    ),
    "approval": Way(
        (("slip", "0613B0000010"), *REFUND[1:4], ("card", "credit"), *SUPERVISOR, ENTER),
        "refund.approved",
    ),
    "qr": Way((("line", "QR_REFUND"), ("slip", BY_WALLET), *REFUND[1:4], ENTER), "refund.approved"),
    "sale": Way(SALE, "sale.approved"),
    "wrong pin": Way((*SALE[:3], ("type", "999999"), ENTER, MOMENT), "sale.wrong_pin"),
    "void": Way(
        (*SOLD, ("line", "VOID"), ("type", "newest"), ("card", "debit"), *SUPERVISOR, ENTER),
        "void.approved",
    ),
    "void or refund": Way((*SOLD, ("code", "newest")), "refund.void_or_refund"),
    "reversal": Way(
        (("fault", "host.close"), *SALE, ENTER, ("wait", "95"), ("line", "SALE"), MOMENT),
        "recovery.told",
    ),
    "settlement": Way((*SOLD, *SETTLEMENT, ("wait", "30")), "settlement.done"),
    "upload refused": Way((*SOLD, *REFUSED_UPLOAD), "settlement.stuck"),
    "find": Way((*SOLD, ("line", "FIND"), ("press", "1"), ENTER), "find.one"),
    "totals": Way((*SOLD, ("line", "FIND"), ("press", "8")), "find.totals"),
    "parameters": Way((("offer", "20=0"), ("line", "PARAMETERS"), MOMENT), "parameters.review"),
    "loosened": Way(
        (
            ("offer", "17=13800000000"),
            ("line", "PARAMETERS"),
            MOMENT,
            *(ENTER,) * 6,
            *SUPERVISOR,
        ),
        "parameters.result",
    ),
    "pending": Way(
        (
            ("fault", "host.no_answer"),
            *REFUND,
            ("wait", "65"),
            ENTER,
            ("wait", "95"),
            ("line", "PENDING"),
            ("press", "1"),
            ENTER,
            *SUPERVISOR,
        ),
        "pending.answer",
    ),
    "reprint": Way((*SOLD, ("press", "MENU"), ("press", "2")), "reprint"),
    "log on": Way((("press", "MENU"), ("press", "8"), ("type", "10")), "logon.password"),
    "other card": Way(
        (*REFUND[:4], ("card", "credit"), ENTER, ("type", "42"), *SUPERVISOR), "refund.confirm"
    ),
    "typed card": Way(
        (*SALE[:2], ("type", TYPED_CARD), *SUPERVISOR, ("type", PIN)), "sale.confirm"
    ),
    "settlement without paper": Way(
        (*SOLD, ("power", "no paper"), *SETTLEMENT, ("wait", "30")), "settlement.paper"
    ),
    "left out": Way((*SOLD, *REFUSED_UPLOAD, ("press", "MENU"), *SUPERVISOR), "settlement.stuck"),
    "backup": Way((*LOGGED_ON_AS_ADMINISTRATOR, ("line", "BACKUP")), "backup"),
}

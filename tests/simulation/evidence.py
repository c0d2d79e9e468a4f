"""What is left after a simulated run, and what could be seen and heard while it went on.

Plain data: bytes, text and numbers, no object of the firmware. The checker sees nothing else.
Times are seconds of the simulation's monotonic clock, which goes on through power cuts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

OperationName = Literal["refund", "qr_refund", "void", "sale"]


@dataclass(frozen=True, slots=True)
class Passed:
    """Bytes that the firmware wrote to a wire, or that reached it over one.

    `wire`: keypad, display, reader, scanner, printer, acquirer. `out`: written by the firmware.
    On `acquirer` an entry is what one write or one read held, which may be torn or damaged.
    """

    at_s: float
    wire: str
    out: bool
    raw: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on the display: its screen's name, its language, its eight rows."""

    at_s: float
    name: str
    language: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A piece of paper: its rows, its codes' texts, whether it was cut off."""

    at_s: float
    rows: tuple[str, ...]
    codes: tuple[str, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What the cashier set out to do, once, and pressed Enter for on a confirm screen.

    `rrn`: the purchase's reference number, or the voucher of a QR payment; empty for a sale.
    """

    at_s: float
    operation: OperationName
    rrn: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Canaries:
    """Secrets of this run that nothing but the keypad's and the acquirer's insides may hold.

    Digits as text: full card numbers, the discretionary part of tracks, PINs, passwords; a secret
    of less than 13 digits is looked for as a word of its own only, since chance makes it elsewhere.
    `keys`: working keys in clear, as bytes.
    """

    pans: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    pins: tuple[str, ...] = ()
    passwords: tuple[str, ...] = ()
    keys: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One run.

    `disk`: the surviving bytes of each file, by name (`journal.db`, `journal.db-wal`, exports);
    `bookings`: the host's ledger as its `bookings()` gives it, the seeded purchases included;
    `texts`: exceptions, traces, whatever a log would have held;
    `cuts`: when the power went; `calm_s`: since when there were no more faults, None if never;
    `settled_by_hand`: (batch, STAN) that a person settled, and whether he said it was done;
    `forged`: what came from the acquirer and carries a wrong MAC, or none, as whole frames;
    `one_clock`: `monotonic_ms` of the records is this monotonic clock, through power cuts too;
    `was_noisy`: keypad or display; the cashier may have typed into another field than he saw;
    `recovery`: the profile's way out of an unknown refund (profile 4).
    `unknown_blocks_all`, `message_life_s`, `refund_window_days`, `not_found_is_00`: of the profile;
    `refund_max_minor`: the shop's largest refund.
    """

    terminal: str
    merchant: str
    disk: Mapping[str, bytes]
    bookings: tuple[Mapping[str, object], ...]
    passed: tuple[Passed, ...]
    shown: tuple[Shown, ...]
    papers: tuple[Paper, ...]
    wishes: tuple[Wish, ...]
    cuts: tuple[float, ...]
    calm_s: float | None
    canaries: Canaries
    texts: tuple[str, ...] = ()
    settled_by_hand: Mapping[tuple[int, int], bool] = field(default_factory=dict)
    forged: frozenset[bytes] = frozenset()
    one_clock: bool = False
    recovery: tuple[str, ...] = ("manual",)
    was_noisy: bool = False
    unknown_blocks_all: bool = False
    message_life_s: float = 90.0
    refund_window_days: int = 30
    not_found_is_00: bool = True
    refund_max_minor: int = 10_000_000


@dataclass(frozen=True, slots=True)
class Violation:
    """What must never happen, and did: `invariant` is INV-1 to INV-15, `story` short for people."""

    invariant: str
    story: str

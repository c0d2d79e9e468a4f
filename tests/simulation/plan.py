"""What happens in one simulated day, as data: operations, and the troubles of each.

All of it follows from the seed, in streams of their own: a draw more in one does not shift the
others. Plain data can be shortened (shrinking.py), printed and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from types import MappingProxyType
from typing import Final, Literal

from tests.simulation.trouble_kinds import CLASSES, FEW_SHARE, Draw, Trouble, drawn, ways_of_the_day

OPERATIONS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "refund": 30,
        "partial": 26,
        "refund_over_limit": 8,
        "qr_refund": 10,
        "sale": 16,
        "void": 12,
        "other_card": 3,
        "typed_refund": 5,
        "typed_card": 4,
        "by_amount": 6,
        "refund_own_sale": 6,
        "reprint": 3,
        "echo": 2,
        "find": 2,
        "pending": 5,
        "sign_in": 3,
        "sign_off": 2,
        "other_operator": 2,
        "settle": 6,
        "rest": 4,
    }
)
"""Each kind of operation with its weight."""

PROFILES: Final = ("unionpay", "recovering", "uploading", "reversing", "strict", "partial")
MOST_OPERATIONS = 8
LONG_SHARE, LONG_OPERATIONS = 0.05, (20, 26)
CALM_SHARE = 0.08  # days without any trouble: the control
CLASS_OFF_SHARE = 0.35
SERIAL_SHARE = 0.25
TROUBLES: Final = ((0, 0, 1, 1), (0, 1, 1, 2, 3), (1, 2, 3, 4))  # of a day: few to many
FEW_KINDS: Final = 3
WEIGHTS: Final[Mapping[str, int]] = MappingProxyType({"line": 3, "host": 3, "power": 2})
LATER_S: Final = (86_400.0, 40 * 86_400.0)  # purchases grow old
MIDNIGHT_S: Final = 52_200.0  # of the host, after the shop was set up


@dataclass(frozen=True, slots=True)
class Operation:
    """What somebody sets out to do. `pick`: which purchase, PIN, person …, as a large number."""

    kind: str
    pick: int
    amount_minor: int
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """One day of one shop.

    `start_s`: how long after the shop was set up it begins. `one_clock`: the firmware's monotonic
    clock is the world's; else it begins anew with each process, as after a loss of power.
    `line`: to the acquirer, a TCP connection an exchange, or one serial line for ever.
    """

    seed: int
    profile: str
    start_s: float
    operations: tuple[Operation, ...]
    one_clock: bool = True
    line: Literal["tcp", "serial"] = "tcp"


def stream(seed: int, name: str) -> Random:
    """Its own chance for each kind of thing; the same under any hash seed."""
    return Random(f"{seed}/{name}")


def plan_of(seed: int) -> Plan:
    """The day of this seed."""
    shop = stream(seed, "shop")
    profile = shop.choice(PROFILES)
    later = (shop.uniform(0, most_s) for most_s in LATER_S)
    start_s = shop.choice((0.0, *later, MIDNIGHT_S - shop.uniform(0, 600)))
    streams = {name: stream(seed, name) for name in CLASSES}
    open_classes = _open_classes(stream(seed, "classes"))
    ways = ways_of_the_day(stream(seed, "ways"))
    open_ways = {name: ways[name] for name in open_classes}
    cashier = stream(seed, "cashier")
    kinds, often = _kinds_of_the_day(cashier), cashier.choice(TROUBLES)
    operations = tuple(
        _operation(cashier, kinds, often, streams, open_ways) for _ in range(_length(shop))
    )
    one_clock = shop.random() < 0.5
    line: Literal["tcp", "serial"] = "serial" if shop.random() < SERIAL_SHARE else "tcp"
    return Plan(seed, profile, start_s, operations, one_clock, line)


def _length(shop: Random) -> int:
    long, least_and_most = shop.random() < LONG_SHARE, (1, MOST_OPERATIONS)
    return shop.randint(*(LONG_OPERATIONS if long else least_and_most))


def _open_classes(chance: Random) -> tuple[str, ...]:
    if chance.random() < CALM_SHARE:
        return ()
    return tuple(name for name in CLASSES if chance.random() > CLASS_OFF_SHARE)


def _kinds_of_the_day(cashier: Random) -> Mapping[str, int]:
    """All, or a few again and again: what needs some of them to meet comes about on such days."""
    few = cashier.choices(tuple(OPERATIONS), tuple(OPERATIONS.values()), k=FEW_KINDS)
    if cashier.random() < FEW_SHARE:
        return {kind: OPERATIONS[kind] for kind in few}
    return OPERATIONS


def _operation(
    cashier: Random,
    kinds: Mapping[str, int],
    often: tuple[int, ...],
    streams: Mapping[str, Random],
    ways: Mapping[str, tuple[Draw, ...]],
) -> Operation:
    (kind,) = cashier.choices(tuple(kinds), tuple(kinds.values()))
    pick, amount_minor = cashier.getrandbits(32), cashier.choice((1, 100, 1250, 4000, 9999))
    wanted = cashier.choice(often) if ways else 0
    weights = [WEIGHTS.get(name, 1) for name in ways]
    classes = cashier.choices(tuple(ways), weights, k=wanted) if ways else []
    troubles = tuple(drawn(ways[name], streams[name]) for name in classes)
    return Operation(kind, pick, amount_minor, troubles)

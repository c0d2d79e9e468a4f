"""Everything that can go wrong, by class, and how one of them is drawn by lot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from types import MappingProxyType
from typing import Final

FEW: Final = 2  # ways of a class on such a day
FEW_SHARE: Final = 0.5
LONGEST_ON_THE_WAY_S: Final = 27.0  # shorter than the life of a message: the links' contract
LONG_DELAY_S, SHORT_S, LONGEST_OUTAGE_S = 18.0, 5.0, 150.0
OUTAGES: Final = (
    *("line.refuse", "line.silent_connect", "line.lose_request", "line.lose_answer"),
    "line.forge",  # somebody sits on the line for as long
)
CODES: Final = (
    *("05", "09", "12", "13", "14", "25", "30", "51", "61", "68", "77", "91", "94"),
    *("96", "98", "99", "A0", "A3", "Z9"),
)
JUMPS_S: Final = (-120, 120, -3600, 3600, -86_400, 86_400, 2_592_000, -1_780_000_000, 1)
FIELDS: Final = (
    "3=999999",
    "4=000000000001",
    "11=000999",
    "39=",
    "41=87654321",
    "42=999999999999999",
    "49=840",
    "39=",  # twice as often
    "60=00000009003",  # another batch
    "62=",
    "62=" + "11" * 40,  # keys with wrong check values
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that goes wrong in an operation.

    `at`: which one of its kind it befalls, from 1 (exchange with the host, moment, call to
    the disk, thing that the clerk does). `size`: bytes, seconds, a bit's place. `text`: a code.
    """

    kind: str
    at: int = 1
    size: float = 0.0
    text: str = ""


FORGED: Final = ("00", "00", "51", "25", "A0", "05")
Draw = Callable[[Random], Trouble]


def _exchange(chance: Random) -> int:
    return chance.choice((1, 1, 1, 1, 2, 2, 3, 4))


def _plain(kind: str) -> Draw:
    return lambda chance: Trouble(kind, _exchange(chance))


def _sized(kind: str, least: float, most: float, whole: bool = False) -> Draw:
    def draw(chance: Random) -> Trouble:
        size = (
            float(chance.randint(int(least), int(most))) if whole else chance.uniform(least, most)
        )
        return Trouble(kind, _exchange(chance), size)

    return draw


def _coded(kind: str, texts: tuple[str, ...]) -> Draw:
    return lambda chance: Trouble(kind, _exchange(chance), text=chance.choice(texts))


def _delayed(kind: str) -> Draw:
    """On the way for any time, or for longer than anybody waits for it."""

    def draw(chance: Random) -> Trouble:
        least_s = chance.choice((0.5, LONG_DELAY_S))
        return Trouble(kind, _exchange(chance), chance.uniform(least_s, LONGEST_ON_THE_WAY_S))

    return draw


def _broken(chance: Random) -> Trouble:
    """The line breaks soon, and what was on its way arrives all the same, late."""
    arrives_s = chance.uniform(0.5, LONGEST_ON_THE_WAY_S)
    return Trouble("line.break", _exchange(chance), chance.uniform(0.01, 5.0), f"{arrives_s:.1f}")


def _outage(chance: Random) -> Trouble:
    """From an exchange on, so long, each one fails in the same way."""
    size_s = chance.uniform(5.0, LONGEST_OUTAGE_S)
    return Trouble("line.outage", _exchange(chance), size_s, chance.choice(OUTAGES))


def _cut_waiting(chance: Random) -> Trouble:
    """The power goes in an exchange: while its bytes are on the way, or while nobody answers."""
    size_s = chance.choice((0.0002, 0.0008, 0.002, 0.004, chance.uniform(0.0, 20.0)))
    return Trouble("power.in_exchange", _exchange(chance), size_s)


def _placed(kind: str, most: int, seconds: float = 0.0) -> Draw:
    """At one of the first so many moments, lasting up to so many seconds; often a few only."""

    def draw(chance: Random) -> Trouble:
        at, longest_s = chance.randint(1, most), chance.choice((seconds, min(seconds, SHORT_S)))
        return Trouble(kind, at, chance.uniform(0.5, longest_s))

    return draw


LINE: Final[tuple[Draw, ...]] = (
    _plain("line.refuse"),
    _plain("line.silent_connect"),
    _plain("line.lose_request"),
    _sized("line.cut_request", 1, 180, whole=True),
    _delayed("line.delay_request"),
    _delayed("line.delay_request"),
    _broken,
    _outage,
    _sized("line.dies", 5.0, LONGEST_OUTAGE_S),
    _delayed("line.double_request"),
    _plain("line.overtaken_request"),
    _sized("line.flip_request", 0, 1800, whole=True),
    _plain("line.lose_answer"),
    _plain("line.lose_answer"),
    _delayed("line.delay_answer"),
    _plain("line.double_answer"),
    _plain("line.glue_answer"),
    _plain("line.split_answer"),
    _sized("line.cut_answer", 1, 150, whole=True),
    _sized("line.flip_answer", 0, 1500, whole=True),
    _coded("line.forge", FORGED),
    _coded("line.forge", FORGED),
    _plain("line.other_terminal"),
    _plain("line.replay"),
)
HOST: Final[tuple[Draw, ...]] = (
    _coded("host.decline", CODES),
    _coded("host.decline", CODES),
    _coded("host.refuses_reversal", CODES),
    _coded("host.no_answer", ("booked", "")),
    _coded("host.close", ("booked", "")),
    _sized("host.late", 1.0, LONGEST_ON_THE_WAY_S),
    _plain("host.wrong_mac"),
    _plain("host.no_mac"),
    _coded("host.field", FIELDS),
    _plain("host.sign_in_again"),
    _plain("host.changes_keys"),
    _coded("host.wrong_totals", ("", "foreign")),
    _plain("host.bad_upload"),
    _plain("host.asks"),
)
DEVICES: Final[tuple[Draw, ...]] = (
    _sized("printer.paper_out", 0, 30, whole=True),
    _plain("printer.cover"),
    _sized("printer.silent", 1.0, 20.0),
    _sized("printer.unplug", 0.5, 20.0),
    _sized("keypad.unplug", 0.5, 10.0),
    _sized("keypad.mute", 0.5, 10.0),
    _sized("display.unplug", 0.5, 10.0),
    _plain("keypad.bounce"),
    _sized("keypad.noise", 40, 400, whole=True),
    _sized("display.noise", 40, 400, whole=True),
    _plain("reader.bad_track"),
    _plain("scanner.garbage"),
    _plain("scanner.twice"),
)
DISK: Final[tuple[Draw, ...]] = (
    _placed("disk.write_fails", 60),
    _placed("disk.sync_fails", 14),
    _placed("disk.full", 40),
)
POWER: Final[tuple[Draw, ...]] = (
    _placed("power.moment", 70, 120.0),
    _placed("power.moment", 70, 120.0),
    _placed("power.disk_call", 60, 120.0),
    _sized("power.after", 0.0, 25.0),
    _cut_waiting,
    _placed("power.old_image", 50, 20.0),
    _placed("power.lost_files", 50, 20.0),
    _placed("power.bit_flip", 50, 20.0),
)
CLOCK: Final[tuple[Draw, ...]] = (
    lambda chance: Trouble("clock.jump", 1, float(chance.choice(JUMPS_S))),
    lambda chance: Trouble("clock.jump_waiting", _exchange(chance), float(chance.choice(JUMPS_S))),
)
CASHIER: Final[tuple[Draw, ...]] = (
    _placed("clerk.cancels", 12),
    _placed("clerk.walks_away", 12),
    _placed("clerk.random_keys", 14),
    _placed("clerk.wrong_password", 1),
    _placed("clerk.power_cycles", 14, 5.0),
    _placed("clerk.scans_again", 14),
    lambda chance: Trouble("clerk.dawdles", chance.randint(1, 6), chance.uniform(15.0, 50.0)),
    _placed("clerk.swipes_again", 14),
)
CLASSES: Final[Mapping[str, tuple[Draw, ...]]] = MappingProxyType(
    {
        "line": LINE,
        "host": HOST,
        "devices": DEVICES,
        "disk": DISK,
        "power": POWER,
        "clock": CLOCK,
        "clerk": CASHIER,
    }
)
"""Each class of troubles with the ways to draw one; a seed may switch whole classes off."""


def ways_of_the_day(chance: Random) -> Mapping[str, tuple[Draw, ...]]:
    """By class, what may go wrong on one day: anything, or one of a few ways again and again.

    What needs two troubles of the same kinds to meet comes about on days that have few kinds.
    """
    return {name: _few(ways, chance) for name, ways in CLASSES.items()}


def _few(ways: tuple[Draw, ...], chance: Random) -> tuple[Draw, ...]:
    few = tuple(chance.choice(ways) for _ in range(FEW))
    return few if chance.random() < FEW_SHARE else ways


def drawn(ways: tuple[Draw, ...], chance: Random) -> Trouble:
    """One trouble in one of these ways."""
    return chance.choice(ways)(chance)

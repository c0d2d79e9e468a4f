"""The deck with stripes, and the working keys, that are known again wherever they turn up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Final

from emulator.cards import TRACK1_FILL, Card
from emulator.pad_keys import BLOCK_BYTES, unwrapped
from tests.scenarios.fingers import PASSWORDS
from tests.simulation.evidence import Canaries

EXPIRY_AND_SERVICE: Final = 7
MARK: Final = 14  # digits at a stripe's end: fewer would be found by chance, packed in bytes


def marked(card: Card, chance: Random) -> Card:
    """The same card; what its issuer wrote behind the service code is different every day."""
    before, sign, behind = card.track2.partition("=")
    if not sign:
        return card
    kept, free = behind[:EXPIRY_AND_SERVICE], behind[EXPIRY_AND_SERVICE:]
    fill = "".join(chance.choices("123456789", k=len(free.rstrip("?"))))
    first = "".join(chance.choices("123456789", k=len(TRACK1_FILL)))
    track1 = card.track1 and card.track1.replace(TRACK1_FILL, first)
    end = "?" * free.endswith("?")
    return replace(card, track1=track1, track2=f"{before}={kept}{fill}{end}")


def working_keys(master_key: bytes, block: bytes) -> frozenset[bytes]:
    """In clear, out of the block that a host gave at a sign-in (F62)."""
    scheme = next(scheme for scheme, size in BLOCK_BYTES.items() if size == len(block))
    keys = unwrapped(master_key, scheme, block)
    return frozenset(key for key in (keys.pik, keys.mak, keys.tdk) if key)


def canaries(cards: tuple[Card, ...], keys: Iterable[bytes]) -> Canaries:
    """The secrets of the shop, of its customers and of the pad."""
    stripes = [card.track2.strip(";?").partition("=")[2] for card in cards]
    return Canaries(
        pans=tuple(card.pan for card in cards),
        tracks=tuple(stripe[-MARK:] for stripe in stripes if len(stripe) >= MARK),
        pins=tuple(dict.fromkeys(card.pin for card in cards)),
        passwords=tuple(PASSWORDS.values()),
        keys=tuple(sorted(keys)),
    )

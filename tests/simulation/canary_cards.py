"""The deck with stripes that are known again wherever they turn up."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Final

from emulator.cards import TRACK1_FILL, Card
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


def canaries(cards: tuple[Card, ...]) -> Canaries:
    """The secrets of the shop and of its customers."""
    stripes = [card.track2.strip(";?").partition("=")[2] for card in cards]
    return Canaries(
        pans=tuple(card.pan for card in cards),
        tracks=tuple(stripe[-MARK:] for stripe in stripes if len(stripe) >= MARK),
        pins=tuple(dict.fromkeys(card.pin for card in cards)),
        passwords=tuple(PASSWORDS.values()),
    )

"""What keeps a refund, a sale or a void from beginning at all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from terminal.domain.facts import Facts
from terminal.domain.slips_owed import slips_owed
from terminal.effects import Beep
from terminal.flows.typed import Step
from terminal.ui.screens import Say, say
from terminal.ui.text import Text

C = TypeVar("C", bound=Any)


def hindrance(facts: Facts) -> Say | None:
    """Why no money can move now, whatever the card or purchase."""
    books = facts.books
    if not books.signed_in:
        return say(Text.REFUSED_NOT_SIGNED_IN)
    if facts.disk_is_full:
        return say(Text.REFUSED_DISK_FULL)
    if books.batch_is_full:
        return say(Text.REFUSED_BATCH_FULL)
    owed = len(slips_owed(books))
    if owed > facts.parameters.owed_slips_max:
        return say(Text.REFUSED_SLIPS, count=owed)
    return unresolved(facts, "") if facts.profile.unknown_blocks == "everything" else None


def unresolved(facts: Facts, key: str) -> Say | None:
    """What stands in the way of the purchase with this key, or by profile of all of them."""
    everything = facts.profile.unknown_blocks == "everything"
    found = facts.books.blocking(key, "", everything)
    return say(Text.REFUSED_UNRESOLVED, stan=f"{found.intent.stan:06d}") if found else None


def is_unseen(c: Any, event: object) -> bool:
    """The display is gone: nobody agrees to an amount that is not shown (INV-11)."""
    return "display" in c.facts.lost_wires


def is_hindered(c: Any, event: object) -> bool:
    """Something stands in the way of any of them."""
    return hindrance(c.facts) is not None


def say_hindrance(c: C, event: object) -> Step[C]:
    """Say what."""
    return replace(c, error=hindrance(c.facts)), (Beep(),)

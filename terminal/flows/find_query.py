"""Ways to look for a transaction, and what is looked for when a value was typed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from terminal.domain.books import STAN_MAX
from terminal.domain.facts import Facts
from terminal.domain.history import Query
from terminal.domain.money import typed_amount
from terminal.flows.find_pages import STATES
from terminal.flows.original_case import Entry, typed_day
from terminal.ui.text import Text


class Way(Enum):
    """The lines of the first screen, in their order."""

    ALL = Text.FIND_ALL
    STAN = Text.FIND_BY_STAN
    CARD = Text.FIND_BY_CARD
    AMOUNT = Text.FIND_BY_AMOUNT
    DAY = Text.FIND_BY_DAY
    STATE = Text.FIND_BY_STATE
    UNRESOLVED = Text.FIND_UNRESOLVED
    TOTALS = Text.FIND_TOTALS


WAYS: Final = tuple(Way)
LISTED: Final = tuple(STATES)  # the states that can be looked for
QUESTIONS: Mapping[Way, Text] = MappingProxyType(
    {
        Way.STAN: Text.ASK_STAN,
        Way.CARD: Text.ASK_LAST_FOUR,
        Way.AMOUNT: Text.ASK_AMOUNT,
        Way.DAY: Text.ASK_DAY,
    }
)


def query_of(way: Way, entry: str, facts: Facts) -> Query | None:
    """What was typed as a query; None when it can't be."""
    if way is Way.DAY:
        day = typed_day(Entry(facts, entry=entry)) if len(entry) == 4 else None
        return Query(day=day) if day else None
    if way is Way.CARD:
        return Query(last_four=entry) if len(entry) == 4 else None
    number = typed_amount(entry)
    if way is Way.STAN:
        return Query(stan=number) if 0 < number <= STAN_MAX else None
    return Query(amount_minor=number) if number else None

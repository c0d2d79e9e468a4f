"""The lines of the menu, as a table: what each says and runs, and for whom it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from terminal.domain.facts import Facts
from terminal.domain.operators import Action
from terminal.effects import Effect, Persist
from terminal.flows import (
    about,
    backup,
    day_report,
    device_test,
    find,
    host_call,
    new_password,
    parameters,
    pending,
    people,
    practice,
    refund,
    reprint,
    sale,
    settlement,
    void,
)
from terminal.flows.home_case import Home
from terminal.flows.host_call import Kind
from terminal.ui.text import Text


def _always(facts: Facts) -> bool:
    return True


def _sells(facts: Facts) -> bool:
    return facts.parameters.sale == "on"


@dataclass(frozen=True, slots=True)
class Item:
    """A line: what it says, what it does, what the operator's role must be for it.

    `moves_money`: what is due is worked up before. `is_there`: the shop has this line. `real`: it
    works with the host, the keys or the journal itself, and so not in practice.
    """

    text: Text
    run: Callable[[Home], tuple[Effect, ...]]
    action: Action | None = None
    moves_money: bool = False
    is_there: Callable[[Facts], bool] = _always
    real: bool = False


def _turn_language(c: Home) -> tuple[Effect, ...]:
    other = "en" if c.facts.language.value == "zh" else "zh"
    return (Persist("language", {"language": other}),)


def _own_password(c: Home) -> tuple[Effect, ...]:
    operator = c.facts.operator
    assert operator is not None
    return (new_password.call(c.facts, operator, is_first=False),)


# The first eight keep their digits whatever the shop has besides.
ITEMS: Final = (
    Item(Text.MENU_REFUND, lambda c: (refund.call(c.facts),), Action.REFUND, True),
    Item(Text.MENU_REPRINT, lambda c: (reprint.call(c.facts),), Action.REPRINT),
    Item(Text.MENU_PENDING, lambda c: (pending.call(c.facts),)),
    Item(Text.MENU_SIGN_IN, lambda c: (host_call.call(c.facts, Kind.SIGN_IN),), real=True),
    Item(Text.MENU_ECHO, lambda c: (host_call.call(c.facts, Kind.ECHO),), real=True),
    Item(Text.MENU_LANGUAGE, _turn_language),
    Item(Text.MENU_SIGN_OFF, lambda c: (host_call.call(c.facts, Kind.SIGN_OFF),), real=True),
    Item(Text.MENU_LOG_OFF, lambda c: ()),
    Item(Text.MENU_SALE, lambda c: (sale.call(c.facts),), Action.SALE, True, _sells),
    Item(Text.MENU_VOID, lambda c: (void.call(c.facts),), Action.VOID, True, _sells),
    Item(Text.MENU_QR_REFUND, lambda c: (refund.call(c.facts, qr=True),), Action.REFUND, True),
    Item(Text.MENU_SETTLE, lambda c: (settlement.call(c.facts),), Action.SETTLE, True),
    Item(Text.MENU_FIND, lambda c: (find.call(c.facts),), Action.FIND),
    Item(Text.MENU_PARAMETERS, lambda c: (parameters.call(c.facts),), real=True),
    Item(Text.MENU_BACKUP, lambda c: (backup.call(c.facts),), Action.EXPORT_JOURNAL, real=True),
    Item(Text.MENU_PEOPLE, lambda c: (people.call(c.facts),), Action.UNLOCK, real=True),
    Item(Text.MENU_OWN_PASSWORD, _own_password, Action.CHANGE_OWN_PASSWORD, real=True),
    Item(Text.MENU_REPORT, lambda c: (day_report.call(c.facts),), Action.REPORT),
    Item(Text.MENU_DEVICES, lambda c: (device_test.call(c.facts),), real=True),
    Item(Text.MENU_PRACTICE, lambda c: (practice.call(c.facts),)),
    Item(Text.MENU_ABOUT, lambda c: (about.call(c.facts),)),
)

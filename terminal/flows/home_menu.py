"""The lines of the menu: which of them this shop and this operator have, and what each runs."""

from __future__ import annotations

from dataclasses import replace

from terminal.domain.facts import Facts
from terminal.domain.operators import Action, may
from terminal.events import CodeScanned, KeyPressed, Returned

# Not used here: scripts/diagrams reads from the names of modules which flows home can call.
from terminal.flows import home_items as home_items
from terminal.flows import refund, settlement, void
from terminal.flows.home_case import NOTHING, Home, Step
from terminal.flows.home_due import must_recover, recover
from terminal.flows.home_items import ITEMS, Item
from terminal.flows.home_next import Next, RefundInstead, VoidInstead
from terminal.ui.text import Text


def lines(facts: Facts) -> tuple[Item, ...]:
    """What this shop's menu has, in its order."""
    return tuple(item for item in ITEMS if item.is_there(facts))


def count(c: Home) -> int:
    """Lines that can be picked."""
    return len(lines(c.facts))


def _may(c: Home, action: Action | None) -> bool:
    operator = c.facts.operator
    return operator is not None and (action is None or may(operator.role, action))


def _picked(c: Home) -> Item | None:
    shown = lines(c.facts)
    return shown[c.picked] if 0 <= c.picked < len(shown) else None


def _is(c: Home, text: Text) -> bool:
    item = _picked(c)
    return item is not None and item.text is text


# ---- keys


def open_menu(c: Home, event: object) -> Step:
    """The first line is picked."""
    return replace(c, picked=0, scanned=None, lock_at_s=None), ()


def _by_digit(c: Home, event: KeyPressed) -> Home:
    # 0 is the tenth line.
    number = (int(event.key.value) or 10) if len(event.key.value) == 1 else 0
    return replace(c, picked=number - 1)


def digit_is_lock(c: Home, event: KeyPressed) -> bool:
    """The digit of the line that locks."""
    return _is(_by_digit(c, event), Text.MENU_LOG_OFF)


def digit_is_language(c: Home, event: KeyPressed) -> bool:
    """The digit of the line that turns the language."""
    return _is(_by_digit(c, event), Text.MENU_LANGUAGE)


def digit_must_recover(c: Home, event: KeyPressed) -> bool:
    """A line that moves money, while something is due."""
    return pick_must_recover(_by_digit(c, event), event)


def digit_is_an_item(c: Home, event: KeyPressed) -> bool:
    """A line that this operator may use."""
    return pick_is_an_item(_by_digit(c, event), event)


def pick_is_lock(c: Home, event: object) -> bool:
    """Enter on the line that locks."""
    return _is(c, Text.MENU_LOG_OFF)


def pick_is_language(c: Home, event: object) -> bool:
    """Enter on the line that turns the language."""
    return _is(c, Text.MENU_LANGUAGE)


def pick_must_recover(c: Home, event: object) -> bool:
    """Enter on a line that moves money, while something is due."""
    item = _picked(c)
    moves_money = item is not None and item.moves_money
    return moves_money and pick_is_an_item(c, event) and must_recover(c, event)


def pick_is_an_item(c: Home, event: object) -> bool:
    """Enter on a line that this operator may use; in practice it keeps its place, and beeps."""
    item = _picked(c)
    if item is None or (item.real and c.facts.practice):
        return False
    return _may(c, item.action)


def recover_before_digit(c: Home, event: KeyPressed) -> Step:
    """First what is due, then this line."""
    return recover(_by_digit(c, event), event)


def run_digit(c: Home, event: KeyPressed) -> Step:
    """One key runs a line."""
    return run(_by_digit(c, event), event)


def run(c: Home, event: object) -> Step:
    """Run the line that is picked; a settlement that was begun comes before any money."""
    item = _picked(c)
    assert item is not None
    if item.moves_money and settlement.in_progress(c.facts):
        return c, (settlement.call(c.facts),)
    # Through ITEMS: what a row of the table may call is read from the names in this code.
    return c, ITEMS[ITEMS.index(item)].run(c)


# ---- a scanned slip


def may_refund(c: Home, event: object) -> bool:
    """The operator's role gives refunds."""
    return _may(c, Action.REFUND)


def scan_must_recover(c: Home, event: CodeScanned) -> bool:
    """A refund would begin, while something is due."""
    return may_refund(c, event) and must_recover(c, event)


def recover_before_scan(c: Home, event: CodeScanned) -> Step:
    """First what is due, then this slip."""
    return recover(replace(c, picked=NOTHING, scanned=event.text, lock_at_s=None), event)


def refund_scanned(c: Home, event: CodeScanned) -> Step:
    """A slip at the idle screen begins its refund: no key at all."""
    return _refund_of(replace(c, lock_at_s=None), event.text)


def _refund_of(c: Home, scanned: str) -> Step:
    if settlement.in_progress(c.facts):
        return c, (settlement.call(c.facts),)
    return c, (refund.call(c.facts, scanned),)


# ---- after what was due


def may_go_on(c: Home, event: Returned) -> bool:
    """All is clear, and somebody wanted something."""
    return event.result == "clear" and (c.scanned is not None or _picked(c) is not None)


def go_on(c: Home, event: Returned) -> Step:
    """What was wanted before."""
    if c.scanned is not None:
        return _refund_of(replace(c, scanned=None), c.scanned)
    return run(c, event)


# ---- one operation after another


def wants_next(c: Home, event: Returned) -> bool:
    """The flow that ended hands over to another."""
    return isinstance(event.result, VoidInstead | RefundInstead)


def call_next(c: Home, event: Returned) -> Step:
    """As if the menu had called it."""
    wanted: Next = event.result
    if isinstance(wanted, VoidInstead):
        return c, (void.call(c.facts, wanted.stan),)
    return c, (refund.call(c.facts, wanted.scanned, wanted.original),)

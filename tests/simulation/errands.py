"""How each operation begins at the idle screen, and which purchase it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from terminal.ui.text import Text
from tests.scenarios.fingers import typed_original
from tests.scenarios.sales import menu
from tests.simulation.plan import Operation
from tests.simulation.world import World

if TYPE_CHECKING:
    from tests.simulation.clerk import Clerk

PEOPLE: Final = ("01", "02", "10", "11")
OVER_LIMIT_MINOR: Final = 50_000
LARGE_MINOR: Final = 900_000
READABLE: Final = ("debit", "debit-2", "credit", "gift", "foreign", "expired")


def purchase_for(world: World, operation: Operation) -> dict[str, Any] | None:
    """The purchase that this operation is about; None if there is none, or it needs none."""
    fits = FITS.get(operation.kind)
    if fits is None:
        return None
    found = [sale for sale in world.host.sales() if _is_ours(world, sale) and fits(sale)]
    return found[operation.pick % len(found)] if found else None


def _is_ours(world: World, sale: Mapping[str, Any]) -> bool:
    return sale["merchant"] == world.shop.identity.merchant_id and sale["card"] in READABLE


def _by_card(sale: Mapping[str, Any]) -> bool:
    return not sale["voucher"]


def _is_own(sale: Mapping[str, Any]) -> bool:
    return int(sale["batch"]) > 1


FITS: Final[Mapping[str, Callable[[Mapping[str, Any]], bool]]] = MappingProxyType(
    {
        "refund": lambda s: _by_card(s) and s["amount_minor"] <= OVER_LIMIT_MINOR,
        "partial": _by_card,
        "refund_over_limit": lambda s: _by_card(s) and s["amount_minor"] > OVER_LIMIT_MINOR,
        "other_card": _by_card,
        "typed_refund": _by_card,
        "typed_card": lambda s: _by_card(s) and s["amount_minor"] <= OVER_LIMIT_MINOR,
        "refund_own_sale": _is_own,
        "by_amount": lambda s: _by_card(s) and s["amount_minor"] > LARGE_MINOR,
        "qr_refund": lambda s: bool(s["voucher"]),
        "void": _is_own,
    }
)


def begin_errand(clerk: Clerk) -> None:
    """From the idle screen to the operation's own first screen."""
    world, kind = clerk.world, clerk.operation.kind
    if not world.is_on:
        world.run(1.0)
    elif kind in MENU:
        begin(clerk, MENU[kind])
    elif kind == "other_operator":
        clerk.who = PEOPLE[clerk.operation.pick % len(PEOPLE)]
        clerk.keys("MENU 8")
    elif clerk.purchase is not None and kind in FITS:
        _scan(world, clerk.purchase)
    else:
        world.run(12.0)


def _scan(world: World, purchase: Mapping[str, Any]) -> None:
    text = world.code(dict(purchase))
    if world.garbled:
        text = text[:-3] + "XYZ"
        world.garbled = False
    world.scan(text)
    if world.twice:
        world.scan(text)


def begin(clerk: Clerk, line: Text) -> None:
    """Run a line of the menu."""
    menu(clerk.world, line)
    if clerk.operation.kind == "typed_refund" and clerk.world.screen == "refund.original":
        assert clerk.purchase is not None
        clerk.keys(typed_original(clerk.purchase))
    clerk.world.run(0.5)


MENU: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "typed_refund": Text.MENU_REFUND,
        "sale": Text.MENU_SALE,
        "void": Text.MENU_VOID,
        "reprint": Text.MENU_REPRINT,
        "echo": Text.MENU_ECHO,
        "find": Text.MENU_FIND,
        "pending": Text.MENU_PENDING,
        "sign_in": Text.MENU_SIGN_IN,
        "sign_off": Text.MENU_SIGN_OFF,
        "settle": Text.MENU_SETTLE,
    }
)

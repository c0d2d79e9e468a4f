"""What a cashier reads off a confirm screen before he presses Enter."""

from __future__ import annotations

import re
from typing import Final

from tests.simulation.evidence import OperationName, Wish
from tests.simulation.world import World

AMOUNT: Final = re.compile(r"([\d,]+\.\d\d)")
REFERENCE: Final = re.compile(r"(?:参考号|Ref\.) *(\w{12})")
SALE_NUMBER: Final = re.compile(r"(?:原凭证号|Sale) *(\d{6})")
TO_THE_WALLET: Final = re.compile("退回原账户|that paid")
KINDS: Final[dict[str, OperationName]] = {"refund": "refund", "sale": "sale", "void": "void"}


def wish_on(world: World) -> Wish | None:
    """The wish that Enter stands for here; None if this screen asks for no money."""
    name, _, step = world.screen.partition(".")
    kind = KINDS.get(name) if step == "confirm" else None
    amount, reference = AMOUNT.search(world.rows), REFERENCE.search(world.rows)
    if kind is None or amount is None:
        return None
    reference_number = reference[1] if reference else ""
    if kind == "refund" and TO_THE_WALLET.search(world.rows):
        kind, reference_number = "qr_refund", _of_sale(world, "voucher", rrn=reference_number)
    if kind == "void" and (sale := SALE_NUMBER.search(world.rows)):
        reference_number = _of_sale(world, "rrn", stan=sale[1])
    minor = int(amount[1].replace(",", "").replace(".", ""))
    return Wish(world.clock.now_s, kind, reference_number, minor)


def _of_sale(world: World, wanted: str, **known: str) -> str:
    """Of the newest sale on the host's ledger that has these values."""
    sales = reversed(world.host.sales())
    fits = (s for s in sales if all(s[name] == value for name, value in known.items()))
    return str(next(fits, {wanted: ""})[wanted])

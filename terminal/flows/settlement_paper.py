"""The settlement slip 结算总计单 on paper: only then is the batch closed."""

from __future__ import annotations

from terminal.domain.facts import Facts
from terminal.domain.receipt_settlement import settlement_slip
from terminal.effects import Call
from terminal.flows import paper
from terminal.flows.paper import Order
from terminal.flows.print_facts import shop_face
from terminal.flows.settlement_batch import settled_batch
from terminal.ui.screens import say
from terminal.ui.text import Text


def order(facts: Facts) -> Order:
    """The slip of the batch that is being settled."""
    return Order(
        slip=lambda: settlement_slip(settled_batch(facts), shop_face(facts)),
        name="settlement",
        title=say(Text.TITLE_SETTLEMENT),
        printing=Text.PRINTING_SETTLEMENT,
        stands=Text.SETTLE_STANDS,
    )


def call(facts: Facts) -> Call:
    """Print it; the result is True when it is on paper."""
    return paper.call(order(facts))

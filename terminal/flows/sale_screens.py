"""What a sale shows, state by state."""

from __future__ import annotations

from terminal.domain.card import short_card
from terminal.domain.money import Amount, typed_amount
from terminal.flows.sale_case import Sale
from terminal.ui.screens import Confirm, Content, Fact, Message, Progress, Prompt, Screen, say
from terminal.ui.text import Text


def amount(c: Sale) -> Screen:
    """How much is to be paid."""
    lines = (say(Text.SALE_AMOUNT), c.error) if c.error else (say(Text.SALE_AMOUNT),)
    typed = Amount(typed_amount(c.entry)).plain
    return Prompt("sale.amount", say(Text.TITLE_SALE), lines, typed, say(Text.HINT_TYPE))


def confirm(c: Sale) -> Screen:
    """The last look before the money moves."""
    lines: list[Content] = [
        Fact(Text.LABEL_SALE, Amount(c.amount_minor)),
        Fact(Text.LABEL_CARD, short_card(c.taken.masked.masked)),
    ]
    if c.pin:
        given = Text.PIN_GIVEN if c.pin.block else Text.PIN_NOT_GIVEN
        lines.append(Fact(Text.LABEL_PIN, given))
    if c.approver:
        lines.append(Fact(Text.LABEL_APPROVER, c.approver))
    title, hint = say(Text.TITLE_CONFIRM_SALE), say(Text.HINT_PAY)
    return Confirm("sale.confirm", title, tuple(lines), hint)


def wrong_pin(c: Sale) -> Screen:
    """Another one may be typed."""
    assert c.done is not None
    title = say(Text.TITLE_DECLINED, code=c.done.response_code)
    lines = (say(Text.PIN_WRONG), say(Text.NO_MONEY_MOVED))
    return Message("sale.wrong_pin", title, lines, say(Text.HINT_PIN_AGAIN))


def busy(c: Sale) -> Screen:
    """Behind a called flow: never seen for longer than a step."""
    return Progress("sale", say(Text.TITLE_SALE), (say(Text.HINT_WAIT),))

"""What the first flow shows: start, idle, menu, out of service."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from terminal.domain.certificates import Warn, warning
from terminal.domain.facts import Facts
from terminal.domain.slips_owed import slips_owed
from terminal.flows import settlement
from terminal.flows.home_case import Home
from terminal.flows.home_menu import lines as menu_lines
from terminal.ui.screens import Content, Fact, Menu, Message, Progress, Say, Screen, say
from terminal.ui.text import Text

HINT_S: Final = 6.0


def checking(c: Home) -> Screen:
    text = Text.WAITING_FOR_KEYPAD if c.keypad_is_silent else Text.CHECKING_JOURNAL
    return Progress("start", say(Text.TITLE_START), (say(text),))


VERDICTS: Mapping[str, Text] = MappingProxyType(
    {"older": Text.JOURNAL_OLDER, "missing": Text.JOURNAL_MISSING}
)


def damaged(c: Home) -> Screen:
    what = VERDICTS.get(c.why, Text.JOURNAL_DAMAGED)
    phone = c.facts.parameters.service_phone
    lines = (say(what), say(Text.NO_MONEY_MOVES))
    return Message(
        "journal.damaged", say(Text.TITLE_DAMAGED), lines, say(Text.HINT_PHONE, phone=phone)
    )


def idle(c: Home) -> Screen:
    facts, books = c.facts, c.facts.books
    operator = facts.operator
    state = Text.SIGNED_IN if books.signed_in else Text.NOT_SIGNED_IN
    note = _hint(c) or _note(facts)
    # A long name takes two rows: then there is room for the date or for the note.
    date = Fact(Text.LABEL_DATE, f"{facts.today:%Y-%m-%d}")
    lines: tuple[Content, ...] = (
        Fact(Text.LABEL_TERMINAL, facts.identity.terminal_id),
        *(() if note else (date,)),
        certificate_line(facts) or Fact(Text.LABEL_BATCH, f"{books.batch:06d}"),
        Fact(Text.LABEL_HOST, state),
        *((Fact(Text.LABEL_OPERATOR, f"{operator.number} {operator.name}"),) if operator else ()),
    )
    lines = (*lines, note) if note else lines
    return Message("idle", say(facts.parameters.merchant_name), lines, say(Text.HINT_MENU))


def _hint(c: Home) -> Say | None:
    """For a moment, whatever else there is to say."""
    is_new = c.facts.now_s < c.card_at_s + HINT_S
    return say(Text.CARD_COMES_LATER) if is_new else None


def _note(facts: Facts) -> Say | None:
    """The most important of what was left undone."""
    if settlement.in_progress(facts):
        return say(Text.SETTLE_UNFINISHED)
    if facts.books.unresolved:
        return say(Text.PENDING_COUNT, count=len(facts.books.unresolved))
    owed = len(slips_owed(facts.books))
    return say(Text.SLIPS_OWED, count=owed) if owed else None


CERTIFICATES: Mapping[Warn, Text] = MappingProxyType(
    {
        Warn.NOTICE: Text.CERTIFICATE_DAYS,
        Warn.SOON: Text.CERTIFICATE_SOON,
        Warn.URGENT: Text.CERTIFICATE_URGENT,
        Warn.OVER: Text.CERTIFICATE_OVER,
    }
)


def certificate_line(facts: Facts) -> Say | None:
    """The line's certificates end soon: there is time to get new ones."""
    ends = facts.certificate_expires
    level = warning(ends, facts.today)
    if ends is None or level is None:
        return None
    return say(CERTIFICATES[level], days=(ends - facts.today).days)


def menu(c: Home) -> Screen:
    items = tuple(say(item.text) for item in menu_lines(c.facts))
    return Menu("menu", say(Text.TITLE_MENU), items, c.picked)

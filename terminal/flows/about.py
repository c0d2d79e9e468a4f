"""What this terminal is: versions, keypad with its check value, head of the journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import AskStatus, PadStatus
from terminal.domain.phrase import Phrase
from terminal.effects import AskKeypad, Call, Effect
from terminal.events import KeypadAnswered
from terminal.flow import Flow, FlowTable, On
from terminal.flows.limits import entry_limit_s
from terminal.flows.silence import pad_silent
from terminal.flows.typed import beep
from terminal.ui.screens import Content, Fact, Message, Progress, Screen, say
from terminal.ui.text import Text

Page = tuple[Content, ...]


class S(Enum):
    """The pad is asked once; then the pages."""

    ASKING = auto()
    PAGES = auto()
    LEFT = auto()


@dataclass(frozen=True, slots=True)
class About:
    """What the pad said of itself; None when it did not answer."""

    facts: Facts
    pad: PadStatus | None = None
    page: int = 0


Step = tuple[About, tuple[Effect, ...]]


def call(facts: Facts) -> Call:
    """Look at it; nothing changes."""
    return Call(lambda: Flow(TABLE, About(facts)))


def ask(c: About, event: object) -> Step:
    """Who are you, and which keys do you hold?"""
    return c, (AskKeypad(AskStatus()),)


def keep_pad(c: About, event: KeypadAnswered) -> Step:
    """For its page."""
    assert isinstance(event.answer, PadStatus)
    return replace(c, pad=event.answer), ()


def pages(c: About) -> tuple[Page, ...]:
    """Terminal, keypad, journal."""
    return (tuple(_terminal(c.facts)), tuple(_keypad(c.pad)), tuple(_journal(c.facts)))


def _terminal(facts: Facts) -> Iterator[Content]:
    who, versions = facts.identity, facts.versions
    yield Fact(Text.LABEL_FIRMWARE, versions.firmware)
    yield Fact(Text.LABEL_PYTHON, versions.python)
    yield Fact(Text.LABEL_SERIAL, who.serial)
    yield Fact(Text.LABEL_TERMINAL, who.terminal_id)
    yield Fact(Text.LABEL_MERCHANT, who.merchant_id)


def _keypad(pad: PadStatus | None) -> Iterator[Content]:
    if pad is None:
        yield say(Text.KEYPAD_GAVE_NO_ANSWER)
        return
    yield Fact(Text.LABEL_PAD, pad.serial)
    yield Fact(Text.LABEL_MASTER_KEY, pad.master_key_check if pad.has_master_key else Text.KEY_NO)
    yield Fact(Text.LABEL_WORKING_KEYS, _there(pad.has_working_keys))
    yield Fact(Text.LABEL_SHOP_KEY, _there(pad.has_shop_key))


def _there(is_there: bool) -> Text:
    return Text.KEY_YES if is_there else Text.KEY_NO


def _journal(facts: Facts) -> Iterator[Content]:
    assert facts.history is not None
    number, digest = facts.history.head
    text = digest.hex()
    yield Fact(Text.LABEL_RECORDS_ALL, number)
    yield say(Text.NEWEST_HASH)
    yield say(Phrase(text, text))


def page_up(c: About, event: object) -> Step:
    """The page before."""
    return (replace(c, page=c.page - 1), ()) if c.page else beep(c, event)


def page_down(c: About, event: object) -> Step:
    """The next page."""
    is_last = c.page >= len(pages(c)) - 1
    return beep(c, event) if is_last else (replace(c, page=c.page + 1), ())


def _asking(c: About) -> Screen:
    return Progress("about.wait", say(Text.TITLE_ABOUT), (say(Text.HINT_WAIT),))


def _pages(c: About) -> Screen:
    shown = pages(c)
    place = say(Text.HINT_PAGE, page=c.page + 1, pages=len(shown))
    return Message("about", say(Text.TITLE_ABOUT), shown[c.page], place)


TABLE: FlowTable[About] = FlowTable(
    name="about",
    states=S,
    initial=S.ASKING,
    final=frozenset({S.LEFT}),
    rows=[
        On("started", S.ASKING, S.ASKING, do=ask),
        On("keypad", S.ASKING, S.PAGES, do=keep_pad),
        *pad_silent(S.ASKING, S.PAGES),
        On("up", S.PAGES, S.PAGES, do=page_up),
        On("down", S.PAGES, S.PAGES, do=page_down),
        On("enter", S.PAGES, S.LEFT),
        On("cancel", S.PAGES, S.LEFT),
        On("timeout", S.PAGES, S.LEFT),
    ],
    screens={S.ASKING: _asking, S.PAGES: _pages},
    timeout_s={S.ASKING: 5.0, S.PAGES: entry_limit_s},
    result=lambda state, c: None,
)

"""Every key of the pad is pressed once: the screen names those that are left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from terminal.domain.facts import Facts
from terminal.domain.phrase import Phrase
from terminal.effects import Call, Effect
from terminal.events import Key, KeyPressed
from terminal.flow import Flow, FlowTable, On
from terminal.flows.limits import entry_limit_s
from terminal.ui.screens import Message, Screen, say
from terminal.ui.text import Text

TRIGGERS: Final = ("digit", "enter", "clear", "up", "down", "menu", "alpha")


class S(Enum):
    """All keys, or some that nobody pressed."""

    PRESSING = auto()
    ALL = auto()
    SOME = auto()


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that were seen, and the one before."""

    facts: Facts
    seen: frozenset[Key] = frozenset()
    last: Key | None = None


Step = tuple[Keys, tuple[Effect, ...]]


def call(facts: Facts) -> Call:
    """Press them all; True when each was seen."""
    return Call(lambda: Flow(TABLE, Keys(facts)))


def is_last_one(c: Keys, event: KeyPressed) -> bool:
    """With this one all were seen."""
    return c.seen | {event.key} == frozenset(Key)


def is_second_cancel(c: Keys, event: KeyPressed) -> bool:
    """Cancel is a key like the others; twice in a row it leaves."""
    return c.last is Key.CANCEL


def mark(c: Keys, event: KeyPressed) -> Step:
    """This key works."""
    return replace(c, seen=c.seen | {event.key}, last=event.key), ()


def _screen(c: Keys) -> Screen:
    left = " ".join(key.value for key in Key if key not in c.seen)
    lines = (say(Text.PRESS_EACH_KEY), say(Phrase(left, left)))
    return Message("device.keys", say(Text.DEVICE_KEYS), lines, say(Text.HINT_CANCEL_TWICE))


TABLE: FlowTable[Keys] = FlowTable(
    name="device_keys",
    states=S,
    initial=S.PRESSING,
    final=frozenset({S.ALL, S.SOME}),
    rows=[
        row
        for trigger in (*TRIGGERS, "cancel")
        for row in (
            On(trigger, S.PRESSING, S.ALL, when=is_last_one, do=mark),
            *((On(trigger, S.PRESSING, S.SOME, is_second_cancel),) if trigger == "cancel" else ()),
            On(trigger, S.PRESSING, S.PRESSING, do=mark),
        )
    ]
    + [On("timeout", S.PRESSING, S.SOME)],
    screens={S.PRESSING: _screen},
    timeout_s={S.PRESSING: entry_limit_s},
    result=lambda state, c: state is S.ALL,
)

"""Each device tried on its own: keys, reader, scanner, printer, line to the host, display."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import Enum, auto
from functools import partial

from terminal.domain.facts import Facts
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import device_test_case as case
from terminal.flows.device_patterns import PATTERNS
from terminal.flows.device_test_case import DEVICES, Device, Trial
from terminal.flows.limits import entry_limit_s
from terminal.flows.picking import arrows
from terminal.flows.typed import beep
from terminal.ui.screens import Menu, Message, Say, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """The list, one device that is tried, what came of it; CALLING is a flow of its own."""

    LIST = auto()
    READER = auto()
    SCANNER = auto()
    CALLING = auto()
    DISPLAY = auto()
    TOLD = auto()
    LEFT = auto()


def call(facts: Facts) -> Call:
    """Try devices until somebody leaves."""
    return Call(lambda: Flow(TABLE, Trial(facts)))


def _list(c: Trial) -> Screen:
    items = tuple(map(partial(_item, c.works), DEVICES))
    return Menu("device", say(Text.TITLE_DEVICES), items, c.picked)


def _item(works: Mapping[Device, bool], device: Device) -> Say:
    if device not in works:
        return say(device.value)
    return say(Text.DEVICE_GOOD if works[device] else Text.DEVICE_BAD, what=device.value)


def _reader(c: Trial) -> Screen:
    lines = (say(Text.SWIPE_ANY_CARD), say(Text.NOTHING_IS_BOOKED))
    return Message("device.reader", say(Text.DEVICE_READER), lines, say(Text.HINT_CANCEL))


def _scanner(c: Trial) -> Screen:
    lines = (say(Text.SCAN_ANY_CODE), say(Text.NOTHING_IS_BOOKED))
    return Message("device.scanner", say(Text.WIRE_SCANNER), lines, say(Text.HINT_CANCEL))


def _display(c: Trial) -> Screen:
    lines = tuple(map(say, PATTERNS[c.page]))
    return Message("device.display", say(Text.DEVICE_DISPLAY), lines, say(Text.HINT_LOOKS_RIGHT))


def _told(c: Trial) -> Screen:
    return Message("device.told", say(DEVICES[c.picked].value), c.said, say(Text.HINT_ENTER))


ASKING = (S.READER, S.SCANNER, S.DISPLAY)

TABLE: FlowTable[Trial] = FlowTable(
    name="device_test",
    states=S,
    initial=S.LIST,
    final=frozenset({S.LEFT}),
    rows=[
        *(
            row
            for trigger in ("enter", "digit")
            for row in (
                On(trigger, S.LIST, S.READER, when=case.is_reader, do=case.begin),
                On(trigger, S.LIST, S.SCANNER, when=case.is_scanner, do=case.begin),
                On(trigger, S.LIST, S.DISPLAY, when=case.is_display, do=case.begin_display),
                On(trigger, S.LIST, S.CALLING, when=case.is_called, do=case.begin_called),
                On(trigger, S.LIST, S.LIST, do=beep),
            )
        ),
        *arrows(S.LIST, lambda c: len(DEVICES)),
        On("returned", S.CALLING, S.LIST, do=case.keep_returned),
        On("card", S.READER, S.TOLD, do=case.tell_card),
        On("bad_card", S.READER, S.TOLD, do=case.tell_bad_card),
        On("chip", S.READER, S.TOLD, do=case.tell_chip),
        On("scan", S.SCANNER, S.TOLD, do=case.tell_code),
        On("enter", S.DISPLAY, S.LIST, when=case.is_last_picture, do=case.find_good),
        On("enter", S.DISPLAY, S.DISPLAY, do=case.show_next),
        On("enter", S.TOLD, S.LIST),
        On("cancel", S.TOLD, S.LIST),
        On("timeout", S.TOLD, S.LIST),
        On("cancel", ASKING, S.LIST, do=case.give_up),
        On("timeout", ASKING, S.LIST, do=case.give_up),
        On("cancel", S.LIST, S.LEFT),
        On("timeout", S.LIST, S.LEFT),
    ],
    screens={
        S.LIST: _list,
        S.READER: _reader,
        S.SCANNER: _scanner,
        S.CALLING: _list,
        S.DISPLAY: _display,
        S.TOLD: _told,
    },
    timeout_s={
        **dict.fromkeys((S.LIST, *ASKING, S.TOLD), entry_limit_s),
        S.CALLING: math.inf,
    },
    result=lambda state, c: None,
)

"""Each device tried on its own: keys, reader, scanner, printer, line to the host, display."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import partial
from types import MappingProxyType
from typing import Final

from terminal.domain.card import short_card
from terminal.domain.cells import cut
from terminal.domain.facts import Facts
from terminal.domain.phrase import Phrase
from terminal.domain.receipt_rows import without_pan
from terminal.domain.receipt_trial import printer_test_slip
from terminal.effects import Beep, Call, Effect, ForgetCard
from terminal.events import (
    CardSwiped,
    CardUnreadable,
    ChipPresented,
    CodeScanned,
    KeyPressed,
    Returned,
)
from terminal.flow import Flow, FlowTable, On
from terminal.flows import device_keys, host_call, paper
from terminal.flows.device_patterns import PATTERNS
from terminal.flows.host_call import Kind
from terminal.flows.limits import entry_limit_s
from terminal.flows.paper import Order
from terminal.flows.picking import arrows
from terminal.flows.print_facts import shop_face
from terminal.flows.typed import beep
from terminal.ui.screens import Content, Fact, Menu, Message, Say, Screen, say
from terminal.ui.text import Text


class Device(Enum):
    """What is tried, in the order of the list."""

    KEYS = Text.DEVICE_KEYS
    READER = Text.DEVICE_READER
    SCANNER = Text.WIRE_SCANNER
    PRINTER = Text.WIRE_PRINTER
    HOST = Text.DEVICE_HOST
    DISPLAY = Text.DEVICE_DISPLAY


DEVICES: Final = tuple(Device)
SHOWN_CELLS: Final = 40  # of a code that was scanned


class S(Enum):
    """The list, one device that is tried, what came of it; CALLING is a flow of its own."""

    LIST = auto()
    READER = auto()
    SCANNER = auto()
    CALLING = auto()
    DISPLAY = auto()
    TOLD = auto()
    LEFT = auto()


@dataclass(frozen=True, slots=True)
class Trial:
    """The line that is picked, what is known to work or not, and what is said of the last one."""

    facts: Facts
    picked: int = 0
    page: int = 0
    works: Mapping[Device, bool] = field(default_factory=lambda: MappingProxyType({}))
    said: tuple[Content, ...] = ()


Step = tuple[Trial, tuple[Effect, ...]]


def call(facts: Facts) -> Call:
    """Try devices until somebody leaves."""
    return Call(lambda: Flow(TABLE, Trial(facts)))


def order(facts: Facts) -> Order:
    """The slip of the printer's test."""
    return Order(
        slip=lambda: printer_test_slip(shop_face(facts)),
        name="device",
        title=say(Text.WIRE_PRINTER),
        printing=Text.PRINTING_TEST,
        stands=Text.TEST_STANDS,
    )


# ---- which device


def _line(c: Trial, event: KeyPressed) -> int:
    """By its digit, or the one that is picked."""
    if event.trigger != "digit":
        return c.picked
    return int(event.key.value) - 1 if len(event.key.value) == 1 else -1


def _is(c: Trial, event: KeyPressed, *wanted: Device) -> bool:
    line = _line(c, event)
    return 0 <= line < len(DEVICES) and DEVICES[line] in wanted


def is_reader(c: Trial, event: KeyPressed) -> bool:
    """The line of the card reader."""
    return _is(c, event, Device.READER)


def is_scanner(c: Trial, event: KeyPressed) -> bool:
    """The line of the scanner."""
    return _is(c, event, Device.SCANNER)


def is_display(c: Trial, event: KeyPressed) -> bool:
    """The line of the display."""
    return _is(c, event, Device.DISPLAY)


def is_called(c: Trial, event: KeyPressed) -> bool:
    """A device that has a flow of its own."""
    return _is(c, event, Device.KEYS, Device.PRINTER, Device.HOST)


def begin(c: Trial, event: KeyPressed) -> Step:
    """Wait for a card or a code, or show the first picture."""
    return replace(c, picked=_line(c, event), page=0), ()


def begin_display(c: Trial, event: KeyPressed) -> Step:
    """The first picture, with a beep: who looks at it listens, too."""
    return replace(c, picked=_line(c, event), page=0), (Beep(),)


def begin_called(c: Trial, event: KeyPressed) -> Step:
    """Its own flow says how it went."""
    c = replace(c, picked=_line(c, event))
    match DEVICES[c.picked]:
        case Device.KEYS:
            return c, (device_keys.call(c.facts),)
        case Device.PRINTER:
            return c, (paper.call(order(c.facts)),)
        case _:
            return c, (host_call.call(c.facts, Kind.ECHO),)


# ---- how it went


def _known(c: Trial, is_good: bool) -> Trial:
    return replace(c, works=MappingProxyType({**c.works, DEVICES[c.picked]: is_good}))


def keep_returned(c: Trial, event: Returned) -> Step:
    """The result of a flow is True when its device works."""
    return _known(c, event.result is True), ()


def tell_card(c: Trial, event: CardSwiped) -> Step:
    """Read well; the number is forgotten at once, and nobody is asked for money."""
    said = (say(Text.CARD_READ), Fact(Text.LABEL_CARD, short_card(event.card.masked)))
    return replace(_known(c, True), said=said), (ForgetCard(event.card),)


def tell_bad_card(c: Trial, event: CardUnreadable) -> Step:
    """The reader speaks, and the stripe was not read."""
    return replace(_known(c, False), said=(say(Text.CARD_NOT_READ),)), (Beep(),)


def tell_chip(c: Trial, event: ChipPresented) -> Step:
    """The slot and the antenna answer, whatever this terminal does with chips."""
    return replace(_known(c, True), said=(say(Text.CHIP_SEEN),)), ()


def tell_code(c: Trial, event: CodeScanned) -> Step:
    """How long it was, and how it begins; a card number in it is masked."""
    start = cut(without_pan(event.text), SHOWN_CELLS)
    said = (say(Text.CODE_READ, length=len(event.text)), say(Phrase(start, start)))
    return replace(_known(c, True), said=said), ()


def give_up(c: Trial, event: object) -> Step:
    """Nothing came, or somebody says that it is not right."""
    return _known(c, False), ()


def is_last_picture(c: Trial, event: object) -> bool:
    """After it the display is known to be good."""
    return c.page + 1 == len(PATTERNS)


def show_next(c: Trial, event: object) -> Step:
    """The next picture."""
    return replace(c, page=c.page + 1), ()


def find_good(c: Trial, event: object) -> Step:
    """Somebody has seen that it is right."""
    return _known(c, True), ()


# ---- screens


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
                On(trigger, S.LIST, S.READER, when=is_reader, do=begin),
                On(trigger, S.LIST, S.SCANNER, when=is_scanner, do=begin),
                On(trigger, S.LIST, S.DISPLAY, when=is_display, do=begin_display),
                On(trigger, S.LIST, S.CALLING, when=is_called, do=begin_called),
                On(trigger, S.LIST, S.LIST, do=beep),
            )
        ),
        *arrows(S.LIST, lambda c: len(DEVICES)),
        On("returned", S.CALLING, S.LIST, do=keep_returned),
        On("card", S.READER, S.TOLD, do=tell_card),
        On("bad_card", S.READER, S.TOLD, do=tell_bad_card),
        On("chip", S.READER, S.TOLD, do=tell_chip),
        On("scan", S.SCANNER, S.TOLD, do=tell_code),
        On("enter", S.DISPLAY, S.LIST, when=is_last_picture, do=find_good),
        On("enter", S.DISPLAY, S.DISPLAY, do=show_next),
        On("enter", S.TOLD, S.LIST),
        On("cancel", S.TOLD, S.LIST),
        On("timeout", S.TOLD, S.LIST),
        On("cancel", ASKING, S.LIST, do=give_up),
        On("timeout", ASKING, S.LIST, do=give_up),
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

"""Which device is tried, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import Final

from terminal.domain.card import short_card
from terminal.domain.cells import cut
from terminal.domain.facts import Facts
from terminal.domain.phrase import Phrase
from terminal.domain.receipt_rows import without_pan
from terminal.domain.receipt_trial import printer_test_slip
from terminal.effects import Beep, Effect, ForgetCard
from terminal.events import (
    CardSwiped,
    CardUnreadable,
    ChipPresented,
    CodeScanned,
    KeyPressed,
    Returned,
)
from terminal.flows import device_keys, host_call, paper
from terminal.flows.device_patterns import PATTERNS
from terminal.flows.host_call import Kind
from terminal.flows.paper import Order
from terminal.flows.print_facts import shop_face
from terminal.ui.screens import Content, Fact, say
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


@dataclass(frozen=True, slots=True)
class Trial:
    """The line that is picked, what is known to work or not, and what is said of the last one."""

    facts: Facts
    picked: int = 0
    page: int = 0
    works: Mapping[Device, bool] = field(default_factory=lambda: MappingProxyType({}))
    said: tuple[Content, ...] = ()


Step = tuple[Trial, tuple[Effect, ...]]


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

"""What all drivers have in common: they fit their ports, and do nothing on a closed line."""

import pytest

from drivers.card_reader import CardReaderDriver
from drivers.display import DisplayDriver
from drivers.keypad import KeypadDriver
from drivers.printer import PrinterDriver
from drivers.scanner import ScannerDriver
from terminal.events import WireBack, WireLost
from terminal.ports import NOTHING, CardReader, Display, Driver, Keypad, Printer, Scanner


def drivers() -> dict[str, Driver]:
    """One of each, by wire; the types are what mypy checks here."""
    keypad: Keypad = KeypadDriver()
    display: Display = DisplayDriver()
    reader: CardReader = CardReaderDriver()
    scanner: Scanner = ScannerDriver()
    printer: Printer = PrinterDriver()
    return {
        "keypad": keypad,
        "display": display,
        "reader": reader,
        "scanner": scanner,
        "printer": printer,
    }


WIRES = sorted(drivers())


@pytest.mark.parametrize("wire", WIRES)
def test_closed_line_needs_no_attention(wire: str) -> None:
    driver = drivers()[wire]
    assert driver.due_s == float("inf")
    assert driver.tick(100.0) == NOTHING
    assert driver.written(100.0) == NOTHING


@pytest.mark.parametrize("wire", WIRES)
def test_line_that_can_not_be_opened_is_told_once(wire: str) -> None:
    driver = drivers()[wire]
    assert driver.lost("no such port", False, 0.0).events == (WireLost(wire, "no such port"),)
    assert driver.lost("no such port", False, 1.0) == NOTHING
    assert driver.due_s == float("inf")


@pytest.mark.parametrize("wire", ["reader", "scanner"])
def test_device_that_only_speaks_is_back_with_its_port(wire: str) -> None:
    driver = drivers()[wire]
    driver.lost("no such port", False, 0.0)
    assert driver.opened(1.0).events == (WireBack(wire),)


@pytest.mark.parametrize("wire", ["keypad", "display", "printer"])
def test_device_that_answers_is_not_back_before_it_does(wire: str) -> None:
    driver = drivers()[wire]
    driver.lost("no such port", False, 0.0)
    opened = driver.opened(1.0)
    assert opened.events == ()
    assert opened.frames
    assert driver.due_s == 1.5


@pytest.mark.parametrize("wire", WIRES)
def test_other_name_of_a_wire_is_told(wire: str) -> None:
    other = type(drivers()[wire])("spare")  # type: ignore[call-arg]  # ports say nothing of this
    assert other.lost("gone", False, 0.0).events == (WireLost("spare", "gone"),)

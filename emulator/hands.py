"""What somebody's hands do: keys, cards, codes, paper (emulator/README.md)."""

from emulator import hand_faults
from emulator.keypad import KEY_CODES
from emulator.parts import Parts
from emulator.requests import Press, Printer, RequestError, Scan, ShowCard

Reply = dict[str, object]


def check_keys(request: Press) -> None:
    """RequestError names the first that the keypad has not."""
    for at, key in enumerate(request.keys):
        if key not in KEY_CODES:
            raise RequestError(f"press: keys[{at}]: no such key: one of {', '.join(KEY_CODES)}")


def press_key(parts: Parts, key: str) -> None:
    """A key goes down and up, as often as a bad one does."""
    devices = parts.devices
    for seen in hand_faults.pressed(parts.faults, key):
        devices.say("keypad", devices.keypad.press(seen, devices.now_s))


def swipe(parts: Parts, request: ShowCard) -> Reply:
    """A stripe is drawn through the reader."""
    stripe = _stripe(parts, request)
    parts.devices.say("reader", hand_faults.swiped(parts.faults, parts.devices.reader, stripe))
    return {}


def insert(parts: Parts, request: ShowCard) -> Reply:
    """A card is put into the slot."""
    _stripe(parts, request)
    parts.devices.say("reader", parts.devices.reader.insert())
    return {}


def tap(parts: Parts, request: ShowCard) -> Reply:
    """A card is held to the antenna."""
    _stripe(parts, request)
    parts.devices.say("reader", parts.devices.reader.tap())
    return {}


def _stripe(parts: Parts, request: ShowCard) -> str:
    if (request.card is None) == (request.track2 is None):
        raise RequestError("card or track2 is needed, and not both")
    if request.card is None:
        text = request.track2 or ""
        return text if text.startswith((";", "%", "!")) else f";{text}?"
    try:
        return parts.acquirer.card(request.card).stripe
    except KeyError as error:
        raise RequestError(f"card: {error.args[0]}") from None


def remove(parts: Parts, _request: object) -> Reply:
    """The card is taken out of the slot."""
    parts.devices.say("reader", parts.devices.reader.remove())
    return {}


def scan(parts: Parts, request: Scan) -> Reply:
    """A code is held before the scanner."""
    for text in hand_faults.scanned(parts.faults, request.text):
        parts.devices.say("scanner", parts.devices.scanner.scan(text))
    return {}


def tear(parts: Parts, _request: object) -> Reply:
    """All paper is taken away."""
    parts.devices.printer.tear()
    return {}


def printer(parts: Parts, request: Printer) -> Reply:
    """A new roll, or the cover."""
    if request.paper is None and request.cover is None:
        raise RequestError("printer: paper or cover is needed")
    model = parts.devices.printer
    if request.paper is not None:
        model.load_paper()
    if request.cover is not None:
        model.open_cover(request.cover == "open")
    parts.devices.go_on()
    return {}

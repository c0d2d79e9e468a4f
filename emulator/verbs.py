"""What each verb of the control channel does (emulator/README.md lists them)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from emulator.host.faults import FaultError
from emulator.keypad import KEY_CODES
from emulator.parts import Parts
from emulator.requests import (
    ArmFault,
    ClearFault,
    Link,
    Power,
    Press,
    Printer,
    RequestError,
    Scan,
    ShowCard,
    Since,
    Wait,
    parsed,
)
from emulator.screen_watch import NotShownError, ScreenNow
from emulator.slip_codes import slip_code

Reply = dict[str, object]
ENTRY_STEP_S: Final = 0.002
ENTRY_LATEST_S: Final = 1.0


async def done(parts: Parts, message: Mapping[str, Any]) -> Reply:
    """Do what a request asks; its reply without `id` and `ok`. Raises RequestError."""
    verb, request = parsed(message)
    if verb in WAITING:
        return await WAITING[verb](parts, request)
    return AT_ONCE[verb](parts, request)


def screen(parts: Parts, _request: object) -> Reply:
    return parts.screens.now.as_dict()


async def wait(parts: Parts, request: Wait) -> Reply:
    if request.name is None and request.contains is None and request.after_seq is None:
        raise RequestError("wait: name, contains or after_seq is needed")
    try:
        shown = await parts.screens.wait(lambda now: _is_wanted(now, request), request.timeout_s)
    except NotShownError as error:
        raise RequestError(f"wait: {error}") from None
    await _entry_open(parts, shown)
    return shown.as_dict()


def _is_wanted(now: ScreenNow, request: Wait) -> bool:
    return (
        (request.name is None or now.name == request.name)
        and (request.contains is None or request.contains in "\n".join(now.rows))
        and (request.after_seq is None or now.seq > request.after_seq)
    )


async def _entry_open(parts: Parts, shown: ScreenNow) -> None:
    """Keypad and display are two wires: the screen may be there before the keypad was asked."""
    loop = asyncio.get_running_loop()
    latest_s = loop.time() + ENTRY_LATEST_S
    while (
        takes_secret(shown.name)
        and not parts.devices.is_entry_open
        and parts.screens.now.name == shown.name
        and loop.time() < latest_s
    ):
        await asyncio.sleep(ENTRY_STEP_S)


def takes_secret(name: str) -> bool:
    """Whether this screen stands beside a secure entry of the keypad."""
    return name in ("setup", "pin") or name.endswith(("password", ".pin"))


def press(parts: Parts, request: Press) -> Reply:
    for at, key in enumerate(request.keys):
        if key not in KEY_CODES:
            raise RequestError(f"press: keys[{at}]: no such key: one of {', '.join(KEY_CODES)}")
    before = parts.screens.now
    devices = parts.devices
    for key in request.keys:
        devices.say("keypad", devices.keypad.press(key, devices.now_s))
    return {"seq": before.seq, "beeps": before.beeps}


def swipe(parts: Parts, request: ShowCard) -> Reply:
    parts.devices.say("reader", parts.devices.reader.swipe(_stripe(parts, request)))
    parts.faults.swiped()
    return {}


def insert(parts: Parts, request: ShowCard) -> Reply:
    _stripe(parts, request)
    parts.devices.say("reader", parts.devices.reader.insert())
    return {}


def tap(parts: Parts, request: ShowCard) -> Reply:
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
    parts.devices.say("reader", parts.devices.reader.remove())
    return {}


def scan(parts: Parts, request: Scan) -> Reply:
    parts.devices.say("scanner", parts.devices.scanner.scan(request.text))
    return {}


def paper(parts: Parts, _request: object) -> Reply:
    slips = parts.devices.printer.slips
    return {"slips": [{"rows": list(s.rows), "codes": list(s.codes), "cut": s.cut} for s in slips]}


def tear(parts: Parts, _request: object) -> Reply:
    parts.devices.printer.tear()
    return {}


def printer(parts: Parts, request: Printer) -> Reply:
    if request.paper is None and request.cover is None:
        raise RequestError("printer: paper or cover is needed")
    model = parts.devices.printer
    if request.paper is not None:
        model.load_paper()
    if request.cover is not None:
        model.open_cover(request.cover == "open")
    parts.devices.say("printer", model.tick(parts.devices.now_s))
    return {}


def cards(parts: Parts, _request: object) -> Reply:
    return {
        "cards": [
            {"name": c.name, "masked": c.masked, "title_en": c.title_en, "title_zh": c.title_zh}
            for c in parts.acquirer.cards
        ]
    }


def sales(parts: Parts, _request: object) -> Reply:
    def code_for(sale: Reply) -> str:
        return slip_code(parts.devices.keypad, sale, parts.acquirer.card(str(sale["card"])))

    return {"sales": parts.acquirer.sales(code_for)}


def people(parts: Parts, _request: object) -> Reply:
    return {
        "people": [
            {"number": p.number, "name": p.name, "role": p.role, "password": p.password}
            for p in parts.shop.people
        ]
    }


def ledger(parts: Parts, request: Since) -> Reply:
    return {"bookings": parts.acquirer.ledger.bookings(request.since)}


def trace(parts: Parts, request: Since) -> Reply:
    return {"entries": parts.trace.since(request.since)}


def faults(parts: Parts, _request: object) -> Reply:
    return {"faults": parts.faults.listing()}


def fault(parts: Parts, request: ArmFault) -> Reply:
    try:
        parts.faults.arm(request.name, request.parameters, request.count)
    except FaultError as error:
        raise RequestError(f"fault: {error}") from None
    return {}


def clear(parts: Parts, request: ClearFault) -> Reply:
    try:
        parts.faults.clear(request.name)
    except FaultError as error:
        raise RequestError(f"clear: {error}") from None
    return {}


def firmware(parts: Parts, _request: object) -> Reply:
    return {"state": parts.firmware.state, "last_line": parts.firmware.last_line()}


async def power(parts: Parts, request: Power) -> Reply:
    if parts.options.devices_only:
        raise RequestError("power: not with --devices-only: the firmware isn't ours to start")
    if request.to == "on":
        await parts.firmware.start()
        return {}
    await parts.firmware.kill()
    parts.devices.lose_power()
    parts.trace.remark("power", "off")
    return {}


async def link(parts: Parts, request: Link) -> Reply:
    is_up = request.to == "up"
    parts.trace.remark(request.wire, f"link {request.to}")
    if request.wire != "acquirer":
        await parts.devices.stations[request.wire].set_link(is_up)
    elif parts.options.acquirer:
        raise RequestError("link: the acquirer is another host: its line isn't ours")
    else:
        await (parts.acquirer.up() if is_up else parts.acquirer.down())
    return {}


AT_ONCE: Final[Mapping[str, Callable[[Parts, Any], Reply]]] = MappingProxyType(
    {
        "screen": screen,
        "press": press,
        "swipe": swipe,
        "insert": insert,
        "tap": tap,
        "remove": remove,
        "scan": scan,
        "paper": paper,
        "tear": tear,
        "printer": printer,
        "cards": cards,
        "sales": sales,
        "people": people,
        "ledger": ledger,
        "trace": trace,
        "faults": faults,
        "fault": fault,
        "clear": clear,
        "firmware": firmware,
    }
)
WAITING: Final[Mapping[str, Callable[[Parts, Any], Awaitable[Reply]]]] = MappingProxyType(
    {"wait": wait, "power": power, "link": link}
)

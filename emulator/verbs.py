"""What each verb of the control channel does (emulator/README.md lists them)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from emulator import hands
from emulator.hands import Reply
from emulator.host.faults import FaultError
from emulator.journal_view import JournalUnseenError, records_since
from emulator.parts import Parts
from emulator.requests import (
    ArmFault,
    ClearFault,
    Link,
    Power,
    Press,
    RequestError,
    Since,
    Wait,
    parsed,
)
from emulator.screen_watch import NotShownError, ScreenNow
from emulator.slip_codes import slip_code
from emulator.state_folder import JOURNAL

ENTRY_STEP_S: Final = 0.002
ENTRY_LATEST_S: Final = 1.0
LONGEST_WAIT_S: Final = 86_400
LAST_BYTES_S: Final = 0.02


async def done(parts: Parts, message: Mapping[str, Any]) -> Reply:
    """Do what a request asks; its reply without `id` and `ok`. Raises RequestError."""
    verb, request = parsed(message)
    if verb in WAITING:
        return await WAITING[verb](parts, request)
    return AT_ONCE[verb](parts, request)


def screen(parts: Parts, _request: object) -> Reply:
    """What the display shows now."""
    return parts.screens.now.as_dict()


async def wait(parts: Parts, request: Wait) -> Reply:
    """What the display shows as soon as it is what was asked for."""
    if request.name is None and request.contains is None and request.after_seq is None:
        raise RequestError("wait: name, contains or after_seq is needed")
    if not 0 <= request.timeout_s <= LONGEST_WAIT_S:
        raise RequestError(f"wait: timeout_s: 0 to {LONGEST_WAIT_S} seconds")
    try:
        shown = await parts.screens.wait(lambda now: is_wanted(now, request), request.timeout_s)
    except NotShownError as error:
        raise RequestError(f"wait: {error}") from None
    await _entry_open(parts, shown)
    return shown.as_dict()


def is_wanted(now: ScreenNow, request: Wait) -> bool:
    """Whether the display shows what is waited for."""
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


def paper(parts: Parts, _request: object) -> Reply:
    """The slips that were not torn off, oldest first; the printer's paper and cover."""
    slips = parts.devices.printer.slips
    told = [{"rows": list(s.rows), "codes": list(s.codes), "cut": s.cut} for s in slips]
    return {"slips": told, **parts.printer_now()}


def cards(parts: Parts, _request: object) -> Reply:
    """The deck, numbers masked."""
    return {
        "cards": [
            {"name": c.name, "masked": c.masked, "title_en": c.title_en, "title_zh": c.title_zh}
            for c in parts.acquirer.cards
        ]
    }


def sales(parts: Parts, _request: object) -> Reply:
    """The purchases on the host's books, each with the code on its slip."""

    def code_for(sale: Reply) -> str:
        return slip_code(parts.devices.keypad, sale, parts.acquirer.card(str(sale["card"])))

    return {"sales": parts.acquirer.sales(code_for)}


def people(parts: Parts, _request: object) -> Reply:
    """Who works in the shop, with their test passwords."""
    return {
        "people": [
            {"number": p.number, "name": p.name, "role": p.role, "password": p.password}
            for p in parts.shop.people
        ]
    }


def ledger(parts: Parts, request: Since) -> Reply:
    """The host's bookings."""
    return {"bookings": parts.acquirer.ledger.bookings(request.since)}


async def journal(parts: Parts, request: Since) -> Reply:
    """The records that the terminal has committed."""
    path = parts.options.state / JOURNAL
    try:
        return {"records": await asyncio.to_thread(records_since, path, request.since)}
    except (JournalUnseenError, OSError) as error:
        raise RequestError(f"journal: {error}") from None


def trace(parts: Parts, request: Since) -> Reply:
    """What passed on the wires."""
    return {"entries": parts.trace.since(request.since)}


def faults(parts: Parts, _request: object) -> Reply:
    """Every fault, and which are armed."""
    return {"faults": parts.faults.listing()}


def fault(parts: Parts, request: ArmFault) -> Reply:
    """Arm a fault."""
    try:
        parts.faults.arm(request.name, request.parameters, request.count)
    except FaultError as error:
        raise RequestError(f"fault: {error}") from None
    return {}


def clear(parts: Parts, request: ClearFault) -> Reply:
    """Disarm one fault or all, and mend what they broke."""
    try:
        parts.faults.clear(request.name)
    except FaultError as error:
        raise RequestError(f"clear: {error}") from None
    return {}


def firmware(parts: Parts, _request: object) -> Reply:
    """Whether the firmware runs, the last line it wrote, and which cables are in."""
    return parts.firmware_now()


async def press(parts: Parts, request: Press) -> Reply:
    """Keys go down and up, each after what a fault wants done before it; what was shown before."""
    hands.check_keys(request)
    before = parts.screens.now
    for key in request.keys:
        parts.faults.pressing(key)
        await parts.orders_done()
        hands.press_key(parts, key)
    return {"seq": before.seq, "beeps": before.beeps}


async def power(parts: Parts, request: Power) -> Reply:
    """The terminal's power: off kills the firmware at once."""
    if parts.options.devices_only:
        raise RequestError("power: not with --devices-only: the firmware isn't ours to start")
    await (parts.firmware.start() if request.to == "on" else power_off(parts))
    return {}


async def power_off(parts: Parts) -> None:
    """The firmware is gone at once, and what the devices were doing."""
    await parts.firmware.kill()
    # What it wrote last is still on its way, and belongs to the time before the cut.
    await asyncio.sleep(LAST_BYTES_S)
    parts.devices.lose_power()
    parts.trace.remark("power", "off")


async def link(parts: Parts, request: Link) -> Reply:
    """A cable is pulled, or put back."""
    if request.wire not in parts.cables:
        raise RequestError("link: the acquirer is another host: its line isn't ours")
    await parts.cables[request.wire].set_link(request.to == "up")
    return {}


AT_ONCE: Final[Mapping[str, Callable[[Parts, Any], Reply]]] = MappingProxyType(
    {
        "screen": screen,
        "swipe": hands.swipe,
        "insert": hands.insert,
        "tap": hands.tap,
        "remove": hands.remove,
        "scan": hands.scan,
        "paper": paper,
        "tear": hands.tear,
        "printer": hands.printer,
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
    {"wait": wait, "press": press, "power": power, "link": link, "journal": journal}
)

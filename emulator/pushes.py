"""What changes on the bench, told to whoever subscribed: the page, above all."""

import asyncio
from collections.abc import Callable

from emulator.parts import Parts
from emulator.screen_watch import ScreenNow
from emulator.trace_entry import TraceEntry

Push = Callable[[dict[str, object]], None]


class Pushes:
    """Watches the parts of a bench. Ledger and paper are told once a turn of the loop."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._subscribers: list[Push] = []
        self._soon: set[str] = set()
        self._last_booking = max((_id(b) for b in parts.acquirer.ledger.bookings()), default=0)
        parts.screens.on_screen = self._screen
        parts.trace.on_entry = self._entry
        parts.devices.printer.on_change = lambda: self._later("paper", self._paper)

    def subscribe(self, push: Push) -> Callable[[], None]:
        """Call `push` with each event; the result ends it."""
        self._subscribers.append(push)
        return lambda: self._subscribers.remove(push) if push in self._subscribers else None

    def firmware_changed(self) -> None:
        """The firmware was started, killed, or ended by itself; or a cable was pulled or put in."""
        self._push({"event": "firmware", **self._parts.firmware_now()})

    def faults_changed(self) -> None:
        """A fault was armed, cleared or used."""
        self._push({"event": "faults", "faults": self._parts.faults.listing()})

    def exchanged(self) -> None:
        """The host was asked something: its ledger may have grown when it has answered."""
        self._later("ledger", self._ledger)
        self._later("faults", self.faults_changed)

    def _screen(self, now: ScreenNow) -> None:
        self._push({"event": "screen", **now.as_dict()})

    def _entry(self, entry: TraceEntry) -> None:
        self._push({"event": "trace", "entry": entry.as_dict()})

    def _paper(self) -> None:
        slips = self._parts.devices.printer.slips
        event = {"event": "paper", "count": len(slips), **self._parts.printer_now()}
        if slips:
            last = slips[-1]
            event["slip"] = {"rows": list(last.rows), "codes": list(last.codes), "cut": last.cut}
        self._push(event)

    def _ledger(self) -> None:
        fresh = self._parts.acquirer.ledger.bookings(self._last_booking)
        if fresh:
            self._last_booking = _id(fresh[-1])
            self._push({"event": "ledger", "bookings": fresh})

    def _later(self, what: str, tell: Callable[[], None]) -> None:
        def told() -> None:
            self._soon.discard(what)
            tell()

        if what not in self._soon and self._subscribers:
            self._soon.add(what)
            asyncio.get_running_loop().call_soon(told)

    def _push(self, event: dict[str, object]) -> None:
        for push in tuple(self._subscribers):
            push(event)


def _id(booking: dict[str, object]) -> int:
    return int(str(booking["id"]))

"""Makes the troubles of an operation come true in the world, and undoes what lasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import apsw

from emulator.host.faults import Value
from tests.simulation.old_disks import BitFlip, OldImage
from tests.simulation.simdisk import NEVER, Call
from tests.simulation.simulated_devices import look_at_paper, mend_cables, mute, unplug
from tests.simulation.trouble_kinds import Trouble
from tests.simulation.world import NO_OUTAGE, World

ROOM_BYTES: Final = 300
IO_ERRORS: Final = {"write": apsw.SQLITE_IOERR_WRITE, "sync": apsw.SQLITE_IOERR_FSYNC}
OF_AN_EXCHANGE: Final = (
    *("line.", "host.", "keypad.mute", "clock.jump_waiting"),
    "power.in_exchange",
)


def begin(world: World, troubles: tuple[Trouble, ...]) -> None:
    """Arm what befalls the operation that begins now."""
    world.exchanges = 0
    world.line_troubles = tuple(t for t in troubles if t.kind.startswith(OF_AN_EXCHANGE))
    for trouble in troubles:
        if trouble.kind in AT_THE_START:
            AT_THE_START[trouble.kind](world, trouble)
            world.reached[trouble.kind] += 1


def end(world: World) -> None:
    """Nothing more befalls; what is on its way still arrives."""
    world.bounces = world.garbled = world.twice = False
    world.line_troubles = ()
    world.cut_at_moment = world.cut_again_at = NEVER
    world.host.faults.clear()
    for line in world.troubles.values():
        line.mend()
    world.disk.faults, world.disk.quota_bytes, world.disk.cut_at = None, None, NEVER


def mend(world: World) -> None:
    """Somebody puts everything right: paper, cover, cables, clock."""
    end(world)
    world.is_calm, world.damage, world.outage = True, None, NO_OUTAGE
    mend_printer(world)
    mend_cables(world)
    world.jump_s = 0.0
    world.reader.clear_bad_track()


def mend_printer(world: World) -> None:
    """Paper, cover and switch."""
    world.printer.silent(False)
    world.printer.open_cover(False)
    world.printer.load_paper()
    world.answer("printer", world.printer.tick(world.clock.now_s))
    look_at_paper(world)


def befall(world: World, trouble: Trouble) -> None:
    """A trouble of the host's, at the exchange that begins now; a clock that jumps meanwhile."""
    if trouble.kind == "clock.jump_waiting":
        world.on_the_way(1.0, lambda: _jump(world, trouble))
    elif trouble.kind in ("line.outage", "line.dies"):
        world.outage = (world.clock.now_s + trouble.size, trouble.text or "line.refuse")
    elif trouble.kind == "power.in_exchange":
        _cut_after(world, trouble)
    elif trouble.kind == "keypad.mute":
        mute(world, "keypad", trouble.size)
    elif trouble.kind == "host.refuses_reversal":
        world.host.faults.arm("host.decline", {"code": trouble.text, "mti": "0400"})
    elif trouble.kind in HOST_FAULTS:
        world.host.faults.arm(trouble.kind, HOST_FAULTS[trouble.kind](trouble))


Params = dict[str, Value]
HOST_FAULTS: Final[Mapping[str, Callable[[Trouble], Params]]] = MappingProxyType(
    {
        "host.decline": lambda t: {"code": t.text},
        "host.no_answer": lambda t: {"booked": t.text == "booked"},
        "host.close": lambda t: {"booked": t.text == "booked"},
        "host.late": lambda t: {"delay_s": t.size},
        "host.wrong_mac": lambda t: {},
        "host.no_mac": lambda t: {},
        "host.field": lambda t: _field(t.text),
        "host.sign_in_again": lambda t: {},
        "host.changes_keys": lambda t: {},
        "host.wrong_totals": lambda t: {"foreign": t.text == "foreign"},
        "host.bad_upload": lambda t: {},
        "host.asks": lambda t: {},
    }
)


def _field(text: str) -> Params:
    number, _, value = text.partition("=")
    return {"number": int(number), "value": value}


def _jump(world: World, trouble: Trouble) -> None:
    world.jump_s += 0.0 if world.is_calm else trouble.size


def _cut_at_moment(world: World, trouble: Trouble) -> None:
    world.cut_at_moment, world.off_s = world.moments + trouble.at, trouble.size


def _cut_at_call(world: World, trouble: Trouble) -> None:
    world.disk.cut_at, world.off_s = world.disk.calls + trouble.at, trouble.size


def _cut_after(world: World, trouble: Trouble) -> None:
    def go() -> None:
        if world.is_on and not world.is_calm:
            world.lose_power()

    world.on_the_way(trouble.size, go)


def _old_image(world: World, trouble: Trouble) -> None:
    journal = world.runtime.journal
    if journal and journal.head[0]:  # else nobody knows what the files hold
        world.damage = OldImage(world.files(), journal.head[0])
    _cut_at_moment(world, trouble)


def _lost_files(world: World, trouble: Trouble) -> None:
    world.damage = OldImage({}, 0)
    _cut_at_moment(world, trouble)


def _bit_flip(world: World, trouble: Trouble) -> None:
    world.damage = BitFlip()
    _cut_at_moment(world, trouble)


def _full(world: World, trouble: Trouble) -> None:
    used = sum(map(len, world.files().values()))
    world.disk.quota_bytes = used + trouble.at * ROOM_BYTES


def _fail_disk(world: World, operation: str, after: int) -> None:
    """The call of this kind with this number, counted from now on, fails, once."""
    left = [after]

    def faults(call: Call) -> int | None:
        if call.operation != operation:
            return None
        left[0] -= 1
        return IO_ERRORS[operation] if left[0] == 0 else None

    world.disk.faults = faults


def _flag(name: str) -> Callable[[World, Trouble], None]:
    return lambda world, trouble: setattr(world, name, True)


AT_THE_START: Final[Mapping[str, Callable[[World, Trouble], None]]] = MappingProxyType(
    {
        "printer.paper_out": lambda w, t: w.printer.out_after_lines(int(t.size)),
        "printer.cover": lambda w, t: w.printer.open_cover(True),
        "printer.silent": lambda w, t: w.printer.silent(True),
        "printer.unplug": lambda w, t: unplug(w, "printer", t.size),
        "keypad.unplug": lambda w, t: w.on_the_way(t.at * 0.7, lambda: unplug(w, "keypad", t.size)),
        "display.unplug": lambda w, t: unplug(w, "display", t.size),
        "keypad.bounce": _flag("bounces"),
        "keypad.noise": lambda w, t: setattr(w.troubles["keypad"], "noise_every", int(t.size)),
        "display.noise": lambda w, t: setattr(w.troubles["display"], "noise_every", int(t.size)),
        "reader.bad_track": lambda w, t: w.reader.bad_track(1),
        "scanner.garbage": _flag("garbled"),
        "scanner.twice": _flag("twice"),
        "disk.write_fails": lambda w, t: _fail_disk(w, "write", t.at),
        "disk.sync_fails": lambda w, t: _fail_disk(w, "sync", t.at),
        "disk.full": _full,
        "power.moment": _cut_at_moment,
        "power.again": lambda w, t: setattr(w, "cut_again_at", t.at),
        "power.disk_call": _cut_at_call,
        "power.after": _cut_after,
        "power.old_image": _old_image,
        "power.lost_files": _lost_files,
        "power.bit_flip": _bit_flip,
        "clock.jump": _jump,
    }
)
"""What is armed when the operation begins; troubles of the clerk are his own."""

"""The devices of a simulated shop: their cables, and what people press, see and hold in hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from emulator.frames import Out
from tests.simulation.evidence import Paper, Shown

if TYPE_CHECKING:
    from tests.simulation.world import World


def unplug(world: World, wire: str, seconds: float) -> None:
    """A cable is out for so long."""
    world.unplugged.add(wire)
    if world.is_on:
        world.links[wire].pull()
    world.on_the_way(seconds, lambda: _plug(world, wire))


def _plug(world: World, wire: str) -> None:
    world.unplugged.discard(wire)
    world.links[wire].plug()


def mute(world: World, wire: str, seconds: float) -> None:
    """The cable is there, and nothing comes through for so long."""
    link = world.links[wire]
    link.is_mute = True
    world.on_the_way(seconds, lambda: setattr(link, "is_mute", False))


def mend_cables(world: World) -> None:
    """All are in, and let everything through."""
    for wire in sorted(world.unplugged):
        _plug(world, wire)
    for name in ("keypad", "printer", "display"):
        world.links[name].is_mute = False


# ---- what people do and see


def watch_people(world: World) -> None:
    """Note each picture from now on, and tell of each key before the keypad has it."""
    world.display.on_change = partial(_note_picture, world)
    press = world.keypad.press

    def watched(key: str, now_s: float) -> Out:
        world.on_key(key)
        return press(key, now_s)

    world.keypad.press = watched  # type: ignore[method-assign]  # the pad has no such seam


def _note_picture(world: World) -> None:
    display, shown = world.display, world.shown
    picture = (display.name, display.rows)
    if not shown or picture != (shown[-1].name, shown[-1].rows):
        shown.append(Shown(world.clock.now_s, display.name, display.language, display.rows))
        world.reached[f"screen {display.name}"] += 1


def look_at_paper(world: World) -> None:
    """Note what the printer has cut off since."""
    cut = [slip for slip in world.printer.slips if slip.cut]
    for slip in cut[world.seen_papers :]:
        codes = tuple(map(str, slip.codes))
        world.papers.append(Paper(world.clock.now_s, slip.rows, codes, cut=True))
    world.seen_papers = len(cut)

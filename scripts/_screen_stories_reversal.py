"""Stories of sales and voids that are taken back: by the terminal, or by a person."""

from __future__ import annotations

from collections.abc import Callable

from scripts._shots import Camera
from terminal.flows import recovery
from tests.scenarios.reversals import begin, good_sale, lost_sale, lost_void, to_idle

Story = Callable[[Camera], object]
LIFE_S = 91.0
LOST_S = 62.0


def _run(camera: Camera, seconds: float = 1.0) -> Camera:
    begin(camera, recovery.call(camera.runtime.facts))
    camera.run(seconds)
    return camera


def taken_back(camera: Camera) -> None:
    """A sale, then a void: asked too early, then for good."""
    lost_sale(camera)
    _run(camera).take("early")
    for state in ("OPENING", "MACING", "SENT", "VERIFYING"):
        camera.take_past("reversal", state)
    to_idle(camera)
    camera.keys("MENU 3 1").take("again").keys("CANCEL").run(LIFE_S)
    camera.keys("MENU 3 1").take("due").keys("CANCEL")
    _run(camera).take("sale")
    to_idle(camera)
    lost_void(camera, good_sale(camera))
    camera.run(LIFE_S)
    _run(camera).take("void")
    camera.take_past("reversal", "SENT", "void")
    to_idle(camera)


def not_yet(camera: Camera) -> None:
    """Not signed in, no line, no keypad, refused for now, silence."""
    lost_sale(camera)
    camera.runtime.facts.books.signed_in = False
    _run(camera).take("sign-in").keys("ENTER")
    camera.runtime.facts.books.signed_in = True
    to_idle(camera)
    camera.links["acquirer"].is_up = False
    _run(camera).take("not-reached")
    camera.links["acquirer"].is_up = True
    to_idle(camera)
    camera.host.faults.arm("host.decline", {"code": "96", "mti": "0400"})
    _run(camera).take("refused")
    to_idle(camera)
    camera.host.faults.arm("host.no_answer", {"booked": False, "mti": "0400"})
    _run(camera, LOST_S).take("silent")
    to_idle(camera)
    camera.links["keypad"].pull()
    _run(camera, 7.0).take("no-keypad")


def failed(camera: Camera) -> None:
    """Refused for good: the slip for the shop, and two ways to settle it."""
    for lost, name in ((lost_sale, "sale"), (_lost_void, "void")):
        camera.host.faults.arm("host.decline", {"code": "12", "mti": "0400"})
        lost(camera)
        _run(camera).take(f"failed-{name}").keys("ENTER").run(0.2)
        camera.take_past("reversal_slip", "PRINTING", name)
        to_idle(camera)
        camera.take_past("reversal_slip", "TOLD", f"failed-{name}")
        camera.run(LIFE_S)
        camera.keys("MENU 3 1").take(f"failed-{name}")
        camera.keys("ENTER 10 ENTER 614283 ENTER").take(name).keys("2 ENTER")
        to_idle(camera)


def _lost_void(camera: Camera) -> None:
    lost_void(camera, good_sale(camera))


def no_paper(camera: Camera) -> None:
    """The slip of a failed one, without paper."""
    lost_sale(camera)
    camera.host.faults.arm("host.decline", {"code": "12", "mti": "0400"})
    camera.printer.out_after_lines(0)
    _run(camera).keys("ENTER").run(5.0)
    camera.take()


STORIES: tuple[Story, ...] = (taken_back, not_yet, failed, no_paper)

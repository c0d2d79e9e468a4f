"""Stories that lead to the screens of the day report, device tests, about and practice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from scripts._shots import Camera
from terminal.domain.bookkeeping import StoredRecord
from terminal.domain.facts import Versions
from terminal.domain.keypad_questions import PadStatus
from terminal.domain.slip import PrinterProblem
from terminal.events import CardUnreadable, ChipPresented
from terminal.flows import about, day_report, device_test, device_test_case, paper, practice
from terminal.flows.about import About
from terminal.flows.device_test_case import Trial
from tests.scenarios.cashier import SUPERVISOR, refund
from tests.scenarios.opened import opened

Story = Callable[[Camera], object]


def report(camera: Camera) -> None:
    """The days, the printing, and no paper."""
    facts = camera.runtime.facts
    opened(camera, day_report.call(facts))
    camera.take().keys("1")
    camera.take_past("paper", "PRINTING").run(20.0)
    waiting = paper.Paper(day_report.order(facts, facts.today), PrinterProblem.PAPER_OUT)
    camera.take_as(paper.TABLE, paper.S.PROBLEM, waiting)


def devices(camera: Camera) -> None:
    """Each device, good and bad."""
    facts = camera.runtime.facts
    opened(camera, device_test.call(facts))
    camera.take().keys("1 1 ENTER")
    camera.take().keys("CANCEL CANCEL 2")
    camera.take().swipe("debit")
    camera.take("card").keys("ENTER 3")
    camera.take().scan("1" * 60)
    camera.take("code").keys("ENTER 4")
    camera.take_past("paper", "PRINTING").run(20.0)
    camera.keys("6")
    camera.take("letters").keys("ENTER")
    camera.take("blocks").keys("ENTER").take("tried")
    trial = Trial(facts, picked=1)
    bad, _ = device_test_case.tell_bad_card(trial, CardUnreadable("track 2: end"))
    chip, _ = device_test_case.tell_chip(trial, ChipPresented("slot"))
    for variant, context in (("not-read", bad), ("chip", chip)):
        camera.take_as(device_test.TABLE, device_test.S.TOLD, context, variant)
    waiting = paper.Paper(device_test_case.order(facts), PrinterProblem.PAPER_OUT)
    camera.take_as(paper.TABLE, paper.S.PROBLEM, waiting)


def about_it(camera: Camera) -> None:
    """Its pages, and a pad that says nothing."""
    facts = camera.runtime.facts
    facts.versions = Versions("0.0.0", "3.0.0")
    opened(camera, about.call(facts))
    camera.take_past("about", "ASKING").take("terminal").keys("DOWN")
    camera.take("keypad")
    silent = About(facts, page=1)
    camera.take_as(about.TABLE, about.S.PAGES, silent, "no-keypad")
    bare = replace(camera.context, pad=NO_KEYS)
    camera.take_as(about.TABLE, about.S.PAGES, bare, "no-keys")
    facts.history = FixedHead()
    camera.take_as(about.TABLE, about.S.PAGES, replace(bare, page=2), "journal")


def practise(camera: Camera) -> None:
    """On, off, and what forbids it."""
    facts = camera.runtime.facts
    opened(camera, practice.call(facts))
    camera.take().keys("ENTER").take().keys(SUPERVISOR).run(1.0)
    camera.take("practice").keys("MENU").take("practice").keys("CANCEL")
    opened(camera, practice.call(facts))
    camera.take().keys("CANCEL")
    camera.take_as(practice.TABLE, practice.S.NOT_NOW, practice.Practice(facts))
    camera.take_as(practice.TABLE, practice.S.CHOOSING, practice.Practice(facts), "choosing")


def card_first(camera: Camera) -> None:
    """Somebody comes with a card before anything else."""
    camera.swipe("debit").take("card-first")


def owed_slips(camera: Camera) -> None:
    """The printer has kept slips: named at rest, and too many of them stop money."""
    for amount in ("1000", "1100", "1200", "1300"):
        camera.printer.out_after_lines(0)
        refund(camera, amount, wait_s=8.0)
        camera.keys("CANCEL").run(1.0)
        if amount == "1000":
            camera.take("slips-owed")
    camera.keys("MENU 1").run(1.0)
    camera.take("slips-owed")


NO_KEYS = PadStatus("PAD00000001", 1, False, False, False, True, 0, b"", "")


class FixedHead:
    """A journal whose newest record is always the same: times are in the hash of a real one."""

    head = (99_999, bytes(range(0, 256, 8)))

    def records(self, first: int = 1, last: int | None = None) -> Iterator[StoredRecord]:
        """None that a picture needs."""
        return iter(())

    def sealed(self, number: int) -> bytes | None:
        """None."""
        return None


STORIES: tuple[Story, ...] = (report, devices, about_it, practise, card_first, owed_slips)

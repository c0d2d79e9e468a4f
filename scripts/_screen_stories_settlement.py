"""Stories of settlements, for the pictures of their screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scripts._shots import Camera
from terminal.domain.slip import PrinterProblem
from terminal.flows import paper, settlement, settlement_paper
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import ANSWER_S, SUPERVISOR, leave, refund_with
from tests.scenarios.opened import opened
from tests.scenarios.trading_day import a_day


def settled_day(camera: Camera) -> None:
    """Totals that differ: details, end, slip, and the batch is over."""
    a_day(camera)
    camera.host.faults.arm("host.wrong_totals", {"debit_delta": 1})
    opened(camera, settlement.call(camera.runtime.facts))
    camera.take().keys("ENTER").run(30.0)
    camera.take_past("settlement", "ASKING").take_past("settlement", "ENDING")
    camera.take_past("settlement_upload", "OPENING", "cards")
    camera.take_past("settlement_upload", "SENDING", "last")
    camera.take_past("paper", "PRINTING").take_past("settlement_seals", "DESTROYING")
    camera.take_past("settlement", "TOLD")


def unfinished_settlement(camera: Camera) -> None:
    """One unresolved; a host that is not there, that refuses, cards that stay shut, no paper."""
    refund_with(camera, "host.no_answer", ANSWER_S)
    leave(camera)
    opened(camera, settlement.call(camera.runtime.facts))
    camera.take("unresolved")
    camera.links["acquirer"].is_up = False
    camera.keys("ENTER").run(2.0)
    camera.take("not-reached")
    whys = {
        "silent": say(Text.HOST_GAVE_NO_ANSWER),
        "refused": say(Text.HOST_SAYS_NO, code="96"),
        "keypad-silent": say(Text.KEYPAD_GAVE_NO_ANSWER),
        "card": say(Text.CARD_NOT_OPENED, stan="000002"),
        "slip": say(Text.SLIP_FIRST),
    }
    for variant, why in whys.items():
        stuck = replace(camera.context, why=why)
        camera.take_as(settlement.TABLE, settlement.S.STUCK, stuck, variant)
    for problem in PrinterProblem:
        waiting = paper.Paper(settlement_paper.order(camera.runtime.facts), problem)
        name = problem.name.lower().replace("_", "-")
        camera.take_as(paper.TABLE, paper.S.PROBLEM, waiting, name)
    camera.keys("CANCEL").take("unsettled")


def refused_settlement(camera: Camera) -> None:
    """The host does not settle; a terminal that is signed off is told to sign in."""
    flags = "0" * 30 + "3" + "0" * 30 + "3"
    camera.host.faults.arm("host.field", {"number": 48, "value": flags, "mti": "0500"})
    opened(camera, settlement.call(camera.runtime.facts))
    camera.keys("ENTER").run(2.0)
    camera.take("host").keys("ENTER MENU 7").run(5.0)
    opened(camera, settlement.call(camera.runtime.facts))
    camera.take("signed-off").keys("ENTER")


def signed_off_by_the_host(camera: Camera) -> None:
    """The question, then the upload is refused until the terminal has signed in."""
    a_day(camera)
    opened(camera, settlement.call(camera.runtime.facts))
    for mti in ("0500", "0320"):
        camera.host.faults.arm("host.field", {"number": 39, "value": "77", "mti": mti})
        camera.keys("ENTER").run(5.0)
        camera.take("sign-in").keys("ENTER").run(4.0)


def skipped_upload(camera: Camera) -> None:
    """A refund, details, and the end that the host never takes: a supervisor leaves them out."""
    a_day(camera)
    camera.host.faults.arm("host.wrong_totals", {"debit_delta": 1}, 0)
    camera.host.faults.arm("host.bad_upload", {"code": "96"}, 0)
    opened(camera, settlement.call(camera.runtime.facts))
    for variant in ("skip-details", "skip-refund", "skip-end"):
        for _ in range(3):
            camera.keys("ENTER").run(5.0)
        camera.keys("MENU").take(variant)
        camera.keys(SUPERVISOR).run(5.0)
    camera.take_past("settlement", "STUCK", "skip")


def unanswered_settlement(camera: Camera) -> None:
    """Totals that the host never answers: a supervisor closes the batch without it."""
    opened(camera, settlement.call(camera.runtime.facts))
    camera.host.faults.arm("host.no_answer", {"booked": False, "mti": "0500"}, 0)
    for _ in range(3):
        camera.keys("ENTER").run(ANSWER_S + 20.0)
    camera.keys("MENU").take("skip-question")


STORIES: tuple[Callable[[Camera], object], ...] = (
    settled_day,
    unfinished_settlement,
    refused_settlement,
    signed_off_by_the_host,
    skipped_upload,
    unanswered_settlement,
)

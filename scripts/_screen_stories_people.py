"""Stories of people and of what a shop allows them, for the pictures of their screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from scripts._shots import Camera
from terminal.domain.parameters import WARNINGS
from terminal.domain.refund_policy import (
    ABOVE_LIMIT,
    NO_ORIGINAL,
    OLD_PURCHASE,
    OTHER_KEYPAD,
    TYPED_CARD,
    Verdict,
)
from terminal.flows import approval, new_password
from terminal.flows.new_password import NewPassword
from terminal.flows.refund_lines import case_lines, notice_lines
from terminal.ui.text import Text
from tests.scenarios.cashier import leave, start_refund
from tests.scenarios.fingers import who
from tests.scenarios.sales import menu

# A shop that has switched on what others leave off.
OPEN_SHOP: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "service_phone": "400-800-8000",
        "second_approver_above_minor": 100_000,
        "refund_window_days": 1,
        "old_purchase": "approval",
        "unknown_original": "approval",
    }
)


def two_approvers(camera: Camera) -> None:
    """An old purchase and a large sum: two who agree."""
    start_refund(camera, card="credit", amount_minor=129900)
    camera.take("old").keys(who("10")).take("second").keys("10 ENTER")
    camera.take("first-again").keys(who("11")).take("two").keys("ENTER").run(1.0)
    leave(camera)
    _menu(camera, Text.MENU_FIND).keys("1 ENTER DOWN DOWN DOWN")
    camera.take("two-approvers").keys("CANCEL CANCEL CANCEL")


def everything_unusual(camera: Camera) -> None:
    """All that an approver may have to read, at once."""
    start_refund(camera, card="credit", amount_minor=129900)
    facts, case = camera.runtime.facts, camera.caller
    exceptions = (NO_ORIGINAL, OLD_PURCHASE, ABOVE_LIMIT, TYPED_CARD, OTHER_KEYPAD)
    facts.parameters = replace(facts.parameters, approver_sees=WARNINGS, hours=("00:00", "00:01"))
    facts.books.given.card_days[case.card.masked.token] = facts.today.isoformat()
    # A split is of sums under the limit: more than one of the two is never said.
    typed = replace(case.purchase, source="typed")
    unusual = replace(case, original=typed, verdict=Verdict(None, exceptions, 2))
    told = replace(camera.context, lines=case_lines(unusual), notice=notice_lines(unusual))
    camera.take_as(approval.TABLE, approval.S.NOTICE, told, "everything")
    camera.take_as(approval.TABLE, approval.S.NUMBER, told, "noticed")
    camera.keys("CANCEL ENTER")


def no_slip(camera: Camera) -> None:
    """Nothing is known of the purchase."""
    camera.keys("MENU 1").take("no-slip").keys("ENTER 0615 ENTER 4000 ENTER ENTER")
    camera.keys("ENTER 1 2580 ENTER").swipe("debit").keys("4711 ENTER")
    camera.take("no-slip").keys(f"{who('10')} ENTER").run(1.0)
    leave(camera)
    _menu(camera, Text.MENU_FIND).keys("1 ENTER DOWN DOWN DOWN")
    camera.take("no-original").keys("CANCEL CANCEL CANCEL")


def same_again(camera: Camera) -> None:
    """An equal refund, and a document that another one has named."""
    purchase = {"card": "debit", "amount_minor": 5680}  # of today: as new as the shop's window
    code = camera.code(camera.sale(**purchase))
    camera.scan(code).keys("1000 ENTER 5 2580 ENTER").swipe("debit").keys("4711 ENTER ENTER")
    leave(camera.run(1.0))
    camera.scan(code).keys("1000 ENTER 5").take().keys("ENTER 2580 ENTER").swipe("debit")
    camera.keys("4711 ENTER").take("document").keys("CANCEL ENTER")


def look_after_people(camera: Camera) -> None:
    """Somebody new, somebody off, somebody locked; a first password and another one."""
    camera.keys("MENU 8 02 ENTER " + "1111 ENTER " * 5).run(1.0)
    camera.keys("ENTER").log_on("99")
    _menu(camera, Text.MENU_PEOPLE).take().keys("407162 ENTER").take("locked")
    camera.keys("6 ENTER").take().keys("1 ENTER").take("taken").keys("03 ENTER").take()
    camera.keys("ENTER").take("needed").keys("6 ENTER").take().keys("ENTER").take("invited")
    camera.keys("ENTER 1 ENTER").take("on").keys("2 ENTER").take("off").keys("ENTER 1 ENTER")
    camera.take("off").keys("2 ENTER").take("on").keys("ENTER 2 ENTER 1 ENTER").take("unlocked")
    camera.keys("ENTER 5 ENTER 2 ENTER").take("impossible").keys("ENTER CANCEL MENU 8 03 ENTER")
    camera.take().keys("147").take("typed").keys("0 ENTER").take("again").keys("1234 ENTER")
    camera.take("differs").keys("1234 ENTER").take("weak").keys("1470 ENTER 1470 ENTER").take()
    camera.keys("ENTER").run(4.0)
    context = NewPassword(camera.runtime.facts, camera.runtime.facts.parameters.people[0], True)
    camera.take_as(new_password.TABLE, new_password.S.NO_KEYPAD, context, "no-keypad")
    _menu(camera, Text.MENU_OWN_PASSWORD).take().keys("CANCEL")
    logon_off(camera)


def logon_off(camera: Camera) -> None:
    """Somebody who is off tries to log on."""
    camera.keys("MENU 8").log_on("99")
    _menu(camera, Text.MENU_PEOPLE).keys("407162 ENTER 2 ENTER 2 ENTER ENTER").take("one-off")
    camera.keys("CANCEL MENU 8 02 ENTER").take("off")


def _menu(camera: Camera, text: Text) -> Camera:
    menu(camera, text)
    return camera


STORIES: tuple[Callable[[Camera], Any], ...] = (
    two_approvers,
    everything_unusual,
    no_slip,
    same_again,
    look_after_people,
)

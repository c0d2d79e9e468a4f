"""Stories that lead to the screens of looking up, of parameters from the host, of certificates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from scripts._shots import Camera
from terminal.domain.operators import Action
from terminal.domain.transaction import Outcome, Transaction
from terminal.flows import approval, find, parameters
from terminal.flows.find_case import Find
from terminal.flows.find_pages import pages_of
from terminal.flows.parameters_case import NAMES, Download
from terminal.flows.parameters_offer import Change, Offer
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import leave, refund
from tests.scenarios.opened import opened

Story = Callable[[Camera], object]


def look_up(camera: Camera) -> None:
    """Each way to look for something, then a list, and one of it on its pages."""
    refund(camera, "4000")
    leave(camera)
    camera.host.faults.arm("host.no_answer")
    refund(camera, "2500", wait_s=61.0, rrn="061100000007")
    leave(camera)
    opened(camera, find.call(camera.runtime.facts))
    camera.take().keys("DOWN DOWN DOWN DOWN DOWN DOWN DOWN")
    camera.take("last").keys("2 0 ENTER")
    camera.take("wrong").keys("CANCEL 2 12")
    camera.take("stan").keys("CANCEL 3")
    camera.take("card").keys("CANCEL 4 2500")
    camera.take("amount").keys("CANCEL 5")
    camera.take("day").keys("CANCEL 6")
    camera.take().keys("2")
    camera.take().keys("ENTER 1")
    camera.take()
    camera.keys("2")
    for page in (1, 2, 3, 4):
        camera.take(f"{page}").keys("DOWN")
    camera.keys("CANCEL 1").take("unresolved").keys("CANCEL CANCEL 8")
    for page in (1, 2, 3):
        camera.take(f"{page}").keys("DOWN")


def fuller_records(camera: Camera) -> None:
    """A sale, and a refund that had everything."""
    refund(camera, "4000")
    leave(camera)
    done = camera.runtime.facts.books.recent[-1]
    intent = replace(done.intent, approver="10", document="RMA-12")
    _record(camera, replace(done, intent=intent, copies=2), "full")
    by_hand = replace(done, settled_by="10", outcome=Outcome.DONE_BY_HAND)
    _record(camera, by_hand, "by-hand")
    sale = replace(done.intent, operation="sale", reason="")
    _record(camera, replace(done, intent=sale, auth_code="A12345"), "sale")
    _record(camera, replace(done, outcome=Outcome.NOT_SENT, response_code=""), "not-sent")


def _record(camera: Camera, done: Transaction, variant: str) -> None:
    pages = pages_of(done, camera.runtime.facts)
    context = Find(camera.runtime.facts, found=(done,), pages=pages)
    for page in range(len(pages)):
        name = f"{variant}-{page + 1}"
        camera.take_as(find.TABLE, find.S.ONE, replace(context, page=page), name)


def download(camera: Camera) -> None:
    """Nothing new, each change before and after, who approves, and how it ends."""
    opened(camera, parameters.call(camera.runtime.facts), 1.0)
    camera.take_past("parameters", "WAITING", "parameters")
    context = Download(camera.runtime.facts, offer=Offer(CHANGES))
    for page in range(len(CHANGES)):
        shown, name = replace(context, page=page), CHANGES[page].key
        camera.take_as(parameters.TABLE, parameters.S.REVIEW, shown, name)
    only_name = replace(context, offer=Offer(CHANGES[:1]))
    camera.take_as(parameters.TABLE, parameters.S.REVIEW, only_name, "accept")
    camera.take_as(parameters.TABLE, parameters.S.CHECKING, context, "parameters")
    refused = say(Text.PARAMETERS_REFUSED, tags="01 02 03 04 05 11 13 19 24 25 …")
    for variant, said in (
        ("changed", (say(Text.PARAMETERS_CHANGED, count=11), refused)),
        ("kept", (say(Text.PARAMETERS_KEPT),)),
        ("same", (say(Text.PARAMETERS_SAME), refused)),
        ("unusable", (say(Text.PARAMETERS_UNUSABLE),)),
    ):
        told = replace(context, said=said)
        camera.take_as(parameters.TABLE, parameters.S.TOLD, told, variant)


CHANGES = (
    Change("merchant_name", "演示商店", "中国银联退货终端演示商店一二三四五六七八"),
    Change("answer_timeout_s", 60, 45),
    Change("sends", 3, 5),
    *(Change(key, None, "01065188888888") for key in ("phone_1", "phone_2", "phone_3")),
    Change("management_phone", "95516", "01065188888888"),
    *(Change(key, False, True) for key in ("tip", "typed_card", "auto_sign_off")),
    Change("switches", "FFE0C000", "FFFFC000"),
)


def approval_of_parameters(camera: Camera) -> None:
    """All that can loosen a control, at once."""
    lines = tuple(say(NAMES[change.key]) for change in CHANGES if change.loosens)
    case = approval.Case(
        camera.runtime.facts, "parameters.approval", "01", Action.CHANGE_PARAMETERS, lines
    )
    camera.take_as(approval.TABLE, approval.S.NUMBER, case)


def certificates(camera: Camera) -> None:
    """The line's certificates end in a while, soon, now, and have ended."""
    facts = camera.runtime.facts
    for days in (90, 30, 7, -1):
        facts.certificate_expires = facts.today + timedelta(days=days)
        camera.take(f"certificate-{days}" if days > 0 else "certificate-over")


STORIES: tuple[Story, ...] = (
    look_up,
    fuller_records,
    download,
    approval_of_parameters,
    certificates,
)

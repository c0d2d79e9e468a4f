"""Stories of sale, void and refund by code, for the pictures of their screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scripts._shots import Camera
from terminal.domain.keypad_questions import Refusal
from terminal.domain.transaction import Outcome
from terminal.domain.void_policy import VoidRefused
from terminal.events import KeypadFailed
from terminal.flows import host_exchange, pin_entry, sale, sale_outcome, sale_told, void, void_sale
from terminal.flows.exchange_case import Exchange
from terminal.flows.leaving import Left
from terminal.flows.sale_case import Sale
from terminal.flows.void_sale_case import REFUSALS, Which
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import leave
from tests.scenarios.sales import menu, sold

SUPERVISOR = "10 ENTER 614283 ENTER"


def good_sale(camera: Camera) -> None:
    """Amount, card, PIN, both slips."""
    menu(camera, Text.MENU_SALE)
    camera.take().keys("ENTER").take("zero").keys("10000").take("typed").keys("ENTER")
    camera.take().swipe("debit").take_past("card_entry", "PROTECTING", "protecting")
    camera.take().keys("123")
    camera.take("typed").keys("456 ENTER").take().keys("ENTER").run(0.7)
    camera.take_past("host_exchange", "SENT", "sale")
    camera.take_past("print_slips", "PRINTING", "merchant").run(3.0)
    camera.take_past("print_slips", "TEAR", "tear").keys("ENTER").run(3.0)
    camera.take_past("print_slips", "PRINTING", "customer")


def typed_card(camera: Camera) -> None:
    """A supervisor agrees; no PIN; the minute runs out."""
    menu(camera, Text.MENU_SALE).keys("5000 ENTER 6212345678901232 ENTER")
    camera.take().keys("10 ENTER").take().keys("614283 ENTER ENTER")
    camera.take("typed-card").keys("CANCEL").take("cancelled").keys("ENTER")
    menu(camera, Text.MENU_SALE).run(61.0)
    camera.take_past("sale", "STOPPED", "timed-out").run(6.0)
    menu(camera, Text.MENU_SALE).keys("5000 ENTER").swipe("debit")
    camera.run(55.0).keys("123456 ENTER").run(8.0)
    camera.keys("ENTER").take("again")


def pins(camera: Camera) -> None:
    """None where one is needed, a wrong one, a pad that gives none."""
    menu(camera, Text.MENU_SALE).keys("5000 ENTER").swipe("debit").keys("111111 ENTER ENTER")
    camera.run(1.0)
    camera.take().keys("ENTER").take("wrong")
    case = camera.context
    needed = replace(case, setting="ask", error=say(Text.PIN_NEEDED))
    camera.take_as(pin_entry.TABLE, pin_entry.S.ASKING, needed, "needed")
    for refusal, variant in ((None, "silent"), (Refusal.NO_WORKING_KEY, "no-keys")):
        told, _ = pin_entry.end_entry(case, KeypadFailed(1, refusal))
        camera.take_as(pin_entry.TABLE, pin_entry.S.NO_PIN, told, variant)


def bad_ends(camera: Camera) -> None:
    """Declined, not sent, and what is taken back or left to a person."""
    camera.host.faults.arm("host.decline", {"code": "51"})
    _start(camera).keys("ENTER").run(1.0)
    camera.take("51").keys("ENTER").run(0.5)
    camera.take_past("print_slips", "PRINTING", "printing").run(8.0)
    camera.links["acquirer"].is_up = False
    _start(camera).keys("ENTER").run(1.0)
    camera.take()
    context = camera.context
    _outcomes(camera)
    wanted = replace(
        context, done=replace(context.done, outcome=Outcome.DECLINED, response_code="A0")
    )
    camera.runtime.facts.books.sign_in_wanted = "A0"
    camera.take_as(sale_outcome.TABLE, sale_outcome.S.TOLD, wanted, "sign-in")
    camera.runtime.facts.books.sign_in_wanted = ""
    refused = Sale(context.facts, error=say(Text.REFUSED_NOT_SIGNED_IN))
    camera.take_as(sale.TABLE, sale.S.STOPPED, refused, "signed-off")


def _outcomes(camera: Camera) -> None:
    context = camera.context
    for outcome in (Outcome.TO_REVERSE, Outcome.REVERSED, Outcome.MANUAL):
        ended = replace(context, done=replace(context.done, outcome=outcome))
        camera.take_as(sale_outcome.TABLE, sale_outcome.S.TOLD, ended)


def unsure_slip(camera: Camera) -> None:
    """What the paper is being printed for, when the end is not sure."""
    camera.host.faults.arm("host.field", {"number": 39, "value": "94", "mti": "0200"})
    _start(camera).keys("ENTER").run(1.0)
    camera.keys("ENTER").run(0.5)
    camera.take_past("print_slips", "PRINTING", "printing").run(8.0)


def good_void(camera: Camera) -> None:
    """By number, with card and supervisor; then as the offer of a refund."""
    stan = sold(camera)
    menu(camera, Text.MENU_VOID)
    camera.take().keys("1").take("typed").keys(f"CLEAR {stan} ENTER").take()
    camera.swipe("credit").take("other").keys("ENTER").swipe("debit")
    camera.take_past("card_entry", "PROTECTING", "protecting")
    camera.take().keys("10 ENTER").take().keys("614283 ENTER").take()
    code = next(str(c) for slip in camera.printer.slips for c in slip.codes if "R1;" in str(c))
    camera.keys("CANCEL").take("cancelled").keys("ENTER")
    camera.scan(code[code.index("R1;") :].split("'")[0]).take()
    camera.keys("1").swipe("debit").keys(SUPERVISOR).keys("ENTER").run(0.7)
    camera.take_past("host_exchange", "SENT", "void")
    camera.take_past("print_slips", "PRINTING", "merchant")
    leave(camera)
    menu(camera, Text.MENU_VOID).keys(f"{stan} ENTER")
    camera.take("already").keys("ENTER")
    menu(camera, Text.MENU_VOID).scan("R1;")
    camera.take("broken").keys("ENTER")
    menu(camera, Text.MENU_VOID).scan(camera.code(camera.sale(card="debit", amount_minor=10000)))
    camera.take_past("void_sale", "CHECKING", "checking")
    camera.take("other-batch")


def bad_void(camera: Camera) -> None:
    """Reasons why a sale can't be voided, and bad ends."""
    stan = sold(camera)
    menu(camera, Text.MENU_VOID).keys(f"{stan} ENTER").swipe("debit").keys(SUPERVISOR)
    context = camera.context
    which, phone = Which(context.facts), context.facts.parameters.service_phone
    for why, variant in (
        (VoidRefused.NO_REFERENCE, "no-reference"),
        (VoidRefused.OTHER_DAY, "other-day"),
        (VoidRefused.RETURNED, "returned"),
        (VoidRefused.UNRESOLVED, "unresolved"),
    ):
        error = say(REFUSALS[why], stan="000012", phone=phone)
        told = replace(which, refused=why, error=error)
        camera.take_as(void_sale.TABLE, void_sale.S.IMPOSSIBLE, told, variant)
    for text, variant in ((Text.VOID_NO_CARD, "no-card"), (Text.KEYPAD_GAVE_NO_ANSWER, "keypad")):
        stopped = replace(context, error=say(text))
        camera.take_as(void.TABLE, void.S.STOPPED, stopped, variant)
    expired = replace(
        context, left=Left.TIMED_OUT, error=sale_told.why_left("void", Left.TIMED_OUT)
    )
    camera.take_as(void.TABLE, void.S.STOPPED, expired, "timed-out")
    camera.take_as(void.TABLE, void.S.OPENING, context)
    camera.links["acquirer"].is_up = False
    camera.keys("ENTER").run(1.0)
    camera.take()
    _outcomes(camera)
    done = replace(camera.context.done, outcome=Outcome.DECLINED, response_code="12")
    declined = replace(camera.context, done=done)
    camera.take_as(sale_outcome.TABLE, sale_outcome.S.TOLD, declined, "12")
    _impossible(camera)


def _impossible(camera: Camera) -> None:
    intent = camera.context.done.intent
    for operation in ("sale", "void", "refund"):
        sent = Exchange(camera.runtime.facts, replace(intent, operation=operation), None)
        camera.take_as(host_exchange.TABLE, host_exchange.S.IMPOSSIBLE, sent)


def by_code(camera: Camera) -> None:
    """A refund to the wallet that paid."""
    payment = camera.sale(card="credit", amount_minor=2350)
    menu(camera, Text.MENU_QR_REFUND)
    camera.take("by-code").scan(f"{payment['rrn']}{payment['date']}").take("bar-code")
    camera.keys("ENTER").scan(camera.code(payment)).keys("ENTER 1 2580 ENTER").take("by-code")


def _start(camera: Camera) -> Camera:
    menu(camera, Text.MENU_SALE).keys("100 ENTER").swipe("debit").keys("ENTER")
    return camera


STORIES: tuple[Callable[[Camera], object], ...] = (
    good_sale,
    typed_card,
    pins,
    bad_ends,
    unsure_slip,
    good_void,
    bad_void,
    by_code,
)

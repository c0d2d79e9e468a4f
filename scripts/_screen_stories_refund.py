"""Stories of refunds, slips and what is unresolved, for the pictures of their screens."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from emulator.stories.words import spelled
from scripts._shots import Camera
from terminal.domain.money import Amount
from terminal.domain.refund_policy import (
    ABOVE_LIMIT,
    OTHER_CARD,
    OTHER_KEYPAD,
    TYPED_CARD,
    Match,
    Refused,
    Verdict,
)
from terminal.domain.slip import PrinterProblem
from terminal.events import ChipPresented
from terminal.flows import approval, original_entry, print_slips, refund, refund_case
from terminal.flows.refund_lines import case_lines
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import leave, start_refund

CREDIT = {"card": "credit", "amount_minor": 129900}
CODES = ("51", "A0")


def typed_purchase(camera: Camera) -> None:
    """A slip without a code: four numbers, each of them wrong first."""
    sale = camera.sale(card="debit", amount_minor=10000)
    rrn, auth = (spelled(str(sale[name])) for name in ("rrn", "auth_code"))
    camera.keys("MENU 1").take().keys("123 ENTER")
    camera.take("wrong").keys(rrn)
    camera.take("typed").keys("ENTER").take("date").keys("1399 ENTER")
    camera.take("date-wrong").keys(f"{sale['date'][4:]} ENTER").take("amount").keys("ENTER")
    error = say(Text.OTHER_AMOUNT_KNOWN, amount=Amount(10000))
    known = replace(camera.context, error=error)
    camera.take_as(original_entry.TABLE, original_entry.S.AMOUNT, known, "amount-known")
    camera.take("amount-wrong").keys("10000").take("amount-typed").keys("ENTER")
    camera.take("auth-code").keys("1 ENTER").take("auth-code-wrong").keys(f"{auth} ENTER")
    camera.keys("4000 ENTER 1 2580 ENTER").take("typed-purchase").swipe("debit")
    camera.take("typed-purchase").keys("10 ENTER 614283 ENTER").take("typed-purchase")
    camera.keys("CANCEL ENTER")


def slip_codes(camera: Camera) -> None:
    """Codes that are no use, each for its reason."""
    good = camera.code(camera.sale(card="debit", amount_minor=10000))
    parts = good.split(";")
    other = ";".join([parts[0], "898310058129999", *parts[2:]])
    broken = ";".join([*parts[:8], "0", *parts[9:]])
    last = "0" if good[-1] != "0" else "1"
    bad = {
        "other-code": "https://example.org/1",
        "version": f"R2{good[2:]}",
        "other-shop": other,
        "broken": broken,
        "forged": good[:-1] + last,
    }
    for variant, text in bad.items():
        camera.scan(text).take(variant).keys("ENTER CANCEL ENTER")
    camera.scan(good).take_past("original_entry", "CHECKING", "checking").keys("CANCEL ENTER")


def good_day(camera: Camera) -> None:
    """Scan, amount, reason, password, card, confirm, two slips."""
    camera.scan(camera.code(camera.sale(card="debit", amount_minor=10000))).take()
    camera.keys("1250").take("typed").keys("CLEAR CLEAR CLEAR CLEAR 0 ENTER").take("zero")
    camera.keys("10001 ENTER").take("too-much").keys("ENTER").take().keys("DOWN DOWN DOWN DOWN")
    camera.take("picked").keys("UP UP UP UP ENTER").take().keys("25")
    camera.take("typed").keys("80 ENTER").take().swipe("damaged")
    camera.take("unreadable").happen(ChipPresented("slot"))
    camera.take("chip").keys("6212 ENTER").take("number-wrong").keys("62123").take("number")
    camera.keys("CLEAR CLEAR CLEAR CLEAR CLEAR").swipe("debit").take()
    camera.take_past("card_entry", "PROTECTING", "protecting").keys("ENTER").run(0.7)
    for state in ("MACING", "SENT", "VERIFYING"):
        camera.take_past("host_exchange", state, f"refund-{state.lower()}")
    camera.take_past("print_slips", "SIGNING", "signing")
    camera.take_past("print_slips", "PRINTING", "merchant").run(3.0)
    camera.take_past("print_slips", "TEAR", "tear").run(8.0)
    camera.take_past("print_slips", "PRINTING", "customer")
    leave(camera)
    camera.keys("MENU 2").run(0.5)
    camera.take_past("print_slips", "PRINTING", "merchant").run(20.0)
    leave(camera)


def card_expired(camera: Camera) -> None:
    """The confirm screen stood for more than a minute."""
    start_refund(camera).run(40.0)
    camera.keys("UP").run(30.0)
    camera.keys("ENTER").take("again").keys("CANCEL ENTER")


def approved_by_another(camera: Camera) -> None:
    """Another card, a document, and a supervisor who decides."""
    camera.scan(camera.code(camera.sale(**CREDIT))).keys("ENTER 5 2580 ENTER").swipe("debit")
    camera.take().keys("ENTER").take().keys("ENTER").take("missing").keys("20260615")
    camera.take("typed").keys("ENTER").take().keys("01 ENTER")
    camera.take("requester").keys("02 ENTER").take("operator").keys("1").take("typed")
    camera.keys("CLEAR 10 ENTER").take().keys("614283 ENTER").take("approved").keys("CANCEL ENTER")


def unusual_cases(camera: Camera) -> None:
    """What an approver may be asked to accept, all at once."""
    camera.scan(camera.code(camera.sale(**CREDIT))).keys("ENTER 1 2580 ENTER").swipe("credit")
    approver, case = camera.context, camera.caller
    kinds = {
        Match.OTHER: (ABOVE_LIMIT, TYPED_CARD, OTHER_CARD),
        Match.ENDS_ONLY: (ABOVE_LIMIT, TYPED_CARD, OTHER_KEYPAD),
        Match.NOT_COMPARABLE: (ABOVE_LIMIT, TYPED_CARD),
    }
    for match, exceptions in kinds.items():
        unusual = replace(
            case, verdict=Verdict(None, exceptions), card=replace(case.card, match=match)
        )
        told = replace(approver, lines=case_lines(unusual))
        variant = match.value.replace("_", "-")
        camera.take_as(approval.TABLE, approval.S.NUMBER, told, variant)


def document_is_card(camera: Camera) -> None:
    """A card number has no place in the document's field."""
    camera.scan(camera.code(camera.sale(**CREDIT))).keys("ENTER 5 2580 ENTER").swipe("credit")
    camera.keys("6212345678901232 ENTER").take("card-number").keys("CANCEL ENTER")


def left(camera: Camera) -> None:
    """A refund that somebody, or nobody, goes on with."""
    start_refund(camera)
    camera.keys("CANCEL").take("cancelled").keys("ENTER")
    start_refund(camera).run(61.0)
    camera.take("timed-out").keys("ENTER")


def declined(camera: Camera) -> None:
    """A decline, and one that wants a sign-in."""
    for code in CODES:
        camera.host.faults.arm("host.decline", {"code": code})
        start_refund(camera).keys("ENTER").run(1.0)
        camera.take(code).keys("ENTER").run(0.3)
        camera.take_past("print_slips", "PRINTING", f"{code}-printing").run(10.0)
        leave(camera)


def less_left(camera: Camera) -> None:
    """The host knows of returns of this purchase that were made elsewhere."""
    camera.host.faults.arm("host.decline", {"code": "61"})
    start_refund(camera).keys("ENTER").run(1.0)
    leave(camera)
    camera.scan(camera.code(camera.sale(card="debit", amount_minor=10000)))
    camera.take("less-left").keys("CANCEL ENTER")


def not_sent(camera: Camera) -> None:
    """Nothing left the terminal."""
    camera.links["acquirer"].is_up = False
    start_refund(camera).keys("ENTER").run(30.0)
    camera.take().keys("ENTER")
    camera.links["acquirer"].is_up = True
    leave(camera)
    start_refund(camera)
    camera.later(0.001, camera.links["keypad"].pull)
    camera.keys("ENTER").run(10.0)
    camera.take("keypad")


def unresolved(camera: Camera) -> None:
    """No answer; then every way to look at it and to settle it."""
    camera.keys("MENU 3").take("none").keys("ENTER")
    camera.host.faults.arm("host.no_answer")
    start_refund(camera, "4000").keys("ENTER").run(62.0)
    camera.take().keys("ENTER").run(0.3)
    camera.take_past("print_slips", "PRINTING", "printing").run(10.0)
    leave(camera)
    camera.take("unresolved").scan(camera.code(camera.sale(card="debit", amount_minor=10000)))
    camera.take("unresolved").keys("ENTER")
    camera.scan(camera.code(camera.sale(card="debit", amount_minor=4550)))
    camera.keys("1000 ENTER 1 2580 ENTER").swipe("debit").take().keys("ENTER")
    leave(camera)
    camera.keys("MENU 3").take().keys("1").take("wait").run(40.0)
    camera.keys("UP").run(40.0)
    camera.take().keys("ENTER").take().keys("10 ENTER").take().keys("614283 ENTER").take()
    camera.keys("2").take().keys("ENTER")


def approved_in_part(camera: Camera) -> None:
    """The host has given back less than was asked: the person types how much."""
    start_refund(camera, "888010", card="debit-2", amount_minor=1_000_000)
    camera.keys("10 ENTER 614283 ENTER ENTER").run(2.0)
    leave(camera).run(92.0)
    camera.keys("MENU 3 1 ENTER 10 ENTER 614283 ENTER 1").take()
    camera.keys("0 ENTER").take("wrong").keys("444005").take("typed").keys("ENTER ENTER")


def refused(camera: Camera) -> None:
    """Purchases that can't be refunded, and days on which nothing can."""
    camera.keys("MENU 2").take("nothing").keys("ENTER")
    camera.scan(camera.code(camera.sale(amount_minor=88800))).take("too-old").keys("ENTER")
    start_refund(camera).keys("ENTER").run(30.0)
    leave(camera)
    camera.scan(camera.code(camera.sale(card="debit", amount_minor=10000)))
    camera.take("nothing-left")
    context = camera.context
    for why in (
        Refused.DAY_TO_COME,
        Refused.TYPED_CARD,
        Refused.OTHER_CARD,
        Refused.NO_ORIGINAL,
        Refused.ORIGINAL_CEILING,
        Refused.CARD_CEILING,
        Refused.OPERATOR_CEILING,
        Refused.BATCH_CEILING,
        Refused.DAY_CEILING,
    ):
        error = say(refund_case.REFUSALS[why])
        told = replace(context, error=error)
        camera.take_as(refund.TABLE, refund.S.STOPPED, told, why.value.replace("_", "-"))
    camera.keys("ENTER")
    camera.runtime.facts.books.stans_in_batch = 999_999
    camera.keys("MENU 1").take("batch-full").keys("ENTER")
    camera.runtime.facts.books.stans_in_batch = 9
    camera.runtime.facts.room_bytes = 0
    camera.keys("MENU 1").take("disk-full").keys("ENTER")
    camera.runtime.facts.room_bytes = math.inf
    camera.keys("MENU 7").run(3.0)
    leave(camera)
    camera.keys("MENU 1").take("not-signed-in").keys("ENTER")


def printer_problems(camera: Camera) -> None:
    """The result stands, paper or no paper."""
    camera.printer.out_after_lines(0)
    start_refund(camera).keys("ENTER").run(5.0)
    camera.take()
    context = camera.context
    for problem in PrinterProblem:
        if problem is not PrinterProblem.PAPER_OUT:
            told = replace(context, problem=problem)
            variant = problem.value.replace("_", "-")
            camera.take_as(print_slips.TABLE, print_slips.S.PROBLEM, told, variant)
    camera.keys("CANCEL").run(1.0)
    camera.take("no-slip")


def many_copies(camera: Camera) -> None:
    """More copies of a slip than one person may print."""
    start_refund(camera).keys("ENTER").run(20.0)
    leave(camera)
    for _ in range(camera.runtime.facts.parameters.copies_alone):
        camera.keys("MENU 2").run(20.0)
    camera.keys("MENU 2").take().keys("10 ENTER").take().keys("CANCEL CANCEL")


STORIES: tuple[Callable[[Camera], Any], ...] = (
    typed_purchase,
    slip_codes,
    good_day,
    card_expired,
    approved_by_another,
    unusual_cases,
    document_is_card,
    left,
    declined,
    less_left,
    not_sent,
    unresolved,
    approved_in_part,
    refused,
    printer_problems,
    many_copies,
)


def strict_shop(camera: Camera) -> None:
    """No other card, no typed number, a low limit, no refund on the day of purchase."""
    camera.scan(camera.code(camera.sale(amount_minor=5680))).take("same-day").keys("ENTER")
    camera.scan(camera.code(camera.sale(amount_minor=1_000_000))).keys("ENTER")
    camera.take("above-maximum").keys("1000 ENTER 1 2580 ENTER").take("no-typing").swipe("credit")
    camera.take("strict").keys("ENTER CANCEL ENTER")


STRICT_STORIES: tuple[Callable[[Camera], Any], ...] = (strict_shop,)

"""What the cashier of a simulated day does at each screen, by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from terminal.ui.text import Text
from tests.scenarios.fingers import PASSWORDS
from tests.simulation.check_run import MOVED_THERE
from tests.simulation.errands import PEOPLE, begin, begin_errand
from tests.simulation.troubles import mend_printer
from tests.simulation.world import World

if TYPE_CHECKING:
    from tests.simulation.clerk import Clerk

Answer = Callable[["Clerk"], None]

MOST_STEPS: Final = 60  # of an operation; who is in its last ones is patient no more
WAITING: Final = ("", "start", "host.wait", "reversal.wait", "recovery", "settlement.wait")
APPROVERS: Final = ("10", "11")
LOCKED_OUT_S: Final = 1860.0
SIGNED_OFF: Final = re.compile("未签到|not signed in")
LOCKED: Final = re.compile("密码错误过多|Too many wrong")
OWN_WORK: Final = re.compile("不能授权自己的操作|Not one's own work")
MAY_LEAVE_OUT: Final = re.compile("菜单=跳过|Menu=skip")
PINS: Final = {"credit": "246810", "gift": "1357"}


def answer(clerk: Clerk) -> None:
    """What the screen asks for; Enter where it only tells."""
    name = clerk.world.screen
    if name in WAITING:
        clerk.world.run(2.0)
    elif name in ANSWERS:
        ANSWERS[name](clerk)
    else:
        ENDINGS.get(name.rpartition(".")[2], enter)(clerk)


def enter(clerk: Clerk) -> None:
    """Read it, go on, and give the machine a moment."""
    clerk.keys("ENTER")
    clerk.world.run(1.0)


def cancel(clerk: Clerk) -> None:
    """Not what he wanted."""
    clerk.keys("CANCEL")


# ---- who


def log_on(clerk: Clerk) -> None:
    if clerk.who in clerk.locked:
        clerk.who = next(p for p in PEOPLE if p not in clerk.locked)
    clerk.keys(f"{clerk.who} ENTER")


def password(clerk: Clerk) -> None:
    if not _is_locked_out(clerk, clerk.who):
        clerk.keys(f"{PASSWORDS[clerk.who]} ENTER")
        clerk.world.run(1.0)


def _is_locked_out(clerk: Clerk, who: str) -> bool:
    """He leaves the screen then, and remembers it for a while."""
    if not LOCKED.search(clerk.world.rows):
        return False
    clerk.locked = [*clerk.locked[-2:], who]
    clerk.keys("CANCEL")
    return True


def own_password(clerk: Clerk) -> None:
    may_be_wrong = "clerk.wrong_password" in {t.kind for t in clerk.operation.troubles}
    first = clerk.steps < MOST_STEPS // 2 and clerk.same == 0
    is_wrong = may_be_wrong and first and clerk.chance.random() < 0.5
    clerk.world.reached["clerk.wrong_password"] += is_wrong
    clerk.keys(f"{'13579246' if is_wrong else PASSWORDS[clerk.who]} ENTER")


def approver_number(clerk: Clerk) -> None:
    requester = clerk.approver if OWN_WORK.search(clerk.world.rows) else clerk.who
    free = (p for p in APPROVERS if p not in (clerk.who, requester, *clerk.locked))
    clerk.approver = next(free, "")
    if not clerk.approver:
        _wait_for_an_approver(clerk)
        return
    if clerk.operation.pick % 5 == 0 and not clerk.tried_himself:
        clerk.tried_himself, clerk.approver = True, clerk.who
    clerk.keys(f"{clerk.approver} ENTER")


def _wait_for_an_approver(clerk: Clerk) -> None:
    """All of them are locked out, or it is their own work."""
    clerk.keys("CANCEL")
    clerk.world.run(LOCKED_OUT_S)
    clerk.locked = []


def approver_password(clerk: Clerk) -> None:
    if not _is_locked_out(clerk, clerk.approver):
        clerk.keys(f"{PASSWORDS[clerk.approver]} ENTER")


# ---- what


def idle(clerk: Clerk) -> None:
    """First the keys, if the screen says that there are none."""
    if SIGNED_OFF.search(clerk.world.rows) and not clerk.asked_keys:
        clerk.asked_keys = True
        begin(clerk, Text.MENU_SIGN_IN)
        return
    clerk.begun = True
    begin_errand(clerk)


def amount(clerk: Clerk) -> None:
    kind, typed = clerk.operation.kind, clerk.operation.amount_minor
    wants_all = kind in ("refund", "refund_over_limit", "other_card", "typed_refund")
    if kind == "by_amount":  # of 8880.00 to 8889.99: the cents are the host's code
        typed = 888_000 + 100 * (clerk.operation.pick % 10) + clerk.operation.pick // 10 % 100
    clerk.keys("ENTER" if wants_all else f"{typed} ENTER")


def reason(clerk: Clerk) -> None:
    clerk.keys(str(1 + clerk.operation.pick % 4))


def document(clerk: Clerk) -> None:
    clerk.keys("1234 ENTER")


def card(clerk: Clerk) -> None:
    own = str(clerk.purchase["card"]) if clerk.purchase else "debit"
    name = "debit-2" if clerk.operation.kind == "other_card" else own
    if clerk.operation.kind == "typed_card" and not clerk.same:
        clerk.keys(f"{clerk.world.card(name).pan} ENTER")
    else:
        clerk.world.swipe(name)


def pin(clerk: Clerk) -> None:
    own = str(clerk.purchase["card"]) if clerk.purchase else "debit"
    right = PINS.get(own, "123456")
    is_wrong = clerk.operation.pick % 11 == 0 and clerk.same == 0
    clerk.keys(f"{'999999' if is_wrong else right} ENTER")


def printer(clerk: Clerk) -> None:
    mend_printer(clerk.world)
    enter(clerk)


def void_or_refund(clerk: Clerk) -> None:
    clerk.keys("1" if clerk.operation.kind == "void" else "2")


def void_sale(clerk: Clerk) -> None:
    if clerk.purchase:
        clerk.keys(f"{int(str(clerk.purchase['stan']))} ENTER")
    else:
        clerk.keys("CANCEL")


# ---- what is unresolved


def unresolved(clerk: Clerk) -> None:
    """Pick one; later ones too, so that a first that can't be settled yet isn't all."""
    count = len(clerk.world.runtime.facts.books.unresolved) if clerk.world.is_on else 0
    if count == 0 or clerk.done:
        clerk.keys("CANCEL")
    else:
        clerk.keys(str(1 + clerk.chance.randrange(min(count, 6))))


def one_unresolved(clerk: Clerk) -> None:
    found = re.search(r"(\d{6})", "".join(clerk.world.display.rows[1:]))
    clerk.picked_stan = int(found[1]) if found else 0
    clerk.done = True
    enter(clerk)


def settle_by_hand(clerk: Clerk) -> None:
    """As the acquirer's list says."""
    books = clerk.world.runtime.facts.books
    one = next((t for t in books.unresolved.values() if t.intent.stan == clerk.picked_stan), None)
    if one is None:
        clerk.keys("CANCEL")
        return
    key = (one.intent.batch, one.intent.stan)
    clerk.listed_minor = _host_says_minor(clerk.world, key)
    clerk.settled[key] = bool(clerk.listed_minor)
    clerk.keys("1" if clerk.listed_minor else "2")


def _host_says_minor(world: World, key: tuple[int, int]) -> int:
    """What the host has booked under this batch and trace number; nothing is 0."""
    bookings = world.ledger.bookings()
    mine = (b for b in bookings if (int(str(b["batch"])), int(str(b["stan"]))) == key)
    moved = (b for b in mine if b["state"] in MOVED_THERE)
    return max((int(str(b["amount_minor"])) for b in moved), default=0)


def listed_amount(clerk: Clerk) -> None:
    """How much of it the list says."""
    clerk.keys(f"{clerk.listed_minor} ENTER")


def settlement_stuck(clerk: Clerk) -> None:
    if MAY_LEAVE_OUT.search(clerk.world.rows):
        clerk.keys("MENU")
        return
    is_patient = clerk.steps < MOST_STEPS - 20 and clerk.operation.pick % 3 != 1
    clerk.keys("ENTER" if is_patient else "CANCEL")
    clerk.world.run(5.0)


ANSWERS: Final[Mapping[str, Answer]] = MappingProxyType(
    {
        "idle": idle,
        "logon": log_on,
        "logon.password": password,
        "refund.password": own_password,
        "refund.void_or_refund": void_or_refund,
        "refund.original": cancel,
        "void.sale": void_sale,
        "pending": unresolved,
        "pending.one": one_unresolved,
        "pending.to_reverse": one_unresolved,
        "pending.to_ask": one_unresolved,
        "pending.answer": settle_by_hand,
        "pending.amount": listed_amount,
        "settlement.stuck": settlement_stuck,
        "settlement.paper": printer,
        "find": cancel,
        "find.one": cancel,
        "menu": cancel,
    }
)
ENDINGS: Final[Mapping[str, Answer]] = MappingProxyType(
    {
        "amount": amount,
        "reason": reason,
        "document": document,
        "card": card,
        "pin": pin,
        "approval": approver_number,
        "approval_password": approver_password,
        "paper_out": printer,
    }
)

"""What the cashier of the power-cut test does at each screen, by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from tests.end_to_end.till import PENDING, is_picked

if TYPE_CHECKING:
    from scripts._power_cut_cashier import Cashier

Screen = dict[str, Any]
Answer = Callable[["Cashier", Screen], None]

SALE, SIGN_IN, SETTLE, FIND = "消费", "主机签到", "结算", "查询交易"
WAIT, CHECKING = "请稍候", "正在核对"
SIGNED_OFF, LOCKED, SECONDS = "未签到", "密码错误过多", "秒"
LINES: Final = {"sale": SALE, "pending": PENDING, "settle": SETTLE, "reprint": FIND}
STAN: Final = re.compile(r"(?<!\d)(\d{6})(?!\d)")
ASKED: Final = re.compile(r"^(\d\d) ", re.MULTILINE)
PIN: Final = "123456"
FAULTS_OF_PRINTER: Final = ("printer.paper_out", "printer.silent")


def answer(clerk: Cashier, shown: Screen) -> None:
    """What this screen asks for; nothing where it only tells."""
    name = shown["name"]
    ending = name.rpartition(".")[2]
    if LOCKED in _text(shown):
        clerk.locked = {clerk.asked}
        clerk.press("CANCEL")
    elif WAIT in _text(shown) or CHECKING in _text(shown):
        return
    elif name in ANSWERS:
        ANSWERS[name](clerk, shown)
    elif ending in ENDINGS:
        ENDINGS[ending](clerk, shown)
    elif shown["rows"][-1].strip():  # the last row names the key that goes on
        clerk.press("ENTER")


def _text(shown: Screen) -> str:
    return "\n".join(shown["rows"])


# ---- who


def log_on(clerk: Cashier, shown: Screen) -> None:
    _name(clerk, "operator")


def approve(clerk: Cashier, shown: Screen) -> None:
    _name(clerk, "supervisor")


def _name(clerk: Cashier, role: str) -> None:
    number = next(
        p["number"] for p in clerk.people if p["role"] == role and p["number"] not in clerk.locked
    )
    clerk.press("CLEAR", *number, "ENTER")


def password(clerk: Cashier, shown: Screen) -> None:
    """Of the one whose number the screen shows."""
    asked = ASKED.search(_text(shown))
    if asked:
        clerk.asked = asked[1]
        person = next(p for p in clerk.people if p["number"] == clerk.asked)
        clerk.type_secret(shown["name"], person["password"])


def pin(clerk: Cashier, shown: Screen) -> None:
    clerk.type_secret(shown["name"], PIN)


# ---- what


def idle(clerk: Cashier, shown: Screen) -> None:
    """First the keys, if there are none; then what he wants."""
    if SIGNED_OFF in _text(shown) and clerk.line != SIGN_IN:
        clerk.line = SIGN_IN
        clerk.press("MENU")
    elif clerk.errand.purchase is not None:
        clerk.is_begun = True
        clerk.channel.ask("scan", text=clerk.errand.purchase["code"])
    else:
        clerk.line = LINES[clerk.errand.kind]
        clerk.press("MENU")


def menu(clerk: Cashier, shown: Screen) -> None:
    """One digit picks a line that is shown, the arrows go to the others."""
    digit = next((row.split()[0] for row in shown["rows"] if row.split()[1:] == [clerk.line]), "")
    if not clerk.line:
        clerk.press("CANCEL")
    elif len(digit) == 1 or is_picked(clerk.line, shown):
        clerk.is_begun = clerk.is_begun or clerk.line != SIGN_IN
        clerk.press(digit if len(digit) == 1 else "ENTER")
    else:
        clerk.press("DOWN")


def amount(clerk: Cashier, shown: Screen) -> None:
    typed = str(clerk.errand.amount_minor) if clerk.errand.amount_minor else ""
    clerk.press("CLEAR", *typed, "ENTER")


def reason(clerk: Cashier, shown: Screen) -> None:
    clerk.press(str(clerk.chance.randint(1, 4)))  # the fifth wants a document


def card(clerk: Cashier, shown: Screen) -> None:
    purchase = clerk.errand.purchase
    clerk.channel.ask("swipe", card=purchase["card"] if purchase else "debit")


def cancel(clerk: Cashier, shown: Screen) -> None:
    """Not what he wanted."""
    clerk.press("CANCEL")


def void_or_refund(clerk: Cashier, shown: Screen) -> None:
    clerk.press("1" if clerk.errand.kind == "void" else "2")


def paper_out(clerk: Cashier, shown: Screen) -> None:
    """A new roll, or the printer's cable."""
    for name in FAULTS_OF_PRINTER:
        clerk.channel.ask("clear", name=name)
    clerk.channel.ask("printer", paper="load")
    clerk.press("ENTER")


# ---- what is unresolved


def unresolved(clerk: Cashier, shown: Screen) -> None:
    """One of the list, whichever."""
    listed = sum(STAN.search(row) is not None for row in shown["rows"])
    if listed and not clerk.is_done and clerk.errand.kind == "pending":
        clerk.is_done = True
        clerk.press(str(clerk.chance.randint(1, listed)))
    else:
        clerk.press("CANCEL")


def one_unresolved(clerk: Cashier, shown: Screen) -> None:
    """Settle it, or have it reversed, unless the screen says to wait so many seconds."""
    found = STAN.search(_text(shown))
    clerk.picked_stan = int(found[1]) if found else 0
    has_to_wait = SECONDS in _text(shown)
    clerk.press("CANCEL" if has_to_wait or not found else "ENTER")


def settle_by_hand(clerk: Cashier, shown: Screen) -> None:
    """As the acquirer's list says."""
    if clerk.picked_stan:
        clerk.press("1" if clerk.was_booked(clerk.picked_stan) else "2")
        clerk.settled_by_hand += 1
    else:
        clerk.press("CANCEL")


def all_of_it(clerk: Cashier, shown: Screen) -> None:
    """This host gives back what was asked, or nothing."""
    clerk.press("CLEAR", "ENTER")


# ---- a slip that is not there


def look_up(clerk: Cashier, shown: Screen) -> None:
    clerk.press("CANCEL" if clerk.is_done else "2")  # by trace number


def type_stan(clerk: Cashier, shown: Screen) -> None:
    clerk.press("CLEAR", *str(clerk.errand.stan), "ENTER")


def pick_found(clerk: Cashier, shown: Screen) -> None:
    clerk.press("CANCEL" if clerk.is_done else "1")


def print_copy(clerk: Cashier, shown: Screen) -> None:
    clerk.press("CANCEL" if clerk.is_done else "ENTER")
    clerk.is_done = True


ANSWERS: Final[Mapping[str, Answer]] = MappingProxyType(
    {
        "idle": idle,
        "menu": menu,
        "logon": log_on,
        "refund.original": cancel,
        "void.sale": cancel,
        "refund.void_or_refund": void_or_refund,
        "pending": unresolved,
        "pending.one": one_unresolved,
        "pending.to_reverse": one_unresolved,
        "pending.answer": settle_by_hand,
        "pending.amount": all_of_it,
        "settlement.paper": paper_out,
        "find": look_up,
        "find.typed": type_stan,
        "find.list": pick_found,
        "find.one": print_copy,
    }
)
ENDINGS: Final[Mapping[str, Answer]] = MappingProxyType(
    {
        "amount": amount,
        "reason": reason,
        "card": card,
        "pin": pin,
        "password": password,
        "approval": approve,
        "approval_password": password,
        "paper_out": paper_out,
    }
)

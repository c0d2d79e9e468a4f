"""The phrases of a story: keys, what is scanned, lines of books. WordError says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from emulator.cards import Card, CardError, card_named, deck
from emulator.fault_kinds import is_fault
from emulator.fault_moments import check_fault
from emulator.host.faults import FaultError

# As printed on the pad's keys.
ON_KEYS: Final = ("1QZ", "2ABC", "3DEF", "4GHI", "5JKL", "6MNO", "7PRS", "8TUV", "9WXY")
KEYS: Final = (*"0123456789", "00", "ENTER", "CLEAR", "CANCEL", "UP", "DOWN", "MENU", "ALPHA")
AMOUNT: Final = re.compile(r"(\d+)\.(\d\d)")
OPERATIONS: Final[Mapping[str, str]] = MappingProxyType(
    {"22": "sale", "23": "void", "25": "refund"}
)
JOURNAL_OPERATIONS: Final = (*OPERATIONS.values(), "qr_refund")
PLACES: Final = ("stan", "rrn", "date", "auth", "amount")


class WordError(ValueError):
    """A phrase that is no phrase of a story."""


@dataclass(frozen=True, slots=True)
class Scan:
    """Either a text, or the slip of a purchase: of that card and amount, or the last of our own."""

    text: str = ""
    card: str = ""
    amount_minor: int = 0
    is_last: bool = False


def keys_of(text: str, sale: Mapping[str, Any] | None = None) -> list[str]:
    """The presses: names apart, digits together, as in `3050 ENTER`; `{rrn}` is a purchase's.

    Without a sale the phrase is only checked.
    """
    pressed: list[str] = []
    for word in text.split():
        if word.startswith("{") and word.endswith("}"):
            pressed += _presses_of(word[1:-1], sale)
        elif word.isascii() and word.isdigit():
            pressed += list(word) if word != "00" else [word]
        elif word in KEYS:
            pressed.append(word)
        else:
            raise WordError(f"no key is called {word}; there are digits, {', '.join(KEYS[10:])}")
    return pressed


def _presses_of(place: str, sale: Mapping[str, Any] | None) -> list[str]:
    if place not in PLACES:
        raise WordError(f"{{{place}}}: one of {', '.join(PLACES)}")
    if sale is None:
        return []
    values = {
        "stan": str(int(sale["stan"])),
        "rrn": sale["rrn"],
        "date": str(sale["date"])[4:],
        "auth": sale["auth_code"],
        "amount": str(sale["amount_minor"]),
    }
    return [key for word in spelled(values[place]).split() for key in _single(word)]


def spelled(text: str) -> str:
    """The presses for digits and letters: `B0` is `2 ALPHA ALPHA 0`."""
    return " ".join(_presses(character) for character in text)


def _presses(character: str) -> str:
    if character.isdigit():
        return character
    key = next(keys for keys in ON_KEYS if character in keys)
    return key[0] + " ALPHA" * key.index(character)


def _single(word: str) -> list[str]:
    return list(word) if word.isdigit() else [word]


def scan_of(text: str) -> Scan:
    """`sale CARD 100.00`, `last sale`, or `text …`."""
    first, _, rest = text.partition(" ")
    if text == "last sale":
        return Scan(is_last=True)
    if first == "text" and rest:
        return Scan(text=rest)
    card, _, amount = rest.partition(" ")
    if first != "sale" or not card or not AMOUNT.fullmatch(amount):
        raise WordError("`sale CARD 100.00`, `last sale` or `text …`")
    return Scan(card=card_of(card).name, amount_minor=minor(amount))


def card_of(name: str) -> Card:
    """A card of the deck."""
    try:
        return card_named(deck(), name)
    except CardError as error:
        raise WordError(str(error.args[0])) from None


def fault_of(asked: Mapping[str, Any]) -> None:
    """A fault with its parameters, checked as the bench will."""
    own = {key: value for key, value in asked.items() if key not in ("name", "count")}
    name, count = asked.get("name"), asked.get("count", 1)
    if not isinstance(name, str):
        raise WordError("name: which fault")
    if type(count) is not int:
        raise WordError("count: must be a whole number")
    try:
        check_fault(name, own, count)
    except FaultError as error:
        raise WordError(str(error)) from None


def cleared(name: str) -> None:
    """The name of a fault, or `all`."""
    if name != "all" and not is_fault(name):
        raise WordError(f"no fault is called {name}")


def minor(amount: str) -> int:
    """`100.00` in minor units."""
    found = AMOUNT.fullmatch(amount)
    if found is None:
        raise WordError(f"{amount} is no amount like 100.00")
    return int(found[1]) * 100 + int(found[2])


def major(amount_minor: int) -> str:
    """The reverse."""
    return f"{amount_minor // 100}.{amount_minor % 100:02d}"


def booking(line: str) -> str:
    """A line of books, `refund 100.00 booked`, checked."""
    operation, _, rest = line.partition(" ")
    amount, _, state = rest.partition(" ")
    if operation not in JOURNAL_OPERATIONS or not re.fullmatch(r"[a-z_]+", state):
        raise WordError(f"{line!r} is no line like `refund 100.00 booked`")
    minor(amount)
    return line


def ledger_line(booked: Mapping[str, Any]) -> str:
    """A booking of the host as a line."""
    kind = OPERATIONS.get(str(booked["transaction_type"]), str(booked["transaction_type"]))
    return f"{kind} {major(int(booked['amount_minor']))} {booked['state']}"


def journal_lines(records: list[Mapping[str, Any]]) -> list[str]:
    """The intents of a journal with their outcome by now, `sent` while there is none.

    A record has `number`, `kind` and `body`.
    """
    intents = {r["number"]: r["body"] for r in records if r["kind"] == "intent"}
    found = dict.fromkeys(intents, "sent")
    for record in records:
        if record["kind"] in ("result", "settled"):
            found[record["body"]["intent"]] = record["body"]["outcome"]
    return [
        f"{intents[n]['operation']} {major(intents[n]['amount_minor'])} {outcome}"
        for n, outcome in found.items()
    ]


def packed(text: str) -> str:
    """A text without blanks: where the display breaks its rows says nothing."""
    return "".join(text.split())

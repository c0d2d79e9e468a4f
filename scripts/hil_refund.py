#!/usr/bin/env python3
"""Gives one refund through a control channel: hands and eyes at an emulated or a real terminal.

Needs nothing but Python 3.11. Example: `hil_refund.py --control 127.0.0.1:7000`. Exit code 0: the
refund was approved, two slips are on paper and the host booked it once; 1: something differs;
2: the channel can't be used.
"""

import argparse
import json
import socket
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE_S = 60.0
MESSAGE_S = 1.0
LOOK_S = 0.3
NO_MESSAGES = ("", "start", "idle", "menu", "logon", "host.wait")
# Where Enter would move money, close a batch or settle something by hand.
DECISIONS = (
    "refund.",
    "sale.",
    "void.",
    "settlement.",
    "pending",
    "parameters.review",
    "setup",
)
MONEY_MOVED = ("booked", "settled")
NOT_IN_TIME = "not in time"
TEAR_TRIES = 15
SLIPS = 2


class LabError(Exception):
    """The terminal or the channel did something else; one line."""


class Channel:
    """One connection of the control channel."""

    def __init__(self, line: socket.socket) -> None:
        self._file = line.makefile("rw", encoding="utf-8", newline="\n")
        self._last_id = 0

    def ask(self, verb: str, **fields: Any) -> dict[str, Any]:
        """The reply of one request; LabError with its error."""
        self._last_id += 1
        self._file.write(json.dumps({"id": self._last_id, "do": verb, **fields}) + "\n")
        self._file.flush()
        line = self._file.readline()
        if not line:
            raise LabError("the control channel was closed")
        reply: dict[str, Any] = json.loads(line)
        if not reply.get("ok"):
            raise LabError(str(reply.get("error")))
        return reply

    def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        self.ask("press", keys=list(keys))

    def reach(self, *names: str) -> str:
        """Wait for one of these screens; Enter past a message that nobody named."""
        begun_s = message_s = time.monotonic()
        while time.monotonic() < begun_s + PATIENCE_S:
            for name in names:
                if self._is_shown(name):
                    return name
            if time.monotonic() > message_s + MESSAGE_S:
                message_s = time.monotonic()
                if not _is_named(self.ask("screen")["name"]):
                    self.press("ENTER")
        raise LabError(f"{' or '.join(names)} did not come; there is {self.ask('screen')['name']}")

    def ask_for_the_next_copy(self) -> None:
        """Enter, where the last row names it: at the idle screen it would open the menu."""
        shown = self.ask("screen")
        if shown["name"].startswith(("refund.", "print.")) and shown["rows"][-1].strip():
            self.press("ENTER")

    def _is_shown(self, name: str) -> bool:
        try:
            shown = self.ask("wait", name=name, timeout_s=LOOK_S)
        except LabError as error:
            if NOT_IN_TIME in str(error):
                return False
            raise
        _print_screen(shown)
        return True


def refund(channel: Channel, terminal_id: str | None) -> list[str]:
    """Give one refund; what was wrong with its books."""
    person = _person(channel, "operator")
    _log_on(channel, person)
    sale = _sale(channel, terminal_id)
    known = len(channel.ask("ledger")["bookings"])
    printed = len(channel.ask("paper")["slips"])
    print(f"purchase {sale['rrn']} of {sale['date']}, {sale['amount_minor'] / 100:.2f}")
    _give_back(channel, sale, person)
    slips = _slips(channel, printed)
    channel.reach("idle")
    bookings = channel.ask("ledger")["bookings"][known:]
    return list(_differences(sale, bookings, slips))


def _log_on(channel: Channel, person: dict[str, Any]) -> None:
    if channel.reach("idle", "logon") == "idle":
        return
    channel.press(*person["number"], "ENTER")
    channel.reach("logon.password")
    channel.press(*person["password"], "ENTER")
    channel.reach("idle")


def _give_back(channel: Channel, sale: dict[str, Any], person: dict[str, Any]) -> None:
    channel.ask("scan", text=sale["code"])
    channel.reach("refund.amount")
    channel.press("ENTER")
    channel.reach("refund.reason")
    channel.press("1")
    channel.reach("refund.password")
    channel.press(*person["password"], "ENTER")
    channel.reach("refund.card")
    channel.ask("swipe", card=sale["card"])
    if channel.reach("refund.confirm", "refund.approval") == "refund.approval":
        approver = _person(channel, "supervisor")
        channel.press(*approver["number"], "ENTER")
        channel.reach("refund.approval_password")
        channel.press(*approver["password"], "ENTER")
        channel.reach("refund.confirm")
    channel.press("ENTER")
    channel.reach("refund.approved")


def _slips(channel: Channel, printed: int) -> list[dict[str, Any]]:
    for _ in range(TEAR_TRIES):
        slips = [slip for slip in channel.ask("paper")["slips"][printed:] if slip["cut"]]
        if len(slips) >= SLIPS:
            return slips
        try:
            channel.ask("wait", name="idle", timeout_s=MESSAGE_S)
        except LabError:
            channel.ask_for_the_next_copy()
    return [slip for slip in channel.ask("paper")["slips"][printed:] if slip["cut"]]


def _differences(
    sale: dict[str, Any], bookings: list[dict[str, Any]], slips: list[dict[str, Any]]
) -> Iterator[str]:
    of_sale = [b for b in bookings if b["original_rrn"] == sale["rrn"]]
    refunds = [b for b in of_sale if b["state"] in MONEY_MOVED]
    if len(refunds) != 1:
        yield f"the host booked {len(refunds)} refunds"
        return
    if refunds[0]["amount_minor"] != sale["remaining_minor"]:
        yield "the host booked another amount"
    if len(slips) != SLIPS:
        yield f"{len(slips)} slips were printed"
    for slip in slips:
        text = "\n".join(slip["rows"])
        print(text)
        if refunds[0]["rrn"] not in text or refunds[0]["stan"] not in text:
            yield "a slip has not the RRN and STAN of the host"


def _sale(channel: Channel, terminal_id: str | None) -> dict[str, Any]:
    sales = [
        sale
        for sale in channel.ask("sales")["sales"]
        if sale["state"] in MONEY_MOVED
        and sale["card"] == "debit"
        and not sale["voucher"]
        and sale["remaining_minor"] == sale["amount_minor"]
        and terminal_id in (None, sale["terminal"])
    ]
    if not sales:
        raise LabError("no purchase of the debit card is left; start with --fresh")
    return max(sales, key=lambda sale: (sale["date"], -sale["amount_minor"]))


def _person(channel: Channel, role: str) -> dict[str, Any]:
    for person in channel.ask("people")["people"]:
        if person["role"] == role:
            return dict(person)
    raise LabError(f"the shop has no {role}")


def _is_named(name: str) -> bool:
    return name in NO_MESSAGES or name.startswith(DECISIONS)


def _print_screen(shown: dict[str, Any]) -> None:
    print(f"-- {shown['name']}")
    for row in shown["rows"]:
        if row.strip():
            print(f"   {row.rstrip()}")


def _terminal_id(device: Path | None) -> str | None:
    if device is None:
        return None
    try:
        return str(tomllib.loads(device.read_text(encoding="utf-8"))["identity"]["terminal_id"])
    except (OSError, ValueError, KeyError, TypeError):
        raise LabError(f"{device}: is no device.toml that can be read") from None


@contextmanager
def _channel(address: str) -> Iterator[Channel]:
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        raise LabError("--control: an address is HOST:PORT")
    with socket.create_connection((host, int(port)), timeout=2 * PATIENCE_S) as line:
        yield Channel(line)


def main(arguments: Sequence[str]) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="hil_refund.py", description=__doc__.split("\n")[0])
    parser.add_argument("--control", required=True, metavar="HOST:PORT", help="the control channel")
    parser.add_argument("--device", type=Path, metavar="FILE", help="device.toml of the terminal")
    wanted = parser.parse_args(arguments)
    try:
        with _channel(wanted.control) as channel:
            differences = refund(channel, _terminal_id(wanted.device))
    except (LabError, OSError, ValueError, KeyError) as error:
        print(f"hil_refund: {error}", file=sys.stderr)
        return 2
    for difference in differences:
        print(f"differs: {difference}")
    print("the refund is on both books" if not differences else "NOT as it should be")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

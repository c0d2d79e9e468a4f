"""`--demo`: one refund from the log-on to the torn slips, printed as it goes, then the books."""

import asyncio
import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from emulator.bench import Bench, running_bench
from emulator.demo_books import (
    MONEY_MOVED,
    JournalUnreadError,
    disagreements,
    journal_records,
    refund_of,
)
from emulator.demo_print import DemoPrint, slip_text
from emulator.parts import BenchOptions
from emulator.screen_watch import NotShownError, ScreenWatch
from emulator.shop import ShopPerson

PATIENCE_S: Final = 30.0
START_S: Final = 120.0
MESSAGE_S: Final = 1.0
APPROVAL_ABOVE_MINOR: Final = 50_000
SLIPS: Final = 2
TEAR_TRIES: Final = 15
STEP_S: Final = 0.02
# Screens that Enter would answer: anything else that stands in the way is a message.
NO_MESSAGES: Final = (
    "start",
    "setup",
    "logon",
    "idle",
    "menu",
    "refund.",
    "sale.",
    "void.",
    "settlement.",
    "parameters.review",
    "host.wait",
    "print.",
    "pending",
)


class DemoError(Exception):
    """The demonstration got stuck; the text says where."""


async def run_demo(options: BenchOptions) -> int:
    """Play and print; the exit code: 0 when journal, ledger and slips agree, else 1.

    In a folder of its own, whatever the options say.
    """
    with tempfile.TemporaryDirectory(prefix="refund-demo-") as folder:
        own = replace(options, state=Path(folder), is_fresh=True, acquirer="", devices_only=False)
        async with running_bench(own, print) as bench:
            demo = Demo(bench)
            try:
                return await demo.play()
            except (DemoError, JournalUnreadError) as error:
                print(f"demo: {error}")
                print(f"firmware: {bench.parts.firmware.last_line() or 'said nothing'}")
                return 1


class Demo:
    """Hands and eyes of somebody who gives a customer's money back."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        bench.subscribe(DemoPrint().event)

    async def play(self) -> int:
        """The whole demonstration; its exit code."""
        await self._reach("logon", within_s=START_S)
        person = self._person("operator")
        await self._log_on(person)
        sale = await self._sale()
        await self._refund(sale, person)
        slips = await self._slips()
        await self._reach("idle")
        await self._ask("power", to="off")
        return await self._show_books(sale, slips)

    async def _log_on(self, person: ShopPerson) -> None:
        await self._press(*person.number, "ENTER")
        await self._reach("logon.password")
        await self._press(*person.password, "ENTER")
        await self._reach("idle")

    async def _refund(self, sale: dict[str, Any], person: ShopPerson) -> None:
        await self._ask("scan", text=sale["code"])
        await self._reach("refund.amount")
        await self._press("ENTER")
        await self._reach("refund.reason")
        await self._press("1")
        await self._reach("refund.password")
        await self._press(*person.password, "ENTER")
        await self._reach("refund.card")
        await self._ask("swipe", card=sale["card"])
        await self._approve_if_asked()
        await self._press("ENTER")
        await self._reach("refund.approved")

    async def _approve_if_asked(self) -> None:
        if await self._reach("refund.confirm", "refund.approval") == "refund.confirm":
            return
        approver = self._person("supervisor")
        await self._press(*approver.number, "ENTER")
        await self._reach("refund.approval_password")
        await self._press(*approver.password, "ENTER")
        await self._reach("refund.confirm")

    async def _sale(self) -> dict[str, Any]:
        """A young purchase of this shop that nothing was given back of, below the limit."""
        limit = self._bench.parts.shop.parameters.get("approval_above_minor", APPROVAL_ABOVE_MINOR)
        merchant = self._bench.parts.shop.identity.merchant_id
        sales: list[dict[str, Any]] = (await self._ask("sales"))["sales"]
        fit = [s for s in sales if _is_whole(s) and s["merchant"] == merchant]
        fit = [s for s in fit if s["card"] == "debit" and not s["voucher"]]
        fit = [s for s in fit if s["amount_minor"] <= limit]
        if not fit:
            raise DemoError("the host knows no purchase that fits")
        return max(fit, key=lambda sale: str(sale["date"]))

    def _person(self, role: str) -> ShopPerson:
        found = next((p for p in self._bench.parts.shop.people if p.role == role), None)
        if found is None:
            raise DemoError(f"the shop file has no {role}")
        return found

    async def _slips(self) -> list[dict[str, Any]]:
        """Both copies; the second one may wait for Enter, after the first was torn off."""
        for _ in range(TEAR_TRIES):
            if await self._are_printed(MESSAGE_S):
                return list((await self._ask("paper"))["slips"])
            shown = self._screens.now
            # The last row names Enter where it does something; at idle it would open the menu.
            if shown.name.startswith(("refund.approved", "print.")) and shown.rows[-1].strip():
                await self._press("ENTER")
        raise DemoError("the printer did not print both slips")

    async def _are_printed(self, within_s: float) -> bool:
        latest_s = self._now_s + within_s
        while sum(slip.cut for slip in self._bench.slips) < SLIPS:
            if self._now_s > latest_s:
                return False
            await asyncio.sleep(STEP_S)
        return True

    async def _show_books(self, sale: dict[str, Any], slips: Sequence[dict[str, Any]]) -> int:
        journal = self._bench.parts.options.state / "journal.db"
        records = await journal_records(journal)
        bookings = (await self._ask("ledger"))["bookings"]
        for slip in slips:
            print(slip_text(slip))
        differences = disagreements(refund_of(bookings, sale["rrn"]), records, slips)
        books = {"agree": not differences, "differences": differences}
        books |= {"journal": records, "ledger": bookings, "slips": slips}
        print(json.dumps(books, ensure_ascii=False))
        return 1 if differences else 0

    async def _reach(self, *names: str, within_s: float = PATIENCE_S) -> str:
        """Wait for one of these screens, past any message that only wants Enter."""
        latest_s = self._now_s + within_s
        while self._now_s < latest_s:
            try:
                shown = await self._screens.wait(lambda now: now.name in names, MESSAGE_S)
            except NotShownError as error:
                if error.last.name and not error.last.name.startswith(NO_MESSAGES):
                    await self._press("ENTER")
                continue
            await self._ask("wait", name=shown.name, timeout_s=MESSAGE_S)
            return shown.name
        raise DemoError(f"{' or '.join(names)} did not come: {NotShownError(self._screens.now)}")

    @property
    def _screens(self) -> ScreenWatch:
        return self._bench.parts.screens

    @property
    def _now_s(self) -> float:
        return asyncio.get_running_loop().time()

    async def _press(self, *keys: str) -> None:
        await self._ask("press", keys=list(keys))

    async def _ask(self, verb: str, **fields: Any) -> dict[str, Any]:
        reply = await self._bench.do({"do": verb, **fields})
        if not reply["ok"]:
            raise DemoError(str(reply["error"]))
        return reply


def _is_whole(sale: dict[str, Any]) -> bool:
    return sale["state"] in MONEY_MOVED and bool(sale["remaining_minor"] == sale["amount_minor"])

"""The books and the paper of a story: what was booked, intended and printed since it began."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from emulator.stories.bench import Differs, StoryBench
from emulator.stories.story import Expect
from emulator.stories.words import Scan, journal_lines, ledger_line, packed


class Books:
    """From now on; the paper is torn off."""

    def __init__(self, bench: StoryBench) -> None:
        self._bench = bench
        self._known = max((int(b["id"]) for b in bench.ask("ledger")["bookings"]), default=0)
        bench.ask("tear")

    def check(self, expect: Expect) -> None:
        """AssertionError names what differs."""
        if expect.ledger is not None:
            _same("ledger", list(expect.ledger), [ledger_line(b) for b in self._bookings()])
        if expect.slips is not None:
            self._check_slips([several(slip) for slip in expect.slips])
        records = None if expect.journal is None else self._bench.journal()
        if expect.journal is not None and records is not None:
            _same("journal", list(expect.journal), journal_lines(records))

    def sale(self, wanted: Scan) -> dict[str, Any]:
        """The purchase that is meant, of several the one that most is left of."""
        sales = self._bench.ask("sales")["sales"]
        if wanted.is_last:
            own = {b["rrn"] for b in self._bookings()}
            found = [sale for sale in sales if sale["rrn"] in own][-1:]
        else:
            found = [sale for sale in sales if _is_meant(sale, wanted)]
        assert found, "the host's books have no such purchase"
        return dict(max(found, key=lambda sale: sale["remaining_minor"]))

    def _bookings(self) -> list[dict[str, Any]]:
        return list(self._bench.ask("ledger", since=self._known)["bookings"])

    def _check_slips(self, wanted: Sequence[Sequence[str]]) -> None:
        slips = ["".join(s["rows"]) for s in self._bench.ask("paper")["slips"] if s["cut"]]
        if len(slips) != len(wanted):
            text = f"slips: {len(wanted)} expected, {len(slips)} on paper"
            raise Differs(text, "slips", str(len(wanted)), str(len(slips)))
        for number, (slip, texts) in enumerate(zip(slips, wanted, strict=True), start=1):
            for text in texts:
                if packed(text) not in packed(slip):
                    what = f"slips: slip {number} has no {text!r}"
                    raise Differs(what, "slips", f"{number}: “{text}”", " ".join(slip.split()))


def several(value: str | Sequence[str]) -> list[str]:
    """A word of a story that may be one text or a list of them."""
    return [value] if isinstance(value, str) else list(value)


def _is_meant(sale: Mapping[str, Any], wanted: Scan) -> bool:
    return bool(sale["card"] == wanted.card and sale["amount_minor"] == wanted.amount_minor)


def _same(what: str, wanted: list[str], found: list[str]) -> None:
    if wanted != found:
        text = f"{what}: {wanted} expected, {found or 'nothing'} there"
        raise Differs(text, what, ", ".join(wanted), ", ".join(found))

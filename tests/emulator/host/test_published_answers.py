"""The published answers byte for byte: the host hears the published requests, one after the other.

What a packet can't tell the host is set beforehand: its clock, the next of its numbers, the
working keys that it hands out, and the cardholder's account.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from emulator.host import management
from emulator.host.config import demo_config
from emulator.host.core import Connection, Host
from emulator.host.crypto import WorkingKeys
from emulator.host.ledger import Ledger
from tests.emulator.host.till import packet, sent

KEYS = WorkingKeys(
    pik=bytes.fromhex("1A2A3D4C5E6E708092A2B5C4D6E6F808"),
    mak=bytes.fromhex("0E1F2C3D4A5B6879"),
    tdk=bytes.fromhex("C1D3E3F404162638495B6B7C8C9EAEB0"),
)
PAN, PIN, LIMIT_MINOR = "6212345678901232", "123456", 1_000_000


@dataclass
class Day:
    """The first of June at this host, a request after the other."""

    ledger: Ledger
    now: datetime = datetime(2026, 6, 1, tzinfo=UTC)
    line: Connection | None = None

    def answer(self, request: str, clock: str, rrn: int) -> bytes:
        """What the host answers at that time; `rrn`: eight digits of its reference number."""
        assert self.line is not None
        self.now = datetime.fromisoformat(f"2026-06-01T{clock}+00:00")
        self.ledger.set_counter("rrn", rrn - 1)
        (raw,) = sent(self.line.receive(packet(request), 0.0))
        return raw


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    """A host that has never heard of anything, and the account of one card."""
    monkeypatch.setattr(management, "new_keys", lambda label, kind, mak: KEYS)
    ledger = Ledger()
    ledger.set_counter("auth_code", 12344)
    ledger.accounts.open(PAN, "debit", PIN, LIMIT_MINOR)
    found = Day(ledger)
    found.line = Host(demo_config(), ledger, lambda: found.now, seed=7).connection("tcp")
    return found


def signed_in(day: Day) -> bytes:
    return day.answer("C1", "10:15:09", 10150901)


def sold(day: Day) -> bytes:
    return day.answer("C3", "10:15:30", 10153002)


def test_c2_answers_the_sign_in(day: Day) -> None:
    assert signed_in(day) == packet("C2")


def test_c4_answers_the_sale(day: Day) -> None:
    signed_in(day)
    assert sold(day) == packet("C4")


def test_c6_answers_the_reversal_and_the_sale_is_undone(day: Day) -> None:
    signed_in(day)
    sold(day)
    assert day.answer("C5", "10:16:10", 10161003) == packet("C6")
    (booking,) = day.ledger.bookings()
    assert booking["state"] == "reversed"


def test_the_published_void_is_believed_and_voids_the_sale(day: Day) -> None:
    signed_in(day)
    sold(day)
    day.answer("C7", "10:17:00", 10170004)
    assert [b["state"] for b in day.ledger.bookings()] == ["voided", "booked"]

"""Refunds over TLS with the real firmware: hosts believed and refused, certificates that end."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from emulator.host.certificates import Dates, authority_pem, issue, make_authority
from tests.end_to_end.books import bookings, differences, journal
from tests.end_to_end.running import Running, running
from tests.end_to_end.till import Till

pytestmark = pytest.mark.emulator
DAYS_LEFT = 20


@pytest.fixture
def bench(state: Path, shop: Path) -> Iterator[Running]:
    with running(state, shop, "--host-line", "tls") as started:
        yield started


def stranger(folder: Path) -> None:
    """The terminal gets a certificate that ends soon, of an authority unknown to the host."""
    now = datetime.now(UTC)
    dates = Dates(now - timedelta(days=1), now + timedelta(days=DAYS_LEFT))
    issued = issue(make_authority("Another", Dates.around(now)), ("terminal",), "client", dates)
    (folder / "client.pem").write_bytes(issued.certificate)
    (folder / "client-key.pem").write_bytes(issued.key)


def another_authority(folder: Path) -> None:
    """The terminal pins another authority than the host's."""
    authority = make_authority("Another", Dates.around(datetime.now(UTC)))
    (folder / "authority.pem").write_bytes(authority_pem(authority))


def test_refund_over_tls_and_the_line_comes_back(bench: Running) -> None:
    till = Till(bench.channel)
    till.log_on()
    assert len(till.refund(till.sale(10000))) == 2
    device = tomllib.loads((bench.state / "device.toml").read_text(encoding="utf-8"))
    assert device["wires"]["acquirer"].startswith("tls://")
    assert device["tls"]["server_name"] == "localhost"
    bench.channel.ask("link", wire="acquirer", to="down")
    bench.channel.ask("link", wire="acquirer", to="up")
    bench.channel.ask("power", to="off")
    assert not differences(journal(bench.state), bookings(bench))


def test_refused_client_leaves_the_refund_unknown_and_a_strange_host_gets_nothing(
    bench: Running,
) -> None:
    till, folder = Till(bench.channel), bench.state / "certificates"
    till.log_on()
    bench.channel.ask("power", to="off")
    stranger(folder)
    till.restart()
    bench.channel.wait(name="idle", contains="证书")
    till.enter(till.sale(10000))
    till.confirm("refund.unknown", "refund.not_sent")
    till.to_idle()
    bench.channel.ask("power", to="off")
    another_authority(folder)
    till.restart()
    till.enter(till.sale(45600))
    till.confirm("refund.not_sent")
    bench.channel.ask("power", to="off")
    assert not bookings(bench)
    assert journal(bench.state)[-1].outcome == "not_sent"

"""The emulated acquirer at the end of its line: host, ledger and the deck of test cards."""

import ssl
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from emulator.acquirer_line import HostLine, SerialHostLine, TcpHostLine
from emulator.cards import Card, card_named, deck, seed_sales
from emulator.host.config import HostConfig, HostProfile, RecoveryStep, TerminalConfig
from emulator.host.core import Host
from emulator.host.ledger import Ledger
from emulator.serve_cut import nobody
from emulator.serve_wires import Wire
from emulator.shop import Shop

ZONE = timezone(timedelta(hours=8))


def local_now() -> datetime:
    """The host's clock: the acquirer's time (China, UTC+8), as on its answers and in its books."""
    return datetime.now(UTC).astimezone(ZONE).replace(tzinfo=None)


def host_config(shop: Shop) -> HostConfig:
    """What the host knows of this shop: its one terminal, and its own rules."""
    terminal = TerminalConfig(
        tid=shop.identity.terminal_id,
        mid=shop.identity.merchant_id,
        tmk_hex=shop.pad.master_key,
        mac_algorithm=shop.host.mac_algorithm,
        mak=shop.host.mac_key,
        sign_in_kinds=(shop.host.sign_in_kind,),
    )
    return HostConfig((terminal,), _rules(shop))


# What the firmware's other shipped profiles ask of the host (profile 4).
ASKED_OF_HOST: Mapping[str, tuple[RecoveryStep, ...]] = MappingProxyType(
    {"recovering": ("inquiry", "resend_same_stan")}
)


def _rules(shop: Shop) -> HostProfile:
    """The host knows the messages that the terminal's profile uses, unless [host] says which."""
    rules, profile = shop.host.rules, shop.profile
    if rules.refund_recovery:
        return rules
    wanted = profile.get("refund_recovery", ASKED_OF_HOST.get(str(profile.get("name")), ()))
    listed = wanted if isinstance(wanted, list | tuple) else ()
    known = tuple(step for step in get_args(RecoveryStep) if step in listed)
    return replace(rules, refund_recovery=known)


class Acquirer:
    """The host with its books, on TCP, with a context on TLS, or with a wire on a serial line."""

    def __init__(
        self,
        config: HostConfig,
        ledger_file: Path,
        seed: int,
        serial: Wire | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.cards = deck()
        self.ledger = Ledger(ledger_file)
        self.host = Host(config, self.ledger, local_now, seed)
        self.line: HostLine = (
            TcpHostLine(self.host, tls) if serial is None else SerialHostLine(self.host, serial)
        )
        seed_sales(self.ledger, self.cards, config.terminals[0], local_now().date(), seed)

    @property
    def url(self) -> str:
        """What the firmware connects to; the same when the line goes down and up."""
        return self.line.url

    async def close(self) -> None:
        """The line down, and the books closed."""
        self.line.on_link = nobody
        await self.line.set_link(False)
        self.ledger.close()

    def card(self, name: str) -> Card:
        """A card of the deck. KeyError with the names there are."""
        return card_named(self.cards, name)

    def sales(self, code_for: Callable[[dict[str, object]], str]) -> list[dict[str, object]]:
        """The purchases on the books with what remains, each with the code on its slip."""
        return [{**sale, "code": code_for(sale)} for sale in self.host.sales()]

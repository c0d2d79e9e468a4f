"""The emulated acquirer on its TCP port: host, ledger and the deck of test cards."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import cast

from emulator.cards import Card, card_named, deck, seed_sales
from emulator.cut import CuttableHost
from emulator.host.config import HostConfig, TerminalConfig
from emulator.host.core import Host
from emulator.host.ledger import Ledger
from emulator.host.listener import ListeningHost, serve_host
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
    return HostConfig((terminal,), shop.host.rules)


class Acquirer:
    """The host with its books. `up` and `down` keep the port, so the URL stays good."""

    def __init__(self, config: HostConfig, ledger_file: Path, seed: int) -> None:
        self.cards = deck()
        self.ledger = Ledger(ledger_file)
        self.host = Host(config, self.ledger, local_now, seed)
        self.lines = CuttableHost(self.host)
        self._listening: ListeningHost | None = None
        self._port = 0
        seed_sales(self.ledger, self.cards, config.terminals[0], local_now().date(), seed)

    @property
    def url(self) -> str:
        """What the firmware connects to."""
        return f"tcp://127.0.0.1:{self._port}"

    async def up(self) -> None:
        """Listen; no effect when it does."""
        if self._listening is None:
            # The listener asks for nothing but connection().
            self._listening = await serve_host(cast(Host, self.lines), port=self._port)
            self._port = self._listening.port

    async def down(self) -> None:
        """Drop every line and refuse new ones; no effect when it is down."""
        listening, self._listening = self._listening, None
        if listening is not None:
            await listening.close()

    async def close(self) -> None:
        """Down, and the books closed."""
        await self.down()
        self.ledger.close()

    def card(self, name: str) -> Card:
        """A card of the deck. KeyError with the names there are."""
        return card_named(self.cards, name)

    def sales(self, code_for: Callable[[dict[str, object]], str]) -> list[dict[str, object]]:
        """The purchases on the books with what remains, each with the code on its slip."""
        return [{**sale, "code": code_for(sale)} for sale in self.host.sales()]

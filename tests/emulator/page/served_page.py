"""A bench without firmware whose page is served, and browsers that talk to it."""

import http.client
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from emulator.bench import Bench, running_bench
from emulator.frames import framed
from emulator.parts import BenchOptions
from emulator.shop import SHOPS, load_shop
from emulator.stage import Stage
from emulator.web import serve_page

SHOW = 0x02


@dataclass(frozen=True, slots=True)
class Served:
    """A bench and the port of its page."""

    bench: Bench
    port: int

    def show(self, name: str, *rows: str) -> None:
        """Bytes on the display's wire, as a firmware would send them."""
        self.bench.parts.devices.display.receive(show_frame(name, rows), 0.0)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body; blocking, so call it in a thread."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            line.request("GET", path, headers=headers)
            reply = line.getresponse()
            return reply.status, dict(reply.getheaders()), reply.read()
        finally:
            line.close()

    def page(self, origin: str | None = None) -> connect:
        """A page's live connection."""
        address = f"127.0.0.1:{self.port}"
        return connect(f"ws://{address}/control", origin=Origin(origin or f"http://{address}"))


@asynccontextmanager
async def served(state: Path) -> AsyncIterator[Served]:
    """From start to stop."""
    options = BenchOptions(state=state, shop=load_shop(SHOPS / "demo.toml"), devices_only=True)
    async with running_bench(options, lambda line: None) as bench:
        page = await serve_page(Stage(bench), 0)
        try:
            yield Served(bench, page.port)
        finally:
            await page.close()


def show_frame(name: str, rows: tuple[str, ...], inverse: tuple[int, ...] = ()) -> bytes:
    """A SHOW of these rows in Chinese (drivers/display.md); `inverse`: numbers of rows."""
    payload = (7).to_bytes(4, "big") + b"zh" + bytes([len(name)]) + name.encode()
    payload += bytes([len(rows)])
    for number, row in enumerate(rows):
        raw = row.encode("gb18030")
        payload += bytes([number, number in inverse, len(raw)]) + raw
    return framed(SHOW, 1, payload)


async def event(browser: ClientConnection, name: str) -> dict[str, Any]:
    """The next push of this name."""
    while True:
        message: dict[str, Any] = json.loads(await browser.recv())
        if message.get("event") == name:
            return message


async def reply(browser: ClientConnection, request: dict[str, Any] | str) -> dict[str, Any]:
    """The reply to a request; pushes that come before it are skipped."""
    await browser.send(request if isinstance(request, str) else json.dumps(request))
    while True:
        message: dict[str, Any] = json.loads(await browser.recv())
        if "event" not in message:
            return message

"""A wire slowed down to the speed of a serial line: 8N1, ten bits a byte, each way on its own."""

import asyncio
from typing import Final

from emulator.serve_wires import OnBytes, Wire, ignore

BITS_A_BYTE: Final = 10
STEP_S: Final = 0.01


class Pacer:
    """Bytes of one direction: none is early, none is lost, and they stay in their order."""

    def __init__(self, baud: int, go: OnBytes) -> None:
        self._byte_s = BITS_A_BYTE / baud
        self._most = max(1, int(STEP_S / self._byte_s))
        self._go = go
        self._waiting = bytearray()
        self._free_s = 0.0  # when the last byte that was let go has wholly passed
        self._next: asyncio.TimerHandle | None = None

    def put(self, raw: bytes) -> None:
        """Bytes that begin to pass when those before them have passed."""
        self._waiting += raw
        if self._waiting and self._next is None:
            self._free_s = max(self._free_s, asyncio.get_running_loop().time())
            self._pass_some()

    def clear(self) -> None:
        """What had not passed is lost."""
        self._waiting.clear()
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _pass_some(self) -> None:
        count = min(self._most, len(self._waiting))
        self._free_s += count * self._byte_s
        self._next = asyncio.get_running_loop().call_at(self._free_s, self._passed, count)

    def _passed(self, count: int) -> None:
        self._next = None
        some = bytes(self._waiting[:count])
        del self._waiting[:count]
        if self._waiting:
            self._pass_some()
        self._go(some)


class PacedWire:
    """A wire at so many baud."""

    def __init__(self, wire: Wire, baud: int) -> None:
        self.on_bytes: OnBytes = ignore
        self._wire = wire
        self._to_firmware = Pacer(baud, wire.send)
        self._from_firmware = Pacer(baud, self._came)
        wire.on_bytes = self._from_firmware.put

    @property
    def url(self) -> str:
        return self._wire.url

    @property
    def is_up(self) -> bool:
        return self._wire.is_up

    async def up(self) -> None:
        await self._wire.up()

    async def down(self) -> None:
        self._to_firmware.clear()
        self._from_firmware.clear()
        await self._wire.down()

    def send(self, raw: bytes) -> None:
        if self._wire.is_up:
            self._to_firmware.put(raw)

    def _came(self, raw: bytes) -> None:
        self.on_bytes(raw)

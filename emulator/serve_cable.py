"""A wire that is a cable to another computer: it goes away and comes back by itself."""

import asyncio
from contextlib import suppress
from typing import Final

from emulator.lab_cables import LabCable
from emulator.serve_ports import PathPort, Port, UrlPort, open_port, reason
from emulator.serve_wires import OnBytes, ignore

AGAIN_S: Final = 1.0


class CableWire:
    """Our end of a cable. One that goes away is said, and tried again each second."""

    def __init__(self, name: str, cable: LabCable) -> None:
        self.on_bytes: OnBytes = ignore
        self._name = name
        self._cable = cable
        self._port: Port | None = None
        self._again: asyncio.Task[None] | None = None
        self._was_there = False

    @property
    def url(self) -> str:
        """The other end has its own name on the other computer: this one, until it is changed."""
        return f"serial:/dev/{self._name}"

    @property
    def is_up(self) -> bool:
        return self._port is not None or self._again is not None

    async def up(self) -> None:
        """OSError when the port is not there, or in use, the first time."""
        if self.is_up:
            return
        try:
            await self._open()
        except OSError as error:
            if not self._was_there:
                raise OSError(f"{self._name}: {self._cable.port}: {reason(error)}") from None
            self._try_again()

    async def down(self) -> None:
        again, self._again = self._again, None
        if again is not None:
            again.cancel()
            with suppress(asyncio.CancelledError):
                await again
        self._close()

    def send(self, raw: bytes) -> None:
        if self._port is not None:
            self._port.send(raw)

    async def _open(self) -> None:
        port = await asyncio.to_thread(open_port, self._cable.port, self._cable.baud)
        make = PathPort if self._cable.port.startswith("/") else UrlPort
        self._port = make(port, self.on_bytes, self._went)
        self._was_there = True

    def _close(self) -> None:
        port, self._port = self._port, None
        if port is not None:
            port.close()

    def _went(self) -> None:
        self._close()
        self._say("is gone, and tried again each second")
        self._try_again()

    def _try_again(self) -> None:
        self._again = asyncio.get_running_loop().create_task(self._until_it_is_there())

    async def _until_it_is_there(self) -> None:
        while self._port is None:
            await asyncio.sleep(AGAIN_S)
            with suppress(OSError):
                await self._open()
        self._again = None
        self._say("is there again")

    def _say(self, what: str) -> None:
        print(f"{self._name}: {self._cable.port} {what}.", flush=True)

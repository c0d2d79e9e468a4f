"""A line to the emulator's control channel: hands and eyes of these tests."""

import json
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from emulator.stories.bench import NotDone

PATIENCE_S: Final = 60.0


class Channel:
    """Requests and replies, one JSON object a line."""

    def __init__(self, address: str) -> None:
        self.address = address
        host, _, port = address.partition(":")
        self._line = socket.create_connection((host, int(port)), timeout=4 * PATIENCE_S)
        self._text = self._line.makefile("rw", encoding="utf-8")

    def ask(self, verb: str, **fields: object) -> dict[str, Any]:
        """The reply. Raises NotDone, and ConnectionError where the emulator is gone."""
        self._text.write(json.dumps({"id": 1, "do": verb, **fields}) + "\n")
        self._text.flush()
        line = self._text.readline()
        if not line:
            raise ConnectionError(f"the emulator has ended; {verb} was not answered")
        reply: dict[str, Any] = json.loads(line)
        if not reply["ok"]:
            raise NotDone(f"{verb}: {reply['error']}")
        return reply

    def wait(self, **wanted: object) -> dict[str, Any]:
        """The screen that was wanted. Raises NotDone, with the screen there is instead."""
        return self.ask("wait", **{"timeout_s": PATIENCE_S, **wanted})

    def press(self, *keys: str) -> int:
        """Keys, one after the other; `seq` of the screen before them."""
        return int(self.ask("press", keys=list(keys))["seq"])

    def until(self, is_so: Callable[[], bool]) -> None:
        """Ask until it is so."""
        latest_s = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < latest_s, "it did not come in time"

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self._text.close()
        self._line.close()

"""A line to the emulator's control channel, for what a test sets up or checks beside the page."""

import json
import socket
from typing import Any


class ControlLine:
    """Requests and replies, one JSON object a line."""

    def __init__(self, address: str) -> None:
        host, _, port = address.partition(":")
        self._line = socket.create_connection((host, int(port)))
        self._text = self._line.makefile("rw", encoding="utf-8")

    def ask(self, verb: str, **fields: object) -> dict[str, Any]:
        """The reply; an error fails the test with its text."""
        self._text.write(json.dumps({"id": 1, "do": verb, **fields}) + "\n")
        self._text.flush()
        reply: dict[str, Any] = json.loads(self._text.readline())
        assert reply["ok"], f"{verb}: {reply['error']}"
        return reply

    def close(self) -> None:
        """Hang up."""
        self._text.close()
        self._line.close()

"""What the host asks for in its answers: digit 6 of the header (1.3), done after the operation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from terminal.effects import Effect, Persist

ASKS_PARAMETERS: Final = "1"
ASKS_SIGN_IN: Final = "3"
ASKED: Mapping[str, Persist] = MappingProxyType(
    {
        ASKS_PARAMETERS: Persist("parameters_wanted", {}),
        ASKS_SIGN_IN: Persist("sign_in_wanted", {"why": "host"}),
    }
)


def wishes(digit: str) -> tuple[Effect, ...]:
    """What is to be remembered of an answer; other requests are not for this terminal."""
    return (ASKED[digit],) if digit in ASKED else ()

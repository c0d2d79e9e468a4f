"""What the host asks for in its answers, by a code or by digit 6 of the header (1.3)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from terminal.domain.host_profile import HostProfile
from terminal.effects import Effect, Persist

ASKS_PARAMETERS: Final = "1"
ASKS_SIGN_IN: Final = "3"
ASKED: Mapping[str, Persist] = MappingProxyType(
    {
        ASKS_PARAMETERS: Persist("parameters_wanted", {}),
        ASKS_SIGN_IN: Persist("sign_in_wanted", {"why": "host"}),
    }
)


def sign_in_first(code: str, profile: HostProfile) -> tuple[Effect, ...]:
    """What is to be remembered of an answer without a MAC that refuses with this code."""
    is_needed = code in profile.sign_in_codes
    return (Persist("sign_in_wanted", {"why": code}),) if is_needed else ()


def wishes(digit: str) -> tuple[Effect, ...]:
    """What is to be remembered of an answer; other requests are not for this terminal."""
    return (ASKED[digit],) if digit in ASKED else ()

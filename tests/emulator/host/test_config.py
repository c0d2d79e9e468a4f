"""The host's settings: wrong ones are named."""

from dataclasses import replace
from typing import Any

import pytest

from emulator.host.config import HostConfig, HostProfile, demo_config

SHOP = demo_config().terminals[0]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"tid": "1"}, "tid"),
        ({"mid": "x" * 16}, "mid"),
        ({"tmk_hex": "00"}, "tmk_hex"),
        ({"mac_algorithm": "crc"}, "mac_algorithm"),
        ({"mak": "triple"}, "mak"),
        ({"sign_in_kinds": ("002",)}, "sign_in_kinds"),
    ],
)
def test_wrong_terminal_settings_are_named(changes: dict[str, Any], what: str) -> None:
    with pytest.raises(ValueError, match=what):
        replace(SHOP, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"duplicate": "95"},
        {"refund_window_days": -1},
        {"same_day_refund": "maybe"},
        {"refund_recovery": ("prayer",)},
        {"in_progress_s": -1},
        {"late_original": "x"},
    ],
)
def test_wrong_profile_settings_are_named(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(changes))):
        HostProfile(**changes)


@pytest.mark.parametrize(
    ("changes", "what"),
    [({"terminals": (SHOP, SHOP)}, "twice"), ({"acquirer_id": "x"}, "acquirer_id")],
)
def test_wrong_host_settings_are_named(changes: dict[str, Any], what: str) -> None:
    with pytest.raises(ValueError, match=what):
        HostConfig(**{"terminals": (SHOP,), **changes})


def test_the_master_key_is_in_no_repr() -> None:
    assert SHOP.tmk_hex not in repr(demo_config())

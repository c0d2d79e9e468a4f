"""Days that once went wrong, as short as they go: what was mended stays mended."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tests.simulation.plan import Operation, Plan
from tests.simulation.trouble_kinds import Trouble

KEPT: Final[Mapping[str, Plan]] = MappingProxyType(
    {
        "first copy of a refund is its upload": Plan(
            1571,
            "uploading",
            0.0,
            (Operation("partial", 9, 4000, (Trouble("power.moment", 75, 2.0),)),),
        ),
        "enter bounces onto the confirm screen": Plan(
            1384, "unionpay", 0.0, (Operation("qr_refund", 3, 100, (Trouble("keypad.bounce"),)),)
        ),
    }
)

"""All planted bugs. Those of `planted_unknown` came after the checker, the others before it."""

from __future__ import annotations

import re
from typing import Final

from tests.simulation.planted_devices import DEVICES
from tests.simulation.planted_host import HOST
from tests.simulation.planted_journal import JOURNAL
from tests.simulation.planted_money import MONEY
from tests.simulation.planted_recovery import RECOVERY
from tests.simulation.planted_settlement import SETTLEMENT
from tests.simulation.planted_unknown import UNKNOWN
from tests.simulation.planting import PlantedBug

PLANTED: Final = (*HOST, *RECOVERY, *UNKNOWN, *MONEY, *JOURNAL, *DEVICES, *SETTLEMENT)
# Public terminal and host programs that were read; what each did wrong is in the bug's `why`.
PROGRAMS: Final = frozenset({"LiaoYang", "Newland", "Centerm", "openpos", "posp"})
FAULT: Final = re.compile(r"F[0-9]{2}")


def has_source(bug: PlantedBug) -> bool:
    """Is it a row of the fault catalogue (F01 to F92), or did a public program have it?"""
    return bug.source in PROGRAMS or FAULT.fullmatch(bug.source) is not None

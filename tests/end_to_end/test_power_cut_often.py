"""scripts/power_cut_test: a few of its power cuts; many are for the script itself."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.running import ROOT, SETTING

pytestmark = [pytest.mark.emulator, pytest.mark.slow]

KILLS = 3


def test_books_agree_after_a_few_power_cuts_at_random_moments(state: Path) -> None:
    script = str(ROOT / "scripts" / "_power_cut_test.py")
    command = [sys.executable, script, "--kills", str(KILLS), "--state", str(state), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, env=dict(SETTING))
    told = json.loads(done.stdout)
    assert (done.returncode, told["differences"]) == (0, []), done.stdout + done.stderr
    assert told["kills"] >= KILLS
    assert told["settlements"] >= 1  # the last one, and what the lot adds

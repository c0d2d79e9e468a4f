"""scripts/power_cut_test: a few of its power cuts; many are for the script itself."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.end_to_end.running import ROOT, SETTING, children_of

pytestmark = [pytest.mark.emulator, pytest.mark.slow]

KILLS: Final = 3
SCRIPT: Final = (sys.executable, str(ROOT / "scripts" / "_power_cut_test.py"))


def test_books_agree_after_a_few_power_cuts_at_random_moments(state: Path) -> None:
    command = [*SCRIPT, "--kills", str(KILLS), "--state", str(state), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, env=dict(SETTING))
    told = json.loads(done.stdout)
    assert (done.returncode, told["differences"]) == (0, []), done.stdout + done.stderr
    assert told["kills"] >= KILLS
    assert told["settlements"] >= 1  # the last one, and what the lot adds


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked up in /proc")
def test_emulator_that_ends_is_told_in_one_line(state: Path) -> None:
    script = subprocess.Popen(
        [*SCRIPT, "--state", str(state)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(SETTING),
    )
    while not (emulators := children_of(script.pid)):
        assert script.poll() is None
    os.kill(emulators[0], signal.SIGKILL)
    _, told = script.communicate()
    assert script.returncode == 2
    assert told.startswith("power_cut_test: the emulator ")
    assert told.count("\n") == 1

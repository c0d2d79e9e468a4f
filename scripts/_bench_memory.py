"""Resident memory of firmware and emulator, idle after many refunds through real wires."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection
from time import monotonic, sleep
from typing import Any

from emulator.shop import SHOPS
from scripts._bench_figures import BenchError, Figure
from scripts._bench_rig import CARD, CHEAP, ROOT, with_bytecode
from scripts._power_cut_answers import SETTLE
from tests.end_to_end.till import is_picked

FIRMWARE_GOAL_MIB, EMULATOR_GOAL_MIB = 40.0, 80.0
START_S, PATIENCE_S, QUIET_S = 120.0, 10.0, 1.0
SECRET_TRIES, SECRET_S = 3, 3.0
SETTLED_S = 60.0
BATCH = 900  # refunds; a batch is full at 999 records
READY = "control: "


class Control:
    """The emulator's control channel."""

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        line = create_connection((host, int(port)), timeout=2 * START_S)
        self._file = line.makefile("rwb")

    def ask(self, verb: str, **fields: Any) -> dict[str, Any]:
        """One request; BenchError with its error."""
        self._file.write(json.dumps({"do": verb, **fields}).encode() + b"\n")
        self._file.flush()
        reply: dict[str, Any] = json.loads(self._file.readline() or b'{"error": "it has ended"}')
        if not reply.get("ok"):
            raise BenchError(f"emulator: {reply['error']}")
        return reply

    def press(self, *keys: str) -> int:
        """Press keys; the number of the screen before them."""
        return int(self.ask("press", keys=list(keys))["seq"])

    def secret(self, digits: str, name: str) -> None:
        """Type a password until this screen comes: what is typed before the pad asks is lost."""
        for _ in range(SECRET_TRIES):
            self.press("CLEAR", *digits, "ENTER")
            try:
                self.reach(name, within_s=SECRET_S)
            except BenchError:
                continue
            return
        raise BenchError(f"{name} did not come after the password")

    def reach(self, name: str, after: int | None = None, within_s: float = PATIENCE_S) -> int:
        """Wait for a screen; its number."""
        wanted = {"name": name, "timeout_s": within_s, "after_seq": after}
        return int(self.ask("wait", **{k: v for k, v in wanted.items() if v is not None})["seq"])


def memory(folder: Path, runs: int) -> tuple[Figure, Figure]:
    """Both processes after so many refunds; a start before it leaves their bytecode."""
    with _emulator(folder) as (_, address):
        Control(address).reach("logon", within_s=START_S)
    with _emulator(folder) as (process, address):
        control = Control(address)
        person = control.ask("people")["people"][0]
        control.reach("logon", within_s=START_S)
        control.press(*person["number"], "ENTER")
        control.reach("logon.password")
        control.secret(person["password"], "idle")
        code = next(s["code"] for s in control.ask("sales")["sales"] if s["card"] == CARD)
        for number in range(1, runs + 1):
            _refund(control, code, person["password"])
            if number % BATCH == 0:
                _settle(control)
        sleep(QUIET_S)
        return _figures(resident_mib(_child(process.pid)), resident_mib(process.pid), runs)


def _figures(firmware: float, emulator: float, runs: int) -> tuple[Figure, Figure]:
    note = f"after {runs} refunds through the emulator's ptys"
    what = "resident memory of the {}, idle"
    return (
        Figure("memory", what.format("firmware"), firmware, "MiB", FIRMWARE_GOAL_MIB, note=note),
        Figure(
            "emulator memory",
            what.format("emulator with its page"),
            emulator,
            "MiB",
            EMULATOR_GOAL_MIB,
            note=note,
        ),
    )


def _refund(control: Control, code: str, password: str) -> None:
    control.ask("scan", text=code)
    control.reach("refund.amount")
    control.press("1", "ENTER")
    control.reach("refund.reason")
    control.press("1")
    control.reach("refund.password")
    control.secret(password, "refund.card")
    control.ask("swipe", card=CARD)
    control.reach("refund.confirm")
    control.press("ENTER")
    shown = control.reach("refund.approved")
    control.reach("refund.approved", shown)  # drawn anew when the merchant copy hangs out
    control.press("ENTER")
    control.reach("idle")


def _settle(control: Control) -> None:
    """From idle over the menu's line, whatever its number is, to idle in the next batch."""
    control.press("MENU")
    control.reach("menu")
    while not is_picked(SETTLE, shown := control.ask("screen")):
        control.press("DOWN")
        control.ask("wait", after_seq=shown["seq"])
    control.press("ENTER")
    control.reach("settlement.confirm")
    control.press("ENTER")
    control.reach("settlement.done", within_s=SETTLED_S)
    control.press("ENTER")
    control.reach("idle")


def _changed(shop: str) -> str:
    # Equal refunds, one after the other, are what is measured here: nobody is to ask about them.
    cheap = shop.replace("[parameters]", f"[parameters]\npassword_cost = {CHEAP}")
    return cheap.replace("same_again_minutes = 10", "same_again_minutes = 0")


@contextmanager
def _emulator(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    shop = folder / "shop.toml"
    text = (SHOPS / "demo.toml").read_text("utf-8")
    shop.write_text(_changed(text), "utf-8")
    command = [sys.executable, "-m", "emulator", "--port", "0", "--shop", str(shop)]
    command += ["--state", str(folder / "state"), "--fresh"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=with_bytecode(folder)
    )
    try:
        yield process, _address(process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    latest_s = monotonic() + START_S
    while monotonic() < latest_s:
        if not select.select([process.stdout], [], [], START_S)[0]:
            break
        line = process.stdout.readline()
        if line.startswith(READY):
            return line.removeprefix(READY).strip()
        if not line:
            break
    raise BenchError("the emulator did not start")


def _child(pid: int) -> int:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    if not children:
        raise BenchError("the firmware's process has ended")
    return int(children[0])


def resident_mib(pid: int) -> float:
    """VmRSS of a process."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise BenchError(f"process {pid} has no VmRSS")


def can_measure() -> bool:
    """Only where the kernel tells a process's memory and children."""
    return os.path.exists(f"/proc/{os.getpid()}/task/{os.getpid()}/children")

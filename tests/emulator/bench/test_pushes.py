"""What the page is told without asking."""

import asyncio
from pathlib import Path
from typing import Any

from emulator.frames import framed
from tests.emulator.bench.lab import asked, bench_in, show

Events = list[dict[str, Any]]


def kinds(events: Events) -> list[str]:
    return [event["event"] for event in events]


def test_screen_paper_trace_and_faults_are_pushed(tmp_path: Path) -> None:
    events: Events = []

    async def play() -> None:
        async with bench_in(tmp_path) as bench:
            bench.subscribe(events.append)
            devices = bench.parts.devices
            devices.display.receive(show(1, "idle", "ready"), 0.0)
            await asked(bench, "press", keys=["1"])
            devices.printer.receive(b"\x1b@one\n\x1dVB\x00", 0.0)
            await asyncio.sleep(0)
            await asked(bench, "fault", name="printer.silent")

    asyncio.run(play())
    assert kinds(events) == ["screen", "trace", "paper", "faults"]
    assert events[0]["rows"][0].strip() == "ready"
    assert events[1]["entry"]["meaning"] == "KEY 1"
    assert (events[2]["count"], events[2]["slip"]["rows"]) == (1, ["one"])
    armed = [fault["name"] for fault in events[3]["faults"] if fault["armed"]]
    assert armed == ["printer.silent"]


def test_beep_is_pushed_with_the_screen(tmp_path: Path) -> None:
    events: Events = []

    async def play() -> None:
        async with bench_in(tmp_path) as bench:
            bench.subscribe(events.append)
            bench.parts.devices.display.receive(framed(0x03, 1, b"\x01"), 0.0)

    asyncio.run(play())
    assert [event["beeps"] for event in events] == [1]


def test_exchange_with_the_host_is_in_the_trace(tmp_path: Path) -> None:
    events: Events = []
    echo = bytes.fromhex("6000030000 603100310001 0820 0020000000C00012 000001".replace(" ", ""))
    fields = b"12345678898310058120001" + bytes.fromhex("0011 00000001 3010".replace(" ", ""))
    frame = echo + fields + bytes.fromhex("0003") + b"01 "

    async def play() -> None:
        async with bench_in(tmp_path) as bench:
            bench.subscribe(events.append)
            port = int(bench.parts.acquirer.url.rpartition(":")[2])
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(len(frame).to_bytes(2, "big") + frame)
            await reader.read(1)
            writer.close()

    asyncio.run(play())
    entries = [event["entry"] for event in events if event["event"] == "trace"]
    assert entries
    assert {entry["wire"] for entry in entries} == {"acquirer"}
    assert entries[0]["direction"] == "from terminal"
    assert entries[0]["meaning"].startswith("0820 | 11 trace number (STAN) = 000001 | 41 ")


def test_no_event_comes_after_the_end_of_a_subscription(tmp_path: Path) -> None:
    events: Events = []

    async def play() -> None:
        async with bench_in(tmp_path) as bench:
            end = bench.subscribe(events.append)
            end()
            end()
            bench.parts.devices.display.receive(show(1, "idle", "ready"), 0.0)

    asyncio.run(play())
    assert events == []


def test_power_that_a_key_cuts_is_pushed_and_the_key_goes_to_nobody(tmp_path: Path) -> None:
    events: Events = []

    async def play() -> list[dict[str, Any]]:
        idler = ("-c", "import time; time.sleep(60)")
        async with bench_in(tmp_path, devices_only=False, firmware=idler) as bench:
            await asked(bench, "fault", name="power.cut", at_key="ENTER")
            await asked(bench, "press", keys=["1"])
            bench.subscribe(events.append)
            await asked(bench, "press", keys=["ENTER"])
            assert (await asked(bench, "firmware"))["state"] == "off"
            return bench.parts.trace.since()

    said = [entry["meaning"] for entry in asyncio.run(play())]
    assert said.index("KEY 1") < said.index("off") < said.index("KEY ENTER")
    told = [event["state"] for event in events if event["event"] == "firmware"]
    assert told == ["off"]

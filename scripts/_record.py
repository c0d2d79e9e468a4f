"""Record all wires of the emulated terminal until it ends: Ctrl-C, or the demonstration's end."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import msgspec

from emulator.__main__ import CAN_T_START, run_emulator
from emulator.bench import Bench
from emulator.cards import deck
from emulator.options import STATE, Options, parsed_options
from emulator.state_folder import StateError
from scripts._recorded_cards import finished
from scripts._recording import Header, Line, header, saved

TERMINAL = "scripts/_recorded_terminal.py"
LINE_BYTES = 1 << 20
REAL_DEVICE = "the terminal is not this computer's: only masked bytes were recorded"
REAL_HOST = "the host was another one than the emulated: only masked bytes are kept"


class Recorder:
    """Everything that was told so far. It is kept in memory: what it is is known at the end."""

    def __init__(self, head: Header | None = None) -> None:
        self.head = head
        self.lines: list[Line] = []
        self._serving: set[asyncio.Task[None]] = set()

    async def served(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One run of the firmware tells what passes, until its power goes."""
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        t = 0.0
        head = await reader.readline()
        if head.endswith(b"\n"):
            self.head = self.head or msgspec.json.decode(head, type=Header)
        while (row := await reader.readline()).endswith(b"\n"):
            self.lines.append(msgspec.json.decode(row, type=Line))
            t = self.lines[-1].t
        self.lines.append(Line(what="off", t=t))
        writer.close()

    async def all_told(self) -> None:
        """What a firmware said before its power went is here."""
        await asyncio.gather(*self._serving)

    def watch(self, bench: Bench) -> None:
        """Keep what the bench's trace shows: the firmware is somewhere else."""
        self.head = header(bench.parts.shop.identity.terminal_id, _now(), {}, REAL_DEVICE)
        bench.subscribe(self._pushed)

    def _pushed(self, event: dict[str, object]) -> None:
        if event["event"] != "trace":
            return
        entry = event["entry"]
        assert isinstance(entry, dict)
        what = {"to terminal": "bytes", "from terminal": "write"}.get(entry["direction"], "remark")
        row = {"what": what, "t": monotonic(), "wall": entry["time"], "meaning": entry["meaning"]}
        self.lines.append(
            msgspec.convert({**row, "wire": entry["wire"], "hex": entry["hex"].lower()}, Line)
        )


def main(arguments: Sequence[str]) -> int:
    """The emulator's exit code; 2 when it could not start or the file can't be written."""
    parser = argparse.ArgumentParser(
        prog="scripts/record",
        description=__doc__,
        usage="%(prog)s FILE [options of scripts/emulator]",
    )
    parser.add_argument("file", type=Path, help="the recording, JSON lines")
    given, rest = parser.parse_known_args(arguments)
    options = parsed_options(rest)
    try:
        given.file.touch()
        code, recorder = asyncio.run(_recorded(options))
        return _written(given.file, recorder) or code
    except CAN_T_START as error:
        print(f"record: {error}", file=sys.stderr)
        return 2


async def _recorded(options: Options) -> tuple[int, Recorder]:
    recorder = Recorder()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="refund-record-"))
        if options.devices_only:
            return await run_emulator(options, watch=recorder.watch), recorder
        if options.state == STATE:
            options = replace(options, state=Path(folder) / "state")
        elif not options.is_fresh:
            # A replay begins with an empty journal.
            raise StateError("--state: a recording begins with a new terminal: add --fresh")
        socket = f"{folder}/recorder"
        server = await asyncio.start_unix_server(recorder.served, socket, limit=LINE_BYTES)
        stack.callback(server.close)
        command = (TERMINAL, "--to", socket, "--config")
        code = await run_emulator(options, firmware=command)
        await recorder.all_told()
        if options.acquirer and recorder.head is not None:
            recorder.head = header(recorder.head.shop, recorder.head.started, {}, REAL_HOST)
        return code, recorder


def _written(path: Path, recorder: Recorder) -> int:
    if recorder.head is None:
        print("record: the firmware did not start: nothing was recorded", file=sys.stderr)
        return 2
    kept = finished(recorder.head, recorder.lines, deck())
    with path.open("wb") as file:
        file.writelines(saved(kept))
    ending = "scripts/replay FILE" if kept.header.replayable else kept.header.why_not
    print(f"recorded 已录制: {path}, {len(kept.lines)} lines 行; {ending}")
    return 0


def _now() -> str:
    return datetime.now(UTC).isoformat()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

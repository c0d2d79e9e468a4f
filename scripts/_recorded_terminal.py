"""The firmware as `python -m terminal` runs it, telling a socket all that passes its seams."""

from __future__ import annotations

import argparse
import socket
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import msgspec

from scripts._recorder import Note, RecordedInbox, StepClock, recorded_links
from scripts._recording import Header, Line, header
from terminal import app
from terminal.__main__ import EXIT_CONFIG, EXIT_DISK
from terminal.config import ConfigError
from terminal.journal.record import JournalFailed


def main() -> int:
    """Run until the process ends; exit codes are the firmware's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", required=True, help="the socket that the recorder listens on")
    parser.add_argument("--config", type=Path, required=True, help="device.toml")
    given = parser.parse_args()
    try:
        setting = app.read_setting(given.config)
        with socket.socket(socket.AF_UNIX) as recorder:
            recorder.connect(given.to)
            tell = _teller(recorder)
            tell(_header(setting))
            _serve(setting, tell)
    except ConfigError as error:
        print(error, file=sys.stderr)
        return EXIT_CONFIG
    except JournalFailed as error:
        print(f"journal: {error}", file=sys.stderr)
        return EXIT_DISK
    return 0


def _teller(recorder: socket.socket) -> Callable[[Header | Line], None]:
    return lambda item: recorder.sendall(msgspec.json.encode(item) + b"\n")


def _header(setting: app.Setting) -> Header:
    device = setting.device
    names = [setting.name, device.parameters]
    names += [device.tls.ca, device.tls.certificate] if device.tls else []
    files = {name: (setting.folder / name).read_text(encoding="utf-8-sig") for name in names}
    return header(device.identity.terminal_id, app.MachineClock().wall().isoformat(), files)


def _serve(setting: app.Setting, note: Note) -> None:
    clock = StepClock(app.MachineClock(), note)
    inbox = RecordedInbox(clock, note)
    links = recorded_links(app.live_links(setting, inbox.put), clock, note)
    clock.start()
    terminal = app.runtime(setting, links, clock)
    terminal.start()
    terminal.run(inbox)


if __name__ == "__main__":
    sys.exit(main())

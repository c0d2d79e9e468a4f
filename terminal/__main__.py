"""python -m terminal --config device.toml: the firmware."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from terminal.app import read_setting, serve
from terminal.config import ConfigError
from terminal.journal.record import JournalFailed

EXIT_CONFIG = 2
EXIT_DISK = 3  # started again, it recovers from what is on disk


def main() -> int:
    """Read the files, run; one line on standard error says why it ended."""
    parser = argparse.ArgumentParser(prog="python -m terminal", description=__doc__)
    parser.add_argument("--config", type=Path, required=True, help="device.toml")
    arguments = parser.parse_args()
    try:
        serve(read_setting(arguments.config))
    except ConfigError as error:
        print(error, file=sys.stderr)
        return EXIT_CONFIG
    except JournalFailed as error:
        print(f"journal: {error}", file=sys.stderr)
        return EXIT_DISK
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Describe one acquirer message: hex as an argument, a file of hex or bytes, or standard input."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from terminal.iso8583.codec import MessageError
from terminal.iso8583.describe import describe, from_hex

TEXT = b"0123456789abcdefABCDEF \t\r\n"


def main() -> int:
    """Print the description; 2 for input that is no message."""
    options = parsed()
    try:
        description = describe(input_bytes(options.message), clear=options.clear)
    except (MessageError, OSError) as error:
        print(f"describe: {reason(error)}", file=sys.stderr)
        return 2
    print(description.as_json() if options.json else description.as_table())
    return 0


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/describe",
        description="Show a message that begins at its length, TPDU or MTI.",
    )
    parser.add_argument("message", nargs="?", default="-", help="hex, a file, or - (default)")
    parser.add_argument("--json", action="store_true", help="MTI, header and fields by number")
    parser.add_argument("--clear", action="store_true", help="do not mask card data")
    return parser.parse_args()


def input_bytes(argument: str) -> bytes:
    """The message's bytes, wherever they are."""
    if argument == "-":
        return unpacked(sys.stdin.buffer.read())
    if is_file(argument):
        return unpacked(Path(argument).read_bytes())
    if is_hex(argument):
        return from_hex(argument)
    raise MessageError("input", "neither hex digits nor a file that is there")


def is_hex(text: str) -> bool:
    """Hex digits and white space only."""
    return text.isascii() and not text.encode("ascii").strip(TEXT)


def is_file(argument: str) -> bool:
    """A name that the file system can't even hold is no file."""
    try:
        return Path(argument).is_file()
    except (OSError, ValueError):
        return False


def unpacked(raw: bytes) -> bytes:
    """Bytes of hex text, or the bytes themselves."""
    is_text = bool(raw.strip()) and not raw.strip(TEXT) and not raw.translate(None, TEXT)
    return from_hex(raw.decode("ascii")) if is_text else raw


def reason(error: MessageError | OSError) -> str:
    """One line, without the system's error number."""
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}"
    return str(error)


if __name__ == "__main__":
    raise SystemExit(main())

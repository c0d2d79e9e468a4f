"""What the demonstration prints: screens in a frame, messages to and from the host, slips."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from emulator.display import COLUMNS, cells_of

PAPER_COLUMNS: Final = 32


class DemoPrint:
    """Takes a bench's pushes and prints each screen once and each message of the host."""

    def __init__(self) -> None:
        self._name = ""

    def event(self, event: dict[str, object]) -> None:
        """One push of the bench."""
        if event["event"] == "screen":
            self._screen(event)
        elif event["event"] == "trace":
            _message(event["entry"])

    def _screen(self, screen: Mapping[str, Any]) -> None:
        # Stars and digits change a screen many times: its first picture tells enough.
        if screen["name"] and screen["name"] != self._name:
            self._name = screen["name"]
            print(framed(screen["rows"], COLUMNS, self._name), flush=True)


def slip_text(slip: Mapping[str, Any]) -> str:
    """A slip as text in a frame, with what its codes say below."""
    codes = [f"[{code}]" for code in slip["codes"]]
    return "\n".join([framed(slip["rows"], PAPER_COLUMNS, "slip"), *codes])


def framed(rows: Sequence[str], columns: int, title: str) -> str:
    """Rows of half-width cells in a frame."""
    top = f"┌─ {title} ".ljust(columns + 1, "─") + "┐"
    body = [f"│{row}{' ' * (columns - cells_of(row))}│" for row in rows]
    return "\n".join([top, *body, "└" + "─" * columns + "┘"])


def _message(entry: object) -> None:
    if isinstance(entry, Mapping) and entry["wire"] == "acquirer":
        arrow = "→" if entry["direction"] == "from terminal" else "←"
        print(f"  {arrow} {entry['meaning']}", flush=True)

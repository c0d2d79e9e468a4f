"""What the display shows now, and waiting for what it is to show."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from emulator.display import DisplayModel


@dataclass(frozen=True, slots=True)
class ScreenNow:
    """The display at one moment. `seq` grows with each change, restarts of the display included."""

    rows: tuple[str, ...]
    inverse: tuple[bool, ...]
    name: str
    language: str
    seq: int
    beeps: int

    def as_dict(self) -> dict[str, object]:
        """For the control channel."""
        return {
            "rows": list(self.rows),
            "inverse": list(self.inverse),
            "name": self.name,
            "language": self.language,
            "seq": self.seq,
            "beeps": self.beeps,
        }


IsWanted = Callable[[ScreenNow], bool]


class NotShownError(Exception):
    """The screen did not come in time; `last` is what the display shows instead."""

    def __init__(self, last: ScreenNow) -> None:
        rows = " | ".join(row.strip() for row in last.rows if row.strip())
        super().__init__(f"not in time; the display shows {last.name or 'nothing'}: {rows}")
        self.last = last


class ScreenWatch:
    """Watches one display; `on_screen` is told of each change, `on_name` of the screen's name."""

    def __init__(self, display: DisplayModel) -> None:
        self.on_screen: Callable[[ScreenNow], None] | None = None
        self.on_name: Callable[[str], None] = lambda name: None
        self._display = display
        self._seq = 0
        self._waiting: list[tuple[IsWanted, asyncio.Future[ScreenNow]]] = []
        self.now = self._read()
        display.on_change = self._changed

    async def wait(self, is_wanted: IsWanted, timeout_s: float | None) -> ScreenNow:
        """The first screen from now on, this one included, that is wanted; None: for ever.

        Raises NotShownError.
        """
        if is_wanted(self.now):
            return self.now
        coming: asyncio.Future[ScreenNow] = asyncio.get_running_loop().create_future()
        self._waiting.append((is_wanted, coming))
        try:
            return await asyncio.wait_for(coming, timeout_s)
        except TimeoutError:
            raise NotShownError(self.now) from None
        finally:
            self._waiting.remove((is_wanted, coming))

    def _read(self) -> ScreenNow:
        shown = self._display
        return ScreenNow(
            shown.rows, shown.inverse, shown.name, shown.language, self._seq, shown.beeps
        )

    def _changed(self) -> None:
        if self._display.beeps == self.now.beeps:
            self._seq += 1
        self.now = self._read()
        for is_wanted, coming in self._waiting:
            if not coming.done() and is_wanted(self.now):
                coming.set_result(self.now)
        if self.on_screen is not None:
            self.on_screen(self.now)
        self.on_name(self.now.name)

"""Plays the technician at a new terminal: the one-time code, then everybody's password."""

import asyncio
import re
from collections.abc import Callable
from typing import Final

from emulator.parts import Parts
from emulator.screen_watch import ScreenNow
from emulator.shop import ShopPerson

CODE_SCREEN: Final = "setup"
PASSWORD_SCREEN: Final = "setup.password"
NUMBER: Final = re.compile(r"(?<![0-9])([0-9]{2})(?![0-9])")
AFTER_SET_UP: Final = ("logon", "idle", "journal.damaged")
TRIES: Final = 3
STEP_S: Final = 0.01
REPEATED_S: Final = 0.5


class SetUpPlay:
    """Types as long as the set-up's screens ask; goes on after a power cut, and stops at log-on."""

    def __init__(self, parts: Parts, say: Callable[[str], None]) -> None:
        self._parts = parts
        self._say = say
        self._task: asyncio.Task[None] | None = None
        self._tries: dict[str, int] = {}
        self._typed = ""

    def begin(self) -> None:
        """Start to watch the display."""
        self._task = asyncio.create_task(self._play())

    async def ended(self) -> None:
        """Wait until there is nothing more to type."""
        if self._task is not None:
            await self._task

    async def end(self) -> None:
        """Stop watching."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _play(self) -> None:
        while True:
            shown = await self._parts.screens.wait(_is_of_interest, None)
            if shown.name in AFTER_SET_UP:
                break
            if not self._parts.devices.is_entry_open or await self._is_typed_already(shown):
                await asyncio.sleep(STEP_S)
            elif not self._type(self._parts.screens.now):
                return
        if self._tries:
            self._say("The terminal is set up.")

    async def _is_typed_already(self, shown: ScreenNow) -> bool:
        """Keypad and display are two wires: the next entry may be open before its screen is there.

        A screen that stays is a repeated question.
        """
        if self._asked(shown) != self._typed:
            return False
        await asyncio.sleep(REPEATED_S)
        self._typed = ""
        return True

    def _type(self, shown: ScreenNow) -> bool:
        """Answer the entry that is open; False when this leads nowhere."""
        who = self._wanted(shown)
        if who is None:
            self._say(f"The set-up needs you: {_one_line(shown)}")
            return False
        name, keys = who
        self._tries[name] = self._tries.get(name, 0) + 1
        if self._tries[name] > TRIES:
            self._say(f"The set-up does not go on, {name} was typed {TRIES} times.")
            return False
        self._say(f"Set-up: {name}")
        self._typed = self._asked(shown)
        devices = self._parts.devices
        for key in keys:
            devices.say("keypad", devices.keypad.press(key, devices.now_s))
        return True

    def _wanted(self, shown: ScreenNow) -> tuple[str, list[str]] | None:
        if shown.name == CODE_SCREEN:
            return "one-time code", [*self._parts.shop.pad.one_time_code, "ENTER"]
        person = self._person(shown)
        if person is None:
            return None
        once = [*person.password, "ENTER"]
        return f"password of {person.number} {person.name}", once + once

    def _asked(self, shown: ScreenNow) -> str:
        person = self._person(shown) if shown.name == PASSWORD_SCREEN else None
        return person.number if person else shown.name

    def _person(self, shown: ScreenNow) -> ShopPerson | None:
        numbers = NUMBER.findall("\n".join(shown.rows))
        people = {person.number: person for person in self._parts.shop.people}
        return next((people[number] for number in numbers if number in people), None)


def _is_of_interest(now: ScreenNow) -> bool:
    return now.name in (CODE_SCREEN, PASSWORD_SCREEN, *AFTER_SET_UP)


def _one_line(shown: ScreenNow) -> str:
    return " | ".join(row.strip() for row in shown.rows if row.strip())

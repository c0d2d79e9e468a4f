"""Benches for a story behind a control channel: the emulator's process, or a real terminal."""

from __future__ import annotations

import shutil
import time
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from emulator.toml_text import toml_text
from terminal.journal.looking import whole_journal
from tests.end_to_end.channel import PATIENCE_S, Channel
from tests.end_to_end.running import DEMO_SHOP, running
from tests.scenarios.story import Story, WorldName

CHEAP: Final = 1000  # rounds of the password hash: stories are not about its cost


class ChannelStoryBench:
    """A bench at the other end of a control channel. `state`: its folder, where that is ours."""

    def __init__(self, name: WorldName, channel: Channel, state: Path | None = None) -> None:
        self._name = name
        self._channel = channel
        self._state = state

    @property
    def name(self) -> WorldName:
        return self._name

    def ask(self, verb: str, **fields: Any) -> dict[str, Any]:
        """The reply of a verb. Raises NotDone."""
        return self._channel.ask(verb, **fields)

    def now_s(self) -> float:
        """The computer's clock."""
        return time.monotonic()

    def pass_time(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    def journal(self) -> list[Mapping[str, Any]] | None:
        """The records; None of a terminal whose disk is elsewhere."""
        if self._state is None:
            return None
        self.ask("power", to="off")
        with whole_journal(str(self._state / "journal.db")) as records:
            return [{"number": r.number, "kind": r.kind, "body": r.body} for r in records]


class EmulatorBenches:
    """Sets a terminal up once for each kind of shop; each story gets a copy and a bench of its own.

    `folder` is emptied by whoever made it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._set_up: dict[str, Path] = {}

    @contextmanager
    def bench_of(self, story: Story) -> Iterator[ChannelStoryBench]:
        """A bench for this story alone."""
        text = toml_text(shop_of(story))
        place = self._folder / f"{len(list(self._folder.iterdir()))}"
        place.mkdir()
        shop = place / "shop.toml"
        shop.write_text(text, encoding="utf-8")
        state = place / "state"
        if story.begin != "new":
            shutil.copytree(self._ready(text, shop), state)
        try:
            with running(state, shop, "--seed", str(story.seed)) as bench:
                yield ChannelStoryBench("emulator", bench.channel, state)
        finally:
            shutil.rmtree(state, ignore_errors=True)

    def _ready(self, text: str, shop: Path) -> Path:
        if text not in self._set_up:
            state = shop.with_name("ready")
            with running(state, shop) as bench:
                bench.channel.wait(name="logon", timeout_s=2 * PATIENCE_S)
                bench.channel.ask("power", to="off")
            self._set_up[text] = state
        return self._set_up[text]


def shop_of(story: Story) -> dict[str, Any]:
    """The demo shop with what the story has otherwise."""
    shop = tomllib.loads(DEMO_SHOP.read_text(encoding="utf-8"))
    shop["parameters"] |= {"password_cost": CHEAP, **story.parameters}
    shop["profile"] = {**shop.get("profile", {}), **story.profile}
    shop["host"] |= story.host
    shop["setup"] = "by hand" if story.begin == "new" else "play"
    return shop

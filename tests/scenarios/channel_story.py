"""Benches for a story behind a control channel: the emulator's process, or a real terminal."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from emulator.stories.shop import shop_text
from emulator.stories.story import Story, WorldName
from tests.end_to_end.channel import Channel
from tests.end_to_end.running import running


class ChannelStoryBench:
    """A bench at the other end of a control channel."""

    def __init__(self, name: WorldName, channel: Channel) -> None:
        self._name = name
        self._channel = channel

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
        if self._name == "hardware":
            return None
        self.ask("power", to="off")
        return list(self.ask("journal")["records"])


class EmulatorBenches:
    """A new terminal in its own shop for each story. Whoever made `folder` empties it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def bench_of(self, story: Story) -> Iterator[ChannelStoryBench]:
        """A bench for this story alone."""
        place = self._folder / f"{len(list(self._folder.iterdir()))}"
        place.mkdir()
        shop, state = place / "shop.toml", place / "state"
        shop.write_text(shop_text(story), encoding="utf-8")
        try:
            with running(state, shop, "--seed", str(story.seed)) as bench:
                yield ChannelStoryBench("emulator", bench.channel)
        finally:
            shutil.rmtree(state, ignore_errors=True)

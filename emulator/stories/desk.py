"""Where stories are asked for: which there are, what one says, and playing one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from emulator.pushes import Push
from emulator.requests import PlayStory, ReadStory, Request, RequestError
from emulator.shop import ShopError, parse_shop
from emulator.stories.session import Session, Show
from emulator.stories.shelf import shelf, story_named
from emulator.stories.shop import shop_text
from emulator.stories.story import Story, StoryError, parsed
from emulator.stories.told import story_told

Reply = dict[str, object]
OWN: Final = Path("your story")
GO: Final = ("play", "step")


class Desk:
    """Plays one story at a time; whoever asks sees the same one."""

    def __init__(self, show: Show, tell: Push) -> None:
        self._show = show
        self._tell = tell
        self._session: Session | None = None
        self._one_at_a_time = asyncio.Lock()

    async def done(self, verb: str, request: Request) -> Reply:
        """The reply without `id` and `ok`. Raises RequestError."""
        return await DO[verb](self, request)

    async def stories(self, _request: object) -> Reply:
        """Every story of the folder."""
        return {"stories": await asyncio.to_thread(shelf)}

    async def story(self, request: ReadStory) -> Reply:
        """What one says."""
        return {"story": story_told(await _read(request, "story"))}

    async def play(self, request: PlayStory) -> Reply:
        """Begin one, or what is to become of the one that is open."""
        async with self._one_at_a_time:
            if request.name is not None or request.text is not None:
                await self._begin(await _read(request, "play"), request)
            elif self._session is None:
                raise RequestError("play: no story is open: name or text is needed")
            elif request.to in GO and self._session.is_over:
                await self._begin(self._session.story, request)
            elif request.to == "leave":
                await self.close()
            else:
                self._session.go(request.to, request.pace_s)
        return self._now()

    async def playing(self, _request: object) -> Reply:
        """How far the open one is."""
        return self._now()

    async def close(self) -> None:
        """End the open one; its terminal is gone."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()
            self._changed()

    async def _begin(self, story: Story, request: PlayStory) -> None:
        if request.to not in GO:
            raise RequestError(f"play: to: a story begins with {' or '.join(GO)}")
        if "emulator" not in story.worlds:
            raise RequestError(f"play: {story.path.stem}: only on {', '.join(story.worlds)}")
        try:
            shop = parse_shop(shop_text(story))
        except ShopError as error:
            raise RequestError(f"play: {story.path.stem}: {error}") from None
        await self.close()
        self._session = Session(story, shop, self._show, self._changed)
        self._session.begin(request.to, request.pace_s)

    def _now(self) -> Reply:
        return {"playing": self._session.told() if self._session else None}

    def _changed(self) -> None:
        self._tell({"event": "playing", **self._now()})


async def _read(request: ReadStory, verb: str) -> Story:
    try:
        if request.text is not None and request.name is None:
            return parsed(request.text, OWN)
        if request.name is not None and request.text is None:
            return await asyncio.to_thread(story_named, request.name)
    except StoryError as error:
        raise RequestError(f"{verb}: {error}") from None
    raise RequestError(f"{verb}: name or text is needed, and not both")


DO: Final[Mapping[str, Callable[[Desk, Any], Awaitable[Reply]]]] = MappingProxyType(
    {"stories": Desk.stories, "story": Desk.story, "play": Desk.play, "playing": Desk.playing}
)

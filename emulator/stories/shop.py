"""The shop that a story is played in: the demo shop with what the story has otherwise."""

from __future__ import annotations

import tomllib
from typing import Any, Final

from emulator.shop import SHOPS
from emulator.stories.story import Story
from emulator.toml_text import toml_text

CHEAP: Final = 1000  # rounds of the password hash: stories are not about its cost


def shop_text(story: Story) -> str:
    """A shop file. The terminal is new; it is set up beforehand unless the story is about that."""
    shop: dict[str, Any] = tomllib.loads((SHOPS / "demo.toml").read_text(encoding="utf-8"))
    shop["parameters"] |= {"password_cost": CHEAP, **story.parameters}
    shop["profile"] = {**shop.get("profile", {}), **story.profile}
    shop["host"] |= story.host
    shop["setup"] = "by hand" if story.begin == "new" else "play"
    return toml_text(shop)

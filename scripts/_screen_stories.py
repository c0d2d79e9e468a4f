"""Stories that lead to every screen: each plays one shop in memory and takes pictures."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scripts import _screen_stories_backup as backup_stories
from scripts import _screen_stories_find as find_stories
from scripts import _screen_stories_people as people_stories
from scripts import _screen_stories_recovery as recovery_stories
from scripts import _screen_stories_refund as refund_stories
from scripts import _screen_stories_reversal as reversal_stories
from scripts import _screen_stories_sale as sale_stories
from scripts import _screen_stories_service as service_stories
from scripts import _screen_stories_settlement as settlement_stories
from scripts._shots import Album, Camera
from terminal.domain.host_profile import HostProfile
from terminal.domain.keypad_questions import Refusal
from terminal.domain.parameters import Person, Role
from terminal.events import KeypadFailed
from terminal.flows import home, host_call, set_up
from terminal.flows.home_case import Home
from terminal.flows.set_up_case import SetUp
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.recoveries import settings

Story = Callable[[Camera], object]
SHOP: Mapping[str, Any] = MappingProxyType({"service_phone": "400-800-8000"})
STRICT: Mapping[str, Any] = MappingProxyType(
    {**SHOP, "typed_card": "off", "other_card": "off", "refund_max_minor": 500_000}
)
NOT_TODAY = HostProfile(same_day_refund="refused")


def album() -> Album:
    """Every screen of the terminal."""
    shots = Album()
    for story in FIRST_USE:
        _play(story, shots, is_ready=False, parameters=SHOP)
    for story in (
        *WORK,
        *refund_stories.STORIES,
        *find_stories.STORIES,
        *settlement_stories.STORIES,
        *reversal_stories.STORIES,
        *sale_stories.STORIES,
        *backup_stories.STORIES,
        *service_stories.STORIES,
    ):
        _play(story, shots, is_ready=True, parameters=SHOP)
    for story in refund_stories.STRICT_STORIES:
        _play(story, shots, is_ready=True, parameters=STRICT, profile=NOT_TODAY)
    for story, steps in recovery_stories.STORIES.items():
        _play(story, shots, is_ready=True, parameters=SHOP, **settings(steps))
    for story in people_stories.STORIES:
        _play(story, shots, is_ready=True, parameters=people_stories.OPEN_SHOP)
    return shots


def _play(story: Story, shots: Album, is_ready: bool, **changes: Any) -> None:
    with tempfile.TemporaryDirectory(prefix="screens-") as folder:
        camera = Camera(Path(folder), shots, **{**changes, "parameters": {**changes["parameters"]}})
        if is_ready:
            camera.set_up().log_on()
        story(camera)
        camera.power_cut()


# ---- before anybody works


def first_use(camera: Camera) -> None:
    """The one-time code, then the passwords."""
    start = Home(camera.runtime.facts)
    camera.take_as(home.TABLE, home.S.CHECKING, start)
    camera.take_as(home.TABLE, home.S.OPENING, start)
    camera.take_as(home.TABLE, home.S.CHECKING, replace(start, keypad_is_silent=True), "no-keypad")
    camera.take().keys("1234")
    camera.take("typed").keys("5678 ENTER")
    camera.take("code-wrong").keys("26374859 ENTER")
    camera.take().keys("1234 ENTER 1234 ENTER")
    camera.take("weak").keys("2580 ENTER")
    camera.take("again").keys("2581 ENTER")
    camera.take("differs")
    for person in camera.shop.people:
        camera.keys(f"{person.password} ENTER {person.password} ENTER")
    camera.run(1.0)
    camera.take_past("set_up", "SPENDING", "spending")


def stuck_set_up(camera: Camera) -> None:
    """Nothing that the shop can do itself."""
    context = SetUp(camera.runtime.facts)
    camera.take_as(set_up.TABLE, set_up.S.CODE_SPENT, context, "code-spent")
    camera.take_as(set_up.TABLE, set_up.S.NO_KEYPAD, context, "no-keypad")
    camera.take_as(set_up.TABLE, set_up.S.NO_PEOPLE, context, "no-people")


FIRST_USE: tuple[Story, ...] = (first_use, stuck_set_up)

# ---- logging on


def log_on(camera: Camera) -> None:
    """Wrong number, wrong password, no password, too many tries."""
    camera.take().keys("MENU 8").take().keys("55")
    camera.take("typed").keys("ENTER")
    camera.take("unknown").keys("CLEAR 02 ENTER").take().keys("739")
    camera.take("typed").keys("0 ENTER").run(1.0)
    camera.take("wrong")
    for _ in range(4):
        camera.keys("1111 ENTER").run(1.0)
    camera.take("locked").keys("ENTER")
    camera.links["keypad"].pull()
    camera.run(5.0)
    camera.take("lost-keypad")


def keypad_pulled(camera: Camera) -> None:
    """The pad is gone in the middle of a password."""
    camera.keys("MENU 8 01 ENTER 25")
    camera.links["keypad"].pull()
    camera.run(60.0)
    camera.take_past("password_entry", "NO_KEYPAD", "no-keypad")


def new_person(camera: Camera) -> None:
    """Somebody was added to the list and has no password."""
    facts = camera.runtime.facts
    people = (*facts.parameters.people, Person("33", "Sun 孙悦", Role.OPERATOR))
    facts.parameters = replace(facts.parameters, people=people)
    camera.keys("MENU 8 33 ENTER").take("not-set")


# ---- idle, menu, host


def idle_and_menu(camera: Camera) -> None:
    """What stands when nobody does anything, and the menu from its first to its last line."""
    camera.take().keys("MENU").take().keys("DOWN " * 7)
    camera.take("last").keys("CANCEL")
    camera.links["printer"].pull()
    camera.run(3.0)
    camera.keys("MENU CANCEL").take("lost-printer")
    for wire in ("reader", "scanner", "keypad"):
        camera.runtime.facts.lost_wires = frozenset({wire})
        camera.take(f"lost-{wire}")


def management(camera: Camera) -> None:
    """Sign-in, echo test and sign-off, good and bad."""
    camera.take_past("host_call", "WAITING", "sign-in")
    camera.take_past("host_call", "LOADING")
    camera.take_past("host_call", "GOOD").keys("MENU 5").run(1.0)
    camera.take_past("host_call", "WAITING", "echo").take().keys("ENTER")
    camera.links["acquirer"].is_up = False
    camera.keys("MENU 5").run(1.0)
    camera.take("not-reached").keys("ENTER")
    camera.links["acquirer"].is_up = True
    camera.host.faults.arm("host.no_answer")
    camera.keys("MENU 5").run(100.0)
    camera.take_past("host_call", "BAD", "silent").keys("ENTER")
    camera.keys("MENU 7").run(1.0)
    camera.take_past("host_call", "WAITING", "sign-off").take().run(5.0)
    camera.take("signed-off")


def bad_sign_in(camera: Camera) -> None:
    """What the host may say, and what the pad may say to new keys."""
    context = host_call.HostCall(camera.runtime.facts, host_call.Kind.SIGN_IN)
    refused = replace(context, said=(say(Text.HOST_SAYS_NO, code="97"),))
    camera.take_as(host_call.TABLE, host_call.S.BAD, refused, "refused")
    for refusal, variant in ((Refusal.CHECK_VALUE, "keys-wrong"), (None, "keypad-silent")):
        told, _ = host_call.say_keys_wrong(context, KeypadFailed(1, refusal))
        camera.take_as(host_call.TABLE, host_call.S.BAD, told, variant)
    said = (say(Text.SIGN_IN_GOOD, batch="000002"), say(Text.BATCH_KEPT, batch="000002"))
    kept = replace(context, said=said, good=True)
    camera.take_as(host_call.TABLE, host_call.S.GOOD, kept, "batch-kept")


def damaged(camera: Camera) -> None:
    """The journal is not to be used: three reasons."""
    context = Home(camera.runtime.facts)
    for verdict in ("damaged", "older", "missing"):
        camera.take_as(home.TABLE, home.S.DAMAGED, replace(context, why=verdict), verdict)


WORK: tuple[Story, ...] = (
    log_on,
    keypad_pulled,
    new_person,
    idle_and_menu,
    management,
    bad_sign_in,
    damaged,
)

"""What the flow of people shows."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from terminal.domain.parameters import Person, Role
from terminal.flows import people_case as case
from terminal.flows.people_case import ROLES, Deed, People
from terminal.ui.screens import Menu, Message, Prompt, Say, Screen, say
from terminal.ui.text import Text

DEEDS: Mapping[Deed, Text] = MappingProxyType(
    {
        Deed.UNLOCK: Text.UNLOCK_PERSON,
        Deed.OFF: Text.SWITCH_OFF,
        Deed.ON: Text.SWITCH_ON,
        Deed.RESET: Text.RESET_PASSWORD,
    }
)
ROLE_NAMES: Mapping[Role, Text] = MappingProxyType(
    {
        Role.OPERATOR: Text.LABEL_OPERATOR,
        Role.SUPERVISOR: Text.ROLE_SUPERVISOR,
        Role.ADMINISTRATOR: Text.ROLE_ADMINISTRATOR,
    }
)
NAME_LENGTH = 6  # characters of a name that fit a line of the menu, whatever script


def people(c: People) -> Screen:
    """Everybody; `-` is off, `!` is locked."""
    items = tuple(_item(c, person) for person in c.listed)
    added = (say(Text.ADD_PERSON),) if c.may_add else ()
    return Menu("people", say(Text.TITLE_PEOPLE), (*items, *added), c.picked)


def _item(c: People, person: Person) -> Say:
    mark = "-" if person.off else "!" if case.is_locked(c, person) else ""
    short = f"{mark}{person.name[:NAME_LENGTH]}"
    return say(Text.PERSON_ITEM, number=person.number, short=short)


def person(c: People) -> Screen:
    """What can be done to this one."""
    assert c.person is not None
    title = say(Text.PERSON_ITEM, number=c.person.number, short=c.person.name[:NAME_LENGTH])
    items = tuple(say(DEEDS[deed]) for deed in case.deeds(c))
    return Menu("people.person", title, items, c.picked)


def number(c: People) -> Screen:
    """Two digits."""
    return _prompt(c, "people.number", Text.NEW_NUMBER, Text.HINT_TYPE)


def name(c: People) -> Screen:
    """As slips and screens will say it."""
    return _prompt(c, "people.name", Text.NEW_NAME, Text.HINT_ALPHA)


def _prompt(c: People, screen: str, what: Text, hint: Text) -> Screen:
    lines = (say(what), say(c.error)) if c.error else (say(what),)
    return Prompt(screen, say(Text.TITLE_PEOPLE), lines, c.entry, say(hint))


def role(c: People) -> Screen:
    """What the person may do."""
    items = tuple(say(ROLE_NAMES[role]) for role in ROLES)
    return Menu("people.role", say(Text.TITLE_ROLE), items, c.picked)


def told(c: People) -> Screen:
    """What was done, and what comes next."""
    return Message("people.told", say(Text.TITLE_PEOPLE), (say(c.said),), say(Text.HINT_ENTER))

"""What is done to whom: guards and actions of people, and their records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType
from typing import Final

from terminal.domain import operators, staff
from terminal.domain.facts import Facts
from terminal.domain.operators import Action, may
from terminal.domain.parameters import Person, Role
from terminal.effects import Beep, Effect, Persist
from terminal.events import Returned
from terminal.flows import password_entry
from terminal.ui.text import Text

ROLES: Final = (Role.OPERATOR, Role.SUPERVISOR, Role.ADMINISTRATOR)


class Deed(Enum):
    """What can be done to a person: its record."""

    UNLOCK = "unlocked"
    OFF = "person_off"
    ON = "person_on"
    RESET = "password_reset"


SAID: Mapping[Deed, Text] = MappingProxyType(
    {
        Deed.UNLOCK: Text.PERSON_UNLOCKED,
        Deed.OFF: Text.PERSON_SWITCHED_OFF,
        Deed.ON: Text.PERSON_SWITCHED_ON,
        Deed.RESET: Text.PERSON_INVITED,
    }
)


@dataclass(frozen=True, slots=True)
class People:
    """Which line is picked; whose deeds are shown; what was typed of a new person."""

    facts: Facts
    picked: int = 0
    person: Person | None = None
    number: str = ""
    name: str = ""
    entry: str = ""
    error: Text | None = None
    said: Text = Text.NOT_THIS_PERSON

    @property
    def by(self) -> Person:
        """Who does it."""
        operator = self.facts.operator
        assert operator is not None, "nobody is logged on"
        return operator

    @property
    def listed(self) -> tuple[Person, ...]:
        """Everybody, those who are off too."""
        return self.facts.parameters.people

    @property
    def may_add(self) -> bool:
        """An administrator adds people, a supervisor only unlocks them."""
        return may(self.by.role, Action.MANAGE_PEOPLE)


Step = tuple[People, tuple[Effect, ...]]


def ask_own_password(c: People, event: object) -> Step:
    """A terminal that was left open adds nobody."""
    return c, (password_entry.call(c.facts, c.by, "people.password"),)


def password_was_right(c: People, event: Returned) -> bool:
    """The pad compared it."""
    return event.result is True


def lines(c: People) -> int:
    """Everybody, and where allowed one line more: somebody new."""
    return len(c.listed) + c.may_add


def is_a_person(c: People, event: object) -> bool:
    """Not the line for somebody new."""
    return c.picked < len(c.listed)


def open_person(c: People, event: object) -> Step:
    """What can be done to this one."""
    return replace(c, person=c.listed[c.picked], picked=0), ()


def deeds(c: People) -> tuple[Deed, ...]:
    """As far as the role goes."""
    assert c.person is not None
    switch = Deed.ON if c.person.off else Deed.OFF
    return (Deed.UNLOCK, switch, Deed.RESET) if c.may_add else (Deed.UNLOCK,)


def deed_is_possible(c: People, event: object) -> bool:
    """The rules of operators.py and staff.py."""
    person, deed = c.person, deeds(c)[c.picked]
    assert person is not None
    if deed is Deed.UNLOCK:
        known = c.facts.books.people.get(person.number)
        return known is not None and known.tries.count > 0 and person.number != c.by.number
    if deed is Deed.OFF:
        return staff.may_switch_off(c.listed, c.by, person)
    return person.number != c.by.number


def do_it(c: People, event: object) -> Step:
    """On record with both numbers."""
    person, deed = c.person, deeds(c)[c.picked]
    assert person is not None
    body = {"number": person.number, "by": c.by.number}
    if deed is Deed.RESET:
        body["until"] = staff.until_day(c.facts.today)
    return replace(c, said=SAID[deed]), (Persist(deed.value, body),)


def say_impossible(c: People, event: object) -> Step:
    """Nothing to unlock, oneself, or the last administrator."""
    return replace(c, said=Text.NOT_THIS_PERSON), (Beep(),)


def is_locked(c: People, person: Person) -> bool:
    """Too many wrong passwords."""
    known = c.facts.books.people.get(person.number)
    return known is not None and operators.is_locked(known.tries)


# ---- somebody new


def begin(c: People, event: object) -> Step:
    """First the number."""
    return replace(c, entry="", error=None), ()


def number_is_free(c: People, event: object) -> bool:
    """Two digits that nobody has, or had: records name people by them."""
    return len(c.entry) == 2 and c.facts.parameters.person(c.entry) is None


def keep_number(c: People, event: object) -> Step:
    """Next: the name."""
    return replace(c, number=c.entry, entry="", error=None), ()


def name_is_given(c: People, event: object) -> bool:
    """At least one letter."""
    return bool(c.entry)


def keep_name(c: People, event: object) -> Step:
    """Next: the role."""
    return replace(c, name=c.entry, entry="", picked=0), ()


def add(c: People, event: object) -> Step:
    """The person sets the password at the first log-on: nobody else ever knows it."""
    body = {
        "number": c.number,
        "name": c.name,
        "role": ROLES[c.picked].value,
        "by": c.by.number,
        "until": staff.until_day(c.facts.today),
    }
    return replace(c, said=Text.PERSON_INVITED), (Persist("person", body),)


def start_again(c: People, event: object) -> Step:
    """Back to the list."""
    return People(c.facts), ()

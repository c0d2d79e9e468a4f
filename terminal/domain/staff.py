"""What the journal says of people: passwords, tries, who is logged on, who was added or is off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from terminal.domain.operators import Action, PasswordTries, after_right, elapsed, may
from terminal.domain.parameters import Parameters, Person, Role

if TYPE_CHECKING:
    from terminal.domain.bookkeeping import StoredRecord
    from terminal.domain.books import Books

INVITED_DAYS: Final = 1  # a first password is set on the day it was asked for, or the next


@dataclass(slots=True)
class Credential:
    """How a person's password is checked, and how often it was asked for without success."""

    salt: str  # hex
    verifier: str  # hex
    cost: int
    tries: PasswordTries = field(default_factory=PasswordTries)


@dataclass(slots=True)
class Staff:
    """What stands in the journal of people: those added here, who is off, who may set a password.

    `invited`: until which day (ISO) somebody may set a new one at the log-on.
    """

    added: dict[str, Person]
    off: list[str]
    invited: dict[str, str]


def no_staff() -> Staff:
    """Everybody is as the file says."""
    return Staff({}, [], {})


def with_staff(parameters: Parameters, staff: Staff) -> Parameters:
    """The people of the file, then those added here; the file's entry of a number counts."""
    listed = {p.number for p in parameters.people}
    added = tuple(p for n, p in staff.added.items() if n not in listed)
    everybody = (*parameters.people, *added)
    return replace(parameters, people=tuple(_switched(p, staff) for p in everybody))


def _switched(person: Person, staff: Staff) -> Person:
    return replace(person, off=True) if person.number in staff.off else person


def may_switch_off(people: tuple[Person, ...], by: Person, person: Person) -> bool:
    """Nobody locks himself out, nor the last administrator."""
    administrators = [p for p in people if p.role is Role.ADMINISTRATOR and not p.off]
    is_last = administrators == [person]
    return may(by.role, Action.MANAGE_PEOPLE) and by.number != person.number and not is_last


def is_invited(staff: Staff, number: str, today: date) -> bool:
    """May this person set a new password at the log-on now?"""
    return today.isoformat() <= staff.invited.get(number, "")


def until_day(today: date) -> str:
    """The last day of an invitation that begins today, ISO."""
    return (today + timedelta(days=INVITED_DAYS)).isoformat()


# ---- what records do to the books


def _added(books: Books, record: StoredRecord) -> None:
    body, staff = record.body, books.staff
    person = Person(body["number"], body["name"], Role(body["role"]))
    invited = {**staff.invited, person.number: body["until"]}
    books.staff = Staff({**staff.added, person.number: person}, staff.off, invited)


def _off(books: Books, record: StoredRecord) -> None:
    staff, number = books.staff, record.body["number"]
    off = [*(n for n in staff.off if n != number), number]
    books.staff = Staff(staff.added, off, staff.invited)


def _on(books: Books, record: StoredRecord) -> None:
    staff, number = books.staff, record.body["number"]
    books.staff = Staff(staff.added, [n for n in staff.off if n != number], staff.invited)


def _unlocked(books: Books, record: StoredRecord) -> None:
    books.people[record.body["number"]].tries = after_right()


def _reset(books: Books, record: StoredRecord) -> None:
    staff, number = books.staff, record.body["number"]
    books.people.pop(number, None)
    books.staff = Staff(staff.added, staff.off, {**staff.invited, number: record.body["until"]})


def _password(books: Books, record: StoredRecord) -> None:
    body, staff = record.body, books.staff
    number = body["number"]
    books.people[number] = Credential(body["salt"], body["verifier"], body["cost"])
    if number in staff.invited:  # the invitation is used up
        invited = {n: until for n, until in staff.invited.items() if n != number}
        books.staff = Staff(staff.added, staff.off, invited)


def _password_asked(books: Books, record: StoredRecord) -> None:
    body = record.body
    tries = PasswordTries(body["count"], body["locked_remaining_s"])
    books.people[body["number"]].tries = tries


def _minute(books: Books, record: StoredRecord) -> None:
    for credential in books.people.values():
        credential.tries = elapsed(credential.tries, 1)


def _logon(books: Books, record: StoredRecord) -> None:
    books.operator = record.body["number"]


def _logoff(books: Books, record: StoredRecord) -> None:
    books.operator = ""


RULES: Mapping[str, Callable[[Books, Any], None]] = MappingProxyType(
    {
        "person": _added,
        "person_off": _off,
        "person_on": _on,
        "password": _password,
        "password_asked": _password_asked,
        "password_right": _unlocked,
        "minute": _minute,
        "logon": _logon,
        "logoff": _logoff,
        "unlocked": _unlocked,
        "password_reset": _reset,
    }
)

"""People of the file and of the journal: added, off and on, invited, who may switch whom off."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.operators import PasswordTries
from terminal.domain.parameters import Parameters, Person, Role
from terminal.domain.staff import (
    Credential,
    Staff,
    is_invited,
    may_switch_off,
    no_staff,
    until_day,
    with_staff,
)
from tests.terminal.domain.fold_model import Journal, signed_in

OPERATOR = Person("01", "张三", Role.OPERATOR)
SUPERVISOR = Person("09", "李四", Role.SUPERVISOR)
OWNER = Person("99", "王五", Role.ADMINISTRATOR)
NEW = Person("05", "New", Role.OPERATOR)
SHOP = Parameters(people=(OPERATOR, SUPERVISOR, OWNER), lock_minutes=45)


@pytest.fixture
def journal() -> Journal:
    """Of a terminal in batch 7."""
    return signed_in()


def add(journal: Journal, number: str = "05", name: str = "New", role: str = "operator") -> None:
    journal.store("person", number=number, name=name, role=role, until="2024-06-01")


# ---- the people there are


def test_who_was_added_comes_after_the_people_of_the_file(journal: Journal) -> None:
    assert with_staff(SHOP, no_staff()) == SHOP
    add(journal)
    add(journal, "06", "Chief", "supervisor")
    chief = Person("06", "Chief", Role.SUPERVISOR)
    assert with_staff(SHOP, journal.books.staff) == replace(
        SHOP, people=(OPERATOR, SUPERVISOR, OWNER, NEW, chief)
    )


def test_the_files_entry_of_a_number_counts(journal: Journal) -> None:
    add(journal, "01", "Other", "administrator")
    assert with_staff(SHOP, journal.books.staff).people == SHOP.people


def test_who_is_off_stays_in_the_list(journal: Journal) -> None:
    add(journal)
    for number in ("01", "05", "01"):
        journal.store("person_off", number=number)
    assert journal.books.staff.off == ["05", "01"]
    off = (replace(OPERATOR, off=True), SUPERVISOR, OWNER, replace(NEW, off=True))
    assert with_staff(SHOP, journal.books.staff).people == off
    journal.store("person_on", number="01")
    assert with_staff(SHOP, journal.books.staff).people == (OPERATOR, *off[1:])
    journal.store("person_on", number="05")
    assert with_staff(SHOP, journal.books.staff).people == (*SHOP.people, NEW)


def test_being_off_changes_nothing_else_of_the_staff(journal: Journal) -> None:
    add(journal)
    journal.store("person_off", number="05")
    assert journal.books.staff == Staff({"05": NEW}, ["05"], {"05": "2024-06-01"})
    journal.store("person_on", number="05")
    assert journal.books.staff == Staff({"05": NEW}, [], {"05": "2024-06-01"})


# ---- who may switch whom off


@pytest.mark.parametrize(
    ("people", "by", "person", "may"),
    [
        (SHOP.people, OWNER, OPERATOR, True),
        (SHOP.people, OWNER, SUPERVISOR, True),
        (SHOP.people, OWNER, OWNER, False),
        (SHOP.people, SUPERVISOR, OPERATOR, False),
        (SHOP.people, OPERATOR, SUPERVISOR, False),
    ],
)
def test_only_an_administrator_switches_others_off(
    people: tuple[Person, ...], by: Person, person: Person, may: bool
) -> None:
    assert may_switch_off(people, by, person) is may


def test_the_last_administrator_stays() -> None:
    other = replace(OWNER, number="98")
    assert may_switch_off((OWNER, other), OWNER, other)
    assert not may_switch_off((OWNER, other), OWNER, OWNER), "nobody switches himself off"
    # Somebody who has just been switched off elsewhere may still stand before the keys.
    gone = replace(other, off=True)
    assert not may_switch_off((OWNER, gone), gone, OWNER)
    assert may_switch_off((OWNER, gone), OWNER, gone)


# ---- invitations and passwords


@pytest.mark.parametrize(
    ("today", "is_open"),
    [
        (date(2024, 5, 31), True),
        (date(2024, 6, 1), True),
        (date(2024, 6, 2), False),
    ],
)
def test_an_invitation_ends_with_its_last_day(journal: Journal, today: date, is_open: bool) -> None:
    add(journal)
    assert is_invited(journal.books.staff, "05", today) is is_open
    assert is_invited(journal.books.staff, "01", today) is False


def test_who_was_never_invited_is_not() -> None:
    assert is_invited(no_staff(), "01", date(2024, 5, 31)) is False


def test_an_invitation_holds_today_and_tomorrow() -> None:
    assert until_day(date(2024, 5, 31)) == "2024-06-01"


def password(journal: Journal, number: str, salt: str = "aa") -> None:
    journal.store("password", number=number, salt=salt, verifier="bb", cost=1000)


def test_password_that_was_taken_away_is_gone_until_a_new_one_is_set(journal: Journal) -> None:
    add(journal)
    for number in ("01", "09"):
        password(journal, number)
    for _ in range(2):  # also when there is none any more
        journal.store("password_reset", number="01", until="2024-06-03")
        assert journal.books.people == {"09": Credential("aa", "bb", 1000)}
        assert journal.books.staff == Staff(
            {"05": NEW}, [], {"05": "2024-06-01", "01": "2024-06-03"}
        )
    password(journal, "01", "cc")
    assert journal.books.people["01"] == Credential("cc", "bb", 1000)
    assert journal.books.staff == Staff({"05": NEW}, [], {"05": "2024-06-01"})


def test_changed_password_leaves_the_staff_as_it_is(journal: Journal) -> None:
    add(journal)
    journal.store("person_off", number="09")
    before = journal.books.staff
    password(journal, "01")
    assert journal.books.staff == before
    password(journal, "05")
    assert journal.books.staff == Staff({"05": NEW}, ["09"], {})


@pytest.mark.parametrize("kind", ["unlocked", "password_right"])
def test_tries_are_given_back_to_one_person(journal: Journal, kind: str) -> None:
    for number in ("01", "09"):
        password(journal, number)
        journal.store("password_asked", number=number, count=5, locked_remaining_s=1800)
    journal.store(kind, number="01")
    tries = {number: one.tries for number, one in journal.books.people.items()}
    assert tries == {"01": PasswordTries(), "09": PasswordTries(5, 1800)}


def test_who_is_logged_on(journal: Journal) -> None:
    journal.store("logon", number="09")
    assert journal.books.operator == "09"
    journal.store("logoff")
    assert journal.books.operator == ""


@given(st.lists(st.tuples(st.sampled_from(["on", "off"]), st.sampled_from(["01", "09", "99"]))))
def test_who_is_off_is_whom_the_last_record_switched_off(switches: list[tuple[str, str]]) -> None:
    journal = signed_in()
    for which, number in switches:
        journal.store(f"person_{which}", number=number)
    last = {number: which for which, number in switches}
    people = with_staff(SHOP, journal.books.staff).people
    assert [p.off for p in people] == [last.get(p.number) == "off" for p in SHOP.people]
    assert len(journal.books.staff.off) == sum(p.off for p in people)

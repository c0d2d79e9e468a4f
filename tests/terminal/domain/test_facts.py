"""What flows may read of the world: what lies over the files, days, and the wait for a person."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from terminal.domain.books import Books
from terminal.domain.facts import ROOM_MIN_BYTES, Facts, Identity
from terminal.domain.host_profile import HostProfile
from terminal.domain.parameters import Parameters, Person, Role
from terminal.domain.phrase import Language, Phrase

SHOP = Parameters(people=(Person("01", "张三", Role.OPERATOR),), language="zh")
PROFILE = HostProfile(message_life_s=90)


@pytest.fixture
def facts() -> Facts:
    """A terminal that has just been switched on."""
    return Facts(Identity("12345678", "898310058120001"), SHOP, PROFILE)


def test_what_the_host_has_changed_lies_over_the_files_and_never_adds_up(facts: Facts) -> None:
    books = Books(downloaded={"management_phone": "4008888888", "sends": 5})
    facts.take(books)
    assert facts.books is books
    assert facts.parameters == replace(SHOP, service_phone="4008888888")
    assert facts.profile == replace(PROFILE, reversal_tries=5)
    facts.take(Books(downloaded={"sends": 6}))
    assert facts.parameters == SHOP
    assert facts.profile == replace(PROFILE, reversal_tries=6)


def test_books_without_a_download_leave_the_files_alone(facts: Facts) -> None:
    facts.take(Books(operator="01"))
    assert (facts.parameters, facts.profile) == (SHOP, PROFILE)
    assert facts.operator == SHOP.people[0]


def test_a_clock_that_fell_back_is_not_believed(facts: Facts) -> None:
    facts.wall_day = date(2024, 5, 31)
    assert facts.today == date(2024, 5, 31)
    facts.books.trusted_day = "2024-06-01"
    assert facts.today == date(2024, 6, 1)
    facts.wall_day = date(2024, 6, 2)
    assert facts.today == date(2024, 6, 2)


@pytest.mark.parametrize(("chosen", "language"), [("", Language.ZH), ("en", Language.EN)])
def test_the_language_is_the_chosen_one_before_that_of_the_shop(
    facts: Facts, chosen: str, language: Language
) -> None:
    facts.books.language = chosen
    assert facts.language is language


@pytest.mark.parametrize(
    ("since_s", "now_s", "wait_s"),
    [(10.0, 10.0, 90), (10.0, 99.5, 1), (10.0, 100.0, 0), (10.0, 500.0, 0), (None, 20.0, 75)],
)
def test_a_person_waits_until_the_last_message_is_dead(
    facts: Facts, since_s: float | None, now_s: float, wait_s: int
) -> None:
    facts.started_s, facts.now_s = 5.0, now_s
    facts.clocks.any_s = {} if since_s is None else {3: since_s}
    assert facts.settle_wait_s(3) == wait_s


@pytest.mark.parametrize(
    ("kind", "body", "life_s", "wait_s", "age_s"),
    [
        ("intent", {}, 75, 75, 6.0),  # its copy has not left yet: the start counts
        ("recovery_answer", {"intent": 3, "step": "batch_upload", "finding": "x"}, 84, 84, 15.0),
        ("reversal_early", {"intent": 3}, 84, 84, 15.0),
        ("printed", {"intent": 3}, 75, 75, 15.0),
    ],
)
def test_a_stored_record_starts_the_clocks_of_its_intent(
    facts: Facts, kind: str, body: dict[str, Any], life_s: int, wait_s: int, age_s: float
) -> None:
    facts.started_s, facts.now_s = 5.0, 14.0
    facts.stored(3, kind, body)
    facts.now_s = 20.0
    assert (facts.life_left_s(3), facts.settle_wait_s(3), facts.age_s(3)) == (life_s, wait_s, age_s)


BY_COPY = {"recovered": "resend_same_stan"}  # answered as the first one was


@pytest.mark.parametrize(
    ("kind", "body", "is_believed"),
    [
        ("result", {"trusted_day": "2024-05-31", "host_time": "120000"}, True),
        ("result", {"trusted_day": "2024-05-31", "host_time": "120000", **BY_COPY}, False),
        ("recovery_answer", {"trusted_day": "2024-05-31", "host_time": "120000"}, False),
        ("result", {"host_time": "120000"}, False),
        ("result", {"trusted_day": "2024-05-31"}, False),
        ("result", {"trusted_day": "2024-05-31", "host_time": "126000"}, False),
        ("signed_in", {"day": "2024-05-31", "host_time": "120500"}, True),
        ("signed_in", {"day": "2024-05-31", "host_time": "120501"}, False),
        ("signed_in", {"day": "2024-05-30", "host_time": "120000"}, False),
        ("signed_in", {"day": "", "host_time": "120000"}, False),
    ],
)
def test_the_hosts_time_is_that_of_an_answer_that_is_believed(
    facts: Facts, kind: str, body: dict[str, Any], is_believed: bool
) -> None:
    facts.wall_day, facts.wall_minute, facts.now_s = date(2024, 5, 31), 720, 7.0
    known = {"intent": 3, "outcome": "approved", "finding": "x", "batch": 1}
    asked = {"step": "inquiry"} if kind == "recovery_answer" else {}
    facts.stored(3, kind, {**known, **asked, **body})
    said = facts.clocks.host_time
    assert (said is not None) is is_believed
    if said is not None:
        assert (said.day, said.at_s) == (date(2024, 5, 31), 7.0)
    facts.clocks.host_time, facts.practice = None, True
    facts.stored(3, kind, {**known, **asked, **body})
    assert facts.clocks.host_time is None, "nobody's time counts in practice"


def test_the_hosts_time_does_not_go_back(facts: Facts) -> None:
    for now_s, host_time in ((7.0, "120000"), (67.0, "115959"), (68.0, "120101")):
        facts.now_s = now_s
        body = {"trusted_day": "2024-05-31", "host_time": host_time, "intent": 3}
        facts.stored(3, "result", {**body, "outcome": "approved"})
    said = facts.clocks.host_time
    assert said is not None
    assert (said.second, said.at_s) == (12 * 3600, 7.0)


@pytest.mark.parametrize(
    ("try_s", "known", "life_s"),
    [
        (94.0, {}, 88),  # within the life: an answer to it is on its way for another one
        (94.0, {"reversal_tries": 0}, 0),  # certain that it never left
        (96.0, {}, 0),  # after it: what its answer says is final whenever it comes
    ],
)
def test_a_reversal_that_left_within_the_life_begins_it_anew(
    facts: Facts, try_s: float, known: dict[str, Any], life_s: int
) -> None:
    facts.started_s, facts.now_s = 5.0, try_s
    facts.stored(7, "reversal_try", {"intent": 3, "number": 1})
    facts.now_s = 97.0
    facts.stored(8, "result", {"intent": 3, "outcome": "to_reverse", **known})
    facts.now_s = 99.0
    assert facts.life_left_s(3) == life_s
    facts.stored(9, "result", {"intent": 3, "outcome": "to_reverse"})
    assert facts.life_left_s(3) == life_s, "only once"


@pytest.mark.parametrize(("room_bytes", "is_full"), [(ROOM_MIN_BYTES, False), (0, True)])
def test_a_disk_is_full_when_what_is_left_is_kept(
    facts: Facts, room_bytes: float, is_full: bool
) -> None:
    assert not facts.disk_is_full, "unknown room is no reason to stop"
    facts.room_bytes = room_bytes
    assert facts.disk_is_full is is_full


def test_a_phrase_is_read_in_one_language() -> None:
    phrase = Phrase("Refund", "退货")
    assert [phrase.in_language(language) for language in Language] == ["Refund", "退货"]

"""Whatever our clock says: no day of the host comes early, comes twice or is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from terminal.domain.ceilings import refusal
from terminal.domain.facts import Facts, Identity
from terminal.domain.host_day import BACK, day_of_host
from terminal.domain.host_profile import HostProfile
from terminal.domain.parameters import Parameters
from tests.terminal.domain.fold_model import Journal, signed_in
from tests.terminal.domain.test_ceilings import TOKEN, WANTED, with_ceiling

START = date(2026, 2, 20)
ODD = (
    date(1970, 1, 1),
    date(2038, 1, 19),
    date(2028, 2, 29),
    date(2099, 12, 31),
    date.max,
    date.min,
)
CLOCKS = st.sampled_from(ODD) | st.dates(date(1970, 1, 1), date(2099, 12, 31))
# Days until the next answer (under a year in all), what our clock says then, is it a sign-in's?
STEPS = st.lists(st.tuples(st.integers(0, 40), CLOCKS, st.booleans()), min_size=1, max_size=8)


def answer(facts: Facts, journal: Journal, mmdd: str, is_sign_in: bool) -> None:
    """An answer with this date, as the flows take it."""
    day = facts.host_day(mmdd)
    assert day is not None
    if is_sign_in:
        is_believed = day <= facts.wall_day
        journal.store("signed_in", batch=7, day=day.isoformat() if is_believed else "")
    else:
        journal.end(journal.begin(amount_minor=10, token=TOKEN), trusted_day=day.isoformat())


@given(STEPS)
@example([(0, date(2099, 1, 1), False), (1, date(2099, 1, 2), True), (1, START, False)])
def test_whatever_the_clock_says_each_day_of_the_host_has_its_own_ceiling(
    steps: list[tuple[int, date, bool]],
) -> None:
    journal, shop, real = signed_in(), with_ceiling("day", 0, 1), START
    facts = Facts(Identity("12345678", "898310058120001"), Parameters(), HostProfile())
    facts.wall_day = real
    answer(facts, journal, f"{real:%m%d}", False)
    for days, clock, is_sign_in in steps:
        real += timedelta(days)
        facts.wall_day = clock
        facts.take(journal.books)
        answer(facts, journal, f"{real:%m%d}", is_sign_in)
        given_day = journal.books.given.day
        assert given_day <= real.isoformat(), "a day that has not come"
        assert is_sign_in or journal.books.trusted_day == real.isoformat()
        assert is_sign_in or refusal(journal.books, shop, replace(WANTED, amount_minor=1))
        assert facts.today >= clock


@given(st.text("0123456789", min_size=4, max_size=4) | st.text(max_size=5), CLOCKS, CLOCKS)
@example("0229", date(2027, 2, 20), START)
def test_any_date_of_a_host_is_a_day_near_the_last_one_or_none(
    mmdd: str, trusted: date, here: date
) -> None:
    day = day_of_host(mmdd, trusted, here)
    assert day == day_of_host(mmdd, trusted, START), "our clock had a say in it"
    first = day_of_host(mmdd, None, here)
    assert first is None or abs((first - here).days) <= 366
    if day is not None:
        assert f"{day:%m%d}" == mmdd
        assert -BACK.days <= (day - trusted).days < 366

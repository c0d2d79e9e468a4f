"""Who may do what, and the lock after wrong passwords."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.operators import (
    Action,
    PasswordTries,
    after_cancelled,
    after_question,
    after_right,
    elapsed,
    is_locked,
    may,
    minutes_left,
)
from terminal.domain.parameters import Role

WRONG_MAX = 5
LOCK_MINUTES = 30


@pytest.mark.parametrize(
    ("action", "operator", "supervisor", "administrator"),
    [
        (Action.SIGN_IN, True, True, True),
        (Action.SIGN_OFF, True, True, True),
        (Action.FIND, True, True, True),
        (Action.SETTLE, True, True, True),
        (Action.CHANGE_OWN_PASSWORD, True, True, True),
        (Action.REFUND, True, True, False),
        (Action.VOID, True, True, False),
        (Action.SALE, True, True, False),
        (Action.REPRINT, True, True, False),
        (Action.APPROVE_REFUND, False, True, True),
        (Action.SETTLE_BY_HAND, False, True, True),
        (Action.UNLOCK, False, True, True),
        (Action.CHANGE_PARAMETERS, False, True, True),
        (Action.RESET_PASSWORD, False, False, True),
        (Action.SET_UP, False, False, True),
        (Action.MANAGE_PEOPLE, False, False, True),
        (Action.EXPORT_JOURNAL, False, False, True),
    ],
)
def test_who_may_do_what(
    action: Action, operator: bool, supervisor: bool, administrator: bool
) -> None:
    assert may(Role.OPERATOR, action) is operator
    assert may(Role.SUPERVISOR, action) is supervisor
    assert may(Role.ADMINISTRATOR, action) is administrator


def test_nobody_holds_refund_and_set_up_together() -> None:
    assert not any(may(role, Action.REFUND) and may(role, Action.SET_UP) for role in Role)


def asked(times: int) -> PasswordTries:
    tries = PasswordTries()
    for _ in range(times):
        tries = after_question(tries, WRONG_MAX, LOCK_MINUTES)
    return tries


def test_each_question_counts_before_its_answer() -> None:
    assert [asked(n).count for n in range(5)] == [0, 1, 2, 3, 4]


def test_the_last_try_is_stored_as_locked_so_that_a_power_cut_gains_nothing() -> None:
    assert not is_locked(asked(4))
    assert asked(5) == PasswordTries(5, 1800)
    assert is_locked(asked(5))


def test_the_right_password_gives_all_tries_back() -> None:
    assert asked(5) != after_right() == PasswordTries()


def test_a_cancelled_question_is_no_try() -> None:
    assert after_cancelled(asked(5)) == asked(4)
    assert after_cancelled(PasswordTries()) == PasswordTries()


def test_the_lock_ends_after_its_minutes_and_not_before() -> None:
    locked = asked(5)
    assert minutes_left(locked) == 30
    assert minutes_left(elapsed(locked, 29)) == 1
    assert elapsed(locked, 29) == PasswordTries(5, 60)
    assert is_locked(elapsed(locked, 29))
    assert [minutes_left(PasswordTries(5, s)) for s in (86_400, 61, 60, 1, 0)] == [1440, 2, 1, 1, 0]
    assert elapsed(locked, 30) == PasswordTries()


def test_time_gives_no_tries_back_while_nobody_is_locked() -> None:
    assert elapsed(asked(4), 1000) == asked(4)


@given(st.lists(st.integers(0, 10), max_size=20))
def test_minutes_in_any_portions_end_the_lock_at_the_same_time(portions: list[int]) -> None:
    tries = asked(5)
    for minutes in portions:
        tries = elapsed(tries, minutes)
    assert is_locked(tries) is (sum(portions) < LOCK_MINUTES)


@given(st.lists(st.sampled_from(["wrong", "cancelled"]), max_size=40), st.integers(1, 10))
def test_no_more_wrong_passwords_than_allowed_between_two_locks(
    answers: list[str], wrong_max: int
) -> None:
    tries, wrong = PasswordTries(), 0
    for answer in answers:
        if is_locked(tries):
            break
        tries = after_question(tries, wrong_max, LOCK_MINUTES)
        if answer == "cancelled":
            tries = after_cancelled(tries)
        else:
            wrong += 1
    assert wrong <= wrong_max
    assert is_locked(tries) is (wrong == wrong_max)

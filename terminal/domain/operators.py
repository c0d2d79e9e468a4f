"""Who may do what, who may approve it, and how wrong passwords lock somebody out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from terminal.domain.parameters import Role


class Action(Enum):
    """What a person can ask of the terminal, or of another person's request."""

    SIGN_IN = "sign_in"
    SIGN_OFF = "sign_off"
    FIND = "find"
    SETTLE = "settle"
    CHANGE_OWN_PASSWORD = "change_own_password"
    REFUND = "refund"
    VOID = "void"
    SALE = "sale"
    REPRINT = "reprint"
    APPROVE_REFUND = "approve_refund"
    SETTLE_BY_HAND = "settle_by_hand"
    UNLOCK = "unlock"
    CHANGE_PARAMETERS = "change_parameters"
    RESET_PASSWORD = "reset_password"
    SET_UP = "set_up"
    MANAGE_PEOPLE = "manage_people"
    EXPORT_JOURNAL = "export_journal"
    REPORT = "report"
    PRACTISE = "practise"


_EVERYBODY: Final = frozenset(
    {Action.SIGN_IN, Action.SIGN_OFF, Action.FIND, Action.SETTLE, Action.CHANGE_OWN_PASSWORD}
)
_AT_THE_TILL: Final = frozenset({Action.REFUND, Action.VOID, Action.SALE, Action.REPRINT})
_OVERSIGHT: Final = frozenset(
    {
        Action.APPROVE_REFUND,
        Action.SETTLE_BY_HAND,
        Action.UNLOCK,
        Action.CHANGE_PARAMETERS,
        Action.REPORT,
        Action.PRACTISE,
    }
)
_OWNER: Final = frozenset(
    {Action.RESET_PASSWORD, Action.SET_UP, Action.MANAGE_PEOPLE, Action.EXPORT_JOURNAL}
)

# An administrator sets the terminal up and moves no money, so that nobody holds all the keys.
ALLOWED: Final = frozenset(
    {(role, action) for role in Role for action in _EVERYBODY}
    | {(Role.OPERATOR, action) for action in _AT_THE_TILL}
    | {(Role.SUPERVISOR, action) for action in _AT_THE_TILL | _OVERSIGHT}
    | {(Role.ADMINISTRATOR, action) for action in _OVERSIGHT | _OWNER}
)


def may(role: Role, action: Action) -> bool:
    """Whether a role may do it at all."""
    return (role, action) in ALLOWED


@dataclass(frozen=True, slots=True)
class PasswordTries:
    """Questions asked and not yet answered right, and how long nobody is let in any more."""

    count: int = 0
    locked_remaining_s: int = 0


def is_locked(tries: PasswordTries) -> bool:
    """Whether no password may be asked for now."""
    return tries.locked_remaining_s > 0


def after_question(tries: PasswordTries, wrong_max: int, lock_minutes: int) -> PasswordTries:
    """What to store before a password is asked for.

    The last try is stored as locked: a power cut instead of its answer must not be one more try.
    """
    assert not is_locked(tries), "nobody is asked while locked"
    count = tries.count + 1
    return PasswordTries(count, lock_minutes * 60 if count >= wrong_max else 0)


def after_right() -> PasswordTries:
    """After the right password, and when a supervisor unlocks."""
    return PasswordTries()


def after_cancelled(asked: PasswordTries) -> PasswordTries:
    """After a question that ended without a password: it was no try."""
    return PasswordTries(max(0, asked.count - 1))


def elapsed(tries: PasswordTries, minutes: int) -> PasswordTries:
    """After so many minutes with the power on; the end of a lock gives all tries back."""
    if not is_locked(tries):
        return tries
    remaining_s = max(0, tries.locked_remaining_s - minutes * 60)
    return replace(tries, locked_remaining_s=remaining_s) if remaining_s else PasswordTries()


def minutes_left(tries: PasswordTries) -> int:
    """Minutes until the lock ends, rounded up."""
    return -(-tries.locked_remaining_s // 60)

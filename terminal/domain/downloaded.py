"""Parameters that the host has changed (2.6): what they stand for here, and how far they reach.

They lie over the files: the books hold them by name, `Facts` reads them first. A limit never comes
this way. What has no meaning at this terminal (dial numbers, tips, switches) is only kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from terminal.domain.books import Books
from terminal.domain.host_profile import HostProfile
from terminal.domain.parameters import Parameters
from terminal.domain.phrase import Phrase

if TYPE_CHECKING:
    from terminal.domain.bookkeeping import StoredRecord

Value = int | bool | str
Values = Mapping[str, Value]

SHORTEST_WAIT_S: Final = 10
TRIES_MAX: Final = 9
SWITCHED: Final = frozenset({"tip", "typed_card"})  # on allows more than off
ALWAYS_APPROVED: Final = frozenset({"management_phone", "switches"})


def with_shop(parameters: Parameters, values: Values) -> Parameters:
    """The parameter file with what the host has changed."""
    changed: dict[str, Any] = {}
    if "management_phone" in values:
        changed["service_phone"] = str(values["management_phone"])
    if "merchant_name" in values:
        name = str(values["merchant_name"])
        changed["merchant_name"] = Phrase(name, name)
    if "typed_card" in values:
        changed["typed_card"] = "approval" if values["typed_card"] else "off"
    return replace(parameters, **changed) if changed else parameters


def with_profile(profile: HostProfile, values: Values) -> HostProfile:
    """The host profile with what the host has changed."""
    changed: dict[str, Any] = {}
    if "answer_timeout_s" in values:
        changed["answer_timeout_s"] = values["answer_timeout_s"]
    if "sends" in values:
        changed["reversal_tries"] = values["sends"]
    return replace(profile, **changed) if changed else profile


def in_force(key: str, parameters: Parameters, profile: HostProfile, kept: Values) -> Value | None:
    """The value that a download would replace; None when there is none yet."""
    known: Mapping[str, Value] = {
        "answer_timeout_s": profile.answer_timeout_s,
        "management_phone": parameters.service_phone,
        "typed_card": parameters.typed_card != "off",
        "merchant_name": parameters.merchant_name.zh_cn,
        "sends": profile.reversal_tries,
        "tip": False,
        "auto_sign_off": False,
    }
    return kept.get(key, known.get(key))


def is_possible(key: str, value: Value, profile: HostProfile) -> bool:
    """A wait longer than a message's life, or no try at all, is none."""
    if key == "answer_timeout_s":
        return SHORTEST_WAIT_S <= int(value) <= profile.message_life_s
    if key == "sends":
        return 1 <= int(value) <= TRIES_MAX
    return key != "management_phone" or bool(value)


def loosens(key: str, after: Value) -> bool:
    """Whether somebody has to approve: more is allowed, or other people are to be called."""
    return key in ALWAYS_APPROVED or (key in SWITCHED and bool(after))


def _wanted(books: Books, record: StoredRecord) -> None:
    books.parameters_wanted = True


def _asked(books: Books, record: StoredRecord) -> None:
    # One try a request: the host says in its next answer whether it still wants it.
    books.parameters_wanted = False


def _changed(books: Books, record: StoredRecord) -> None:
    if record.body["accepted"]:
        books.downloaded = {**books.downloaded, **record.body["after"]}


RULES: Mapping[str, Callable[[Books, Any], None]] = MappingProxyType(
    {"parameters_wanted": _wanted, "parameters_asked": _asked, "parameters": _changed}
)

"""Parameters that the host has changed: what they stand for, and which of them are possible."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from terminal.domain.bookkeeping import take_in
from terminal.domain.books import Books
from terminal.domain.downloaded import (
    Value,
    Values,
    in_force,
    is_possible,
    loosens,
    with_profile,
    with_shop,
)
from terminal.domain.host_profile import HostProfile
from terminal.domain.parameters import Parameters
from terminal.domain.phrase import Phrase

SHOP = Parameters(
    typed_card="approval", service_phone="95516", merchant_name=Phrase("Demo shop", "演示商店")
)
PROFILE = HostProfile(answer_timeout_s=60, reversal_tries=3, message_life_s=90)


@dataclass(frozen=True)
class Stored:
    kind: str
    body: dict[str, Any]
    number: int = 1
    wall: str = ""


def test_the_shop_is_as_its_file_says_but_for_what_the_host_has_changed() -> None:
    values: Values = {"management_phone": "4008888888", "merchant_name": "华联超市"}
    changed = {"service_phone": "4008888888", "merchant_name": Phrase("华联超市", "华联超市")}
    assert with_shop(SHOP, values) == replace(SHOP, **changed)  # type: ignore[arg-type]  # mixed
    assert with_shop(SHOP, {}) is SHOP
    assert with_shop(SHOP, {"sends": 5, "tip": True}) is SHOP


@pytest.mark.parametrize(("value", "typed_card"), [(True, "approval"), (False, "off")])
def test_a_host_switches_typed_numbers_never_past_an_approver(value: bool, typed_card: str) -> None:
    for shop in (SHOP, replace(SHOP, typed_card="off")):
        assert with_shop(shop, {"typed_card": value}) == replace(shop, typed_card=typed_card)


def test_the_profile_is_as_its_file_says_but_for_what_the_host_has_changed() -> None:
    assert with_profile(PROFILE, {"answer_timeout_s": 30}) == replace(PROFILE, answer_timeout_s=30)
    assert with_profile(PROFILE, {"sends": 5}) == replace(PROFILE, reversal_tries=5)
    assert with_profile(PROFILE, {"tip": True}) is PROFILE


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("answer_timeout_s", 60),
        ("management_phone", "95516"),
        ("typed_card", True),
        ("merchant_name", "演示商店"),
        ("sends", 3),
        ("tip", False),
        ("auto_sign_off", False),
        ("dial_1", None),
    ],
)
def test_what_a_download_replaces_is_shown_before(key: str, value: Value | None) -> None:
    assert in_force(key, SHOP, PROFILE, {}) == value
    assert in_force(key, SHOP, PROFILE, {key: "kept"}) == "kept"


def test_typed_numbers_that_are_off_are_shown_as_off() -> None:
    assert in_force("typed_card", replace(SHOP, typed_card="off"), PROFILE, {}) is False


@pytest.mark.parametrize(
    ("key", "value", "possible"),
    [
        ("answer_timeout_s", 9, False),
        ("answer_timeout_s", 10, True),
        ("answer_timeout_s", 90, True),
        ("answer_timeout_s", 91, False),
        ("sends", 0, False),
        ("sends", 1, True),
        ("sends", 9, True),
        ("sends", 10, False),
        ("management_phone", "", False),
        ("management_phone", "95516", True),
        ("merchant_name", "", True),
        ("tip", False, True),
    ],
)
def test_a_value_that_would_stop_the_terminal_is_refused(
    key: str, value: Value, possible: bool
) -> None:
    assert is_possible(key, value, PROFILE) is possible


@pytest.mark.parametrize(
    ("key", "after", "asks"),
    [
        ("tip", True, True),
        ("tip", False, False),
        ("typed_card", True, True),
        ("typed_card", False, False),
        ("management_phone", "95516", True),
        ("switches", "", True),
        ("answer_timeout_s", 30, False),
        ("merchant_name", "华联超市", False),
    ],
)
def test_what_allows_more_asks_for_an_approver(key: str, after: Value, asks: bool) -> None:
    assert loosens(key, after) is asks


def test_a_request_of_the_host_is_answered_by_one_try() -> None:
    books = Books()
    take_in(books, Stored("parameters_wanted", {}))
    assert books.parameters_wanted is True
    take_in(books, Stored("parameters_asked", {}))
    assert books.parameters_wanted is False


def test_what_was_accepted_is_kept_and_what_was_refused_is_not() -> None:
    books = Books()
    for accepted, after in (
        (True, {"sends": 5, "tip": False}),
        (True, {"sends": 6}),
        (False, {"tip": True}),
    ):
        take_in(books, Stored("parameters", {"accepted": accepted, "after": after}))
    assert books.downloaded == {"sends": 6, "tip": False}

"""What is refused, what needs an approver, and whether the card is the one that paid."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from terminal.domain.card import EntryMode
from terminal.domain.original import Original
from terminal.domain.parameters import Parameters
from terminal.domain.refund_policy import (
    Case,
    Host,
    Match,
    Refused,
    amount_refusal,
    card_match,
    day_refusal,
    days_left,
    verdict,
)

TODAY = date(2024, 5, 31)
HOST = Host(window_days=30)
SHOP = Parameters(refund_max_minor=100_000, approval_above_minor=50_000)
GENEROUS = replace(SHOP, typed_card="approval", other_card="approval")
GOOD = Case(12_50, 20_00, date(2024, 5, 20), TODAY, Match.MATCH, EntryMode.SWIPED)
ENDS = "6212341232"
TOKEN = "ab12" + "0123456789ab"


def test_a_good_case_is_neither_refused_nor_an_exception() -> None:
    judged = verdict(GOOD, SHOP, HOST)
    assert (judged.refused, judged.exceptions) == (None, ())
    assert judged.approvers == 0
    assert not judged.needs_document


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"amount_minor": 0}, Refused.AMOUNT_ZERO),
        ({"amount_minor": -1}, Refused.AMOUNT_ZERO),
        ({"amount_minor": 20_01}, Refused.ABOVE_REMAINING),
        ({"amount_minor": 20_00}, None),
        ({"remaining_minor": 0}, Refused.ABOVE_REMAINING),
        ({"amount_minor": 100_001, "remaining_minor": 200_000}, Refused.ABOVE_MAXIMUM),
        ({"amount_minor": 100_000, "remaining_minor": 200_000}, None),
        ({"original_day": date(2024, 5, 1)}, None),
        ({"original_day": date(2024, 4, 30)}, Refused.WINDOW_PASSED),
        ({"original_day": TODAY}, None),
        ({"original_day": date(2024, 6, 1)}, Refused.DAY_TO_COME),
        ({"match": Match.OTHER}, Refused.OTHER_CARD),
        ({"match": Match.NOT_COMPARABLE}, None),
        ({"match": Match.ENDS_ONLY}, None),
        ({"mode": EntryMode.TYPED}, Refused.TYPED_CARD),
    ],
)
def test_refusals(change: dict[str, object], refused: Refused | None) -> None:
    case = replace(GOOD, **change)  # type: ignore[arg-type]  # a table of mixed fields
    assert verdict(case, SHOP, HOST).refused is refused


@pytest.mark.parametrize(
    ("change", "exceptions", "document"),
    [
        ({}, (), False),
        ({"amount_minor": 50_000}, (), False),
        ({"amount_minor": 50_001}, ("above_limit",), False),
        ({"mode": EntryMode.TYPED}, ("typed_card",), True),
        ({"match": Match.OTHER}, ("other_card",), True),
        ({"match": Match.ENDS_ONLY}, ("other_keypad",), False),
        ({"match": Match.NOT_COMPARABLE}, (), False),
        (
            {"amount_minor": 60_000, "mode": EntryMode.TYPED, "match": Match.OTHER},
            ("above_limit", "typed_card", "other_card"),
            True,
        ),
    ],
)
def test_exceptions(change: dict[str, object], exceptions: tuple[str, ...], document: bool) -> None:
    case = replace(GOOD, remaining_minor=90_000, **change)  # type: ignore[arg-type]  # see above
    judged = verdict(case, GENEROUS, HOST)
    assert (judged.refused, judged.exceptions) == (None, exceptions)
    assert judged.approvers == bool(exceptions)
    assert judged.needs_document is document


def test_a_host_that_refunds_from_the_next_day_on() -> None:
    today = replace(GOOD, original_day=TODAY)
    next_day = Host(30, same_day=False)
    assert verdict(today, SHOP, next_day).refused is Refused.SAME_DAY
    assert verdict(GOOD, SHOP, next_day).refused is None


def test_a_refused_case_asks_nobody_for_approval() -> None:
    judged = verdict(replace(GOOD, amount_minor=0, mode=EntryMode.TYPED), GENEROUS, HOST)
    assert judged.refused is Refused.AMOUNT_ZERO
    assert judged.approvers == 0


@given(st.integers(-10, 200_000), st.integers(-10, 200_000))
@example(1, 1)
def test_no_amount_beyond_the_rest_passes(amount_minor: int, remaining_minor: int) -> None:
    allowed = amount_refusal(amount_minor, remaining_minor, SHOP) is None
    assert allowed is (0 < amount_minor <= min(remaining_minor, SHOP.refund_max_minor))


@given(st.integers(-5, 400), st.integers(0, 365))
def test_the_window_ends_with_its_last_day(age_days: int, window_days: int) -> None:
    day = TODAY - timedelta(days=age_days)
    assert days_left(day, TODAY, window_days) == window_days - age_days
    allowed = day_refusal(day, TODAY, SHOP, Host(window_days)) is None
    assert allowed is (0 <= age_days <= window_days)


@pytest.mark.parametrize(
    ("own", "override", "age_days", "refused", "exceptions"),
    [
        (7, "off", 7, None, ()),
        (7, "off", 8, Refused.WINDOW_PASSED, ()),
        (7, "approval", 8, None, ("old_purchase",)),
        (7, "approval", 30, None, ("old_purchase",)),
        (7, "approval", 31, Refused.WINDOW_PASSED, ()),
        (90, "off", 31, Refused.WINDOW_PASSED, ()),
    ],
)
def test_shops_own_window_is_the_one_that_may_be_overridden(
    own: int, override: str, age_days: int, refused: Refused | None, exceptions: tuple[str, ...]
) -> None:
    shop = replace(SHOP, refund_window_days=own, old_purchase=override)
    case = replace(GOOD, original_day=TODAY - timedelta(days=age_days))
    judged = verdict(case, shop, HOST)
    assert (judged.refused, judged.exceptions) == (refused, exceptions)


@pytest.mark.parametrize(
    ("amount_minor", "alone_minor", "exceptions", "approvers"),
    [
        (50_000, 0, (), 0),
        (50_001, 0, ("above_limit",), 1),
        (50_001, 50_000, ("above_limit",), 1),
        (50_001, 50_001, ("above_limit", "alone"), 0),
        (80_000, 0, ("above_limit",), 1),
        (80_001, 0, ("above_limit",), 2),
        (80_001, 80_001, ("above_limit", "alone"), 0),
        (100, 100, (), 0),
    ],
)
def test_how_many_others_have_to_agree(
    amount_minor: int, alone_minor: int, exceptions: tuple[str, ...], approvers: int
) -> None:
    shop = replace(SHOP, second_approver_above_minor=80_000)
    case = replace(GOOD, remaining_minor=90_000, amount_minor=amount_minor, alone_minor=alone_minor)
    judged = verdict(case, shop, HOST)
    assert (judged.exceptions, judged.approvers) == (exceptions, approvers)


@pytest.mark.parametrize(("above_minor", "approvers"), [(0, 0), (1, 2), (2, 0)])
def test_two_agree_above_the_shops_sum_and_0_is_no_sum(above_minor: int, approvers: int) -> None:
    shop = replace(SHOP, second_approver_above_minor=above_minor)
    assert verdict(replace(GOOD, amount_minor=2), shop, HOST).approvers == approvers


@pytest.mark.parametrize(("allowed", "refused"), [("off", Refused.NO_ORIGINAL), ("approval", None)])
def test_refund_without_a_purchase(allowed: str, refused: Refused | None) -> None:
    judged = verdict(
        replace(GOOD, has_original=False), replace(SHOP, unknown_original=allowed), HOST
    )
    assert judged.refused is refused
    assert judged.exceptions == (() if refused else ("no_original",))
    assert judged.needs_document is (refused is None)


def original(ends: str, token: str) -> Original:
    return Original("240520000001", date(2024, 5, 20), 20_00, card_ends=ends, token=token)


@pytest.mark.parametrize(
    ("paid_ends", "paid_token", "ends", "token", "match"),
    [
        (ENDS, TOKEN, ENDS, TOKEN, Match.MATCH),
        (ENDS, TOKEN, ENDS, "ab12ffffffffffff", Match.OTHER),
        (ENDS, TOKEN, "6222021111", "ab12ffffffffffff", Match.OTHER),
        ("", TOKEN, ENDS, TOKEN, Match.MATCH),
        (ENDS, TOKEN, ENDS, "cd340123456789ab", Match.ENDS_ONLY),
        (ENDS, TOKEN, "6222021111", "cd340123456789ab", Match.OTHER),
        (ENDS, TOKEN, ENDS, "", Match.ENDS_ONLY),
        ("", TOKEN, ENDS, "cd340123456789ab", Match.NOT_COMPARABLE),
        (ENDS, "", ENDS, TOKEN, Match.MATCH),
        (ENDS, "", "6222021111", TOKEN, Match.OTHER),
        ("", "", ENDS, TOKEN, Match.NOT_COMPARABLE),
        (ENDS, "", "", "", Match.NOT_COMPARABLE),
    ],
)
def test_card_match(paid_ends: str, paid_token: str, ends: str, token: str, match: Match) -> None:
    assert card_match(original(paid_ends, paid_token), ends, token) is match

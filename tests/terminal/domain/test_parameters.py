"""The shop's parameters: what can't be is named with what is allowed."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.parameter_error import ParameterError
from terminal.domain.parameters import (
    SALE_CHOICES,
    WARNINGS,
    Ceiling,
    Ceilings,
    Parameters,
    Person,
    Role,
    minute_of,
)
from terminal.domain.phrase import Phrase
from terminal.domain.reasons import Reason

PEOPLE = (
    Person("01", "张三", Role.OPERATOR),
    Person("09", "李四", Role.SUPERVISOR),
    Person("99", "王五", Role.ADMINISTRATOR),
)
SHOP = Parameters(people=PEOPLE)


def test_the_defaults_are_safe() -> None:
    shop = Parameters()
    assert shop.people == ()
    assert (shop.typed_card, shop.other_card) == ("off", "off")
    assert (shop.old_purchase, shop.unknown_original) == ("off", "off")
    assert (shop.own_password, shop.alone_day_minor) == ("ask", 0)
    assert shop.supervisor_password_digits[0] >= 6
    assert shop.wrong_passwords_max <= 10
    assert shop.lock_minutes >= 30


def test_people_and_reasons_are_found() -> None:
    assert SHOP.person("09") == PEOPLE[1]
    assert SHOP.person("9") is None
    assert (SHOP.name_of("09"), SHOP.name_of("9")) == ("李四", "")
    dispute = SHOP.reason("dispute")
    assert dispute is not None
    assert dispute.needs_document
    assert dispute.phrase.zh_cn == "交易争议"
    assert SHOP.reason("") is None


def test_password_lengths_by_role() -> None:
    assert SHOP.password_digits(Role.OPERATOR) == (4, 12)
    assert SHOP.password_digits(Role.SUPERVISOR) == (6, 12)
    assert SHOP.password_digits(Role.ADMINISTRATOR) == (6, 12)


CAP = 10**12 - 1
TWENTY_ONE = tuple(Reason(str(n), "A", "甲") for n in range(21))


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("refund_max_minor", 0, "refund_max_minor: 1 to 999999999999"),
        ("refund_max_minor", CAP + 1, "refund_max_minor: 1 to 999999999999"),
        ("refund_max_minor", -1, "refund_max_minor: 1 to 999999999999"),
        ("approval_above_minor", -1, "approval_above_minor: 0 to 999999999999"),
        ("approval_above_minor", CAP + 1, "approval_above_minor: 0 to 999999999999"),
        ("typed_card", "on", "typed_card: off or approval"),
        ("other_card", "", "other_card: off or approval"),
        ("old_purchase", "on", "old_purchase: off or approval"),
        ("unknown_original", "on", "unknown_original: off or approval"),
        ("own_password", "never", "own_password: ask or off"),
        ("second_approver_above_minor", -1, "second_approver_above_minor: 0 to 999999999999"),
        ("second_approver_above_minor", CAP + 1, "second_approver_above_minor: 0 to 999999999999"),
        ("alone_day_minor", -1, "alone_day_minor: 0 to 999999999999"),
        ("alone_day_minor", CAP + 1, "alone_day_minor: 0 to 999999999999"),
        ("copies_alone", -1, "copies_alone: 0 to 99"),
        ("copies_alone", 100, "copies_alone: 0 to 99"),
        ("same_again_minutes", -1, "same_again_minutes: 0 to 1440"),
        ("same_again_minutes", 1441, "same_again_minutes: 0 to 1440"),
        ("refund_window_days", -1, "refund_window_days: 0 to 999"),
        ("refund_window_days", 1000, "refund_window_days: 0 to 999"),
        ("card_again_days", -1, "card_again_days: 0 to 31"),
        ("card_again_days", 32, "card_again_days: 0 to 31"),
        ("just_under_percent", -1, "just_under_percent: 0 to 50"),
        ("just_under_percent", 51, "just_under_percent: 0 to 50"),
        ("hours", ("08:00", "08:00"), "hours: two different times as 08:00"),
        ("hours", ("08:00", "24:01"), "hours: two different times as 08:00"),
        ("hours", ("8:00", "20:00"), "hours: two different times as 08:00"),
        ("approver_sees", ("no_sale", "alone"), f"approver_sees: some of {', '.join(WARNINGS)}"),
        ("sale", "yes", "sale: off, on"),
        ("sale_pin", "", "sale_pin: ask, bypass_allowed, never"),
        ("void_card", "ask", "void_card: swipe, none"),
        ("void_pin", "always", "void_pin: ask, bypass_allowed, never"),
        ("void_approval", "ask", "void_approval: always, above_limit, never"),
        ("language", "de", "language: zh or en"),
        ("password_cost", 999, "password_cost: 1000 to 10000000 rounds"),
        ("password_cost", 10_000_001, "password_cost: 1000 to 10000000 rounds"),
        ("wrong_passwords_max", 0, "wrong_passwords_max: 1 to 10"),
        ("wrong_passwords_max", 11, "wrong_passwords_max: 1 to 10"),
        ("lock_minutes", 0, "lock_minutes: 1 to 1440"),
        ("lock_minutes", 1441, "lock_minutes: 1 to 1440"),
        ("entry_timeout_s", 9, "entry_timeout_s: 10 to 600"),
        ("entry_timeout_s", 601, "entry_timeout_s: 10 to 600"),
        ("idle_lock_s", 29, "idle_lock_s: 30 to 3600"),
        ("idle_lock_s", 3601, "idle_lock_s: 30 to 3600"),
        ("expected_days", -1, "expected_days: 0 to 60"),
        ("expected_days", 61, "expected_days: 0 to 60"),
        ("operator_password_digits", (3, 12), "operator_password_digits: [4 to 12, up to 12]"),
        ("operator_password_digits", (6, 5), "operator_password_digits: [4 to 12, up to 12]"),
        ("operator_password_digits", (4, 13), "operator_password_digits: [4 to 12, up to 12]"),
        ("supervisor_password_digits", (5, 12), "supervisor_password_digits: [6 to 12, up to 12]"),
        ("people", (PEOPLE[0], PEOPLE[0]), "people: each number once"),
        ("people", (PEOPLE[0], Person("1", "x", Role.OPERATOR)), "people[1].number: two digits"),
        ("people", (Person("1x", "x", Role.OPERATOR),), "people[0].number: two digits"),
        ("people", (Person("123", "x", Role.OPERATOR),), "people[0].number: two digits"),
        ("people", (Person("０１", "x", Role.OPERATOR),), "people[0].number: two digits"),
        ("people", (Person("01", "", Role.OPERATOR),), "people[0].name: 1 to 10 characters"),
        ("people", (Person("01", "x" * 11, Role.OPERATOR),), "people[0].name: 1 to 10 characters"),
        ("people", (Person("01", "  ", Role.OPERATOR),), "people[0].name: 1 to 10 characters"),
        ("people", (Person("01", "A\a", Role.OPERATOR),), "people[0].name: 1 to 10 characters"),
        ("reasons", (Reason("", "A", "甲"),), "reasons[0].code: 1 to 20 characters"),
        ("reasons", (Reason(" ", "A", "甲"),), "reasons[0].code: 1 to 20 characters"),
        ("reasons", (Reason("c" * 21, "A", "甲"),), "reasons[0].code: 1 to 20 characters"),
        ("reasons", (Reason("a\n", "A", "甲"),), "reasons[0].code: 1 to 20 characters"),
        ("reasons", (Reason("a", "A" * 19, "甲"),), "reasons[0].en: 1 to 18 cells of the display"),
        ("reasons", (Reason("a", "A\a", "甲"),), "reasons[0].en: 1 to 18 cells of the display"),
        (
            "reasons",
            (TWENTY_ONE[0], Reason("a", "A", " ")),
            "reasons[1].zh_cn: 1 to 18 cells of the display",
        ),
        ("reasons", (Reason("a", " ", "甲"),), "reasons[0].en: 1 to 18 cells of the display"),
        (
            "reasons",
            (Reason("a", "A", "甲" * 10),),
            "reasons[0].zh_cn: 1 to 18 cells of the display",
        ),
        ("service_phone", "", "service_phone: 1 to 14 digits, spaces and -+*#,"),
        ("service_phone", " ", "service_phone: 1 to 14 digits, spaces and -+*#,"),
        ("service_phone", "1" * 15, "service_phone: 1 to 14 digits, spaces and -+*#,"),
        ("service_phone", "call us", "service_phone: 1 to 14 digits, spaces and -+*#,"),
        ("merchant_name", Phrase("", "商店"), "merchant_name.en: 1 to 40 characters"),
        ("merchant_name", Phrase("Shop", "店" * 41), "merchant_name.zh_cn: 1 to 40 characters"),
        ("slip_footer", Phrase("Bye\n", "再"), "slip_footer.en: up to 200 characters on one line"),
        (
            "slip_footer",
            Phrase("", "谢" * 201),
            "slip_footer.zh_cn: up to 200 characters on one line",
        ),
        ("reasons", (), "reasons: 1 to 20 of them"),
        ("reasons", (Reason("a", "A", "甲"), Reason("a", "B", "乙")), "reasons: each code once"),
        ("reasons", TWENTY_ONE, "reasons: 1 to 20 of them"),
    ],
)
def test_an_impossible_value_is_named_with_what_is_allowed(
    key: str, value: object, text: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        replace(SHOP, **{key: value})  # type: ignore[arg-type]  # a table of mixed fields
    assert str(caught.value) == text


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("refund_max_minor", (1, CAP)),
        ("approval_above_minor", (0, CAP)),
        ("typed_card", ("off", "approval")),
        ("other_card", ("off", "approval")),
        ("old_purchase", ("off", "approval")),
        ("unknown_original", ("off", "approval")),
        ("own_password", ("ask", "off")),
        ("second_approver_above_minor", (0, CAP)),
        ("alone_day_minor", (0, CAP)),
        ("same_again_minutes", (0, 1440)),
        ("copies_alone", (0, 99)),
        ("refund_window_days", (0, 999)),
        ("card_again_days", (0, 31)),
        ("just_under_percent", (0, 50)),
        ("hours", (("00:00", "24:00"), ("23:59", "00:00"))),
        ("approver_sees", ((), WARNINGS)),
        ("language", ("zh", "en")),
        ("password_cost", (1000, 10_000_000)),
        ("wrong_passwords_max", (1, 10)),
        ("lock_minutes", (1, 1440)),
        ("entry_timeout_s", (10, 600)),
        ("idle_lock_s", (30, 3600)),
        ("expected_days", (0, 60)),
        ("operator_password_digits", ((4, 4), (12, 12))),
        ("supervisor_password_digits", ((6, 6), (12, 12))),
        (
            "people",
            ((), (Person("00", "x", Role.OPERATOR),), (Person("01", "x" * 10, Role.OPERATOR),)),
        ),
        ("reasons", (TWENTY_ONE[:1], TWENTY_ONE[:20])),
        ("reasons", ((Reason("c" * 20, "E" * 18, "甲" * 9),),)),
        ("service_phone", ("1", "+86 955-16,*#4")),
        ("merchant_name", (Phrase("x", "店" * 40),)),
        ("slip_footer", (Phrase("", ""), Phrase("x" * 200, "谢" * 200))),
        *SALE_CHOICES,
    ],
)
def test_what_is_just_allowed_is_allowed(key: str, values: tuple[object, ...]) -> None:
    for value in values:
        shop = replace(SHOP, **{key: value})  # type: ignore[arg-type]  # a table of mixed fields
        assert getattr(shop, key) == value


CEILINGS = ("original", "card", "operator", "batch", "day")


@pytest.mark.parametrize("name", CEILINGS)
@pytest.mark.parametrize(
    ("ceiling", "text"),
    [
        (Ceiling(-1, 0), "most_minor: 0 to 999999999999"),
        (Ceiling(CAP + 1, 0), "most_minor: 0 to 999999999999"),
        (Ceiling(0, -1), "most_count: 0 to 9999"),
        (Ceiling(0, 10_000), "most_count: 0 to 9999"),
    ],
)
def test_an_impossible_ceiling_is_named(name: str, ceiling: Ceiling, text: str) -> None:
    with pytest.raises(ParameterError) as caught:
        replace(SHOP, ceilings=Ceilings(**{name: ceiling}))
    assert str(caught.value) == f"ceilings.{name}.{text}"


def test_ceilings_that_are_just_allowed() -> None:
    for ceiling in (Ceiling(), Ceiling(CAP, 9999)):
        ceilings = Ceilings(**dict.fromkeys(CEILINGS, ceiling))
        assert replace(SHOP, ceilings=ceilings).ceilings == ceilings


@pytest.mark.parametrize(("own", "host", "days"), [(0, 30, 30), (7, 30, 7), (90, 30, 30)])
def test_the_shops_window_is_never_longer_than_the_hosts(own: int, host: int, days: int) -> None:
    assert replace(SHOP, refund_window_days=own).window_days(host) == days


# ---- hours


@given(st.integers(0, 24 * 60))
def test_minutes_of_the_day_are_read(minute: int) -> None:
    assert minute_of(f"{minute // 60:02d}:{minute % 60:02d}") == minute


@pytest.mark.parametrize(
    "text",
    ["", "8:00", "08:60", "24:01", "08-00", "08:0", "0800:", ":0800", "08:00 ", "٠٨:٠٠", "ab:cd"],
)
def test_other_texts_are_no_time(text: str) -> None:
    assert minute_of(text) == -1


@pytest.mark.parametrize(
    ("hours", "open_at", "closed_at"),
    [
        (("08:00", "22:00"), (480, 1319), (479, 1320)),
        (("22:00", "08:00"), (1320, 0, 479), (480, 1319)),
        (("00:00", "24:00"), (0, 1439), ()),
        (("24:00", "08:00"), (0, 479), (480, 1439)),
    ],
)
def test_hours_may_go_past_midnight(
    hours: tuple[str, str], open_at: tuple[int, ...], closed_at: tuple[int, ...]
) -> None:
    shop = replace(SHOP, hours=hours)
    assert all(shop.is_open(minute) for minute in open_at)
    assert not any(shop.is_open(minute) for minute in closed_at)


def test_a_shop_without_a_list_has_reasons_in_both_languages() -> None:
    reasons = Parameters().reasons
    codes = [reason.code for reason in reasons]  # they stand in journals that exist
    assert codes == ["goods", "service", "amount", "twice", "dispute", "fault", "policy"]
    assert [r.code for r in reasons if r.needs_document] == ["dispute"]
    for reason in reasons:
        assert re.fullmatch("[A-Z][a-z ]+", reason.en)
        assert re.fullmatch("[\u4e00-\u9fff]{4}", reason.zh_cn)
    assert len({reason.en for reason in reasons}) == len(reasons)

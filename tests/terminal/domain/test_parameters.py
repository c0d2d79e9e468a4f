"""The shop's parameters: what can't be is named with what is allowed."""

import re
from dataclasses import replace

import pytest

from terminal.domain.parameter_error import ParameterError
from terminal.domain.parameters import SALE_CHOICES, Parameters, Person, Role
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
    assert shop.supervisor_password_digits[0] >= 6
    assert shop.wrong_passwords_max <= 10
    assert shop.lock_minutes >= 30


def test_people_and_reasons_are_found() -> None:
    assert SHOP.person("09") == PEOPLE[1]
    assert SHOP.person("9") is None
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


def test_a_shop_without_a_list_has_reasons_in_both_languages() -> None:
    reasons = Parameters().reasons
    codes = [reason.code for reason in reasons]  # they stand in journals that exist
    assert codes == ["goods", "service", "amount", "twice", "dispute", "fault", "policy"]
    assert [r.code for r in reasons if r.needs_document] == ["dispute"]
    for reason in reasons:
        assert re.fullmatch("[A-Z][a-z ]+", reason.en)
        assert re.fullmatch("[\u4e00-\u9fff]{4}", reason.zh_cn)
    assert len({reason.en for reason in reasons}) == len(reasons)

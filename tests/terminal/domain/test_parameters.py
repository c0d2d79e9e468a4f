"""The shop's parameters: what can't be is named with what is allowed."""

from dataclasses import replace

import pytest

from terminal.domain.parameter_error import ParameterError
from terminal.domain.parameters import Parameters, Person, Role
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


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("refund_max_minor", 0),
        ("refund_max_minor", 10**12),
        ("refund_max_minor", -1),
        ("approval_above_minor", -1),
        ("approval_above_minor", 10**12),
        ("typed_card", "on"),
        ("other_card", ""),
        ("language", "de"),
        ("password_cost", 999),
        ("password_cost", 10_000_001),
        ("wrong_passwords_max", 0),
        ("wrong_passwords_max", 11),
        ("lock_minutes", 0),
        ("entry_timeout_s", 9),
        ("idle_lock_s", 3601),
        ("expected_days", -1),
        ("operator_password_digits", (3, 12)),
        ("operator_password_digits", (6, 5)),
        ("operator_password_digits", (4, 13)),
        ("supervisor_password_digits", (5, 12)),
        ("people", (PEOPLE[0], PEOPLE[0])),
        ("people", (Person("1", "x", Role.OPERATOR),)),
        ("people", (Person("1x", "x", Role.OPERATOR),)),
        ("people", (Person("０１", "x", Role.OPERATOR),)),
        ("people", (Person("01", "", Role.OPERATOR),)),
        ("people", (Person("01", "x" * 11, Role.OPERATOR),)),
        ("people", (Person("01", "  ", Role.OPERATOR),)),
        ("people", (Person("01", "A\a", Role.OPERATOR),)),
        ("reasons", ()),
        ("reasons", (Reason("", "A", "甲"),)),
        ("reasons", (Reason("a", " ", "甲"),)),
        ("reasons", (Reason("a", "A", "甲" * 41),)),
        ("service_phone", ""),
        ("service_phone", " "),
        ("service_phone", "1" * 15),
        ("service_phone", "call us"),
        ("merchant_name", Phrase("", "商店")),
        ("merchant_name", Phrase("Shop", "店" * 41)),
        ("slip_footer", Phrase("Bye\n", "再见")),
        ("slip_footer", Phrase("", "谢" * 201)),
        ("reasons", (Reason("a", "A", "甲"), Reason("a", "B", "乙"))),
        ("reasons", tuple(Reason(str(n), "A", "甲") for n in range(21))),
    ],
)
def test_an_impossible_value_is_named(key: str, value: object) -> None:
    with pytest.raises(ParameterError, match=f"^{key}.*: "):
        replace(SHOP, **{key: value})  # type: ignore[arg-type]  # a table of mixed fields

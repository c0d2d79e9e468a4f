"""Whatever stands in the two files: one line that names the mistake, or possible values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, TypeVar

from hypothesis import example, given
from hypothesis import strategies as st

from emulator.toml_text import toml_text
from terminal.config import LINE_MOST, ConfigError, DeviceFile, device_file, parameter_file
from terminal.domain.facts import Identity
from terminal.domain.host_profile import HostProfile
from terminal.domain.money import Amount
from terminal.domain.parameters import Parameters
from tests.terminal.test_config import GOOD, TLS

T = TypeVar("T")
NAME = "some.toml"
KEYS = tuple(f.name for kind in (Parameters, HostProfile, Identity) for f in fields(kind))
NUMBERS = st.one_of(st.integers(-(10**13), 10**13), st.sampled_from([0, 1, 2**31, 2**63, -(2**63)]))
WORDS = st.one_of(
    st.sampled_from(["off", "approval", "ask", "on", "zh", "en", "08:00", "01", "1e9", "operator"]),
    st.text("0123456789aA-: 店\n\x00", max_size=12),
)
SIMPLE = st.one_of(NUMBERS, WORDS, st.booleans(), st.sampled_from([0.5, 1e300, -0.0]))
VALUES: st.SearchStrategy[Any] = SIMPLE | st.lists(SIMPLE, max_size=2)
PEOPLE = st.fixed_dictionaries(
    {"number": WORDS, "name": WORDS, "role": st.sampled_from(["operator", "supervisor", "boss"])}
)
TABLES = st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1, max_size=3)
PIECES = st.sampled_from(
    ["=", "\n", "[", "]", '"', "'", "#", "\ufeff", "\x00", "1e9", "-1", "[[people]]", "[profile]"]
)
CUTS = st.lists(st.tuples(st.integers(0, len(GOOD + TLS)), st.integers(0, 9), PIECES), max_size=4)


def read(reader: Callable[[str, str], T], text: str) -> T | None:
    """What was read; None when it was refused, in one line."""
    try:
        return reader(text, NAME)
    except ConfigError as error:
        said = str(error)
    assert said.startswith(f"{NAME}: ")
    assert said.isprintable()
    assert len(said) <= LINE_MOST + 1
    return None


def shop_of(text: str) -> Parameters | None:
    return read(parameter_file, text)


def assert_possible(shop: Parameters) -> None:
    """Every limit is an amount or none, every number of tries is one that locks."""
    assert replace(shop) == shop
    for name in ("refund_max_minor", "approval_above_minor", "second_approver_above_minor"):
        assert Amount(getattr(shop, name)).minor >= 0
    assert shop.refund_max_minor > 0
    assert 1 <= shop.wrong_passwords_max <= 10
    assert shop.operator_password_digits[0] >= 4
    assert shop.supervisor_password_digits[0] >= 6
    assert len({person.number for person in shop.people}) == len(shop.people)


@given(TABLES)
@example({"refund_max_minor": "1e9"})
def test_any_values_are_a_shop_or_one_line(table: dict[str, Any]) -> None:
    shop = shop_of(toml_text(table))
    if shop is not None:
        assert_possible(shop)
        assert all(hasattr(shop, key) for key in table), "a value that nobody reads"


@given(st.lists(PEOPLE, max_size=3), st.lists(st.dictionaries(WORDS, VALUES, max_size=3)))
def test_any_people_are_a_shop_or_one_line(people: list[Any], reasons: list[Any]) -> None:
    for table in ({"people": people}, {"people": people, "reasons": reasons}):
        if shop := shop_of(toml_text(table)):
            assert_possible(shop)
            assert len(shop.people) == len(people)


def spoilt(text: str, cuts: list[tuple[int, int, str]]) -> str:
    for place, length, piece in cuts:
        text = text[:place] + piece + text[place + length :]
    return text


@given(CUTS, st.integers(0, len(GOOD + TLS)))
def test_spoilt_device_file_is_a_device_or_one_line(
    cuts: list[tuple[int, int, str]], end: int
) -> None:
    text = spoilt(GOOD + TLS, cuts)
    for written in (text, text[:end]):
        if device := device_of(written):
            assert_whole(device)


def device_of(text: str) -> DeviceFile | None:
    return read(device_file, text)


def assert_whole(device: DeviceFile) -> None:
    """It says who it is and where everything is."""
    assert len(device.identity.terminal_id) == 8
    assert len(device.identity.merchant_id) == 15
    assert all(isinstance(getattr(device.wires, f.name), str) for f in fields(device.wires))
    assert device.profile.message_life_s > 0


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=2))
def test_any_profile_and_identity_are_a_device_or_one_line(table: dict[str, Any]) -> None:
    for place in ("profile", "identity", "lines", "journal", "tls"):
        text = f"{GOOD}{toml_text({place: table})}"
        if place == "identity":
            text = GOOD.replace("[wires]", toml_text(table) + "[wires]")
        if device := device_of(text):
            assert_whole(device)


@given(st.text(max_size=300))
def test_any_text_is_a_file_or_one_line(text: str) -> None:
    assert device_of(text) is None
    if shop := shop_of(text):
        assert_possible(shop)

"""The shop file: every wrong one is named in one line."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.acquirer import host_config
from emulator.device_file import DeviceFiles, write_device_files
from emulator.host.config import HostProfile
from emulator.shop import SHOPS, ShopError, load_shop, parse_shop
from emulator.toml_text import toml_text
from terminal.domain.parameters import Parameters

DEMO = SHOPS / "demo.toml"


def demo_with(old: str, new: str) -> str:
    text = DEMO.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


def test_demo_shop_is_read() -> None:
    shop = load_shop(DEMO)
    assert shop.identity.terminal_id == "12345678"
    assert [p.number for p in shop.people] == ["01", "02", "10", "11", "99"]
    assert shop.parameters["approval_above_minor"] == 50000
    assert shop.setup == "play"


def test_demo_shop_names_every_setting_there_is() -> None:
    text = DEMO.read_text(encoding="utf-8")
    named = set(re.findall(r"^(?:# )?(\w+) = ", text, re.MULTILINE))
    named |= set(re.findall(r"^\[\[?parameters\.(\w+)\]", text, re.MULTILINE))
    wanted = {item.name for kind in (HostProfile, Parameters) for item in fields(kind)}
    assert wanted - {"people"} <= named


def test_keys_are_not_in_the_repr_of_a_shop() -> None:
    shop = load_shop(DEMO)
    assert shop.pad.master_key not in repr(shop)
    assert shop.pad.one_time_code not in repr(shop)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('terminal_id = "12345678"', 'terminal_id = "1234567"', "identity.terminal_id: 8 letters"),
        ('merchant_id = "8983', 'merchant_id = "', "identity.merchant_id: 15 letters"),
        ('licence = "3136"', 'licence = "31"', "identity.licence: 4 characters"),
        ('tpdu = "60', 'tpdu = "61', "identity.tpdu: 10 digits, 60 first"),
        ('header = "60', 'header = "', "identity.header: 12 digits, 6 first"),
        ('master_key = "01', 'master_key = "XX', "pad.master_key: 32 hex digits"),
        ('shop_key = "31', 'shop_key = "XX', "pad.shop_key: 32 or 64 hex digits"),
        ('one_time_code = "26374859"', 'one_time_code = "1"', "pad.one_time_code: 6 to 12 digits"),
        ("[pad] ", "[pod] ", "object contains unknown field `pod`"),
        (
            'mac_key = "single"',
            'mac_key = "triple"',
            "host.mac_key: invalid enum value 'triple', one of single",
        ),
        (
            'duplicate = "94"',
            'duplicate = "95"',
            "host.duplicate: invalid enum value '95', one of 94, old",
        ),
        (
            "refund_window_days = 30",
            "refund_window_days = -1",
            "host.refund_window_days: 0 or more",
        ),
        (
            "refund_window_days = 30",
            'refund_window_days = "x"',
            "host.refund_window_days: expected `int`",
        ),
        ("refund_window_days = 30", "window = 30", "host: object contains unknown field `window`"),
        ('number = "02"', 'number = "01"', "people: a number occurs twice"),
        ('number = "02"', 'number = "2"', "people[1].number: two digits"),
        ('password = "2580"', 'password = "258"', "people[0].password: 4 to 12 digits"),
        ('password = "614283"', 'password = "6142"', "people[2].password: 6 to 12 digits"),
        (
            'role = "supervisor"',
            'role = "boss"',
            "people[2].role: invalid enum value 'boss', one of op",
        ),
        ('setup = "play"', 'setup = "no"', "setup: invalid enum value 'no', one of play, by hand"),
        ("[[people]]", "[[people", "Expected ']]'"),
    ],
)
def test_wrong_value_is_named_with_what_is_allowed(old: str, new: str, error: str) -> None:
    with pytest.raises(ShopError) as raised:
        parse_shop(demo_with(old, new))
    assert error in str(raised.value)
    assert "\n" not in str(raised.value)


@given(st.text(max_size=200))
def test_any_text_is_a_shop_or_an_error(text: str) -> None:
    with pytest.raises(ShopError):
        parse_shop(text)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ShopError, match=r"none\.toml: can't be read"):
        load_shop(tmp_path / "none.toml")


def test_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ShopError, match=r"shop\.toml: is not a text file"):
        load_shop(tmp_path / "shop.toml")


def test_host_takes_what_the_shop_file_says() -> None:
    shop = parse_shop(demo_with('mac_key = "single"', 'mac_key = "double"'))
    config = host_config(shop)
    assert config.terminals[0].mak == "double"
    assert config.terminals[0].tid == shop.identity.terminal_id
    assert config.profile.over_amount_code == "61"


def test_device_file_has_no_password_and_no_key(tmp_path: Path) -> None:
    shop = load_shop(DEMO)
    wires = {"keypad": "serial:/dev/x", "acquirer": "tcp://127.0.0.1:1"}
    device = write_device_files(DeviceFiles(tmp_path, wires, {"keypad": {"baudrate": 9600}}), shop)
    text = device.read_text(encoding="utf-8")
    parameters = (tmp_path / "parameters.toml").read_text(encoding="utf-8")
    for person in shop.people:
        assert person.password not in text + parameters
    assert shop.pad.master_key not in text + parameters
    assert tomllib.loads(text)["wires"] == wires
    assert tomllib.loads(text)["lines"] == {"keypad": {"baudrate": 9600}}
    assert tomllib.loads(parameters)["people"][0] == {
        "number": "01",
        "name": "Li Na 李娜",
        "role": "operator",
    }


def test_profile_of_the_firmware_follows_the_host_unless_it_is_given(tmp_path: Path) -> None:
    followed = parse_shop(demo_with('sign_in_kind = "003"', 'sign_in_kind = "004"'))
    own = parse_shop(demo_with("[profile] ", '[profile]\nsign_in_kind = "001"\n'))
    kinds = []
    for shop in (followed, own):
        device = write_device_files(DeviceFiles(tmp_path, {}, {}), shop)
        kinds.append(tomllib.loads(device.read_text("utf-8"))["profile"]["sign_in_kind"])
    assert kinds == ["004", "001"]


KEYS = st.text(min_size=1, max_size=8)
VALUES = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_written_toml_reads_back_the_same(table: dict[str, object]) -> None:
    assert tomllib.loads(toml_text(table)) == table


@pytest.mark.parametrize(
    ("profile", "steps"),
    [
        ('name = "unionpay"', ()),
        ('name = "recovering"', ("inquiry", "resend_same_stan")),
        ('refund_recovery = ["batch_upload", "manual"]', ("batch_upload",)),
        ('name = "recovering"\nrefund_recovery = ["manual"]', ()),
        ("refund_recovery = 7", ()),
    ],
)
def test_host_knows_the_messages_of_the_terminals_profile(
    profile: str, steps: tuple[str, ...]
) -> None:
    shop = parse_shop(demo_with('name = "unionpay" ', f"{profile} "))
    assert host_config(shop).profile.refund_recovery == steps


def test_host_of_the_shop_file_may_know_other_messages() -> None:
    shop = parse_shop(demo_with("refund_recovery = []", 'refund_recovery = ["reverse"]'))
    assert host_config(shop).profile.refund_recovery == ("reverse",)

"""The two files: each mistake is one line with the file, the key and what is allowed."""

from __future__ import annotations

import pytest

from terminal.config import LINE_MOST, ConfigError, device_file, parameter_file

GOOD = """
parameters = "shop.toml"

[identity]
terminal_id = "12345678"
merchant_id = "898310058120001"

[wires]
keypad = "/dev/ttyS1"
display = "/dev/ttyS2"
reader = "/dev/ttyS3"
scanner = "/dev/ttyS4"
printer = "/dev/ttyS5"
acquirer = "tcp://host:5000"
"""
TLS = """
[tls]
ca = "ca.pem"
certificate = "terminal.pem"
key = "terminal.key"
server_name = "host"

"""
LONG = "x" * 1_000_000
# What is added or changed, and what the line must say.
MISTAKES = (
    ("colour = 1", "colour: unknown key; known: identity, wires"),
    ("[identity2]\na = 1", "identity2: unknown key"),
    ("[profile]\nretries = 3", "profile.retries: unknown key"),
    ("[lines.keypad]\nspeed = 9600", "lines.keypad.speed: unknown key; known: baudrate"),
    ("[lines.mouse]\nbaudrate = 9600", "lines.mouse: one of keypad, display"),
    ('[lines.keypad]\nbaudrate = "fast"', "lines.keypad.baudrate"),
    ("[lines.keypad]\nbaudrate = 7", "lines.keypad.baudrate: 50 to 4000000"),
    ('[lines.keypad]\nparity = "X"', "lines.keypad.parity: one of N, E, O, M, S"),
    ("[lines.keypad]\nstopbits = 3", "lines.keypad.stopbits: one of 1, 2"),
    ("[profile]\nmessage_life_s = 0", "message_life_s: must be a whole number from 1 to 86400"),
    ("[profile]\nmessage_life_s = 1.5", "message_life_s"),
    ("[profile]\nmessage_life_s = true", "message_life_s"),
    ('[profile]\nunlisted_code = "approved"', "unlisted_code"),
    ('[profile]\npin_max = "13"', "profile.pin_max: Invalid enum value '13'; one of 06, 12"),
    ("[profile]\nfinancial_f60_digits = 15", "; one of 13, 14"),
    (
        '[profile]\nrefund_recovery = ["ask"]',
        "refund_recovery[0]: Invalid enum value 'ask'; one of",
    ),
    ('[profile]\napproved_codes = ["00", "94"]', "approved_codes: 94 has another meaning"),
    ('[profile]\nname = "other"', "profile.name: one of unionpay, recovering"),
    ('[profile]\nrefund_recovery = ["inquiry"]', "refund_recovery: each step once, `manual` last"),
    ('[profile]\ndecline_without_mac = "declined"', "decline_without_mac"),
    ('[journal]\npath = ""', "journal.path: a file's name"),
    ("[journal]\npath = 7", "journal.path"),
    ("journal = 7", "journal"),
    ("wires = [1]", "wires"),
)
WRONG_VALUES = (
    ('terminal_id = "12345678"', 'terminal_id = "1234567"', "identity.terminal_id: 8 letters"),
    ('terminal_id = "12345678"', "terminal_id = 12345678", "identity.terminal_id"),
    ('terminal_id = "12345678"', f'terminal_id = "{LONG}"', "identity.terminal_id: 8 letters"),
    ('terminal_id = "12345678"', "", "terminal_id"),
    ('merchant_id = "898310058120001"', 'merchant_id = "89831005812000店"', "merchant_id: 15"),
    ('merchant_id = "898310058120001"', 'merchant_id = "1"\ntpdu = "x"', "merchant_id"),
    ("[wires]", 'header = "003100310001"\n[wires]', "identity.header: begins with 6"),
    ("[wires]", 'licence = "31361"\n[wires]', "identity.licence: 4 printable"),
    ("[wires]", 'licence = "沪A12"\n[wires]', "identity.licence: 4 printable"),
    ("[wires]", 'serial = ""\n[wires]', "identity.serial: 1 to 38 printable"),
    ('keypad = "/dev/ttyS1"', "", "keypad"),
    ('keypad = "/dev/ttyS1"', "keypad = false", "wires.keypad"),
)
PARAMETERS = (
    ("colour = 1", "colour: unknown key"),
    ("refund_max_minor = 0", "refund_max_minor: 1 to"),
    ("refund_max_minor = 1.5", "refund_max_minor"),
    ('refund_max_minor = "all"', "refund_max_minor"),
    ('typed_card = "yes"', "typed_card: off or approval"),
    ('language = "fr"', "language: zh or en"),
    ("password_cost = 1", "password_cost: 1000 to"),
    ("operator_password_digits = [3, 12]", "operator_password_digits"),
    ('people = [{ number = "1", name = "A", role = "operator" }]', "people[0].number: two digits"),
    ('people = [{ number = "01", name = "A", role = "boss" }]', "; one of operator, supervisor"),
    ('people = [{ number = "01", name = "A", role = "operator", pin = 1 }]', "people[0].pin"),
    (f'language = "{LONG}"', "language"),
    (f"{LONG} = 1", "unknown key"),
)


def line_of(error: pytest.ExceptionInfo[ConfigError], name: str) -> str:
    line = str(error.value)
    assert line.startswith(f"{name}: ")
    assert "\n" not in line
    assert len(line) <= LINE_MOST + 1
    return line


def test_good_file_with_its_defaults() -> None:
    parsed = device_file(GOOD, "device.toml")
    assert parsed.identity.terminal_id == "12345678"
    assert (parsed.parameters, parsed.journal.path) == ("shop.toml", "journal.db")
    assert parsed.profile.message_life_s == 90
    assert parsed.wires.acquirer == "tcp://host:5000"


@pytest.mark.parametrize(("added", "said"), MISTAKES, ids=[a for a, _ in MISTAKES])
def test_mistake_in_the_device_file_is_named(added: str, said: str) -> None:
    text = f"{GOOD}\n{added}" if added.startswith("[") else f"{added}\n{GOOD}"
    if added.startswith("wires"):
        text = added + "\n" + GOOD[: GOOD.index("[wires]")]
    with pytest.raises(ConfigError) as error:
        device_file(text, "device.toml")
    assert said in line_of(error, "device.toml")


@pytest.mark.parametrize(("old", "new", "said"), WRONG_VALUES, ids=range(len(WRONG_VALUES)))
def test_wrong_or_missing_value_is_named(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError) as error:
        device_file(GOOD.replace(old, new), "device.toml")
    assert said in line_of(error, "device.toml")


@pytest.mark.parametrize(("text", "said"), PARAMETERS, ids=[t[:40] for t, _ in PARAMETERS])
def test_mistake_in_the_parameter_file_is_named(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as error:
        parameter_file(text, "parameters.toml")
    assert said in line_of(error, "parameters.toml")


@pytest.mark.parametrize(
    "text",
    ["", "\x00", "identity", "= 1", "[identity", "a = 1\na = 2", f"a = {'[' * 100_000}", LONG],
    ids=["empty", "zero byte", "word", "no key", "open", "twice", "nested", "1 MB"],
)
def test_text_that_is_no_device_file_is_one_line(text: str) -> None:
    with pytest.raises(ConfigError) as error:
        device_file(text, "device.toml")
    line_of(error, "device.toml")


def test_key_with_a_line_break_stays_on_one_line() -> None:
    with pytest.raises(ConfigError) as error:
        parameter_file('"a\\nb" = 1', "parameters.toml")
    assert "a?b" in line_of(error, "parameters.toml")


def test_empty_parameter_file_is_all_defaults() -> None:
    assert parameter_file("", "parameters.toml").people == ()


def test_decline_without_a_mac_is_believed_over_tls_only() -> None:
    text = GOOD.replace("tcp://", "tls://") + TLS + '[profile]\ndecline_without_mac = "declined"'
    assert device_file(text, "device.toml").profile.decline_without_mac == "declined"

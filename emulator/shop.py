"""The shop file: who the terminal, its keypad, its host and its people are. One TOML file."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import msgspec

from emulator.host.config import HostProfile

SHOPS: Final = Path(__file__).parent / "shops"
SHORTEST_PASSWORD: Final[Mapping[str, int]] = {"operator": 4, "supervisor": 6, "administrator": 6}


class ShopError(Exception):
    """The shop file can't be used; one line that names the file, the key and what is allowed."""


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the shop file: an unknown key is an error."""


class Identity(Section, frozen=True, kw_only=True):
    """What the terminal calls itself in its messages."""

    terminal_id: str
    merchant_id: str
    licence: str = "3136"
    serial: str = "SIM00000001"
    tpdu: str = "6000030000"
    header: str = "603100310001"


class Pad(Section, frozen=True, kw_only=True):
    """What was put into the keypad where it was made, and the code on the paper beside it."""

    serial: str
    master_key: str
    shop_key: str
    token_key: str
    device_key: str
    one_time_code: str

    def __repr__(self) -> str:
        return f"Pad(serial={self.serial!r})"


class Acquirer(Section, frozen=True, kw_only=True):
    """How the host signs in and checks; `rules` are the other settings of its profile."""

    sign_in_kind: Literal["001", "003", "004"] = "003"
    mac_key: Literal["single", "double"] = "single"
    mac_algorithm: Literal["unionpay_ecb", "x9.9", "x9.19"] = "unionpay_ecb"
    rules: HostProfile = HostProfile()


class ShopPerson(Section, frozen=True, kw_only=True):
    """Somebody of the shop, with the test password that the set-up gives."""

    number: str
    name: str
    role: Literal["operator", "supervisor", "administrator"]
    password: str


class Shop(Section, frozen=True, kw_only=True):
    """A whole shop file. `parameters` and `profile` are for the firmware, which checks them."""

    identity: Identity
    pad: Pad
    host: Acquirer = Acquirer()
    people: tuple[ShopPerson, ...]
    parameters: dict[str, Any] = {}
    profile: dict[str, Any] = {}
    setup: Literal["play", "by hand"] = "play"


def load_shop(path: Path) -> Shop:
    """Read a shop file. Raises ShopError."""
    try:
        return parse_shop(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ShopError(f"{path}: can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ShopError(f"{path}: is not a text file in UTF-8") from None
    except ShopError as error:
        raise ShopError(f"{path}: {error}") from None


def parse_shop(text: str) -> Shop:
    """The shop of a TOML text. Raises ShopError that names the key."""
    try:
        tables = tomllib.loads(text)
        shop = msgspec.convert(_with_rules(tables), Shop)
    except tomllib.TOMLDecodeError as error:
        raise ShopError(str(error)) from None
    except msgspec.ValidationError as error:
        raise ShopError(_key_first(str(error))) from None
    for key, is_right, allowed in _texts(shop):
        if not is_right:
            raise ShopError(f"{key}: {allowed}")
    return shop


def _with_rules(tables: dict[str, Any]) -> dict[str, Any]:
    """The host's profile settings stand in [host] itself: move them to where the type has them."""
    host = tables.get("host", {})
    if not isinstance(host, dict):
        return tables
    names = {item.name for item in fields(HostProfile)}
    rest = {key: value for key, value in host.items() if key not in names and key != "rules"}
    rules = {key: value for key, value in host.items() if key not in rest}
    return {**tables, "host": {**rest, "rules": rules}} if rules else tables


def _key_first(message: str) -> str:
    what, _, place = message.partition(" - at `$")
    key = place.strip(".`") or "the file"
    allowed = _choices(key) if what.startswith("Invalid enum") else ""
    text = f"{key}: {what[0].lower()}{what[1:]}" + (f", one of {allowed}" if allowed else "")
    # In the file, the host's rules stand in [host] itself.
    return text.replace("host.rules: ", "host.", 1).replace("host.rules.", "host.", 1)


def _choices(key: str) -> str:
    """The values that a key with a fixed list may have."""
    kind: Any = Shop
    for name in re.sub(r"\[[0-9]+\]", "", key).split("."):
        kind = get_type_hints(kind).get(name)
        kind = get_args(kind)[0] if get_origin(kind) is tuple else kind
    return ", ".join(map(str, get_args(kind)))


def _texts(shop: Shop) -> Iterator[tuple[str, bool, str]]:
    who, pad = shop.identity, shop.pad
    yield "identity.terminal_id", _is(r"[0-9A-Za-z]{8}", who.terminal_id), "8 letters or digits"
    yield "identity.merchant_id", _is(r"[0-9A-Za-z]{15}", who.merchant_id), "15 letters or digits"
    yield "identity.licence", _is(r"[!-~]{4}", who.licence), "4 characters"
    yield "identity.serial", _is(r"[!-~]{1,38}", who.serial), "1 to 38 characters"
    yield "identity.tpdu", _is(r"60[0-9]{8}", who.tpdu), "10 digits, 60 first"
    yield "identity.header", _is(r"6[0-9]{11}", who.header), "12 digits, 6 first"
    yield "pad.serial", _is(r"[!-~]{1,16}", pad.serial), "1 to 16 characters"
    is_master_key = _is(r"[0-9A-Fa-f]{32}", pad.master_key)
    yield "pad.master_key", is_master_key, "32 hex digits"
    for name in ("shop_key", "token_key", "device_key"):
        is_key = _is(r"([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})", getattr(pad, name))
        yield f"pad.{name}", is_key, "32 or 64 hex digits"
    yield "pad.one_time_code", _is(r"[0-9]{6,12}", pad.one_time_code), "6 to 12 digits"
    yield from _people(shop.people)


def _people(people: tuple[ShopPerson, ...]) -> Iterator[tuple[str, bool, str]]:
    yield "people", bool(people), "one or more are needed"
    for index, person in enumerate(people):
        key = f"people[{index}]"
        yield f"{key}.number", _is(r"[0-9]{2}", person.number), "two digits"
        yield f"{key}.name", 0 < len(person.name) <= 10, "1 to 10 characters"
        least = SHORTEST_PASSWORD[person.role]
        yield (
            f"{key}.password",
            _is(rf"[0-9]{{{least},12}}", person.password),
            (f"{least} to 12 digits for this role"),
        )
    yield "people", len({p.number for p in people}) == len(people), "a number occurs twice"


def _is(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None

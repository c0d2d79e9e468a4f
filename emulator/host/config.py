"""What this host is told: its terminals, and how it behaves where real hosts differ."""

from dataclasses import dataclass, field, fields
from typing import Literal, get_args, get_origin, get_type_hints

from emulator.host.crypto import MacAlgorithm, MakLength, SignInKind

ALL_SIGN_INS: tuple[SignInKind, ...] = ("001", "003", "004")


def _check_length(name: str, text: str, length: int) -> None:
    if len(text) != length or not text.isascii() or not text.isalnum():
        raise ValueError(f"{name}: {length} letters or digits are needed")


def _check_choices(config: "TerminalConfig | HostProfile") -> None:
    hints = get_type_hints(type(config))
    for item in fields(config):
        allowed = get_args(hints[item.name])
        if get_origin(hints[item.name]) is Literal and getattr(config, item.name) not in allowed:
            raise ValueError(f"{item.name}: one of {', '.join(allowed)}")


@dataclass(frozen=True, slots=True)
class TerminalConfig:
    """One terminal of one merchant. tmk_hex: 32 hex digits, a test key."""

    tid: str
    mid: str
    tmk_hex: str = field(repr=False)
    mac_algorithm: MacAlgorithm = "unionpay_ecb"
    mak: MakLength = "single"
    sign_in_kinds: tuple[SignInKind, ...] = ALL_SIGN_INS

    def __post_init__(self) -> None:
        _check_choices(self)
        _check_length("tid", self.tid, 8)
        _check_length("mid", self.mid, 15)
        if not self.sign_in_kinds or not set(self.sign_in_kinds) <= set(ALL_SIGN_INS):
            raise ValueError("sign_in_kinds: one or more of 001, 003, 004")
        if len(self.tmk_hex) != 32 or set(self.tmk_hex.upper()) - set("0123456789ABCDEF"):
            raise ValueError("tmk_hex: 32 hex digits are needed")

    @property
    def tmk(self) -> bytes:
        """The master key, 16 bytes."""
        return bytes.fromhex(self.tmk_hex)


@dataclass(frozen=True, slots=True)
class HostProfile:
    """Where real hosts disagree (fact sheet 6.2 and 8); the default is the demo shop's host."""

    other_card_code: Literal["14", "25", "63"] = "14"
    over_amount_code: Literal["61", "13"] = "61"
    voided_code: Literal["12", "25"] = "12"
    not_signed_in_code: Literal["77", "A0"] = "77"
    duplicate: Literal["94", "old_answer"] = "94"
    same_day_refund: Literal["allowed", "refused"] = "allowed"
    refund_window_days: int = 30
    declines_carry_mac: bool = True
    batch: Literal["until_settled", "every_sign_in"] = "until_settled"
    swap_tpdu: bool = True

    def __post_init__(self) -> None:
        _check_choices(self)
        if self.refund_window_days < 0:
            raise ValueError("refund_window_days: 0 or more is needed")


@dataclass(frozen=True, slots=True)
class HostConfig:
    """The whole host. issuers: (BIN prefix, eight-digit issuer id), the first that fits counts."""

    terminals: tuple[TerminalConfig, ...]
    profile: HostProfile = HostProfile()
    acquirer_id: str = "48021000"
    issuers: tuple[tuple[str, str], ...] = (("621234", "01020000"), ("622202", "01030000"))
    unknown_issuer: str = "00010344"

    def __post_init__(self) -> None:
        if not 0 < len(self.acquirer_id) <= 11 or not self.acquirer_id.isdigit():
            raise ValueError("acquirer_id: 1 to 11 digits are needed")
        tids = [terminal.tid for terminal in self.terminals]
        if len(set(tids)) != len(tids):
            raise ValueError("terminals: a terminal number occurs twice")

    def terminal(self, tid: str) -> TerminalConfig | None:
        """The terminal with this number, or None."""
        return next((item for item in self.terminals if item.tid == tid), None)

    def issuer_of(self, pan: str) -> str:
        """The issuer id of a card number."""
        return next(
            (ident for bin_, ident in self.issuers if pan.startswith(bin_)), self.unknown_issuer
        )


def demo_config(profile: HostProfile | None = None) -> HostConfig:
    """The demo shop: one terminal under the published test master key (samples, part C)."""
    terminal = TerminalConfig("12345678", "898310058120001", "0123456789ABCDEFFEDCBA9876543210")
    return HostConfig((terminal,), profile or HostProfile())

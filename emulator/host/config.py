"""What this host is told: its terminals, and how it behaves where real hosts differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, get_args, get_origin, get_type_hints

from emulator.host.crypto import MacAlgorithm, MakLength, SignInKind
from emulator.host.parameter_tags import DEMO_PARAMETERS, Parameters, check_parameters

RecoveryStep = Literal["inquiry", "resend_same_stan", "batch_upload", "reverse"]
ALL_SIGN_INS: tuple[SignInKind, ...] = ("001", "003", "004")


def _check_length(name: str, text: str, length: int) -> None:
    if len(text) != length or not text.isascii() or not text.isalnum():
        raise ValueError(f"{name}: {length} letters or digits are needed")


@cache
def _choices(kind: type) -> Mapping[str, tuple[str, ...]]:
    """What each field that is a choice allows."""
    hints = get_type_hints(kind).items()
    return {name: get_args(hint) for name, hint in hints if get_origin(hint) is Literal}


def _check_choices(config: "TerminalConfig | HostProfile") -> None:
    known = _choices(type(config))  # type: ignore[arg-type]  # a class can be hashed
    for name, allowed in known.items():
        if getattr(config, name) not in allowed:
            raise ValueError(f"{name}: one of {', '.join(allowed)}")


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
    """Where real hosts disagree (fact sheet 6.2 and 8); the default is the demo shop's host.

    refund_recovery: the messages of profile 4 that this host knows. late_original: what becomes of
    a request whose number was closed before it came. in_progress_s, found_after_s: an inquiry so
    soon after the booking hears 09, or 25; forgets_after_days: so long after it, 25 (0: never).
    """

    other_card_code: Literal["14", "25", "63"] = "14"
    over_amount_code: Literal["61", "13"] = "61"
    voided_code: Literal["12", "25"] = "12"
    voided_again_code: Literal["22", "12"] = "22"
    pin_locked_code: Literal["75", "38"] = "75"
    not_signed_in_code: Literal["77", "A0"] = "77"
    duplicate: Literal["94", "old_answer"] = "94"
    unlinked_refund: Literal["refused", "allowed"] = "refused"
    same_day_refund: Literal["allowed", "refused"] = "allowed"
    refund_window_days: int = 30
    declines_carry_mac: bool = True
    batch: Literal["until_settled", "every_sign_in"] = "until_settled"
    batch_ends: Literal["end_message", "balanced"] = "end_message"
    swap_tpdu: bool = True
    reversal_not_found: Literal["00", "25"] = "00"
    reversal_of_declined: Literal["25", "01"] = "25"
    void_reversal_original: Literal["own", "original"] = "own"
    late_original: Literal["94", "12", "booked"] = "94"
    refund_recovery: tuple[RecoveryStep, ...] = ()
    inquiry_closes: bool = False
    in_progress_s: int = 0
    found_after_s: int = 0
    forgets_after_days: int = 0

    def __post_init__(self) -> None:
        _check_choices(self)
        for name in ("refund_window_days", "in_progress_s", "found_after_s", "forgets_after_days"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name}: 0 or more is needed")
        if not set(self.refund_recovery) <= set(get_args(RecoveryStep)):
            raise ValueError(f"refund_recovery: of {', '.join(get_args(RecoveryStep))}")


@dataclass(frozen=True, slots=True)
class HostConfig:
    """The whole host. issuers: (BIN prefix, eight-digit issuer id), the first that fits counts.

    parameters: (tag, value) of the parameter download.
    """

    terminals: tuple[TerminalConfig, ...]
    profile: HostProfile = HostProfile()
    acquirer_id: str = "48021000"
    issuers: tuple[tuple[str, str], ...] = (("621234", "01020000"), ("622202", "01030000"))
    unknown_issuer: str = "00010344"
    parameters: Parameters = DEMO_PARAMETERS

    def __post_init__(self) -> None:
        if not 0 < len(self.acquirer_id) <= 11 or not self.acquirer_id.isdigit():
            raise ValueError("acquirer_id: 1 to 11 digits are needed")
        check_parameters(self.parameters)
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

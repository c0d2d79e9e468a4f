"""The host profile: what an acquirer's host wants where the published sources disagree."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, Final, Literal, get_args, get_origin

Verdict = Literal["approved", "partial", "declined", "unknown", "duplicate"]
RecoveryStep = Literal["inquiry", "resend_same_stan", "batch_upload", "reverse", "manual"]

PARTIAL_CODE = "10"
DUPLICATE_CODE = "94"

_APPROVED = "00 11 16 A2 A4 A5 A6"
_UNKNOWN = "09 68 96 98"
_DECLINED = (
    "01 02 03 04 05 06 07 12 13 14 15 19 20 21 22 23 25 30 34 38 40 41 42 43 45 51 54 55 57 58 59 "
    "61 62 63 64 65 75 77 79 90 91 92 93 95 97 99 A0 A1 A3 A7"
)
_LIMITS = (
    ("message_life_s", 1, 86_400),
    ("recovery_tries", 1, 10),
    ("reversal_tries", 1, 10),
    ("connect_timeout_s", 1, 120),
    ("answer_timeout_s", 1, 300),
    ("serial_nak_tries", 1, 10),
    ("refund_window_days", 0, 999),
)
_THREE_CHARACTERS = ("operator_code", "refund_card_organisation")


@dataclass(frozen=True, slots=True, kw_only=True)
class HostProfile:
    """Every setting of the host profile; the defaults are the shipped profile `unionpay`.

    Raises ValueError that names the setting and says what it may be.
    """

    name: str = "unionpay"
    # Outcomes: what F39 of an answer means (profile 1).
    approved_codes: frozenset[str] = frozenset(_APPROVED.split())
    unknown_codes: frozenset[str] = frozenset(_UNKNOWN.split())
    declined_codes: frozenset[str] = frozenset(_DECLINED.split())
    sign_in_codes: frozenset[str] = frozenset({"77", "99", "A0"})
    unlisted_code: Literal["unknown", "declined"] = "unknown"
    partial_approval: bool = False
    decline_without_mac: Literal["unknown", "declined"] = "unknown"
    # Recovery (profile 4).
    refund_recovery: tuple[RecoveryStep, ...] = ("manual",)
    recovery_tries: int = 3
    unknown_blocks: Literal["original_and_card", "everything"] = "original_and_card"
    message_life_s: int = 90
    reversal_tries: int = 3
    reversal_done: frozenset[str] = frozenset({"00", "25"})
    reversal_not_found_is_00: bool = True
    # Lines (profile 6).
    connect_timeout_s: int = 10
    answer_timeout_s: int = 60
    serial_nak_tries: int = 3
    # Contents of fields (profile 8).
    application_class: Literal["by_entry_mode", "60", "61"] = "by_entry_mode"
    terminal_capability: Literal["0", "2", "5", "6"] = "5"
    pin_max: Literal["06", "12"] = "12"
    financial_f60_digits: Literal[13, 14] = 14
    refund_auth_code: Literal["when_known", "never"] = "when_known"
    refund_original: Literal["date_only", "batch_trace_date"] = "date_only"
    sale_reversal_original: Literal["absent", "batch_trace_date"] = "absent"
    void_reversal_original: Literal["own", "original"] = "own"
    operator_code: str = "01 "
    refund_card_organisation: str = "000"
    sign_in_serial: bool = True
    sign_in_kind: Literal["001", "003", "004"] = "003"
    upload_end: Literal["always", "when_unbalanced"] = "always"
    mac_algorithm: Literal["unionpay_ecb", "x9.9", "x9.19"] = "unionpay_ecb"
    # Refund rules.
    refund_window_days: int = 30
    same_day_refund: Literal["allowed", "refused"] = "allowed"

    def __post_init__(self) -> None:
        _check_choices(self)
        _check_numbers(self)
        _check_code_sets(self)
        _check_recovery(self.refund_recovery)
        _check_texts(self)

    def verdict(self, response_code: str) -> Verdict:
        """What an F39 says of the money; an unlisted code is what `unlisted_code` says."""
        if response_code in self.approved_codes:
            return "approved"
        if response_code == PARTIAL_CODE:
            return "partial"
        if response_code == DUPLICATE_CODE:
            return "duplicate"
        if response_code in self.declined_codes:
            return "declined"
        return "unknown" if response_code in self.unknown_codes else self.unlisted_code


# What the other shipped profiles set: device.toml names one, and may change the rest (profile 4).
SHIPPED: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "unionpay": {},
        "recovering": {"refund_recovery": ("inquiry", "resend_same_stan", "manual")},
    }
)


def require_line(profile: HostProfile, is_tls: bool) -> None:
    """Raise ValueError when the profile believes more than this line can carry (profile 1)."""
    if profile.decline_without_mac == "declined" and not is_tls:
        raise ValueError("decline_without_mac: 'declined' is allowed only over TLS")


def _check_choices(profile: HostProfile) -> None:
    for item in fields(profile):
        if get_origin(item.type) is not Literal:
            continue
        choices = get_args(item.type)
        if getattr(profile, item.name) not in choices:
            raise ValueError(f"{item.name}: must be one of {', '.join(map(str, choices))}")


def _check_numbers(profile: HostProfile) -> None:
    for name, least, most in _LIMITS:
        value = getattr(profile, name)
        if type(value) is not int or not least <= value <= most:
            raise ValueError(f"{name}: must be a whole number from {least} to {most}")


def _check_code_sets(profile: HostProfile) -> None:
    # 10 and 94 have a meaning of their own: as an approval or a decline they could pay twice.
    reserved = frozenset({PARTIAL_CODE, DUPLICATE_CODE})
    seen = reserved
    for name in ("approved_codes", "unknown_codes", "declined_codes"):
        codes: frozenset[str] = getattr(profile, name)
        _check_codes(name, codes)
        if codes & seen:
            raise ValueError(f"{name}: {min(codes & seen)} has another meaning already")
        seen |= codes
    if not frozenset(_UNKNOWN.split()) <= profile.unknown_codes:
        raise ValueError(f"unknown_codes: must hold {_UNKNOWN}, the host may have paid")
    for name in ("sign_in_codes", "reversal_done"):
        _check_codes(name, getattr(profile, name))
    if not profile.sign_in_codes <= profile.declined_codes:
        raise ValueError("sign_in_codes: each must be one of declined_codes")


def _check_codes(name: str, codes: frozenset[str]) -> None:
    if any(len(code) != 2 or not code.isalnum() or not code.isascii() for code in codes):
        raise ValueError(f"{name}: a code is two letters or digits")


def _check_recovery(steps: tuple[RecoveryStep, ...]) -> None:
    known = get_args(RecoveryStep)
    for step in steps:
        if step not in known:
            raise ValueError(f"refund_recovery: must be of {', '.join(known)}")
    if not steps or steps[-1] != "manual" or len(set(steps)) != len(steps):
        raise ValueError("refund_recovery: each step once, `manual` last")
    if "reverse" in steps and steps[-2] != "reverse":
        # A reversal that is still on its way would undo what a later step found to be done.
        raise ValueError("refund_recovery: only `manual` may follow `reverse`")


def _check_texts(profile: HostProfile) -> None:
    for name in _THREE_CHARACTERS:
        value: str = getattr(profile, name)
        if len(value) != 3 or not value.isascii() or not value.isprintable():
            raise ValueError(f"{name}: must be three characters")
    if profile.partial_approval and profile.financial_f60_digits != 14:
        raise ValueError("partial_approval: needs financial_f60_digits = 14 (60.6)")

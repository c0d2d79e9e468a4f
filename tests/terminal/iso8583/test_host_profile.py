"""The host profile: defaults that are shipped, and settings that are refused by name."""

from typing import Any

import pytest

from terminal.domain.host_profile import HostProfile, require_line


def test_the_shipped_profile_is_the_careful_one() -> None:
    profile = HostProfile()
    assert profile.name == "unionpay"
    assert (profile.unlisted_code, profile.decline_without_mac) == ("unknown", "unknown")
    assert profile.refund_recovery == ("manual",)
    assert not profile.partial_approval
    assert (profile.connect_timeout_s, profile.answer_timeout_s) == (10, 60)


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        ("00", "approved"), ("A6", "approved"), ("10", "partial"), ("94", "duplicate"),
        ("51", "declined"), ("77", "declined"), ("98", "unknown"), ("", "unknown"),
        ("ZZ", "unknown"),
    ],
)  # fmt: skip
def test_a_code_has_one_verdict(code: str, verdict: str) -> None:
    assert HostProfile().verdict(code) == verdict


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("unlisted_code", "approved"),
        ("decline_without_mac", True),
        ("unknown_blocks", "nothing"),
        ("mac_algorithm", "sm4"),
        ("sign_in_kind", "002"),
        ("terminal_capability", 5),
        ("financial_f60_digits", 12),
        ("message_life_s", 0),
        ("message_life_s", -90),
        ("answer_timeout_s", 1e9),
        ("answer_timeout_s", "60"),
        ("reversal_tries", True),
        ("refund_window_days", 10_000),
        ("operator_code", "1"),
        ("operator_code", "01\n"),
        ("refund_card_organisation", "银联卡"),
        ("approved_codes", frozenset({"00", "10"})),
        ("approved_codes", frozenset({"00", "51"})),
        ("approved_codes", frozenset({"0"})),
        ("declined_codes", frozenset({"94"})),
        ("unknown_codes", frozenset({"09", "68", "96"})),
        ("sign_in_codes", frozenset({"98"})),
        ("reversal_done", frozenset({"000"})),
        ("refund_recovery", ()),
        ("refund_recovery", ("inquiry",)),
        ("refund_recovery", ("manual", "inquiry")),
        ("refund_recovery", ("reverse", "inquiry", "manual")),
        ("refund_recovery", ("inquiry", "inquiry", "manual")),
        ("refund_recovery", ("resend_new_stan", "manual")),
    ],
)
def test_a_setting_that_is_not_allowed_is_named(setting: str, value: Any) -> None:
    arguments: dict[str, Any] = {setting: value}
    with pytest.raises(ValueError, match=r"^\w+: ") as caught:
        HostProfile(**arguments)
    assert setting in str(caught.value) or setting == "approved_codes"


@pytest.mark.parametrize(
    "steps",
    [
        ("inquiry", "resend_same_stan", "manual"),
        ("batch_upload", "manual"),
        ("reverse", "manual"),
    ],
)
def test_the_recoveries_of_the_other_profiles_are_allowed(steps: Any) -> None:
    assert HostProfile(refund_recovery=steps).refund_recovery == steps


def test_partial_approval_needs_its_flag_in_field_60() -> None:
    with pytest.raises(ValueError, match="partial_approval"):
        HostProfile(partial_approval=True, financial_f60_digits=13)


def test_declines_without_mac_are_believed_over_tls_only() -> None:
    believing = HostProfile(decline_without_mac="declined")
    require_line(believing, is_tls=True)
    require_line(HostProfile(), is_tls=False)
    with pytest.raises(ValueError, match="decline_without_mac"):
        require_line(believing, is_tls=False)

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
    ("setting", "value", "text"),
    [
        ("unlisted_code", "approved", "must be one of unknown, declined"),
        ("decline_without_mac", True, "must be one of unknown, declined"),
        ("unknown_blocks", "nothing", "must be one of original_and_card, everything"),
        ("mac_algorithm", "sm4", "must be one of unionpay_ecb, x9.9, x9.19"),
        ("sign_in_kind", "002", "must be one of 001, 003, 004"),
        ("terminal_capability", 5, "must be one of 0, 2, 5, 6"),
        ("financial_f60_digits", 12, "must be one of 13, 14"),
        ("same_day_refund", "", "must be one of allowed, refused"),
        ("message_life_s", 0, "must be a whole number from 1 to 86400"),
        ("message_life_s", 86_401, "must be a whole number from 1 to 86400"),
        ("connect_timeout_s", 121, "must be a whole number from 1 to 120"),
        ("answer_timeout_s", 1e9, "must be a whole number from 1 to 300"),
        ("answer_timeout_s", "60", "must be a whole number from 1 to 300"),
        ("recovery_tries", 11, "must be a whole number from 1 to 10"),
        ("reversal_tries", True, "must be a whole number from 1 to 10"),
        ("serial_nak_tries", -1, "must be a whole number from 1 to 10"),
        ("refund_window_days", -1, "must be a whole number from 0 to 999"),
        ("refund_window_days", 1000, "must be a whole number from 0 to 999"),
        ("operator_code", "1", "must be three characters"),
        ("operator_code", "01\n", "must be three characters"),
        ("refund_card_organisation", "银联卡", "must be three characters"),
        ("approved_codes", frozenset({"00", "10"}), "10 has another meaning already"),
        ("approved_codes", frozenset({"0"}), "a code is two letters or digits"),
        ("approved_codes", frozenset({"0-"}), "a code is two letters or digits"),
        ("approved_codes", frozenset({"００"}), "a code is two letters or digits"),
        ("unknown_codes", frozenset({"00", "09", "98"}), "00 has another meaning already"),
        ("declined_codes", frozenset({"94"}), "94 has another meaning already"),
        ("declined_codes", frozenset({"51", "98"}), "98 has another meaning already"),
        (
            "unknown_codes",
            frozenset({"09", "68", "96"}),
            "must hold 09 68 96 98, the host may have paid",
        ),
        ("sign_in_codes", frozenset({"98"}), "each must be one of declined_codes"),
        ("sign_in_codes", frozenset({"9"}), "a code is two letters or digits"),
        ("reversal_done", frozenset({"000"}), "a code is two letters or digits"),
        ("refund_recovery", (), "each step once, `manual` last"),
        ("refund_recovery", ("inquiry",), "each step once, `manual` last"),
        ("refund_recovery", ("manual", "inquiry"), "each step once, `manual` last"),
        ("refund_recovery", ("inquiry", "inquiry", "manual"), "each step once, `manual` last"),
        (
            "refund_recovery",
            ("reverse", "inquiry", "manual"),
            "only `manual` may follow `reverse`",
        ),
        (
            "refund_recovery",
            ("resend_new_stan", "manual"),
            "must be of inquiry, resend_same_stan, batch_upload, reverse, manual",
        ),
    ],
)
def test_a_setting_that_is_not_allowed_is_named_with_what_is(
    setting: str, value: Any, text: str
) -> None:
    arguments: dict[str, Any] = {setting: value}
    with pytest.raises(ValueError, match=r"^\w+: ") as caught:
        HostProfile(**arguments)
    assert str(caught.value) == f"{setting}: {text}"


def test_a_code_that_is_approved_can_not_be_declined_too() -> None:
    with pytest.raises(ValueError, match=r"^declined_codes: 51 has another meaning already$"):
        HostProfile(approved_codes=frozenset({"00", "51"}))


@pytest.mark.parametrize(
    ("setting", "values"),
    [
        ("message_life_s", (1, 86_400)),
        ("recovery_tries", (1, 10)),
        ("reversal_tries", (1, 10)),
        ("connect_timeout_s", (1, 120)),
        ("answer_timeout_s", (1, 300)),
        ("serial_nak_tries", (1, 10)),
        ("refund_window_days", (0, 999)),
        ("operator_code", ("   ", "A-9")),
        ("unknown_codes", (frozenset({"09", "68", "96", "98", "Z9"}),)),
        ("reversal_done", (frozenset({"00"}), frozenset())),
    ],
)
def test_what_is_just_allowed_is_allowed(setting: str, values: tuple[Any, ...]) -> None:
    for value in values:
        assert getattr(HostProfile(**{setting: value}), setting) == value


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
    assert HostProfile(partial_approval=True).financial_f60_digits == 14
    assert not HostProfile(financial_f60_digits=13).partial_approval
    needed = r"^partial_approval: needs financial_f60_digits = 14 \(60\.6\)$"
    with pytest.raises(ValueError, match=needed):
        HostProfile(partial_approval=True, financial_f60_digits=13)


def test_declines_without_mac_are_believed_over_tls_only() -> None:
    believing = HostProfile(decline_without_mac="declined")
    require_line(believing, is_tls=True)
    require_line(HostProfile(), is_tls=False)
    refused = "^decline_without_mac: 'declined' is allowed only over TLS$"
    with pytest.raises(ValueError, match=refused):
        require_line(believing, is_tls=False)


def test_an_unlisted_code_is_what_the_profile_says() -> None:
    believing = HostProfile(unlisted_code="declined")
    assert [believing.verdict(code) for code in ("ZZ", "98", "10")] == [
        "declined", "unknown", "partial",
    ]  # fmt: skip

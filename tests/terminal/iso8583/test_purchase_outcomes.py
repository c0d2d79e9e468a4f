"""What an answer to a sale or void says, and when it has to be reversed (profile 1)."""

from typing import Any

import pytest

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message
from terminal.iso8583.matching import (
    Answer,
    Kind,
    MacCheck,
    Operation,
    check,
    is_ours,
    nothing_received,
)

PROFILE = HostProfile()
SALE = Message(
    "0200",
    {
        3: "000000", 4: "000000005000", 11: "000004", 22: "022", 25: "00", 41: "12345678",
        42: "898310058120001", 49: "156", 60: "22000002000500",
    },
)  # fmt: skip
VOID = Message("0200", {**SALE.fields, 3: "200000", 60: "23000002000500", 61: "000002000003"})
CASES = {Operation.SALE: SALE, Operation.VOID: VOID}


def outcome(
    operation: Operation,
    mac: MacCheck = MacCheck.VERIFIED,
    without: tuple[int, ...] = (),
    profile: HostProfile = PROFILE,
    **changes: Any,
) -> Answer:
    asked = CASES[operation]
    fields = {n: asked.fields[n] for n in (3, 4, 11, 41, 42, 49, 60)}
    fields |= {37: "060210153009", 39: "00", 64: b"12345678"}
    fields |= {int(name[1:]): value for name, value in changes.items()}
    reply = Message("0210", {n: v for n, v in fields.items() if n not in without})
    assert is_ours(asked, reply)
    return check(asked, reply, profile, mac=mac, operation=operation)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that takes an operation is run for both."""
    if "operation" in metafunc.fixturenames:
        metafunc.parametrize("operation", list(CASES), ids=[o.value for o in CASES])


@pytest.mark.parametrize(
    ("mac", "reason"),
    [(MacCheck.WRONG, "A0"), (MacCheck.ABSENT, "06"), (MacCheck.NOT_CHECKED, "06")],
)
def test_a_purchase_whose_answer_has_no_good_mac_is_reversed(
    operation: Operation, mac: MacCheck, reason: str
) -> None:
    assert outcome(operation, mac).reversal_reason == reason


def test_a_purchase_approved_without_mac_is_reversed_with_a0(operation: Operation) -> None:
    answer = outcome(operation, MacCheck.ABSENT, without=(64,))
    assert (answer.kind, answer.reversal_reason) == (Kind.UNKNOWN, "A0")


@pytest.mark.parametrize("code", ["09", "68", "96", "98", "10", "ZZ"])
def test_a_purchase_of_unknown_outcome_is_reversed(operation: Operation, code: str) -> None:
    answer = outcome(operation, f39=code)
    assert (answer.kind, answer.reversal_reason) == (Kind.UNKNOWN, "06")


def test_a_purchase_with_a_wrong_field_is_reversed(operation: Operation) -> None:
    assert outcome(operation, f4="000000009999").reversal_reason == "06"


def test_a_duplicate_purchase_goes_to_a_person_and_is_never_reversed(operation: Operation) -> None:
    answer = outcome(operation, f39="94")
    assert (answer.kind, answer.needs_manual, answer.reversal_reason) == ("unknown", True, None)


@pytest.mark.parametrize("code", ["00", "51", "25"])
def test_a_purchase_with_a_known_outcome_is_not_reversed(operation: Operation, code: str) -> None:
    assert outcome(operation, f39=code).reversal_reason is None


def test_silence_reverses_a_purchase_and_leaves_a_refund_unknown() -> None:
    assert nothing_received(Operation.SALE).reversal_reason == "98"
    assert nothing_received(Operation.VOID).reversal_reason == "98"
    refund = nothing_received(Operation.REFUND)
    assert (refund.kind, refund.reversal_reason) == (Kind.UNKNOWN, None)


@pytest.mark.parametrize("code", ["77", "99", "A0"])
def test_a_proved_wish_for_new_keys_declines_and_reverses_nothing(
    operation: Operation, code: str
) -> None:
    answer = outcome(operation, f39=code)
    assert (answer.kind, answer.is_sign_in_needed) == ("declined", True)
    assert answer.reversal_reason is None


@pytest.mark.parametrize("code", ["77", "99", "A0", "51", "94"])
def test_an_unproved_code_is_reversed_with_a0(operation: Operation, code: str) -> None:
    answer = outcome(operation, MacCheck.ABSENT, (64,), f39=code)
    assert (answer.kind, answer.reversal_reason) == ("unknown", "A0")
    assert answer.is_sign_in_needed == (code in ("77", "99", "A0"))


def test_a_believed_decline_without_mac_is_not_reversed(operation: Operation) -> None:
    believing = HostProfile(decline_without_mac="declined")
    answer = outcome(operation, MacCheck.ABSENT, (64,), believing, f39="51")
    assert (answer.kind, answer.reversal_reason) == ("declined", None)


def test_a_partial_approval_is_taken_only_when_the_profile_does(operation: Operation) -> None:
    partial = HostProfile(partial_approval=True)
    taken = outcome(operation, profile=partial, f39="10", f4="000000004000")
    assert (taken.kind, taken.approved_minor, taken.reversal_reason) == ("approved", 4000, None)
    above = outcome(operation, profile=partial, f39="10", f4="000000005001")
    assert (above.kind, above.reversal_reason) == ("unknown", "06")


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("field 3", {"f3": "310000"}),
        ("field 4", {"f4": "000000005001"}),
        ("field 49", {"f49": "840"}),
        ("field 60.1", {"f60": "25000002000"}),
        ("field 39", {"without": (39,)}),
        ("field 3", {"without": (3,)}),
        ("field 4", {"without": (4,)}),
    ],
)
def test_each_wrong_field_is_named_and_reversed(
    operation: Operation, place: str, changes: dict[str, Any]
) -> None:
    answer = outcome(operation, **changes)
    assert answer.problem is not None
    assert (answer.problem.place, answer.reversal_reason) == (place, "06")


def test_another_batch_is_named_and_reversed(operation: Operation) -> None:
    answer = outcome(operation, f60=CASES[operation].text(60)[:2] + "000001000")
    assert answer.problem is not None
    assert (answer.problem.place, answer.reversal_reason) == ("field 60.2", "06")

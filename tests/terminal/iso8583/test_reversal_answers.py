"""When an answer ends a reversal (profile 4)."""

from typing import Any

import pytest

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message, decode
from terminal.iso8583.matching import (
    Asked,
    MacCheck,
    ReversalAnswer,
    check_reversal,
    is_ours,
    reversal_not_answered,
)

PROFILE = HostProfile()
ASKED = Message(
    "0400",
    {
        3: "000000", 4: "000000010000", 11: "000002", 22: "021", 25: "00", 39: "98",
        41: "12345678", 42: "898310058120001", 49: "156", 60: "22000001000500",
    },
)  # fmt: skip


def answer(
    code: str = "00",
    asked: Asked = Asked.AFTER_LIFE,
    profile: HostProfile = PROFILE,
    mac: MacCheck = MacCheck.VERIFIED,
    without: tuple[int, ...] = (),
    **changes: str,
) -> ReversalAnswer:
    fields: dict[int, str | bytes] = {n: ASKED.fields[n] for n in (3, 4, 11, 41, 42, 49)}
    fields |= {12: "101610", 13: "0601", 37: "060110161003", 39: code, 60: "22000001000"}
    fields |= {64: b"12345678"} | {int(name[1:]): value for name, value in changes.items()}
    reply = Message("0410", {n: v for n, v in fields.items() if n not in without})
    return check_reversal(ASKED, reply, profile, mac=mac, asked=asked)


def test_the_golden_answer_ends_the_golden_reversal(packets: dict[str, Any]) -> None:
    asked, reply = decode(packets["C5"].body), decode(packets["C6"].body)
    assert is_ours(asked, reply)
    late = check_reversal(asked, reply, PROFILE, mac=MacCheck.VERIFIED, asked=Asked.AFTER_LIFE)
    assert (late.verdict, late.response_code, late.rrn) == ("done", "00", "060110161003")
    assert (late.is_authenticated, late.host_date, late.host_time) == (True, "0601", "101610")


@pytest.mark.parametrize("code", ["00", "25"])
def test_a_good_answer_that_may_mean_not_found_is_asked_again_after_the_message_life(
    code: str,
) -> None:
    early = answer(code, Asked.EARLY)
    assert (early.verdict, early.is_early, early.problem) == ("retry", True, None)
    assert answer(code).verdict == "done"
    assert answer(code, Asked.ANOTHER_DAY).verdict == "manual"


def test_nothing_said_about_the_time_is_early() -> None:
    reply = Message("0410", {**ASKED.fields, 39: "00", 64: b"12345678"})
    assert check_reversal(ASKED, reply, PROFILE, mac=MacCheck.VERIFIED).is_early


@pytest.mark.parametrize("asked", list(Asked))
def test_00_is_final_at_once_where_the_host_tells_not_found_apart(asked: Asked) -> None:
    profile = HostProfile(reversal_not_found_is_00=False)
    assert answer("00", asked, profile).verdict == "done"
    assert (answer("25", asked, profile).verdict == "done") == (asked is Asked.AFTER_LIFE)


@pytest.mark.parametrize("code", ["12", "01", "64", "94", "05", "11", "ZZ", "10"])
@pytest.mark.parametrize("asked", list(Asked))
def test_other_codes_go_to_a_person(code: str, asked: Asked) -> None:
    found = answer(code, asked)
    assert (found.verdict, found.is_early, found.is_sign_in_needed) == ("manual", False, False)


def test_a_profile_may_call_12_done() -> None:
    profile = HostProfile(reversal_done=frozenset({"00", "12", "25"}))
    assert answer("12", Asked.EARLY, profile).verdict == "done"


@pytest.mark.parametrize("code", ["77", "99", "A0"])
def test_a_host_that_wants_new_keys_is_asked_again_after_a_sign_in(code: str) -> None:
    found = answer(code)
    assert (found.verdict, found.is_sign_in_needed, found.is_early) == ("retry", True, False)


@pytest.mark.parametrize("code", ["09", "68", "96", "98"])
def test_a_host_that_does_not_know_is_asked_again(code: str) -> None:
    assert (answer(code).verdict, answer(code).is_early) == ("retry", False)


@pytest.mark.parametrize("mac", [MacCheck.WRONG, MacCheck.ABSENT, MacCheck.NOT_CHECKED])
@pytest.mark.parametrize("code", ["00", "25", "12"])
def test_an_answer_whose_mac_was_not_verified_ends_nothing(mac: MacCheck, code: str) -> None:
    found = answer(code, mac=mac)
    assert (found.verdict, found.is_authenticated, found.is_early) == ("retry", False, False)
    assert found.problem is not None
    assert found.problem.place == "MAC"
    assert found.is_sign_in_needed == (mac is MacCheck.WRONG)


def test_an_answer_without_mac_ends_nothing_whatever_is_claimed() -> None:
    found = answer(without=(64,))
    assert found.problem is not None
    assert (found.verdict, found.problem.received) == ("retry", "absent")


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("field 3", {"f3": "200000"}),
        ("field 3", {"without": (3,)}),
        ("field 4", {"f4": "000000010001"}),
        ("field 49", {"f49": "840"}),
        ("field 60.1", {"f60": "23000001000"}),
        ("field 60.2", {"f60": "22000002000"}),
        ("field 39", {"f39": "  "}),
        ("field 39", {"without": (39,)}),
    ],
)
def test_each_wrong_field_of_an_answer_is_named_and_ends_nothing(
    place: str, changes: dict[str, Any]
) -> None:
    found = answer(**changes)
    assert found.problem is not None
    assert (found.verdict, found.problem.place) == ("retry", place)


@pytest.mark.parametrize("without", [(4,), (49,), (60,), (12, 13, 37)])
def test_fields_that_an_0410_may_lack_are_not_missed(without: tuple[int, ...]) -> None:
    assert answer(without=without).verdict == "done"


def test_silence_is_a_try() -> None:
    found = reversal_not_answered()
    assert (found.verdict, found.is_early) == ("retry", False)

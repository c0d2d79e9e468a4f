"""What an answer says: sections 1 and 2 of the host profile."""

from typing import Any

import pytest

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message, decode
from terminal.iso8583.matching import (
    Answer,
    Kind,
    MacCheck,
    Operation,
    check,
    is_ours,
    mac_needed,
)

PROFILE = HostProfile()
REQUEST = Message(
    "0220",
    {
        3: "200000", 4: "000000005000", 11: "000004", 22: "022", 25: "00", 37: "060110153002",
        41: "12345678", 42: "898310058120001", 49: "156", 60: "25000002000500",
        61: "0000000000000601", 63: b"000", 64: bytes(8),
    },
)  # fmt: skip
REPLY_FIELDS: dict[int, Any] = {
    3: "200000", 4: "000000005000", 11: "000004", 12: "101530", 13: "0602", 15: "0603",
    37: "060210153009", 39: "00", 41: "12345678", 42: "898310058120001",
    44: b"01020000   48021000   ", 49: "156", 60: "25000002000",
    63: b"CUP" + "谢谢".encode("gb18030").ljust(20), 64: b"12345678",
}  # fmt: skip
APPROVED = "00 11 16 A2 A4 A5 A6"
DECLINED = (
    "01 02 03 04 05 06 07 12 13 14 15 19 20 21 22 23 25 30 34 38 40 41 42 43 45 51 54 55 57 58 59 "
    "61 62 63 64 65 75 77 79 90 91 92 93 95 97 99 A0 A1 A3 A7"
)
ALL_CODES = [f"{number:02d}" for number in range(100)] + [f"A{digit}" for digit in range(8)]


def reply(mti: str = "0230", without: tuple[int, ...] = (), **changes: Any) -> Message:
    """An approval of REQUEST with fields changed (`f39="05"`) or left out."""
    fields = REPLY_FIELDS | {int(name[1:]): value for name, value in changes.items()}
    return Message(mti, {n: v for n, v in fields.items() if n not in without})


def outcome(
    answer: Message, profile: HostProfile = PROFILE, mac: MacCheck = MacCheck.VERIFIED
) -> Answer:
    assert is_ours(REQUEST, answer)
    return check(REQUEST, answer, profile, mac=mac)


def test_an_approval_gives_what_the_slip_needs() -> None:
    answer = outcome(reply())
    assert (answer.kind, answer.response_code, answer.approved_minor) == ("approved", "00", 5000)
    assert (answer.rrn, answer.host_time, answer.host_date) == ("060210153009", "101530", "0602")
    assert (answer.issuer, answer.acquirer) == ("01020000", "48021000")
    assert (answer.card_organisation, answer.remarks) == ("CUP", ("谢谢",))
    assert answer.is_authenticated
    assert answer.problem is None


@pytest.mark.parametrize(
    "other",
    [
        reply("0210"),
        reply("0220"),
        reply("0200"),
        reply(f11="000005"),
        reply(f41="12345679"),
        reply(f42="898310058120002"),
        reply(without=(11,)),
        reply(without=(41,)),
        reply(without=(42,)),
    ],
)
def test_an_answer_to_another_message_is_not_ours(other: Message) -> None:
    assert not is_ours(REQUEST, other)


def test_an_echo_answer_is_matched_without_a_trace_number() -> None:
    request = Message("0820", {41: "12345678", 42: "898310058120001", 60: "00000002301"})
    assert is_ours(request, Message("0830", {11: "000001", **request.fields}))


def test_the_golden_pairs_match(packets: dict[str, Any]) -> None:
    for asked, answered in (("C1", "C2"), ("C3", "C4"), ("C5", "C6"), ("A1", "A2")):
        assert is_ours(decode(packets[asked].body), decode(packets[answered].body))
    assert not is_ours(decode(packets["C3"].body), decode(packets["C6"].body))
    sale = check(
        decode(packets["C3"].body),
        decode(packets["C4"].body),
        PROFILE,
        mac=MacCheck.VERIFIED,
        operation=Operation.SALE,
    )
    assert (sale.kind, sale.auth_code, sale.settlement_date) == ("approved", "A12345", "0601")


@pytest.mark.parametrize(
    ("place", "changes", "received"),
    [
        ("field 3", {"f3": "000000"}, "000000"),
        ("field 4", {"f4": "000000005001"}, "000000005001"),
        ("field 4", {"f4": "000000000000"}, "000000000000"),
        ("field 4", {"f4": "000000004999"}, "000000004999"),
        ("field 49", {"f49": "840"}, "840"),
        ("field 60.1", {"f60": "22000002000"}, "22"),
        ("field 60.2", {"f60": "25000001000"}, "000001"),
        ("field 3", {"without": (3,)}, "absent"),
        ("field 4", {"without": (4,)}, "absent"),
        ("field 39", {"without": (39,)}, "absent"),
        ("field 39", {"f39": "  "}, "absent"),
    ],
)
def test_each_wrong_field_leaves_the_refund_unknown_and_is_named(
    place: str, changes: dict[str, Any], received: str
) -> None:
    answer = outcome(reply(**changes))
    assert answer.kind is Kind.UNKNOWN
    assert answer.problem is not None
    assert (answer.problem.place, answer.problem.received) == (place, received)
    assert answer.reversal_reason is None


@pytest.mark.parametrize("f60", ["", "25", "25000", "25000002", "25000002000500"])
def test_a_shorter_field_60_is_compared_as_far_as_it_goes(f60: str) -> None:
    assert outcome(reply(f60=f60)).kind is Kind.APPROVED


@pytest.mark.parametrize("without", [(49,), (60,), (49, 60), (12, 13, 15, 37, 44, 63)])
def test_fields_that_may_be_absent_are_not_missed(without: tuple[int, ...]) -> None:
    assert outcome(reply(without=without)).kind is Kind.APPROVED


@pytest.mark.parametrize("date", ["0229", "1231", "0101", "9999"])
def test_no_date_is_compared(date: str) -> None:
    assert outcome(reply(f13=date, f15=date)).kind is Kind.APPROVED


@pytest.mark.parametrize("code", ALL_CODES)
def test_every_response_code_has_the_outcome_of_the_table(code: str) -> None:
    is_declined = code in DECLINED.split()
    expected = "approved" if code in APPROVED.split() else "declined" if is_declined else "unknown"
    assert outcome(reply(f39=code)).kind == expected


@pytest.mark.parametrize("code", ["08", "ZZ", "a0", " 0", "0 ", "Y1"])
def test_an_unlisted_code_is_what_the_profile_says(code: str) -> None:
    assert outcome(reply(f39=code)).kind is Kind.UNKNOWN
    assert outcome(reply(f39=code), HostProfile(unlisted_code="declined")).kind is Kind.DECLINED


@pytest.mark.parametrize("code", ["09", "10", "68", "94", "96", "98"])
def test_codes_that_may_have_paid_are_never_declines_whatever_the_profile(code: str) -> None:
    profile = HostProfile(unlisted_code="declined", decline_without_mac="declined")
    assert outcome(reply(f39=code), profile).kind is Kind.UNKNOWN


@pytest.mark.parametrize(
    ("f4", "kind"),
    [
        ("000000004999", Kind.APPROVED),
        ("000000000001", Kind.APPROVED),
        ("000000005000", Kind.APPROVED),
        ("000000005001", Kind.UNKNOWN),
        ("000000000000", Kind.UNKNOWN),
    ],
)
def test_a_partial_approval_is_taken_up_to_the_amount_asked(f4: str, kind: Kind) -> None:
    answer = outcome(reply(f39="10", f4=f4), HostProfile(partial_approval=True))
    assert answer.kind is kind
    assert answer.approved_minor == (int(f4) if kind is Kind.APPROVED else None)
    assert outcome(reply(f39="10", f4=f4)).kind is Kind.UNKNOWN


@pytest.mark.parametrize("mac", [MacCheck.WRONG, MacCheck.NOT_CHECKED, MacCheck.ABSENT])
@pytest.mark.parametrize("code", ["00", "05", "77", "98"])
def test_an_answer_whose_mac_was_not_verified_says_nothing(mac: MacCheck, code: str) -> None:
    profile = HostProfile(decline_without_mac="declined")
    answer = outcome(reply(f39=code), profile, mac)
    assert answer.kind is Kind.UNKNOWN
    assert not answer.is_authenticated
    assert answer.rrn == ""


def test_check_without_a_verdict_on_the_mac_believes_nothing() -> None:
    assert check(REQUEST, reply(), PROFILE).kind is Kind.UNKNOWN


@pytest.mark.parametrize("claimed", list(MacCheck))
@pytest.mark.parametrize("code", ["00", "11", "10"])
def test_an_approval_without_mac_is_never_believed(claimed: MacCheck, code: str) -> None:
    unsigned = reply(without=(64,), f39=code)
    assert not mac_needed(unsigned)
    profile = HostProfile(decline_without_mac="declined", partial_approval=True)
    assert outcome(unsigned, profile, claimed).kind is Kind.UNKNOWN


def test_a_decline_without_mac_is_what_the_profile_says() -> None:
    unsigned = reply(without=(64,), f39="51")
    assert outcome(unsigned, mac=MacCheck.ABSENT).kind is Kind.UNKNOWN
    believing = HostProfile(decline_without_mac="declined")
    answer = outcome(unsigned, believing, MacCheck.ABSENT)
    assert answer.kind is Kind.DECLINED
    assert not answer.is_authenticated
    assert outcome(reply(without=(64,), f39="51", f3="000000"), believing).kind is Kind.UNKNOWN


@pytest.mark.parametrize("code", ["77", "99", "A0"])
def test_sign_in_codes_decline_only_with_a_mac(code: str) -> None:
    signed = outcome(reply(f39=code))
    assert (signed.kind, signed.is_sign_in_needed) == (Kind.DECLINED, True)
    believing = HostProfile(decline_without_mac="declined")
    bare = outcome(reply(without=(64,), f39=code), believing, MacCheck.ABSENT)
    assert (bare.kind, bare.is_sign_in_needed) == (Kind.UNKNOWN, True)


def test_other_codes_ask_for_no_sign_in() -> None:
    assert not outcome(reply(f39="97")).is_sign_in_needed
    assert not outcome(reply()).is_sign_in_needed


def test_an_answer_never_shows_the_card() -> None:
    shown = outcome(reply(f2="6212345678901232", f63=b"CUPcard 6212345678901232"))
    assert "6212345678901232" not in repr(shown)


def test_a_remark_can_not_carry_printer_commands() -> None:
    assert outcome(reply(f63=b"CUP\x1b@\x1dVhello")).remarks == ("@ Vhello",)

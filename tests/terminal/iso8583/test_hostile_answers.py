"""Any answer that decodes can be judged: no field of a host makes a reader raise."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message, MessageError, decode, encode
from terminal.iso8583.matching import (
    Kind,
    MacCheck,
    Operation,
    ReversalVerdict,
    check,
    check_copy,
    check_inquiry,
    check_reversal,
    check_settlement,
    check_upload,
    is_ours,
    parameter_answer,
)
from terminal.iso8583.unionpay_pos import UNIONPAY_POS

PROFILE = HostProfile()
PAN = "6212345678901232"
COMMON: dict[int, Any] = {
    2: PAN, 3: "200000", 4: "000000005000", 11: "000004", 37: "060211153009", 39: "00",
    41: "12345678", 42: "898310058120001", 49: "156", 60: "25000002000500",
    61: "0000020000040602",
}  # fmt: skip
ASKED = Message("0200", COMMON)
SETTLING = Message("0500", {11: "000004", 41: "12345678", 48: "0" * 62, 60: "00000002201"})
ANSWER = encode(
    Message(
        "0210",
        {
            **COMMON, 38: "A12345", 44: b"00", 54: b"1002156C000000012345", 59: b"A4004V042",
            62: b"1260", 63: b"CUP", 64: b"12345678",
        },
    )
)  # fmt: skip


def judge(reply: Message, mac: MacCheck) -> None:
    for operation in Operation:
        answer = check(ASKED, reply, PROFILE, mac=mac, operation=operation)
        assert answer.kind is Kind.UNKNOWN or is_beyond_doubt(reply, mac)
        assert answer.kind is not Kind.APPROVED or reply.text(39) in PROFILE.approved_codes
        assert answer.approved_minor in (None, 5000)
    check_copy(ASKED, reply, PROFILE, mac=mac)
    check_reversal(ASKED, reply, PROFILE, mac=mac)
    check_inquiry(ASKED, reply, PROFILE, amount_minor=5000, mac=mac)
    check_settlement(SETTLING, reply, mac=mac)
    check_upload(ASKED, reply, mac=mac)
    parameter_answer(reply, mac=mac)


def is_beyond_doubt(reply: Message, mac: MacCheck) -> bool:
    """Signed, with each field as it was asked; what is not ours was waited past before."""
    compared = all(reply.fields.get(n) in (None, ASKED.fields[n]) for n in (3, 4, 49))
    is_sure = mac is MacCheck.VERIFIED and compared and bool(reply.text(39))
    return is_sure or not is_ours(ASKED, reply)


@given(
    st.lists(
        st.tuples(st.integers(2, len(ANSWER) - 1), st.integers(0, 255)), min_size=1, max_size=6
    ),
    st.sampled_from(list(MacCheck)),
)
def test_a_mutated_answer_is_judged_or_refused(
    changes: list[tuple[int, int]], mac: MacCheck
) -> None:
    raw = bytearray(ANSWER)
    for index, value in changes:
        raw[index] = value
    try:
        reply = decode(bytes(raw))
    except MessageError:
        return
    judge(reply, mac)


@given(
    st.dictionaries(
        st.sampled_from([e.number for e in UNIONPAY_POS.elements if e.kind.value in ("n", "an")]),
        st.text("0123456789", max_size=62),
    ),
    st.dictionaries(st.sampled_from([44, 54, 55, 59, 62, 63, 64]), st.binary(max_size=90)),
    st.sampled_from(list(MacCheck)),
)
def test_any_fields_are_judged(
    texts: dict[int, str], binaries: dict[int, bytes], mac: MacCheck
) -> None:
    odd: dict[int, str | bytes] = {**texts, **binaries}
    judge(Message("0210", {**COMMON, **{n: v for n, v in odd.items() if n != 4}}), mac)


@given(st.text("0123456789AZ ", min_size=2, max_size=2), st.sampled_from(list(MacCheck)))
def test_without_a_verified_mac_nothing_is_ever_final(code: str, mac: MacCheck) -> None:
    reply = decode(encode(Message("0210", {**decode(ANSWER).fields, 39: code})))
    inquired = check_inquiry(ASKED, reply, PROFILE, amount_minor=5000, mac=mac)
    copied = check_copy(ASKED, reply, PROFILE, mac=mac)
    reversed_ = check_reversal(ASKED, reply, PROFILE, mac=mac)
    if mac is not MacCheck.VERIFIED:
        assert inquired.kind is copied.kind is Kind.UNKNOWN
        assert reversed_.verdict is ReversalVerdict.RETRY
    assert copied.kind is not Kind.DECLINED

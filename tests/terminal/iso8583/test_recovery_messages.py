"""What may be asked about an unknown refund, and which answers are final (profile 4)."""

from dataclasses import replace
from typing import Any

import pytest

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message, MessageError, decode, encode
from terminal.iso8583.describe import describe
from terminal.iso8583.matching import (
    Finding,
    InquiryAnswer,
    Kind,
    MacCheck,
    check_copy,
    check_inquiry,
    inquiry_not_answered,
)
from terminal.iso8583.messages import (
    InquiryRequest,
    QrRefundRequest,
    RefundRequest,
    TerminalIdentity,
    inquiry,
    refund,
    refund_upload,
    resend,
)

IDENTITY = TerminalIdentity("12345678", "898310058120001")
PROFILE = HostProfile()
PAN = "6212345678901232"
REFUND = RefundRequest(
    amount_minor=5000, stan="000004", batch="000002", entry_mode="021",
    original_rrn="060110153002", original_date="0601", original_auth_code="A12345", pan=PAN,
    expiry="3012",
)  # fmt: skip
QR = QrRefundRequest(
    amount_minor=2500, stan="000009", batch="000002", voucher="V042", original_date="0601"
)
QUESTION = InquiryRequest("000010", "000002", "000004", "0602")
ASKED = inquiry(IDENTITY, QUESTION, PROFILE)


def test_an_inquiry_names_the_refund_and_has_a_number_of_its_own() -> None:
    assert ASKED.mti == "0200"
    assert dict(ASKED.fields) == {
        3: "310100", 11: "000010", 41: "12345678", 42: "898310058120001",
        60: "0200000200050", 61: "0000020000040602",
    }  # fmt: skip
    assert decode(encode(ASKED)).fields == ASKED.fields


def test_an_untrusted_date_is_zeros() -> None:
    asked = inquiry(IDENTITY, InquiryRequest("000010", "000002", "000004"), PROFILE)
    assert asked.fields[61] == "0000020000040000"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"stan": "000000"}, "field 11"),
        ({"batch": "2"}, "field 60"),
        ({"asked_stan": "000000"}, "field 61"),
        ({"asked_date": ""}, "field 61"),
    ],
)
def test_an_inquiry_that_can_not_be_sent_is_refused_by_name(
    change: dict[str, str], place: str
) -> None:
    with pytest.raises(MessageError) as caught:
        inquiry(IDENTITY, replace(QUESTION, **change), PROFILE)
    assert caught.value.place == place


def test_a_resend_is_the_refund_with_the_number_in_place_of_the_stripe() -> None:
    swiped = replace(REFUND, track2=f"{PAN}=30122010000000000001", pin_block=bytes(8))
    first, again = refund(IDENTITY, swiped, PROFILE), resend(IDENTITY, REFUND, PROFILE)
    assert again.mti == "0220"
    assert (again.fields[2], again.fields[14]) == (PAN, "3012")
    assert not {26, 35, 52, 53} & set(again.fields)
    same = set(again.fields) - {2, 14}
    assert {n: again.fields[n] for n in same} == {n: first.fields[n] for n in same}
    assert {3, 4, 11, 22, 37, 41, 42, 49, 60, 61, 63} <= same
    assert resend(IDENTITY, swiped, PROFILE).fields == again.fields


def test_an_upload_of_a_refund_is_its_resend_with_another_type() -> None:
    for request in (REFUND, QR):
        upload, again = (make(IDENTITY, request, PROFILE) for make in (refund_upload, resend))
        assert upload.mti == "0320"
        assert upload.fields == again.fields
        assert decode(encode(upload)).fields == upload.fields


def test_a_copy_of_a_qr_refund_has_its_voucher() -> None:
    fields = resend(IDENTITY, QR, PROFILE).fields
    assert (fields[22], fields[59], fields[11]) == ("032", b"A4004V042", "000009")
    assert not {2, 14, 35} & set(fields)


def test_a_copy_needs_the_number() -> None:
    with pytest.raises(MessageError, match="field 2"):
        resend(IDENTITY, replace(REFUND, pan=None), PROFILE)


def test_the_codec_itself_keeps_the_stripe_out_of_an_upload() -> None:
    with pytest.raises(MessageError, match="field 35: not for message 0320"):
        encode(Message("0320", {35: PAN + "D30122010000000000001"}))


def test_a_description_names_an_inquiry_and_the_code_it_brings() -> None:
    assert "inquiry, batch 000002" in describe(encode(ASKED)).as_table()
    found = describe(encode(Message("0210", {3: "310100", 44: b"05"}))).as_table()
    assert "original " in found


FOUND: dict[int, Any] = {
    **ASKED.fields, 4: "000000005000", 12: "101700", 13: "0602", 37: "060210170009",
    38: "B00001", 39: "00", 44: b"00", 64: b"12345678",
}  # fmt: skip


def answer(
    without: tuple[int, ...] = (), mac: MacCheck = MacCheck.VERIFIED, **changes: Any
) -> InquiryAnswer:
    fields = FOUND | {int(name[1:]): value for name, value in changes.items()}
    reply = Message("0210", {n: v for n, v in fields.items() if n not in without})
    return check_inquiry(ASKED, reply, PROFILE, amount_minor=5000, mac=mac)


def test_a_refund_that_was_found_brings_its_own_code_and_numbers() -> None:
    found = answer()
    assert (found.finding, found.kind, found.original_code) == ("found", "approved", "00")
    assert (found.rrn, found.auth_code) == ("060210170009", "B00001")
    assert (found.host_date, found.is_authenticated, found.problem) == ("0602", True, None)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("00", Kind.APPROVED), ("A2", Kind.APPROVED), ("51", Kind.DECLINED),
        ("25", Kind.DECLINED), ("94", Kind.UNKNOWN), ("98", Kind.UNKNOWN), ("10", Kind.UNKNOWN),
        ("ZZ", Kind.UNKNOWN), ("00 garbage", Kind.UNKNOWN),
    ],
)  # fmt: skip
def test_the_originals_code_decides_when_it_is_final(code: str, kind: Kind) -> None:
    found = answer(f44=code.encode())
    assert (found.finding, found.kind) == (Finding.FOUND, kind)
    assert answer(f44=code.encode().ljust(22)).kind is kind


@pytest.mark.parametrize(
    ("code", "finding"),
    [
        ("25", Finding.NOT_FOUND), ("09", Finding.IN_PROGRESS), ("96", Finding.NOTHING),
        ("51", Finding.NOTHING), ("94", Finding.NOTHING), ("A0", Finding.NOTHING),
    ],
)  # fmt: skip
def test_the_answers_own_code_is_never_the_refunds(code: str, finding: Finding) -> None:
    for without in ((), (4, 37, 38, 44)):
        found = answer(without, f39=code)
        assert (found.finding, found.kind, found.original_code) == (finding, Kind.UNKNOWN, "")
        assert found.is_sign_in_needed == (code == "A0")


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("field 3", {"f3": "310000"}),
        ("field 3", {"without": (3,)}),
        ("field 4", {"f4": "000000005001"}),
        ("field 4", {"without": (4,)}),
        ("field 39", {"f39": "  "}),
        ("field 44", {"without": (44,)}),
        ("field 44", {"f44": b"  "}),
        ("field 60.1", {"f60": "22000002000"}),
        ("field 60.2", {"f60": "02000001000"}),
        ("field 61", {"without": (61,)}),
        ("field 61", {"f61": "0000020000050602"}),
        ("field 61", {"f61": "000002000004"}),
        ("MAC", {"without": (64,)}),
        ("MAC", {"mac": MacCheck.WRONG}),
        ("MAC", {"mac": MacCheck.NOT_CHECKED}),
    ],
)
def test_each_wrong_field_of_an_inquiry_answer_is_named_and_says_nothing(
    place: str, changes: dict[str, Any]
) -> None:
    found = answer(**changes)
    assert found.problem is not None
    assert found.problem.place == place
    assert (found.finding, found.kind) == (Finding.NOTHING, Kind.UNKNOWN)
    assert (found.rrn, found.is_authenticated) == ("", False)


@pytest.mark.parametrize("code", ["25", "09"])
def test_an_unproved_not_found_says_nothing(code: str) -> None:
    assert answer(mac=MacCheck.WRONG, f39=code).finding is Finding.NOTHING
    assert answer((64,), f39=code).finding is Finding.NOTHING


def test_silence_says_nothing() -> None:
    assert inquiry_not_answered().finding is Finding.NOTHING
    assert inquiry_not_answered().kind is Kind.UNKNOWN


def copied(code: str, mti: str = "0230", mac: MacCheck = MacCheck.VERIFIED) -> Kind:
    make = {"0230": resend, "0330": refund_upload}[mti]
    asked = make(IDENTITY, REFUND, PROFILE)
    kept = {n: asked.fields[n] for n in (3, 4, 11, 41, 42, 49, 60)}
    reply = Message(mti, {**kept, 37: "060210170009", 39: code, 64: b"12345678"})
    return check_copy(asked, reply, PROFILE, mac=mac).kind


@pytest.mark.parametrize("mti", ["0230", "0330"])
def test_only_an_approval_of_a_copy_is_final(mti: str) -> None:
    assert copied("00", mti) is Kind.APPROVED
    for code in ("05", "25", "51", "94", "09", "98", "A0", "ZZ"):
        assert copied(code, mti) is Kind.UNKNOWN
    for mac in (MacCheck.WRONG, MacCheck.NOT_CHECKED):
        assert copied("00", mti, mac) is Kind.UNKNOWN


def test_an_unsigned_approval_of_an_upload_leaves_the_refund_unknown() -> None:
    asked = refund_upload(IDENTITY, REFUND, PROFILE)
    kept = {n: asked.fields[n] for n in (3, 4, 11, 41, 42, 49, 60)}
    reply = Message("0330", {**kept, 39: "00"})
    profile = HostProfile(decline_without_mac="declined")
    for mac in MacCheck:
        assert check_copy(asked, reply, profile, mac=mac).kind is Kind.UNKNOWN

"""A refund that is uploaded is taken with any approval; details and the end only with 00."""

from __future__ import annotations

import pytest

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message
from terminal.iso8583.matching import check_upload
from terminal.iso8583.messages import TerminalIdentity, UploadRecord, upload_details

PROFILE = HostProfile()
IDENTITY = TerminalIdentity("12345678", "898310058120001")
DETAILS = upload_details(
    IDENTITY, "000009", "000002", (UploadRecord("000003", 100, "6212345678901232"),)
)


@pytest.mark.parametrize("code", sorted(PROFILE.approved_codes))
def test_refund_of_an_upload_is_taken_with_every_approval(code: str) -> None:
    approved = PROFILE.approved_codes
    request = Message("0320", {**DETAILS.fields, 3: "200000"})
    reply = Message("0330", {n: request.fields[n] for n in (3, 11, 41, 42, 60)} | {39: code})
    assert check_upload(request, reply, approved_codes=approved).is_taken
    declined = Message("0330", {**reply.fields, 39: "51"})
    assert not check_upload(request, declined, approved_codes=approved).is_taken
    assert check_upload(request, reply).is_taken is (code == "00")
    without_3 = Message("0330", {n: v for n, v in reply.fields.items() if n != 3})
    details = check_upload(DETAILS, without_3, approved_codes=approved)
    assert details.is_taken is (code == "00")

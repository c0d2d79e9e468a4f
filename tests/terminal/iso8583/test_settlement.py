"""Settlement and batch upload: golden packets, what a host may answer, what it may not do."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message, MessageError, decode, encode
from terminal.iso8583.describe import describe
from terminal.iso8583.matching import (
    Balance,
    MacCheck,
    SettlementAnswer,
    UploadAnswer,
    check_settlement,
    check_upload,
)
from terminal.iso8583.messages import (
    NO_TOTALS,
    SettlementRequest,
    TerminalIdentity,
    Totals,
    UploadRecord,
    settlement,
    upload_details,
    upload_end,
)
from terminal.iso8583.private_fields import totals
from terminal.iso8583.settlement import totals_field

IDENTITY = TerminalIdentity("12345678", "898310058120001")
PROFILE = HostProfile()
PAN = "6212345678901232"
COUNTED = Totals(10000, 1, 5000, 1, "0")
REQUEST = SettlementRequest(stan="000005", batch="000002", domestic=COUNTED)
RECORDS = tuple(UploadRecord(f"{number:06d}", 100 * number, PAN) for number in range(1, 10))
ASKED = settlement(IDENTITY, REQUEST, PROFILE)


def test_a_settlement_is_the_golden_packet(packets: dict[str, Any]) -> None:
    assert encode(ASKED) == packets["C11"].body


def test_an_upload_end_is_the_golden_packet(packets: dict[str, Any]) -> None:
    assert encode(upload_end(IDENTITY, "000006", "000002", 0, True)) == packets["C12"].body


def test_an_upload_end_says_when_totals_differed() -> None:
    message = upload_end(IDENTITY, "000006", "000002", 12, False)
    assert (message.fields[48], message.fields[60]) == ("0012", "00000002202")


def test_details_have_a_count_and_forty_digits_each() -> None:
    records = (
        UploadRecord("000002", 10000, PAN),
        UploadRecord("000007", 1, "4000000000000000006", is_foreign=True),
        UploadRecord("000008", 999_999_999_999),
    )
    message = upload_details(IDENTITY, "000009", "000002", records)
    assert message.mti == "0320"
    assert message.fields[60] == "00000002201"
    assert message.fields[48] == (
        "03"
        + "00" + "000002" + "00006212345678901232" + "000000010000"
        + "01" + "000007" + "04000000000000000006" + "000000000001"
        + "00" + "000008" + "00000000000000000000" + "999999999999"
    )  # fmt: skip
    assert decode(encode(message)).fields == message.fields


def test_eight_records_fit_and_nine_or_none_do_not() -> None:
    full = upload_details(IDENTITY, "000009", "000002", RECORDS[:8])
    assert len(decode(encode(full)).text(48)) == 322
    for records in (RECORDS, ()):
        with pytest.raises(MessageError, match="field 48"):
            upload_details(IDENTITY, "000009", "000002", records)


@pytest.mark.parametrize(
    "record",
    [
        UploadRecord("000000", 100, PAN),
        UploadRecord("12", 100, PAN),
        UploadRecord("000001", 0, PAN),
        UploadRecord("000001", 10**12, PAN),
        UploadRecord("000001", 100, "621234 5678901232"),
        UploadRecord("000001", 100, "6" * 20),
        UploadRecord("000001", 100, "６" * 16),
    ],
)
def test_an_odd_record_is_refused_without_showing_it(record: UploadRecord) -> None:
    with pytest.raises(MessageError, match="field 48") as caught:
        upload_details(IDENTITY, "000009", "000002", (record,))
    assert record.pan not in str(caught.value)
    assert record.pan not in repr(record)


@pytest.mark.parametrize(
    "half",
    [
        Totals(-1, 0, 0, 0, "0"),
        Totals(10**12, 1, 0, 0, "0"),
        Totals(0, 1000, 0, 0, "0"),
        Totals(0, 0, 0, -1, "0"),
        Totals(0, 0, 0, 0, ""),
    ],
)
def test_totals_that_have_no_room_are_refused(half: Totals) -> None:
    for request in (replace(REQUEST, domestic=half), replace(REQUEST, foreign=half)):
        with pytest.raises(MessageError, match="field 48"):
            settlement(IDENTITY, request, PROFILE)


@pytest.mark.parametrize("number", ["000000", "5", ""])
def test_numbers_that_can_not_be_sent_are_refused(number: str) -> None:
    with pytest.raises(MessageError, match="field 11"):
        settlement(IDENTITY, replace(REQUEST, stan=number), PROFILE)
    with pytest.raises(MessageError, match="field 11"):
        upload_end(IDENTITY, number, "000002", 0, True)


@pytest.mark.parametrize("count", [-1, 10_000])
def test_a_count_of_uploads_has_four_digits(count: int) -> None:
    with pytest.raises(MessageError, match="field 48"):
        upload_end(IDENTITY, "000006", "000002", count, True)


sums, counts = st.integers(0, 10**12 - 1), st.integers(0, 999)
halves = st.builds(Totals, sums, counts, sums, counts, st.sampled_from("0123"))


@given(halves, halves)
def test_totals_read_back_as_they_were_written(domestic: Totals, foreign: Totals) -> None:
    assert totals(totals_field(domestic, foreign)) == (domestic, foreign)


SAME, NOTHING = replace(COUNTED, flag="1"), replace(NO_TOTALS, flag="1")


def reply(
    domestic: Totals = SAME,
    foreign: Totals = NOTHING,
    without: tuple[int, ...] = (),
    **more: str | bytes,
) -> Message:
    fields: dict[int, str | bytes] = {n: ASKED.fields[n] for n in (11, 41, 42, 49, 60)}
    fields |= {48: totals_field(domestic, foreign)}
    fields |= {int(name[1:]): value for name, value in more.items()}
    return Message("0510", {n: v for n, v in fields.items() if n not in without})


def answered(message: Message, mac: MacCheck = MacCheck.NOT_CHECKED) -> SettlementAnswer:
    return check_settlement(ASKED, message, mac=mac)


@pytest.mark.parametrize(
    ("flag", "balance"),
    [
        ("1", Balance.BALANCED), ("2", Balance.DIFFERENT), ("3", Balance.ERROR),
        ("0", Balance.ERROR), ("9", Balance.ERROR),
    ],
)  # fmt: skip
def test_each_half_has_its_own_flag(flag: str, balance: Balance) -> None:
    home = answered(reply(domestic=replace(COUNTED, flag=flag)))
    assert (home.domestic, home.foreign) == (balance, Balance.BALANCED)
    away = answered(reply(foreign=replace(NO_TOTALS, flag=flag)))
    assert (away.domestic, away.foreign) == (Balance.BALANCED, balance)
    assert home.is_balanced == away.is_balanced == (balance is Balance.BALANCED)


def test_the_hosts_own_figures_are_given_when_totals_differ() -> None:
    own = Totals(20000, 2, 5000, 1, "2")
    answer = answered(reply(domestic=own))
    assert (answer.host_domestic, answer.problem) == (own, None)
    assert not answer.is_balanced


def test_other_figures_are_never_balanced() -> None:
    assert answered(reply(domestic=Totals(10001, 1, 5000, 1, "1"))).domestic is Balance.DIFFERENT


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("field 48", reply(without=(48,))),
        ("field 48", reply(f48="0012")),
        ("field 39", reply(f39="77")),
        ("field 49", reply(f49="840")),
        ("field 60.1", reply(f60="22000002201")),
        ("field 60.2", reply(f60="00000001201")),
        ("field 60.3", reply(f60="00000002202")),
        ("MAC", reply(f64=b"12345678")),
    ],
)
def test_an_odd_settlement_answer_closes_nothing(place: str, message: Message) -> None:
    answer = answered(message)
    assert answer.problem is not None
    assert (answer.problem.place, answer.is_balanced) == (place, False)
    assert (answer.domestic, answer.foreign) == (Balance.ERROR, Balance.ERROR)


def test_a_settlement_answer_with_a_good_mac_or_code_is_taken() -> None:
    assert answered(reply(f64=b"12345678"), MacCheck.VERIFIED).is_balanced
    assert answered(reply(f39="00")).is_balanced
    assert answered(reply(without=(49, 60))).is_balanced


DETAILS = upload_details(IDENTITY, "000009", "000002", RECORDS[:2])


def uploaded(code: str = "00", mac: MacCheck = MacCheck.NOT_CHECKED, **more: Any) -> UploadAnswer:
    fields = {n: DETAILS.fields[n] for n in (11, 41, 42, 60)}
    fields |= {39: code} | {int(name[1:]): value for name, value in more.items()}
    return check_upload(DETAILS, Message("0330", fields), mac=mac)


def test_details_are_taken_with_00_only() -> None:
    assert uploaded().is_taken
    for code in ("77", "94", "05", "ZZ"):
        refused = uploaded(code)
        assert (refused.is_taken, refused.response_code, refused.problem) == (False, code, None)


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("field 39", {"f39": "  "}),
        ("field 60.1", {"f60": "25000002201"}),
        ("field 60.2", {"f60": "00000001201"}),
        ("field 60.3", {"f60": "00000002207"}),
        ("MAC", {"f64": b"12345678"}),
        ("MAC", {"f64": b"12345678", "mac": MacCheck.WRONG}),
    ],
)
def test_an_odd_upload_answer_takes_nothing(place: str, changes: dict[str, Any]) -> None:
    answer = uploaded(**changes)
    assert answer.problem is not None
    assert (answer.problem.place, answer.is_taken) == (place, False)


def test_an_upload_describes_how_many_records_and_no_card() -> None:
    table = describe(encode(DETAILS)).as_table()
    assert "2 records" in table
    assert PAN not in table
    end = upload_end(IDENTITY, "000006", "000002", 3, True)
    assert "3 records in all" in describe(encode(end)).as_table()

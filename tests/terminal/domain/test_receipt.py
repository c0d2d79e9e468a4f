"""Slips of a refund: what is on them for each outcome."""

from dataclasses import replace
from datetime import date

import pytest

from terminal.domain.cells import width
from terminal.domain.phrase import Phrase
from terminal.domain.receipt import Copy, SlipFacts, slip_name, transaction_slip
from terminal.domain.receipt_rows import day_of, fact, host_day
from terminal.domain.slip import COLUMNS, Align, Code128, Line, Pair, Qr, Rule, Slip
from terminal.domain.transaction import Outcome, Transaction
from tests.terminal.domain.slip_material import APPROVED, INTENT, SENT, SHOP

FACTS = SlipFacts(reason=Phrase("Goods faulty", "商品问题"), remaining_minor=750, code="R1;code")


def paper(slip: Slip) -> list[str]:
    """The slip as text, a pair on one line when it fits."""
    return [text for row in slip.rows for text in _row_texts(row)]


def _row_texts(row: object) -> list[str]:
    if isinstance(row, Line):
        return [row.text]
    if isinstance(row, Pair):
        gap = COLUMNS - width(row.label) - width(row.value)
        return [row.label + " " * gap + row.value] if gap > 0 else [row.label, "> " + row.value]
    if isinstance(row, Qr | Code128):
        return [f"[{type(row).__name__} {row.text}]"]
    return ["-" * COLUMNS] if isinstance(row, Rule) else [""] * getattr(row, "lines", 0)


def words(transaction: Transaction, copy: Copy = Copy.CUSTOMER, facts: SlipFacts = FACTS) -> str:
    return "\n".join(paper(transaction_slip(transaction, SHOP, copy, facts)))


def test_the_merchant_copy_of_an_approved_refund() -> None:
    assert words(APPROVED, Copy.MERCHANT).splitlines() == [
        "退货签购单 REFUND SLIP",
        "商户存根 MERCHANT COPY",
        "",
        "演示商店",
        "Demo shop",
        "--------------------------------",
        "商户编号 MID     898310058120001",
        "终端编号 TID            12345678",
        "操作员 OPERATOR          01 张三",
        "卡号 CARD    621234******1232 /S",
        "发卡行 ISSUER           01020000",
        "收单行 ACQUIRER         48210000",
        "交易类型 TYPE   部分退货 PARTIAL",
        "批次号 BATCH              000007",
        "凭证号 STAN               000042",
        "授权码 AUTH               A12345",
        "参考号 RRN          240531000009",
        "时间 TIME    2024/05/31 12:34:56",
        "退货金额 AMOUNT        RMB 12.50",
        "--------------------------------",
        "原参考号 ORIG RRN   240520000001",
        "原交易日期 ORIG DATE  2024/05/20",
        "原金额 ORIG AMT        RMB 20.00",
        "本机可退余额 REMAINING  RMB 7.50",
        "原因 REASON             商品问题",
        "Goods faulty",
        "--------------------------------",
        "交易成功 APPROVED",
        "退款已受理，预计7天内到账",
        "Accepted; due within 7 days",
        "",
        "持卡人签名 SIGNATURE",
        "",
        "",
        "--------------------------------",
        "本人确认以上交易，同意将其记入本",
        "卡账户",
        "I CONFIRM THIS REFUND AND ITS",
        "CREDIT TO THIS CARD",
        "[Qr R1;code]",
        "[Code128 24052000000120240520]",
        "服务电话 SERVICE           95516",
        "请妥善保管",
        "Keep this slip",
    ]


def test_the_customer_copy_is_not_signed() -> None:
    text = words(APPROVED, Copy.CUSTOMER)
    assert "持卡人存根 CARDHOLDER COPY" in text
    assert "SIGNATURE" not in text
    assert "CONFIRM" not in text


def test_a_declined_slip_names_the_reason_and_that_no_money_moved() -> None:
    declined = replace(SENT, outcome=Outcome.DECLINED, response_code="61")
    facts = replace(FACTS, declined=Phrase("Amount above the limit", "金额超限"))
    text = words(declined, Copy.MERCHANT, facts)
    for part in ("交易未成功 DECLINED", "61", "金额超限", "Amount above", "NO MONEY MOVED"):
        assert part in text
    for part in ("APPROVED", "SIGNATURE", "[Qr", "[Code128", "到账"):
        assert part not in text


@pytest.mark.parametrize("outcome", [Outcome.UNKNOWN, Outcome.SENT])
def test_an_unknown_slip_says_not_to_refund_again_and_whom_to_call(outcome: Outcome) -> None:
    text = words(replace(SENT, outcome=outcome), Copy.MERCHANT)
    for part in ("结果未知 RESULT UNKNOWN", "DO NOT REFUND AGAIN", "请勿重复退货", "CALL 95516"):
        assert part in text
    for part in ("NO MONEY MOVED", "APPROVED", "到账", "[Qr", "[Code128", "SIGNATURE"):
        assert part not in text


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.APPROVED])
def test_only_an_approval_of_the_host_is_called_approved(outcome: Outcome) -> None:
    text = words(replace(APPROVED, outcome=outcome))
    assert "APPROVED" not in text
    assert "交易成功" not in text


def test_what_was_settled_by_hand_names_who_did_it() -> None:
    by_hand = replace(SENT, outcome=Outcome.DONE_BY_HAND, settled_by="09 李四")
    assert "核实人 SETTLED BY        09 李四" in words(by_hand)
    assert "人工核实已退货 DONE, BY HAND" in words(by_hand)
    not_done = replace(by_hand, outcome=Outcome.NOT_DONE_BY_HAND)
    assert "NO MONEY MOVED" in words(not_done)


def test_a_reprint_is_marked_with_its_count() -> None:
    assert "重打印 DUPLICATED 2" in words(APPROVED, facts=replace(FACTS, duplicate=2))
    assert "DUPLICATED" not in words(APPROVED)


def test_decisions_are_on_the_slip() -> None:
    exceptions = ("above_limit", "typed_card", "other_card", "other_keypad")
    intent = replace(INTENT, approver="09", document="POL-7", exceptions=exceptions, entry="M")
    text = words(replace(APPROVED, intent=intent), facts=replace(FACTS, approver_name="李四"))
    for part in ("09 李四", "POL-7", "ABOVE LIMIT", "TYPED CARD", "OTHER CARD", "NEW KEYPAD"):
        assert part in text
    assert "621234******1232 /M" in text
    assert "凭据号 DOCUMENT            POL-7" in text.splitlines()
    assert "授权人 APPROVER          09 李四" in text.splitlines()


@pytest.mark.parametrize("card", ["621234******1232", "6212345678901232"])
def test_a_card_is_masked_whatever_the_record_holds(card: str) -> None:
    text = words(replace(APPROVED, intent=replace(INTENT, card=card)))
    assert "卡号 CARD    621234******1232 /S" in text.splitlines()


def test_a_voucher_is_printed_whole() -> None:
    original = replace(INTENT.original, voucher="2024052000000001")
    text = words(replace(APPROVED, intent=replace(INTENT, card="", original=original)))
    assert "付款凭证 VOUCHER" in text.splitlines()[9:12]
    assert "2024052000000001 /Q" in text
    assert "卡号" not in text


def test_a_value_wider_than_the_paper_goes_on_below_as_bold_as_its_label() -> None:
    wide = "x" * (COLUMNS + 8)
    assert fact("LABEL", wide, bold=True) == (
        Line("LABEL", bold=True),
        Line("x" * COLUMNS, Align.RIGHT, bold=True),
        Line("x" * 8, Align.RIGHT, bold=True),
    )
    assert fact("LABEL", wide)[1] == Line("x" * COLUMNS, Align.RIGHT, bold=False)
    assert fact("LABEL", "") == ()


def test_the_amount_is_what_the_host_moved() -> None:
    text = words(replace(APPROVED, approved_minor=1000))
    assert "退货金额 AMOUNT        RMB 10.00" in text
    assert "申请金额 ASKED FOR     RMB 12.50" in text


def test_slips_of_different_outcomes_have_different_names() -> None:
    assert slip_name(Outcome.APPROVED, Copy.MERCHANT) == "refund.merchant"
    names = {slip_name(outcome, copy) for outcome in Outcome for copy in Copy}
    assert len(names) == len(Outcome) * len(Copy)


@pytest.mark.parametrize(
    ("wall", "host_date", "host_time", "printed"),
    [
        ("2024-12-31T15:59:00+00:00", "0101", "000003", "2025/01/01 00:00:03"),
        ("2024-12-31T16:01:00+00:00", "1231", "235959", "2024/12/31 23:59:59"),
        ("2024-02-29T01:00:00+00:00", "0229", "090000", "2024/02/29 09:00:00"),
        ("2023-03-01T01:00:00+00:00", "0229", "090000", "2024/02/29 09:00:00"),
        ("2024-05-31T20:30:00+00:00", "", "", "2024/06/01 04:30:00"),
        ("2024-05-31T04:30:00+00:00", "9999", "123456", "2024/05/31 12:30:00"),
        ("2024-05-31T04:30:00+00:00", "0531", "12345", "2024/05/31 12:30:00"),
    ],
)
def test_the_time_is_the_hosts_with_the_year_that_lies_nearest(
    wall: str, host_date: str, host_time: str, printed: str
) -> None:
    here = replace(APPROVED, wall=wall, host_date=host_date, host_time=host_time)
    assert f"时间 TIME    {printed}" in words(here)


@pytest.mark.parametrize(
    ("wall", "host_date", "day", "of_host"),
    [
        ("2024-12-31T15:59:00+00:00", "0101", date(2025, 1, 1), True),
        ("2024-05-31T20:30:00+00:00", "0531", date(2024, 5, 31), True),
        ("2024-05-31T20:30:00+00:00", "", date(2024, 6, 1), False),
        ("2024-05-31T20:30:00+00:00", "0230", date(2024, 6, 1), False),
        ("", "0531", None, False),
        ("0001-01-01T00:00:00-23:59", "", date(1, 1, 2), False),
        ("9999-12-31T23:59:59-23:59", "", None, False),
    ],
)
def test_the_day_is_the_hosts_too(
    wall: str, host_date: str, day: date | None, of_host: bool
) -> None:
    transaction = replace(APPROVED, wall=wall, host_date=host_date)
    assert day_of(transaction) == day
    assert host_day(transaction) == (day if of_host else None)


@pytest.mark.parametrize("wall", ["", "yesterday"])
def test_no_time_is_printed_when_nobody_knows_it(wall: str) -> None:
    text = words(replace(APPROVED, wall=wall))
    assert "TIME" not in text


def test_the_bar_code_names_the_purchase_as_the_qr_code_does() -> None:
    original = APPROVED.intent.original
    assert f"[Code128 {original.rrn}{original.day:%Y%m%d}]" in words(APPROVED)
    assert APPROVED.rrn not in words(APPROVED).split("[Code128")[1]

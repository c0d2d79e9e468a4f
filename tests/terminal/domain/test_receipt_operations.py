"""Slips of voids, sales and QR refunds, and of results that a reversal waits for."""

from dataclasses import replace
from datetime import date

import pytest

from terminal.domain.cells import width
from terminal.domain.original import Original
from terminal.domain.phrase import Phrase
from terminal.domain.receipt import (
    Copy,
    ShopFace,
    SlipFacts,
    reversal_failed_slip,
    slip_name,
    transaction_slip,
)
from terminal.domain.settlement import OPERATIONS
from terminal.domain.slip import COLUMNS, Code128, Line, Pair, Qr, Rule, Slip
from terminal.domain.transaction import Intent, Outcome, Transaction

SHOP = ShopFace(
    merchant_name=Phrase("Demo shop", "演示商店"),
    merchant_id="898310058120001",
    terminal_id="12345678",
    service_phone="95516",
    footer=Phrase("Keep this slip", "请妥善保管"),
    expected_days=7,
)
PURCHASE = Original("240520000001", date(2024, 5, 20), 2000, batch=7, stan=17)
WALLET = replace(PURCHASE, voucher="20240520123456789012")


def intent(operation: str, original: Original = PURCHASE, entry: str = "S") -> Intent:
    return Intent(
        operation=operation,
        stan=42,
        batch=7,
        amount_minor=2000,
        entry=entry,
        card="621234******1232" if entry != "Q" else "",
        token="ab120123456789ab",
        original=original,
        reason="",
        document="",
        operator="01",
    )


def done(operation: str, original: Original = PURCHASE, entry: str = "S") -> Transaction:
    return Transaction(
        3,
        intent(operation, original, entry),
        outcome=Outcome.APPROVED,
        response_code="00",
        rrn="240531000009",
        auth_code="A12345",
        host_date="0531",
        host_time="123456",
        trusted_day="2024-05-31",
        wall="2024-05-31T04:30:00+00:00",
    )


def paper(slip: Slip) -> str:
    return "\n".join(text for row in slip.rows for text in _texts(row))


def _texts(row: object) -> list[str]:
    if isinstance(row, Line):
        return [row.text]
    if isinstance(row, Pair):
        gap = COLUMNS - width(row.label) - width(row.value)
        return [row.label + " " * gap + row.value] if gap > 0 else [row.label, "> " + row.value]
    if isinstance(row, Qr | Code128):
        return [f"[{type(row).__name__} {row.text}]"]
    return ["-" * COLUMNS] if isinstance(row, Rule) else [""] * getattr(row, "lines", 0)


def words(
    transaction: Transaction, copy: Copy = Copy.MERCHANT, facts: SlipFacts | None = None
) -> str:
    return paper(transaction_slip(transaction, SHOP, copy, facts or SlipFacts()))


def test_the_merchant_copy_of_a_sale() -> None:
    text = words(done("sale"), facts=SlipFacts(code="R1;code", balance_minor=123456))
    assert text.splitlines() == [
        "消费签购单 SALES SLIP",
        "商户存根 MERCHANT COPY",
        "",
        "演示商店",
        "Demo shop",
        "--------------------------------",
        "商户编号 MID     898310058120001",
        "终端编号 TID            12345678",
        "操作员 OPERATOR               01",
        "卡号 CARD    621234******1232 /S",
        "交易类型 TYPE          消费 SALE",
        "批次号 BATCH              000007",
        "凭证号 STAN               000042",
        "授权码 AUTH               A12345",
        "参考号 RRN          240531000009",
        "时间 TIME    2024/05/31 12:34:56",
        "消费金额 AMOUNT        RMB 20.00",
        "--------------------------------",
        "交易成功 APPROVED",
        "",
        "持卡人签名 SIGNATURE",
        "",
        "",
        "--------------------------------",
        "本人确认以上交易，同意将其记入本",
        "卡账户",
        "I ACKNOWLEDGE RECEIPT OF THE",
        "GOODS OR SERVICE",
        "[Qr R1;code]",
        "[Code128 24053100000920240531]",
        "服务电话 SERVICE           95516",
        "请妥善保管",
        "Keep this slip",
    ]


def test_only_the_customer_reads_what_the_card_has_left() -> None:
    facts = SlipFacts(balance_minor=123456)
    assert "卡内余额 BALANCE    RMB 1,234.56" in words(done("sale"), Copy.CUSTOMER, facts)
    assert "BALANCE" not in words(done("sale"), Copy.MERCHANT, facts)
    declined = replace(done("sale"), outcome=Outcome.DECLINED)
    assert "BALANCE" not in words(declined, Copy.CUSTOMER, facts)


def test_a_void_names_the_voucher_number_of_its_sale_and_can_not_be_scanned_again() -> None:
    text = words(done("void"), facts=SlipFacts(code="R1;code", remaining_minor=0))
    for part in ("撤销签购单 VOID SLIP", "撤销 VOID", "原凭证号 ORIG STAN        000017"):
        assert part in text
    assert "原消费已撤销" in text
    for part in ("[Qr", "[Code128", "到账", "REMAINING"):
        assert part not in text


def test_a_qr_refund_shows_the_voucher_whole_and_no_card() -> None:
    text = words(done("qr_refund", WALLET, "Q"))
    assert "20240520123456789012 /Q" in text
    assert "扫码退货 QR REFUND" in text
    assert "CARD" not in text.replace("CARDHOLDER", "")


def test_a_qr_sale_shows_the_voucher_that_the_host_gave_it() -> None:
    sale = replace(done("sale", entry="Q"), voucher="20240531000000000001")
    assert "20240531000000000001 /Q" in words(sale)


def test_an_unknown_reference_gets_no_bar_code() -> None:
    original = replace(WALLET, rrn="000000000000")
    assert "[Code128" not in words(done("qr_refund", original, "Q"))


def test_less_than_was_paid_is_a_partial_return() -> None:
    whole = done("refund")
    part = replace(whole, intent=replace(whole.intent, amount_minor=1999))
    assert "部分退货 PARTIAL" in words(part)
    assert "PARTIAL" not in words(whole)
    assert "退货 REFUND" in words(whole)


@pytest.mark.parametrize("operation", ["sale", "void"])
def test_what_will_be_reversed_says_so_and_warns(operation: str) -> None:
    text = words(replace(done(operation), outcome=Outcome.TO_REVERSE))
    for part in ("结果未知，将自动冲正", "RESULT UNKNOWN, WILL BE REVERSED", "CALL 95516"):
        assert part in text
    assert "请勿重复" in text
    for part in ("APPROVED", "SIGNATURE", "[Qr", "[Code128", "NO MONEY"):
        assert part not in text


def test_a_failed_reversal_is_told_from_one_that_was_never_sent() -> None:
    tried = replace(done("sale"), outcome=Outcome.MANUAL, reversal_tries=3)
    assert "冲正失败，请人工处理" in words(tried)
    never = words(replace(tried, reversal_tries=0))
    assert "冲正失败" not in never
    assert "结果未知，请人工处理" in never


@pytest.mark.parametrize(
    ("operation", "said"), [("sale", "NO MONEY MOVED"), ("void", "THE SALE STANDS")]
)
@pytest.mark.parametrize("outcome", [Outcome.REVERSED, Outcome.DECLINED, Outcome.NOT_SENT])
def test_what_did_not_happen_says_how_things_stand(
    operation: str, said: str, outcome: Outcome
) -> None:
    text = words(replace(done(operation), outcome=outcome))
    assert said in text
    assert "SIGNATURE" not in text
    assert "[Code128" not in text


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.APPROVED])
def test_only_an_approval_of_the_host_is_called_approved(operation: str, outcome: Outcome) -> None:
    text = words(replace(done(operation), outcome=outcome))
    assert "APPROVED" not in text
    assert "交易成功" not in text


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_unresolved_result_never_invites_to_try_again(operation: str) -> None:
    for outcome in [o for o in Outcome if o.unresolved]:
        text = words(replace(done(operation), outcome=outcome, reversal_tries=3))
        assert "重试" not in text
        assert "retry" not in text.lower()
        assert "请勿重复" in text


def test_each_operation_and_outcome_has_a_name_of_its_own() -> None:
    names = {slip_name(o, c, op) for o in Outcome for c in Copy for op in OPERATIONS}
    assert len(names) == len(Outcome) * len(Copy) * len(OPERATIONS)
    assert transaction_slip(done("void"), SHOP, Copy.CUSTOMER, SlipFacts()).name == "void.customer"


def test_the_slip_of_a_failed_reversal_says_what_a_person_needs() -> None:
    tried = replace(
        done("void"),
        outcome=Outcome.MANUAL,
        reversal_tries=3,
        reversal_reason="98",
        response_code="12",
    )
    slip = reversal_failed_slip(tried, SHOP)
    text = paper(slip)
    assert slip.name == "reversal_failed.merchant"
    for part in (
        "冲正失败，请人工处理",
        "撤销 VOID",
        "凭证号 STAN               000042",
        "原凭证号 ORIG STAN        000017",
        "冲正次数 TRIES                 3",
        "冲正原因 REASON               98",
        "应答码 CODE                   12",
        "RMB 20.00",
        "CALL 95516",
    ):
        assert part in text
    assert "DUPLICATED" not in text
    assert "重打印 DUPLICATED 1" in paper(reversal_failed_slip(tried, SHOP, duplicate=1))

"""The slip of a settlement."""

from dataclasses import replace
from datetime import date

from terminal.domain.books import Totals
from terminal.domain.cells import width
from terminal.domain.original import Original
from terminal.domain.receipt_settlement import settlement_slip
from terminal.domain.settlement import (
    Balance,
    BatchTotals,
    NotUploaded,
    OperationTotals,
    SettledBatch,
)
from terminal.domain.settling import SILENT
from terminal.domain.slip import COLUMNS, Line, Pair, Rule
from terminal.domain.transaction import Intent, Outcome, Transaction
from tests.terminal.domain.slip_material import SHOP

SETTLED = SettledBatch(
    batch=7,
    stan=50,
    operator="01",
    operator_name="张三",
    totals=BatchTotals(
        Totals(123450, 12, 2000, 2),
        operations=(
            OperationTotals("sale", 12, 123450),
            OperationTotals("void", 1, 1000),
            OperationTotals("refund", 1, 1000),
        ),
    ),
    domestic=Balance.BALANCED,
    foreign=Balance.BALANCED,
    wall="2024-05-31T04:30:00+00:00",
)
UNKNOWN = Transaction(
    3,
    Intent(
        operation="refund",
        stan=42,
        batch=7,
        amount_minor=2000,
        entry="S",
        card="621234******1232",
        token="ab120123456789ab",
        original=Original("240520000001", date(2024, 5, 20), 2000),
        reason="",
        document="",
        operator="01",
    ),
    outcome=Outcome.UNKNOWN,
)
DIFFERENT = replace(
    SETTLED,
    domestic=Balance.DIFFERENT,
    host_domestic=Totals(123450, 12, 4000, 3),
    unresolved=(UNKNOWN,),
)


def paper(settled: SettledBatch, duplicate: int = 0) -> list[str]:
    rows = settlement_slip(settled, SHOP, duplicate).rows
    return [text for row in rows for text in _texts(row)]


def _texts(row: object) -> list[str]:
    if isinstance(row, Line):
        return [row.text]
    if isinstance(row, Pair):
        gap = COLUMNS - width(row.label) - width(row.value)
        return [row.label + " " * gap + row.value] if gap > 0 else [row.label, "> " + row.value]
    return ["-" * COLUMNS] if isinstance(row, Rule) else [""] * getattr(row, "lines", 0)


def test_a_balanced_batch() -> None:
    assert paper(SETTLED) == [
        "结算总计单 SETTLEMENT",
        "商户存根 MERCHANT COPY",
        "",
        "演示商店",
        "Demo shop",
        "--------------------------------",
        "商户编号 MID     898310058120001",
        "终端编号 TID            12345678",
        "操作员 OPERATOR          01 张三",
        "批次号 BATCH              000007",
        "凭证号 STAN               000050",
        "时间 TIME    2024/05/31 12:30:00",
        "--------------------------------",
        "消费 SALE 12        RMB 1,234.50",
        "撤销 VOID 1            RMB 10.00",
        "退货 REFUND 1          RMB 10.00",
        "--------------------------------",
        "内卡 DOMESTIC",
        "对账平 BALANCED",
        "借记 DEBIT 12       RMB 1,234.50",
        "贷记 CREDIT 2          RMB 20.00",
        "--------------------------------",
        "外卡 FOREIGN",
        "对账平 BALANCED",
        "借记 DEBIT 0            RMB 0.00",
        "贷记 CREDIT 0           RMB 0.00",
        "--------------------------------",
        "服务电话 SERVICE           95516",
        "请妥善保管",
        "Keep this slip",
    ]


def test_a_difference_shows_the_hosts_figures_and_each_open_item() -> None:
    text = "\n".join(paper(DIFFERENT))
    for part in (
        "对账不平 NOT BALANCED",
        "主机贷记 HOST CREDIT 3 RMB 40.00",
        "UNRESOLVED, NOT IN THE TOTALS",
        "000042 退货 REFUND",
        "结果未知               RMB 20.00",
        "与差额相符，仅供参考",
    ):
        assert part in text


def test_the_hosts_figures_are_left_out_when_they_are_ours() -> None:
    equal = replace(SETTLED, host_domestic=SETTLED.totals.domestic, host_foreign=Totals())
    assert paper(equal) == paper(SETTLED)


def test_an_open_item_that_does_not_make_up_the_difference_is_no_evidence() -> None:
    other = replace(DIFFERENT, host_domestic=Totals(123450, 12, 4001, 3))
    text = "\n".join(paper(other))
    assert "000042 退货 REFUND" in text
    assert "差额" not in text


def test_an_open_item_of_an_earlier_batch_names_its_batch() -> None:
    earlier = replace(UNKNOWN, intent=replace(UNKNOWN.intent, batch=6))
    assert "000006/000042 退货 REFUND" in paper(replace(DIFFERENT, unresolved=(earlier,)))


def test_what_was_found_out_by_hand_is_named_apart() -> None:
    by_hand = replace(UNKNOWN, outcome=Outcome.DONE_BY_HAND)
    text = "\n".join(paper(replace(SETTLED, by_hand=(by_hand,))))
    assert "FOUND OUT BY HAND, NOT UPLOADED" in text
    assert "人工核实已退货         RMB 20.00" in text
    assert "UNRESOLVED" not in text


def test_what_was_left_out_of_the_upload_is_named_with_reason_and_person() -> None:
    refund = replace(UNKNOWN, outcome=Outcome.APPROVED)
    refused = NotUploaded((refund,), "10", "李四", "96")
    rows = paper(replace(SETTLED, not_uploaded=(refused, NotUploaded((), "11", why="30"))))
    start = rows.index("NOT UPLOADED: BY HAND")
    text = "\n".join(rows[start:])
    for part in (
        "000042 退货 REFUND",
        "RMB 20.00",
        "REFUSED              96",
        "APPROVER          10 李四",
    ):
        assert part in text
    assert "000042 退货 REFUND" in rows[start:]  # of this batch: it goes without saying
    assert text.index("APPROVER          10") < text.index("End of the upload") < text.index("30")
    assert "APPROVER               11" in text
    assert "opened" not in text


def test_card_that_could_not_be_opened_is_the_reason() -> None:
    shut = NotUploaded((replace(UNKNOWN, outcome=Outcome.APPROVED),), "10")
    text = "\n".join(paper(replace(SETTLED, not_uploaded=(shut,))))
    assert "卡号无法打开" in text
    assert "REFUSED" not in text


def test_silence_and_a_batch_that_is_closed_without_the_host_are_named() -> None:
    refund = replace(UNKNOWN, outcome=Outcome.APPROVED)
    silent = NotUploaded((refund,), "10", why=SILENT)
    assert "主机没有应答" in paper(replace(SETTLED, not_uploaded=(silent,)))
    question = NotUploaded((), "10", why="96", is_question=True)
    alone = replace(SETTLED, domestic=Balance.NOT_COMPARED, not_uploaded=(question,))
    text = "\n".join(paper(alone))
    assert "未对账 NOT COMPARED" in text
    assert text.index("Closed without the host") < text.index("REFUSED              96")
    assert "End of the upload" not in text


def test_a_host_that_could_not_compare_is_named() -> None:
    assert "对账出错 ERROR" in paper(replace(SETTLED, foreign=Balance.ERROR))


def test_the_time_is_the_hosts_when_it_gave_one() -> None:
    answered = replace(SETTLED, host_date="0601", host_time="000102")
    assert "时间 TIME    2024/06/01 00:01:02" in paper(answered)


def test_the_upload_is_counted_when_there_was_one() -> None:
    assert "上送笔数 UPLOADED             14" in paper(replace(SETTLED, uploaded=14))
    assert not any("UPLOADED" in row for row in paper(SETTLED))


def test_a_reprint_is_marked_with_its_count() -> None:
    assert "重打印 DUPLICATED 2" in paper(SETTLED, duplicate=2)
    assert not any("DUPLICATED" in row for row in paper(SETTLED))

"""What stands out on paper: tall headings, bold amounts and warnings, what is in the middle."""

from dataclasses import replace

from terminal.domain.books import Totals
from terminal.domain.phrase import Phrase
from terminal.domain.receipt import Copy, SlipFacts, reversal_failed_slip, transaction_slip
from terminal.domain.receipt_settlement import settlement_slip
from terminal.domain.settlement import Balance, BatchTotals, NotUploaded, SettledBatch
from terminal.domain.slip import Align, Line, Pair, Row, Slip
from terminal.domain.transaction import Outcome
from tests.terminal.domain.slip_material import APPROVED, INTENT, SENT, SHOP

FACTS = SlipFacts(reason=Phrase("Goods faulty", "商品问题"), code="R1;code", duplicate=2)
PLACES = {Align.LEFT: "", Align.CENTRE: "^", Align.RIGHT: ">"}


def looks(slip: Slip) -> list[str]:
    """The rows that are not plain: `^` in the middle, `>` at the right, `*` bold, `#` tall."""
    marked = [(_marks(row), _text(row)) for row in slip.rows]
    return [f"{marks} {text}" for marks, text in marked if marks]


def _marks(row: Row) -> str:
    if isinstance(row, Line):
        return PLACES[row.align] + "*" * row.bold + "#" * row.tall
    return "*" if isinstance(row, Pair) and row.bold else ""


def _text(row: Row) -> str:
    return row.text if isinstance(row, Line) else row.label if isinstance(row, Pair) else ""


SHOP_NAME = ["^ 演示商店", "^ Demo shop"]
FOOT = ["^ 请妥善保管", "^ Keep this slip"]
REFUND = ["* 交易类型 TYPE", "* 退货金额 AMOUNT", "> Goods faulty"]


def test_title_result_and_amount_of_an_approved_refund_stand_out() -> None:
    assert looks(transaction_slip(APPROVED, SHOP, Copy.MERCHANT, FACTS)) == [
        "^*# 退货签购单 REFUND SLIP",
        "^ 商户存根 MERCHANT COPY",
        "^* 重打印 DUPLICATED 2",
        *SHOP_NAME,
        *REFUND,
        "^*# 交易成功 APPROVED",
        "^ 退款已受理，预计7天内到账",
        "^ Accepted; due within 7 days",
        *FOOT,
    ]


def test_that_no_money_moved_stands_out() -> None:
    declined = replace(SENT, outcome=Outcome.DECLINED, response_code="61")
    facts = replace(FACTS, duplicate=0, declined=Phrase("Above the limit", "金额超限"))
    assert looks(transaction_slip(declined, SHOP, Copy.CUSTOMER, facts)) == [
        "^*# 退货签购单 REFUND SLIP",
        "^ 持卡人存根 CARDHOLDER COPY",
        *SHOP_NAME,
        *REFUND,
        "^*# 交易未成功 DECLINED",
        "^* 未发生资金变动",
        "^* NO MONEY MOVED",
        "^ 金额超限",
        "^ Above the limit",
        *FOOT,
    ]


def test_that_nothing_may_be_repeated_stands_out() -> None:
    slip = transaction_slip(SENT, SHOP, Copy.CUSTOMER, replace(FACTS, duplicate=0))
    assert looks(slip)[7:] == [
        "^*# 结果未知 RESULT UNKNOWN",
        "^ 款项可能已退出",
        "^ The money may have moved",
        "^* 请勿重复退货",
        "^* DO NOT REFUND AGAIN",
        "^ 请致电 95516 核实",
        "^ CALL 95516",
        *FOOT,
    ]


def test_a_reversal_that_failed_is_called_so_at_the_top() -> None:
    sale = replace(INTENT, operation="sale")
    manual = replace(SENT, intent=sale, outcome=Outcome.MANUAL, reversal_tries=3)
    slip = reversal_failed_slip(manual, SHOP, duplicate=1)
    assert slip.name == "reversal_failed.merchant"
    assert looks(slip)[:4] == [
        "^*# 冲正失败，请人工处理",
        "^*# REVERSAL FAILED, ASK A PERSON",
        "^ 商户存根 MERCHANT COPY",
        "^* 重打印 DUPLICATED 1",
    ]
    assert "^* DO NOT CHARGE AGAIN NOW" in looks(slip)


def test_differences_and_open_ones_of_a_settlement_stand_out() -> None:
    settled = SettledBatch(
        batch=7,
        stan=50,
        operator="01",
        totals=BatchTotals(Totals(500, 2, 300, 2)),
        domestic=Balance.DIFFERENT,
        foreign=Balance.ERROR,
        host_domestic=Totals(500, 2, 1550, 3),
        unresolved=(replace(SENT, outcome=Outcome.UNKNOWN),),
        by_hand=(replace(SENT, outcome=Outcome.DONE_BY_HAND),),
        not_uploaded=(NotUploaded((APPROVED,), "09", "李四", "96"), NotUploaded((), "09")),
    )
    ask = ["^ 请逐笔与收单行核实", "^ Settle each with the acquirer"]
    assert looks(settlement_slip(settled, SHOP)) == [
        "^*# 结算总计单 SETTLEMENT",
        "^ 商户存根 MERCHANT COPY",
        *SHOP_NAME,
        "* 批次号 BATCH",
        "* 内卡 DOMESTIC",
        ">* 对账不平 NOT BALANCED",
        "* 外卡 FOREIGN",
        ">* 对账出错 ERROR",
        "^* 未决交易，未计入总计",
        "^* UNRESOLVED, NOT IN THE TOTALS",
        "> 与差额相符，仅供参考",
        "> As much as the difference",
        *ask,
        "^* 人工核实，未上送",
        "^* FOUND OUT BY HAND, NOT UPLOADED",
        "^* 未上送，人工处理",
        "^* NOT UPLOADED: BY HAND",
        "^ 批上送结束报文",
        "^ End of the upload",
        "^ 卡号无法打开",
        "^ Card number can't be opened",
        *ask,
        *FOOT,
    ]

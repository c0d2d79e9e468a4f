"""What the host writes beside an answer, and what a foreign card means, stand on the slips."""

from __future__ import annotations

from collections.abc import Callable

from tests.scenarios.cashier import leave, refund, refund_with
from tests.scenarios.fingers import slip_texts
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import sold

RATE = "发卡行汇率"
NOTE = "分期3期,手续费不退"


def noted(organisation: str = "CUP") -> dict[str, object]:
    """An answer whose F63 has a remark of the host."""
    raw = organisation.encode() + NOTE.encode("gb18030").ljust(20)
    return {"number": 63, "value": raw.decode("gb18030")}


def test_remark_of_the_answer_is_on_both_copies(bench: MemoryBench) -> None:
    refund_with(bench, "host.field", **noted())  # type: ignore[arg-type]
    leave(bench)
    merchant, customer = slip_texts(bench)
    assert NOTE in merchant.replace("\n", "")
    assert NOTE in customer.replace("\n", "")


def test_remark_of_the_sale_is_on_the_slip_of_its_refund(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.field", noted())  # type: ignore[arg-type]
    sold(bench)
    code = next(code for code in bench.printer.slips[0].codes if str(code).startswith("R1"))
    bench.scan(str(code)).keys("2")  # no void: a refund of a part
    bench.keys("4000 ENTER 1 2580 ENTER").swipe("debit").keys("ENTER").run(1.0)
    leave(bench)
    assert "ORIG NOTE" in slip_texts(bench)[-1]
    assert NOTE in slip_texts(bench)[-1].replace("\n", "")


def test_foreign_card_is_told_about_the_rate(bench: MemoryBench) -> None:
    refund(bench, "1000", card="foreign")
    leave(bench)
    assert [RATE in paper.replace("\n", "") for paper in slip_texts(bench)] == [True, True]


def test_domestic_card_is_told_nothing_of_it(bench: MemoryBench) -> None:
    refund(bench, "1000")
    leave(bench)
    assert [RATE in paper.replace("\n", "") for paper in slip_texts(bench)] == [False, False]


def test_shops_own_days_phone_and_footer_are_on_both_copies(
    new_bench: Callable[..., MemoryBench],
) -> None:
    footer = {"en": "Exchange within 7 days", "zh_cn": "七天内可换货"}
    own = {"expected_days": 3, "service_phone": "010-12345678", "slip_footer": footer}
    bench = new_bench(parameters=own)
    refund(bench)
    leave(bench)
    for slip in slip_texts(bench):
        for said in ("预计3天内到账", "due within 3 days", "010-12345678", *footer.values()):
            assert said in slip

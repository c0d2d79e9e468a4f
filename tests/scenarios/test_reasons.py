"""Why money is given back: the shop's own list, in both languages, on screen, record and slip."""

from collections.abc import Callable

import pytest

from terminal.domain.parameter_error import ParameterError
from terminal.domain.parameters import Parameters
from terminal.domain.reasons import Reason, default_reasons
from terminal.ui.text import Text
from tests.scenarios.cashier import leave
from tests.scenarios.eyes import shows
from tests.scenarios.fingers import nothing_moved, slip_texts
from tests.scenarios.memory_bench import MemoryBench

NewBench = Callable[..., MemoryBench]
OWN = (
    {"code": "late", "en": "Came too late", "zh_cn": "送货太晚"},
    {"code": "fire", "en": "Fire damage", "zh_cn": "火灾损坏", "needs_document": True},
)


def with_reason(bench: MemoryBench, number: int) -> MemoryBench:
    bench.scan(bench.code(bench.sale(rrn="061400000012"))).keys(f"1000 ENTER {number} 2580 ENTER")
    return bench.swipe("debit")


def test_shops_own_list_is_shown_and_stands_on_record_and_slip(new_bench: NewBench) -> None:
    bench = new_bench(parameters={"reasons": OWN})
    bench.scan(bench.code(bench.sale(rrn="061400000012"))).keys("1000 ENTER")
    assert shows(bench, "送货太晚")
    assert shows(bench, "火灾损坏")
    bench.keys("3")
    assert bench.screen == "refund.reason", "there is no third one"
    bench.keys("1 2580 ENTER").swipe("debit").keys("ENTER").run(1.0)
    assert bench.records("intent")[-1].body["reason"] == "late"
    assert "送货太晚" in slip_texts(bench)[0]
    assert "Came too late" in slip_texts(bench)[0]


def test_reason_that_wants_a_document_gets_none_without(new_bench: NewBench) -> None:
    bench = with_reason(new_bench(parameters={"reasons": OWN}), 2).keys("ENTER")
    assert bench.screen == "refund.document"
    assert shows(bench, Text.DOCUMENT_NEEDED)
    assert nothing_moved(bench)
    bench.keys("77 ENTER ENTER").run(1.0)
    assert bench.records("intent")[-1].body["document"] == "77"
    assert "77" in slip_texts(bench)[0]


def test_reason_that_left_the_list_is_named_by_its_code(bench: MemoryBench) -> None:
    with_reason(bench, 1).keys("ENTER").run(1.0)
    leave(bench)
    facts = bench.runtime.facts
    facts.parameters = Parameters(people=facts.parameters.people, reasons=(Reason("x", "X", "某"),))
    bench.keys("MENU 2").run(20.0)
    assert "goods" in slip_texts(bench)[-1]


def test_demo_shop_spells_the_default_list_out(bench: MemoryBench) -> None:
    assert bench.runtime.facts.parameters.reasons == default_reasons()


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("", "Late", "太晚"), "reasons[0].code: 1 to 20 characters"),
        (Reason("late", "", "太晚"), "reasons[0].en: 1 to 18 cells of the display"),
        (Reason("late", "L" * 19, "太晚"), "reasons[0].en: 1 to 18 cells of the display"),
        (Reason("late", "Late", "晚" * 10), "reasons[0].zh_cn: 1 to 18 cells of the display"),
        (Reason("late", "La\nte", "太晚"), "reasons[0].en: 1 to 18 cells of the display"),
    ],
)
def test_reason_that_can_not_be_shown_is_refused_with_its_place(reason: Reason, said: str) -> None:
    with pytest.raises(ParameterError) as raised:
        Parameters(reasons=(reason,))
    assert str(raised.value) == said

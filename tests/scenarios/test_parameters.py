"""Parameters from the host: seen before they count, approved where they loosen, bad ones named."""

from dataclasses import replace

import pytest

from emulator.host.core import Action, Send
from terminal.flows import parameters
from terminal.iso8583 import messages
from terminal.iso8583.messages import Message
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import refund
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import who
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.opened import opened

OURS = {"12": "60", "17": "95516", "18": "0", "20": "1", "21": "0", "22": "演示商店", "23": "3"}


def downloading(bench: MemoryBench, *more: str, **changed: str) -> MemoryBench:
    """The host offers what the demo shop has, but for these; `more` are raw tags with values."""
    table = {**OURS, **{tag[1:]: value for tag, value in changed.items()}}
    desk = bench.host._desk
    bench.host._desk = replace(desk, config=replace(desk.config, parameters=tuple(table.items())))
    for text in more:
        bench.host.faults.arm("host.hostile_parameters", {"tag": text[:2], "value": text[2:]})
    return opened(bench, parameters.call(bench.runtime.facts), 1.0)


def last(bench: MemoryBench) -> dict[str, object]:
    """The newest record of a download."""
    return dict(bench.records("parameters")[-1].body)


def test_what_is_in_force_already_asks_nobody(bench: MemoryBench) -> None:
    downloading(bench)
    assert bench.screen == "parameters.result"
    assert shows(bench, Text.PARAMETERS_SAME)
    bench.keys("ENTER")
    assert bench.screen == "idle"
    assert last(bench)["after"] == {}


def test_before_and_after_are_shown_and_nothing_counts_before_enter(bench: MemoryBench) -> None:
    downloading(bench, _22="新名称")
    assert bench.screen == "parameters.review"
    assert not missing(bench, Text.PARAM_MERCHANT_NAME, "演示商店", "新名称")
    assert not bench.records("parameters")
    bench.keys("ENTER")
    assert shows(bench, say(Text.PARAMETERS_CHANGED, count=1))
    bench.keys("ENTER")
    assert shows(bench, "新名称")


def test_change_is_on_record_with_both_values_and_the_operator(bench: MemoryBench) -> None:
    downloading(bench, _23="5").keys("ENTER")
    body = last(bench)
    assert (body["before"], body["after"]) == ({"sends": 3}, {"sends": 5})
    assert (body["accepted"], body["operator"], body["approver"]) == (True, "01", "")
    assert bench.runtime.facts.profile.reversal_tries == 5


def test_each_change_is_looked_at_before_all_are_accepted(bench: MemoryBench) -> None:
    downloading(bench, _12="45", _22="新名称", _23="5")
    assert not missing(bench, Text.PARAM_ANSWER_TIMEOUT, "60", "45", "1/3")
    bench.keys("DOWN UP ENTER ENTER")
    assert not missing(bench, Text.PARAM_SENDS, "3/3")
    assert not bench.records("parameters")
    bench.keys("ENTER")
    assert last(bench)["after"] == {"answer_timeout_s": 45, "merchant_name": "新名称", "sends": 5}


def test_shorter_wait_is_the_wait_of_the_next_exchange(bench: MemoryBench) -> None:
    downloading(bench, _12="20").keys("ENTER ENTER")
    bench.host.faults.arm("host.no_answer")
    assert refund(bench, wait_s=21.0) == "refund.unknown"


def test_typed_cards_are_switched_off_without_an_approver(bench: MemoryBench) -> None:
    downloading(bench, _20="0").keys("ENTER")
    assert bench.runtime.facts.parameters.typed_card == "off"
    assert last(bench)["approver"] == ""


@pytest.mark.parametrize(
    ("tag", "value", "key"),
    [
        ("_20", "1", "typed_card"),
        ("_17", "13800000000", "management_phone"),
        ("_18", "1", "tip"),
        ("_26", "FFE0C000", "switches"),
    ],
)
def test_what_loosens_a_control_needs_a_second_person(
    bench: MemoryBench, tag: str, value: str, key: str
) -> None:
    downloading(bench, _20="0").keys("ENTER ENTER")
    downloading(bench, **{"_20": "0", tag: value}).keys("ENTER")
    assert bench.screen == "parameters.approval"
    bench.keys("01 ENTER")
    assert shows(bench, Text.APPROVER_IS_REQUESTER)
    bench.keys("02 ENTER")
    assert shows(bench, Text.NOT_AN_APPROVER)
    bench.keys(who("10"))
    assert bench.screen == "parameters.result"
    body = last(bench)
    assert body["approver"] == "10"
    assert list(body["after"]) == [key]  # type: ignore[call-overload]  # a mapping


def test_without_the_approver_nothing_changes(bench: MemoryBench) -> None:
    downloading(bench, _17="13800000000").keys("ENTER CANCEL")
    assert shows(bench, Text.PARAMETERS_KEPT)
    assert bench.runtime.facts.parameters.service_phone != "13800000000"
    assert last(bench)["accepted"] is False


@pytest.mark.parametrize("leave_by", ["CANCEL", ""])
def test_review_that_nobody_agrees_to_changes_nothing(bench: MemoryBench, leave_by: str) -> None:
    downloading(bench, _22="新名称").keys(leave_by).run(0 if leave_by else 61.0)
    assert shows(bench, Text.PARAMETERS_KEPT)
    assert last(bench)["after"] == {"merchant_name": "新名称"}
    bench.keys("ENTER")
    assert shows(bench, "演示商店")


@pytest.mark.parametrize("tag", ["01", "02", "03", "04", "05", "11", "13", "19", "24", "25"])
def test_tags_that_may_not_be_changed_are_named_and_refused(bench: MemoryBench, tag: str) -> None:
    value = "99" if tag in ("11", "19") else "9"
    downloading(bench, tag + value)
    assert shows(bench, say(Text.PARAMETERS_REFUSED, tags=tag))
    assert last(bench)["refused"] == [[tag, "forbidden"]]
    assert not bench.runtime.facts.books.downloaded


@pytest.mark.parametrize(
    ("hostile", "why"),
    [("99AAAA", "unknown"), ("122", "cut short"), ("1255", "repeated"), ("ZZ", "unknown")],
)
def test_odd_ends_of_a_download_are_named(bench: MemoryBench, hostile: str, why: str) -> None:
    downloading(bench, hostile)
    assert last(bench)["refused"] == [[hostile[:2], why]]


@pytest.mark.parametrize(("tag", "value"), [("_12", "05"), ("_12", "99"), ("_17", "")])
def test_f90_value_that_can_not_be_here_is_refused(
    bench: MemoryBench, tag: str, value: str
) -> None:
    downloading(bench, **{tag: value})
    assert shows(bench, say(Text.PARAMETERS_REFUSED, tags=tag[1:]))
    assert last(bench)["refused"] == [[tag[1:], "out of range"]]


def test_limits_never_come_from_the_host(bench: MemoryBench) -> None:
    before = bench.runtime.facts.parameters
    downloading(bench, _12="45", _22="新名称", _23="5").keys("ENTER ENTER ENTER ENTER")
    after = bench.runtime.facts.parameters
    assert after.refund_max_minor == before.refund_max_minor
    assert after.approval_above_minor == before.approval_above_minor
    assert after.people == before.people


def test_what_was_downloaded_outlives_the_power(bench: MemoryBench) -> None:
    downloading(bench, _22="新名称").keys("ENTER ENTER")
    bench.power_cut()
    bench.power_on()
    bench.log_on()
    assert shows(bench, "新名称")


def test_host_that_refuses_or_is_silent_changes_nothing(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.field", {"number": 39, "value": "97"})
    downloading(bench)
    assert shows(bench, say(Text.HOST_SAYS_NO, code="97"))
    bench.keys("ENTER").host.faults.arm("host.no_answer")
    downloading(bench).run(61.0)
    assert shows(bench, Text.HOST_GAVE_NO_ANSWER)
    bench.keys("ENTER").links["acquirer"].is_up = False
    downloading(bench)
    assert shows(bench, Text.HOST_NOT_REACHED)
    assert not bench.records("parameters")


def test_answer_without_a_code_is_not_used(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.field", {"number": 39, "value": ""})
    downloading(bench)
    assert shows(bench, Text.PARAMETERS_UNUSABLE)


def with_wrong_mac(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """The host's answer with an F64 that nobody made."""
    (send,) = actions
    assert isinstance(send, Send)
    head, body = send.raw[2:13], messages.decode(send.raw[13:])
    raw = head + messages.encode(Message(body.mti, {**body.fields, 64: bytes(8)}))
    return (Send(send.delay_s, len(raw).to_bytes(2, "big") + raw),)


def test_mac_that_is_there_must_be_right(bench: MemoryBench) -> None:
    bench.links["acquirer"].twist = with_wrong_mac
    downloading(bench, _22="新名称")
    assert shows(bench, Text.PARAMETERS_UNUSABLE)
    assert not bench.runtime.facts.books.downloaded


def test_host_asks_in_an_answer_and_is_asked_after_the_operation(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.asks", {"digit": 1, "mti": "0220"})
    refund(bench)
    assert parameters.wanted(bench.runtime.facts)
    assert not bench.records("parameters_asked")
    bench.run(20.0)
    assert bench.screen == "parameters.review"
    assert not parameters.wanted(bench.runtime.facts)
    assert [r.kind for r in bench.records()][-1] == "parameters_asked"


def test_host_asks_in_an_answer_to_the_echo_test(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.asks", {"digit": 1})
    bench.keys("MENU 5").run(1.0)
    bench.keys("ENTER").run(1.0)
    assert len(bench.records("parameters_asked")) == 1


def test_silent_host_is_asked_once_for_each_time_it_asks(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.asks", {"digit": 1})
    bench.keys("MENU 5").run(1.0)
    bench.host.faults.arm("host.no_answer")
    bench.keys("ENTER").run(200.0)
    assert bench.screen == "idle"
    assert len(bench.records("parameters_asked")) == 1


def test_host_that_asks_in_the_answer_to_its_own_sign_in_is_served_too(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.sign_in_again", {"mti": "0820"})
    bench.host.faults.arm("host.asks", {"digit": 1, "mti": "0800"})
    bench.keys("MENU 5").run(1.0)
    bench.keys("ENTER").run(5.0)
    assert len(bench.records("parameters_asked")) == 1

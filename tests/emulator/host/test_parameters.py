"""Parameter download, and what the header asks for."""

from dataclasses import replace
from typing import Any

import pytest

from emulator.host.config import demo_config
from emulator.host.faults import FaultBox, FaultError
from emulator.host.message import Message, encode
from emulator.host.parameter_tags import DEMO_PARAMETERS, LENGTHS, parameter_bytes
from tests.emulator.host.till import Till, framed, make_till, packet, sent, signed_in_till

ALLOWED = {"12", "14", "15", "16", "17", "18", "20", "21", "22", "23", "26"}


def download(till: Till, **changes: str) -> Message:
    fields = {41: till.terminal.tid, 42: till.terminal.mid, 60: f"00{till.batch}360"}
    fields |= {int(name[1:]): value for name, value in changes.items()}
    return till.ask(encode(Message("0800", fields)))


def tags_of(raw: bytes) -> dict[str, bytes]:
    """A download taken apart by the lengths of the fact sheet."""
    found, at = {}, 0
    while at < len(raw):
        tag = raw[at : at + 2].decode()
        found[tag] = raw[at + 2 : at + 2 + LENGTHS[tag]]
        at += 2 + LENGTHS[tag]
    return found


def test_parameters_are_given_out_without_a_mac() -> None:
    till = signed_in_till()
    answer = download(till)
    assert set(answer.fields) == {12, 13, 37, 39, 41, 42, 60, 62}
    values = tags_of(answer.raw(62))
    assert set(values) == ALLOWED
    assert values["12"] == b"60"
    assert values["17"] == b"95516         "
    assert values["22"].decode("gb18030").strip() == "演示商店"
    assert values["26"] == bytes.fromhex("FFE0C000")


def test_an_unknown_terminal_gets_no_parameters() -> None:
    answer = download(make_till(), f41="99999999")
    assert (answer.text(39), 62 in answer.fields) == ("97", False)


def test_hostile_parameters_follow_the_others() -> None:
    till = signed_in_till()
    good = download(till).raw(62)
    till.host.faults.arm("host.hostile_parameters", {"tag": "27", "value": "999"})
    assert download(till).raw(62) == good + b"27999"
    assert download(till).raw(62) == good


@pytest.mark.parametrize(
    "parameters",
    [(("25", "1"),), (("12", "600"),), (("26", "xyz"),), (("22", "一" * 21),), (("26", "FF"),)],
)
def test_wrong_parameters_of_a_host_are_named(parameters: Any) -> None:
    with pytest.raises(ValueError, match=f"tag {parameters[0][0]}"):
        replace(demo_config(), parameters=parameters)


def test_lengths_of_the_demo_are_those_of_the_table() -> None:
    assert {tag for tag, _ in DEMO_PARAMETERS} == set(LENGTHS) == ALLOWED
    assert len(parameter_bytes(DEMO_PARAMETERS)) == sum(2 + n for n in LENGTHS.values())


@pytest.mark.parametrize("digit", [1, 3, 0])
def test_the_host_asks_in_the_header_of_its_answer(digit: int) -> None:
    till = make_till()
    till.host.faults.arm("host.asks", {"digit": digit, "mti": "0800"})
    (echo,) = sent(till.line.receive(packet("C13"), 0.0))
    (first,) = sent(till.line.receive(packet("C1"), 0.0))
    (second,) = sent(till.line.receive(framed(packet("C1")[13:]), 0.0))
    assert [raw[7:10].hex()[5] for raw in (echo, first, second)] == ["0", str(digit), "0"]


@pytest.mark.parametrize(
    ("name", "params", "what"),
    [
        ("host.asks", {"digit": 10}, "digit must be 0 to 9"),
        ("host.asks", {"digit": "1"}, "digit must be of type int"),
        ("host.hostile_parameters", {"tag": "2"}, "tag must be two characters"),
        ("host.hostile_parameters", {"value": "9" * 100}, "value must have"),
        ("host.wrong_totals", {"debit_delta": 1.5}, "debit_delta must be of type int"),
        ("host.bad_upload", {"code": "00"}, "code must be two characters"),
    ],
)
def test_wrong_parameters_of_the_new_faults_are_named(
    name: str, params: dict[str, Any], what: str
) -> None:
    with pytest.raises(FaultError, match=what):
        FaultBox().arm(name, params)

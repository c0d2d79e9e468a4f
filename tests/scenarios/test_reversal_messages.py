"""What a reversal says: its reason, and the number, batch and card of the message it takes back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from terminal.domain.host_profile import HostProfile
from terminal.effects import Persist
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.reversals import (
    good_sale,
    lost_sale,
    lost_void,
    now,
    recover,
    reversal_frames,
    reversals,
    sealed_card,
    state_at_host,
)

DROPPED = {26, 35, 36, 37, 52, 53}


@pytest.mark.parametrize(
    ("fault", "params", "reason"),
    [
        ("host.no_answer", {}, "98"),
        ("host.close", {}, "98"),
        ("host.wrong_mac", {}, "A0"),
        ("host.no_mac", {}, "A0"),
        ("host.field", {"number": 4, "value": "000000000001"}, "06"),
        ("host.decline", {"code": "96"}, "06"),
    ],
)
def test_reason_says_why_the_answer_was_none(
    bench: MemoryBench, fault: str, params: dict[str, Any], reason: str
) -> None:
    one = lost_sale(bench, fault, **params)
    assert (one.outcome.value, one.reversal_reason) == ("to_reverse", reason)
    recover(bench)
    (message,) = reversals(bench)
    (raw,) = reversal_frames(bench)
    assert message.text(39) == reason
    assert reason.encode("ascii") in raw
    assert not DROPPED & set(message.fields)


def test_stan_and_batch_are_those_of_the_intent_whatever_comes_between(bench: MemoryBench) -> None:
    one = lost_sale(bench, booked=False)
    bench.keys("MENU 4").run(3.0)
    bench.runtime._persist(Persist("signed_in", {"batch": one.intent.batch + 7}))
    bench.power_cut()
    bench.power_on()
    bench.log_on()
    recover(bench)
    (message,) = reversals(bench)
    assert int(message.text(11)) == one.intent.stan
    assert message.text(60)[2:8] == f"{one.intent.batch:06d}"
    assert bench.runtime.facts.books.stan > one.intent.stan


def test_card_and_expiry_come_out_of_the_pad_again(bench: MemoryBench) -> None:
    lost_sale(bench)
    recover(bench)
    (message,) = reversals(bench)
    card = bench.card("debit")
    assert (message.text(2), message.text(14)) == (card.pan, card.expiry)


@pytest.mark.parametrize(
    ("setting", "of_sale", "of_void"),
    [("absent", False, "own"), ("batch_trace_date", True, "original")],
)
def test_field_61_is_as_the_profile_says(
    new_bench: Any, setting: Any, of_sale: bool, of_void: Any
) -> None:
    profile = HostProfile(sale_reversal_original=setting, void_reversal_original=of_void)
    bench: MemoryBench = new_bench(profile=profile)
    sale = lost_sale(bench)
    recover(bench)
    own = f"{sale.intent.batch:06d}{sale.intent.stan:06d}0615"
    assert reversals(bench)[0].text(61) == (own if of_sale else "")
    paid = good_sale(bench)
    void = lost_void(bench, paid)
    recover(bench)
    named = void if of_void == "own" else paid
    expected = f"{named.intent.batch:06d}{named.intent.stan:06d}"
    assert reversals(bench)[-1].text(61) == expected


def test_reversal_of_a_void_names_the_sales_authorisation_code(bench: MemoryBench) -> None:
    paid = good_sale(bench)
    lost_void(bench, paid)
    recover(bench)
    (message,) = reversals(bench)
    assert message.text(38) == paid.auth_code != ""
    assert (message.text(3), message.text(60)[:2]) == ("200000", "23")


def test_void_that_is_taken_back_leaves_the_sale_standing(bench: MemoryBench) -> None:
    paid = good_sale(bench)
    void = lost_void(bench, paid)
    assert state_at_host(bench, paid) == "voided"
    bench.run(100.0)
    assert recover(bench) == "clear"
    assert now(bench, void).outcome.value == "reversed"
    assert state_at_host(bench, paid) == "booked"


def test_sealed_number_that_is_gone_makes_it_a_persons(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    bench.keypad._core.destroy_seal(one.intent.batch)
    assert recover(bench) == "clear"
    assert now(bench, one).outcome.value == "manual"
    assert not reversals(bench)


def test_intent_without_a_sealed_number_makes_it_a_persons(bench: MemoryBench) -> None:
    one = lost_sale(bench, booked=False)
    again = replace(one.intent, stan=bench.runtime.facts.books.next_stan)
    bench.runtime._persist(Persist("intent", again.to_body()))
    number = bench.records("intent")[-1].number
    bench.runtime._persist(Persist("result", {"intent": number, "outcome": "to_reverse"}))
    assert recover(bench) == "clear"
    assert bench.runtime.facts.books.unresolved[number].outcome.value == "manual"
    assert [int(m.text(11)) for m in reversals(bench)] == [one.intent.stan]


def test_card_number_is_nowhere_in_journal_display_or_paper(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    recover(bench)
    pan = bench.card("debit").pan
    kept = "".join(str(record.body) for record in bench.records())
    said = b"".join(frame for wire, frame in bench.sent if wire in ("display", "printer"))
    assert pan not in kept
    assert pan.encode() not in said
    assert sealed_card(bench, one.intent.batch) not in said

"""scripts/power_cut_test: its comparison of the books finds each kind of difference."""

from __future__ import annotations

import copy
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from scripts import _power_cut_books as books
from scripts import _power_cut_slips as slips
from scripts import _power_cut_test
from tests.simulation.check_books import FIGURES

Rows = list[dict[str, Any]]
Books = dict[str, Rows]
SALE_RRN = "112500000031"


def intent(number: int, stan: int, operation: str, original: str = "") -> dict[str, Any]:
    body = {
        "operation": operation,
        "batch": 2,
        "stan": stan,
        "amount_minor": 500,
        "original": {"rrn": original, "voucher": ""},
    }
    return {"number": number, "kind": "intent", "body": body}


def result(number: int, of: int, outcome: str, rrn: str = "") -> dict[str, Any]:
    body = {"intent": of, "outcome": outcome, **({"rrn": rrn} if rrn else {})}
    return {"number": number, "kind": "result", "body": body}


def settle_asked(number: int, debit_minor: int, credit_minor: int) -> dict[str, Any]:
    own = {"debit_minor": debit_minor, "debit_count": 1, "credit_minor": credit_minor}
    totals = {**own, "credit_count": 1}
    body = {"batch": 2, "totals": totals, "foreign": dict.fromkeys(FIGURES, 0)}
    return {"number": number, "kind": "settle_asked", "body": body}


def booking(stan: int, kind: str, state: str, rrn: str, original: str = "") -> dict[str, Any]:
    return {
        "batch": "000002",
        "stan": f"{stan:06d}",
        "transaction_type": kind,
        "amount_minor": 500,
        "state": state,
        "rrn": rrn,
        "original_rrn": original,
    }


def slip(stan: int, word: str = "APPROVED", amount: str = "5.00") -> dict[str, Any]:
    rows = ["商户存根 MERCHANT COPY", "批次号 BATCH 000002", f"凭证号 STAN {stan:06d}"]
    return {"rows": [*rows, f"金额 AMOUNT RMB {amount}", f"交易成功 {word}"], "cut": True}


def good_day() -> Books:
    """A sale that is given back whole, a refund that was declined, one that a person settled."""
    return {
        "records": [
            intent(1, 1, "sale"),
            result(2, 1, "approved", SALE_RRN),
            intent(3, 2, "refund", SALE_RRN),
            result(4, 3, "approved", "112500000032"),
            intent(5, 3, "refund", SALE_RRN),
            result(6, 5, "unknown"),
            {"number": 7, "kind": "settled", "body": {"intent": 5, "outcome": "not_done_by_hand"}},
            settle_asked(8, 500, 500),
        ],
        "ledger": [
            {**booking(101, "22", "settled", "112400000001"), "batch": "000001"},
            booking(1, "22", "settled", SALE_RRN),
            booking(2, "25", "settled", "112500000032", SALE_RRN),
            booking(3, "25", "declined", "112500000033", SALE_RRN),
        ],
        "sales": [{"rrn": SALE_RRN, "voucher": "", "amount_minor": 500, "state": "settled"}],
        "papers": [slip(1), slip(2)],
    }


def differences(told: Books) -> str:
    found = books.differences(told["records"], told["ledger"], told["sales"])
    printed = slips.whole(told["papers"])
    return "\n".join([*found, *slips.differences(books.cases(told["records"]), printed)])


def test_books_of_a_good_day_do_not_differ() -> None:
    assert differences(good_day()) == ""


def booked_twice(told: Books) -> None:
    told["ledger"].append(copy.deepcopy(told["ledger"][2]))


def stan_used_twice(told: Books) -> None:
    told["records"][4]["body"]["stan"] = 2


def lost_in_the_journal(told: Books) -> None:
    told["records"] = [r for r in told["records"] if r["number"] not in (3, 4)]


def lost_on_the_ledger(told: Books) -> None:
    del told["ledger"][2]


def given_twice(told: Books) -> None:
    told["ledger"][3]["state"] = "settled"


def still_unknown(told: Books) -> None:
    del told["records"][6]


def other_amount(told: Books) -> None:
    told["ledger"][2]["amount_minor"] = 400


def other_rrn(told: Books) -> None:
    told["ledger"][2]["rrn"] = "112500000039"


def other_original(told: Books) -> None:
    told["records"][2]["body"]["original"]["rrn"] = "112500000099"


def settled_too_little(told: Books) -> None:
    told["records"][7]["body"]["totals"]["credit_minor"] = 400


def never_settled(told: Books) -> None:
    told["ledger"][1]["state"] = "booked"


def paper_lies(told: Books) -> None:
    told["papers"].append(slip(3))


def paper_with_another_amount(told: Books) -> None:
    told["papers"].append(slip(2, amount="50.00"))


def paper_of_nothing(told: Books) -> None:
    told["papers"].append(slip(77))


def paper_was_not_cut(told: Books) -> None:
    told["papers"][1]["cut"] = False


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (booked_twice, "2 times in the ledger"),
        (stan_used_twice, "2 times in the journal"),
        (lost_in_the_journal, "on the ledger and not in the journal"),
        (lost_on_the_ledger, "approved in the journal and not there"),
        (given_twice, "not_done_by_hand in the journal and settled"),
        (given_twice, "more was given back than 500"),
        (still_unknown, "is still unknown"),
        (other_amount, "500 here, 400 there"),
        (other_rrn, "another RRN"),
        (other_original, "was given back here"),
        (settled_too_little, "batch 2 was settled as"),
        (never_settled, "was never settled"),
        (paper_lies, "a slip says approved"),
        (paper_with_another_amount, "5000 on paper"),
        (paper_of_nothing, "not in the journal"),
        (paper_was_not_cut, "has no slip"),
    ],
)
def test_difference_is_found(spoil: Callable[[Books], None], expected: str) -> None:
    told = good_day()
    spoil(told)
    assert expected in differences(told)


@pytest.mark.parametrize("is_calm", [True, False])
def test_figures_and_books_are_told_with_and_without_peace(
    is_calm: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = ["sale 000025 of batch 4 is still sent"], {"kills": 3}
    monkeypatch.setattr(_power_cut_test, "_cut_often", lambda play, asked: None)
    monkeypatch.setattr(_power_cut_test, "_compared", lambda bench, play: compared)
    play: Any = SimpleNamespace(calm_down=lambda: is_calm)
    bench: Any = None
    found, figures = _power_cut_test._played(bench, play, bench)
    assert (found[-1:], figures) == compared
    assert ("is unresolved or not settled" in found[0]) is not is_calm

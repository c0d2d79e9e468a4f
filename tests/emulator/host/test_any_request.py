"""Whatever a terminal puts into a well-signed request, the host answers and keeps its books."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.host.config import HostProfile
from emulator.host.fields import FIELDS, Field
from emulator.host.message import Value
from tests.emulator.host.counter import changed, counter_till, profile
from tests.emulator.host.till import Till

EVERYTHING = profile(
    refund_recovery=("inquiry", "resend_same_stan", "batch_upload", "reverse"),
    duplicate="old_answer",
)
KINDS = (
    ("0200", "000000", "22"),
    ("0200", "200000", "23"),
    ("0200", "310100", "02"),
    ("0220", "200000", "25"),
    ("0320", "200000", "25"),
    ("0400", "000000", "22"),
    ("0400", "200000", "23"),
    ("0400", "200000", "25"),
    ("0500", "", "00"),
    ("0320", "", "00"),
    ("0800", "", "00"),
)
CODES = ("000", "201", "202", "207", "360")
OURS = (11, 35, 41, 42, 60, 64)


def _values(spec: Field) -> st.SearchStrategy[Value]:
    least = 0 if spec.length_digits else spec.length
    if spec.kind == "b":
        return st.binary(min_size=least, max_size=spec.length)
    letters = "0123456789" if spec.packed else "0A34 1é中"
    letters = letters if spec.kind == "gbk" else letters[:6]
    most = spec.length if spec.packed else spec.length // 4 or 1
    return st.text(letters, min_size=least, max_size=max(most, least))


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        f"f{number}": st.none() | _values(spec)
        for number, spec in FIELDS.items()
        if number not in OURS
    },
)


def _request(till: Till, kind: tuple[str, str, str], code: str) -> dict[int, Value]:
    fields = till.refund_fields(till.sale(amount_minor=10000), 100)
    fields[60] = f"{kind[2]}{till.batch}{code}500"
    return fields | ({3: kind[1]} if kind[1] else {})


@settings(max_examples=80)
@given(st.sampled_from(KINDS), st.sampled_from(CODES), CHANGES)
def test_any_signed_request_has_one_answer(
    kind: tuple[str, str, str], code: str, changes: dict[str, Value | None]
) -> None:
    till = counter_till(EVERYTHING)
    answer = till.ask(till.signed(changed(_request(till, kind, code), changes), kind[0]))
    assert answer.mti == f"{int(kind[0]) + 10:04d}"
    assert (39 in answer.fields) or (answer.mti == "0510")
    assert len(till.movements()) <= 1
    assert all(int(str(sale["remaining_minor"])) >= 0 for sale in till.host.sales())


@pytest.mark.parametrize(("field", "value", "code"), [(41, "9" * 8, "97"), (42, "9" * 15, "03")])
@pytest.mark.parametrize("kind", KINDS)
def test_strangers_are_told_so_and_move_nothing(
    kind: tuple[str, str, str], field: int, value: str, code: str
) -> None:
    till = counter_till(EVERYTHING)
    fields = _request(till, kind, "201" if kind[0] in ("0500", "0320") else "360")
    fields[60] = str(fields[60]) if not kind[1] else f"{kind[2]}{till.batch}000500"
    answer = till.ask(till.signed({**fields, field: value}, kind[0]))
    assert answer.text(39) == ("" if kind[0] == "0500" else code)
    assert 64 not in answer.fields
    assert till.movements() == []


STEPS = st.lists(
    st.tuples(st.sampled_from(["refund", "reverse", "upload", "resend"]), st.integers(1, 3)),
    max_size=8,
)


@settings(max_examples=25)
@given(STEPS, st.sampled_from(["94", "old_answer"]))
def test_one_number_moves_money_at_most_once(steps: list[tuple[str, int]], duplicate: str) -> None:
    settings_of_host: HostProfile = profile(
        refund_recovery=EVERYTHING.refund_recovery, duplicate=duplicate
    )
    till = counter_till(settings_of_host)
    sale = till.sale(amount_minor=10000)
    requests = {number: till.refund_fields(sale, 1000 * number) for number in (1, 2, 3)}
    for kind, number in steps:
        fields = requests[number]
        typed = changed(fields, {"f35": None, "f53": None, "f2": "6212345678901232"})
        if kind == "refund":
            till.ask(till.signed(fields))
        elif kind == "resend":
            till.ask(till.signed(typed))
        elif kind == "upload":
            till.ask(till.signed(typed, "0320"))
        else:
            till.ask(till.signed(changed(typed, {"f37": None, "f39": "98"}), "0400"))
    booked = [row for row in till.movements() if row["state"] == "booked"]
    assert len({row["stan"] for row in booked}) == len(booked)
    spent = sum(int(row["amount_minor"]) for row in booked)
    assert till.sale(rrn=sale["rrn"])["remaining_minor"] == 10000 - spent

"""A host that approves a sale and gives it no number: it is voided like any other."""

from __future__ import annotations

from terminal.domain.original import NO_RRN
from tests.scenarios.cashier import leave, outcomes
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import start_again
from tests.scenarios.sales import sold
from tests.scenarios.test_void import voided


def test_void_of_a_sale_without_a_number_is_taken_in_and_survives_a_start(
    bench: MemoryBench,
) -> None:
    bench.host.faults.arm("host.field", {"number": 37, "value": NO_RRN, "mti": "0200"})
    stan = sold(bench)
    # A host that finds the sale by batch and trace number.
    bench.host.faults.arm("host.field", {"number": 39, "value": "00", "mti": "0200"})
    assert voided(bench, stan) == "void.approved", bench.rows
    leave(bench)
    start_again(bench)
    assert outcomes(bench) == ["approved", "approved"]
    books = bench.runtime.facts.books
    assert (books.totals.debit_minor, books.totals.credit_minor) == (10000, 10000)
    assert not books.originals

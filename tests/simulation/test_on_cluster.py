"""Days on a Dask cluster are the days of this process. Needs the extra `cluster`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.simulation.campaign import Tally, in_this_process

distributed = pytest.importorskip("distributed")
dask = pytest.importorskip("scripts._simulate_dask")

pytestmark = pytest.mark.slow

PIECES = ((1, 4), (5, 4))  # first seed, how many


@contextmanager
def cluster(threads: int) -> Iterator[str]:
    """The address of a scheduler with two workers, on this computer only."""
    options: dict[str, Any] = {"host": "127.0.0.1", "dashboard_address": None}
    with distributed.LocalCluster(n_workers=2, threads_per_worker=threads, **options) as started:
        yield started.scheduler_address


def go_on(total: Tally) -> bool:
    return True


def test_days_on_two_workers_are_those_of_one_process() -> None:
    with cluster(threads=1) as address:
        there = dask.on_cluster(PIECES, address, go_on)
    here = in_this_process(PIECES, go_on)
    told = ("seeds", "operations", "refunds", "power_cuts", "virtual_hours", "violations")
    assert there.reached == here.reached
    assert {n: there.as_json()[n] for n in told} == {n: here.as_json()[n] for n in told}


def test_worker_with_two_threads_is_refused() -> None:
    with (
        cluster(threads=2) as address,
        pytest.raises(dask.ClusterError, match="has 2 threads, 1 is needed"),
    ):
        dask.on_cluster([(1, 1)], address, go_on)


@pytest.mark.parametrize("address", ["nonsense", "tcp://", "http://127.0.0.1:1/x"])
def test_what_is_no_address_is_said_to_be_none(address: str) -> None:
    with pytest.raises(dask.ClusterError, match="is no address"):
        dask.on_cluster([], address, go_on)

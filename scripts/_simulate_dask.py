"""Simulated days on the workers of a Dask scheduler (scripts/cluster)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from distributed import Client

from tests.simulation.campaign import Progress, Tally, on_executor

ROOT = Path(__file__).resolve().parents[1]
CODE = ("terminal", "drivers", "emulator", "tests", "requirements.lock")
ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?[^\s/]+:\d+")
CONNECT_S = 10
FIRST_WORKER_S = 30
AHEAD = 2  # pieces for each worker: one in work, one waiting


class ClusterError(Exception):
    """The cluster can't be used; one line that says why."""


def on_cluster(work: Iterable[tuple[int, int]], address: str, progress: Progress) -> Tally:
    """The days on all workers; raises ClusterError.

    Workers that come later get work too. The work of one that is lost is done by another.
    """
    if not ADDRESS.fullmatch(address):
        raise ClusterError(f"{address!r} is no address: tcp://HOST:PORT, as the scheduler says")
    try:
        client = Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address}: {error}") from None
    with client:
        workers = _workers(client)
        with client.get_executor(pure=False) as pool:
            total = on_executor(work, pool, AHEAD * len(workers), progress)
        _workers(client)  # those that came later, too
    return total


def code_hash() -> str:
    """What the days of this checkout follow from; runs on each worker."""
    digest = hashlib.sha256()
    for name in CODE:
        for path in sorted([ROOT / name, *(ROOT / name).rglob("*")]):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _workers(client: Client) -> dict[str, Any]:
    """The workers by address: each of one thread, and with the code that is here."""
    try:
        client.wait_for_workers(1, timeout=FIRST_WORKER_S)
    except TimeoutError:
        raise ClusterError("no worker has joined: scripts/cluster worker ADDRESS") from None
    found: dict[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
    for address, worker in found.items():
        if worker["nthreads"] != 1:
            raise ClusterError(f"worker {address} has {worker['nthreads']} threads, 1 is needed")
    for address, told in client.run(code_hash, on_error="return").items():
        if told != code_hash():
            raise ClusterError(f"worker {address} has another checkout: {told}")
    return found

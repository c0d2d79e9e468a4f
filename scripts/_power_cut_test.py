"""Cuts the power of the emulated terminal at random moments, then compares its books.

The firmware is a process and is killed (SIGKILL), whatever it is doing; the devices lose what they
have in hand. At the end nothing fails any more, a supervisor settles what is unresolved as the
acquirer's list says, the batch is settled, and journal, ledger and slips must tell the same.
Exit code 0: they do; 1: they differ, or the terminal got stuck; 2: the bench can't be used.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from emulator.stories.bench import NotDone
from scripts import _power_cut_books as books
from scripts import _power_cut_slips as slips
from scripts._power_cut_cashier import Errand, StuckError
from scripts._power_cut_play import PROFILE, Play
from tests.end_to_end.books import records
from tests.end_to_end.channel import PATIENCE_S
from tests.end_to_end.running import Running, running, write_shop

TOLD_EVERY = 50


def main(arguments: Sequence[str]) -> int:
    """The exit code."""
    asked = _arguments(arguments)
    seed = int(time.time()) if asked.seed is None else asked.seed
    if not asked.json:
        print(f"seed {seed}", flush=True)
    began_s = time.monotonic()
    try:
        found, figures = _tried(asked, Random(seed))
    except (AssertionError, NotDone, OSError) as error:
        print(f"power_cut_test: {error}", file=sys.stderr)
        return 2
    lasted_s = time.monotonic() - began_s
    _tell({"seed": seed, "seconds": round(lasted_s), **figures, "differences": found}, asked.json)
    return 1 if found else 0


def _tried(asked: argparse.Namespace, chance: Random) -> tuple[list[str], dict[str, Any]]:
    with _folder(asked.state) as folder, running(folder, _shop(folder)) as bench:
        bench.channel.wait(name="logon", timeout_s=2 * PATIENCE_S)
        return _played(bench, Play(bench.channel, chance), asked)


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="power_cut_test", description=__doc__)
    parser.add_argument("--kills", type=_count, default=100, help="so many power cuts (100)")
    parser.add_argument("--seed", type=int, help="what is done, and when it is cut; else the clock")
    parser.add_argument("--state", type=Path, metavar="DIR", help="keep the shop in this folder")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    return parser.parse_args(arguments)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError("a number from 1 on")
    return int(text)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """A shop of its own; one that was kept goes on where it was."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def _shop(folder: Path) -> Path:
    return write_shop(folder / "shop.toml", PROFILE)


def _played(
    bench: Running, play: Play, asked: argparse.Namespace
) -> tuple[list[str], dict[str, Any]]:
    """The differences, and figures; the books are compared also where no peace came about."""
    unrest: list[str] = []
    try:
        _cut_often(play, asked)
        if not play.calm_down():
            unrest.append("something is unresolved or not settled, and does not go away")
        found, figures = _compared(bench, play)
    except StuckError as error:
        found, figures = [f"{error} (after {play.kills} kills)"], _figures(play)
    return [*unrest, *found], figures


def _cut_often(play: Play, asked: argparse.Namespace) -> None:
    play.cashier.carry_out(Errand("start"))
    began_s, told = time.monotonic(), TOLD_EVERY
    while play.kills < asked.kills:
        play.one_operation()
        if play.kills >= told and not asked.json:
            told += TOLD_EVERY
            minutes = (time.monotonic() - began_s) / 60
            line = f"{play.kills} kills, {play.operations.total()} operations"
            print(f"{line}, {play.kills / minutes:.0f} kills a minute", flush=True)


def _compared(bench: Running, play: Play) -> tuple[list[str], dict[str, Any]]:
    bookings, sales = bench.channel.ask("ledger")["bookings"], bench.channel.ask("sales")["sales"]
    bench.channel.ask("power", to="off")
    told = records(bench.state)
    here = books.cases(told)
    missing = slips.without_slip(here, slips.whole(play.papers))
    _reprint(bench, play, missing)
    printed = slips.whole(play.papers)
    found = [
        *books.differences(told, bookings, sales),
        *slips.differences(here, printed),
        *_tracebacks(bench.state),
    ]
    counted = {
        "intents": len(here),
        "moved": sum(case.has_moved for case in here),
        "bookings": len(books.own(bookings)),
        "settlements": sum(record["kind"] == "batch_closed" for record in told),
        "slips": len(printed),
        "reprinted": len(missing),
    }
    return found, {**_figures(play), **counted}


def _tracebacks(state: Path) -> list[str]:
    log = (state / "firmware.log").read_text(encoding="utf-8", errors="replace")
    return [line for line in log.splitlines() if "Traceback" in line]


def _reprint(bench: Running, play: Play, missing: Sequence[books.Case]) -> None:
    if missing:
        bench.channel.ask("power", to="on")
        play.cashier.carry_out(Errand("start"))
    for case in missing:
        play.reprint(case.key[1])


def _figures(play: Play) -> dict[str, Any]:
    return {
        "kills": play.kills,
        "killed_during": dict(sorted(play.cuts.items())),
        "operations": dict(sorted(play.operations.items())),
        "faults": dict(sorted(play.faults.items())),
        "settled_by_hand": play.cashier.settled_by_hand,
    }


def _tell(figures: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(figures, indent=1))
        return
    for difference in figures.pop("differences"):
        print(f"differs: {difference}")
    print(", ".join(f"{name} {_plain(value)}" for name, value in figures.items()))


def _plain(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    return f"{sum(value.values())} ({', '.join(f'{n} {c}' for n, c in value.items())})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

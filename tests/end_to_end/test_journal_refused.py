"""A journal that is not as the keypad remembers it stops the terminal, and is not touched."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.end_to_end.running import Running
from tests.end_to_end.till import Till

pytestmark = [pytest.mark.emulator, pytest.mark.slow]

HEADER_BYTES, EVERY_BYTES = 600, 512


def flip_bytes(state: Path) -> None:
    journal = state / "journal.db"
    raw = bytearray(journal.read_bytes())
    for at in range(HEADER_BYTES, len(raw), EVERY_BYTES):
        raw[at] ^= 0xFF
    journal.write_bytes(raw)


def cut_in_half(state: Path) -> None:
    journal = state / "journal.db"
    journal.write_bytes(journal.read_bytes()[: journal.stat().st_size // 2])


def delete(state: Path) -> None:
    for path in state.glob("journal.db*"):
        path.unlink()


def print_of(state: Path) -> dict[str, str]:
    return {p.name: sha256(p.read_bytes()).hexdigest() for p in sorted(state.glob("journal.db*"))}


@pytest.mark.parametrize(
    ("damage", "told"), [(flip_bytes, "日志"), (cut_in_half, "日志"), (delete, "日志丢失")]
)
def test_journal_that_is_not_as_it_was_stops_the_terminal_and_stays_as_it_is(
    bench: Running, damage: Callable[[Path], None], told: str
) -> None:
    till = Till(bench.channel)
    till.log_on()
    sale = till.sale(10000)
    till.refund(sale)
    bench.channel.ask("power", to="off")
    damage(bench.state)
    before = print_of(bench.state)
    bench.channel.ask("power", to="on")
    till.reach("journal.damaged")
    assert told in "".join(bench.channel.ask("screen")["rows"])
    bench.channel.ask("scan", text=sale["code"])
    till.press("ENTER", "MENU", "1")
    bench.channel.ask("power", to="off")
    assert print_of(bench.state) == before


def test_journal_put_back_is_good_again(bench: Running) -> None:
    till = Till(bench.channel)
    till.log_on()
    till.refund(till.sale(10000))
    bench.channel.ask("power", to="off")
    kept = {p: p.read_bytes() for p in bench.state.glob("journal.db*")}
    delete(bench.state)
    bench.channel.ask("power", to="on")
    till.reach("journal.damaged")
    bench.channel.ask("power", to="off")
    for path, raw in kept.items():
        path.write_bytes(raw)
    till.restart()

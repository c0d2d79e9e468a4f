"""Every verb of the control channel against the devices, and every error."""

import asyncio
import re
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from emulator.bench import Bench
from emulator.frames import framed
from emulator.requests import REQUESTS
from emulator.verbs import AT_ONCE, WAITING
from tests.emulator.bench.lab import asked, opened, played, refused


def test_every_verb_has_a_request_and_a_handler() -> None:
    assert {*AT_ONCE, *WAITING} == set(REQUESTS)


def test_keys_go_out_in_their_order(tmp_path: Path) -> None:
    async def play(bench: Bench) -> bytes:
        with closing(await asyncio.to_thread(opened, bench, "keypad")) as port:
            reply = await asked(bench, "press", keys=["1", "00", "ENTER"])
            assert (reply["seq"], reply["beeps"]) == (0, 0)
            return bytes(await asyncio.to_thread(port.read, 3 * 9))

    assert played(tmp_path, play) == b"".join(framed(0x40, 0, key) for key in (b"1", b"D", b"E"))


def test_wrong_key_presses_none(tmp_path: Path) -> None:
    async def play(bench: Bench) -> tuple[str, list[Any]]:
        error = await refused(bench, "press", keys=["1", "F1"])
        return error, (await asked(bench, "trace"))["entries"]

    error, entries = played(tmp_path, play)
    assert error.startswith("press: keys[1]: no such key: one of 0, 1, 2")
    assert entries == []


@pytest.mark.parametrize(
    ("verb", "fields", "said"),
    [
        ("swipe", {"track2": "6212345678901232=30122010000"}, b";6212345678901232=30122010000?\r"),
        ("swipe", {"track2": ";E?"}, b";E?\r"),
        ("swipe", {"card": "damaged"}, b"%E?;E?\r"),
        ("insert", {"card": "debit"}, b"!I\r"),
        ("tap", {"card": "debit"}, b"!T\r"),
    ],
)
def test_card_is_said_by_the_reader(
    tmp_path: Path, verb: str, fields: dict[str, str], said: bytes
) -> None:
    async def play(bench: Bench) -> bytes:
        with closing(await asyncio.to_thread(opened, bench, "reader")) as port:
            await asked(bench, verb, **fields)
            return bytes(await asyncio.to_thread(port.read, len(said)))

    assert played(tmp_path, play) == said


def test_card_is_taken_out_and_code_is_scanned(tmp_path: Path) -> None:
    async def play(bench: Bench) -> tuple[bytes, bytes]:
        with (
            closing(await asyncio.to_thread(opened, bench, "reader")) as reader,
            closing(await asyncio.to_thread(opened, bench, "scanner")) as scanner,
        ):
            await asked(bench, "insert", card="debit")
            await asked(bench, "remove")
            await asked(bench, "scan", text="R1;x")
            return (
                bytes(await asyncio.to_thread(reader.read, 6)),
                bytes(await asyncio.to_thread(scanner.read, 5)),
            )

    assert played(tmp_path, play) == (b"!I\r!R\r", b"R1;x\r")


def test_paper_is_printed_read_and_torn(tmp_path: Path) -> None:
    async def play(bench: Bench) -> tuple[Any, Any]:
        devices = bench.parts.devices
        devices.printer.receive(b"\x1b@\x1c&" + "退货".encode("gb18030") + b"\n\x1dVB\x00half\n", 0)
        slips = (await asked(bench, "paper"))["slips"]
        await asked(bench, "tear")
        return slips, (await asked(bench, "paper"))["slips"]

    slips, after = played(tmp_path, play)
    assert slips == [
        {"rows": ["退货"], "codes": [], "cut": True},
        {"rows": ["half"], "codes": [], "cut": False},
    ]
    assert after == []


def test_open_cover_stops_the_printer(tmp_path: Path) -> None:
    async def play(bench: Bench) -> tuple[Any, Any]:
        await asked(bench, "printer", cover="open")
        bench.parts.devices.printer.receive(b"\x1b@one\n", 0.0)
        stopped = (await asked(bench, "paper"))["slips"]
        await asked(bench, "printer", cover="closed", paper="load")
        return stopped, (await asked(bench, "paper"))["slips"]

    stopped, after = played(tmp_path, play)
    assert stopped == []
    assert after[0]["rows"] == ["one"]


def test_cards_show_no_whole_number(tmp_path: Path) -> None:
    reply = played(tmp_path, lambda bench: asked(bench, "cards"))
    assert [card["name"] for card in reply["cards"]][:2] == ["debit", "debit-2"]
    assert not re.search(r"[0-9]{7,}", str(reply["cards"]))


def test_code_of_a_sale_is_signed_by_the_shop_s_pad(tmp_path: Path) -> None:
    async def play(bench: Bench) -> tuple[dict[str, Any], str, str]:
        sale = next(s for s in (await asked(bench, "sales"))["sales"] if s["card"] == "debit")
        keypad = bench.parts.devices.keypad
        code = str(sale["code"])
        card = bench.parts.acquirer.card("debit")
        return sale, keypad.sign_text(code[:-8]), keypad.token_of(card.pan)

    sale, mark, token = played(tmp_path, play)
    parts = sale["code"].split(";")
    assert parts[-1] == mark
    assert parts[:3] == ["R1", sale["merchant"], sale["terminal"]]
    assert parts[3:9] == [
        sale["batch"],
        sale["stan"],
        sale["rrn"],
        sale["auth_code"],
        sale["date"],
        str(sale["amount_minor"]),
    ]
    assert parts[9:13] == ["156", "6212341232", token, ""]


def test_sales_are_of_the_last_weeks(tmp_path: Path) -> None:
    reply = played(tmp_path, lambda bench: asked(bench, "sales"))
    oldest = f"{datetime.now(UTC) - timedelta(days=60):%Y%m%d}"
    assert all(sale["date"] > oldest for sale in reply["sales"])


def test_ledger_goes_on_from_a_number(tmp_path: Path) -> None:
    async def play(bench: Bench) -> tuple[list[Any], list[Any]]:
        everything = (await asked(bench, "ledger"))["bookings"]
        since = everything[2]["id"]
        return everything, (await asked(bench, "ledger", since=since))["bookings"]

    everything, rest = played(tmp_path, play)
    assert rest == everything[3:]


def test_people_come_with_their_test_passwords(tmp_path: Path) -> None:
    reply = played(tmp_path, lambda bench: asked(bench, "people"))
    assert reply["people"][0] == {
        "number": "01",
        "name": "Li Na 李娜",
        "role": "operator",
        "password": "2580",
    }


def test_acquirer_s_line_goes_down_and_comes_back_on_the_same_port(tmp_path: Path) -> None:
    async def play(bench: Bench) -> None:
        port = int(bench.parts.acquirer.url.rpartition(":")[2])
        await asked(bench, "link", wire="acquirer", to="down")
        with pytest.raises(ConnectionError):
            await asyncio.open_connection("127.0.0.1", port)
        await asked(bench, "link", wire="acquirer", to="up")
        _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()

    played(tmp_path, play)


def test_unknown_request_id_comes_back(tmp_path: Path) -> None:
    async def play(bench: Bench) -> list[Any]:
        replies = [await bench.do({"id": name, "do": "screen"}) for name in ("a", 2, None)]
        return [reply["id"] for reply in replies]

    assert played(tmp_path, play) == ["a", 2, None]

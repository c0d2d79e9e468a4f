"""The host on a loopback port, with several terminals at once."""

import asyncio
from dataclasses import replace

from emulator.cards import deck, seed_sales
from emulator.host.config import HostConfig, demo_config
from emulator.host.core import Host
from emulator.host.ledger import Ledger
from emulator.host.listener import serve_host
from emulator.host.message import Message
from tests.emulator.host.till import TODAY, Till, body_of, framed, packet

TERMINALS = 8


def make_host() -> Host:
    demo = demo_config().terminals[0]
    shops = tuple(replace(demo, tid=f"{number:08d}") for number in range(1, TERMINALS + 1))
    ledger = Ledger()
    seed_sales(ledger, deck(), shops[0], TODAY.date(), seed=1)
    return Host(HostConfig(shops), ledger, lambda: TODAY, seed=1)


async def ask(port: int, raw: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(raw)
    length = await reader.readexactly(2)
    answer = length + await reader.readexactly(int.from_bytes(length, "big"))
    writer.close()
    await writer.wait_closed()
    return answer


async def one_terminal(host: Host, port: int, number: int) -> Message:
    """Sign in through a line of its own in memory, refund over TCP."""
    till = Till(host, host.connection(), host.config.terminals[number])
    till.sign_in()
    sale = till.sale(card="debit", amount_minor=10000)
    raw = framed(till.signed(till.refund_fields(sale, 2000)))
    return body_of(await ask(port, raw))


def test_many_terminals_share_one_original_and_never_overdraw_it() -> None:
    host = make_host()

    async def run() -> list[Message]:
        listening = await serve_host(host)
        try:
            jobs = [one_terminal(host, listening.port, n) for n in range(TERMINALS)]
            return list(await asyncio.gather(*jobs))
        finally:
            await listening.close()

    codes = sorted(answer.text(39) for answer in asyncio.run(run()))
    assert codes == ["00"] * 5 + ["61"] * 3


def test_a_close_by_the_host_reaches_the_terminal() -> None:
    host = make_host()
    host.faults.arm("host.close")

    async def run() -> bytes:
        listening = await serve_host(host)
        reader, writer = await asyncio.open_connection("127.0.0.1", listening.port)
        writer.write(packet("C13"))
        rest = await reader.read()
        writer.close()
        await listening.close()
        return rest

    assert asyncio.run(run()) == b""


def test_delayed_pieces_arrive_in_order() -> None:
    host = make_host()
    host.faults.arm("host.split")

    async def run() -> bytes:
        listening = await serve_host(host)
        try:
            return await ask(listening.port, packet("C13"))
        finally:
            await listening.close()

    assert body_of(asyncio.run(run())).mti == "0830"


def test_closing_the_listener_drops_open_lines() -> None:
    host = make_host()
    host.faults.arm("host.late", {"delay_s": 3600})

    async def run() -> bytes:
        listening = await serve_host(host)
        reader, writer = await asyncio.open_connection("127.0.0.1", listening.port)
        writer.write(packet("C13"))
        await ask(listening.port, packet("C13"))
        await listening.close()
        try:
            return await reader.read()
        except ConnectionResetError:
            return b""
        finally:
            writer.close()

    assert asyncio.run(run()) == b""

"""The control channel on its TCP port."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from emulator.bench import Bench
from emulator.control import ControlServer
from tests.emulator.bench.lab import bench_in, show

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Play = Callable[[Bench, Streams], Awaitable[Any]]
PATIENCE_S = 10.0


def played(folder: Path, play: Play) -> Any:
    async def run() -> Any:
        async with bench_in(folder) as bench:
            server = ControlServer(bench.do)
            port = await server.open()
            streams = await asyncio.open_connection("127.0.0.1", port, limit=1 << 21)
            try:
                return await asyncio.wait_for(play(bench, streams), PATIENCE_S)
            finally:
                streams[1].close()
                await server.close()

    return asyncio.run(run())


async def said(streams: Streams, line: bytes) -> dict[str, Any]:
    streams[1].write(line + b"\n")
    return dict(json.loads(await streams[0].readline()))


def test_reply_carries_the_id_and_what_was_asked(tmp_path: Path) -> None:
    reply = played(tmp_path, lambda _, line: said(line, b'{"id": 5, "do": "screen"}'))
    assert (reply["id"], reply["ok"], len(reply["rows"])) == (5, True, 8)


def test_chinese_text_passes(tmp_path: Path) -> None:
    async def play(bench: Bench, streams: Streams) -> dict[str, Any]:
        bench.parts.devices.display.receive(show(1, "idle", "演示商店"), 0.0)
        return await said(streams, '{"do": "wait", "contains": "商店"}'.encode())

    assert played(tmp_path, play)["rows"][0].strip() == "演示商店"


def test_requests_in_one_write_are_done_in_order(tmp_path: Path) -> None:
    async def play(_bench: Bench, streams: Streams) -> list[int]:
        streams[1].write(b"".join(b'{"id": %d, "do": "screen"}\n' % number for number in range(20)))
        return [json.loads(await streams[0].readline())["id"] for _ in range(20)]

    assert played(tmp_path, play) == list(range(20))


def test_error_leaves_the_connection_open(tmp_path: Path) -> None:
    async def play(_bench: Bench, streams: Streams) -> tuple[Any, Any]:
        return await said(streams, b'{"do": "fly"}'), await said(streams, b'{"do": "screen"}')

    wrong, right = played(tmp_path, play)
    assert (wrong["ok"], right["ok"]) == (False, True)


@pytest.mark.parametrize(
    "line", [b"POST / HTTP/1.1", b"[1]", b"{", b"\xff\xfe", b"", b"[" * 100_000, b"1"]
)
def test_line_that_is_no_object_ends_the_connection(tmp_path: Path, line: bytes) -> None:
    async def play(_bench: Bench, streams: Streams) -> tuple[Any, bytes]:
        return await said(streams, line), await streams[0].read()

    reply, rest = played(tmp_path, play)
    assert reply == {"id": None, "ok": False, "error": "a line must be one JSON object"}
    assert rest == b""


def test_endless_line_ends_the_connection(tmp_path: Path) -> None:
    async def play(_bench: Bench, streams: Streams) -> str:
        streams[1].write(b"x" * (2 << 20))
        return str(json.loads(await streams[0].readline())["error"])

    assert "at most" in played(tmp_path, play)


def test_stop_ends_a_request_that_waits(tmp_path: Path) -> None:
    async def run() -> bytes:
        async with bench_in(tmp_path) as bench:
            server = ControlServer(bench.do)
            streams = await asyncio.open_connection("127.0.0.1", await server.open())
            streams[1].write(b'{"do": "screen"}\n{"do": "wait", "name": "x", "timeout_s": 600}\n')
            await streams[0].readline()
            await asyncio.wait_for(server.close(), PATIENCE_S)
            rest = await streams[0].read()
            streams[1].close()
            return rest

    assert asyncio.run(run()) == b""


def test_two_connections_do_not_wait_for_each_other(tmp_path: Path) -> None:
    async def run() -> dict[str, Any]:
        async with bench_in(tmp_path) as bench:
            server = ControlServer(bench.do)
            port = await server.open()
            first = await asyncio.open_connection("127.0.0.1", port)
            second = await asyncio.open_connection("127.0.0.1", port)
            waiting = asyncio.create_task(said(first, b'{"do": "wait", "name": "idle"}'))
            assert (await said(second, b'{"do": "screen"}'))["ok"]
            bench.parts.devices.display.receive(show(1, "idle", "x"), 0.0)
            reply = await asyncio.wait_for(waiting, PATIENCE_S)
            first[1].close()
            second[1].close()
            await server.close()
            return reply

    assert asyncio.run(run())["name"] == "idle"

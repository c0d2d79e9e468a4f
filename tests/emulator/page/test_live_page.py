"""The page's server without a browser: who is let in, what goes over the web socket."""

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from emulator.stage import Stage
from emulator.web import serve_page
from emulator.web_live import MOST_WAITING, TRY_AGAIN_LATER
from tests.emulator.page.served_page import Served, event, reply, served

PNG = b"\x89PNG"
PAPER = "退货 REFUND".encode("gb18030") + b"\n\x1dV\x01"


def play(state: Path, story: Callable[[Served], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with served(state) as page:
            await asyncio.wait_for(story(page), 30)

    asyncio.run(whole())


def test_page_and_its_files_are_there(tmp_path: Path) -> None:
    async def story(page: Served) -> None:
        for path, kind in (("/", "text/html"), ("/page.js", "text/javascript")):
            status, headers, body = await asyncio.to_thread(page.get, path)
            assert (status, headers["content-type"]) == (200, f"{kind}; charset=utf-8")
            assert body
            assert "default-src 'self'" in headers["content-security-policy"]

    play(tmp_path, story)


@pytest.mark.parametrize("path", ["/nothing.js", "/../web.py", "/%2e%2e/web.py", "/slip/0.png"])
def test_what_is_not_part_of_the_page_is_not_found(tmp_path: Path, path: str) -> None:
    async def story(page: Served) -> None:
        assert (await asyncio.to_thread(page.get, path))[0] == 404

    play(tmp_path, story)


@pytest.mark.parametrize("host", ["example.com", "127.0.0.1", "127.0.0.1:1", ""])
def test_request_for_another_host_is_refused(tmp_path: Path, host: str) -> None:
    async def story(page: Served) -> None:
        def ask() -> int:
            return page.get("/", Host=host)[0]

        assert await asyncio.to_thread(ask) in (400, 403)

    play(tmp_path, story)


def test_request_from_another_site_is_refused(tmp_path: Path) -> None:
    async def story(page: Served) -> None:
        def ask() -> int:
            return page.get("/", Origin="http://example.com")[0]

        assert await asyncio.to_thread(ask) == 403

    play(tmp_path, story)


@pytest.mark.parametrize("origin", ["http://example.com", "null", "http://127.0.0.1:1"])
def test_live_connection_of_another_site_is_refused(tmp_path: Path, origin: str) -> None:
    async def story(page: Served) -> None:
        with pytest.raises(InvalidStatus) as refusal:
            async with page.page(origin):
                pass
        assert refusal.value.response.status_code == 403

    play(tmp_path, story)


def test_page_opened_as_localhost_is_let_in(tmp_path: Path) -> None:
    async def story(page: Served) -> None:
        async with page.page(f"http://localhost:{page.port}") as browser:
            assert (await event(browser, "screen"))["name"] == ""

    play(tmp_path, story)


def test_unknown_verb_is_an_error_and_the_connection_goes_on(tmp_path: Path) -> None:
    async def story(page: Served) -> None:
        async with page.page() as browser:
            refused = await reply(browser, {"id": 1, "do": "dance"})
            assert (refused["id"], refused["ok"]) == (1, False)
            assert "dance" in refused["error"]
            answered = await reply(browser, {"id": 2, "do": "people"})
            assert (answered["id"], answered["ok"]) == (2, True)

    play(tmp_path, story)


@pytest.mark.parametrize("text", ["", "{", "[1]", "7", "[" * 100_000])
def test_what_is_no_json_object_is_an_error(tmp_path: Path, text: str) -> None:
    async def story(page: Served) -> None:
        async with page.page() as browser:
            answered = await reply(browser, text)
            assert (answered["id"], answered["ok"]) == (None, False)

    play(tmp_path, story)


def test_bytes_end_the_connection_and_no_other(tmp_path: Path) -> None:
    async def story(page: Served) -> None:
        async with page.page() as one, page.page() as other:
            await one.send(b"\x00")
            with pytest.raises(ConnectionClosed):
                await event(one, "never")
            assert (await reply(other, {"id": 1, "do": "people"}))["ok"]

    play(tmp_path, story)


def test_two_pages_see_the_same_screens_in_the_same_order(tmp_path: Path) -> None:
    async def story(page: Served) -> None:
        async with page.page() as one, page.page() as other:
            for browser in (one, other):
                await event(browser, "screen")
            page.show("logon", "操作员签到")
            page.show("idle", "请扫描")
            seen = [[await event(b, "screen"), await event(b, "screen")] for b in (one, other)]
            assert seen[0] == seen[1]
            assert [screen["name"] for screen in seen[0]] == ["logon", "idle"]
            assert seen[0][0]["rows"][0] == "操作员签到" + 10 * " "

    play(tmp_path, story)


def test_key_of_one_page_is_in_the_trace_of_the_other(tmp_path: Path) -> None:
    async def story(page: Served) -> None:
        async with page.page() as one, page.page() as other:
            await reply(one, {"id": 1, "do": "press", "keys": ["5"]})
            entry = (await event(other, "trace"))["entry"]
            assert (entry["wire"], entry["direction"]) == ("keypad", "to terminal")

    play(tmp_path, story)


def test_page_that_comes_later_gets_the_screen_with_its_inverse_rows(tmp_path: Path) -> None:
    async def story(page: Served) -> None:
        page.show("refund.amount", "退货金额")
        async with page.page() as browser:
            screen = await event(browser, "screen")
            assert screen["name"] == "refund.amount"
            assert screen["inverse"] == [False] * 8

    play(tmp_path, story)


def test_page_that_does_not_keep_up_is_let_go_and_may_come_back(tmp_path: Path) -> None:
    async def story(page: Served) -> None:
        async with page.page() as slow:
            await event(slow, "screen")
            for _ in range(MOST_WAITING + 1):
                page.show("idle", "请扫描")
            with pytest.raises(ConnectionClosed) as closed:
                await event(slow, "never")
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == TRY_AGAIN_LATER
        async with page.page() as back:
            assert (await event(back, "screen"))["name"] == "idle"

    play(tmp_path, story)


def test_slip_is_to_be_had_as_a_picture(tmp_path: Path) -> None:
    async def story(page: Served) -> None:
        page.bench.parts.devices.printer.receive(b"\x1b@\x1c&" + PAPER, 0.0)
        status, headers, body = await asyncio.to_thread(page.get, "/slip/0.png")
        assert (status, headers["content-type"], body[:4]) == (200, "image/png", PNG)

    play(tmp_path, story)


def test_closing_the_page_hangs_up_and_frees_the_port(tmp_path: Path) -> None:
    async def whole() -> None:
        async with served(tmp_path / "one") as page:
            second = await serve_page(Stage(page.bench), 0)
            browser = await Served(page.bench, second.port).page()
            await second.close()
            with pytest.raises(ConnectionClosed):
                await event(browser, "never")
            with socket.create_server(("127.0.0.1", second.port)):
                pass

    asyncio.run(whole())


def test_port_in_use_is_an_error_of_the_operating_system(tmp_path: Path) -> None:
    async def story(page: Served) -> None:
        with pytest.raises(OSError, match="in use"):
            await serve_page(Stage(page.bench), page.port)

    play(tmp_path, story)


def test_reply_is_one_line_of_json_with_chinese_as_it_is(tmp_path: Path) -> None:
    async def story(page: Served) -> None:
        async with page.page() as browser:
            await event(browser, "screen")
            await browser.send(json.dumps({"id": 1, "do": "people"}))
            text = await browser.recv()
            assert "李娜" in str(text)

    play(tmp_path, story)

"""The emulator's page: one HTML page with its files, the slips as pictures, and a live connection.

Loopback only. A request must name this very server in its Host, and come from this very page if it
says where it comes from, so no other site open in the same browser can reach the terminal.
"""

import asyncio
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from emulator.paper import slip_png
from emulator.stage import Stage
from emulator.web_live import LivePage

LOOPBACK: Final = "127.0.0.1"
NAMES: Final = (LOOPBACK, "localhost")
PAGE: Final = Path(__file__).parent / "page"
LONGEST_MESSAGE_BYTES: Final = 1 << 20
GRACE_S: Final = 1
POLICY_VIOLATED: Final = 1008
POLICY: Final = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
MEDIA_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".html": "text/html",
        ".css": "text/css",
        ".json": "application/json",
        ".js": "text/javascript",
        ".svg": "image/svg+xml",
    }
)


@dataclass(frozen=True, slots=True)
class ServedPage:
    """A page that is being served on this port of the loopback address."""

    port: int
    _server: uvicorn.Server

    async def close(self) -> None:
        """Hang up on every browser and stop listening."""
        await self._server.shutdown()


async def serve_page(stage: Stage, port: int) -> ServedPage:
    """Serve the page in the running event loop; port 0: any free one. OSError if it can't."""
    listening = socket.create_server((LOOPBACK, port))
    # Inherited by each connection. Else a screen waits 40 ms behind what was sent just before.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        make_app(stage),
        ws="websockets-sansio",
        ws_max_size=LONGEST_MESSAGE_BYTES,
        ws_per_message_deflate=False,  # on one computer it only costs time and memory
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_S,
    )
    server = uvicorn.Server(config)
    # Not server.serve(): it would take the signals that the bench itself waits for.
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listening])
    return ServedPage(int(listening.getsockname()[1]), server)


def make_app(stage: Stage) -> Starlette:
    """The page of this stage as an ASGI application."""
    routes = [
        Route(f"/{'' if name == 'index.html' else name}", partial(_file, response=(body, kind)))
        for name, body, kind in _page_files()
    ]
    slip = Route("/slip/{number:int}.png", partial(_slip, stage))
    live = WebSocketRoute("/control", partial(_control, stage))
    return Starlette(routes=[*routes, slip, live], middleware=[Middleware(_guarded)])


def _page_files() -> list[tuple[str, bytes, str]]:
    """Name, content and media type of each file; read once, so that no path is ever built."""
    return [
        (path.name, path.read_bytes(), MEDIA_TYPES[path.suffix])
        for path in sorted(PAGE.iterdir())
        if path.suffix in MEDIA_TYPES
    ]


async def _file(_request: Request, response: tuple[bytes, str]) -> Response:
    return Response(response[0], media_type=response[1])


async def _slip(stage: Stage, request: Request) -> Response:
    slips = stage.slips
    number = int(request.path_params["number"])
    if number >= len(slips):
        raise HTTPException(404)
    return Response(await asyncio.to_thread(slip_png, slips[number]), media_type="image/png")


async def _control(stage: Stage, browser: WebSocket) -> None:
    await browser.accept()
    await LivePage(stage, browser).run()


def _guarded(app: ASGIApp) -> ASGIApp:
    """Refuse what does not come from this page, and tell the browser to keep to this server."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_ours(scope):
            await _refuse(scope, receive, send)
        elif scope["type"] == "http":
            await app(scope, receive, partial(_send_with_policy, send))
        else:
            await app(scope, receive, send)

    return guard


def _is_ours(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    hosts = {f"{name}:{scope['server'][1]}" for name in NAMES}
    origins = {f"http://{host}" for host in hosts}
    if scope["type"] == "http":
        origins.add("")  # a browser sends none when it opens the page
    return headers.get("host") in hosts and headers.get("origin", "") in origins


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        text = "Open the address that the emulator printed.\n请打开模拟器显示的地址。\n"
        await PlainTextResponse(text, status_code=403)(scope, receive, send)
    else:
        await receive()
        await send({"type": "websocket.close", "code": POLICY_VIOLATED})


async def _send_with_policy(send: Send, message: Message) -> None:
    if message["type"] == "http.response.start":
        _add_policy(message)
    await send(message)


def _add_policy(message: Message | dict[str, Any]) -> None:
    headers = MutableHeaders(raw=message["headers"])
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cache-Control"] = "no-store"

"""`python -m emulator`: the bench until Ctrl-C, or the demo."""

import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Final

from emulator.bench import Bench, running_bench
from emulator.control import ControlServer
from emulator.demo import run_demo
from emulator.firmware import MODULE
from emulator.host.ledger import LedgerError
from emulator.host.tls import TlsError
from emulator.keypad import PadMemoryError
from emulator.options import Options, parsed_options
from emulator.parts import BenchOptions
from emulator.shop import ShopError, load_shop
from emulator.stage import Stage
from emulator.state_folder import StateError

STOPS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
CAN_T_START: Final = (ShopError, StateError, TlsError, LedgerError, PadMemoryError, OSError)


def main() -> int:
    """The exit code: 0, 1 when the demo's books disagree, 2 when it could not start."""
    options = parsed_options(sys.argv[1:])
    try:
        return asyncio.run(run_emulator(options))
    except CAN_T_START as error:
        print(f"emulator: {error}", file=sys.stderr)
        return 2


async def run_emulator(
    options: Options,
    firmware: tuple[str, ...] = MODULE,
    watch: Callable[[Bench], None] | None = None,
) -> int:
    """The bench, or the demo, until it ends; the exit code. Raises what CAN_T_START lists.

    `firmware`: what Python runs as the firmware; `watch` is handed the bench before it is used.
    """
    bench = BenchOptions(
        state=options.state,
        shop=load_shop(options.shop),
        wires=options.wires,
        acquirer=options.acquirer,
        host_line=options.host_line,
        baud=options.baud,
        cables=options.cables,
        devices_only=options.devices_only,
        is_fresh=options.is_fresh,
        seed=options.seed,
        pcap=options.pcap,
        firmware=firmware,
    )
    if options.is_demo:
        return await run_demo(bench)
    await _serve(options, bench, watch)
    return 0


async def _serve(
    options: Options, bench_options: BenchOptions, watch: Callable[[Bench], None] | None
) -> None:
    stopped = _stop_signal()
    async with AsyncExitStack() as stack:
        bench = await stack.enter_async_context(running_bench(bench_options, _say))
        if watch is not None:
            watch(bench)
        stage = Stage(bench)
        stack.push_async_callback(stage.close)
        control = ControlServer(stage.do)
        stack.push_async_callback(control.close)
        port = await control.open(options.control)
        if not options.is_headless:
            _say(f"page: http://127.0.0.1:{await _open_page(stage, options.port, stack)}/")
        _say(f"control: 127.0.0.1:{port}")
        if options.devices_only:
            _say(f"device: {bench.parts.device_file}")
        await stopped.wait()


async def _open_page(stage: Stage, port: int, stack: AsyncExitStack) -> int:
    # Only here: a bench without a page starts faster and needs less memory.
    from emulator.web import serve_page

    page = await serve_page(stage, port)
    stack.push_async_callback(page.close)
    return page.port


def _stop_signal() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in STOPS:
        loop.add_signal_handler(number, stopped.set)
    return stopped


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())

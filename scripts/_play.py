"""Plays stories on a bench: in memory, on the emulator, or at a real terminal."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from emulator.stories.bench import StoryBench
from emulator.stories.player import Player, StoryFailed
from emulator.stories.story import STORIES, Story, StoryError, WorldName, load
from scripts._play_report import Played, junit, print_failure, print_result, print_step, print_sum
from tests.end_to_end.channel import Channel
from tests.scenarios.channel_story import ChannelStoryBench, EmulatorBenches
from tests.scenarios.memory_story import memory_bench_of

BenchOf = Callable[[Story], AbstractContextManager[StoryBench]]


class PlayError(Exception):
    """There is nothing to play on; one line."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where stories are played."""

    world: WorldName
    bench_of: BenchOf


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 all is as the stories have it, 1 something is not, 2 nothing was played."""
    asked = _parser().parse_args(arguments)
    try:
        stories = [load(path) for path in asked.files or sorted(STORIES.glob("*.toml"))]
        with ExitStack() as stack:
            played = _play_all(stories, _place(asked, stack))
        if asked.junit:
            asked.junit.write_bytes(junit(played))
    except (PlayError, StoryError, OSError) as error:
        print(f"play: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("play: stopped", file=sys.stderr)
        return 2
    print_sum(played)
    return 1 if any(one.failure for one in played) else 0


def _stop(_number: int, _frame: object) -> None:
    """As Ctrl-C does: a bench that was started is ended on the way out."""
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/play", description=__doc__)
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="all when none is named"
    )
    parser.add_argument(
        "--bench",
        default="simulation",
        metavar="simulation|emulator|DEVICE.TOML",
        help="in memory (the default), on an emulator of its own, or at a real terminal: a file "
        'with `control = "HOST:PORT"`',
    )
    parser.add_argument("--control", metavar="HOST:PORT", help="a real terminal's control channel")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="a report for other tools")
    return parser


def _place(asked: argparse.Namespace, stack: ExitStack) -> Place:
    if asked.control or asked.bench not in ("simulation", "emulator"):
        channel = _channel(asked.control or _address(Path(asked.bench)))
        stack.callback(channel.close)
        return Place("hardware", lambda story: _terminal(channel))
    if asked.bench == "simulation":
        return Place("simulation", memory_bench_of)
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="play-"))
    return Place("emulator", EmulatorBenches(Path(folder)).bench_of)


def _address(file: Path) -> str:
    try:
        return str(tomllib.loads(file.read_text(encoding="utf-8"))["control"])
    except KeyError:
        raise PlayError(f'{file}: control: "HOST:PORT" of its control channel is needed') from None
    except ValueError as error:
        raise PlayError(f"{file}: {error}") from None


def _channel(address: str) -> Channel:
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        raise PlayError(f"control: {address}: an address is HOST:PORT")
    return Channel(address)


@contextmanager
def _terminal(channel: Channel) -> Iterator[StoryBench]:
    yield ChannelStoryBench("hardware", channel)


def _play_all(stories: Sequence[Story], place: Place) -> list[Played]:
    played = []
    for story in stories:
        one = _played(story, place)
        print_result(one)
        if one.failure:
            print_failure(one, place.world)
        played.append(one)
    return played


def _played(story: Story, place: Place) -> Played:
    why_not = _why_not(story, place.world)
    if why_not:
        return Played(story, skipped=why_not)
    began_s = time.monotonic()
    with place.bench_of(story) as bench:
        try:
            Player(bench, story, lambda at, of: print_step(story, at, of)).play()
        except StoryFailed as failure:
            took_s = time.monotonic() - began_s
            return Played(story, took_s, failure, tuple(bench.ask("trace")["entries"]))
    return Played(story, time.monotonic() - began_s)


def _why_not(story: Story, world: WorldName) -> str:
    if world not in story.worlds:
        return f"only on {', '.join(story.worlds)}"
    if world == "hardware" and story.has_own_settings:
        return "needs settings of its own"
    return ""


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(main(sys.argv[1:]))

"""The requests of the control channel as types: what each verb takes, checked before it is done."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, get_args, get_type_hints

import msgspec

WireName = Literal["keypad", "display", "reader", "scanner", "printer", "acquirer"]
OWN_FIELDS: Final = frozenset({"id", "do"})


class RequestError(Exception):
    """The request can't be done; one line that says what, and where."""


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands beside `id` and `do`."""


class Nothing(Request, frozen=True):
    """A verb without fields."""


class Wait(Request, frozen=True):
    """Wait until the display shows this."""

    name: str | None = None
    contains: str | None = None
    timeout_s: float = 10.0
    after_seq: int | None = None


class Press(Request, frozen=True):
    """Keys, pressed one after the other."""

    keys: list[str]


class ShowCard(Request, frozen=True):
    """A card of the deck, or any track 2."""

    card: str | None = None
    track2: str | None = None


class Scan(Request, frozen=True):
    """The text of a code."""

    text: str


class Since(Request, frozen=True):
    """What came after this number."""

    since: int = 0


class ReadStory(Request, frozen=True):
    """A story of the folder, or the text of one's own."""

    name: str | None = None
    text: str | None = None


class PlayStory(ReadStory, frozen=True):
    """Begin a story, or go on with the one that is open: no name, no text.

    `pace_s`: how long each step waits for somebody to see the one before.
    """

    to: Literal["play", "step", "pause", "stop", "leave"] = "play"
    pace_s: Annotated[float, msgspec.Meta(ge=0, le=60)] = 0.0


class ArmFault(Request, frozen=True):
    """A fault; its own parameters stand beside these fields."""

    name: str
    count: int = 1
    parameters: dict[str, bool | int | float | str] = {}


class ClearFault(Request, frozen=True):
    """A fault, or all of them."""

    name: str | None = None


class Power(Request, frozen=True):
    """Power of the terminal."""

    to: Literal["on", "off"]


class Link(Request, frozen=True):
    """A cable."""

    wire: WireName
    to: Literal["up", "down"]


class Printer(Request, frozen=True):
    """Hands at the printer."""

    paper: Literal["load"] | None = None
    cover: Literal["open", "closed"] | None = None


REQUESTS: Final[Mapping[str, type[Request]]] = MappingProxyType(
    {
        "screen": Nothing,
        "wait": Wait,
        "press": Press,
        "swipe": ShowCard,
        "insert": ShowCard,
        "tap": ShowCard,
        "remove": Nothing,
        "scan": Scan,
        "paper": Nothing,
        "tear": Nothing,
        "cards": Nothing,
        "sales": Nothing,
        "people": Nothing,
        "ledger": Since,
        "journal": Since,
        "trace": Since,
        "faults": Nothing,
        "fault": ArmFault,
        "clear": ClearFault,
        "power": Power,
        "link": Link,
        "printer": Printer,
        "firmware": Nothing,
    }
)
STORY_REQUESTS: Final[Mapping[str, type[Request]]] = MappingProxyType(
    {"stories": Nothing, "story": ReadStory, "play": PlayStory, "playing": Nothing}
)
"""What the stage does itself, whichever terminal it shows."""
SIMULATION_ONLY: Final = frozenset({"clock", "cut_power_at", "disk"})


def parsed(
    message: Mapping[str, Any], requests: Mapping[str, type[Request]] = REQUESTS
) -> tuple[str, Request]:
    """The verb of a message and its checked request. Raises RequestError."""
    verb = message.get("do")
    if isinstance(verb, str) and verb in SIMULATION_ONLY:
        raise RequestError("not here: simulation only")
    if not isinstance(verb, str) or verb not in requests:
        known = ", ".join((*REQUESTS, *STORY_REQUESTS))
        raise RequestError(f"do: no verb is called {verb!r}; there are {known}")
    given = {key: value for key, value in message.items() if key not in OWN_FIELDS}
    if verb == "fault":
        given = _with_parameters(given)
    try:
        return verb, msgspec.convert(given, requests[verb])
    except msgspec.ValidationError as error:
        raise RequestError(f"{verb}: {_worded(str(error), requests[verb])}") from None


def _with_parameters(given: dict[str, Any]) -> dict[str, Any]:
    own: dict[str, Any] = {key: given[key] for key in ("name", "count") if key in given}
    return {**own, "parameters": {key: v for key, v in given.items() if key not in own}}


def _worded(message: str, request: type[Request]) -> str:
    what, _, place = message.partition(" - at `$")
    key = place.strip(".`")
    what = what[0].lower() + what[1:]
    if what.startswith("invalid enum"):
        what = f"{what}, one of {', '.join(_choices(get_type_hints(request)[key]))}"
    return f"{key}: {what}" if key else what


def _choices(kind: Any) -> Iterator[str]:
    """The values of a Literal, also one that may be left out."""
    for argument in get_args(kind):
        if isinstance(argument, str):
            yield argument
        else:
            yield from _choices(argument)

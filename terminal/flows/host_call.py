"""One management exchange with the host: sign-in, sign-off, echo test. No money, no MAC (3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from types import MappingProxyType

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import LoadKeys, Refusal
from terminal.effects import AskKeypad, Call, Effect, HangUp, Persist, SendToHost
from terminal.events import HostReplied, KeypadFailed
from terminal.flow import Flow, FlowTable, On
from terminal.flows.host_asks import ASKS_SIGN_IN, wishes
from terminal.flows.silence import host_silent
from terminal.iso8583 import messages
from terminal.iso8583.messages import Message, MessageError, SignInAnswer
from terminal.ui.screens import Message as Told
from terminal.ui.screens import Progress, Say, Screen, say
from terminal.ui.text import Text


class Kind(Enum):
    """What is asked of the host."""

    SIGN_IN = "sign_in"
    SIGN_OFF = "sign_off"
    ECHO = "echo"


TITLES: Mapping[Kind, Text] = MappingProxyType(
    {
        Kind.SIGN_IN: Text.TITLE_SIGN_IN,
        Kind.SIGN_OFF: Text.TITLE_SIGN_OFF,
        Kind.ECHO: Text.TITLE_ECHO,
    }
)


class S(Enum):
    """LOADING is the pad at work on the new keys."""

    WAITING = auto()
    LOADING = auto()
    GOOD = auto()
    BAD = auto()
    OVER = auto()


@dataclass(frozen=True, slots=True)
class HostCall:
    """What is asked, what came, and what there is to say about it."""

    facts: Facts
    kind: Kind
    said: tuple[Say, ...] = ()
    answer: SignInAnswer | None = None
    good: bool = False


Step = tuple[HostCall, tuple[Effect, ...]]


def call(facts: Facts, kind: Kind) -> Call:
    """Run one exchange; the result is True when it went well."""
    return Call(lambda: Flow(TABLE, HostCall(facts, kind)))


def identity(facts: Facts) -> messages.TerminalIdentity:
    """This terminal, as messages name it."""
    who = facts.identity
    info = who.device_info or messages.device_info(who.licence, who.serial)
    return messages.TerminalIdentity(who.terminal_id, who.merchant_id, info)


def _request(c: HostCall) -> Message:
    books, who = c.facts.books, identity(c.facts)
    batch, stan = f"{books.batch:06d}", f"{books.next_stan:06d}"
    if c.kind is Kind.SIGN_IN:
        return messages.sign_in(who, stan, batch, c.facts.profile)
    if c.kind is Kind.SIGN_OFF:
        return messages.sign_off(who, stan, batch)
    return messages.echo(who, batch)


def send(c: HostCall, event: object) -> Step:
    """The number is on disk before its message leaves (profile 3)."""
    raw = messages.encode(_request(c))
    if c.kind is Kind.ECHO:
        return c, (SendToHost(raw),)
    stan = Persist("stan", {"stan": c.facts.books.next_stan, "for": c.kind.value})
    return c, (stan, SendToHost(raw))


def is_refused(c: HostCall, event: HostReplied) -> bool:
    """F39 is not 00, or a sign-in answer without keys and batch that can be used."""
    try:
        reply = messages.decode(event.raw)
        if c.kind is not Kind.SIGN_IN:
            return reply.text(39) != "00"
        answer = messages.sign_in_answer(reply)
    except MessageError:
        return True
    return answer.keys is None or not answer.batch


def brings_keys(c: HostCall, event: HostReplied) -> bool:
    """A good sign-in answer."""
    return c.kind is Kind.SIGN_IN


def say_refused(c: HostCall, event: HostReplied) -> Step:
    """The host's code, nothing else changes."""
    try:
        code = messages.decode(event.raw).text(39) or "--"
    except MessageError:
        code = "--"
    return replace(c, said=(say(Text.HOST_SAYS_NO, code=code),)), ()


def load_keys(c: HostCall, event: HostReplied) -> Step:
    """The pad verifies every check value before it uses a key."""
    answer = messages.sign_in_answer(messages.decode(event.raw))
    assert answer.keys is not None
    question = LoadKeys(answer.keys.scheme, answer.keys.raw)
    return replace(c, answer=answer), (*_wishes(c, event), AskKeypad(question))


def _wishes(c: HostCall, event: HostReplied) -> tuple[Effect, ...]:
    """A sign-in is what the host asks for: doing it again at once would never end."""
    is_this = c.kind is Kind.SIGN_IN and event.processing_request == ASKS_SIGN_IN
    return () if is_this else wishes(event.processing_request)


def store_signed_in(c: HostCall, event: object) -> Step:
    """Another batch is taken over only when this one holds nothing unsettled (profile 3)."""
    assert c.answer is not None
    books, offered = c.facts.books, int(c.answer.batch)
    kept = books.batch if books.batch_records and offered != books.batch else offered
    body = {
        "batch": kept,
        "host_date": c.answer.host_date,
        "host_time": c.answer.host_time,
        "day": _day(c),
    }
    said = [say(Text.SIGN_IN_GOOD, batch=f"{kept:06d}")]
    if kept != offered:
        said.append(say(Text.BATCH_KEPT, batch=f"{kept:06d}"))
    return replace(c, said=tuple(said), good=True), (Persist("signed_in", body),)


def _day(c: HostCall) -> str:
    # The answer has no MAC, only keys that the pad has checked: its date is believed as far as our
    # own clock agrees. A shop at its ceiling has no other answer to wait for.
    assert c.answer is not None
    day = c.facts.host_day(c.answer.host_date)
    return day.isoformat() if day and day <= c.facts.wall_day else ""


def say_keys_wrong(c: HostCall, event: KeypadFailed) -> Step:
    """The sign-in has failed: the terminal stays without keys that it could use."""
    wrong = event.refusal in (Refusal.CHECK_VALUE, Refusal.KEY_LENGTH)
    text = Text.KEYS_WRONG if wrong else Text.KEYPAD_GAVE_NO_ANSWER
    return replace(c, said=(say(text),)), (Persist("sign_in_wanted", {"why": "keys"}),)


def say_keypad_silent(c: HostCall, event: object) -> Step:
    """The pad did not say whether it took the keys."""
    wanted = Persist("sign_in_wanted", {"why": "keypad"})
    return replace(c, said=(say(Text.KEYPAD_GAVE_NO_ANSWER),)), (wanted,)


def say_good(c: HostCall, event: HostReplied) -> Step:
    """Echo answered, or signed off."""
    if c.kind is Kind.ECHO:
        return replace(c, said=(say(Text.ECHO_GOOD),), good=True), _wishes(c, event)
    done = replace(c, said=(say(Text.SIGN_OFF_GOOD),), good=True)
    return done, (Persist("sign_in_wanted", {"why": "signed_off"}),)


def say_not_reached(c: HostCall, event: object) -> Step:
    """Nothing left this terminal."""
    return replace(c, said=(say(Text.HOST_NOT_REACHED), say(Text.CHECK_LINE))), ()


def say_silent(c: HostCall, event: object) -> Step:
    """No answer of ours in time."""
    said = (say(Text.HOST_GAVE_NO_ANSWER), say(Text.CHECK_LINE))
    return replace(c, said=said), (HangUp(),)


def _waiting(c: HostCall) -> Screen:
    return Progress("host.wait", say(TITLES[c.kind]), (say(Text.TALKING_TO_HOST),))


def _told(c: HostCall) -> Screen:
    lines = c.said if c.good else (*c.said, say(Text.NO_MONEY_INVOLVED))
    return Told(f"{c.kind.value}.result", say(TITLES[c.kind]), lines, say(Text.HINT_ENTER))


def _good_s(c: HostCall) -> float:
    # Nobody need read "it went well"; a second line asks somebody to do something.
    return 2.0 if len(c.said) == 1 else 30.0


TABLE: FlowTable[HostCall] = FlowTable(
    name="host_call",
    states=S,
    initial=S.WAITING,
    final=frozenset({S.OVER}),
    rows=[
        On("started", S.WAITING, S.WAITING, do=send),
        On("host", S.WAITING, S.BAD, when=is_refused, do=say_refused),
        On("host", S.WAITING, S.LOADING, when=brings_keys, do=load_keys),
        On("host", S.WAITING, S.GOOD, do=say_good),
        On("keypad", S.LOADING, S.GOOD, do=store_signed_in),
        On("keypad_failed", S.LOADING, S.BAD, do=say_keys_wrong),
        On("timeout", S.LOADING, S.BAD, do=say_keypad_silent),
        On("host_not_reached", S.WAITING, S.BAD, do=say_not_reached),
        *host_silent(S.WAITING, S.BAD, say_silent),
        On("cancel", S.WAITING, S.BAD, do=say_silent),
        On("enter", (S.GOOD, S.BAD), S.OVER),
        On("cancel", (S.GOOD, S.BAD), S.OVER),
        On("timeout", (S.GOOD, S.BAD), S.OVER),
    ],
    screens={S.WAITING: _waiting, S.LOADING: _waiting, S.GOOD: _told, S.BAD: _told},
    timeout_s={S.WAITING: 90.0, S.LOADING: 5.0, S.GOOD: _good_s, S.BAD: 30.0},
    result=lambda state, c: c.good,
)

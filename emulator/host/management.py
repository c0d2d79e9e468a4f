"""Sign-in, sign-off and echo: messages without a MAC (fact sheet, 3.1 and 3.2)."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from emulator.host.crypto import SignInKind, key_block, new_keys
from emulator.host.desk import Answer, Caller, Desk, Request, caller_of, echoed, stamped
from emulator.host.message import Message, Value
from emulator.host.records import Session

SIGN_IN_NEEDS = (11, 41, 42, 60)
ECHO_NEEDS = (41, 42, 60)
DIGITS_60 = 11
KINDS: Mapping[int, SignInKind] = MappingProxyType({24: "001", 40: "003", 60: "004"})
"""The sign-in that brings a key block of so many bytes."""


def sign_in(desk: Desk, request: Request) -> Answer:
    """Answer 0810: a batch number and new working keys under the master key."""
    kind = request.message.text(60)[8:11]
    caller = caller_of(desk, request.message)
    refusal = _refusal(request, SIGN_IN_NEEDS, caller)
    if refusal is not None or isinstance(caller, str):
        return _answer(desk, request, refusal or "97")
    if kind not in caller.terminal.sign_in_kinds:
        return _answer(desk, request, "40")
    with desk.ledger.transaction():
        session = _new_session(desk, caller, kind)
        desk.ledger.save_session(session)
        extra: dict[int, Value] = {60: f"00{session.batch}{kind}", 62: session.key_block}
        return _answer(desk, request, "00", extra)


def change_keys(desk: Desk, message: Message) -> None:
    """Other working keys for this terminal, which it isn't told of; its batch stays."""
    caller = caller_of(desk, message)
    if isinstance(caller, str) or caller.session is None:
        return
    old = caller.session
    kind = KINDS[len(old.key_block)]
    keys = new_keys(f"{desk.seed}/{old.terminal}/changed", kind, caller.terminal.mak)
    block = key_block(caller.terminal.tmk, keys)
    desk.ledger.save_session(replace(old, key_block=block))


def sign_off(desk: Desk, request: Request) -> Answer:
    """Answer 0830; the terminal must sign in before its next money message."""
    caller = caller_of(desk, request.message)
    refusal = _refusal(request, SIGN_IN_NEEDS, caller)
    if refusal is None and isinstance(caller, Caller) and caller.session is not None:
        old = caller.session
        desk.ledger.save_session(
            Session(old.terminal, old.merchant, old.batch, False, old.sign_ins, old.key_block)
        )
    return _answer(desk, request, refusal or "00")


def echo(desk: Desk, request: Request) -> Answer:
    """Answer 0830 to an echo test: no trace number, no reference number."""
    refusal = _refusal(request, ECHO_NEEDS, caller_of(desk, request.message))
    when = desk.now()
    fields = echoed(request.message, (41, 42, 60)) | stamped(when) | {39: refusal or "00"}
    return Answer(fields)


def _refusal(request: Request, needed: tuple[int, ...], caller: Caller | str) -> str | None:
    missing = [number for number in needed if number not in request.message.fields]
    if missing or len(request.message.text(60)) < DIGITS_60:
        return "30"
    return caller if isinstance(caller, str) else None


def _new_session(desk: Desk, caller: Caller, kind: SignInKind) -> Session:
    terminal, old = caller.terminal, caller.session
    sign_ins = old.sign_ins + 1 if old else 1
    keys = new_keys(f"{desk.seed}/{terminal.tid}/{sign_ins}", kind, terminal.mak)
    batch = _batch(desk, caller)
    block = key_block(terminal.tmk, keys)
    return Session(terminal.tid, terminal.mid, batch, True, sign_ins, block)


def _batch(desk: Desk, caller: Caller) -> str:
    if caller.session is not None and desk.config.profile.batch == "until_settled":
        return caller.session.batch
    return desk.ledger.next_batch(caller.terminal.tid, caller.terminal.mid)


def _answer(
    desk: Desk, request: Request, code: str, extra: dict[int, Value] | None = None
) -> Answer:
    when = desk.now()
    fields = echoed(request.message, (11, 41, 42, 60)) | stamped(when)
    fields |= {32: desk.config.acquirer_id, 37: desk.ledger.next_rrn(when), 39: code}
    return Answer(fields | (extra or {}))

"""Settlement 0500 and the end of a batch upload: messages without a MAC (fact sheet, 3.9, 3.10)."""

from dataclasses import replace

from emulator.host.desk import Answer, Caller, Desk, Request, batch_of, caller_of, echoed, stamped
from emulator.host.message import Message
from emulator.host.records import Batch, BatchKey
from emulator.host.totals import Flag, Totals, flags_of, read_totals, shifted, totals_of

NEEDED = (11, 41, 42, 48, 49, 60)
ECHOED = (11, 41, 42, 49, 60)
END_NEEDED = (11, 41, 42, 48, 60)
END_ECHOED = (11, 41, 42, 60)
END_DIGITS = 4
ERROR: tuple[Flag, Flag] = ("3", "3")


def settle(desk: Desk, request: Request) -> Answer:
    """Answer 0510, without field 39: flag 1 balanced, 2 not and the host's own totals, 3 error."""
    message = request.message
    caller = caller_of(desk, message)
    told = read_totals(message.text(48))
    missing = [number for number in NEEDED if number not in message.fields]
    if isinstance(caller, str) or told is None or missing:
        return _answer(desk, message, (told or Totals()).text(ERROR))
    with desk.ledger.transaction():
        return _answer(desk, message, _settled(desk, request, caller, told))


def end_upload(desk: Desk, request: Request) -> Answer:
    """Answer 0330 to 202 or 207: the batch is closed and the next one begins."""
    message = request.message
    caller = caller_of(desk, message)
    if isinstance(caller, str):
        return end_answer(desk, message, caller)
    missing = [number for number in END_NEEDED if number not in message.fields]
    if missing or len(message.text(48)) != END_DIGITS:
        return end_answer(desk, message, "30")
    if request.fault is not None:
        return end_answer(desk, message, str(request.fault["code"]))
    with desk.ledger.transaction():
        return end_answer(desk, message, _end_code(desk, message, caller))


def end_answer(desk: Desk, message: Message, code: str) -> Answer:
    """An 0330 without a MAC."""
    when = desk.now()
    fields = echoed(message, END_ECHOED) | stamped(when)
    return Answer(fields | {37: desk.ledger.next_rrn(when), 39: code})


def batch_key(message: Message) -> BatchKey:
    """What names the batch of a message."""
    return message.text(42), message.text(41), batch_of(message)


def _settled(desk: Desk, request: Request, caller: Caller, told: Totals) -> str:
    """Field 48 of the answer; the batch is noted as settling, or as closed if nothing follows."""
    key = batch_key(request.message)
    old = desk.ledger.batches.find(key)
    if not _is_current(caller, key) and (old is None or old.state != "closed"):
        return told.text(ERROR)
    own = _own_totals(desk, request, key)
    flags = flags_of(own, told)
    if old is None or old.state != "closed":
        batch = Batch(*key, "settling", own.text(), told.text(), "", _time(desk))
        desk.ledger.batches.save(batch)
        if flags == ("1", "1") and desk.config.profile.batch_ends == "balanced":
            _close(desk, caller, key, "")
    return own.text(flags)


def _own_totals(desk: Desk, request: Request, key: BatchKey) -> Totals:
    own = totals_of(desk.ledger.of_batch(key))
    fault = request.fault
    if fault is None:
        return own
    deltas = int(fault["debit_delta"]), int(fault["credit_delta"])
    return shifted(own, *deltas, is_foreign=bool(fault["foreign"]))


def _end_code(desk: Desk, message: Message, caller: Caller) -> str:
    """00; 77 another batch; 12 before any settlement; 95 if the count is not the uploads'."""
    key = batch_key(message)
    batch = desk.ledger.batches.find(key)
    if batch is not None and batch.state == "closed":
        return "00"
    if not _is_current(caller, key):
        return "77"
    if batch is None:
        return "12"
    if int(message.text(48)) != desk.ledger.batches.upload_count(key):
        return "95"
    _close(desk, caller, key, message.text(60)[8:11])
    return "00"


def _close(desk: Desk, caller: Caller, key: BatchKey, end_code: str) -> None:
    ledger = desk.ledger
    batch = ledger.batches.find(key)
    assert batch is not None
    assert caller.session is not None
    ledger.batches.save(replace(batch, state="closed", end_code=end_code, time=_time(desk)))
    ledger.batches.settle_bookings(key)
    tid, mid = caller.terminal.tid, caller.terminal.mid
    ledger.save_session(replace(caller.session, batch=ledger.next_batch(tid, mid)))


def _is_current(caller: Caller, key: BatchKey) -> bool:
    return caller.session is not None and caller.session.batch == key[2]


def _answer(desk: Desk, message: Message, totals_text: str) -> Answer:
    when = desk.now()
    fields = echoed(message, ECHOED) | stamped(when)
    fields |= {15: fields[13], 32: desk.config.acquirer_id, 37: desk.ledger.next_rrn(when)}
    return Answer(fields | {48: totals_text})


def _time(desk: Desk) -> str:
    return f"{desk.now():%Y-%m-%dT%H:%M:%S}"

"""A batch from its number to its paper: nothing is lost on the way (profile 3, F80 to F84)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.simulation.check_cases import TRIES_MOST, Case, batches, closed_before, steps
from tests.simulation.check_chain import Record
from tests.simulation.check_frames import Message
from tests.simulation.check_messages import is_ours
from tests.simulation.check_run import Run
from tests.simulation.check_slips import settlement_slips
from tests.simulation.evidence import Violation

BALANCED: Final = "balanced"
QUESTION: Final = 0  # the number that the totals themselves have in records of the upload
DETAILS: Final = "201"
DETAIL_DIGITS: Final = 40  # card type 2, trace 6, number 20, amount 12


def unsettled_batch_is_kept(run: Run) -> Iterator[Violation]:
    """No sign-in brings another batch while something of this one is not settled."""
    found: dict[int, Case] = {}
    current = 0
    for record, batch in batches(steps(run.journal.records, found)):
        if record.kind == "signed_in" and batch != current:
            mine = (c for c in found.values() if c.key[0] == current)
            if any(c.is_open or c.has_moved for c in mine):
                yield Violation("INV-2", f"batch {batch} was begun before {current} was settled")
        current = batch


def slip_comes_first(run: Run) -> Iterator[Violation]:
    """A batch is closed when the slip of its settlement is on paper, whole (F84)."""
    printed = settlement_slips(run.evidence.papers)
    asked: dict[int, int] = {}
    for record in run.journal.records:
        batch = record.body.get("batch", 0)
        if record.kind == "settle_asked":
            asked[batch] = record.body["stan"]
        elif record.kind == "batch_closed" and (batch, asked.get(batch, 0)) not in printed:
            yield Violation("INV-4", f"batch {batch} was closed without its slip")


def seals_outlast_what_is_open(run: Run) -> Iterator[Violation]:
    """The key of a batch is destroyed when nothing of it is unresolved (profile 5)."""
    found: dict[int, Case] = {}
    for record in steps(run.journal.records, found):
        if record.kind != "seal_destroyed":
            continue
        for case in found.values():
            if case.is_open and case.key[0] == record.body["batch"]:
                yield Violation("INV-9", f"{case.name} is open, and its card's number is gone")


# ---- the upload


def upload_goes_on(run: Run) -> Iterator[Violation]:
    """The cursor of an upload counts its messages, each once (F82)."""
    cursor: dict[int, int] = {}
    for record in run.journal.records:
        if record.kind == "settle_asked":
            cursor[record.body["batch"]] = 0
        elif record.kind in ("uploaded", "upload_skipped"):
            batch, item = record.body["batch"], record.body["item"]
            if (record.kind, item, cursor.get(batch)) == ("upload_skipped", QUESTION, 0):
                continue  # closed without the host: nothing goes up
            if item != cursor.get(batch, 0) + 1:
                story = f"batch {batch}: message {item} after message {cursor.get(batch, 0)}"
                yield Violation("INV-2", story)
            cursor[batch] = item


def left_out_after_tries(run: Run) -> Iterator[Violation]:
    """What a person leaves out was refused or not answered again and again, or has no card."""
    failed: dict[tuple[int, int], list[str]] = {}
    for record in run.journal.records:
        if record.kind == "upload_refused":
            failed.setdefault(_of(record), []).append(record.body["code"])
        elif record.kind in ("settle_answered", "settle_refused"):
            failed.pop((record.body["batch"], QUESTION), None)
        elif record.kind == "upload_skipped":
            codes = failed.get(_of(record), [])
            if codes[-1:] != ["card"] and len(codes) < TRIES_MOST:
                story = f"batch {record.body['batch']}: message {record.body['item']} was left out"
                yield Violation("INV-2", f"{story} after {len(codes)} tries")


def _of(record: Record) -> tuple[int, int]:
    return record.body["batch"], record.body["item"]


def upload_was_answered(run: Run) -> Iterator[Violation]:
    """The host has said of each message of an upload that it has it (F81)."""
    asked = {m.key[1] for m in run.sent() if m.mti == "0320"}
    answers = [m for m in run.heard() if m.mti == "0330" and is_ours(run, m)]
    taken = {m.key[1] for m in answers if m.key[1] in asked}
    done = {(r.body["batch"], r.body["item"]) for r in run.journal.records if r.kind == "uploaded"}
    if len(done) > len(taken):
        yield Violation("INV-2", f"{len(done)} messages count as uploaded, {len(taken)} answered")


def differences_go_up(run: Run) -> Iterator[Violation]:
    """When either half differs, each approval of the batch goes up, one by one (3.10, F81)."""
    sent = {key for m in run.sent() if m.mti == "0320" for key in _uploaded(m)}
    closed = {r.body["batch"] for r in run.journal.records if r.kind == "batch_closed"}
    skipped = {r.body["batch"] for r in run.journal.records if r.kind == "upload_skipped"}
    for case in _to_upload(run):
        if case.key not in sent and case.key[0] in closed - skipped:
            yield Violation("INV-2", f"{case.name} is not in the upload of its batch")


def _to_upload(run: Run) -> Iterator[Case]:
    """What was approved when the totals were asked that differed."""
    found: dict[int, Case] = {}
    approved: list[Case] = []
    for record in steps(run.journal.records, found):
        if record.kind == "settle_asked":
            batch = record.body["batch"]
            since = closed_before(run.journal.records, batch, record.number)
            mine = (c for c in found.values() if c.key[0] == batch and c.record.number > since)
            approved = [c for c in mine if c.outcome == "approved"]
        elif record.kind == "settle_answered":
            halves = {record.body["domestic"], record.body["foreign"]}
            yield from approved if halves != {BALANCED} else ()


def _uploaded(message: Message) -> Iterator[tuple[int, int]]:
    batch, stan = message.key
    if message.get(3):
        yield batch, stan
    elif message.get(60)[8:11] == DETAILS:
        details = message.get(48)[2:]
        for at in range(0, len(details), DETAIL_DIGITS):
            yield batch, int(details[at + 2 : at + 8] or 0)


CHECKS: Final = (
    unsettled_batch_is_kept,
    slip_comes_first,
    seals_outlast_what_is_open,
    upload_goes_on,
    left_out_after_tries,
    upload_was_answered,
    differences_go_up,
)

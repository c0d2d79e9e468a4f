"""What the records of a settlement do to the books: asked, answered, uploaded, skipped, closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from terminal.domain.books import STAN_MAX, Books, SealedBatch, Settling, SkippedUpload, Totals
from terminal.domain.ceilings import Tally

if TYPE_CHECKING:
    from terminal.domain.bookkeeping import StoredRecord

# Why a message did not go up, beside the host's codes:
CARD_SHUT: Final = "card"  # the pad can't open its card
QUESTION: Final = 0  # the number of the question itself, where the upload's begin with 1
NOT_COMPARED: Final = "not_compared"  # the balance of a batch that was closed without the host
SILENT: Final = "silent"  # it left, and no answer that says anything came


class Due(Enum):
    """What a settlement that was begun waits for, in the order of the work."""

    ANSWER = auto()
    UPLOAD = auto()
    END = auto()
    SLIP = auto()


def due(settling: Settling, balanced_ends_too: bool) -> Due:
    """The next thing to do; `balanced_ends_too` as the profile's `upload_end` says (profile 8)."""
    if not settling.domestic:
        return Due.ANSWER
    if settling.items_done < settling.items:
        return Due.UPLOAD
    if not settling.ended and (balanced_ends_too or not settling.is_balanced):
        return Due.END
    return Due.SLIP


def next_item(settling: Settling) -> int:
    """The number of the message that is due; the end is the one after the last of the items."""
    return settling.items_done + 1 if settling.domestic else QUESTION


def may_be_skipped(settling: Settling, tries: int) -> bool:
    """Was the message that is due refused or not answered so often, or does its card stay shut?"""
    return settling.refused_why == CARD_SHUT or settling.refusals >= tries


def next_batch(books: Books) -> int:
    """The number after the batch that is settled, until the host gives another at sign-in."""
    assert books.settling is not None
    if books.batch != books.settling.batch:
        return books.batch
    return books.batch % STAN_MAX + 1


def seals_to_destroy(books: Books) -> tuple[SealedBatch, ...]:
    """Batches that are over, and in which nothing is unresolved any more (profile 5).

    A sign-in may replace the batch that is being settled: its cards may still have to go up. It
    may also give the number of one that is over again: both are sealed under one key.
    """
    open_ones = {t.intent.batch for t in books.unresolved.values()}
    open_ones.add(books.batch)
    if books.settling is not None:
        open_ones.add(books.settling.batch)
    return tuple(sealed for sealed in books.sealed if sealed.batch not in open_ones)


def use_stan(books: Books, stan: int) -> None:
    """One more number of the batch is used up."""
    books.stan = stan
    books.stans_in_batch += 1


def begin_batch(books: Books, batch: int, record_number: int) -> None:
    """Totals, sales and numbers begin anew; what is unresolved keeps its own batch for ever."""
    if books.batch:
        _seal(books, record_number)
    books.batch, books.batch_from = batch, record_number
    books.stans_in_batch = books.batch_records = 0
    books.totals, books.foreign = Totals(), Totals()
    books.given.of_batch = Tally()
    books.sales = {}


def _seal(books: Books, last: int) -> None:
    """The batch is over; one of its number from before is destroyed together with it."""
    first = next((s.first for s in books.sealed if s.batch == books.batch), books.batch_from)
    others = (s for s in books.sealed if s.batch != books.batch)
    books.sealed = [*others, SealedBatch(books.batch, first, last)]


def _asked(books: Books, record: StoredRecord) -> None:
    body, before = record.body, books.settling
    use_stan(books, body["stan"])
    books.settling = Settling(
        batch=body["batch"],
        stan=body["stan"],
        record=record.number,
        operator=body["by"],
        totals=Totals(**body["totals"]),
        foreign_totals=Totals(**body["foreign"]),
        wall=record.wall,
        asked=before.asked + 1 if before else 1,
        refusals=before.refusals if before else 0,
        refused_why=before.refused_why if before else "",
    )


def _answered(books: Books, record: StoredRecord) -> None:
    settling, body = books.settling, record.body
    if settling is None:
        return
    settling.domestic, settling.foreign = body["domestic"], body["foreign"]
    settling.refusals, settling.refused_why = 0, ""
    settling.host_domestic = _figures(body["host_domestic"])
    settling.host_foreign = _figures(body["host_foreign"])
    settling.host_date, settling.host_time = body["host_date"], body["host_time"]
    settling.items = body["items"]


def _figures(body: Mapping[str, int] | None) -> Totals | None:
    return Totals(**body) if body else None


def _refused(books: Books, record: StoredRecord) -> None:
    # The host says that it has not begun: the batch is as it was.
    books.settling = None


def _uploaded(books: Books, record: StoredRecord) -> None:
    if books.settling is not None:
        _go_past(books.settling, record.body["item"])


def _go_past(settling: Settling, item: int) -> None:
    if item == QUESTION:
        settling.domestic = settling.foreign = NOT_COMPARED
        settling.ended = True
    elif item > settling.items:
        settling.ended = True
    else:
        settling.items_done = item
    settling.refusals, settling.refused_why = 0, ""


def _upload_refused(books: Books, record: StoredRecord) -> None:
    settling = books.settling
    if settling is not None and record.body["item"] == next_item(settling):
        settling.refusals += 1
        settling.refused_why = record.body["code"]


def _skipped(books: Books, record: StoredRecord) -> None:
    settling, body = books.settling, record.body
    if settling is not None:
        settling.skipped.append(SkippedUpload(body["item"], body["by"], body["why"]))
        _go_past(settling, body["item"])


def _ended(books: Books, record: StoredRecord) -> None:
    if books.settling is not None:
        books.settling.ended = True


def _closed(books: Books, record: StoredRecord) -> None:
    books.settling = None
    if books.batch == record.body["batch"]:
        begin_batch(books, record.body["next"], record.number)


def _seal_destroyed(books: Books, record: StoredRecord) -> None:
    books.sealed = [sealed for sealed in books.sealed if sealed.batch != record.body["batch"]]


RULES: Mapping[str, Callable[[Books, Any], None]] = MappingProxyType(
    {
        "settle_asked": _asked,
        "settle_answered": _answered,
        "settle_refused": _refused,
        "uploaded": _uploaded,
        "upload_refused": _upload_refused,
        "upload_skipped": _skipped,
        "upload_ended": _ended,
        "batch_closed": _closed,
        "seal_destroyed": _seal_destroyed,
    }
)

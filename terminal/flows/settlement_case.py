"""What a settlement knows, decides and does. How far it is stands in the books, not here."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from terminal.domain import settling
from terminal.domain.books import Settling
from terminal.domain.books import Totals as Counted
from terminal.domain.facts import Facts
from terminal.domain.settlement import UploadItem, still_to_upload, upload_count
from terminal.domain.settling import Due
from terminal.domain.transaction import six_digits
from terminal.effects import Beep, Effect, HangUp, Persist, SendToHost
from terminal.events import HostReplied, Returned
from terminal.flows import settlement_paper, settlement_seals, settlement_upload
from terminal.flows.home_next import SettleSignedIn
from terminal.flows.host_asks import sign_in_first, wishes
from terminal.flows.host_call import identity
from terminal.flows.settlement_batch import end_follows_balance, plan, sent_up
from terminal.iso8583 import matching, messages
from terminal.iso8583.messages import Message, SettlementRequest, Totals
from terminal.ui.screens import Say, say
from terminal.ui.text import Text


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was sent last, what is still to be uploaded, why it does not go on.

    `next`: what comes behind it, by itself.
    """

    facts: Facts
    request: Message | None = None
    items: tuple[UploadItem, ...] = ()
    why: Say | None = None
    next: SettleSignedIn | None = None

    @property
    def now(self) -> Settling:
        """How far it is."""
        assert self.facts.books.settling is not None
        return self.facts.books.settling


Step = tuple[Settlement, tuple[Effect, ...]]


# ---- where to begin, and where to go on


def is_hindered(c: Settlement, event: object) -> bool:
    """The host talks only to a terminal that is signed in; the slip needs no host."""
    needs_host = is_new(c, event) or _due(c) is not Due.SLIP
    return needs_host and not c.facts.books.signed_in


def say_hindrance(c: Settlement, event: object) -> Step:
    """Sign in first."""
    return replace(c, why=say(Text.REFUSED_NOT_SIGNED_IN)), (Beep(),)


def is_new(c: Settlement, event: object) -> bool:
    """Nothing was asked yet: the totals are shown before anything is sent."""
    return c.facts.books.settling is None


def _due(c: Settlement) -> Due:
    return settling.due(c.now, end_follows_balance(c.facts))


def must_ask(c: Settlement, event: object) -> bool:
    """The host has not answered."""
    return _due(c) is Due.ANSWER


def must_upload(c: Settlement, event: object) -> bool:
    """Something of the upload is left."""
    return _due(c) is Due.UPLOAD


def must_end(c: Settlement, event: object) -> bool:
    """Only the end of the upload is left."""
    return _due(c) is Due.END


def needs_sign_in(c: Settlement, event: object) -> bool:
    """The host has signed this terminal off, and will refuse whatever comes."""
    return not c.facts.books.signed_in


def sign_in_next(c: Settlement, event: object) -> Step:
    """Home signs in; what is due then stands in the books."""
    return replace(c, next=SettleSignedIn()), ()


# ---- the question


def ask(c: Settlement, event: object) -> Step:
    """Totals and number are on disk before they leave: from here on nothing else is done."""
    books = c.facts.books
    batch = books.settling.batch if books.settling else books.batch
    request = messages.settlement(
        identity(c.facts),
        SettlementRequest(
            stan=six_digits(books.next_stan),
            batch=six_digits(batch),
            domestic=_half(books.totals),
            foreign=_half(books.foreign),
        ),
        c.facts.profile,
    )
    body = {
        "stan": books.next_stan,
        "batch": batch,
        "by": books.operator,
        "totals": asdict(books.totals),
        "foreign": asdict(books.foreign),
    }
    sent = replace(c, request=request, why=None)
    return sent, (Persist("settle_asked", body), SendToHost(messages.encode(request)))


def _half(counted: Counted) -> Totals:
    return Totals(
        counted.debit_minor, counted.debit_count, counted.credit_minor, counted.credit_count, "0"
    )


# ---- the upload


def upload(c: Settlement, event: object) -> Step:
    """The first message that the host has not acknowledged; the same after every restart."""
    items = c.items or still_to_upload(plan(c.facts), c.now.items_done)
    one = settlement_upload.call(c.facts, items[0])
    return replace(c, items=items[1:], why=None), (one,)


def was_taken(c: Settlement, event: Returned) -> bool:
    """The host has it, and the cursor is on disk."""
    return event.result is None


def is_next(c: Settlement, event: Returned) -> bool:
    """The host has it, and another one follows."""
    return was_taken(c, event) and bool(c.items)


def keep_why(c: Settlement, event: Returned) -> Step:
    """The cursor stays where it is."""
    return replace(c, why=event.result, items=()), ()


def end(c: Settlement, event: object) -> Step:
    """All of it is there: the count closes the batch at the host."""
    count = 0 if c.now.is_balanced else upload_count(sent_up(c.facts))
    return send_end(c, count, c.now.is_balanced)


def send_end(c: Settlement, count: int, is_balanced: bool) -> Step:
    """The end of an upload, with a number of its own."""
    stan, batch = c.facts.books.next_stan, six_digits(c.now.batch)
    request = messages.upload_end(identity(c.facts), six_digits(stan), batch, count, is_balanced)
    used = Persist("stan", {"stan": stan, "for": "upload_end"})
    return replace(c, request=request, why=None), (used, SendToHost(messages.encode(request)))


def end_is_taken(c: Settlement, event: HostReplied) -> bool:
    """The host has closed the batch."""
    assert c.request is not None
    return matching.check_upload(c.request, messages.decode(event.raw)).is_taken


def say_code(c: Settlement, event: HostReplied) -> Step:
    """The host does not take what is due; how often is counted."""
    code = messages.decode(event.raw).text(39) or "--"
    told = replace(c, why=say(Text.HOST_SAYS_NO, code=code))
    return told, (refused(c, code), *sign_in_first(code, c.facts.profile))


def refused(c: Settlement, code: str) -> Persist:
    """What is due did not go through, and why."""
    body = {"batch": c.now.batch, "item": settling.next_item(c.now), "code": code}
    return Persist("upload_refused", body)


def store_end_and_print(c: Settlement, event: HostReplied) -> Step:
    """The paper comes before the batch is rolled."""
    ended = Persist("upload_ended", {"batch": c.now.batch, "balanced": c.now.is_balanced})
    return c, (ended, *wishes(event.processing_request), settlement_paper.call(c.facts))


def print_slip(c: Settlement, event: object) -> Step:
    """Only the paper is left."""
    return replace(c, why=None), (settlement_paper.call(c.facts),)


def say_not_reached(c: Settlement, event: object) -> Step:
    """Nothing left; it can be asked again."""
    return replace(c, why=say(Text.HOST_NOT_REACHED)), ()


def say_silent(c: Settlement, event: object) -> Step:
    """Nobody knows whether it arrived: the host takes the same again. How often is counted."""
    told = replace(c, why=say(Text.HOST_GAVE_NO_ANSWER))
    return told, (refused(c, settling.SILENT), HangUp())


# ---- the end of the batch


def is_on_paper(c: Settlement, event: Returned) -> bool:
    """The shop has its slip."""
    return event.result is True


def say_slip_first(c: Settlement, event: object) -> Step:
    """The batch stays as it is until the slip is on paper."""
    return replace(c, why=say(Text.SLIP_FIRST)), ()


def close(c: Settlement, event: object) -> Step:
    """The next batch begins; what is not needed any more can't be opened any more."""
    body = {"batch": c.now.batch, "next": settling.next_batch(c.facts.books)}
    told = replace(c, why=say(Text.SETTLED_BATCH, batch=six_digits(c.now.batch)))
    return told, (Persist("batch_closed", body), settlement_seals.call(c.facts))

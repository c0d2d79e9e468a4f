"""One message of a batch upload: its cards opened one by one, sent, acknowledged, noted (3.10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import CardOpened
from terminal.domain.settlement import UploadItem, UploadKind
from terminal.domain.settling import CARD_SHUT, SILENT
from terminal.domain.transaction import Transaction, six_digits
from terminal.effects import Effect, HangUp, Persist, SendToHost
from terminal.events import HostReplied, KeypadAnswered, KeypadFailed
from terminal.flows.host_asks import sign_in_first, wishes
from terminal.flows.host_call import identity
from terminal.flows.kept_refund import kept_refund, sent_entry_mode
from terminal.flows.sealed_card import NO_CARD, opening, sealed
from terminal.iso8583 import matching, messages
from terminal.iso8583.messages import Message, UploadRecord
from terminal.ui.screens import Say, say
from terminal.ui.text import Text

# An answer is compared with these; none of them is card data.
COMPARED = (3, 4, 11, 41, 42, 49, 60)


@dataclass(frozen=True, slots=True)
class Upload:
    """The message's transactions, the cards opened so far, and why it did not go on."""

    facts: Facts
    item: UploadItem
    cards: tuple[CardOpened, ...] = field(default=(), repr=False)
    request: Message | None = None
    why: Say | None = None

    @property
    def next_one(self) -> Transaction:
        """Whose card comes next."""
        return self.item.transactions[len(self.cards)]


Step = tuple[Upload, tuple[Effect, ...]]


# ---- the cards


def _past_cardless(c: Upload) -> Upload:
    """What was paid without a card has nothing to be opened."""
    while not _all_open(c) and sealed(c.facts, c.next_one.record) is None:
        c = replace(c, cards=(*c.cards, NO_CARD))
    return c


def _all_open(c: Upload) -> bool:
    return len(c.cards) == len(c.item.transactions)


def _with_card(c: Upload, event: KeypadAnswered) -> Upload:
    assert isinstance(event.answer, CardOpened)
    return _past_cardless(replace(c, cards=(*c.cards, event.answer)))


def has_a_card(c: Upload, event: object) -> bool:
    """There is one to be opened."""
    return not _all_open(_past_cardless(c))


def open_card(c: Upload, event: object) -> Step:
    """One card at a time; all are dropped as soon as the message is built."""
    c = _past_cardless(c)
    return c, (opening(c.facts, c.next_one),)


def has_another_card(c: Upload, event: KeypadAnswered) -> bool:
    """This was not the last one."""
    return not _all_open(_with_card(c, event))


def keep_and_open(c: Upload, event: KeypadAnswered) -> Step:
    """The next card."""
    return open_card(_with_card(c, event), event)


def say_not_opened(c: Upload, event: KeypadFailed) -> Step:
    """Without its card this can't be sent; a pad that is only silent may still open it."""
    if not event.refusal:
        return say_keypad_silent(c, event)
    return say_shut(c, event)


def has_lost_its_card(c: Upload, event: object) -> bool:
    """A refund to a card whose sealed number is gone: there is no message without it."""
    done = c.item.transactions[0]
    to_card = c.item.kind is UploadKind.REFUND and not done.intent.original.voucher
    return to_card and sealed(c.facts, done.record) is None


def say_shut(c: Upload, event: object) -> Step:
    """No other try would open it: an approver may leave it out at once."""
    why = say(Text.CARD_NOT_OPENED, stan=six_digits(c.next_one.intent.stan))
    return replace(c, cards=(), why=why), (_refused(c, CARD_SHUT),)


def _refused(c: Upload, code: str) -> Persist:
    batch = c.item.transactions[0].intent.batch
    return Persist("upload_refused", {"batch": batch, "item": c.item.number, "code": code})


def say_keypad_silent(c: Upload, event: object) -> Step:
    """The pad did not answer."""
    return replace(c, cards=(), why=say(Text.KEYPAD_GAVE_NO_ANSWER)), ()


# ---- the message


def keep_and_send(c: Upload, event: KeypadAnswered) -> Step:
    """All cards are there."""
    return send(_with_card(c, event), event)


def send(c: Upload, event: object) -> Step:
    """Details have a number of their own, on disk before they leave; a refund has its own."""
    c = _past_cardless(c)
    if c.item.kind is UploadKind.REFUND:
        intent = c.item.transactions[0].intent
        return _sent(c, _refund(c), (), sent_entry_mode(intent))
    stan = c.facts.books.next_stan
    batch = c.item.transactions[0].intent.batch
    records = tuple(_records(c))
    request = messages.upload_details(
        identity(c.facts), six_digits(stan), six_digits(batch), records
    )
    return _sent(c, request, (Persist("stan", {"stan": stan, "for": "upload"}),))


def _sent(c: Upload, request: Message, before: tuple[Effect, ...], mode: str | None = None) -> Step:
    kept = Message(request.mti, {n: v for n, v in request.fields.items() if n in COMPARED})
    order = SendToHost(messages.encode(request), mode)
    return replace(c, cards=(), request=kept), (*before, order)


def _records(c: Upload) -> Iterator[UploadRecord]:
    for done, card in zip(c.item.transactions, c.cards, strict=True):
        stan = six_digits(done.intent.stan)
        yield UploadRecord(stan, done.moved_minor, card.pan, done.is_foreign)


def _refund(c: Upload) -> Message:
    """The refund as it was sent, with its own number and batch, without its MAC."""
    done, card = c.item.transactions[0], c.cards[0]
    request = kept_refund(done.intent, card, done.moved_minor)
    return messages.refund_upload(identity(c.facts), request, c.facts.profile)


# ---- the answer


def is_taken(c: Upload, event: HostReplied) -> bool:
    """The host acknowledges it."""
    assert c.request is not None
    approved, reply = c.facts.profile.approved_codes, messages.decode(event.raw)
    return matching.check_upload(c.request, reply, approved_codes=approved).is_taken


def store_cursor(c: Upload, event: HostReplied) -> Step:
    """Whatever happens now, this one is not sent again."""
    batch = c.item.transactions[0].intent.batch
    return c, (
        Persist("uploaded", {"batch": batch, "item": c.item.number}),
        *wishes(event.processing_request),
    )


def say_code(c: Upload, event: HostReplied) -> Step:
    """The host does not take it; the upload stays where it is, and how often is counted."""
    code = messages.decode(event.raw).text(39) or "--"
    wanted = sign_in_first(code, c.facts.profile)
    return replace(c, why=say(Text.HOST_SAYS_NO, code=code)), (_refused(c, code), *wanted)


def say_not_reached(c: Upload, event: object) -> Step:
    """Nothing left."""
    return replace(c, why=say(Text.HOST_NOT_REACHED)), ()


def say_silent(c: Upload, event: object) -> Step:
    """Perhaps it arrived: the host takes the same again. How often is counted, as refusals are."""
    return replace(c, why=say(Text.HOST_GAVE_NO_ANSWER)), (_refused(c, SILENT), HangUp())

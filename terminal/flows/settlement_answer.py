"""What the host says of the totals, and what follows from it (3.9). There is no MAC (profile 1)."""

from __future__ import annotations

from dataclasses import asdict, replace

from terminal.domain.books import Totals as Counted
from terminal.domain.settling import SILENT
from terminal.domain.transaction import six_digits
from terminal.effects import Effect, Persist
from terminal.events import HostReplied
from terminal.flows import settlement_paper
from terminal.flows.host_asks import sign_in_first, wishes
from terminal.flows.settlement_batch import end_follows_balance, plan
from terminal.flows.settlement_case import Settlement, Step, refused, send_end, upload
from terminal.iso8583 import matching, messages
from terminal.iso8583.matching import Balance, SettlementAnswer
from terminal.iso8583.messages import Totals
from terminal.ui.screens import say
from terminal.ui.text import Text


def _answer(c: Settlement, event: HostReplied) -> SettlementAnswer:
    assert c.request is not None
    return matching.check_settlement(c.request, messages.decode(event.raw))


def is_refused(c: Settlement, event: HostReplied) -> bool:
    """It says itself that it has not settled: flag 3, or a code that is not 00."""
    answer = _answer(c, event)
    if answer.problem is not None:
        return answer.problem.place == "field 39"
    return Balance.ERROR in (answer.domestic, answer.foreign)


def is_refused_again(c: Settlement, event: HostReplied) -> bool:
    """An earlier question, whose answer is not known, may have closed the batch there (F83)."""
    return c.now.asked > 1 and is_refused(c, event)


def store_refusal(c: Settlement, event: HostReplied) -> Step:
    """Nothing has begun there: the batch is open as before."""
    code = _answer(c, event).response_code
    phone, batch = c.facts.parameters.service_phone, six_digits(c.now.batch)
    no = Persist("settle_refused", {"batch": c.now.batch, "code": code})
    wanted = sign_in_first(code, c.facts.profile)
    why = say(Text.SETTLE_REFUSED, batch=batch, phone=phone)
    told = replace(c, why=say(Text.HOST_SAYS_NO, code=code) if wanted else why)
    return told, (no, *wanted, *wishes(event.processing_request))


def is_useless(c: Settlement, event: HostReplied) -> bool:
    """An answer of ours that says nothing: as if none had come."""
    return _answer(c, event).problem is not None


def say_useless(c: Settlement, event: HostReplied) -> Step:
    """It is asked again when somebody wants it."""
    return replace(c, why=say(Text.HOST_GAVE_NO_ANSWER)), (refused(c, SILENT),)


def needs_upload(c: Settlement, event: HostReplied) -> bool:
    """The totals differ, and there is something to be sent up."""
    return not _answer(c, event).is_balanced and bool(plan(c.facts))


def needs_end(c: Settlement, event: HostReplied) -> bool:
    """The end is sent after totals that differ, and by profile after others too."""
    return not _answer(c, event).is_balanced or end_follows_balance(c.facts)


def store_answer(c: Settlement, event: HostReplied) -> tuple[Effect, ...]:
    """Durable before the next message: from now on the plan of the upload is what it is."""
    answer, reply = _answer(c, event), messages.decode(event.raw)
    body = {
        "batch": c.now.batch,
        "domestic": answer.domestic.value,
        "foreign": answer.foreign.value,
        "host_domestic": _figures(answer.host_domestic),
        "host_foreign": _figures(answer.host_foreign),
        "host_date": reply.text(13),
        "host_time": reply.text(12),
        "items": 0 if answer.is_balanced else len(plan(c.facts)),
    }
    return (Persist("settle_answered", body), *wishes(event.processing_request))


def _figures(half: Totals | None) -> dict[str, int] | None:
    if half is None:
        return None
    return asdict(Counted(half.debit_minor, half.debit_count, half.credit_minor, half.credit_count))


def store_answer_and_upload(c: Settlement, event: HostReplied) -> Step:
    """One message after the other, from the first."""
    stored = store_answer(c, event)
    c, effects = upload(replace(c, items=plan(c.facts)), event)
    return c, (*stored, *effects)


def store_answer_and_end(c: Settlement, event: HostReplied) -> Step:
    """Nothing is sent up: the end with its count."""
    stored, is_balanced = store_answer(c, event), _answer(c, event).is_balanced
    c, effects = send_end(c, 0, is_balanced)
    return c, (*stored, *effects)


def store_answer_and_print(c: Settlement, event: HostReplied) -> Step:
    """This host wants no end after totals that match."""
    return c, (*store_answer(c, event), settlement_paper.call(c.facts))

"""What was sent was stored first and says the same (INV-5, INV-11); what came was believed only
when it fitted (INV-13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from tests.simulation.check_cases import Case
from tests.simulation.check_chain import Record, is_later
from tests.simulation.check_frames import MAC, Message
from tests.simulation.check_pad_frames import ANSWER
from tests.simulation.check_pad_frames import MAC as PAD_MAC
from tests.simulation.check_run import Run
from tests.simulation.evidence import Violation

APPROVALS: Final = frozenset({"00", "10", "11", "16", "A2", "A4", "A5", "A6"})
# The codes that say no (fact sheet, 5); what is in neither list says nothing (profile 1).
_DECLINES: Final = (
    "01 02 03 04 05 06 07 12 13 14 15 19 20 21 22 23 25 30 34 38 40 41 42 43 45 51 54 55 57 58 59 "
    "61 62 63 64 65 75 77 79 90 91 92 93 95 97 99 A0 A1 A3 A7"
)
DECLINES: Final = frozenset(_DECLINES.split())
REVERSED: Final = frozenset({"00", "25"})
KINDS: Final = {"sale": "22", "void": "23", "refund": "25", "qr_refund": "25"}
CURRENCY: Final = "156"
OWN_ANSWER: Final = frozenset({"0210", "0230", "0330"})
PAD_WITHIN_S: Final = 2.0


def sent_before_stored(run: Run) -> Iterator[Violation]:
    """Whatever bears the number of an intent left after the intent was on disk."""
    if not run.trusts_journal:
        return
    for message in run.sent():
        if message.carries_money and message.key not in run.by_key:
            yield Violation("INV-5", f"{message.mti} {message.key} was sent, and nobody stored it")
    for key, message in run.first_sent.items():
        case = run.by_key.get(key)
        if case and run.evidence.one_clock and is_later(case.record, message.at_s):
            yield Violation("INV-5", f"{case.name} was sent before it was stored")


def questions_before_stored(run: Run) -> Iterator[Violation]:
    """The number of a question is on disk too; so is each try of a reversal."""
    if not run.trusts_journal:
        return
    stored = {r.body["stan"] for r in run.journal.records if r.kind in ("stan", "settle_asked")}
    asked = {stan for r in run.journal.records for stan in _questions(r)}
    for message in run.sent():
        if message.carries_money or not message.get(11):
            continue
        if message.key[1] not in stored | asked:
            yield Violation("INV-6", f"{message.mti} {message.key} has a number nobody stored")
    yield from _reversals(run)


def _questions(record: Record) -> Iterator[int]:
    # Kinds that later ways of asking bring along: whatever names a number of its own.
    if record.kind not in ("intent", "result", "settled"):
        yield from (v for k, v in record.body.items() if k in ("stan", "question"))


def _reversals(run: Run) -> Iterator[Violation]:
    for key in dict.fromkeys(m.key for m in run.sent_once() if m.mti == "0400"):
        case, times = run.by_key.get(key), run.reversals(key)
        stored = case.counted("reversal_try") if case else times
        if times > stored:
            yield Violation(
                "INV-9", f"{case.name if case else key}: {times} reversals, {stored} tries"
            )


def sent_as_stored(run: Run) -> Iterator[Violation]:
    """Amount, currency, kind and terminal of each message are those of its intent."""
    for message in run.sent():
        case = run.by_key.get(message.key)
        if case is None or not message.carries_money:
            continue
        asked = case.intent["amount_minor"]
        is_right = message.amount_minor == asked or _uploads(message, case)
        if not is_right or message.get(49) not in (CURRENCY, ""):
            story = f"{case.name}: {asked} stored, {message.amount_minor} {message.get(49)} sent"
            yield Violation("INV-11", story)
        if message.get(60)[:2] != KINDS[case.intent["operation"]]:
            yield Violation("INV-11", f"{case.name} was sent with type {message.get(60)[:2]}")
        if not is_ours(run, message):
            yield Violation("INV-11", f"{case.name} was sent for another terminal")


def _uploads(message: Message, case: Case) -> bool:
    return message.mti == "0320" and message.amount_minor == case.moved_minor


def sent_though_not_sent(run: Run) -> Iterator[Violation]:
    """`not_sent` is certain: nothing was ever written to the line."""
    for case in run.cases:
        if case.outcome == "not_sent" and case.key in run.first_sent:
            yield Violation("INV-13", f"{case.name} counts as not sent, and it was sent")


def believed(run: Run) -> Iterator[Violation]:
    """A result that an answer decides has an answer that fits and carries a MAC nobody forged."""
    answers: dict[tuple[int, int], list[Message]] = defaultdict(list)
    for message in authentic(run):
        answers[about(message)].append(message)
    if not run.trusts_journal:
        return
    for case in run.cases:
        decided = case.deciding
        if decided is None or decided.kind != "result" or case.outcome == "not_sent":
            continue
        if not any(_decides(case, decided, message) for message in _for(case, answers)):
            story = f"{case.name} became {case.outcome}, and no answer says so"
            yield Violation("INV-13", story)


def authentic(run: Run) -> Iterator[Message]:
    """What came to this terminal with a MAC that nobody forged."""
    for message in run.heard():
        if is_ours(run, message) and message.get(MAC) and message.raw not in run.evidence.forged:
            yield message


def was_checked(run: Run, message: Message) -> bool:
    """The pad answered to a MAC behind it; an answer that it did not check is none (profile 2)."""
    told_s = (frame.at_s for frame in run.pad if frame.kind == PAD_MAC + ANSWER)
    return any(0.0 <= at_s - message.at_s <= PAD_WITHIN_S for at_s in told_s)


def _for(case: Case, answers: dict[tuple[int, int], list[Message]]) -> Iterable[Message]:
    batch, stan = case.key
    return [*answers.get((batch, stan), ()), *answers.get((0, stan), ())]


def about(message: Message) -> tuple[int, int]:
    """Batch and STAN of the intent: an inquiry's answer names them in F61, an answer may not."""
    if message.is_inquiry:
        named = message.get(61)
        return (int(named[:6]), int(named[6:12])) if len(named) >= 12 else (0, 0)
    return message.key


def _decides(case: Case, decided: Record, message: Message) -> bool:
    code = decided.body.get("response_code", "")
    if case.outcome == "reversed":
        return message.mti == "0410" and message.get(39) in REVERSED
    if message.is_inquiry:
        return _found(case, message)
    if message.mti not in OWN_ANSWER or message.get(39) != code:
        return False
    if case.outcome != "approved":
        return code in DECLINES
    return code in APPROVALS and message.amount_minor in (case.moved_minor, None)


def _found(case: Case, message: Message) -> bool:
    if case.outcome == "approved":
        is_same = message.amount_minor == case.intent["amount_minor"]
        return message.get(39) == "00" and is_same and message.get(44).strip() in APPROVALS
    if message.get(39) == "25":
        return True  # not found: closed as not done, and never sent again
    return message.get(39) == "00" and message.get(44).strip() in DECLINES


def is_ours(run: Run, message: Message) -> bool:
    """Of this terminal and merchant."""
    return (message.get(41), message.get(42)) == (run.evidence.terminal, run.evidence.merchant)


def batch_was_given(run: Run) -> Iterator[Violation]:
    """A batch number comes from the host's own sign-in answer, never from anywhere else."""
    answers = [m for m in run.heard() if m.mti == "0810" and is_ours(run, m)]
    given = {int(m.get(60)[2:8] or 0) for m in answers if m.get(39) == "00"}
    for record in run.journal.records:
        if record.kind == "signed_in" and record.body["batch"] not in given | _kept(run):
            yield Violation("INV-13", f"batch {record.body['batch']} was never given by the host")


def _kept(run: Run) -> set[int]:
    return {r.body["next"] for r in run.journal.records if r.kind == "batch_closed"}


CHECKS: Final = (
    sent_before_stored,
    questions_before_stored,
    sent_as_stored,
    sent_though_not_sent,
    believed,
    batch_was_given,
)

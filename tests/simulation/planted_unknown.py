"""Planted bugs: how an unknown refund is asked about, sent again, and found not to be done."""

from __future__ import annotations

from typing import Final

from tests.simulation.planting import PlantedBug

ENDING: Final = "terminal/flows/recovery_step_ending.py"
CASE: Final = "terminal/flows/recovery_step_case.py"
RECORDS: Final = "terminal/domain/recovery_records.py"

UNKNOWN: Final = (
    PlantedBug(
        name="not_found_once_is_final",
        file=ENDING,
        old="NOT_FOUND_MOST: Final = 2",
        new="NOT_FOUND_MOST: Final = 1",
        why="A host that is slow to find it has paid; the shop gives the money once more",
        source="F58",
    ),
    PlantedBug(
        name="seen_number_is_asked_about",
        file="terminal/domain/recovering.py",
        old="    if one.response_code == DUPLICATE_CODE:",
        new="    if one.response_code is None:",
        why="What is found is another's refund: the customer is told of money that never comes",
        source="F36",
    ),
    PlantedBug(
        name="early_not_found_is_final",
        file=ENDING,
        old="    if c.asked is Asked.EARLY:",
        new="    if c.asked is None:",
        why="Not found while it is still on its way: it arrives later and pays",
        source="F58",
    ),
    PlantedBug(
        name="declined_copy_believed",
        file="terminal/iso8583/matching.py",
        old=(
            "return replace(answer, kind=Kind.UNKNOWN) if answer.kind is Kind.DECLINED else answer"
        ),
        new="return answer",
        why="The copy is declined because the first one took all: the refund stands, unseen",
        source="F48",
    ),
    PlantedBug(
        name="question_number_not_used_up",
        file=RECORDS,
        old='        use_stan(books, body["stan"])',
        new="        books.trusted_day = books.trusted_day",
        why="The next refund gets the number of a question, and its answer for its own",
        source="F42",
    ),
    PlantedBug(
        name="copy_with_todays_number",
        file="terminal/flows/kept_refund.py",
        old=(
            "    return RefundRequest(\n        amount_minor=amount_minor,\n"
            '        stan=f"{intent.stan:06d}",'
        ),
        new=(
            "    return RefundRequest(\n        amount_minor=amount_minor,\n"
            '        stan=f"{intent.stan + 1:06d}",'
        ),
        why="A refund is sent again under another number: the host pays it twice",
        source="F41",
    ),
    PlantedBug(
        name="copy_does_not_begin_a_life",
        file="terminal/domain/message_clocks.py",
        old="            self.copy_s[record] = self.any_s[record] = now_s",
        new="            self.asked_s[record] = now_s",
        why="A person settles it as not done while its second copy is still on the way",
        source="F57",
    ),
    PlantedBug(
        name="question_about_todays_batch",
        file=CASE,
        old='        batch=f"{one.intent.batch:06d}",',
        new='        batch=f"{c.facts.books.batch:06d}",',
        why="After a settlement the host does not find what it has paid in the batch before",
        source="F36",
        held_out=True,
    ),
    PlantedBug(
        name="silence_to_a_question_is_not_found",
        file=ENDING,
        old='    judged = Judged("no_answer", not_found=c.not_found, values=detail)',
        new='    judged = Judged("no_answer", not_found=c.not_found + 1, values=detail)',
        why="A host that can't answer has paid all the same; the refund is taken for lost",
        source="F57",
    ),
)

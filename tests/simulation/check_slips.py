"""Reads the printed slips: which operation, what it says of it, in which amount."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tests.simulation.evidence import Paper

HALF: Final = "DOMESTIC"  # stands on the slip of a settlement only
BATCH: Final = re.compile(r"BATCH\s+(\d{6})")
STAN: Final = re.compile(r"(?<!ORIG )STAN\s+(\d{6})")
AMOUNT: Final = re.compile(r"金额 AMOUNT\s+RMB ([\d,]+\.\d\d)")
REMAINING: Final = re.compile(r"REMAINING\s+RMB ([\d,]+\.\d\d)")
APPROVED, DECLINED = "APPROVED", "DECLINED"
HEADINGS: Final = (APPROVED, DECLINED)
COPY, MERCHANT, CUSTOMER = " COPY", "MERCHANT COPY", "CARDHOLDER COPY"


@dataclass(frozen=True, slots=True)
class Slip:
    """One copy about one operation. `heading`: APPROVED, DECLINED, or empty for another word.

    A settlement says both of what was left out of it, and neither of itself.
    """

    at_s: float
    key: tuple[int, int]
    amount_minor: int | None
    heading: str
    text: str
    cut: bool


def read_slips(papers: Iterable[Paper]) -> Iterator[Slip]:
    """All slips that name a batch and a trace number, half ones too."""
    for paper in papers:
        for text, cut in sections(paper):
            if key := _key(text):
                yield _slip(paper.at_s, text, key, cut)


def sections(paper: Paper) -> Iterator[tuple[str, bool]]:
    """What stands below each line that says for whom a copy is: a half slip hangs on the next.

    Only the last one was cut off whole.
    """
    starts = [n for n, row in enumerate(paper.rows) if row.endswith(COPY)]
    for start, end in zip(starts, [*starts[1:], len(paper.rows)], strict=True):
        yield "\n".join(paper.rows[start:end]), paper.cut and end == len(paper.rows)


def settlement_slips(papers: Iterable[Paper]) -> dict[tuple[int, int], str]:
    """The slips of settlements that came out whole, by batch and number of the question."""
    whole = (text for paper in papers for text, cut in sections(paper) if cut)
    return {key: text for text in whole if HALF in text and (key := _key(text))}


def _key(text: str) -> tuple[int, int] | None:
    batch, stan = BATCH.search(text), STAN.search(text)
    return (int(batch[1]), int(stan[1])) if batch and stan else None


def _slip(at_s: float, text: str, key: tuple[int, int], cut: bool) -> Slip:
    heading = "" if HALF in text else _heading(text)
    found = AMOUNT.search(text)
    return Slip(at_s, key, minor(found[1]) if found else None, heading, text, cut)


def _heading(text: str) -> str:
    last_words = {row.split()[-1] for row in text.split("\n") if row.strip()}
    return next((word for word in HEADINGS if word in last_words), "")


def minor(text: str) -> int:
    """`1,234.50` in minor units."""
    return int(text.replace(",", "").replace(".", ""))

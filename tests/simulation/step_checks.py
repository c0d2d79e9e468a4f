"""What must hold after every record, cheap enough to be looked at each time.

The rest is checked at the end of the day, from its evidence (checker.py). This reads the firmware's
own books: a mistake is told at the record that made it.
"""

from __future__ import annotations

from collections.abc import Iterator

from terminal.domain.books import Books
from terminal.effects import Persist

RESOLVING = frozenset({"result", "settled"})


def broken_by(record: Persist, before: frozenset[int], books: Books) -> Iterator[str]:
    """What this record has broken; `before`: what was open before it, by record number."""
    for key, spending in books.originals.items():
        if spending.spent_minor < 0 or spending.spent_minor > spending.amount_minor:
            yield f"INV-3: {spending.spent_minor} of {spending.amount_minor} given back of {key}"
    gone = before - books.unresolved.keys()
    if gone and (record.kind not in RESOLVING or gone != {record.body["intent"]}):
        yield f"INV-9: {sorted(gone)} no longer open after a record {record.kind}"
    if record.kind == "intent" and not record.body["operator"]:
        yield "INV-10: an intent without an operator"

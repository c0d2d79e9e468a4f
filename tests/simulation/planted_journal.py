"""Planted bugs: what is really on the disk, and whether what is read there is believed."""

from __future__ import annotations

from typing import Final

from tests.simulation.planting import PlantedBug

INSERT: Final = (
    '"""Appends a record, and the sealed card number that goes with it, in one transaction."""\n'
)
LAST_INSERT: Final = (
    'connection.execute("INSERT INTO sealed VALUES (?, ?)", (row.number, sealed))\n'
)

JOURNAL: Final = (
    PlantedBug(
        name="synchronous_normal",
        file="terminal/journal/tables.py",
        old='_expect(connection, "synchronous", 2)',
        new='connection.execute("PRAGMA synchronous = NORMAL")',
        why="A power cut takes the last records with it: what was sent was never stored",
        source="F30",
    ),
    PlantedBug(
        name="intent_durable_after_sending",
        file="terminal/journal/tables.py",
        old=INSERT + '    connection.execute("BEGIN IMMEDIATE")',
        new=INSERT
        + "    connection.execute(f\"PRAGMA synchronous = {1 if row.kind == 'intent' else 2}; "
        'BEGIN IMMEDIATE")',
        why="Only the result is synced: a power cut before it loses what the host has paid",
        source="LiaoYang",
    ),
    PlantedBug(
        name="result_shown_before_durable",
        file="terminal/journal/tables.py",
        old=INSERT + '    connection.execute("BEGIN IMMEDIATE")',
        new=INSERT
        + "    connection.execute(f\"PRAGMA synchronous = {1 if row.kind == 'result' else 2}; "
        'BEGIN IMMEDIATE")',
        why="The slip says approved, and after a power cut the terminal knows nothing of it",
        source="F62",
    ),
    PlantedBug(
        name="failed_sync_ignored",
        file="terminal/journal/tables.py",
        old=LAST_INSERT + '    connection.execute("COMMIT")',
        new=LAST_INSERT + '    with suppress(apsw.IOError): connection.execute("COMMIT")',
        why="The message leaves although its intent could not be stored",
        source="F31",
    ),
    PlantedBug(
        name="head_of_keypad_not_compared",
        file="terminal/journal/looking.py",
        old="chain.check_remembered(connection, remembered)",
        new="chain.check_remembered(connection, None)",
        why="Yesterday's copy of the disk is taken for today's: refunds can be had again",
        source="F88",
    ),
    PlantedBug(
        name="keypad_not_told_of_newest_record",
        file="terminal/runtime.py",
        old="question = replace(question, record_number=number, record_hash=digest)",
        new="question = replace(question, record_number=0, record_hash=bytes(32))",
        why="The keypad remembers no record, so that an old copy of the disk passes",
        source="F88",
        held_out=True,
    ),
    PlantedBug(
        name="lost_journal_begun_anew",
        file="terminal/journal/store.py",
        old=(
            'fresh = seen.verdict == "missing" and (remembered is None or remembered.number == 0)'
        ),
        new='fresh = seen.verdict == "missing"',
        why="Without its file the terminal begins an empty book, and every refund can be had again",
        source="F88",
    ),
    PlantedBug(
        name="hash_of_record_not_compared",
        file="terminal/journal/record.py",
        old="if row_hash(known) != known.hash:",
        new="if len(row_hash(known)) != len(known.hash):",
        why="A flipped bit in an amount or an outcome is believed",
        source="F87",
    ),
)

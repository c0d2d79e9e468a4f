"""Stories that lead to the screens of a journal's copy."""

from __future__ import annotations

from scripts._shots import Camera
from terminal.flows import backup
from terminal.flows.backup import Backup


def copies(camera: Camera) -> None:
    """Too quick to be seen by a hand at the keypad, so each is taken from the table."""
    context = Backup(camera.runtime.facts, "journal-20260615-1009.db")
    camera.take_as(backup.TABLE, backup.S.COPYING, context, "copying")
    camera.take_as(backup.TABLE, backup.S.GOOD, context, "good")
    camera.take_as(backup.TABLE, backup.S.BAD, context, "bad")


STORIES = (copies,)

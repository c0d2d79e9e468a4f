"""The emulated card reader: it only speaks, in lines (drivers/card_reader.md)."""

from emulator.frames import Out

CR = b"\r"
UNREADABLE_1, UNREADABLE_2 = "%E?", ";E?"


class CardReaderModel:
    """A stripe to swipe through, a slot and an antenna."""

    def __init__(self) -> None:
        self._is_inserted = False
        self._bad_tracks = 0
        self._is_always_bad = False

    def swipe(self, stripe_text: str) -> Out:
        """A stripe as the reader sends it, `%…?;…?`, with or without its CR."""
        text = stripe_text.removesuffix("\r")
        if self._is_bad_now():
            text = (UNREADABLE_1 if text.startswith("%") else "") + UNREADABLE_2
        return _line(text)

    def insert(self) -> Out:
        """A card is put into the slot; nothing happens when there is one."""
        if self._is_inserted:
            return ()
        self._is_inserted = True
        return _line("!I")

    def tap(self) -> Out:
        """A card is held to the antenna."""
        return _line("!T")

    def remove(self) -> Out:
        """The card is taken out of the slot; nothing happens when there is none."""
        if not self._is_inserted:
            return ()
        self._is_inserted = False
        return _line("!R")

    def bad_track(self, count: int = 1) -> None:
        """The next `count` swipes can't be read; 0: none can until `clear_bad_track`."""
        self._bad_tracks, self._is_always_bad = count, count == 0

    def clear_bad_track(self) -> None:
        """The head is clean again."""
        self._bad_tracks, self._is_always_bad = 0, False

    def _is_bad_now(self) -> bool:
        is_bad = self._is_always_bad or self._bad_tracks > 0
        self._bad_tracks = max(0, self._bad_tracks - 1)
        return is_bad


def _line(text: str) -> Out:
    return ((0.0, text.encode("latin-1", "replace") + CR),)

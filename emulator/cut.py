"""The fault `link.drop`: a wire that is cut in the middle of its bytes."""

from collections.abc import Callable
from typing import Final

from emulator.host.core import Action, Close, Connection, Framing, Host, Send
from emulator.line_trouble import LineTrouble
from emulator.serve_cut import ByteCut

ACQUIRER: Final = "acquirer"


class DropAfter:
    """Lets so many bytes through, both ways counted together, and then nothing."""

    def __init__(self, after_bytes: int, used: Callable[[], None]) -> None:
        self._left = after_bytes
        self._used = used

    def passed(self, raw: bytes) -> bytes:
        """What of these bytes still gets through; less than all: the wire is cut now."""
        kept = raw[: self._left]
        self._left -= len(kept)
        if len(kept) < len(raw):
            self._used()
        return kept


class CuttableHost:
    """Stands before the host on its lines, and cuts them when a cut is set."""

    def __init__(self, host: Host) -> None:
        self.cut: ByteCut | None = None
        self.trouble = LineTrouble()
        self._host = host

    def connection(self, framing: Framing = "tcp") -> "CuttableConnection":
        """A new line to the host."""
        return CuttableConnection(self, self._host.connection(framing))


class CuttableConnection:
    """One line of a host that may be cut."""

    def __init__(self, owner: CuttableHost, connection: Connection) -> None:
        self._owner = owner
        self._connection = connection

    def receive(self, raw: bytes, now_s: float) -> tuple[Action, ...]:
        """What the host writes, up to where the line is cut, as a bad line lets it through."""
        trouble = self._owner.trouble
        late_s = trouble.late_s(raw, now_s)
        raw = trouble.heard(raw)
        actions = self._actions(raw, now_s) if raw else ()
        return tuple(_on_bad_line(trouble, action, late_s, now_s) for action in actions)

    def _actions(self, raw: bytes, now_s: float) -> tuple[Action, ...]:
        cut = self._owner.cut
        if cut is None:
            return self._connection.receive(raw, now_s)
        kept = cut.passed(raw)
        actions = self._connection.receive(kept, now_s) if kept else ()
        if len(kept) < len(raw):
            return (Close(0.0),)
        return _cut_actions(cut, actions)

    def closed(self) -> None:
        """The line is gone."""
        self._connection.closed()


def _cut_actions(cut: ByteCut, actions: tuple[Action, ...]) -> tuple[Action, ...]:
    done: list[Action] = []
    for action in actions:
        if isinstance(action, Close):
            return (*done, action)
        kept = cut.passed(action.raw)
        done.append(Send(action.delay_s, kept))
        if len(kept) < len(action.raw):
            return (*done, Close(action.delay_s))
    return tuple(done)


def _on_bad_line(trouble: LineTrouble, action: Action, late_s: float, now_s: float) -> Action:
    if isinstance(action, Close):
        return Close(action.delay_s + late_s)
    late_s += trouble.late_s(action.raw, now_s + late_s)
    return Send(action.delay_s + late_s, trouble.heard(action.raw))

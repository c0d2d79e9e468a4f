"""Inbox → navigator → effects, one deadline, one picture; the same object live and simulated.

`step` hands one event in and performs its effects in order; only `run` waits.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import replace
from queue import Empty, SimpleQueue

from terminal import effects as fx
from terminal.bookkeeper import Bookkeeper
from terminal.domain.card import HeldCard
from terminal.domain.facts import HOST_ZONE, Facts, HistoryDamaged
from terminal.domain.keypad_questions import MakeMac
from terminal.domain.phrase import Language
from terminal.events import (
    CardSwiped,
    Event,
    JournalRefused,
    KeyPressed,
    Started,
    TimedOut,
)
from terminal.link_events import LinkEvent
from terminal.navigator import Navigator, OpenQuestions
from terminal.ports import Clock, JournalGate, OpenJournal, Orders, Picture, Reaction
from terminal.practice.orders import practice_orders
from terminal.presenter import Marks, picture_rows
from terminal.ui.screens import Screen
from terminal.wires import Devices, Wires

CARD_LIFE_S = 60.0  # profile 5: track data in memory at most so long
MINUTE_S = 60.0


class Runtime:
    """The terminal itself, with every device handed in."""

    def __init__(
        self, facts: Facts, navigator: Navigator, devices: Devices, gate: JournalGate, clock: Clock
    ) -> None:
        self.facts = facts
        self.navigator = navigator
        self.stale = 0  # answers to questions that nobody asks any more
        self._devices = devices
        self._orders = self._orders_now()
        self._wires = Wires(devices.drivers(), devices.links)
        self._bookkeeper = Bookkeeper(facts, gate, clock)
        self._clock = clock
        self._queue: deque[Event] = deque()
        self._questions = OpenQuestions()
        self._deadline_s = math.inf
        self._minute_s = math.inf
        self._card: HeldCard | None = None
        self._card_until_s = math.inf
        self.shown: tuple[Screen, Language, Marks] | None = None  # the last one

    @property
    def journal(self) -> OpenJournal | None:
        """The one on disk; None until it is open."""
        return self._bookkeeper.journal

    # ---- the loop

    def start(self) -> None:
        """Open the devices and wake the first flow."""
        self.facts.started_s = self.facts.now_s = self._clock.monotonic_s()
        self._minute_s = self.facts.now_s + MINUTE_S
        self._rearm()
        self._wires.open_devices()
        self.step(Started())

    def run(self, inbox: SimpleQueue[LinkEvent | None]) -> None:
        """Wait and step until somebody puts None into the inbox."""
        while True:
            wait_s = self.next_due_s() - self._clock.monotonic_s()
            try:
                event = inbox.get(timeout=max(0.0, min(wait_s, MINUTE_S)))
            except Empty:
                self.step(None)
                self._check_chain()
                continue
            if event is None:
                return
            self.step(event)

    def stop(self) -> None:
        """Close every wire."""
        self._wires.close()

    def next_due_s(self) -> float:
        """When `step(None)` has something to do (monotonic)."""
        return min(self._deadline_s, self._minute_s, self._card_until_s, self._wires.due_s)

    def step(self, event: LinkEvent | Event | None) -> None:
        """One event, or none when something is due: all that follows from it, then the picture."""
        self.facts.now_s = self._clock.monotonic_s()
        if isinstance(event, LinkEvent):
            self._queue.extend(self._wires.take(event, self.facts.now_s))
        elif event is not None:
            self._queue.append(event)
        # Most reports mean nothing. Screens that count seconds are drawn anew with the next poll.
        if self._queue or self.next_due_s() <= self.facts.now_s:
            self._read_wall()
            self._do_what_is_due()
            while self._queue:
                self._deliver(self._queue.popleft())
                self._tick_wires()
            self._show()

    def _read_wall(self) -> None:
        here = self._clock.wall().astimezone(HOST_ZONE)
        self.facts.wall_day, self.facts.wall_minute = here.date(), here.hour * 60 + here.minute

    def _do_what_is_due(self) -> None:
        now_s = self.facts.now_s
        self._tick_wires()
        if self._card_until_s <= now_s:
            self._forget_card()
        if self._minute_s <= now_s:
            self._minute_s = now_s + MINUTE_S
            if self.journal and self.facts.books.any_locked():
                self._persist(fx.Persist("minute", {}))
        if self._deadline_s <= now_s:
            self._deadline_s = math.inf
            self._queue.append(TimedOut())

    def _tick_wires(self) -> None:
        if self._wires.due_s <= self.facts.now_s:
            self._queue.extend(self._wires.tick(self.facts.now_s))

    def _check_chain(self) -> None:
        if self.journal and self.navigator.is_home and not self.journal.check_some():
            self.step(JournalRefused("damaged", "the chain is broken"))

    # ---- one event

    def _deliver(self, event: Event) -> None:
        if self._questions.is_stale(event):
            self.stale += 1
            return
        if isinstance(event, CardSwiped):
            self._take_card(event)
        self.facts.lost_wires = self._wires.lost
        before = (self.navigator.top, self.navigator.top.state)
        try:
            for effect in self.navigator.handle(event):
                self._perform(effect)
        except HistoryDamaged as damaged:
            self.navigator.leave_all()
            self._queue.append(JournalRefused("damaged", str(damaged)))
        moved = before != (self.navigator.top, self.navigator.top.state)
        if moved or isinstance(event, KeyPressed) or self._deadline_s == math.inf:
            self._rearm()
        if self.navigator.is_home:
            self._forget_card()

    def _rearm(self) -> None:
        self._deadline_s = self.facts.now_s + self.navigator.top.limit_s

    def _take_card(self, swiped: CardSwiped) -> None:
        """One that nobody asks for is forgotten at once; the one that is in use stays."""
        if not self.navigator.top.accepts(swiped):
            swiped.card.forget()
            return
        self._forget_card()
        self._card, self._card_until_s = swiped.card, self.facts.now_s + CARD_LIFE_S

    def _forget_card(self) -> None:
        if self._card is not None:
            self._card.forget()
        self._card, self._card_until_s = None, math.inf

    # ---- effects

    def _perform(self, effect: fx.Effect) -> None:  # noqa: C901  # one case an effect
        now_s = self.facts.now_s
        match effect:
            case fx.Persist():
                self._persist(effect)
            case fx.AskKeypad():
                self._ask(effect)
            case fx.SendToHost(raw, entry_mode):
                reaction = self._orders.acquirer.exchange(
                    self._questions.next("host"), raw, entry_mode, now_s
                )
                self._carry("acquirer", reaction)
            case fx.HangUp():
                self._questions.drop("host")
                self._carry("acquirer", self._orders.acquirer.abandon(now_s))
            case fx.Print(slip):
                self._show()  # a result is on the screen before it is on paper
                reaction = self._orders.printer.print_slip(
                    self._questions.next("printer"), slip, now_s
                )
                self._carry("printer", reaction)
            case fx.Beep():
                self._carry("display", self._devices.display.beep(now_s))
            case fx.ForgetCard(card):
                card.forget()
            case fx.OpenJournal(number, digest):
                self._queue.append(self._bookkeeper.open(number, digest))
            case fx.ExportJournal(name):
                self._queue.append(self._bookkeeper.export(name))
            case fx.DropSealed(records):
                self._bookkeeper.in_use.drop_sealed(records)
            case fx.Call():
                raise AssertionError("a call is the navigator's")

    def _persist(self, effect: fx.Persist) -> None:
        self._bookkeeper.append(effect)
        if effect.kind == "practice":
            self._orders = self._orders_now()

    def _orders_now(self) -> Orders:
        devices = self._devices
        real = Orders(devices.keypad, devices.printer, devices.acquirer)
        if not self.facts.practice:
            return real
        return practice_orders(real, lambda: self._bookkeeper.real_batch, lambda: self.facts.today)

    def _ask(self, effect: fx.AskKeypad) -> None:
        question = effect.question
        if isinstance(question, MakeMac):
            number, digest = self._bookkeeper.in_use.head
            question = replace(question, record_number=number, record_hash=digest)
        reaction = self._orders.keypad.ask(
            self._questions.next("keypad"), question, self.facts.now_s
        )
        self._carry("keypad", reaction)

    def _carry(self, wire: str, reaction: Reaction) -> None:
        self._queue.extend(self._wires.carry(wire, reaction))

    # ---- the picture

    def _show(self) -> None:
        facts = self.facts
        marks = Marks(self._wires.lost, facts.practice)
        wanted = (self.navigator.top.screen, facts.language, marks)
        if wanted == self.shown:
            return
        self.shown = screen, language, marks = wanted
        picture = Picture(screen.name, language.value, picture_rows(screen, language, marks))
        self._carry("display", self._devices.display.show(picture, self.facts.now_s))

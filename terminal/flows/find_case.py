"""Looking for a transaction: what is asked for, what was found, which page stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from terminal.domain import history
from terminal.domain.facts import Facts
from terminal.domain.history import Query, State
from terminal.domain.operators import Action, may
from terminal.domain.settlement import batch_totals
from terminal.domain.transaction import Outcome, Transaction
from terminal.effects import Effect
from terminal.events import KeyPressed
from terminal.flows import reprint
from terminal.flows.find_pages import Page, pages_of, totals_pages
from terminal.flows.find_query import LISTED, QUESTIONS, WAYS, Way, query_of
from terminal.flows.typed import beep
from terminal.ui.text import Text


@dataclass(frozen=True, slots=True)
class Find:
    """`picked` is the line of the list that stands; `page` of the one record, or of the totals."""

    facts: Facts
    way: Way = Way.ALL
    picked: int = 0
    entry: str = ""
    error: Text | None = None
    found: tuple[Transaction, ...] = ()
    page: int = 0
    pages: tuple[Page, ...] = ()

    @property
    def one(self) -> Transaction:
        """The one that is picked."""
        return self.found[self.picked]


Step = tuple[Find, tuple[Effect, ...]]

# ---- lists: a digit picks and Enter takes what is picked, so both ask the same


def _line(c: Find, event: object) -> int:
    if isinstance(event, KeyPressed) and event.key.value.isdigit():
        return int(event.key.value) - 1
    return c.picked


def _way(c: Find, event: object) -> Way | None:
    line = _line(c, event)
    return WAYS[line] if 0 <= line < len(WAYS) else None


def asks_something(c: Find, event: object) -> bool:
    """A value has to be typed."""
    return _way(c, event) in QUESTIONS


def asks_state(c: Find, event: object) -> bool:
    """A state has to be picked."""
    return _way(c, event) is Way.STATE


def wants_totals(c: Find, event: object) -> bool:
    """What the batch adds up to."""
    return _way(c, event) is Way.TOTALS


def wants_a_list(c: Find, event: object) -> bool:
    """Nothing more is asked."""
    return _way(c, event) in (Way.ALL, Way.UNRESOLVED)


def open_question(c: Find, event: object) -> Step:
    """An empty entry, or the first state."""
    way = _way(c, event)
    assert way is not None
    return replace(c, way=way, entry="", error=None, picked=0), ()


def start_again(c: Find, event: object) -> Step:
    """Back to the first screen, on the line that was used."""
    return replace(c, picked=WAYS.index(c.way), found=(), pages=()), ()


# ---- searching


def _search(c: Find, query: Query) -> Step:
    assert c.facts.history is not None
    found = history.find(c.facts.history.records(), query)
    return replace(c, found=found, picked=0), ()


def list_all(c: Find, event: object) -> Step:
    """Everything, or all that is unresolved."""
    way = _way(c, event)
    assert way is not None
    query = Query(state=State.UNKNOWN) if way is Way.UNRESOLVED else Query()
    return _search(replace(c, way=way), query)


def entry_is_usable(c: Find, event: object) -> bool:
    """It can be looked for."""
    return query_of(c.way, c.entry, c.facts) is not None


def search_typed(c: Find, event: object) -> Step:
    """All that fit what was typed."""
    query = query_of(c.way, c.entry, c.facts)
    assert query is not None
    return _search(c, query)


def is_a_state(c: Find, event: object) -> bool:
    """A line of the list of states."""
    return 0 <= _line(c, event) < len(LISTED)


def search_state(c: Find, event: object) -> Step:
    """All in one state."""
    return _search(c, Query(state=LISTED[_line(c, event)]))


# ---- one of them, and the totals: pages


def is_found(c: Find, event: object) -> bool:
    """A line of what was found."""
    return 0 <= _line(c, event) < len(c.found)


def nothing_was_found(c: Find, event: object) -> bool:
    """The list is empty."""
    return not c.found


def open_one(c: Find, event: object) -> Step:
    """Its first page."""
    c = replace(c, picked=_line(c, event), page=0)
    return replace(c, pages=pages_of(c.one, c.facts)), ()


def open_totals(c: Find, event: object) -> Step:
    """The totals of the batch that is open."""
    books, records = c.facts.books, c.facts.history
    assert records is not None
    done = history.of_batch(records.records(books.batch_from), books.batch)
    pages = totals_pages(batch_totals(books.totals, done), len(books.unresolved))
    return replace(c, way=Way.TOTALS, page=0, pages=pages), ()


def page_up(c: Find, event: object) -> Step:
    """The page before."""
    return (replace(c, page=c.page - 1), ()) if c.page else beep(c, event)


def page_down(c: Find, event: object) -> Step:
    """The next page."""
    is_last = c.page >= len(c.pages) - 1
    return beep(c, event) if is_last else (replace(c, page=c.page + 1), ())


def may_be_copied(c: Find, event: object) -> bool:
    """It has a slip, and the operator's role may print it."""
    operator = c.facts.operator
    has_slip = c.one.outcome not in (Outcome.SENT, Outcome.NOT_SENT)
    return has_slip and operator is not None and may(operator.role, Action.REPRINT)


def print_copies(c: Find, event: object) -> Step:
    """Counted, approved where there are many, then on paper."""
    return c, (reprint.call(c.facts, c.one),)


def look_again(c: Find, event: object) -> Step:
    """The number of copies has changed."""
    records, number = c.facts.history, c.one.record
    assert records is not None
    now = history.whole(records.records(number), number)
    assert now is not None
    found = tuple(now if t.record == number else t for t in c.found)
    c = replace(c, found=found)
    return replace(c, pages=pages_of(c.one, c.facts)), ()

"""A download of parameters: what the host offers, what of it may be, and who agrees (2.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from terminal.domain.facts import Facts
from terminal.domain.operators import Action
from terminal.effects import Effect, HangUp, Persist, SendToHost
from terminal.events import HostReplied, Returned
from terminal.flows import approval
from terminal.flows.answer_mac import mac_check, mac_question
from terminal.flows.host_call import identity
from terminal.flows.parameters_offer import Offer, offer_of
from terminal.iso8583 import matching, messages
from terminal.iso8583.matching import ParameterAnswer
from terminal.iso8583.messages import MessageError
from terminal.ui.screens import Say, say
from terminal.ui.text import Text

TAGS_MOST: Final = 10  # that are named on the screen; all are in the journal
NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "answer_timeout_s": Text.PARAM_ANSWER_TIMEOUT,
        "phone_1": Text.PARAM_PHONE_1,
        "phone_2": Text.PARAM_PHONE_2,
        "phone_3": Text.PARAM_PHONE_3,
        "management_phone": Text.PARAM_SERVICE_PHONE,
        "tip": Text.PARAM_TIP,
        "typed_card": Text.PARAM_TYPED_CARD,
        "auto_sign_off": Text.PARAM_AUTO_SIGN_OFF,
        "merchant_name": Text.PARAM_MERCHANT_NAME,
        "sends": Text.PARAM_SENDS,
        "switches": Text.PARAM_SWITCHES,
    }
)


@dataclass(frozen=True, slots=True)
class Download:
    """What was offered, the page that stands, and who has approved it."""

    facts: Facts
    raw: bytes = b""
    offer: Offer = field(default_factory=Offer)
    page: int = 0
    approver: str = ""
    said: tuple[Say, ...] = ()

    @property
    def needs_approver(self) -> bool:
        """At least one of them allows more than before."""
        return any(change.loosens for change in self.offer.changes)

    @property
    def is_last_page(self) -> bool:
        """All changes were shown."""
        return self.page >= len(self.offer.changes) - 1


Step = tuple[Download, tuple[Effect, ...]]


def ask_host(c: Download, event: object) -> Step:
    """One try for each time that the host asks."""
    asked = Persist("parameters_asked", {"operator": c.facts.books.operator})
    request = messages.parameter_download(identity(c.facts), f"{c.facts.books.batch:06d}")
    return c, (asked, SendToHost(messages.encode(request)))


# ---- the answer


def check_mac(c: Download, event: HostReplied) -> Step:
    """The pad verifies it."""
    return replace(c, raw=event.raw), (mac_question(c.facts, event.raw),)


def _answer(c: Download, event: object) -> ParameterAnswer | None:
    try:
        raw = event.raw if isinstance(event, HostReplied) else c.raw
        return matching.parameter_answer(messages.decode(raw), mac=mac_check(event))
    except MessageError:
        return None


def is_unusable(c: Download, event: object) -> bool:
    """Refused by the host, or an answer that says nothing that can be believed."""
    answer = _answer(c, event)
    return answer is None or answer.problem is not None or answer.response_code != "00"


def say_unusable(c: Download, event: object) -> Step:
    """Nothing changes."""
    answer = _answer(c, event)
    if answer is None or answer.problem is not None:
        return replace(c, said=(say(Text.PARAMETERS_UNUSABLE),)), ()
    return replace(c, said=(say(Text.HOST_SAYS_NO, code=answer.response_code or "--"),)), ()


def _offer(c: Download, event: object) -> Offer:
    answer = _answer(c, event)
    assert answer is not None
    return offer_of(answer, c.facts)


def changes_something(c: Download, event: object) -> bool:
    """There is something to look at."""
    return bool(_offer(c, event).changes)


def keep_offer(c: Download, event: object) -> Step:
    """Nothing is in force before somebody has seen it."""
    return replace(c, raw=b"", offer=_offer(c, event)), ()


def store_nothing_new(c: Download, event: object) -> Step:
    """What was refused is on record."""
    c = replace(c, raw=b"", offer=_offer(c, event))
    return replace(c, said=(say(Text.PARAMETERS_SAME), *_refused(c))), (_record(c, False),)


# ---- looking at it, and agreeing


def is_last_page(c: Download, event: object) -> bool:
    """Enter on the last one agrees."""
    return c.is_last_page


def needs_approver(c: Download, event: object) -> bool:
    """All were seen, and a second person has to agree."""
    return c.is_last_page and c.needs_approver


def next_page(c: Download, event: object) -> Step:
    """The next change."""
    return replace(c, page=c.page + 1), ()


def page_before(c: Download, event: object) -> Step:
    """The change before."""
    return replace(c, page=c.page - 1), ()


def has_page_before(c: Download, event: object) -> bool:
    """This is not the first."""
    return c.page > 0


def has_next_page(c: Download, event: object) -> bool:
    """This is not the last."""
    return not c.is_last_page


def ask_approver(c: Download, event: object) -> Step:
    """The names of what gets looser; their values were just shown."""
    lines = tuple(say(NAMES[change.key]) for change in c.offer.changes if change.loosens)
    operator = c.facts.books.operator
    action = Action.CHANGE_PARAMETERS
    case = approval.Case(c.facts, "parameters.approval", operator, action, lines)
    return c, (approval.call(case),)


def store_approved(c: Download, event: Returned) -> Step:
    """In force, with the approver's name."""
    return store_changes(replace(c, approver=event.result), event)


def store_changes(c: Download, event: object) -> Step:
    """In force from the next question on."""
    said = (say(Text.PARAMETERS_CHANGED, count=len(c.offer.changes)), *_refused(c))
    return replace(c, said=said), (_record(c, True),)


def store_kept(c: Download, event: object) -> Step:
    """Nobody agreed."""
    return replace(c, said=(say(Text.PARAMETERS_KEPT), *_refused(c))), (_record(c, False),)


def _refused(c: Download) -> tuple[Say, ...]:
    tags = list(dict.fromkeys(tag for tag, _ in c.offer.refused))
    more = " …" if len(tags) > TAGS_MOST else ""
    shown = " ".join(tags[:TAGS_MOST]) + more
    return (say(Text.PARAMETERS_REFUSED, tags=shown),) if tags else ()


def _record(c: Download, accepted: bool) -> Persist:
    body: dict[str, Any] = {
        "accepted": accepted,
        "before": {change.key: change.before for change in c.offer.changes},
        "after": {change.key: change.after for change in c.offer.changes},
        "refused": [list(pair) for pair in c.offer.refused],
        "operator": c.facts.books.operator,
        "approver": c.approver,
    }
    return Persist("parameters", body)


# ---- no answer


def say_not_reached(c: Download, event: object) -> Step:
    """Nothing left this terminal."""
    return replace(c, said=(say(Text.HOST_NOT_REACHED), say(Text.CHECK_LINE))), ()


def say_silent(c: Download, event: object) -> Step:
    """No answer of ours in time."""
    return replace(c, said=(say(Text.HOST_GAVE_NO_ANSWER), say(Text.CHECK_LINE))), (HangUp(),)

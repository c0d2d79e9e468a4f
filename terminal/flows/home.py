"""From power-up to the menu: pad, journal, set-up, log-on, idle. All other flows start here."""

from __future__ import annotations

import math
from enum import Enum, auto
from typing import Final

from terminal.domain.facts import Facts
from terminal.flow import Flow, FlowTable, On
from terminal.flows import home_case as case
from terminal.flows import home_due as due
from terminal.flows import home_menu as menu
from terminal.flows import home_screens as screens
from terminal.flows.home_case import Home
from terminal.flows.picking import arrows
from terminal.flows.typed import beep

START_S: Final = 3.0  # longer than that without the pad is said


class S(Enum):
    """From CHECKING to IDLE once a start; then round IDLE, MENU, WORKING, SIGNING and LOCKED.

    RECOVERING works up what is due: at the start, before money moves, and at rest.
    """

    CHECKING = auto()
    OPENING = auto()
    SETTING_UP = auto()
    LOCKED = auto()
    SIGNING = auto()
    IDLE = auto()
    MENU = auto()
    RECOVERING = auto()
    WORKING = auto()
    DAMAGED = auto()
    NEVER = auto()  # the terminal ends by losing its power


# These last as long as the flow on top, or the service's coming.
CALLING = (
    S.OPENING,
    S.SETTING_UP,
    S.LOCKED,
    S.SIGNING,
    S.RECOVERING,
    S.WORKING,
    S.DAMAGED,
)
# Behind these comes the idle screen when nothing is due.
RESTING = (S.LOCKED, S.SIGNING, S.RECOVERING, S.WORKING)

# A record that can't be read may be found by whatever reads it.
SERVING = (S.OPENING, S.SETTING_UP, *RESTING, S.IDLE, S.MENU)
CARDS = ("card", "bad_card", "chip")

TABLE: FlowTable[Home] = FlowTable(
    name="home",
    states=S,
    initial=S.CHECKING,
    final=frozenset({S.NEVER}),
    rows=[
        On("wire_back", S.CHECKING, S.CHECKING, when=case.keypad_is_back, do=case.ask_status),
        On("wire_back", S.CHECKING, S.CHECKING),
        On("keypad", S.CHECKING, S.OPENING, do=case.open_journal),
        On("journal_opened", S.OPENING, S.SETTING_UP, when=case.is_not_set_up, do=case.call_set_up),
        On("journal_opened", S.OPENING, S.LOCKED, do=case.call_logon),
        On("returned", S.SETTING_UP, S.LOCKED, do=case.call_logon),
        On("returned", S.LOCKED, S.SIGNING, when=case.must_sign_in, do=case.call_sign_in),
        On("returned", S.LOCKED, S.SIGNING, when=due.wants_host_time, do=due.ask_host_time),
        On("returned", S.LOCKED, S.RECOVERING, due.must_recover_at_start, due.recover_at_start),
        On("returned", S.SIGNING, S.WORKING, when=due.may_settle_on, do=due.settle_on),
        On("returned", S.SIGNING, S.RECOVERING, due.must_recover_at_start, due.recover_at_start),
        On("returned", S.SIGNING, S.WORKING, due.wants_parameters, due.call_parameters),
        On("returned", S.RECOVERING, S.SIGNING, when=case.must_sign_in, do=case.call_sign_in),
        On("returned", S.RECOVERING, S.WORKING, when=menu.may_go_on, do=menu.go_on),
        On("scan", S.IDLE, S.RECOVERING, menu.scan_must_recover, menu.recover_before_scan),
        On("scan", S.IDLE, S.WORKING, when=menu.may_refund, do=menu.refund_scanned),
        On("scan", S.IDLE, S.IDLE, do=beep),
        *(On(trigger, S.IDLE, S.IDLE, do=case.say_card_later) for trigger in CARDS),
        On("menu", S.IDLE, S.MENU, do=menu.open_menu),
        On("enter", S.IDLE, S.MENU, do=menu.open_menu),
        On("digit", S.MENU, S.LOCKED, when=menu.digit_is_lock, do=case.lock),
        On("digit", S.MENU, S.IDLE, when=menu.digit_is_language, do=menu.run_digit),
        On("digit", S.MENU, S.RECOVERING, menu.digit_must_recover, menu.recover_before_digit),
        On("digit", S.MENU, S.WORKING, when=menu.digit_is_an_item, do=menu.run_digit),
        On("digit", S.MENU, S.MENU, do=beep),
        *arrows(S.MENU, menu.count),
        On("enter", S.MENU, S.LOCKED, when=menu.pick_is_lock, do=case.lock),
        On("enter", S.MENU, S.IDLE, when=menu.pick_is_language, do=menu.run),
        On("enter", S.MENU, S.RECOVERING, when=menu.pick_must_recover, do=due.recover),
        On("enter", S.MENU, S.WORKING, when=menu.pick_is_an_item, do=menu.run),
        On("enter", S.MENU, S.MENU, do=beep),
        On("returned", S.WORKING, S.WORKING, when=menu.wants_next, do=menu.call_next),
        On("returned", S.WORKING, S.WORKING, due.wants_parameters, due.call_parameters),
        On("returned", S.WORKING, S.SIGNING, when=case.must_sign_in, do=case.call_sign_in),
        On("returned", S.WORKING, S.SIGNING, when=due.wants_host_time, do=due.ask_host_time),
        On("returned", RESTING, S.WORKING, when=due.seals_are_due, do=due.destroy_seals),
        On("returned", RESTING, S.IDLE, do=case.settle_down),
        On("cancel", S.MENU, S.IDLE),
        On("timeout", S.MENU, S.IDLE),
        On("timeout", S.IDLE, S.RECOVERING, due.may_recover_at_rest, due.recover_at_rest),
        On("timeout", S.IDLE, S.LOCKED, do=case.lock),
        On("keypad_failed", S.CHECKING, S.CHECKING, do=case.say_silent),
        On("timeout", S.CHECKING, S.CHECKING, do=case.ask_again),
        On("journal_refused", SERVING, S.DAMAGED, do=case.keep_why),
        On("enter", S.DAMAGED, S.DAMAGED, do=beep),
        On("returned", S.DAMAGED, S.NEVER),
    ],
    screens={
        S.CHECKING: screens.checking,
        S.OPENING: screens.checking,
        S.SETTING_UP: screens.checking,
        S.LOCKED: screens.idle,
        S.SIGNING: screens.idle,
        S.IDLE: screens.idle,
        S.MENU: screens.menu,
        S.RECOVERING: screens.idle,
        S.WORKING: screens.idle,
        S.DAMAGED: screens.damaged,
    },
    timeout_s={
        S.CHECKING: START_S,
        S.IDLE: due.rest_s,
        S.MENU: 60.0,
        **dict.fromkeys(CALLING, math.inf),
    },
    result=lambda state, c: None,
)


def flow(facts: Facts) -> Flow[Home]:
    """The first flow of a terminal."""
    return Flow(TABLE, Home(facts))

"""Stories of refunds without a result: asked for, sent again, uploaded, taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from scripts._shots import Camera
from terminal.domain.host_profile import RecoveryStep
from terminal.effects import DropSealed, Persist
from tests.scenarios.cashier import ANSWER_S, refund
from tests.scenarios.recoveries import (
    INQUIRING,
    RECOVERING,
    RESENDING,
    REVERSING,
    UPLOADING,
    lost_refund,
    rest,
)
from tests.scenarios.trading_day import settled

Story = Callable[[Camera], object]
WORKING = ("MACING", "SENT", "VERIFYING")
SLIP_S = 2.0  # after the key that prints the slip of the unknown: then the terminal rests, and asks


def _lost(camera: Camera, booked: bool = True) -> Camera:
    lost_refund(camera, booked=booked)
    camera.keys("ENTER").run(SLIP_S)
    return camera


def _until_told(camera: Camera) -> Camera:
    for _ in range(400):
        camera.run(0.5)
        if camera.screen == "recovery.told":
            break
    return camera


def found(camera: Camera) -> None:
    """What the host says of it, in the end; and not yet."""
    lost_refund(camera)
    camera.take("asks").keys("ENTER").run(SLIP_S)
    camera.take("found")
    for state in WORKING:
        camera.take_past("recovery_step", state)


def declined(camera: Camera) -> None:
    """The host has declined it."""
    camera.host.faults.arm("host.decline", {"code": "51"})
    _lost(camera).take("declined")


def never_arrived(camera: Camera) -> None:
    """Not found within the message life, then twice after it."""
    _lost(camera, booked=False).take("not-found")
    camera.keys("ENTER MENU 3 1").take("waits").keys("CANCEL")
    _until_told(camera).keys("ENTER")
    _until_told(camera).take("never-arrived")


def nobody_answers(camera: Camera) -> None:
    """No line, no answer, no keypad, and at last a person."""
    lost_refund(camera)
    camera.links["acquirer"].is_up = False
    camera.keys("ENTER").run(SLIP_S)
    camera.take("not-reached-refund")
    camera.links["acquirer"].is_up = True
    camera.host.faults.arm("host.no_answer", {"mti": "0200"}, count=0)
    camera.keys("ENTER MENU 3 1").run(30.0)
    camera.keys("UP").take("now").keys("ENTER").run(61.0)
    camera.take("silent-refund").keys("ENTER CANCEL").run(1.0)
    camera.links["keypad"].pull()
    _until_told(camera).take("no-keypad-refund")


def signed_off(camera: Camera) -> None:
    """Somebody asks without keys, or without a number that is left."""
    lost_refund(camera)
    camera.links["acquirer"].is_up = False
    camera.keys("ENTER").run(SLIP_S)
    camera.keys("ENTER MENU 3 1").run(30.0)
    camera.runtime._persist(Persist("sign_in_wanted", {"why": "signed_off"}))
    camera.keys("ENTER").take("sign-in-refund").keys("ENTER CANCEL")
    camera.runtime.facts.books.stans_in_batch = 999_999
    camera.keys("MENU 3 1").take("later")


def sent_again(camera: Camera) -> None:
    """The copy is declined: that says nothing of the first one."""
    camera.host.faults.arm("host.decline", {"code": "61", "mti": "0220"}, count=2)
    _lost(camera)
    camera.take_past("recovery_step", "OPENING", "resend")


def uploaded(camera: Camera) -> None:
    """The upload of one refund."""
    _lost(camera)
    camera.take_past("recovery_step", "SENT", "upload")


def waits_for_settlement(camera: Camera) -> None:
    """No copy leaves while a settlement is open."""
    camera.host.faults.arm("host.no_answer", {"booked": False}, 0)
    refund(camera, wait_s=ANSWER_S)
    rest(camera, ANSWER_S + 2.0)
    settled(camera, ANSWER_S + 5.0)
    camera.keys("CANCEL MENU 3 1").take("settle-first")


def no_copy(camera: Camera) -> None:
    """The sealed number is gone: a person's."""
    one = lost_refund(camera)
    camera.runtime._perform(DropSealed((one.record,)))
    camera.keys("ENTER").run(SLIP_S)
    camera.take("no-copy")


def answer_does_not_fit(camera: Camera) -> None:
    """What was found is for another amount."""
    camera.host.faults.arm("host.field", {"number": 4, "value": "000000004000", "mti": "0200"})
    _lost(camera).take("not-usable")


def taken_back(camera: Camera) -> None:
    """Where the host reverses refunds: after the life of the message."""
    _until_told(_lost(camera)).take("refund").take_past("reversal", "SENT", "refund")


STORIES: Mapping[Story, tuple[RecoveryStep, ...]] = MappingProxyType(
    {
        found: INQUIRING,
        declined: INQUIRING,
        never_arrived: INQUIRING,
        nobody_answers: RECOVERING,
        signed_off: INQUIRING,
        sent_again: RESENDING,
        uploaded: UPLOADING,
        waits_for_settlement: UPLOADING,
        answer_does_not_fit: INQUIRING,
        no_copy: RESENDING,
        taken_back: REVERSING,
    }
)

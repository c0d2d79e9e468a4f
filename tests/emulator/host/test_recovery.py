"""The private messages about a refund whose answer was lost, on hosts of every kind."""

from typing import Any

import pytest

from emulator.host.message import Message, Value
from tests.emulator.host.counter import Clock, changed, counter_till, profile
from tests.emulator.host.till import TODAY, Till, packet, sent

FOUND = {3, 4, 11, 12, 13, 37, 39, 41, 42, 44, 60, 61, 64}
NOT_FOUND = FOUND - {4, 37, 44}


def asking(till: Till, stan: Value, **changes: Any) -> Message:
    """One inquiry about a number of this till's batch."""
    till.stan += 1
    fields: dict[int, Value] = {
        3: "310100",
        11: f"{till.stan:06d}",
        41: till.terminal.tid,
        42: till.terminal.mid,
        60: f"02{till.batch}000500",
        61: f"{till.batch}{stan!s}{TODAY:%m%d}",
    }
    return till.ask(till.signed(changed(fields, changes), "0200"))


def inquiring(clock: Clock | None = None, **settings: Any) -> Till:
    return counter_till(profile(refund_recovery=("inquiry",), **settings), clock)


def refund_fields(till: Till, amount_minor: int = 4000) -> dict[int, Value]:
    return till.refund_fields(till.sale(amount_minor=10000), amount_minor)


def test_an_inquiry_finds_what_was_approved() -> None:
    till = inquiring()
    fields = refund_fields(till)
    done = till.ask(till.signed(fields))
    answer = asking(till, fields[11])
    assert set(answer.fields) == FOUND
    assert (answer.text(39), answer.text(44), answer.text(37)) == ("00", "00", done.text(37))
    assert answer.text(4) == "000000004000"
    assert answer.text(61)[:12] == f"{till.batch}{fields[11]!s}"
    assert till.verifies(answer)
    assert len(till.movements()) == 1


def test_an_inquiry_finds_what_was_declined_and_why() -> None:
    till = inquiring()
    fields = refund_fields(till, 40000)
    till.ask(till.signed(fields))
    answer = asking(till, fields[11])
    assert (answer.text(39), answer.text(44)) == ("00", "61")


def test_an_inquiry_that_finds_nothing_is_25_and_signed() -> None:
    till = inquiring()
    answer = asking(till, "000777")
    assert answer.text(39) == "25"
    assert set(answer.fields) == NOT_FOUND
    assert till.verifies(answer)


def test_inquiries_are_not_known_to_other_hosts() -> None:
    assert asking(counter_till(), "000001").text(39) == "40"


@pytest.mark.parametrize("changes", [{"f61": "000002000001"}, {"f61": None}, {"f60": None}])
def test_inquiries_that_lack_something_are_format_errors(changes: dict[str, None]) -> None:
    answer = asking(inquiring(), "000001", **changes)
    assert answer.text(39) in ("30", "40")


def test_an_inquiry_needs_a_mac_and_a_sign_in() -> None:
    till = inquiring()
    sent(till.line.receive(packet("C14"), 0.0))
    assert asking(till, "000001").text(39) == "77"
    assert till.keys is not None
    till.sign_in()
    wrong = till.signed({3: "310100", 11: "000099", 41: till.terminal.tid}, "0200")
    assert till.ask(wrong[:-1] + b"!").text(39) in ("A0", "03", "40")


def test_a_host_that_works_slowly_is_in_progress_first() -> None:
    clock = Clock()
    till = inquiring(clock, in_progress_s=20)
    fields = refund_fields(till)
    till.ask(till.signed(fields))
    codes = []
    for _ in range(3):
        codes.append(asking(till, fields[11]).text(39))
        clock.go(seconds=10)
    assert codes == ["09", "09", "00"]


def test_an_early_inquiry_may_not_find_what_was_booked() -> None:
    clock = Clock()
    till = inquiring(clock, found_after_s=5, inquiry_closes=True)
    fields = refund_fields(till)
    till.ask(till.signed(fields))
    assert asking(till, fields[11]).text(39) == "25"
    clock.go(seconds=5)
    assert asking(till, fields[11]).text(39) == "00"
    assert not till.host.ledger.reversals.is_closed(
        (till.terminal.mid, till.terminal.tid, str(fields[11]), till.batch)
    )


def test_a_host_that_forgets_finds_nothing_later_but_books_no_copy() -> None:
    clock = Clock()
    till = inquiring(clock, forgets_after_days=1)
    fields = refund_fields(till)
    till.ask(till.signed(fields))
    assert asking(till, fields[11]).text(39) == "00"
    clock.go(days=1)
    assert asking(till, fields[11]).text(39) == "25"
    assert till.ask(till.signed(fields)).text(39) == "94"


@pytest.mark.parametrize(("closes", "code"), [(True, "94"), (False, "00")])
def test_a_late_refund_after_not_found_is_booked_unless_the_inquiry_closed_it(
    closes: bool, code: str
) -> None:
    till = inquiring(inquiry_closes=closes)
    fields = refund_fields(till)
    assert asking(till, fields[11]).text(39) == "25"
    assert till.ask(till.signed(fields)).text(39) == code


def resent(fields: dict[int, Value]) -> dict[int, Value]:
    """The request again, with number and expiry in place of the track."""
    return changed(fields, {"f35": None, "f53": None, "f2": "6212345678901232", "f14": "3012"})


@pytest.mark.parametrize(("duplicate", "code"), [("94", "94"), ("old_answer", "00")])
def test_a_resent_refund_is_booked_once(duplicate: str, code: str) -> None:
    till = counter_till(profile(refund_recovery=("resend_same_stan",), duplicate=duplicate))
    fields = refund_fields(till)
    first = till.ask(till.signed(fields))
    again = till.ask(till.signed(resent(fields)))
    assert again.text(39) == code
    assert (again.text(37) == first.text(37)) == (code == "00")
    assert len(till.movements()) == 1


def test_a_resent_refund_that_never_arrived_is_booked() -> None:
    till = counter_till(profile(refund_recovery=("resend_same_stan",)))
    fields = refund_fields(till)
    assert till.ask(till.signed(resent(fields))).text(39) == "00"
    assert till.ask(till.signed(fields)).text(39) == "94"
    assert len(till.movements()) == 1


def test_other_hosts_want_the_track_of_a_swipe() -> None:
    till = counter_till()
    assert till.ask(till.signed(resent(refund_fields(till)))).text(39) == "30"
    assert till.movements() == []


def test_a_reversed_refund_is_not_found() -> None:
    till = counter_till(profile(refund_recovery=("inquiry", "reverse")))
    fields = refund_fields(till)
    till.ask(till.signed(fields))
    back = changed(resent(fields), {"f37": None, "f61": None, "f63": None, "f39": "98"})
    assert till.ask(till.signed(back, "0400")).text(39) == "00"
    assert asking(till, fields[11]).text(39) == "25"

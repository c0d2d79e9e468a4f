"""What the shop decides: people, limits, reasons, texts. One file, checked before anything runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from terminal.domain.parameter_error import require
from terminal.domain.phrase import Phrase
from terminal.domain.reasons import Reason, check_reasons, default_reasons

_TIME: Final = re.compile(r"([0-9]{2}):([0-5][0-9])")
PHONE: Final = frozenset("0123456789-+*#, ")
LONGEST_TEXT: Final = 40
OWED_MOST: Final = 15  # fewer than the transactions that the books keep
LONGEST_FOOTER: Final = 200
PIN_CHOICES: Final = ("ask", "bypass_allowed", "never")
SALE_CHOICES: Final = (
    ("sale", ("off", "on")),
    ("sale_pin", PIN_CHOICES),
    ("void_card", ("swipe", "none")),
    ("void_pin", PIN_CHOICES),
    ("void_approval", ("always", "above_limit", "never")),
)


# Of a refund: domain/warnings.py says when each applies.
WARNINGS: Final = ("no_sale", "card_again", "split", "just_under", "out_of_hours")


class Role(Enum):
    """Who may do what: see operators.py."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a two-digit number; the password is never in a file. `off`: does nothing."""

    number: str
    name: str
    role: Role
    off: bool = False


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most so much, in minor units, and so many; 0 is no ceiling."""

    most_minor: int = 0
    most_count: int = 0


@dataclass(frozen=True, slots=True)
class Ceilings:
    """Of refunds: those of one purchase, and on one host day of a card, an operator, the shop."""

    original: Ceiling = Ceiling()
    card: Ceiling = Ceiling()
    operator: Ceiling = Ceiling()
    batch: Ceiling = Ceiling()
    day: Ceiling = Ceiling()


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything the parameter file may say, with its defaults. Amounts in minor units."""

    people: tuple[Person, ...] = ()
    reasons: tuple[Reason, ...] = field(default_factory=default_reasons)
    refund_max_minor: int = 10_000_000
    approval_above_minor: int = 50_000
    second_approver_above_minor: int = 0  # 0: one approver is always enough
    alone_day_minor: int = 0  # what a supervisor approves for himself on one day; 0: nothing
    ceilings: Ceilings = Ceilings()
    refund_window_days: int = 0  # shorter than the host's; 0: the host's
    copies_alone: int = 3  # of a slip; each more needs an approver
    same_again_minutes: int = 10  # an equal refund within them is asked about; 0: never
    own_password: str = "ask"  # ask, off: of the operator, at each refund
    card_again_days: int = 7  # a card that is refunded to again within them is a warning
    just_under_percent: int = 5  # so close under approval_above_minor is a warning
    hours: tuple[str, str] = ("00:00", "24:00")  # refunds outside them are a warning
    approver_sees: tuple[str, ...] = ()  # the warnings that an approver is shown: WARNINGS
    typed_card: str = "off"  # off, approval
    other_card: str = "off"  # off, approval
    old_purchase: str = "off"  # off, approval: beyond the shop's window, within the host's
    unknown_original: str = "off"  # off, approval: there is no slip at all
    sale: str = "off"  # off, on; a void follows it
    sale_pin: str = "ask"  # ask, bypass_allowed, never
    void_card: str = "swipe"  # swipe, none: the number that the pad sealed
    void_pin: str = "never"  # as sale_pin; only of a card that is swiped
    void_approval: str = "always"  # always, above_limit, never
    operator_password_digits: tuple[int, int] = (4, 12)
    supervisor_password_digits: tuple[int, int] = (6, 12)
    password_cost: int = 60_000
    wrong_passwords_max: int = 5
    lock_minutes: int = 30
    language: str = "zh"
    service_phone: str = "95516"
    merchant_name: Phrase = field(default_factory=lambda: Phrase("Demo shop", "演示商店"))
    slip_footer: Phrase = field(default_factory=lambda: Phrase("", ""))
    expected_days: int = 7
    owed_slips_max: int = 3  # more of them than that, and no money moves
    entry_timeout_s: int = 60
    idle_lock_s: int = 300

    def __post_init__(self) -> None:
        _check_people(self.people)
        check_reasons(self.reasons)
        _check_texts(self)
        _check_ranges(self)

    def window_days(self, host_days: int) -> int:
        """Days of the shop's refund window; the host's is never exceeded."""
        return min(self.refund_window_days or host_days, host_days)

    def person(self, number: str) -> Person | None:
        """The person with this number."""
        return next((p for p in self.people if p.number == number), None)

    def name_of(self, number: str) -> str:
        """The name of the person with this number, empty when there is none."""
        found = self.person(number)
        return found.name if found else ""

    def reason(self, code: str) -> Reason | None:
        """The reason with this code."""
        return next((r for r in self.reasons if r.code == code), None)

    def is_open(self, minute: int) -> bool:
        """Is this minute of the day within the shop's hours? They may go past midnight."""
        opens, closes = map(minute_of, self.hours)
        return opens <= minute < closes if opens < closes else not closes <= minute < opens

    def password_digits(self, role: Role) -> tuple[int, int]:
        """Shortest and longest password of a role."""
        if role is Role.OPERATOR:
            return self.operator_password_digits
        return self.supervisor_password_digits


def _check_people(people: tuple[Person, ...]) -> None:
    for index, person in enumerate(people):
        number = person.number
        fine = len(number) == 2 and number.isascii() and number.isdigit()
        require(fine, f"people[{index}].number", "two digits")
        _check_text(person.name, 10, f"people[{index}].name")
    numbers = {p.number for p in people}
    require(len(numbers) == len(people), "people", "each number once")


def _check_texts(p: Parameters) -> None:
    # Every fault's screen tells whom to call: an empty number would leave people alone with it.
    phone = p.service_phone
    fine = 0 < len(phone.strip()) <= len(phone) <= 14 and set(phone) <= PHONE
    require(fine, "service_phone", "1 to 14 digits, spaces and -+*#,")
    for key in ("en", "zh_cn"):
        _check_text(getattr(p.merchant_name, key), LONGEST_TEXT, f"merchant_name.{key}")
        footer: str = getattr(p.slip_footer, key)
        fine = len(footer) <= LONGEST_FOOTER and footer.isprintable()
        require(fine, f"slip_footer.{key}", f"up to {LONGEST_FOOTER} characters on one line")


def _check_text(text: str, most: int, key: str) -> None:
    fine = bool(text.strip()) and len(text) <= most and text.isprintable()
    require(fine, key, f"1 to {most} characters")


def _check_ranges(p: Parameters) -> None:
    cap = 10**12 - 1
    require(0 < p.refund_max_minor <= cap, "refund_max_minor", f"1 to {cap}")
    require(0 <= p.approval_above_minor <= cap, "approval_above_minor", f"0 to {cap}")
    _check_ceilings(p.ceilings, cap)
    _check_warnings(p)
    for key in ("typed_card", "other_card", "old_purchase", "unknown_original"):
        require(getattr(p, key) in ("off", "approval"), key, "off or approval")
    require(p.own_password in ("ask", "off"), "own_password", "ask or off")
    for key in ("second_approver_above_minor", "alone_day_minor"):
        require(0 <= getattr(p, key) <= cap, key, f"0 to {cap}")
    require(0 <= p.copies_alone <= 99, "copies_alone", "0 to 99")
    require(0 <= p.same_again_minutes <= 1440, "same_again_minutes", "0 to 1440")
    require(0 <= p.refund_window_days <= 999, "refund_window_days", "0 to 999")
    _check_sales(p)
    require(p.language in ("zh", "en"), "language", "zh or en")
    require(1000 <= p.password_cost <= 10_000_000, "password_cost", "1000 to 10000000 rounds")
    require(1 <= p.wrong_passwords_max <= 10, "wrong_passwords_max", "1 to 10")
    require(1 <= p.lock_minutes <= 1440, "lock_minutes", "1 to 1440")
    require(10 <= p.entry_timeout_s <= 600, "entry_timeout_s", "10 to 600")
    require(30 <= p.idle_lock_s <= 3600, "idle_lock_s", "30 to 3600")
    require(0 <= p.expected_days <= 60, "expected_days", "0 to 60")
    require(0 <= p.owed_slips_max <= OWED_MOST, "owed_slips_max", f"0 to {OWED_MOST}")
    _check_digits(p.operator_password_digits, 4, "operator_password_digits")
    _check_digits(p.supervisor_password_digits, 6, "supervisor_password_digits")


def minute_of(text: str) -> int:
    """The minute of the day of hh:mm, up to 24:00; -1 for anything else."""
    found = _TIME.fullmatch(text)
    minute = int(found[1]) * 60 + int(found[2]) if found else -1
    return minute if minute <= 24 * 60 else -1


def _check_warnings(p: Parameters) -> None:
    require(0 <= p.card_again_days <= 31, "card_again_days", "0 to 31")
    require(0 <= p.just_under_percent <= 50, "just_under_percent", "0 to 50")
    are_times = all(minute_of(text) >= 0 for text in p.hours)
    require(are_times and len(set(p.hours)) == 2, "hours", "two different times as 08:00")
    allowed = set(p.approver_sees) <= set(WARNINGS)
    require(allowed, "approver_sees", f"some of {', '.join(WARNINGS)}")


def _check_ceilings(ceilings: Ceilings, cap: int) -> None:
    for name in ("original", "card", "operator", "batch", "day"):
        ceiling: Ceiling = getattr(ceilings, name)
        require(0 <= ceiling.most_minor <= cap, f"ceilings.{name}.most_minor", f"0 to {cap}")
        require(0 <= ceiling.most_count <= 9999, f"ceilings.{name}.most_count", "0 to 9999")


def _check_sales(p: Parameters) -> None:
    for key, allowed in SALE_CHOICES:
        require(getattr(p, key) in allowed, key, ", ".join(allowed))


def _check_digits(digits: tuple[int, int], least: int, key: str) -> None:
    shortest, longest = digits
    require(least <= shortest <= longest <= 12, key, f"[{least} to 12, up to 12]")

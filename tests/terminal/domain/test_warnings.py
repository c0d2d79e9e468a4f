"""What the owner should look at: a refund beside the books before it, and all of a journal."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.books import Books
from terminal.domain.cells import width
from terminal.domain.original import Original
from terminal.domain.parameters import Parameters
from terminal.domain.transaction import Intent
from terminal.domain.warning_words import WARNINGS
from terminal.domain.warnings import Kind, Moment, Warned, moment_of, of_refund, warnings
from tests.terminal.domain.fold_model import PURCHASE, WALL, Journal, signed_in

TOKEN = "ab120123456789ab"
PROVEN = replace(PURCHASE, source="scanned")
SHOP = Parameters(approval_above_minor=1000, just_under_percent=10, card_again_days=0)
APART: dict[str, Any] = {
    "token": "ab12ffffffffffff",
    "original": replace(PROVEN, rrn="240520000009"),
}
NOON = Moment(date(2024, 5, 31), 12 * 60)


def wanted(amount_minor: int = 500, **other: Any) -> Intent:
    usual = Intent(
        "refund", 42, 7, amount_minor, "S", "621234******1232", TOKEN, PROVEN, "goods", "", "01"
    )  # fmt: skip
    return replace(usual, **other)


def kinds_of(
    intent: Intent, books: Books | None = None, shop: Parameters = SHOP, now: Moment | None = NOON
) -> tuple[Kind, ...]:
    return of_refund(books or Books(), shop, intent, now)


@pytest.mark.parametrize(
    ("wall", "moment"),
    [
        ("2024-05-31T04:30:00.000Z", Moment(date(2024, 5, 31), 750)),
        ("2024-05-31T16:00:59+00:00", Moment(date(2024, 6, 1), 0)),
        ("2024-05-31T23:59:59+08:00", Moment(date(2024, 5, 31), 1439)),
        ("", None),
        ("noon", None),
        ("9999-12-31T23:59:59+00:00", None),
    ],
)
def test_moment_of_a_records_clock_is_chinas(wall: str, moment: Moment | None) -> None:
    assert moment_of(wall) == moment


# ---- one refund


def test_an_honest_refund_is_nothing_to_look_at() -> None:
    assert kinds_of(wanted()) == ()


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"original": replace(PURCHASE, source="typed")}, Kind.NO_SALE),
        ({"entry": "M"}, Kind.TYPED_CARD),
        ({"exceptions": ("above_limit", "other_card")}, Kind.OTHER_CARD),
        ({"exceptions": ("typed_card", "alone")}, Kind.ALONE),
        ({"exceptions": ("other_keypad",)}, Kind.KEYPAD_REPLACED),
    ],
)
def test_what_the_intent_itself_says(change: dict[str, Any], kind: Kind) -> None:
    assert kinds_of(wanted(**change)) == (kind,)


@pytest.mark.parametrize(
    ("original", "entry"), [(replace(PURCHASE, source="journal"), "S"), (PROVEN, "Q")]
)
def test_purchase_of_this_journal_and_payment_by_code_are_proven(
    original: Original, entry: str
) -> None:
    assert kinds_of(wanted(original=original, entry=entry)) == ()


@pytest.mark.parametrize(
    ("amount_minor", "is_under"),
    [(900, False), (901, True), (1000, True), (1001, False), (1, False)],
)
def test_a_little_less_than_the_limit(amount_minor: int, is_under: bool) -> None:
    assert kinds_of(wanted(amount_minor)) == ((Kind.JUST_UNDER,) if is_under else ())


@pytest.mark.parametrize(
    ("percent", "limit", "least_minor"),
    [(0, 1000, 1001), (50, 1000, 501), (5, 50_000, 47_501), (10, 15, 15)],
)
def test_how_little_is_the_shops(percent: int, limit: int, least_minor: int) -> None:
    shop = replace(SHOP, approval_above_minor=limit, just_under_percent=percent)
    around = (least_minor - 1, least_minor, limit, limit + 1)
    told = {n for n in around if kinds_of(wanted(n), shop=shop)}
    assert told == {n for n in around if least_minor <= n <= limit}


@pytest.mark.parametrize(("minute", "is_out"), [(479, True), (480, False), (1319, False)])
def test_outside_the_shops_hours(minute: int, is_out: bool) -> None:
    shop = replace(SHOP, hours=("08:00", "22:00"))
    found = kinds_of(wanted(), shop=shop, now=replace(NOON, minute=minute))
    assert found == ((Kind.OUT_OF_HOURS,) if is_out else ())
    assert kinds_of(wanted(), shop=shop, now=None) == ()


# ---- the same card, and parts


def after_refund(day: str = "2024-05-31", **intent: Any) -> Journal:
    journal = signed_in()
    fields = {"token": TOKEN, "original": PROVEN, "amount_minor": 600, **intent}
    journal.end(journal.begin(**fields), trusted_day=day)
    return journal


@pytest.mark.parametrize(
    ("day", "days", "is_again"),
    [
        (date(2024, 5, 31), 1, True),
        (date(2024, 5, 31), 0, False),
        (date(2024, 6, 6), 7, True),
        (date(2024, 6, 7), 7, False),
        (date(2024, 5, 1), 1, True),  # a clock that fell back: the host's day counts
    ],
)
def test_same_card_again_within_the_shops_days(day: date, days: int, is_again: bool) -> None:
    books, shop = after_refund().books, replace(SHOP, card_again_days=days)
    intent = wanted(1, original=replace(PROVEN, rrn="240520000009"))
    found = kinds_of(intent, books, shop, replace(NOON, day=day))
    assert found == ((Kind.CARD_AGAIN,) if is_again else ())


def test_days_of_the_host_count_without_a_clock() -> None:
    journal, shop = after_refund(), replace(SHOP, card_again_days=2)
    assert kinds_of(wanted(1), journal.books, shop, None) == (Kind.CARD_AGAIN,)
    journal.store("signed_in", batch=7, day="2024-06-02")
    assert kinds_of(wanted(1), journal.books, shop, None) == ()
    assert kinds_of(wanted(1), journal.books, shop, NOON) == ()


def test_other_cards_and_none_are_not_the_same() -> None:
    shop = replace(SHOP, card_again_days=7)
    for token in ("ab12ffffffffffff", ""):
        assert kinds_of(wanted(1, token=token), after_refund().books, shop) == ()
        assert kinds_of(wanted(1, token=token), after_refund(token="").books, shop) == ()
    unknown_day = after_refund(day="").books
    assert kinds_of(wanted(1), unknown_day, shop, None) == ()
    assert kinds_of(wanted(1), unknown_day, shop) == ()


@pytest.mark.parametrize(
    ("amount_minor", "is_split"),
    [(400, False), (401, True), (1000, True), (1001, False)],
)
@pytest.mark.parametrize("shared", ["card", "purchase", "both"])
def test_parts_that_add_up_to_more_than_one_may_give(
    shared: str, amount_minor: int, is_split: bool
) -> None:
    other = {"purchase": {"token": APART["token"]}, "card": {"original": APART["original"]}}
    books, shop = after_refund(**other.get(shared, {})).books, replace(SHOP, just_under_percent=0)
    assert kinds_of(wanted(amount_minor), books, shop) == ((Kind.SPLIT,) if is_split else ())


def test_one_refund_under_the_limit_is_in_no_parts() -> None:
    assert kinds_of(wanted(500), after_refund(**APART).books) == ()
    assert kinds_of(wanted(1001)) == ()


def test_warnings_of_one_refund_come_in_their_order() -> None:
    shop = replace(SHOP, hours=("08:00", "09:00"), card_again_days=7)
    worst = wanted(
        950, entry="M", original=PURCHASE, exceptions=("other_card", "other_keypad", "alone")
    )
    assert list(kinds_of(worst, after_refund().books, shop)) == list(Kind)[:9]


# ---- all of the journal


def told(journal: Journal, shop: Parameters = SHOP, first: int = 1) -> list[tuple[Kind, int]]:
    return [(w.kind, w.record) for w in warnings(journal.records, shop, first)]


@pytest.fixture
def journal() -> Journal:
    """Of a terminal in batch 7."""
    return signed_in()


def test_warning_names_record_person_number_and_amount(journal: Journal) -> None:
    journal.store("stan", stan=41)
    number = journal.end(journal.begin(amount_minor=300, operator="02"))
    expected = Warned(Kind.NO_SALE, number, "02", 42, 300)
    assert warnings(journal.records, SHOP) == (expected,)
    assert warnings(journal.records, SHOP, number) == (expected,)
    assert warnings(journal.records, SHOP, number + 1) == ()


@pytest.mark.parametrize(
    ("ends", "is_told"),
    [
        (("approved",), True),
        (("declined",), False),
        (("not_sent",), False),
        (("unknown",), True),
        (("unknown", "approved"), True),
        (("unknown", "not_done"), False),
        (("unknown", "manual", "not_done_by_hand"), False),
        ((), True),
    ],
)
def test_refund_is_told_when_money_moved_or_may_have(
    journal: Journal, ends: tuple[str, ...], is_told: bool
) -> None:
    number = journal.begin()
    for end in ends:
        journal.store("settled" if "hand" in end else "result", intent=number, outcome=end)
    assert told(journal) == ([(Kind.NO_SALE, number)] if is_told else [])


def test_each_is_told_once_in_the_order_of_the_records(journal: Journal) -> None:
    first = journal.end(journal.begin(), "unknown")
    second = journal.end(journal.begin(entry="M"))
    third = journal.begin()
    journal.store("result", intent=second, outcome="declined")  # of nothing open
    journal.store("result", intent=999, outcome="declined")
    assert told(journal) == [
        (Kind.NO_SALE, first),
        (Kind.NO_SALE, second),
        (Kind.TYPED_CARD, second),
        (Kind.NO_SALE, third),
    ]


@pytest.mark.parametrize("operation", ["sale", "void"])
def test_other_operations_are_no_refunds(journal: Journal, operation: str) -> None:
    journal.end(journal.begin(operation, entry="M"))
    assert told(journal) == []


def test_refund_is_looked_at_beside_the_books_before_it(journal: Journal) -> None:
    for _ in range(2):
        journal.end(journal.begin(amount_minor=501, original=PROVEN))
    assert told(journal) == [(Kind.SPLIT, 4)]


def test_clock_of_the_record_says_whether_the_shop_was_open(journal: Journal) -> None:
    journal.wall = "2024-05-31T15:00:00.000Z"
    journal.end(journal.begin(original=PROVEN))
    journal.wall = WALL
    journal.end(journal.begin(original=PROVEN))
    assert told(journal, replace(SHOP, hours=("08:00", "22:00"))) == [(Kind.OUT_OF_HOURS, 2)]


def test_another_key_in_the_tokens_is_another_keypad(journal: Journal) -> None:
    for token in ("ab12000000000001", "ab12000000000002", "", "cd34000000000001", "cd34f" * 3):
        journal.end(journal.begin(amount_minor=1, original=PROVEN, token=token))
    assert told(journal) == [(Kind.KEYPAD_REPLACED, 8)]


def test_replaced_keypad_is_told_once_a_refund(journal: Journal) -> None:
    journal.end(journal.begin(original=PROVEN, token="ab12000000000001"))
    intent = wanted(token="cd34000000000001", exceptions=("other_keypad",))
    journal.end(journal.store("intent", **intent.to_body()))
    assert told(journal) == [(Kind.KEYPAD_REPLACED, 4)]


def test_taken_passwords_are_told(journal: Journal) -> None:
    number = journal.store("password_reset", number="05", until="2024-06-01")
    assert warnings(journal.records, SHOP) == (Warned(Kind.PASSWORD_RESET, number, "05"),)


def test_copies_are_told_with_who_made_them_and_of_what(journal: Journal) -> None:
    done = journal.end(journal.begin(original=PROVEN), approved_minor=450)
    numbers = [
        journal.store("reprinted", intent=done, by="09"),
        journal.store("reprinted", intent=done),
        journal.store("reprinted", intent=999, by="09"),
    ]
    assert warnings(journal.records, SHOP) == (
        Warned(Kind.REPRINTED, numbers[0], "09", 1, 450),
        Warned(Kind.REPRINTED, numbers[1], "", 1, 450),
        Warned(Kind.REPRINTED, numbers[2], "09"),
    )


# ---- lock-outs: the last try is stored as locked before it is made


@pytest.fixture
def people(journal: Journal) -> Journal:
    """Two people with a password."""
    for number in ("01", "02"):
        journal.store("password", number=number, salt="aa", verifier="bb", cost=1000)
    return journal


def ask(journal: Journal, count: int, locked_s: int = 0, number: str = "01") -> int:
    body = {"number": number, "count": count, "locked_remaining_s": locked_s}
    return journal.store("password_asked", **body)


def test_try_without_an_answer_is_a_lock_out(people: Journal) -> None:
    ask(people, 4)
    locked = ask(people, 5, 1800)
    assert warnings(people.records, SHOP) == (Warned(Kind.LOCKED_OUT, locked, "01"),)
    people.store("minute")
    assert told(people) == [(Kind.LOCKED_OUT, locked)]


def test_right_password_at_the_last_try_is_none(people: Journal) -> None:
    ask(people, 5, 1800)
    other = ask(people, 5, 1800, "02")
    people.store("password_right", number="01")
    people.store("password_right", number="01")
    assert told(people) == [(Kind.LOCKED_OUT, other)]


def test_question_that_was_left_is_none(people: Journal) -> None:
    ask(people, 4)
    ask(people, 5, 1800)
    ask(people, 4)  # one less: nobody typed
    assert told(people) == []


def test_lock_that_ran_out_stays_told(people: Journal) -> None:
    locked = ask(people, 5, 60)
    people.store("minute")
    ask(people, 1)
    assert told(people) == [(Kind.LOCKED_OUT, locked)]
    people.store("password_right", number="01")
    assert told(people) == [(Kind.LOCKED_OUT, locked)]


def test_lock_that_ran_out_and_came_again_is_told_twice(people: Journal) -> None:
    first = ask(people, 1, 60)
    people.store("minute")
    second = ask(people, 1, 60)
    assert told(people) == [(Kind.LOCKED_OUT, first), (Kind.LOCKED_OUT, second)]


def test_unlocking_tells_a_lock_out_and_not_twice(people: Journal) -> None:
    locked = ask(people, 5, 1800)
    people.store("unlocked", number="01")
    people.store("unlocked", number="02")
    people.store("unlocked", number="01")
    assert told(people) == [(Kind.LOCKED_OUT, locked)]


@given(st.lists(st.sampled_from(["wrong", "left", "right"]), max_size=12))
def test_as_many_lock_outs_as_wrong_last_tries(answers: list[str]) -> None:
    journal, count, locks = signed_in(), 0, list[int]()
    journal.store("password", number="01", salt="aa", verifier="bb", cost=1000)
    for answer in answers:
        number = ask(journal, count + 1, 60 if count == 2 else 0)
        if answer == "left":
            ask(journal, count)
            continue
        locks += [number] if answer == "wrong" and count == 2 else []
        if answer == "right":
            journal.store("password_right", number="01")
        elif count == 2:
            journal.store("minute")
        count = (count + 1) % 3 if answer == "wrong" else 0
    assert told(journal) == [(Kind.LOCKED_OUT, number) for number in locks]


def test_each_kind_has_a_name_that_fits() -> None:
    assert set(WARNINGS) == set(Kind)
    for phrase in WARNINGS.values():
        assert 0 < width(phrase.en) <= 20
        assert 0 < width(phrase.zh_cn) <= 20
    assert len({p.en for p in WARNINGS.values()}) == len(Kind)
    assert len({p.zh_cn for p in WARNINGS.values()}) == len(Kind)

"""What single records do to the books: people and locks, the session, numbers, what was printed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from terminal.domain.books import RECENT_MAX, Books, Spending, Totals
from terminal.domain.ceilings import Tally
from terminal.domain.operators import PasswordTries
from terminal.domain.original import NO_RRN
from terminal.domain.staff import Credential
from terminal.domain.transaction import Outcome
from tests.terminal.domain.fold_model import KEY, PURCHASE, WALL, Journal, signed_in


@pytest.fixture
def journal() -> Journal:
    """Of a terminal in batch 7."""
    return signed_in()


def test_a_kind_that_says_nothing_of_the_books_changes_nothing(journal: Journal) -> None:
    journal.store("card_shown", number="01")
    assert journal.books == replace(
        Books(), batch=7, batch_from=1, signed_in=True, sign_in_wanted=""
    )


# ---- people


def test_passwords_are_kept_by_person(journal: Journal) -> None:
    journal.store("password", number="01", salt="aa", verifier="bb", cost=1000)
    journal.store("password", number="09", salt="cc", verifier="dd", cost=2000)
    assert journal.books.people == {
        "01": Credential("aa", "bb", 1000),
        "09": Credential("cc", "dd", 2000),
    }


def test_a_lock_counts_down_by_the_minute_and_a_right_password_ends_it(journal: Journal) -> None:
    for number in ("01", "09"):
        journal.store("password", number=number, salt="aa", verifier="bb", cost=1000)
    journal.store("password_asked", number="01", count=5, locked_remaining_s=120)
    journal.store("password_asked", number="09", count=2, locked_remaining_s=0)
    journal.store("minute")
    tries = {number: one.tries for number, one in journal.books.people.items()}
    assert tries == {"01": PasswordTries(5, 60), "09": PasswordTries(2, 0)}
    assert journal.books.any_locked()
    journal.store("minute")
    assert journal.books.people["01"].tries == PasswordTries()
    assert not journal.books.any_locked()
    journal.store("password_right", number="09")
    assert journal.books.people["09"].tries == PasswordTries()


def test_a_new_password_gives_all_tries_back(journal: Journal) -> None:
    journal.store("password", number="01", salt="aa", verifier="bb", cost=1000)
    journal.store("password_asked", number="01", count=5, locked_remaining_s=120)
    journal.store("password", number="01", salt="cc", verifier="dd", cost=1000)
    assert journal.books.people["01"].tries == PasswordTries()


@pytest.mark.parametrize("kind", ["logoff", "boot"])
def test_nobody_is_logged_on_afterwards(journal: Journal, kind: str) -> None:
    journal.store("logon", number="01")
    assert journal.books.operator == "01"
    journal.store(kind, remembered=1)
    assert journal.books.operator == ""


def test_the_screens_keep_the_language_that_was_chosen(journal: Journal) -> None:
    journal.store("language", language="en")
    journal.store("boot", remembered=1)
    assert journal.books.language == "en"


# ---- the session


def test_a_terminal_is_set_up_once(journal: Journal) -> None:
    assert not journal.books.set_up
    journal.store("set_up")
    assert journal.books.set_up is True


def test_a_sign_in_is_wanted_until_it_succeeds(journal: Journal) -> None:
    assert (Books().signed_in, Books().sign_in_wanted) == (False, "never")
    journal.store("sign_in_wanted", why="host")
    assert (journal.books.signed_in, journal.books.sign_in_wanted) == (False, "host")
    journal.store("signed_in", batch=7)
    assert (journal.books.signed_in, journal.books.sign_in_wanted) == (True, "")


def test_a_sign_in_to_the_same_batch_keeps_its_totals(journal: Journal) -> None:
    number = journal.begin()
    journal.store("result", intent=number, outcome="approved")
    journal.store("signed_in", batch=7)
    assert (journal.books.totals.credit_minor, journal.books.batch_from) == (500, 1)
    journal.store("signed_in", batch=8)
    assert (journal.books.totals.credit_minor, journal.books.batch_from) == (0, journal.last)


def test_each_number_is_used_once(journal: Journal) -> None:
    journal.store("stan", stan=41)
    assert (journal.books.stan, journal.books.next_stan) == (41, 42)
    journal.begin()
    assert (journal.books.stan, journal.books.stans_in_batch) == (42, 2)
    journal.store("stan", stan=999_999)
    assert journal.books.next_stan == 1


def test_refusals_are_counted(journal: Journal) -> None:
    for count in (1, 2, 3):
        journal.store("refused", why="window_passed")
        assert journal.books.refused == count


# ---- what becomes of an intent


def test_an_intent_counts_as_spent_until_it_is_known_not_to_be(journal: Journal) -> None:
    number = journal.begin()
    assert journal.books.unresolved == {number: journal.one(number)}
    assert journal.one(number).wall == WALL
    assert journal.books.remaining_minor(KEY, 2000) == 1500
    journal.store("result", intent=number, outcome="declined", response_code="51")
    assert journal.books.unresolved == {}
    assert journal.books.remaining_minor(KEY, 2000) == 2000
    assert journal.books.originals[KEY] == Spending(2000)


@pytest.mark.parametrize("code", ["13", "61"])
def test_a_host_that_knows_of_less_is_believed(journal: Journal, code: str) -> None:
    number = journal.begin()
    journal.store("result", intent=number, outcome="declined", response_code=code)
    assert journal.books.originals[KEY].host_says_less


@pytest.mark.parametrize(
    ("outcome", "code"), [("declined", "51"), ("unknown", "13"), ("approved", "61")]
)
def test_no_other_answer_says_that_less_remains(journal: Journal, outcome: str, code: str) -> None:
    number = journal.begin()
    journal.store("result", intent=number, outcome=outcome, response_code=code)
    assert not journal.books.originals[KEY].host_says_less


def test_a_declined_sale_marks_no_original(journal: Journal) -> None:
    number = journal.begin("sale")
    journal.store("result", intent=number, outcome="declined", response_code="61")
    assert journal.books.originals == {}
    assert journal.one(number).response_code == "61"


def test_the_day_is_the_last_one_that_the_host_vouched_for(journal: Journal) -> None:
    for outcome, day in (("approved", "2024-05-31"), ("declined", ""), ("declined", None)):
        number = journal.begin()
        body = {} if day is None else {"trusted_day": day}
        journal.store("result", intent=number, outcome=outcome, **body)
    assert journal.books.trusted_day == "2024-05-31"


def test_a_result_of_nothing_open_changes_nothing(journal: Journal) -> None:
    number = journal.begin()
    journal.store("result", intent=number, outcome="approved")
    for late in (number, 99):
        journal.store("result", intent=late, outcome="declined", response_code="61")
    assert journal.one(number).outcome is Outcome.APPROVED
    assert journal.books.totals.credit_count == 1
    assert not journal.books.originals[KEY].host_says_less


def test_an_approved_void_leaves_nothing_to_give_back(journal: Journal) -> None:
    number = journal.begin("void", 2000)
    journal.store("result", intent=number, outcome="approved")
    assert journal.books.originals[KEY] == Spending(2000, voided=True)
    assert journal.books.remaining_minor(KEY, 2000) == 0


def test_void_of_a_sale_without_a_number_marks_no_purchase(journal: Journal) -> None:
    number = journal.begin("void", 2000, original=replace(PURCHASE, rrn=NO_RRN))
    journal.end(number)
    assert journal.one(number).outcome is Outcome.APPROVED
    assert journal.books.originals == {}
    assert journal.books.totals == Totals(0, 0, 2000, 1)


def test_a_reversed_sale_is_no_purchase(journal: Journal) -> None:
    number = journal.begin("sale", 900)
    journal.store("result", intent=number, outcome="to_reverse", rrn="240531000009")
    key = journal.one(number).key
    journal.store("result", intent=number, outcome="reversed")
    assert journal.books.originals == {key: Spending(900, voided=True)}
    assert journal.books.sales == {}
    assert journal.books.batch_records == 0


def test_an_approved_sale_is_one_of_the_batch_and_an_original_of_its_own(journal: Journal) -> None:
    number = journal.begin("sale", 900)
    journal.store("result", intent=number, outcome="approved", rrn="240531000009")
    sale = journal.one(number)
    assert journal.books.sales == {sale.intent.stan: sale}
    assert journal.books.originals == {sale.key: Spending(900)}


def test_a_power_cut_leaves_a_refund_unknown_and_a_sale_to_be_reversed(journal: Journal) -> None:
    refund, void, sale = (journal.begin(name) for name in ("refund", "void", "sale"))
    done = journal.begin()
    journal.store("result", intent=done, outcome="manual", detail="tries")
    journal.store("boot", remembered=1)
    told = [journal.one(number) for number in (refund, void, sale, done)]
    assert [(t.outcome, t.detail, t.reversal_reason) for t in told] == [
        (Outcome.UNKNOWN, "power", ""),
        (Outcome.TO_REVERSE, "power", "06"),
        (Outcome.TO_REVERSE, "power", "06"),
        (Outcome.MANUAL, "tries", ""),
    ]
    assert sorted(journal.books.unresolved) == [refund, void, sale, done]


def test_tries_of_a_reversal_are_counted_but_for_one_that_came_too_early(
    journal: Journal,
) -> None:
    number = journal.begin("sale")
    journal.store("result", intent=number, outcome="to_reverse")
    journal.store("reversal_early", intent=number)
    assert (journal.one(number).reversal_tries, journal.one(number).reversal_early) == (0, True)
    for tries in (1, 2, 3):
        journal.store("reversal_try", intent=number, number=tries)
    journal.store("reversal_early", intent=number)
    assert (journal.one(number).reversal_tries, journal.one(number).reversal_early) == (2, True)
    assert journal.one(number).outcome is Outcome.TO_REVERSE


@pytest.mark.parametrize("kind", ["reversal_try", "reversal_early", "printed", "reprinted"])
def test_what_is_about_nothing_known_changes_nothing(journal: Journal, kind: str) -> None:
    before = replace(journal.books)
    journal.store(kind, intent=99, number=2, slip="merchant")
    assert journal.books == before


# ---- the recent ones, and their paper


def test_paper_is_remembered_whether_a_transaction_is_open_or_not(journal: Journal) -> None:
    open_one, done = journal.begin(), journal.begin()
    journal.store("result", intent=done, outcome="approved")
    for number in (open_one, done):
        journal.store("printed", intent=number, slip="merchant")
        journal.store("printed", intent=number, slip="customer")
        journal.store("reprinted", intent=number)
        journal.store("reprinted", intent=number)
        assert (journal.one(number).printed, journal.one(number).copies) == (
            ("merchant", "customer"),
            2,
        )
    assert set(journal.books.unresolved) == {open_one}
    assert [t.record for t in journal.books.recent] == [done]


def test_the_newest_of_the_recent_ones_is_kept_last(journal: Journal) -> None:
    first, second = journal.begin(), journal.begin()
    for number in (first, second):
        journal.store("result", intent=number, outcome="unknown")
    journal.store("settled", intent=first, outcome="done_by_hand")
    assert [t.record for t in journal.books.recent] == [second, first]
    assert journal.books.last == journal.one(first)


def test_only_so_many_are_kept(journal: Journal) -> None:
    for _ in range(RECENT_MAX + 2):
        journal.store("result", intent=journal.begin(amount_minor=1), outcome="approved")
    assert len(journal.books.recent) == RECENT_MAX
    assert journal.books.recent[0].intent.stan == 3


# ---- totals of the batch, and of the day


def test_sales_are_debit_refunds_and_voids_are_credit(journal: Journal) -> None:
    journal.end(journal.begin("sale", 900), rrn="240531000009")
    journal.end(journal.begin("sale", 90), rrn="240531000010")
    for operation, amount_minor in (("refund", 30), ("qr_refund", 4), ("void", 2000)):
        journal.end(journal.begin(operation, amount_minor))
    assert journal.books.totals == Totals(990, 2, 2034, 3)
    assert journal.books.foreign == Totals()


def test_cards_of_another_organisation_are_counted_apart(journal: Journal) -> None:
    journal.end(journal.begin("sale", 900), rrn="240531000009", organisation="VIS")
    journal.end(journal.begin(amount_minor=30), organisation="MCC")
    journal.end(journal.begin(amount_minor=4), organisation="CUP")
    assert journal.books.foreign == Totals(900, 1, 30, 1)
    assert journal.books.totals == Totals(0, 0, 4, 1)


def test_what_is_known_late_is_no_part_of_the_batch_of_then(journal: Journal) -> None:
    late, nothing = journal.begin(), journal.begin()
    journal.store("signed_in", batch=8)
    journal.begin()
    journal.end(late)
    journal.end(nothing, "declined")
    assert journal.books.totals == Totals()
    assert journal.books.batch_records == 1
    assert journal.books.originals[KEY].spent_minor == 500


def test_batch_whose_number_comes_again_counts_only_its_own(journal: Journal) -> None:
    refund, sale, nothing = (journal.begin(name) for name in ("refund", "sale", "refund"))
    journal.store("signed_in", batch=8)
    journal.store("signed_in", batch=7)
    journal.begin()
    journal.end(refund)
    journal.end(sale, rrn="240531000009")
    journal.end(nothing, "declined")
    books = journal.books
    assert (books.totals, books.batch_records, books.given.of_batch) == (Totals(), 1, Tally())
    assert (books.given.of_day.count, books.sales) == (1, {})


def test_returns_on_a_purchase_are_counted(journal: Journal) -> None:
    for approved_minor in (0, 450):
        journal.end(journal.begin(), approved_minor=approved_minor)
    assert journal.books.originals[KEY] == Spending(2000, 950, 2)
    assert journal.books.remaining_minor(KEY, 2000) == 1050


def test_refund_of_a_purchase_that_nobody_can_name_is_counted_under_none(journal: Journal) -> None:
    journal.end(journal.begin(original=replace(PURCHASE, rrn="000000000000")))
    assert journal.books.originals == {}
    assert journal.books.totals.credit_minor == 500


def test_sale_that_a_person_settles_as_paid_may_have_no_number_here(journal: Journal) -> None:
    number = journal.end(journal.begin("sale", 900), "to_reverse")
    journal.store("settled", intent=number, outcome="done_by_hand")
    assert journal.books.originals == {}
    assert journal.books.sales == {1: journal.one(number)}
    assert journal.books.totals == Totals(900, 1)


def test_sale_of_a_closed_batch_is_a_purchase_and_no_sale_of_the_open_one(journal: Journal) -> None:
    number = journal.end(journal.begin("sale", 900), "manual", rrn="240531000009")
    journal.store("signed_in", batch=8)
    journal.store("settled", intent=number, outcome="done_by_hand")
    assert journal.books.sales == {}
    assert journal.books.originals == {journal.one(number).key: Spending(900)}


@pytest.mark.parametrize("outcome", ["reversed", "not_done_by_hand", "declined"])
def test_sale_that_was_never_paid_is_no_purchase(journal: Journal, outcome: str) -> None:
    number = journal.end(journal.begin("sale", 900), "to_reverse", rrn="240531000009")
    key = journal.one(number).key
    journal.store("settled", intent=number, outcome=outcome)
    struck = {} if outcome == "declined" else {key: Spending(900, voided=True)}
    assert journal.books.originals == struck
    assert journal.books.batch_records == 0


def test_day_of_an_answer_and_of_a_sign_in_begin_a_day_of_refunds(journal: Journal) -> None:
    journal.end(journal.begin(), trusted_day="2024-05-30")
    journal.store("signed_in", batch=7)
    assert (journal.books.given.day, journal.books.given.of_day.count) == ("2024-05-30", 1)
    journal.store("signed_in", batch=7, day="2024-05-31")
    assert (journal.books.given.day, journal.books.given.of_day.count) == ("2024-05-31", 0)
    journal.end(journal.begin(), "declined", trusted_day="2024-06-01")
    assert (journal.books.given.day, journal.books.trusted_day) == ("2024-06-01", "2024-06-01")

"""The refund like one before: which one is found, and which documents are remembered."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.same_again import DOCUMENTS_MAX, equal_refund
from tests.terminal.domain.fold_model import KEY, PURCHASE, Journal, signed_in

OTHER_PURCHASE = replace(PURCHASE, rrn="240520000009")


def always(record: int) -> bool:
    return True


def found(journal: Journal, amount_minor: int = 500) -> int | None:
    same = equal_refund(journal.books, KEY, amount_minor, always)
    return same.record if same else None


@pytest.fixture
def journal() -> Journal:
    """Of a terminal in batch 7."""
    return signed_in()


@pytest.mark.parametrize("operation", ["refund", "qr_refund"])
@pytest.mark.parametrize("end", ["approved", "unknown", "manual"])
def test_refund_that_moved_or_may_have_moved_money_is_found(
    journal: Journal, operation: str, end: str
) -> None:
    number = journal.end(journal.begin(operation), end)
    assert found(journal) == number


@pytest.mark.parametrize("end", ["declined", "not_sent", "not_done", "not_done_by_hand"])
def test_one_that_came_to_nothing_is_not(journal: Journal, end: str) -> None:
    journal.end(journal.begin(), end)
    assert found(journal) is None


def test_other_amounts_purchases_and_operations_are_not_the_same(journal: Journal) -> None:
    journal.end(journal.begin(amount_minor=501))
    journal.end(journal.begin(original=OTHER_PURCHASE))
    journal.end(journal.begin("void"))
    assert found(journal) is None
    assert found(journal, 501) == 2


def test_what_was_asked_counts_not_what_was_approved(journal: Journal) -> None:
    number = journal.end(journal.begin(amount_minor=500), approved_minor=450)
    assert (found(journal), found(journal, 450)) == (number, None)


def test_nothing_is_like_a_purchase_without_a_number(journal: Journal) -> None:
    journal.end(journal.begin(original=replace(PURCHASE, rrn="000000000000")))
    assert equal_refund(journal.books, "", 500, always) is None


def test_open_one_comes_first_then_the_newest(journal: Journal) -> None:
    first, second = (journal.end(journal.begin()) for _ in range(2))
    assert found(journal) == second
    unknown = journal.end(journal.begin(), "unknown")
    journal.end(journal.begin())
    assert found(journal) == unknown
    recent = equal_refund(journal.books, KEY, 500, lambda record: record == first)
    assert recent == journal.one(first)
    assert equal_refund(journal.books, KEY, 500, lambda record: False) is None


# ---- documents


def test_newest_refund_that_names_a_document_is_remembered(journal: Journal) -> None:
    journal.begin(document="42")
    newest = journal.begin("qr_refund", document="42")
    other = journal.begin(document="43")
    journal.begin(document="")
    journal.begin("void", document="44")
    assert journal.books.documents == {"42": newest, "43": other}


def test_refund_that_came_to_nothing_takes_only_its_own_document_back(journal: Journal) -> None:
    first, second = journal.begin(document="42"), journal.begin(document="42")
    journal.end(first, "declined")
    assert journal.books.documents == {"42": second}
    journal.end(second, "not_sent")
    assert journal.books.documents == {}


@pytest.mark.parametrize("end", ["approved", "unknown"])
def test_document_of_one_that_may_have_moved_money_stays(journal: Journal, end: str) -> None:
    number = journal.end(journal.begin(document="42"), end)
    assert journal.books.documents == {"42": number}


def test_only_so_many_documents_are_remembered(journal: Journal) -> None:
    for number in range(DOCUMENTS_MAX + 1):
        journal.begin(document=str(number))
    assert list(journal.books.documents) == [str(n) for n in range(1, DOCUMENTS_MAX + 1)]
    journal.begin(document="1")
    assert list(journal.books.documents)[-2:] == [str(DOCUMENTS_MAX), "1"]
    assert len(journal.books.documents) == DOCUMENTS_MAX


@given(st.lists(st.tuples(st.integers(1, 3), st.booleans()), max_size=15))
def test_document_is_known_while_its_newest_refund_stands(steps: list[tuple[int, bool]]) -> None:
    journal, model = signed_in(), dict[str, int]()
    for document, is_declined in steps:
        number = journal.begin(document=str(document))
        model[str(document)] = number
        if is_declined:
            journal.end(number, "declined")
            del model[str(document)]
    assert journal.books.documents == model

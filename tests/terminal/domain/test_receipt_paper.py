"""Whatever is on a slip: it fits the paper, and it holds no card number."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.books import Totals
from terminal.domain.card import luhn_is_right, mask
from terminal.domain.cells import width
from terminal.domain.original import Original
from terminal.domain.phrase import Phrase
from terminal.domain.receipt import (
    Copy,
    ShopFace,
    SlipFacts,
    reversal_failed_slip,
    transaction_slip,
)
from terminal.domain.receipt_settlement import settlement_slip
from terminal.domain.settlement import (
    OPERATIONS,
    Balance,
    BatchTotals,
    NotUploaded,
    OperationTotals,
    SettledBatch,
)
from terminal.domain.slip import COLUMNS, Code128, Line, Pair, Qr, Rule, Slip, Space
from terminal.domain.transaction import Intent, Outcome, Transaction
from tests.terminal.domain.slip_material import APPROVED, INTENT, SHOP

texts = st.text(max_size=50)
pans = st.text("0123456789", min_size=11, max_size=18).map(
    lambda payload: next(p for d in "0123456789" if luhn_is_right(p := payload + d))
)
phrases = st.builds(Phrase, texts, texts)
shops = st.builds(
    ShopFace,
    phrases,
    st.text("0123456789", min_size=15, max_size=15),
    st.text("0123456789", min_size=8, max_size=8),
    texts,
    phrases,
    st.integers(0, 60),
)


amounts = st.integers(1, 10**12 - 1)
figures = st.builds(Totals, amounts, st.integers(0, 999), amounts, st.integers(0, 999))
balances = st.sampled_from(Balance)
originals = st.builds(
    Original,
    st.just("240520000001"),
    st.dates(date(2020, 1, 1)),
    amounts,
    stan=st.integers(0, 999_999),
    voucher=st.text("0123456789", max_size=30),
)
intents = st.builds(
    Intent,
    st.sampled_from(OPERATIONS),
    st.integers(1, 999_999),
    st.integers(1, 999_999),
    amounts,
    st.sampled_from("SMQ"),
    st.sampled_from(["", "621234******1232"]),
    st.just("ab120123456789ab"),
    originals,
    st.just("goods"),
    texts,
    st.just("01"),
    st.sampled_from(["", "09"]),
    st.tuples(texts.map(lambda text: text[:20])),
)
transactions = st.builds(
    replace,
    st.just(APPROVED),
    intent=intents,
    outcome=st.sampled_from(Outcome),
    operator_name=texts,
    settled_by=texts,
    voucher=st.text("0123456789", max_size=30),
    reversal_tries=st.integers(0, 3),
    approved_minor=st.just(0) | amounts,
)
settlements = st.builds(
    SettledBatch,
    batch=st.integers(1, 999_999),
    stan=st.integers(1, 999_999),
    operator=st.just("01"),
    operator_name=texts,
    totals=st.builds(
        BatchTotals,
        figures,
        figures,
        st.tuples(
            st.builds(OperationTotals, st.sampled_from(OPERATIONS), st.integers(1, 999), amounts)
        ),
    ),
    domestic=balances,
    foreign=balances,
    host_domestic=st.none() | figures,
    host_foreign=st.none() | figures,
    uploaded=st.none() | st.integers(0, 9999),
    unresolved=st.lists(transactions, max_size=3).map(tuple),
    by_hand=st.lists(transactions, max_size=2).map(tuple),
    not_uploaded=st.lists(
        st.builds(
            NotUploaded,
            st.lists(transactions, max_size=2).map(tuple),
            st.just("10"),
            texts,
            st.sampled_from(["", "96"]),
        ),
        max_size=2,
    ).map(tuple),
)


def check_rows_fit(slip: Slip) -> None:
    for row in slip.rows:
        for text in _parts(row):
            assert width(text) <= COLUMNS
            assert text.encode("gb18030").decode("gb18030") == text


@given(
    transactions,
    st.sampled_from(Copy),
    shops,
    st.builds(
        SlipFacts,
        phrases,
        st.none() | st.integers(0, 10**12 - 1),
        declined=phrases,
        balance_minor=st.none() | amounts,
    ),
)
def test_every_row_fits_the_paper(
    transaction: Transaction, copy: Copy, shop: ShopFace, facts: SlipFacts
) -> None:
    check_rows_fit(transaction_slip(transaction, shop, copy, facts))
    check_rows_fit(reversal_failed_slip(transaction, shop))


@given(settlements, shops)
def test_every_row_of_a_settlement_fits_the_paper(settled: SettledBatch, shop: ShopFace) -> None:
    check_rows_fit(settlement_slip(settled, shop))


def _parts(row: object) -> tuple[str, ...]:
    if isinstance(row, Line):
        return (row.text,)
    assert isinstance(row, Pair | Rule | Space | Qr | Code128)
    return (row.label, row.value) if isinstance(row, Pair) else ()


def _holding(pan: str, operation: str, outcome: Outcome) -> Transaction:
    intent = replace(INTENT, operation=operation, card=pan, document=f"card {pan}", approver="09")
    return replace(
        APPROVED, intent=intent, outcome=outcome, operator_name=pan, settled_by=f"09 {pan}"
    )


@given(pans, st.sampled_from(OPERATIONS), st.sampled_from(Outcome), st.sampled_from(Copy))
def test_no_slip_holds_a_card_number(
    pan: str, operation: str, outcome: Outcome, copy: Copy
) -> None:
    transaction = _holding(pan, operation, outcome)
    facts = SlipFacts(Phrase(pan, pan), approver_name=pan)
    slip = transaction_slip(transaction, SHOP, copy, facts)
    words = "".join(part for row in slip.rows for part in _parts(row))
    assert mask(pan) in words
    assert pan not in words
    assert pan not in repr(slip)


@given(pans, st.sampled_from(OPERATIONS), st.sampled_from(Outcome))
def test_no_slip_for_the_shop_alone_holds_a_card_number(
    pan: str, operation: str, outcome: Outcome
) -> None:
    transaction = _holding(pan, operation, outcome)
    settled = SettledBatch(
        batch=7,
        stan=50,
        operator="01",
        operator_name=pan,
        totals=BatchTotals(),
        domestic=Balance.BALANCED,
        foreign=Balance.BALANCED,
        unresolved=(transaction,),
        by_hand=(transaction,),
    )
    assert pan not in repr(settlement_slip(settled, SHOP))
    failed = repr(reversal_failed_slip(transaction, SHOP))
    assert pan not in failed
    assert mask(pan) in failed

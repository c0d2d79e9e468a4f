"""Whatever is on a slip: it fits the paper, and it holds no card number."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.card import luhn_is_right, mask
from terminal.domain.cells import width
from terminal.domain.original import Original
from terminal.domain.phrase import Phrase
from terminal.domain.receipt import Copy, ShopFace, SlipFacts, refund_slip
from terminal.domain.slip import COLUMNS, Code128, Line, Pair, Qr, Rule, Space
from terminal.domain.transaction import Intent, Outcome, Transaction

SHOP = ShopFace(
    merchant_name=Phrase("Demo shop", "演示商店"),
    merchant_id="898310058120001",
    terminal_id="12345678",
    service_phone="95516",
    footer=Phrase("Keep this slip", "请妥善保管"),
    expected_days=7,
)
INTENT = Intent(
    operation="refund",
    stan=42,
    batch=7,
    amount_minor=1250,
    entry="S",
    card="621234******1232",
    token="ab120123456789ab",
    original=Original("240520000001", date(2024, 5, 20), 2000),
    reason="goods",
    document="",
    operator="01",
)
SENT = Transaction(3, INTENT, wall="2024-05-31T04:30:00+00:00", operator_name="张三")
APPROVED = replace(
    SENT,
    outcome=Outcome.APPROVED,
    response_code="00",
    rrn="240531000009",
    auth_code="A12345",
    host_date="0531",
    host_time="123456",
    issuer="01020000   ",
    acquirer="48210000   ",
)
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


@given(
    st.sampled_from(Outcome),
    st.sampled_from(Copy),
    shops,
    st.builds(SlipFacts, phrases, st.none() | st.integers(0, 10**12 - 1), declined=phrases),
    st.tuples(texts, texts, texts, texts),
)
def test_every_row_fits_the_paper(
    outcome: Outcome, copy: Copy, shop: ShopFace, facts: SlipFacts, free: tuple[str, ...]
) -> None:
    intent = replace(INTENT, document=free[0], approver="09", exceptions=(free[1][:20],))
    transaction = replace(
        APPROVED, intent=intent, outcome=outcome, operator_name=free[2], settled_by=free[3]
    )
    for row in refund_slip(transaction, shop, copy, facts).rows:
        for text in _parts(row):
            assert width(text) <= COLUMNS
            assert text.encode("gb18030").decode("gb18030") == text


def _parts(row: object) -> tuple[str, ...]:
    if isinstance(row, Line):
        return (row.text,)
    assert isinstance(row, Pair | Rule | Space | Qr | Code128)
    return (row.label, row.value) if isinstance(row, Pair) else ()


@given(pans, st.sampled_from(Outcome), st.sampled_from(Copy))
def test_no_slip_holds_a_card_number(pan: str, outcome: Outcome, copy: Copy) -> None:
    intent = replace(INTENT, card=pan, document=f"card {pan}", approver="09")
    transaction = replace(
        APPROVED, intent=intent, outcome=outcome, operator_name=pan, settled_by=f"09 {pan}"
    )
    facts = SlipFacts(Phrase(pan, pan), approver_name=pan)
    slip = refund_slip(transaction, SHOP, copy, facts)
    words = "".join(part for row in slip.rows for part in _parts(row))
    assert mask(pan) in words
    assert pan not in words
    assert pan not in repr(slip)

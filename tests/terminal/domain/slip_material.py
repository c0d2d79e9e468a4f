"""A shop and a refund of it, for the tests of what is on paper."""

from dataclasses import replace
from datetime import date

from terminal.domain.original import Original
from terminal.domain.phrase import Phrase
from terminal.domain.receipt import ShopFace
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

"""The messages that the terminal sends, and what it reads out of management answers.

Everything that a flow needs of the messaging is here or in `matching`; the modules behind it are
one a family of messages.
"""

from terminal.iso8583.codec import Message, MessageError, decode, encode, mac_input
from terminal.iso8583.inquiries import InquiryRequest, inquiry
from terminal.iso8583.management import (
    KeyBlock,
    SignInAnswer,
    device_info,
    echo,
    parameter_download,
    sign_in,
    sign_in_answer,
    sign_off,
)
from terminal.iso8583.private_fields import Totals
from terminal.iso8583.purchases import SaleRequest, VoidRequest, sale, void
from terminal.iso8583.qr_sales import QrSaleRequest, qr_sale
from terminal.iso8583.refunds import (
    QrRefundRequest,
    RefundRequest,
    qr_refund,
    refund,
    refund_upload,
    resend,
)
from terminal.iso8583.request_fields import CardData, TerminalIdentity
from terminal.iso8583.reversals import ReversalRequest, reversal
from terminal.iso8583.settlement import (
    NO_TOTALS,
    UPLOAD_RECORDS_MOST,
    SettlementRequest,
    UploadRecord,
    settlement,
    upload_details,
    upload_end,
)
from terminal.iso8583.signing import NO_MAC, sign, unsigned

__all__ = [
    "NO_MAC",
    "NO_TOTALS",
    "UPLOAD_RECORDS_MOST",
    "CardData",
    "InquiryRequest",
    "KeyBlock",
    "Message",
    "MessageError",
    "QrRefundRequest",
    "QrSaleRequest",
    "RefundRequest",
    "ReversalRequest",
    "SaleRequest",
    "SettlementRequest",
    "SignInAnswer",
    "TerminalIdentity",
    "Totals",
    "UploadRecord",
    "VoidRequest",
    "decode",
    "device_info",
    "echo",
    "encode",
    "inquiry",
    "mac_input",
    "parameter_download",
    "qr_refund",
    "qr_sale",
    "refund",
    "refund_upload",
    "resend",
    "reversal",
    "sale",
    "settlement",
    "sign",
    "sign_in",
    "sign_in_answer",
    "sign_off",
    "unsigned",
    "upload_details",
    "upload_end",
    "void",
]

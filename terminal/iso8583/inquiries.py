"""Asking the host what became of a message: private to profiles that name it (profile 4)."""

from dataclasses import dataclass
from typing import Final

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message
from terminal.iso8583.request_fields import (
    NO_DATE,
    TerminalIdentity,
    financial_60,
    require_digits,
    require_stan,
)

INQUIRY_CODE: Final = "310100"
_INQUIRY_TYPE: Final = "02"
_WITHOUT_PARTIAL_FLAG: Final = 13  # 60.6 is not for queries (2.4)


@dataclass(frozen=True, slots=True)
class InquiryRequest:
    """`stan` is the question's own number, so that an old answer is not taken for this one's.

    `batch`, `asked_stan` and `asked_date` (MMDD, `0000` when not trusted) name the message asked
    about.
    """

    stan: str
    batch: str
    asked_stan: str
    asked_date: str = NO_DATE


def inquiry(identity: TerminalIdentity, request: InquiryRequest, profile: HostProfile) -> Message:
    """0200 inquiry without its MAC. Raises MessageError for a number that can't be sent."""
    require_stan(request.stan)
    require_digits("field 60", request.batch, 6)
    require_stan(request.asked_stan, "field 61")
    require_digits("field 61", request.asked_date, 4)
    f60 = financial_60(_INQUIRY_TYPE, request.batch, False, profile)
    return Message(
        "0200",
        {
            3: INQUIRY_CODE,
            11: request.stan,
            41: identity.tid,
            42: identity.mid,
            60: f60[:_WITHOUT_PARTIAL_FLAG],
            61: request.batch + request.asked_stan + request.asked_date,
        },
    )

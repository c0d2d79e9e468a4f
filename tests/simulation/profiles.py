"""The host profiles of simulated days: what the firmware is told, and how the host behaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from emulator.host.config import HostProfile as HostRules
from terminal.domain.host_profile import HostProfile

LIFE_S: Final = 30  # a third of the usual times: a simulated day waits less
_UNIONPAY: Final = HostProfile(message_life_s=LIFE_S, answer_timeout_s=20, connect_timeout_s=4)
PROFILES: Final[Mapping[str, HostProfile]] = MappingProxyType(
    {
        "unionpay": _UNIONPAY,
        "recovering": replace(
            _UNIONPAY,
            name="recovering",
            refund_recovery=("inquiry", "resend_same_stan", "manual"),
        ),
        "uploading": replace(
            _UNIONPAY, name="uploading", refund_recovery=("batch_upload", "manual")
        ),
        "reversing": replace(
            _UNIONPAY,
            name="reversing",
            refund_recovery=("reverse", "manual"),
            reversal_not_found_is_00=False,
        ),
        "strict": replace(
            _UNIONPAY,
            name="strict",
            refund_recovery=("inquiry", "manual"),
            unknown_blocks="everything",
        ),
        "partial": replace(
            _UNIONPAY,
            name="partial",
            partial_approval=True,
            refund_recovery=("inquiry", "manual"),
        ),
    }
)
RULES: Final[Mapping[str, HostRules]] = MappingProxyType(
    {
        "unionpay": HostRules(),
        "recovering": HostRules(
            refund_recovery=("inquiry", "resend_same_stan"), in_progress_s=3, found_after_s=12
        ),
        "uploading": HostRules(refund_recovery=("batch_upload",), duplicate="old_answer"),
        "reversing": HostRules(refund_recovery=("reverse",), reversal_not_found="25"),
        "strict": HostRules(refund_recovery=("inquiry",), declines_carry_mac=False),
        "partial": HostRules(refund_recovery=("inquiry",), inquiry_closes=True),
    }
)

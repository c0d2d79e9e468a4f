"""Days that once went wrong, as short as they go: what was mended stays mended."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tests.simulation.plan import Operation, Plan
from tests.simulation.trouble_kinds import Trouble

KEPT: Final[Mapping[str, Plan]] = MappingProxyType(
    {
        "half approved by the host, settled by hand": Plan(
            1999, "recovering", 0.0, (Operation("by_amount", 103, 0),)
        ),
        "half approved by the host, its answer lost, settled by hand": Plan(
            100639,
            "recovering",
            0.0,
            (
                Operation("refund", 4250072955, 1250),
                Operation("by_amount", 3362079101, 100, (Trouble("line.lose_answer"),)),
            ),
            one_clock=False,
        ),
        "not found after the host's midnight; signed off by the host, settled": Plan(
            109421,
            "reversing",
            52156.930697152784,
            (
                Operation(
                    "refund",
                    2919450513,
                    100,
                    (Trouble("clock.jump_waiting", 1, 120.0), Trouble("line.lose_answer", 2)),
                ),
                Operation("refund_over_limit", 3515179130, 1),
                Operation("refund_own_sale", 726739428, 1),
                Operation("sign_off", 1329395752, 9999, (Trouble("host.late", 1, 10.7548),)),
            ),
            one_clock=False,
        ),
        "slip of a late approval printed, its record not stored": Plan(
            7581,
            "uploading",
            0.0,
            (
                Operation("partial", 3776800958, 4000),
                Operation(
                    "partial",
                    2726830258,
                    1,
                    (Trouble("disk.sync_fails", 8), Trouble("host.no_mac")),
                ),
            ),
            line="serial",
        ),
        "copy that pays while the totals are compared": Plan(
            870264,
            "uploading",
            0.0,
            (
                Operation("sale", 3063238239, 100, (Trouble("power.moment", 58, 43.5767),)),
                Operation(
                    "refund_over_limit",
                    1770770519,
                    1,
                    (Trouble("keypad.mute", 1, 8.57243), Trouble("host.close", 3)),
                ),
                Operation("settle", 588190169, 1250, (Trouble("power.moment", 26, 0.877829),)),
            ),
            one_clock=False,
        ),
        "first copy of a refund is its upload": Plan(
            1571,
            "uploading",
            0.0,
            (Operation("partial", 9, 4000, (Trouble("power.moment", 75, 2.0),)),),
        ),
        "enter bounces onto the confirm screen": Plan(
            1384, "unionpay", 0.0, (Operation("qr_refund", 3, 100, (Trouble("keypad.bounce"),)),)
        ),
        "settlement's slip says of what was left out that it was approved": Plan(
            6000166,
            "unionpay",
            0.0,
            (
                Operation("qr_refund", 108280451, 1250),
                Operation(
                    "settle",
                    4144655813,
                    9999,
                    (Trouble("line.outage", 1, 55.40346867637111, "line.forge"),),
                ),
            ),
            one_clock=False,
        ),
        "host gives the number of a batch again that was closed without it": Plan(
            6302674,
            "recovering",
            0.0,
            (
                Operation("qr_refund", 2900792835, 4000),
                Operation(
                    "settle",
                    533763792,
                    4000,
                    (Trouble("line.outage", 1, 130.23882336622225, "line.lose_request"),),
                ),
                Operation("qr_refund", 566072321, 1),
            ),
            one_clock=False,
            line="serial",
        ),
        "sale of a batch that was closed without the host, taken back in the next": Plan(
            6202834,
            "partial",
            0.0,
            (
                Operation("partial", 3094941996, 1),
                Operation(
                    "sale",
                    2188186841,
                    9999,
                    (
                        Trouble("line.outage", 3, 127.67054971577488, "line.lose_request"),
                        Trouble("host.wrong_mac", 1),
                    ),
                ),
                Operation("settle", 2882808171, 100),
                Operation("refund", 885132706, 9999),
            ),
            one_clock=False,
        ),
        "94 without a MAC is nobody's word: the sale is taken back": Plan(
            6302941,
            "partial",
            0.0,
            (
                Operation(
                    "sale",
                    3105905141,
                    1,
                    (Trouble("host.decline", 1, 0.0, "94"), Trouble("host.no_mac")),
                ),
            ),
        ),
        "94 that the mute pad could not check: the sale is taken back": Plan(
            6501631,
            "partial",
            0.0,
            (
                Operation("partial", 1366104771, 4000),
                Operation(
                    "sale",
                    487579348,
                    4000,
                    (
                        Trouble("keypad.mute", 1, 2.613232151036701),
                        Trouble("line.overtaken_request"),
                    ),
                ),
            ),
        ),
    }
)

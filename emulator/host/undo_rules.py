"""What the host checks on a void, in order, as a table (fact sheet, 6.1 and 6.2)."""

from emulator.host.checks import (
    SALE_TYPE,
    Check,
    age_days,
    always,
    asked_the_same,
    has_refunds,
    other_card,
)

VOID_CHECKS: tuple[Check, ...] = (
    Check(
        "original is no sale",
        lambda _, original: original.transaction_type != SALE_TYPE,
        always("25"),
    ),
    Check("original is reversed", lambda _, original: original.state == "reversed", always("25")),
    Check(
        "original is voided",
        lambda _, original: original.state == "voided",
        lambda profile: profile.voided_again_code,
    ),
    Check(
        "original is of another batch or day",
        lambda case, original: original.batch != case.batch or age_days(case, original) != 0,
        always("25"),
    ),
    Check("card is not the original's", other_card, always("14")),
    Check(
        "amount is not the original's",
        lambda case, original: case.amount_minor != original.amount_minor,
        always("64"),
    ),
    Check("something was refunded", has_refunds, always("12")),
)

REVERSAL_CHECKS: tuple[Check, ...] = (
    Check(
        "original is of another kind",
        lambda case, original: original.transaction_type != case.transaction_type,
        always("12"),
    ),
    Check(
        "original was declined",
        lambda _, original: original.state == "declined",
        lambda profile: profile.reversal_of_declined,
    ),
    Check("reversed before", lambda _, original: original.state == "reversed", always("25")),
    Check(
        "original is voided or settled",
        lambda _, original: original.state in ("voided", "settled"),
        always("12"),
    ),
    Check(
        "original is of another day",
        lambda case, original: age_days(case, original) != 0,
        always("25"),
    ),
    Check(
        "card is not the original's",
        lambda case, original: bool(case.card_token) and other_card(case, original),
        always("14"),
    ),
    Check(
        "amount is not the original's",
        lambda case, original: not asked_the_same(original, case.amount_minor),
        always("64"),
    ),
    Check("something was refunded", has_refunds, always("12")),
)
"""On a reversal (fact sheet, 6.2; profile, 4). 12 and 64 leave it to people."""

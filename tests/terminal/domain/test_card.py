"""Card numbers and stripes: what is taken, what is refused, and that nothing of it leaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.card import (
    EntryMode,
    MaskedCard,
    TrackError,
    card_of_number,
    card_of_track2,
    luhn_is_right,
    mask,
    short_card,
)

PAN = "6212345678901232"
TRACK = f";{PAN}=30121010000000000?"


def test_a_good_stripe_gives_number_expiry_and_track() -> None:
    card = card_of_track2(TRACK)
    assert (card.pan, card.expiry, card.mode) == (PAN, "3012", EntryMode.SWIPED)
    assert card.track2 == f"{PAN}D30121010000000000"


def test_the_start_sentinel_may_be_missing() -> None:
    assert card_of_track2(TRACK[1:]).pan == PAN


@pytest.mark.parametrize(
    "track",
    [
        "",
        ";",
        "?",
        ";?",
        ";E?",
        ";=?",
        TRACK[:-1],  # no end sentinel
        f";{PAN}30121010000000000?",  # no separator
        f";{PAN}=3012=1010000000000?",  # two separators
        f";{PAN}D3012=1010000000000?",
        ";=30121010000000000?",  # no number
        ";6212345678?"[:-1] + "=30121010000000?",  # 10 digits
        f";{'0' * 40}=3012101?",
        f";{PAN[:-1]}3=30121010000000000?",  # check digit
        f";{PAN}=30001010000000000?",  # month 00
        f";{PAN}=30131010000000000?",  # month 13
        f";{PAN}=3012?",  # no service code
        f";{PAN}=3012A010000000000?",  # letter in the service code
        f";{PAN}=３０１２1010000000000?",
        f";{PAN}=30121010000000000000000000?",  # longer than 37
        f"%B{PAN}^TEST/CARD^30121010000000000?",  # track 1 in track 2
        f";{PAN}=30121010000000000??",
        f";;{PAN}=30121010000000000?",
        f";{PAN}=30121010000000000?\r",
        f";{PAN[:8]}\x00{PAN[9:]}=30121010000000000?",
    ],
)
def test_a_bad_stripe_is_refused_without_a_word_of_it(track: str) -> None:
    with pytest.raises(TrackError) as caught:
        card_of_track2(track)
    told = "".join(str(part) for part in caught.value.args)
    assert not any(char.isdigit() for char in told.replace("track 2", ""))
    assert caught.value.__cause__ is caught.value.__context__ is None


@given(st.text(alphabet=st.sampled_from(";?=D0123456789^% A３"), max_size=60) | st.text())
def test_any_text_is_a_card_or_a_track_error(track: str) -> None:
    try:
        card = card_of_track2(track)
    except TrackError:
        return
    assert luhn_is_right(card.pan)
    assert 12 <= len(card.pan) <= 19


def test_a_typed_number_has_no_stripe() -> None:
    card = card_of_number(PAN, "3012")
    assert (card.pan, card.expiry, card.track2, card.mode) == (PAN, "3012", None, EntryMode.TYPED)
    assert card_of_number(PAN).expiry is None


SHORTEST, LONGEST = "621234567892", "6212345678901234569"


@pytest.mark.parametrize(
    ("pan", "part"),
    [
        *((pan, "length") for pan in ("", "0", SHORTEST[:-1], LONGEST + "0", "6" * 20)),
        *(
            (pan, "length")
            for pan in ("６２１２３４５６７８９０１２３２", f" {PAN}", "6212A45678901232")
        ),
        (PAN[:-1] + "3", "check digit"),
    ],
)
def test_a_wrong_typed_number_is_refused(pan: str, part: str) -> None:
    with pytest.raises(TrackError, match=f"^card number: {part}$"):
        card_of_number(pan)


def test_numbers_have_12_to_19_digits() -> None:
    for pan in (SHORTEST, LONGEST):
        assert card_of_number(pan).pan == pan
        assert card_of_track2(f";{pan}=3012101?").pan == pan


@pytest.mark.parametrize("expiry", ["", "3000", "3013", "301", "30123", "ab12", "３０１２"])
def test_a_wrong_typed_expiry_is_refused(expiry: str) -> None:
    with pytest.raises(TrackError, match=r"^card number: expiry$"):
        card_of_number(PAN, expiry)


def test_a_forgotten_card_holds_nothing() -> None:
    card = card_of_track2(TRACK)
    card.forget()
    assert not card.held
    assert (card.track2, card.expiry) == (None, None)
    with pytest.raises(AssertionError, match="forgotten"):
        _ = card.pan


def test_a_card_shows_itself_masked() -> None:
    card = card_of_track2(TRACK)
    assert repr(card) == "HeldCard(621234******1232 S)"
    assert MaskedCard(card.masked, card.mode).ends == "6212341232"


def test_a_screen_shows_both_ends_of_a_number_and_the_end_of_an_account() -> None:
    assert short_card(mask(PAN)) == "621234..1232"
    assert short_card("**********0048") == "0048"
    assert short_card("") == ""


def test_a_short_number_shows_nothing() -> None:
    assert mask("6212345678901") == "*" * 13
    assert MaskedCard(mask("6212345678901"), EntryMode.TYPED).ends == ""


@given(st.text("0123456789", min_size=1, max_size=19))
def test_a_mask_hides_at_least_four_digits_and_all_but_ten(pan: str) -> None:
    masked = mask(pan)
    assert len(masked) == len(pan)
    assert masked.count("*") >= min(4, len(pan))
    assert sum(char.isdigit() for char in masked) <= 10


@given(st.text("0123456789", min_size=11, max_size=18))
def test_one_check_digit_in_ten_is_right(payload: str) -> None:
    assert sum(luhn_is_right(payload + digit) for digit in "0123456789") == 1

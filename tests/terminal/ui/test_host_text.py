"""What the cashier is told about each response code."""

import pytest

from terminal.domain.cells import drawable, wrap
from terminal.domain.phrase import Language
from terminal.ui.host_text import UNKNOWN, host_text, listed_codes

TABLE = (
    "00 01 02 03 04 05 06 07 09 10 11 12 13 14 15 16 19 20 21 22 23 25 30 34 38 40 41 42 43 45 51 "
    "54 55 57 58 59 61 62 63 64 65 68 75 77 79 90 91 92 93 94 95 96 97 98 99 A0 A1 A2 A3 A4 A5 A6 "
    "A7"
)
CODES = TABLE.split()
APPROVED = ("00", "11", "16", "A2", "A4", "A5", "A6")
UNCERTAIN = ("09", "10", "68", "94", "96", "98", "08", "ZZ", "", "  ", "\udc80")


def texts_of(code: str) -> tuple[str, ...]:
    text = host_text(code)
    return (text.what.en, text.what.zh_cn, text.do_next.en, text.do_next.zh_cn)


def test_every_code_of_the_table_has_its_texts() -> None:
    assert listed_codes() == set(CODES)


@pytest.mark.parametrize("code", [*CODES, "ZZ"])
@pytest.mark.parametrize("language", Language)
def test_texts_fit_the_display(code: str, language: Language) -> None:
    text = host_text(code)
    assert 1 <= len(wrap(text.what.in_language(language), 20)) <= 2
    assert 1 <= len(wrap(text.do_next.in_language(language), 20)) <= 3
    assert all(shown and drawable(shown) == shown for shown in texts_of(code))


@pytest.mark.parametrize("code", UNCERTAIN)
def test_nobody_is_told_to_repeat_what_may_have_moved_money(code: str) -> None:
    assert host_text(code).do_next == UNKNOWN
    for shown in texts_of(code):
        assert not any(word in shown.lower() for word in ("重试", "retry", "try", "anew", "另行"))


@pytest.mark.parametrize("code", [code for code in CODES if code not in UNCERTAIN])
def test_what_is_certain_is_not_called_unknown(code: str) -> None:
    text = host_text(code)
    assert text.do_next != UNKNOWN
    assert "未知" not in text.what.zh_cn
    assert "unknown" not in text.what.en.lower()


@pytest.mark.parametrize("code", CODES)
def test_only_approvals_are_called_approved(code: str) -> None:
    text = host_text(code)
    assert text.what.en.startswith("Approved") is (code in APPROVED)
    assert text.what.zh_cn.startswith("交易成功") is (code in APPROVED)


def test_sign_in_codes_ask_for_a_sign_in() -> None:
    asking = {code for code in CODES if "签到" in host_text(code).do_next.zh_cn}
    assert asking == {"77", "99", "A0"}


def test_both_languages_tell_the_same_codes_apart() -> None:
    pairs = {host_text(code).what for code in CODES}
    assert len({p.en for p in pairs}) == len({p.zh_cn for p in pairs}) == len(pairs)


def test_unlisted_codes_share_one_text_that_no_listed_code_has() -> None:
    assert host_text("ZZ") == host_text("08")
    assert host_text("ZZ").what not in {host_text(code).what for code in CODES}

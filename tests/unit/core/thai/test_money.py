"""Amounts are exact, and their words match."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.util import bahttext

from welfare.core.thai.faults import InputFault
from welfare.core.thai.money import baht_text, format_baht, number_text, parse_baht

AMOUNTS = st.decimals(0, 9_999_999_999, places=2)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1500", "1500.00"),
        ("1,500.50", "1500.50"),
        ("๑,๕๐๐.๕", "1500.50"),
        (" ฿ 500 บาท ", "500.00"),
        ("3,000.-", "3000.00"),
        ("0", "0.00"),
        ("1,000,000", "1000000.00"),
        ("12.5000", "12.50"),
    ],
)
def test_read(typed: str, amount: str) -> None:
    assert parse_baht(typed) == Decimal(amount)
    assert str(parse_baht(typed)) == amount


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "money_unreadable"),
        ("ห้าร้อย", "money_unreadable"),
        ("1,50", "money_unreadable"),
        ("1e5", "money_unreadable"),
        ("NaN", "money_unreadable"),
        ("1.2.3", "money_unreadable"),
        ("-5", "money_negative"),
        ("1.005", "money_satang"),
        ("9" * 13, "money_too_large"),
        ("9" * 5000, "money_too_large"),
    ],
)
def test_refused(typed: str, code: str) -> None:
    with pytest.raises(InputFault) as caught:
        parse_baht(typed)
    assert caught.value.code == code


def test_written() -> None:
    assert format_baht(1500) == "1,500"
    assert format_baht(Decimal("1500.5")) == "1,500.50"
    assert format_baht(1500, satang=True, thai_digits=True) == "๑,๕๐๐.๐๐"
    assert format_baht(Decimal("1500.50"), satang=False) == "1,500"


@given(AMOUNTS)
def test_reads_what_is_written(amount: Decimal) -> None:
    assert parse_baht(format_baht(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "ศูนย์บาทถ้วน"),
        ("1", "หนึ่งบาทถ้วน"),
        ("11", "สิบเอ็ดบาทถ้วน"),
        ("21", "ยี่สิบเอ็ดบาทถ้วน"),
        ("101", "หนึ่งร้อยเอ็ดบาทถ้วน"),
        ("1000001", "หนึ่งล้านเอ็ดบาทถ้วน"),
        ("1234.50", "หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์"),
        ("0.25", "ยี่สิบห้าสตางค์"),
        ("-3", "ลบสามบาทถ้วน"),
        ("20000000", "ยี่สิบล้านบาทถ้วน"),
    ],
)
def test_words(amount: str, words: str) -> None:
    assert baht_text(Decimal(amount)) == words


@given(st.integers(1, 999_999))
def test_words_agree_with_pythainlp(amount: int) -> None:
    assert baht_text(amount) == bahttext(amount)


@given(st.integers(0, 10**18), st.integers(0, 10**18))
def test_words_tell_numbers_apart(one: int, other: int) -> None:
    assert (number_text(one) == number_text(other)) == (one == other)

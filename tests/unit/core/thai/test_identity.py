"""National ID and other numbers: read tolerantly, checked exactly, shown masked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.th import pin

from welfare.core.thai import identity
from welfare.core.thai.faults import InputFault
from welfare.core.thai.identity import IdKind

TWELVE = st.text("0123456789", min_size=12, max_size=12)


def whole(first_twelve: str) -> str:
    return first_twelve + identity.check_digit(first_twelve)


@given(TWELVE.filter(lambda digits: digits[0] in "12345678"))
def test_agrees_with_stdnum(first_twelve: str) -> None:
    number = whole(first_twelve)
    assert pin.is_valid(number)
    assert identity.format_id(number) == pin.format(number)


@given(TWELVE.filter(lambda d: d[0] in "1234567"), st.integers(1, 12), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(first_twelve: str, place: int, shift: int) -> None:
    number = whole(first_twelve)
    changed = str((int(number[place]) + shift) % 10)
    wrong = number[:place] + changed + number[place + 1 :]
    # Sums differing by 10 in the last digit fold onto one check digit: the scheme's own weakness.
    if not pin.is_valid(wrong) and len(set(wrong)) > 1:
        with pytest.raises(InputFault) as caught:
            identity.read_national_id(wrong)
        assert caught.value.code == "id_checksum"


@pytest.mark.parametrize(
    "shape", ["{}", " 1-2345-67890-12-{} ", "๑๒๓๔๕๖๗๘๙๐๑๒{}", "1 2345 67890 12 {}"]
)
def test_read_however_typed(shape: str) -> None:
    last = identity.check_digit("123456789012")
    typed = shape.format(last if len(shape) > 2 else f"123456789012{last}")
    read = identity.read_national_id(typed)
    assert read == identity.IdNumber(f"123456789012{last}", IdKind.NATIONAL)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "id_length"),
        ("123", "id_length"),
        ("1234567890123456", "id_length"),
        ("12345678901AB", "id_characters"),
        ("²²²²²²²²²²²²²", "id_characters"),
        ("1111111111111", "id_placeholder"),
        ("0000000000000", "id_placeholder"),
        ("9123456789012", "id_first_digit"),
    ],
)
def test_refused(typed: str, code: str) -> None:
    with pytest.raises(InputFault) as caught:
        identity.read_national_id(typed)
    assert caught.value.code == code


def test_numbers_of_people_without_civil_status() -> None:
    good = whole("089123456789")
    bad = good[:12] + str((int(good[12]) + 1) % 10)
    assert identity.read_national_id(good) == identity.IdNumber(good, IdKind.NON_THAI)
    assert identity.read_national_id(bad).warnings == ("id_checksum_unverified",)
    assert identity.read_national_id(whole("612345678901")).kind is IdKind.NON_THAI
    assert identity.read_national_id(whole("812345678901")).kind is IdKind.NATIONAL


def test_other_numbers() -> None:
    assert identity.read_id("g 123456789012", IdKind.G_CODE).digits == "G123456789012"
    assert identity.read_id("aa 1234567", IdKind.PASSPORT).digits == "AA1234567"
    assert identity.read_id("anything", IdKind.NONE).digits == ""
    for kind, typed in (
        (IdKind.G_CODE, "G123"),
        (IdKind.PASSPORT, "ABCDEF"),
        (IdKind.PASSPORT, "1"),
    ):
        with pytest.raises(InputFault):
            identity.read_id(typed, kind)


def test_house_code() -> None:
    assert identity.read_house_code("๕๑๐๑-023456-7") == "51010234567"
    assert identity.format_house_code("51010234567") == "5101-023456-7"
    for typed, code in (
        ("5101", "house_code_length"),
        ("", "house_code_length"),
        ("ก", "id_characters"),
    ):
        with pytest.raises(InputFault) as caught:
            identity.read_house_code(typed)
        assert caught.value.code == code


@given(st.text("0123456789", min_size=13, max_size=13))
def test_mask_shows_three_digits(number: str) -> None:
    masked = identity.mask_id(number)
    assert masked == f"x-xxxx-xxxxx-{number[10:12]}-{number[12]}"


@given(st.text("ABG0123456789", max_size=15).filter(lambda text: len(text) != 13))
def test_mask_of_other_numbers_hides_most(number: str) -> None:
    masked = identity.mask_id(number)
    assert len(masked) == len(number)
    assert sum(char != "x" for char in masked) <= 3


def test_mask_of_a_g_code() -> None:
    assert identity.mask_id("G123456789012") == "xxxxxxxxxx012"

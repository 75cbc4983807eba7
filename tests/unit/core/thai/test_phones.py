"""Telephone numbers: one kept form, a readable one and a masked one."""

import contextlib

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from welfare.core.thai.faults import InputFault
from welfare.core.thai.phones import format_phone, is_mobile, mask_phone, normalise_phone


@pytest.mark.parametrize(
    ("typed", "stored", "shown", "masked"),
    [
        ("0812345678", "66812345678", "081-234-5678", "xxx-xxx-x678"),
        ("๐๘๑-๒๓๔ ๕๖๗๘", "66812345678", "081-234-5678", "xxx-xxx-x678"),
        ("+66 (0)81 234 5678", "66812345678", "081-234-5678", "xxx-xxx-x678"),
        ("+66812345678", "66812345678", "081-234-5678", "xxx-xxx-x678"),
        ("0066812345678", "66812345678", "081-234-5678", "xxx-xxx-x678"),
        ("66812345678", "66812345678", "081-234-5678", "xxx-xxx-x678"),
        ("โทร. 081.234.5678", "66812345678", "081-234-5678", "xxx-xxx-x678"),
        ("053-983234", "6653983234", "053-983-234", "xxx-xxx-234"),
        ("053983234 ต่อ 101", "6653983234x101", "053-983-234 ต่อ 101", "xxx-xxx-234"),
        ("02-123-4567", "6621234567", "02-123-4567", "xx-xxx-x567"),
        ("1669", "1669", "1669", "1669"),
        ("191", "191", "191", "191"),
        ("+856 20 5555 1234", "8562055551234", "+8562055551234", "+xxxxxxxxxx234"),
    ],
)
def test_forms(typed: str, stored: str, shown: str, masked: str) -> None:
    assert normalise_phone(typed) == stored
    assert format_phone(stored) == shown
    assert mask_phone(stored) == masked


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "phone_length"),
        ("0812345", "phone_length"),
        ("08123456789", "phone_length"),
        ("081234567", "phone_length"),
        ("0539832345", "phone_length"),
        ("2345", "phone_length"),
        ("12345", "phone_length"),
        ("0112345678", "phone_prefix"),
        ("1234567890", "phone_prefix"),
        ("ไม่มี", "phone_characters"),
        ("08l2345678", "phone_characters"),
        ("+85", "phone_length"),
        ("0812345678, 0898765432", "phone_two_numbers"),
        ("0812345678 หรือ 0898765432", "phone_two_numbers"),
    ],
)
def test_refused(typed: str, code: str) -> None:
    with pytest.raises(InputFault) as caught:
        normalise_phone(typed)
    assert caught.value.code == code


def test_mobile() -> None:
    assert is_mobile("66812345678")
    assert not is_mobile("6653983234")
    assert not is_mobile("1669")


@given(st.from_regex(r"0[689][0-9]{8}|0[23457][0-9]{7}", fullmatch=True))
def test_what_is_kept_reads_back(national: str) -> None:
    stored = normalise_phone(national)
    assert stored == "66" + national[1:]
    assert format_phone(stored).replace("-", "") == national
    assert normalise_phone(format_phone(stored)) == stored
    parsed = phonenumbers.parse(f"+{stored}")
    assert phonenumbers.is_possible_number(parsed)


@given(st.text(max_size=20))
def test_anything_else_is_a_fault(typed: str) -> None:
    with contextlib.suppress(InputFault):
        assert normalise_phone(typed)

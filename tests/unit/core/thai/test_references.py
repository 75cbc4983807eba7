"""A number read out or copied is right or refused."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import (
    Reference,
    format_reference,
    format_secret,
    new_secret,
    normalise_secret,
    parse_reference,
    read_reference,
)

RUNNING = st.integers(1, 999_999_999)
YEAR = st.integers(2550, 2649)


def test_shapes() -> None:
    assert format_reference("UM", fiscal_year=2570, running=123) == "UM70-000123-8"
    assert format_reference("C", fiscal_year=2569, running=1).startswith("C69-000001-")
    assert format_reference("H", running=123).startswith("H-000123-")
    assert format_reference("C", fiscal_year=2570, running=1_234_567).startswith("C70-1234567-")
    with pytest.raises(ValueError, match="begin at 1"):
        format_reference("UM", fiscal_year=2570, running=0)


@pytest.mark.parametrize(
    "typed",
    ["UM70-000123-8", "um70-000123-8", "UM700001238", " um 70 000123 8 ", "Um๗๐–๐๐๐๑๒๓–๘",
     "UM7O-OOOl23-8", "#UM70/000123/8", "UM\u200b70-000123-8"],
)  # fmt: skip
def test_read_however_typed(typed: str) -> None:
    assert parse_reference(typed) == "UM70-000123-8"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "reference_unreadable"),
        ("UM", "reference_unreadable"),
        ("UM70-123-8", "reference_unreadable"),
        ("UM70-000123-7", "reference_check_digit"),
        ("UM70-000132-8", "reference_check_digit"),
        ("X70-000123-8", "reference_prefix"),
        ("UM70-000123-8; drop", "reference_unreadable"),
        ("1" * 5000, "reference_unreadable"),
    ],
)
def test_refused(typed: str, code: str) -> None:
    with pytest.raises(InputFault) as caught:
        parse_reference(typed)
    assert caught.value.code == code


def test_one_kind_may_be_asked_for() -> None:
    case = format_reference("C", fiscal_year=2570, running=5)
    assert parse_reference(case, prefix="C") == case
    with pytest.raises(InputFault):
        parse_reference(case, prefix="UM")


@given(st.sampled_from(["UM", "C"]), YEAR, RUNNING)
def test_with_a_year_reads_back(prefix: str, year: int, running: int) -> None:
    text = format_reference(prefix, fiscal_year=year, running=running)
    assert read_reference(text.replace("-", "")) == Reference(prefix, year, running)
    assert str(read_reference(text)) == text


@given(st.sampled_from(["H", "P"]), RUNNING)
def test_without_a_year_reads_back(prefix: str, running: int) -> None:
    text = format_reference(prefix, running=running)
    assert read_reference(text.replace("-", "")) == Reference(prefix, None, running)


@given(YEAR, RUNNING, st.data())
def test_every_single_slip_is_noticed(year: int, running: int, data: st.DataObject) -> None:
    digits = format_reference("C", fiscal_year=year, running=running)[1:].replace("-", "")
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[place]]))
    wrong = [digits[:place] + other + digits[place + 1 :]]
    if place and digits[place] != digits[place - 1]:
        wrong.append(digits[: place - 1] + digits[place] + digits[place - 1] + digits[place + 1 :])
    for typed in wrong:
        with pytest.raises(InputFault):
            parse_reference(f"C{typed}")


def test_secrets() -> None:
    secret = new_secret(random.Random(7))
    assert secret == new_secret(random.Random(7))
    assert len(secret) == 9
    assert secret.isdecimal()
    assert normalise_secret(format_secret(secret)) == secret
    assert format_secret("123456789") == "123-456-789"
    assert normalise_secret(" ๑๒๓ 456\u200b789") == "123456789"
    assert len({new_secret() for _ in range(100)}) == 100


@pytest.mark.parametrize("typed", ["", "12345678", "1234567890", "12345678a", "²" * 9])
def test_secrets_refused(typed: str) -> None:
    with pytest.raises(InputFault):
        normalise_secret(typed)

"""Numbers that phones and people put into the place of a request."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from welfare.intake.forms.checks import number_between


@pytest.mark.parametrize(
    ("text", "value"), [("", None), ("  ", None), (None, None), ("18.5", 18.5), ("๑๘.๕", 18.5)]
)
def test_what_is_read(text: str | None, value: float | None) -> None:
    assert number_between(text, -90, 90) == value


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "91", "x", "1" * 50, "18,5"])
def test_what_is_not(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        number_between(text, -90, 90)


@given(st.text(max_size=60))
def test_nothing_out_of_bounds_gets_through(text: str) -> None:
    try:
        value = number_between(text, -90, 90)
    except ValueError:
        return
    assert value is None or -90 <= value <= 90

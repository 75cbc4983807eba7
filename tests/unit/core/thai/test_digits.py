"""Numbers that came over the wire: taken when they can be one, never a fault."""

import pytest

from welfare.core.thai.digits import on_paper, whole


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("999999999", 999_999_999)])
def test_plain_digits_are_a_number(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize(
    "text", ["", " 1", "-1", "+1", "1_0", "1.0", "²", "๑", "٣", "1234567890", "9" * 5000, "None"]
)
def test_everything_else_is_none(text: str) -> None:
    assert whole(text) is None


def test_as_many_digits_as_are_asked_for() -> None:
    assert whole("365", digits=3) == 365
    assert whole("3650", digits=3) is None


def test_a_thai_paper_has_thai_numerals_but_for_what_is_typed_as_it_stands() -> None:
    written = (
        "วันที่ 5 เวลา 9.30 น. ข้อ (2) C70-000045-1 ที่ a5@umong.example http://x.th/verify/55 xx-67-1"
    )
    said = "วันที่ ๕ เวลา ๙.๓๐ น. ข้อ (๒) C70-000045-1 ที่ a5@umong.example http://x.th/verify/55 xx-๖๗-๑"
    assert on_paper(written) == said == on_paper(said)

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from welfare.core.pdf import templating
from welfare.core.pdf.plain import plain_names


def made(source: str, lang: str = "th", **values: object) -> str:
    return templating.environment().from_string(source).render(lang=lang, **values)


@pytest.mark.parametrize(
    "source",
    [
        "{{ x }}",
        "{{ x.y.z }}",
        "{{ x | keep }}",
        "{{ x | name }}",
        "{{ x | day }}",
        "{{ x | baht }}",
        "{{ x | baht_text }}",
        "{{ x | masked | digits | keep }}",
        "{{ x | paragraphs }}",
    ],
)
@pytest.mark.parametrize("value", [None, "missing"])
def test_what_is_missing_is_a_blank_to_fill_in(source: str, value: str | None) -> None:
    values = {} if value == "missing" else {"x": value}
    if ".y" in source and value is None:
        values = {}
    assert made(source, **values) == str(templating.BLANK)


def test_empty_text_is_a_blank_too() -> None:
    assert made("{{ x }}", x=" \n") == str(templating.BLANK)


def test_zero_is_not_missing() -> None:
    assert made("{{ x }} {{ x | digits }}", x=0) == "0 ๐"


def test_what_people_wrote_stays_text() -> None:
    shown = made("{{ x }}{{ x | keep }}{{ x | name }}{{ x | paragraphs }}", x="<b>&\"'</b>")
    assert "<b>" not in shown
    assert shown.count("&lt;b&gt;&amp;") == 4


def test_names_are_kept_whole_unless_longer_than_a_line() -> None:
    assert made("{{ x | keep }}", x="นายปิ่น ดี") == '<span class="keep">นายปิ่น ดี</span>'
    assert made("{{ x | keep }}", x="ก" * 60) == "ก" * 60
    assert made("{{ x | name }}", x="ก <") == (
        '<span class="keep">ก</span> <span class="keep">&lt;</span>'
    )


def test_paragraphs_keep_line_breaks() -> None:
    assert made("{{ x | paragraphs }}", x="ก\r\nข\n\n\nค") == '<p>ก</p><p>ข</p><p class="gap">ค</p>'


def test_words_of_the_office_are_kept_whole_only_in_the_body() -> None:
    html = templating.keep_compounds(
        '<html><title>คำร้อง</title><body class="คำร้อง"><p title="คำร้อง">ยื่นคำร้อง</p></body>'
    )
    assert html == (
        '<html><title>คำร้อง</title><body class="คำร้อง"><p title="คำร้อง">ยื่น'
        '<span class="keep">คำร้อง</span></p></body>'
    )


def test_dates_times_and_amounts_in_thai_and_english() -> None:
    values: dict[str, object] = {
        "at": datetime(2026, 11, 21, 18, 5, tzinfo=UTC),
        "on": date(2026, 11, 22),
        "sum": Decimal("1234.5"),
    }
    source = "{{ at | day }}|{{ at | clock_time }}|{{ on | short_day }}|{{ sum | baht }}"
    assert made(source, **values) == "๒๒ พฤศจิกายน ๒๕๖๙|๐๑.๐๕ น.|๒๒ พ.ย. ๒๕๖๙|๑,๒๓๔.๕๐"
    english = "22 November 2026 (B.E. 2569)|01:05|22 Nov 2026|1,234.50"
    assert made(source, "en", **values) == english
    assert made("{{ sum | baht_text }}", **values) == "หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("081-234-5678", "xxx-xxx-x678"),
        ("xxx-xxx-x678", "xxx-xxx-x678"),
        ("1-5101-00123-45-6", "x-xxxx-xxxxx-45-6"),
        ("12", "xx"),
        ("๐๘๑๒๓๔๕๖๗๘", "xxxxxxx๖๗๘"),
    ],
)
def test_numbers_are_covered_but_the_last_three(number: str, shown: str) -> None:
    assert made("{{ x | masked }}", x=number) == shown


@dataclass(frozen=True, slots=True)
class _Values:
    x: str


def test_values_come_as_mapping_or_dataclass() -> None:
    assert plain_names(_Values("ก")) == {"x": "ก"}
    assert plain_names({"x": 1}) == {"x": 1}
    with pytest.raises(TypeError):
        plain_names(_Values)

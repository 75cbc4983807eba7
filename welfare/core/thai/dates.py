"""Dates as Thai offices write them: Buddhist era (พ.ศ. = CE + 543), Thai months, fiscal years.

Babel has no Buddhist calendar and prints "ค.ศ. 2026"; never show that. Dates are stored as CE
dates; the era is only written and read here.
"""

from datetime import date, datetime
from typing import Final, Literal

from welfare.core.clock import BANGKOK
from welfare.core.thai.digits import to_thai

Language = Literal["th", "en"]
Precision = Literal["day", "month", "year"]

BE_OFFSET: Final = 543

MONTHS: Final = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
MONTHS_SHORT: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
MONTHS_EN: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
WEEKDAYS_SHORT: Final = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
WEEKDAYS_SHORT_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def local_date(value: date) -> date:
    """The calendar day in Thailand; an aware datetime is brought to Bangkok first."""
    return _local(value).date() if isinstance(value, datetime) else value


def be_year(value: date) -> int:
    """The year in the Buddhist era (2569 for 2026), in Bangkok time for a datetime."""
    return local_date(value).year + BE_OFFSET


def format_short(value: date, *, lang: Language = "th", thai_digits: bool = False) -> str:
    """``22 พ.ย. 69``; in English ``22 Nov 2026``."""
    day = local_date(value)
    if lang == "en":
        return f"{day.day} {MONTHS_EN[day.month - 1][:3]} {day.year}"
    text = f"{day.day} {MONTHS_SHORT[day.month - 1]} {be_year(day) % 100:02d}"
    return to_thai(text) if thai_digits else text


def format_long(value: date, *, lang: Language = "th", thai_digits: bool = False) -> str:
    """``22 พฤศจิกายน 2569``; in English ``22 November 2026``."""
    day = local_date(value)
    if lang == "en":
        return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"
    text = f"{day.day} {MONTHS[day.month - 1]} {be_year(day)}"
    return to_thai(text) if thai_digits else text


def format_partial(value: date, precision: Precision, *, lang: Language = "th") -> str:
    """A date of which only the month or the year is known: ``พ.ย. 2569``, ``พ.ศ. 2569``."""
    if precision == "day":
        return format_short(value, lang=lang)
    month = value.month - 1
    if lang == "en":
        return f"{MONTHS_EN[month][:3]} {value.year}" if precision == "month" else str(value.year)
    year = be_year(value)
    return f"{MONTHS_SHORT[month]} {year}" if precision == "month" else f"พ.ศ. {year}"


def format_datetime(value: datetime, *, lang: Language = "th", thai_digits: bool = False) -> str:
    """``22 พ.ย. 69 14:05 น.`` in Bangkok time; in English ``22 Nov 2026 14:05``."""
    local = _local(value)
    text = f"{format_short(local, lang=lang)} {local:%H:%M}{' น.' if lang == 'th' else ''}"
    return to_thai(text) if thai_digits and lang == "th" else text


def format_weekday(value: date, *, lang: Language = "th") -> str:
    """``จ. 23 พ.ย.``, for lists of nearby days; in English ``Mon 23 Nov``."""
    day = local_date(value)
    if lang == "en":
        return f"{WEEKDAYS_SHORT_EN[day.weekday()]} {day.day} {MONTHS_EN[day.month - 1][:3]}"
    return f"{WEEKDAYS_SHORT[day.weekday()]} {day.day} {MONTHS_SHORT[day.month - 1]}"


def fiscal_year(value: date) -> int:
    """The Thai fiscal year (พ.ศ.) of a day: 1 October 2569 is in fiscal year 2570."""
    day = local_date(value)
    return be_year(day) + (day.month >= 10)


def fiscal_year_range(year: int) -> tuple[date, date]:
    """First and last day of a fiscal year given in พ.ศ., both included."""
    ce = year - BE_OFFSET
    return date(ce - 1, 10, 1), date(ce, 9, 30)


def relative_due(due: date, today: date, *, lang: Language = "th") -> str:
    """How far a deadline is off, in calendar days: ``อีก 2 วัน``, ``วันนี้``, ``เลย 3 วัน``."""
    days = (local_date(due) - local_date(today)).days
    if lang == "en":
        if days == 0:
            return "today"
        unit = "day" if abs(days) == 1 else "days"
        return f"in {days} {unit}" if days > 0 else f"{-days} {unit} late"
    if days == 0:
        return "วันนี้"
    return f"อีก {days} วัน" if days > 0 else f"เลย {-days} วัน"


def age_on(birth: date, precision: Precision, on: date) -> int:
    """Completed years on a day.

    Where the civil register lacks the day, the first of the month is meant; where it lacks the
    month too, 1 January (the rule by which allowances are registered). Someone born on
    29 February completes a year on 1 March where there is no 29th (Civil and Commercial Code,
    section 193/5).
    """
    month, day = {
        "day": (birth.month, birth.day),
        "month": (birth.month, 1),
        "year": (1, 1),
    }[precision]
    return on.year - birth.year - ((on.month, on.day) < (month, day))


def _local(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a datetime without a time zone has no Thai date")
    return value.astimezone(BANGKOK)

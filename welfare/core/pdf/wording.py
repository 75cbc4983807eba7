"""Dates, digits and amounts as they stand on papers, in Thai and in English.

Thai papers carry Thai digits and years of the Buddhist era (งานสารบรรณ, 2526); English ones carry
Arabic digits and both years. The filters read the paper's language from its context. What is not
there passes through untouched, to become a blank.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from jinja2 import pass_context
from jinja2.runtime import Context

from welfare.core.clock import local
from welfare.core.thai import dates, money
from welfare.core.thai.digits import on_paper, to_thai


@pass_context
def digits(context: Context, value: object) -> object:
    """A number or text with the digits of the paper's language; what has a Latin letter in it
    (UM70-000123-7) keeps its own."""
    if not isinstance(value, str | int | Decimal):
        return value
    return on_paper(str(value)) if _thai(context) else str(value)


@pass_context
def day(context: Context, value: object) -> object:
    """A date in full: `๒๒ พฤศจิกายน ๒๕๖๙`, or `22 November 2026 (B.E. 2569)`."""
    if not isinstance(value, date):
        return value
    if _thai(context):
        return dates.format_long(value, thai_digits=True)
    return f"{dates.format_long(value, lang='en')} (B.E. {dates.be_year(value)})"


@pass_context
def short_day(context: Context, value: object) -> object:
    """A date for tables: `๒๒ พ.ย. ๒๕๖๙`, or `22 Nov 2026`."""
    if not isinstance(value, date):
        return value
    if not _thai(context):
        return dates.format_short(value, lang="en")
    on = dates.local_date(value)
    return to_thai(f"{on.day} {dates.MONTHS_SHORT[on.month - 1]} {dates.be_year(on)}")


@pass_context
def clock_time(context: Context, value: object) -> object:
    """The time of day in Thailand: `๐๙.๓๐ น.`, or `09:30`."""
    if not isinstance(value, datetime):
        return value
    return to_thai(f"{local(value):%H.%M} น.") if _thai(context) else f"{local(value):%H:%M}"


@pass_context
def baht(context: Context, value: object) -> object:
    """An amount in baht with satang: `๑,๒๓๔.๕๐`."""
    if not isinstance(value, Decimal | int):
        return value
    return money.format_baht(value, satang=True, thai_digits=_thai(context))


def baht_text(value: object) -> object:
    """An amount in Thai words: `หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์`."""
    return money.baht_text(value) if isinstance(value, Decimal | int) else value


def masked(value: object) -> object:
    """A telephone or identity number with every digit but the last three covered by `x`.

    A number that is covered already stays as it is.
    """
    if not isinstance(value, str):
        return value
    places = [at for at, letter in enumerate(value) if letter.isdigit() or letter in "xX•*"]
    covered = set(places[:-3] if len(places) > 3 else places)
    return "".join("x" if at in covered else letter for at, letter in enumerate(value))


def _thai(context: Context) -> bool:
    return bool(context.get("lang", "th") == "th")


FILTERS: dict[str, Callable[..., object]] = {
    "digits": digits,
    "day": day,
    "short_day": short_day,
    "clock_time": clock_time,
    "baht": baht,
    "baht_text": baht_text,
    "masked": masked,
}

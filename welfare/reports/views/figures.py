"""The manager's first page."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from welfare.cases.queries import category_words, month_bounds, villages
from welfare.core.clock import local
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.dates import BE_OFFSET, MONTHS, MONTHS_EN, format_partial
from welfare.core.web import requires, the_viewer
from welfare.core.web.templating import language
from welfare.reports.queries.figures import Figures, Line, figures
from welfare.reports.queries.months import month_asked, months_until, present_month, shifted
from welfare.reports.queries.waiting import waiting

blueprint = Blueprint("reports", __name__, url_prefix="/desk/reports")

MONTHS_TO_CHOOSE = 24


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the page: its heading, the heading of its first column, names and lines."""

    id: str
    title: str
    first: str
    rows: list[tuple[str, Line]]
    most: int


@blueprint.get("")
@requires(Permission.VIEW_REPORTS)
def page() -> str:
    """Open, overdue, new and closed cases, each number leading to the cases it counts."""
    viewer = the_viewer()
    asked = request.args.get("month", "").strip()
    month = month_asked(asked)
    present = present_month()
    found = figures(viewer, month or present)
    following = shifted(found.month, 1)
    return render_template(
        "reports/page.html",
        found=found,
        waiting=waiting(viewer),
        month_name=month_name(found.month),
        last_name=month_name(shifted(found.month, -1)),
        before=_page(shifted(found.month, -1)),
        after=_page(following) if following <= present else "",
        months=[(name, month_name(name)) for name in reversed(_choices(present, found.month))],
        not_understood=bool(asked) and month is None,
        summary=summary(found),
        notes=notes(found),
        sections=_sections(found),
        trend=[(short_name(line.month), line) for line in found.trend],
        most=max((max(line.new.n, line.closed.n) for line in found.trend), default=0),
    )


def _page(month: str) -> str:
    return f"/desk/reports?month={month}"


def _choices(present: str, shown: str) -> list[str]:
    months = months_until(present, MONTHS_TO_CHOOSE)
    return months if shown in months else [shown, *months]


def month_name(month: str) -> str:
    """``พฤศจิกายน 2569``; in English ``November 2026``."""
    year, place = int(month[:4]), int(month[5:]) - 1
    if language() == "en":
        return f"{MONTHS_EN[place]} {year}"
    return f"{MONTHS[place]} {year + BE_OFFSET}"


def short_name(month: str) -> str:
    """``พ.ย. 2569``; in English ``Nov 2026``."""
    return format_partial(local(month_bounds(month)[0]).date(), "month", lang=language())


NAMED_AT_MOST = 3
"""Villages that share the highest number and are still named in the summary."""


def summary(found: Figures) -> str:
    """The page in one line of plain words."""
    values = {
        "month": month_name(found.month),
        "new": found.total.new.n,
        "closed": found.total.closed.n,
        "overdue": found.total.overdue.n,
        "open": found.total.open.n,
    }
    if found.running:
        said = _("This month %(new)s cases came in and %(closed)s were closed.", **values)
    else:
        said = _("In %(month)s %(new)s cases came in and %(closed)s were closed.", **values)
    if not found.total.overdue.n:
        return f"{said} {_('No case is past its deadline now.')}"
    most = max(line.overdue.n for line in found.villages)
    worst = [_village(line.key) for line in found.villages if line.overdue.n == most]
    late = _("%(overdue)s cases are past their deadline now", **values)
    if len(worst) > NAMED_AT_MOST:
        return f"{said} {late}"
    where = _("the highest number in %(village)s (%(n)s each)", village=", ".join(worst), n=most)
    return f"{said} {late} {where}"


def notes(found: Figures) -> dict[str, str]:
    """How new and closed cases compare with the month before; a month that runs is not compared
    with a whole one, both numbers are given instead."""
    return {
        "new": _compared(found.total.new.n, found.before.new, found),
        "closed": _compared(found.total.closed.n, found.before.closed, found),
    }


def _compared(now: int, then: int, found: Figures) -> str:
    last = short_name(shifted(found.month, -1))
    if found.running:
        return _("%(n)s in the whole of %(month)s", n=then, month=last)
    if now == then:
        return _("as many as in %(month)s", month=last)
    words = {"n": abs(now - then), "month": last}
    if now > then:
        return _("▲ %(n)s more than in %(month)s", **words)
    return _("▼ %(n)s fewer than in %(month)s", **words)


def _sections(found: Figures) -> list[Section]:
    lang = language()
    kinds = {key: words[1 if lang == "en" else 0] for key, words in category_words().items()}
    places = {row.village_no: row.name_en if lang == "en" else row.name_th for row in villages()}
    return [
        _section("villages", _("Cases by village"), _("Village"), [
            (_with_name(line.key, places.get(line.key, "")), line) for line in found.villages
        ]),
        _section("categories", _("Cases by category"), _("Category"), [
            (kinds.get(line.key, ""), line) for line in found.categories
        ]),
        _section("workers", _("Cases by worker"), _("Who works on it"), [
            (line.name or _("Nobody yet"), line) for line in found.workers
        ]),
    ]  # fmt: skip


def _section(name: str, title: str, first: str, rows: list[tuple[str, Line]]) -> Section:
    return Section(name, title, first, rows, max((line.open.n for _name, line in rows), default=0))


def _with_name(key: int, name: str) -> str:
    """``หมู่ที่ 4 บ้านป่าเห็ว``; a village whose name is but its number is named once."""
    if not name or str(key) in name.split():
        return name or _village(key)
    return f"{_village(key)} {name}"


def _village(key: int) -> str:
    return _("Moo %(no)s", no=key) if key else _("a village not known")

"""Closed days, a year at a time."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.admin.calendar import Month, months_of
from welfare.admin.forms.lists import ClosureForm, ImportForm
from welfare.admin.views.blueprint import Answer, blueprint, place
from welfare.cases.queries.deadlines.watch import reckonings
from welfare.core import clock
from welfare.core.calendar import add_closure, closed_days, import_holidays, remove_closure
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.dates import BE_OFFSET
from welfare.core.thai.digits import to_arabic, whole
from welfare.core.web import commit, requires, the_viewer


@blueprint.get("/closures")
@requires(Permission.MANAGE_LISTS)
def closures() -> Answer:
    """The year, its closed days marked."""
    return _page(_year(request.args.get("year", "")), ClosureForm())


def _year(text: str) -> int:
    """A year in either era as ค.ศ.; this year when it cannot be read."""
    this_year = clock.today().year
    year = whole(to_arabic(text.strip()), digits=4) or this_year
    year = year - BE_OFFSET if year > 2400 else year
    return year if this_year - 20 <= year <= this_year + 20 else this_year


def _page(year: int, form: ClosureForm) -> str:
    days = closed_days(year)
    months: list[Month] = months_of(year, days)
    return render_template(
        "admin/closures.html",
        year=year,
        be_year=year + BE_OFFSET,
        days=days,
        months=months,
        form=form,
        reckonings=reckonings(),
        fetch=ImportForm(formdata=None, data={"year": str(year)}),
    )


@blueprint.post("/closures")
@requires(Permission.MANAGE_LISTS)
def add_closed_day() -> Answer:
    """Add a closed day."""
    form = ClosureForm()
    day = form.day.data
    year = day.year if isinstance(day, date) else clock.today().year
    if not form.sent() or not isinstance(day, date):
        return _page(year, form), 400

    def act() -> str:
        add_closure(
            actor=the_viewer(),
            day=day,
            name_th=form.name_th.data or "",
            name_en=form.name_en.data or "",
        )
        return day.isoformat()

    try:
        form.once("closure.add", act)
    except Refused as refusal:
        place(refusal, form, "day")
        return _page(clock.today().year, form), 422
    flash(_("The day is added. Deadlines that run are being reckoned anew."), "success")
    return _back(year)


@blueprint.post("/closures/<day>/remove")
@requires(Permission.MANAGE_LISTS)
def remove_closed_day(day: str) -> Response:
    """Make it a working day again."""
    try:
        which = date.fromisoformat(day)
    except ValueError as wrong:
        raise NotFound from wrong
    remove_closure(actor=the_viewer(), day=which)
    commit()
    flash(
        _("The day is a working day again. Deadlines that run are being reckoned anew."), "success"
    )
    return _back(which.year)


@blueprint.post("/closures/import")
@requires(Permission.MANAGE_LISTS)
def fetch_holidays() -> Response:
    """Enter the public holidays of a year."""
    form = ImportForm()
    year = _year(form.year.data or "")
    if form.sent():
        found = import_holidays(actor=the_viewer(), year=year)
        commit()
        if found:
            flash(
                _("%(n)s days are added. Please compare them with the announcement.", n=found),
                "success",
            )
        else:
            flash(_("No day was missing."), "info")
    return _back(year)


def _back(year: int) -> Response:
    return redirect(url_for("admin.closures", year=year + BE_OFFSET), 303)

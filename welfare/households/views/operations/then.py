"""Who lived here on a day."""

from __future__ import annotations

from datetime import date

from flask import request

from welfare.core import audit, clock
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.dateinput import from_parts
from welfare.core.thai.faults import InputFault
from welfare.core.web import requires, the_viewer
from welfare.core.web.faults import fault_words
from welfare.households.queries import household_file
from welfare.households.queries.residents import members_on
from welfare.households.views.blueprint import Page, blueprint, page

PARTS = ("day", "month", "year")


@blueprint.get("/households/<number>/on")
@requires(Permission.VIEW_REGISTRY)
def members_then(number: str) -> Page:
    """``?day-day=1&day-month=10&day-year=2568``: an address that can be kept and printed."""
    viewer = the_viewer()
    file = household_file(number, viewer=viewer)
    typed = [request.args.get(f"day-{part}", "")[:10] for part in PARTS]
    day, fault = _read(typed)
    found = members_on(file.number, day, viewer=viewer) if day else []
    audit.read(viewer, "household", file.number)
    status = 400 if fault else 200
    return page("operations/then.html", status, file=file, typed=typed, day=day, fault=fault,
                found=found)  # fmt: skip


def _read(typed: list[str]) -> tuple[date | None, str]:
    if not any(part.strip() for part in typed):
        return None, ""
    try:
        parsed = from_parts(typed[0], typed[1], typed[2])
    except InputFault as fault:
        return None, fault_words(fault)
    if parsed.precision != "day":
        return None, _("Please enter day, month and year.")
    if parsed.date > clock.today():
        return None, _("This day has not come yet.")
    return parsed.date, ""

"""The blueprint of triage, and the way back to the list one came from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, request, url_for

from welfare.core import clock
from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import COMPLAINT, parse_reference

blueprint = Blueprint("triage", __name__, url_prefix="/desk/complaints")

FILTERS = (
    "status", "category", "village", "priority", "overdue", "unanswered", "week", "q", "sort",
    "page",
)  # fmt: skip
"""What the addresses of the list and of its complaints carry along."""


def proper(reference: str) -> str:
    """The number in its one form, however it stands in the address; ``NotFound`` if it is none."""
    try:
        return parse_reference(reference[:60], prefix=COMPLAINT)
    except InputFault as fault:
        raise NotFound from fault


def place() -> dict[str, Any]:
    """The filters of the list one came from, as this address carries them."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


def list_url() -> str:
    """The list one came from."""
    return url_for("triage.queue", **place())


def page_url(reference: str, **values: Any) -> str:
    """A complaint, with the list one came from."""
    return url_for("triage.page", reference=reference, **place(), **values)


@blueprint.app_template_filter("filed_ago")
def filed_ago(moment: datetime) -> str:
    """How long something has lain there, in calendar days."""
    days = (clock.today() - clock.local(moment).date()).days
    return _("today") if days <= 0 else _("%(n)s days", n=days)

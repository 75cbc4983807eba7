"""The pages of administration, and which right opens each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.permissions import Permission, Viewer


@dataclass(frozen=True, slots=True)
class Place:
    """A page, with a line on what it is for."""

    endpoint: str
    icon: str
    label: Any
    about: Any
    right: Permission


PLACES = (
    Place(
        "admin.accounts",
        "people",
        _l("Staff accounts"),
        _l("Who may sign in, with which roles, in which villages."),
        Permission.MANAGE_ACCOUNTS,
    ),
    Place(
        "admin.categories",
        "list-check",
        _l("Categories"),
        _l("Kinds of trouble, their names and working days."),
        Permission.MANAGE_LISTS,
    ),
    Place(
        "benefits.all_funds",
        "gift",
        _l("Funds and their rules"),
        _l("Budgets by fiscal year, ceilings, who decides up to what amount."),
        Permission.MANAGE_LISTS,
    ),
    Place(
        "benefits.equipment",
        "archive",
        _l("Equipment to lend"),
        _l("Kinds of equipment, and each piece by its number."),
        Permission.MANAGE_LISTS,
    ),
    Place(
        "agencies.directory",
        "send",
        _l("Agencies"),
        _l("Whom cases are referred to, and when silence is reminded of."),
        Permission.MANAGE_LISTS,
    ),
    Place(
        "paper_admin.overview",
        "file-earmark-text",
        _l("Official papers"),
        _l("Their texts, numbers, seal, and the certificate that signs them."),
        Permission.MANAGE_LISTS,
    ),
    Place(
        "households.import_rules",
        "upload",
        _l("Imported files"),
        _l("For how long files of imports are kept."),
        Permission.MANAGE_LISTS,
    ),
    Place(
        "admin.villages",
        "geo-alt",
        _l("Villages"),
        _l("Names of the villages and where they lie."),
        Permission.MANAGE_LISTS,
    ),
    Place(
        "households.survey_editions",
        "clipboard-check",
        _l("Surveys of households"),
        _l("Which surveys are used, and the official words of their indicators."),
        Permission.MANAGE_LISTS,
    ),
    Place(
        "admin.closures",
        "calendar3",
        _l("Closed days"),
        _l("Days that do not count as working days."),
        Permission.MANAGE_LISTS,
    ),
    Place(
        "admin.deadlines",
        "clock-history",
        _l("Deadlines"),
        _l("Working days of every stage, by category and urgency."),
        Permission.MANAGE_LISTS,
    ),
    Place(
        "admin.rules",
        "sliders",
        _l("Rules"),
        _l("All rules, what each did; red where one cannot run."),
        Permission.MANAGE_LISTS,
    ),
    Place(
        "admin.escalation",
        "bell",
        _l("Who is told of deadlines"),
        _l("Reminders and escalation; red where a rule cannot run."),
        Permission.MANAGE_LISTS,
    ),
    Place(
        "admin.town",
        "building",
        _l("The municipality"),
        _l("Name, address and emergency numbers, as citizens see them."),
        Permission.MANAGE_LISTS,
    ),
    Place(
        "admin.audit",
        "shield-check",
        _l("Audit"),
        _l("Who read and changed what; and whether the record is whole."),
        Permission.VIEW_AUDIT,
    ),
    Place(
        "admin.operations",
        "gear",
        _l("Operations"),
        _l("Messages that wait, the background worker, disk and backup."),
        Permission.MANAGE_ACCOUNTS,
    ),
)


def places(viewer: Viewer) -> list[Place]:
    """Those that the viewer's rights open."""
    return [place for place in PLACES if viewer.can(place.right)]

"""Columns of imported lists that had no place of their own, for the pages of people and houses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.households import policies
from welfare.households.models import ImportedColumns
from welfare.households.queries.health import sees_health

SHOWN = 5


@dataclass(frozen=True, slots=True)
class KeptColumns:
    """What one list said besides: heading and text, in the order of the list."""

    source: str
    import_number: str
    """Empty for who may not see imports."""
    at: datetime
    columns: tuple[tuple[str, str], ...]


def kept_columns(
    *, household_id: int | None, person_id: int | None, viewer: Viewer
) -> list[KeptColumns]:
    """The newest first. They may say anything, illnesses too, so they are shown to those alone who
    may see health. Who is shown the page was found by right."""
    if person_id is None and not viewer.can(Permission.VIEW_RESTRICTED):
        return []
    mine = (
        ImportedColumns.person_id == person_id
        if person_id is not None
        else ImportedColumns.household_id == household_id
    )
    rows = db.session.execute(
        select(
            ImportedColumns.source, ImportedColumns.import_number, ImportedColumns.created_at,
            ImportedColumns.content,
        )
        .where(mine)
        .order_by(ImportedColumns.id.desc())
        .limit(SHOWN)
    ).all()  # fmt: skip
    if not rows or (person_id is not None and not sees_health(viewer, person_id)):
        return []
    link = policies.may_see_imports(viewer)
    return [
        KeptColumns(
            row.source,
            row.import_number if link else "",
            row.created_at,
            tuple(json.loads(row.content).items()),
        )
        for row in rows
    ]

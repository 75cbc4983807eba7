"""What the filing form offers to choose from; kept by the process for half a minute."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from welfare.cases.queries.categories import CategoryRow, categories
from welfare.cases.queries.kept import Kept
from welfare.core.db import db
from welfare.households.models import Village
from welfare.intake.models import Complaint


@dataclass(frozen=True, slots=True)
class VillageChoice:
    """A village as the filing form needs it."""

    village_no: int
    name_th: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Lists:
    """Categories by code and villages by number, in the order to show them."""

    categories: dict[str, CategoryRow]
    villages: dict[int, VillageChoice]


def _read_villages() -> dict[int, VillageChoice]:
    rows = db.session.execute(
        select(Village.village_no, Village.name_th, Village.name_en).order_by(Village.village_no)
    )
    return {row.village_no: VillageChoice(*row) for row in rows}


_villages = Kept(_read_villages)


def filing_lists() -> Lists:
    """Active categories and all villages."""
    return Lists({row.code: row for row in categories()}, _villages.get())


def language_of(reference: str) -> str:
    """The language in which a complaint was filed, in which its filer is written to."""
    found = db.session.scalar(select(Complaint.language).where(Complaint.reference == reference))
    return found or "th"
